# `bash client.sh curl`: the scenario of scenario.mjs with curl or wget.
host=https://api.zapsign.com.br
send_curl() {
  local method=$1 path=$2 body=$3; shift 3
  local headers=(); for header in "$@"; do headers+=(-H "$header"); done
  text=$(curl -sS -X "$method" "${headers[@]}" ${body:+-d "$body"} -w '\n%{http_code}' "$host$path") || exit 1
  status=${text##*$'\n'}; text=${text%$'\n'*}
}
send_wget() {
  local method=$1 path=$2 body=$3; shift 3
  local headers=(); for header in "$@"; do headers+=("--header=$header"); done
  [ "$method" = POST ] && headers+=("--post-data=$body")
  text=$(wget -q --server-response --content-on-error -O - "${headers[@]}" "$host$path" 2>client.log)
  status=$(sed -n 's|^ *HTTP/[0-9.]* \([0-9]*\).*|\1|p' client.log | tail -1)
  [ -n "$status" ] || { cat client.log >&2; exit 1; }
}
statuses=()
call() { "send_$client" "$@"; statuses+=("$status"); }
client=$1
login() {
  call POST /api/v1/auth/token/11111/ "{\"username\":\"dev@example.com.br\",\"password\":\"$1\"}" 'Content-Type: application/json'
}
field() { sed "s/.*\"$1\":\"\([^\"]*\)\".*/\1/" <<<"$text"; }
login StrongPassword123
access=$(field access); refresh=$(field refresh)
call POST /api/v1/auth/token-refresh/ "{\"refresh\":\"$refresh\"}" 'Content-Type: application/json'
call GET '/api/v1/docs/?page=1' '' "Authorization: Bearer $access"
call POST /api/v1/docs/ '{"name":"Contract"}' 'Content-Type: application/json' "Authorization: Bearer $access"
for _ in 1 2 3 4 5; do login WrongPassword123; done
login StrongPassword123
echo "${statuses[*]}"
