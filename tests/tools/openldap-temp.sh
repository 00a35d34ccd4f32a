#!/usr/bin/env bash
# A private throw-away OpenLDAP with made-up mailboxes: StartTLS on one loopback port, LDAPS on another, its own authority.
#   eval "$(openldap-temp.sh start)"        sets LDAPTEMP_FOLDER, LDAPTEMP_PORT, LDAPTEMP_TLS_PORT, LDAPTEMP_CA (a PEM file)
#   openldap-temp.sh stop "$LDAPTEMP_FOLDER"
# The searching account is cn=reader,dc=mau,dc=example with the password reader-secret; each person's password is <uid>-secret. The
# administrator cn=admin,dc=mau,dc=example (admin-secret) may change everything and
# sees in cn=Monitor how many operations there were.
# Needs Debian's slapd and ldap-utils, and openssl. Works as any user.
set -euo pipefail
program=$(command -v slapd || ls /usr/sbin/slapd 2>/dev/null || true)
[ -n "$program" ] || { echo "slapd is not installed." >&2; exit 1; }

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
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$folder/ca.key" -out "$folder/ca.pem" -days 2 -subj "/CN=Test LDAP CA" \
    -addext "basicConstraints=critical,CA:TRUE" -addext "keyUsage=critical,keyCertSign" 2>/dev/null
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$folder/server.key" -out "$folder/server.csr" -subj "/CN=localhost" 2>/dev/null
  printf 'subjectAltName=DNS:localhost,IP:127.0.0.1\n' >"$folder/names"
  openssl x509 -req -in "$folder/server.csr" -CA "$folder/ca.pem" -CAkey "$folder/ca.key" -CAcreateserial -days 2 -extfile "$folder/names" -out "$folder/server.pem" 2>/dev/null
}

write_configuration() {
  local folder=$1
  cat >"$folder/slapd.conf" <<END
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
moduleload back_monitor
moduleload ppolicy
pidfile $folder/pid
argsfile $folder/args
TLSCertificateFile $folder/server.pem
TLSCertificateKeyFile $folder/server.key
TLSCACertificateFile $folder/ca.pem
sizelimit 500
database monitor
access to * by dn.base="cn=admin,dc=mau,dc=example" read by * none
database mdb
suffix "dc=mau,dc=example"
rootdn "cn=admin,dc=mau,dc=example"
rootpw admin-secret
directory $folder/db
maxsize 67108864
dbnosync
index objectClass,uid,mail,entryUUID eq
overlay ppolicy
access to attrs=userPassword by anonymous auth by * none
access to * by dn.base="cn=reader,dc=mau,dc=example" read by self read by users search by * none
END
}

# Umlauts, brackets and stars are there for the escaping; "chung" are mailboxes of offices.
write_people() {
  cat <<'END'
dn: dc=mau,dc=example
objectClass: dcObject
objectClass: organization
o: Mau
dc: mau

dn: ou=people,dc=mau,dc=example
objectClass: organizationalUnit
ou: people

dn: ou=chung,dc=mau,dc=example
objectClass: organizationalUnit
ou: chung

dn: cn=reader,dc=mau,dc=example
objectClass: organizationalRole
objectClass: simpleSecurityObject
cn: reader
userPassword: reader-secret

dn: uid=nva,ou=people,dc=mau,dc=example
objectClass: inetOrgPerson
uid: nva
cn: Nguyen Van An
displayName: Nguyễn Văn An
sn: Nguyễn
mail: nva@mau.example
mail: nva@cu.example
telephoneNumber: 011.000.0101
employeeNumber: CB0001
departmentNumber: Phòng Một cửa
title: Chuyên viên
userPassword: nva-secret

dn: uid=ttb,ou=people,dc=mau,dc=example
objectClass: inetOrgPerson
uid: ttb
cn: Trần Thị (Bình) *
sn: Trần
mail: ttb@mau.example
userPassword: ttb-secret

dn: uid=khoa,ou=people,dc=mau,dc=example
objectClass: inetOrgPerson
uid: khoa
cn: Lê Văn Khóa
sn: Lê
mail: khoa@mau.example
userPassword: khoa-secret
pwdAccountLockedTime: 000001010000Z

dn: uid=nghi,ou=people,dc=mau,dc=example
objectClass: inetOrgPerson
uid: nghi
cn: Phạm Văn Nghỉ
sn: Phạm
mail: nghi@mau.example
employeeType: nghi-viec
userPassword: nghi-secret

dn: uid=doi-mot,ou=people,dc=mau,dc=example
objectClass: inetOrgPerson
uid: doi-mot
cn: Lê Thị Một
sn: Lê
mail: doi@mau.example
userPassword: doi-secret

dn: uid=doi-hai,ou=people,dc=mau,dc=example
objectClass: inetOrgPerson
uid: doi-hai
cn: Lê Thị Mốt
sn: Lê
mail: doi@mau.example
userPassword: doi-secret

dn: uid=vanphong,ou=chung,dc=mau,dc=example
objectClass: inetOrgPerson
uid: vanphong
cn: Văn phòng
sn: Văn phòng
mail: vanphong@mau.example
userPassword: vanphong-secret

dn: ou=noi-khac,dc=mau,dc=example
objectClass: referral
objectClass: extensibleObject
ou: noi-khac
ref: ldap://127.0.0.1:9/ou=noi-khac,dc=mau,dc=example

END
}

start() {
  local folder port tls attempt
  folder=$(mktemp -d "${TMPDIR:-/tmp}/identity-ldap.XXXXXX")
  mkdir "$folder/db"
  make_certificates "$folder"
  write_configuration "$folder"
  write_people >"$folder/people.ldif"
  slapadd -f "$folder/slapd.conf" -l "$folder/people.ldif" >"$folder/slapadd.log" 2>&1 || { cat "$folder/slapadd.log" >&2; rm -rf "$folder"; exit 1; }
  for attempt in 1 2 3 4 5; do
    port=$(free_port) tls=$(free_port)
    if "$program" -f "$folder/slapd.conf" -h "ldap://127.0.0.1:$port/ ldaps://127.0.0.1:$tls/" >"$folder/log" 2>&1; then break
    elif [ "$attempt" = 5 ]; then cat "$folder/log" >&2; rm -rf "$folder"; exit 1
    fi
  done
  for _ in $(seq 200); do (exec 3<>"/dev/tcp/127.0.0.1/$tls") 2>/dev/null && [ -s "$folder/pid" ] && break; sleep 0.05; done
  echo "export LDAPTEMP_FOLDER='$folder' LDAPTEMP_PORT=$port LDAPTEMP_TLS_PORT=$tls LDAPTEMP_CA='$folder/ca.pem'"
}

stop() {
  local folder=$1 pid
  [ -f "$folder/slapd.conf" ] || { echo "Not a directory server: $folder" >&2; return 1; }
  pid=$(cat "$folder/pid" 2>/dev/null || true)
  if [ -n "$pid" ]; then
    kill "$pid" 2>/dev/null || true
    for _ in $(seq 100); do kill -0 "$pid" 2>/dev/null || break; sleep 0.05; done
  fi
  rm -rf "$folder"
}

case ${1:-} in
  start) start ;;
  stop) stop "$2" ;;
  *) sed -n '2,8p' "$0" >&2; exit 2 ;;
esac
