#!/usr/bin/env bash
# A private throw-away PostgreSQL cluster.
#   eval "$(postgresql-temp.sh start)"   sets PGTEMP_FOLDER and IDENTITY_TEST_POSTGRESQL (a connection string)
#   eval "$(postgresql-temp.sh start --durable)"   keeps what was committed through a crash, for tests that crash it; few connections
#   postgresql-temp.sh crash "$PGTEMP_FOLDER"      ends every process of it at once, as if the power had failed
#   postgresql-temp.sh resume "$PGTEMP_FOLDER"     the same data on the same port again
#   postgresql-temp.sh stop "$PGTEMP_FOLDER"
# Runs as the user "postgres" when called by root (initdb refuses root), otherwise as the caller. Loopback only.
set -euo pipefail
programs=$(ls -d /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /opt/homebrew/opt/postgresql*/bin 2>/dev/null | sort -V | tail -1 || true)
[ -n "$programs" ] || programs=$(dirname "$(command -v initdb)") || { echo "PostgreSQL is not installed." >&2; exit 1; }

as_owner() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }

free_port() {
  local port
  for _ in $(seq 50); do
    port=$((20000 + RANDOM % 20000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
  done
  return 1
}

run_cluster() { as_owner "$programs/pg_ctl" -D "$1/data" -l "$1/log" -w -t 30 -s -o "$(cat "$1/options")" start >/dev/null 2>&1; }

start() {
  local folder password port attempt
  # The data is thrown away, so nothing needs to survive a power cut.
  local kind="-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=300"
  [ "${1:-}" != --durable ] || kind="-c max_connections=80"
  folder=$(mktemp -d "${TMPDIR:-/tmp}/identity-pg.XXXXXX")
  chmod 755 "$folder"
  [ "$(id -u)" != 0 ] || chown postgres "$folder"
  password=$(head -c 18 /dev/urandom | base64 | tr -d '/+=')
  printf %s "$password" | as_owner sh -c "umask 077; cat > '$folder/password'"
  as_owner "$programs/initdb" -D "$folder/data" -U app --pwfile="$folder/password" -A scram-sha-256 --no-sync \
    --encoding=UTF8 --locale=C.UTF-8 >"$folder/initdb.log" 2>&1 || { cat "$folder/initdb.log" >&2; rm -rf "$folder"; exit 1; }
  for attempt in 1 2 3 4 5; do
    port=$(free_port)
    # Sockets live in our own folder.
    printf %s "-c listen_addresses=127.0.0.1 -p $port -k $folder $kind -c shared_buffers=64MB -c jit=off" >"$folder/options"
    if run_cluster "$folder"
    then break
    elif [ "$attempt" = 5 ]; then cat "$folder/log" >&2; rm -rf "$folder"; exit 1
    fi
  done
  echo "export PGTEMP_FOLDER='$folder'"
  echo "export IDENTITY_TEST_POSTGRESQL='Host=127.0.0.1;Port=$port;Username=app;Password=$password;Database=postgres'"
}

known() { [ -f "$1/data/PG_VERSION" ] || { echo "Not a cluster: $1" >&2; return 1; }; }

crash() { known "$1" && as_owner "$programs/pg_ctl" -D "$1/data" -m immediate -w -s stop; }

resume() { known "$1" && run_cluster "$1"; }

stop() {
  known "$1"
  as_owner "$programs/pg_ctl" -D "$1/data" -m immediate -w -s stop || true
  rm -rf "$1"
}

case ${1:-} in
  start) start "${2:-}" ;;
  crash) crash "$2" ;;
  resume) resume "$2" ;;
  stop) stop "$2" ;;
  *) sed -n '2,8p' "$0" >&2; exit 2 ;;
esac
