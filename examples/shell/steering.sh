#!/bin/sh
# Steers the mock from a shell, with curl only.
#
#     zapsign-mock run -- sh steering.sh
set -eu

control() {
  method=$1 path=$2 body=${3:-}
  curl --silent --show-error --fail-with-body --request "$method" \
    --header 'Content-Type: application/json' --data "$body" "$ZAPSIGN_CONTROL_URL/__zapsign/$path"
}

sign_in() {
  curl --silent "$@" "$ZAPSIGN_API_URL/auth/token/$ZAPSIGN_ORGANIZATION_ID/" \
    --header 'Content-Type: application/json' \
    --data "{\"username\":\"$ZAPSIGN_USERNAME\",\"password\":\"$ZAPSIGN_PASSWORD\"}"
}

status_with() {
  curl --silent --output /dev/null --write-out '%{http_code}' \
    --header "Authorization: Bearer $1" "$ZAPSIGN_API_URL/docs/"
}

check() {
  [ "$2" = "$3" ] || { echo "not ok $1: expected $3, got $2"; exit 1; }
  echo "ok $1"
}

control POST reset
access=$(sign_in | sed 's/.*"access":"\([^"]*\)".*/\1/')
check 'a new token is accepted' "$(status_with "$access")" 200
control POST time/advance '{"by":"1h"}' >/dev/null
check 'it expires after an hour' "$(status_with "$access")" 401
control POST outcomes '{"outcome":"rateLimited"}' >/dev/null
check 'a forced limit' "$(sign_in --output /dev/null --write-out '%{http_code}')" 400
check 'the number of logins' "$(control GET 'requests/count?path=/api/v1/auth/token/11111/')" '{"count":2}'
control POST reset
