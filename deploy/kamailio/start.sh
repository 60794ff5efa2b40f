#!/bin/sh
# Runs Kamailio with the configuration beside this file; switch.env.example says what it takes from the environment.
set -eu
: "${SWITCH_DOMAIN:?}" "${ORG_ID:?}" "${WSS_LISTEN:?}" "${SIP_LISTEN:?}" "${TLS_CERTIFICATE:?}" "${TLS_PRIVATE_KEY:?}"
: "${SIP_CREDENTIAL_SECRET:?}" "${PERMIT_SECRET:?}" "${SWITCH_KEY:?}" "${RELAY_URL:?}" "${ALLOWED_ORIGINS:?}"
: "${CARRIER_URI:?}" "${CARRIER_ADDRESSES:?}" "${CALLER_ID_E164:?}"
export RTPENGINE_SOCKET="${RTPENGINE_SOCKET:-udp:127.0.0.1:2223}"
export RUN_DIRECTORY="${RUN_DIRECTORY:-/run/kamailio}"
export CONTROL_SOCKET="unix:$RUN_DIRECTORY/kamailio_ctl"
export CA_CERTIFICATES="${CA_CERTIFICATES:-/etc/ssl/certs/ca-certificates.crt}"

# 256 MB for calls and detail that waits for the relay, 16 MB for each process.
exec /usr/sbin/kamailio -f "$(dirname "$0")/kamailio.cfg" -DD -E -m 256 -M 16 -Y "$RUN_DIRECTORY" -P "$RUN_DIRECTORY/kamailio.pid" "$@"
