#!/usr/bin/env bash
# A private throw-away Dovecot for sign-ins: STARTTLS on one loopback port, IMAPS on another, its own authority.
#   eval "$(dovecot-temp.sh start)"        sets MAILTEMP_FOLDER, MAILTEMP_PORT, MAILTEMP_TLS_PORT, MAILTEMP_CA (a PEM file)
#   dovecot-temp.sh stop "$MAILTEMP_FOLDER"
# Mailboxes: lan@thu.example (lan-secret), bao@thu.example (b"ả\o {5}-secret), nghi@thu.example (may not log in), vanphong@thu.example
# and nva@mau.example, whom the LDAP directory knows as well (all <local>-secret).
# Needs Debian's dovecot-imapd and openssl. As root it uses the package's own accounts.
set -euo pipefail
[ -x /usr/sbin/dovecot ] || { echo "dovecot is not installed." >&2; exit 1; }

free_port() {
  local port
  for _ in $(seq 50); do
    port=$((20000 + RANDOM % 20000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
  done
  return 1
}

make_certificates() {
  local folder=$1
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$folder/ca.key" -out "$folder/ca.pem" -days 2 -subj "/CN=Test IMAP CA" \
    -addext "basicConstraints=critical,CA:TRUE" -addext "keyUsage=critical,keyCertSign" 2>/dev/null
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$folder/server.key" -out "$folder/server.csr" -subj "/CN=localhost" 2>/dev/null
  printf 'subjectAltName=DNS:localhost,IP:127.0.0.1\n' >"$folder/names"
  openssl x509 -req -in "$folder/server.csr" -CA "$folder/ca.pem" -CAkey "$folder/ca.key" -CAcreateserial -days 2 -extfile "$folder/names" -out "$folder/server.pem" 2>/dev/null
}

write_configuration() {
  local folder=$1 port=$2 tls=$3 user group
  if [ "$(id -u)" = 0 ]; then user=mail group=mail; chown mail:mail "$folder/mail"; else user=$(id -un) group=$(id -gn); fi
  cat >"$folder/dovecot.conf" <<END
base_dir = $folder/run
log_path = $folder/log
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <$folder/server.pem
ssl_key = <$folder/server.key
auth_mechanisms = plain login
auth_failure_delay = 0
auth_cache_size = 0
disable_plaintext_auth = yes
mail_location = maildir:$folder/mail/%u
first_valid_uid = 1
passdb {
  driver = passwd-file
  args = $folder/users
}
userdb {
  driver = static
  args = uid=$user gid=$group home=$folder/mail/%u
}
service imap-login {
  inet_listener imap {
    port = $port
  }
  inet_listener imaps {
    port = $tls
    ssl = yes
  }
}
service anvil {
  # Without it every failed login from the same address makes the next one wait for seconds.
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service stats {
  client_limit = 100
}
END
  [ "$(id -u)" = 0 ] || cat >>"$folder/dovecot.conf" <<END
default_internal_user = $user
default_login_user = $user
default_internal_group = $group
service anvil {
  chroot =
}
service imap-login {
  chroot =
}
END
}

start() {
  local folder port tls attempt
  folder=$(mktemp -d "${TMPDIR:-/tmp}/identity-imap.XXXXXX")
  chmod 755 "$folder"
  mkdir "$folder/mail" "$folder/run"
  make_certificates "$folder"
  printf '%s\n' 'lan@thu.example:{PLAIN}lan-secret::::::' 'bao@thu.example:{PLAIN}b"ả\o {5}-secret::::::' 'nghi@thu.example:{PLAIN}nghi-secret::::::nologin=y' \
    'vanphong@thu.example:{PLAIN}vanphong-secret::::::' 'nva@mau.example:{PLAIN}nva-secret::::::' >"$folder/users"
  chmod 644 "$folder/users"
  for attempt in 1 2 3 4 5; do
    port=$(free_port) tls=$(free_port)
    write_configuration "$folder" "$port" "$tls"
    if /usr/sbin/dovecot -c "$folder/dovecot.conf" >"$folder/start.log" 2>&1; then break
    elif [ "$attempt" = 5 ]; then cat "$folder/start.log" "$folder/log" >&2 2>/dev/null || true; rm -rf "$folder"; exit 1
    fi
  done
  for _ in $(seq 200); do (exec 3<>"/dev/tcp/127.0.0.1/$tls") 2>/dev/null && break; sleep 0.05; done
  echo "export MAILTEMP_FOLDER='$folder' MAILTEMP_PORT=$port MAILTEMP_TLS_PORT=$tls MAILTEMP_CA='$folder/ca.pem'"
}

stop() {
  local folder=$1 pid
  [ -f "$folder/dovecot.conf" ] || { echo "Not a mail server: $folder" >&2; return 1; }
  pid=$(cat "$folder/run/master.pid" 2>/dev/null || true)
  if [ -n "$pid" ]; then
    kill "$pid" 2>/dev/null || true
    for _ in $(seq 100); do kill -0 "$pid" 2>/dev/null || break; sleep 0.05; done
  fi
  rm -rf "$folder"
}

case ${1:-} in
  start) start ;;
  stop) stop "$2" ;;
  *) sed -n '2,7p' "$0" >&2; exit 2 ;;
esac
