#!/bin/sh
# Runs rtpengine with the configuration beside this file.
# MEDIA_PHONE and MEDIA_CARRIER: the address for each side, "<own address>!<address to tell>" behind a NAT.
set -eu
: "${MEDIA_PHONE:?}" "${MEDIA_CARRIER:?}"

exec /usr/bin/rtpengine --config-file="$(dirname "$0")/rtpengine.conf" \
    --listen-ng="${RTPENGINE_LISTEN:-127.0.0.1:2223}" --listen-cli="${RTPENGINE_CLI:-127.0.0.1:2224}" \
    --interface="phone/$MEDIA_PHONE" --interface="carrier/$MEDIA_CARRIER" \
    --port-min="${MEDIA_PORT_MIN:-30000}" --port-max="${MEDIA_PORT_MAX:-40000}" "$@"
