#!/usr/bin/env bash
# An upgrade with a change of the schema in working hours: two nodes of this version behind nginx, people signing in all the time, `migrate` by
# the next version while this one serves, then one node after the other replaced (SIGTERM, drain, start). Nobody may notice.
#   rolling-upgrade.sh [--version-1 FOLDER] [--version-2 FOLDER] [--load COMMAND] [--seconds N] [--workers N]
# The next version is made from a copy of the sources: one nullable column more, and its migration. The folders are published servers, for a
# second run. The load is the generator of tests/Identity.Benchmarks, or a COMMAND that takes its options. nginx runs with
# docker/nginx.conf, other addresses in it. Loopback only.
set -uo pipefail
source_folder=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
old= new= load= seconds=90 workers=4
while [ $# -gt 1 ]; do
  case $1 in
    --version-1) old=$2 ;;
    --version-2) new=$2 ;;
    --load) load=$2 ;;
    --seconds) seconds=$2 ;;
    --workers) workers=$2 ;;
    *) sed -n '2,7p' "$0" >&2; exit 2 ;;
  esac
  shift 2
done
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

work=$(mktemp -d "${TMPDIR:-/tmp}/identity-upgrade.XXXXXX")
processes=() PGTEMP_FOLDER=
clean_up() {
  [ ${#processes[@]} -eq 0 ] || { kill "${processes[@]}" 2>/dev/null; wait "${processes[@]}" 2>/dev/null; }
  [ -z "$PGTEMP_FOLDER" ] || "$source_folder/tests/tools/postgresql-temp.sh" stop "$PGTEMP_FOLDER"
  rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 130' INT TERM
fail() { tail -n 5 "$work"/*.log >&2 2>/dev/null; echo "FAILED: $1" >&2; exit 1; }
say() { printf '%s  %s\n' "$(date +%T)" "$1"; }
program() { echo "$1/Identity.Server.dll"; }

# --- two versions --------------------------------------------------------------------------------------------------------------
publish() {
  dotnet publish "$1/identity-server/Identity.Server" -c Release -r linux-x64 --self-contained false -p:PublishReadyToRun=true -p:RunAnalyzers=false \
    --artifacts-path "$work/artifacts-$(basename "$2")" -v quiet -nologo -o "$2" >"$work/publish.log" 2>&1 || fail "publish"
}
make_next_version() {
  local next=$work/source
  mkdir "$next"
  (cd "$source_folder" && git ls-files -co --exclude-standard -z | while IFS= read -r -d '' file; do [ ! -e "$file" ] || printf '%s\0' "$file"; done | xargs -0 cp --parents -t "$next")
  sed -i 's|^    public string? Address { get; init; }$|&\n    public string? AddedByTheNextVersion { get; init; }|' "$next/identity-server/Identity.Domain/Sessions/Session.cs"
  "$next/identity-server/Identity.DesignTime/add-migration" NextVersion >"$work/migration.log" 2>&1 || fail "add-migration"
  grep -hE 'migrationBuilder\.(AddColumn|Sql|Drop|Alter)' "$next"/identity-server/Identity.Domain/Storage/PostgreSql/Migrations/*_NextVersion.cs | head -1 | grep -q AddColumn || fail "The next version's migration does not add a column first."
  publish "$next" "$new"
}
[ -n "$old" ] || { old=$work/version-1; say "publishing this version"; publish "$source_folder" "$old"; }
[ -n "$new" ] && [ -f "$(program "$new")" ] || { new=${new:-$work/version-2}; say "making the next version: one column more in sessions"; make_next_version; }
if [ -z "$load" ]; then
  load="dotnet $work/load/Identity.Benchmarks.dll load"
  dotnet build "$source_folder/tests/Identity.Benchmarks" -c Release -v quiet -nologo -p:RunAnalyzers=false -o "$work/load" >"$work/load.log" 2>&1 || fail "The load generator could not be built."
fi

# --- an installation -----------------------------------------------------------------------------------------------------------
free_port() { local port; for _ in $(seq 50); do port=$((20000 + RANDOM % 20000)); (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }; done; }
cluster=$("$source_folder/tests/tools/postgresql-temp.sh" start) && eval "$cluster" || fail "PostgreSQL could not be started."
ports=("$(free_port)" "$(free_port)") front=$(free_port) nodes=("" "")
export Login__BounceWindow=00:00:00
export Storage__Provider=PostgreSql Storage__ConnectionString=$IDENTITY_TEST_POSTGRESQL Storage__MasterKeyFile=$work/master.key Oidc__Issuer=https://localhost:$front
export Province__NameVi="Tỉnh An Bình" Province__NameEn="An Binh Province" Province__Host=localhost Province__ReferencePrefix=AB Listener__TrustedProxies__0=127.0.0.1
export Login__PasswordQueue=200
head -c 32 /dev/urandom | base64 >"$work/master.key"
cat >"$work/clients.json" <<'END'
{ "sectors": [{ "name": "load", "display_name": { "vi": "Thử", "en": "Load" } }],
  "scopes": [{ "name": "openid", "display_name": { "vi": "Mã định danh", "en": "Identifier" } }],
  "connectors": [{ "name": "local", "protocol": "password", "kind": "local", "display_name": { "vi": "Mật khẩu", "en": "Password" }, "order": 90,
    "assurance": { "amr_by_contract": ["pwd"], "level_ceiling": 2, "proofing_ceiling": "self_asserted" }, "settings": {} }],
  "clients": [{ "client_id": "load", "client_name": { "vi": "Thử", "en": "Load" }, "agency": { "vi": "Sở Mẫu", "en": "Sample Department" },
    "purpose": { "vi": "thử", "en": "test" }, "client_uri": "http://127.0.0.1/", "profile": "standard", "application_type": "web",
    "token_endpoint_auth_method": "client_secret_post", "secrets": [{ "value": "load-secret-of-a-rolling-upgrade", "description": "load" }],
    "redirect_uris": ["http://127.0.0.1/cb"], "grant_types": ["authorization_code"], "scopes": ["openid"],
    "sector": "load", "connectors": ["local"], "minimum_proofing": "self_asserted", "data_release": "notice" }] }
END
dotnet "$(program "$old")" migrate >"$work/commands.log" 2>&1 || fail "migrate by version 1"
dotnet "$(program "$old")" configuration import "$work/clients.json" --reason "rolling upgrade" >>"$work/commands.log" 2>&1 || fail "import"
for i in $(seq 0 $((workers - 1))); do
  echo "password-long-enough-$i" | dotnet "$(program "$old")" account create --username "user$i" --password-stdin >>"$work/commands.log" 2>&1 || fail "account"
done

status_of() { { exec 3<>"/dev/tcp/127.0.0.1/$1" && printf 'GET /health/ready HTTP/1.0\r\n\r\n' >&3 && head -1 <&3 | cut -d' ' -f2; } 2>/dev/null; }
start_node() {
  Urls=http://127.0.0.1:${ports[$1]} Node__Name=node-$1 dotnet "$(program "$2")" run >>"$work/node-$1.log" 2>&1 &
  nodes[$1]=$! && processes+=("${nodes[$1]}")
  for _ in $(seq 480); do
    [ "$(status_of "${ports[$1]}")" = 200 ] && return
    kill -0 "${nodes[$1]}" 2>/dev/null || fail "node $1 ended while starting"
    sleep 0.25
  done
  fail "node $1 does not become ready"
}
start_node 0 "$old" && start_node 1 "$old"

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout "$work/tls.key" -out "$work/tls.crt" -days 2 \
  -subj /CN=localhost -addext subjectAltName=DNS:localhost >/dev/null 2>&1 || fail "certificate"
mkdir "$work/nginx"
sed -e "s|/tmp/|$work/nginx/|g; s|/run/secrets|$work|; s|/dev/stdout|$work/access.log|; s|/dev/stderr|$work/nginx.log|" \
  -e "s|node-1:8080|127.0.0.1:${ports[0]}|; s|node-2:8080|127.0.0.1:${ports[1]}|; s|listen 8443|listen 127.0.0.1:$front|" "$source_folder/docker/nginx.conf" >"$work/nginx.conf"
[ "$(id -u)" != 0 ] || echo "user root;" >>"$work/nginx.conf"
"$(command -v nginx || echo /usr/sbin/nginx)" -c "$work/nginx.conf" -e "$work/nginx.log" -g "daemon off;" &
processes+=($!)
for _ in $(seq 40); do (exec 3<>"/dev/tcp/127.0.0.1/$front") 2>/dev/null && break; sleep 0.25; done

# --- the upgrade ---------------------------------------------------------------------------------------------------------------
say "two nodes of version 1 behind nginx; $workers people sign in over and over for $seconds s"
# shellcheck disable=SC2086 # a command and its verb
SSL_CERT_FILE=$work/tls.crt $load --mode login --base "https://localhost:$front" --workers "$workers" --warmup 0 --seconds "$seconds" \
  --code-client-id load --code-client-secret load-secret-of-a-rolling-upgrade --user "user{n}" --password "password-long-enough-{n}" >"$work/result" 2>"$work/generator.log" &
generator=$! && processes+=("$generator")
sleep 8
kill -0 "$generator" 2>/dev/null || fail "The load does not run: $(head -1 "$work/generator.log")"

say "migrate by version 2: $(dotnet "$(program "$new")" migrate 2>&1 | tail -1)"
sleep 4
for i in 0 1; do [ "$(status_of "${ports[$i]}")" = 200 ] || fail "node $i of version 1 is not ready on the migrated database"; done
say "both nodes of version 1 are ready on the migrated database"
refusal=$(Urls=http://127.0.0.1:$(free_port) dotnet "$(program "$old")" run 2>&1) && fail "version 1 started on a database that version 2 has migrated"
say "a third node of version 1 is not started: $(tail -1 <<<"$refusal")"

for i in 0 1; do
  kill -TERM "${nodes[$i]}"
  wait "${nodes[$i]}" || fail "node $i ended with $?"
  start_node "$i" "$new"
  say "node $i is version 2 and ready"
  sleep 3
done
kill -0 "$generator" 2>/dev/null || fail "The load ended before the upgrade: give more --seconds."
wait "$generator"
say "the load ends"

# --- the verdict ---------------------------------------------------------------------------------------------------------------
ask() { psql "$(sed -E 's/Host=/host=/; s/Port=/port=/; s/Username=/user=/; s/Password=/password=/; s/Database=/dbname=/; s/;/ /g' <<<"$IDENTITY_TEST_POSTGRESQL")" -XAtc "$1"; }
echo "generator: $(cat "$work/result")"
begun=$(ask "select count(*) from sessions") redeemed=$(ask "select count(*) from audit_events where name = 'code.redeemed' and outcome = 'succeeded'")
bad=$(awk '$5 >= 500' "$work/access.log" | wc -l) again=$(awk '$8 ~ /,/ || $9 ~ /,/' "$work/access.log" | wc -l) requests=$(wc -l <"$work/access.log")
echo "nginx: $requests requests, $bad answered 5xx, $again asked of a second node"
[ "$bad" = 0 ] || awk '$5 >= 500 { print $3, $4, $5, $8, $9 }' "$work/access.log" | sort | uniq -c
echo "database: $begun sessions begun, $redeemed sign-ins finished with tokens; $(ask "select count(*) from audit_events where port > 0") audit rows with a port"
grep -q '"errors":0' "$work/result" && [ "$bad" = 0 ] && [ "$begun" = "$redeemed" ] && [ "$begun" -gt 0 ] || fail "somebody noticed"
echo "Upgraded under load: $begun sign-ins, 0 failed."
