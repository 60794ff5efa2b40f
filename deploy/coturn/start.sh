#!/bin/sh
# Runs coturn with the configuration beside this file and what differs between two companies. The secret goes into a file
# that its user alone can read, not into the list of processes.
set -eu
: "${TURN_SECRET:?}" "${TURN_REALM:?}" "${TURN_ADDRESS:?}" "${TURN_PEER:?}" "${TLS_CERTIFICATE:?}" "${TLS_PRIVATE_KEY:?}"
directory="${RUN_DIRECTORY:-/run/turnserver}"

umask 077
cat "$(dirname "$0")/turnserver.conf" - > "$directory/turnserver.conf" <<END
listening-ip=$TURN_ADDRESS
relay-ip=$TURN_ADDRESS
external-ip=${TURN_EXTERNAL_ADDRESS:-$TURN_ADDRESS}
listening-port=${TURN_PORT:-3478}
tls-listening-port=${TURNS_PORT:-5349}
min-port=${TURN_PORT_MIN:-49152}
max-port=${TURN_PORT_MAX:-65535}
allowed-peer-ip=$TURN_PEER
cert=$TLS_CERTIFICATE
pkey=$TLS_PRIVATE_KEY
realm=$TURN_REALM
static-auth-secret=$TURN_SECRET
pidfile=$directory/turnserver.pid
userdb=$directory/turndb
${TURN_MORE:-}
END
exec /usr/bin/turnserver -c "$directory/turnserver.conf" "$@"
