#!/usr/bin/env bash
# Does what a Dockerfile says in plain folders, for a machine without a container engine, and then runs what came out as the image would run it:
#   docker/try-steps.sh [identity-server | identity-admin | identity-sandbox] [--keep FOLDER]
# The instructions are read from the Dockerfile; nothing of it is repeated here. Every absolute path lies below a folder that stands for the
# root of its stage. The runtime stage is owned by root and has no write bit; the process has the Dockerfile's numeric USER, no account, no
# capability, no way to gain one, and an empty environment but for ENV. What this cannot show: that the base images fit, and that an image was built.
# Needs root, the .NET SDK, and PostgreSQL for identity-server. Loopback only. --keep leaves the published program in FOLDER.
set -uo pipefail
source_folder=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
host=identity-server keep=
while [ $# -gt 0 ]; do
  case $1 in
    identity-server | identity-admin | identity-sandbox) host=$1 ;;
    --keep) keep=${2:?"--keep needs a folder"}; shift ;;
    *) sed -n '2,7p' "$0" >&2; exit 2 ;;
  esac
  shift
done
[ "$(id -u)" = 0 ] || { echo "Needs root: it gives files to root and runs the program as somebody else." >&2; exit 2; }

work=$(mktemp -d "${TMPDIR:-/tmp}/identity-steps.XXXXXX")
chmod 755 "$work"
process= PGTEMP_FOLDER=
clean_up() {
  [ -z "$process" ] || { kill "$process" 2>/dev/null; wait "$process" 2>/dev/null; }
  [ -z "$PGTEMP_FOLDER" ] || "$source_folder/tests/tools/postgresql-temp.sh" stop "$PGTEMP_FOLDER"
  rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 130' INT TERM
fail() { echo "FAILED: $1" >&2; [ ! -s "$work/log" ] || tail -n 20 "$work/log" >&2; exit 1; }
say() { echo "  $1"; }

# --- the Dockerfile ------------------------------------------------------------------------------------------------------------
context=$work/context stage=-1 names=() folder= directory=/ user= environment=() entrypoint=()

# /publish is <folder of the stage>/publish. Only words that begin with a slash are paths here; so it is in our Dockerfiles.
below() { local word; for word in "$@"; do case $word in *=/*) word=${word%%=*}=$folder${word#*=} ;; /*) word=$folder$word ;; esac; printf '%s\n' "$word"; done; }

begin_stage() {
  stage=$((stage + 1)) folder=$work/stage$stage directory=/ user= environment=() entrypoint=()
  [ "${2:-}" = AS ] && names+=("$3") || names+=("$stage")
  mkdir -p "$folder"
}

copy() {
  local from=$context owner= words=() word i target
  for word in "$@"; do
    case $word in
      --from=*) for i in "${!names[@]}"; do [ "${names[$i]}" != "${word#*=}" ] || from=$work/stage$i; done ;;
      --chown=*) owner=${word#*=} ;;
      *) words+=("$word") ;;
    esac
  done
  target=${words[-1]} && unset 'words[-1]'
  case $target in /*) target=$folder$target ;; *) target=$folder$directory/$target ;; esac
  for word in "${words[@]}"; do
    rm -rf "$work/copied" && mkdir "$work/copied"
    if [ -d "$from/$word" ]; then cp -a "$from/$word/." "$work/copied/"; else cp -a "$from/$word" "$work/copied/"; fi || return 1
    [ -z "$owner" ] || chown -R "$owner" "$work/copied/"*
    mkdir -p "$target" && cp -a "$work/copied/." "$target/" || return 1
  done
}

run() {
  while [[ ${1:-} == --* ]]; do shift; done
  local words
  mapfile -t words < <(below "$@")
  say "RUN $*"
  (cd "$folder$directory" && env "${environment[@]}" sh -c "${words[*]}") >"$work/log" 2>&1
}

follow() {
  local instruction rest words
  while read -r instruction rest; do
    read -ra words <<<"$rest"
    case $instruction in
      ARG | EXPOSE) ;;
      FROM) begin_stage "${words[@]}" ;;
      ENV) mapfile -t -O "${#environment[@]}" environment < <(below "${words[@]}") ;;
      WORKDIR) directory=$rest && mkdir -p "$folder$directory" ;;
      COPY) copy "${words[@]}" ;;
      RUN) run "${words[@]}" ;;
      USER) user=$rest ;;
      VOLUME) mapfile -t volumes < <(grep -oE '"[^"]+"' <<<"$rest" | tr -d '"') ;;
      ENTRYPOINT) mapfile -t words < <(grep -oE '"[^"]+"' <<<"$rest" | tr -d '"'); mapfile -t entrypoint < <(below "${words[@]}") ;;
      *) fail "This script does not know the instruction $instruction." ;;
    esac || fail "$instruction $rest"
  done < <(sed -e '/^[[:space:]]*#/d' -e '/^[[:space:]]*$/d' "$1" | sed -e ':a' -e '/\\$/N; s/\\\n//; ta')
}

echo "Building $host by the steps of docker/$host/Dockerfile"
mkdir "$context"
# What git knows or would take: the same as .dockerignore lets through, as far as the Dockerfiles copy it.
(cd "$source_folder" && git ls-files -co --exclude-standard -z | while IFS= read -r -d '' file; do [ ! -e "$file" ] || printf '%s\0' "$file"; done | xargs -0 cp --parents -t "$context")
volumes=()
follow "$source_folder/docker/$host/Dockerfile"
[ -n "$user" ] && [ "${user%%:*}" -gt 0 ] 2>/dev/null || fail "The image would not run as a numeric user other than root."

# --- the file system as the process will see it -------------------------------------------------------------------------------
root=$folder
is_volume() { local volume; for volume in "${volumes[@]}"; do [ "$1" != "$volume" ] || return 0; done; return 1; }
for entry in "$root"/*; do is_volume "/$(basename "$entry")" || { chown -R 0:0 "$entry"; chmod -R a-w,a+rX "$entry"; }; done
chmod 555 "$root"
[ -z "$keep" ] || { mkdir -p "$keep" && cp -r --no-preserve=mode "$root/app/." "$keep/"; }
say "$(du -sm "$root/app" | cut -f1) MB in /app; USER $user; writable: ${volumes[*]:-nothing}"
touch "$work/before"

uid=${user%%:*} gid=${user##*:}
# Takes the place of the shell that calls it, so that a signal reaches the program.
as_in_the_image() {
  cd "$root$directory" && exec setpriv --reuid "$uid" --regid "$gid" --clear-groups --no-new-privs --inh-caps=-all --bounding-set=-all \
    env -i PATH="$PATH" HOME=/ "${environment[@]}" "${settings[@]}" "${entrypoint[@]}" "$@"
}
# "curl" may be missing here as in an image.
answer_of() {
  exec 3<>"/dev/tcp/127.0.0.1/$1" || return 1
  printf 'GET %s HTTP/1.0\r\nHost: localhost:%s\r\nX-Forwarded-Proto: https\r\n\r\n' "$2" "$1" >&3
  cat <&3
  exec 3>&-
}
wait_for() {
  local tries
  for tries in $(seq 480); do
    answer_of "$1" "$2" 2>/dev/null | head -1 | grep -q ' 200 ' && return
    kill -0 "$process" 2>/dev/null || fail "The program ended before it answered."
    sleep 0.25
  done
  fail "$2 does not answer 200."
}
free_port() { local port; for _ in $(seq 50); do port=$((20000 + RANDOM % 20000)); (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }; done; }
# PATTERN of what may be written beside nothing: the database of a host that has one of its own.
check_writes() {
  local left
  left=$(find "$root" "${TMPDIR:-/tmp}" /var/tmp /dev/shm -xdev \( -path "$context" -o -path "$work/stage0" \) -prune -o -user "$uid" -newer "$work/before" ! -path "$root/data" ! -path "${1:-$root/data}" ! -path "$root/keys" -print 2>/dev/null | head -3)
  [ -z "$left" ] || fail "Written where nothing may be written: $left"
  say "the running program has written $([ $# = 0 ] && echo "no file" || echo "its database and no other file")"
}
stop_and_judge() {
  kill -TERM "$process"
  wait "$process"
  local code=$?
  process=
  [ "$code" = 0 ] || fail "After SIGTERM the program ended with $code."
  say "SIGTERM: ended with 0"
}

# --- run it --------------------------------------------------------------------------------------------------------------------
settings=()
if [ "$host" = identity-server ]; then
  cluster=$("$source_folder/tests/tools/postgresql-temp.sh" start) && eval "$cluster" || fail "PostgreSQL could not be started."
  port=$(free_port)
  # As they are mounted: owned by root, readable by the program's group.
  chmod 755 "$root" && mkdir -p "$root/run/secrets" && chmod 555 "$root"
  printf '{ "Storage": { "ConnectionString": "%s" } }\n' "$IDENTITY_TEST_POSTGRESQL" >"$root/run/secrets/settings.json"
  head -c 32 /dev/urandom | base64 >"$root/keys/master.key"
  chown "0:$gid" "$root/run/secrets/settings.json" "$root/keys/master.key" && chmod 440 "$root/run/secrets/settings.json" "$root/keys/master.key"
  chown 0:0 "$root/keys" && chmod 555 "$root/keys"
  settings=(Urls="http://127.0.0.1:$port" Storage__MasterKeyFile="$root/keys/master.key" Oidc__Issuer=https://dangnhap.anbinh.example Node__DrainDelay=00:00:01
    Province__NameVi="Tỉnh An Bình" Province__NameEn="An Binh Province" Province__Host=dangnhap.anbinh.example Province__ReferencePrefix=AB
    Listener__TrustedProxies__0=127.0.0.1)
  (as_in_the_image migrate --settings "$root/run/secrets/settings.json") >"$work/log" 2>&1 || fail "migrate"
  say "migrate: $(tail -1 "$work/log")"
  as_in_the_image run --settings "$root/run/secrets/settings.json" >"$work/log" 2>&1 &
  process=$!
  wait_for "$port" /health/ready
  say "/health/ready: 200, as $(ps -o uid=,gid= -p "$process" | xargs | tr ' ' :)"
  answer_of "$port" /health/live | grep -q '^live' || fail "/health/live"
  answer_of "$port" /.well-known/openid-configuration | grep -q '"issuer": *"https://dangnhap.anbinh.example"' || fail "The discovery document does not name the issuer."
  say "discovery: names the issuer"
  check_writes
  stop_and_judge
  (settings+=(Storage__Provider=Sqlite Storage__ConnectionString="Data Source=$root/data/identity.db") && as_in_the_image migrate) >"$work/log" 2>&1 || fail "migrate on SQLite"
  [ -s "$root/data/identity.db" ] || fail "No SQLite file in /data."
  say "SQLite: migrate writes to /data"
elif [ "$host" = identity-admin ]; then
  port=$(free_port)
  chmod 755 "$root" && mkdir -p "$root/run/secrets" && chmod 555 "$root"
  printf '{ "Admin": { "ClientSecret": "not-for-production" }, "Storage": { "ConnectionString": "Data Source=%s" } }\n' "$root/data/identity.db" >"$root/run/secrets/admin.json"
  head -c 32 /dev/urandom | base64 >"$root/keys/master.key"
  chown "0:$gid" "$root/run/secrets/admin.json" "$root/keys/master.key" && chmod 440 "$root/run/secrets/admin.json" "$root/keys/master.key"
  chown 0:0 "$root/keys" && chmod 555 "$root/keys"
  # Its own database, made at the start: the image holds no command for it.
  settings=(Urls="http://127.0.0.1:$port" Storage__MasterKeyFile="$root/keys/master.key" Storage__Provider=Sqlite Storage__MigrateAtStart=true Node__DrainDelay=00:00:01
    Admin__Address=https://quantri.anbinh.example Admin__Issuer=https://dangnhap.anbinh.example Province__NameVi="Tỉnh An Bình" Province__NameEn="An Binh Province"
    Province__Host=dangnhap.anbinh.example Province__ReferencePrefix=AB Listener__TrustedProxies__0=127.0.0.1)
  as_in_the_image --settings "$root/run/secrets/admin.json" >"$work/log" 2>&1 &
  process=$!
  wait_for "$port" /health/ready
  say "/health/ready: 200, as $(ps -o uid=,gid= -p "$process" | xargs | tr ' ' :)"
  answer_of "$port" /welcome | head -1 | grep -q ' 200 ' || fail "/welcome"
  say "/welcome: 200"
  check_writes "$root/data/identity.db*"
  stop_and_judge
else
  eid=$(free_port) portal=$(free_port) documents=$(free_port)
  settings=(Sandbox__EidUrl="http://localhost:$eid" Sandbox__PortalUrl="http://localhost:$portal" Sandbox__DocumentsUrl="http://localhost:$documents")
  as_in_the_image >"$work/log" 2>&1 &
  process=$!
  wait_for "$eid" /.well-known/openid-configuration
  wait_for "$portal" /
  say "the e-ID and the portal answer"
  check_writes
  stop_and_judge
fi

echo "The steps of docker/$host/Dockerfile work in plain folders. No image was built."
