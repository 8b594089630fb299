#!/bin/sh
# Signs in to ZapSign with curl alone, and proves that it keeps the contract.
set -eu

# A string of JSON. It escapes what a credential may hold: backslashes and double quotes.
json() {
  printf '"%s"' "$(printf %s "$1" | sed 's/["\\]/\\&/g')"
}

# send METHOD PATH [BODY] [curl options]: sets $status and $body. What is secret goes to curl by its
# standard input, where no list of processes shows it.
send() {
  method=$1 path=$2 data=${3-} header=${4-}
  reply=$(
    {
      [ -z "$data" ] || printf 'header = "Content-Type: application/json"\ndata = "%s"\n' \
        "$(printf %s "$data" | sed 's/["\\]/\\&/g')"
      [ -z "$header" ] || printf 'header = "%s"\n' "$header"
    } | curl --silent --show-error --max-time 10 --request "$method" --config - \
      --write-out '\n%{http_code}' "$ZAPSIGN_API_URL$path"
  )
  body=${reply%
*}
  status=${reply##*
}
}

# field NAME: the string of that name in $body. Tokens and ZapSign's messages need no unescaping.
field() {
  printf %s "$body" | sed -n "s/.*\"$1\" *: *\"\([^\"]*\)\".*/\1/p"
}

# Each of these sets $outcome, and $access and $refresh where there are new ones.

obtain_token() { # USERNAME PASSWORD
  send POST "/auth/token/$ZAPSIGN_ORGANIZATION_ID/" \
    "{\"username\":$(json "$1"),\"password\":$(json "$2")}"
  access=$(field access) refresh=$(field refresh)
  case $status in
    200) outcome=authenticated ;;
    401) outcome=invalidCredentials ;;
    400) [ "$(field message)" = 'Rate limit exceeded' ] && outcome=rateLimited || outcome=$status ;;
    *) outcome=$status ;;
  esac
}

refresh_token() { # REFRESH_TOKEN
  send POST /auth/token-refresh/ "{\"refresh\":$(json "$1")}"
  access=$(field access)
  case $status in
    200) outcome=refreshed ;;
    401) outcome=refreshRefused ;;
    *) outcome=$status ;;
  esac
}

list_documents() { # ACCESS_TOKEN
  send GET '/docs/?page=1' '' "Authorization: Bearer $1"
  case $status in
    200) case $body in *'"results"'*) outcome=authorized ;; *) outcome=unreadable ;; esac ;;
    401 | 403) outcome=expired ;;
    *) outcome=$status ;;
  esac
}

failures=0
expect() {
  if [ "$outcome" = "$1" ]; then echo "ok $1"; else
    echo "NOT OK $1: understood $outcome"
    failures=$((failures + 1))
  fi
}

# A token has three parts.
expect_token() {
  case $1 in *.*.*) ;; *) outcome='no token' ;; esac
}

obtain_token "$ZAPSIGN_USERNAME" "$ZAPSIGN_PASSWORD"
expect_token "$access"
expect_token "$refresh"
expect authenticated
obtain_token "$ZAPSIGN_USERNAME" "$ZAPSIGN_WRONG_PASSWORD"
expect invalidCredentials
obtain_token "$ZAPSIGN_BLOCKED_USERNAME" "$ZAPSIGN_PASSWORD"
expect rateLimited
refresh_token "$ZAPSIGN_REFRESH_TOKEN"
expect_token "$access"
expect refreshed
refresh_token "$ZAPSIGN_EXPIRED_REFRESH_TOKEN"
expect refreshRefused
list_documents "$ZAPSIGN_ACCESS_TOKEN"
expect authorized
list_documents "$ZAPSIGN_EXPIRED_ACCESS_TOKEN"
expect expired

[ "$failures" -eq 0 ]
