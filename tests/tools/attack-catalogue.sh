#!/usr/bin/env bash
# Holds docs/attacks.md against the names of the tests.
#   attack-catalogue.sh            every row with its tests
#   attack-catalogue.sh --quiet    rows without a test or a reason only
# A row needs a test whose name carries its id, unless it is "not offered" and marked "–". A test must not name a row that does not exist.
# Exits 1 when something is missing.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

# "id name" for every id that begins a test's name: R12_R13_The_answer… belongs to both.
tests=$(grep -rhoE '\b([RJOLFM][0-9]+_)+[A-Za-z][A-Za-z0-9_]*\(' tests --include='*.cs' | tr -d '(' | sort -u | awk '{
  name = $0; rest = $0
  while (match(rest, /^[RJOLFM][0-9]+_/)) { print substr(rest, 1, RLENGTH - 1), name; rest = substr(rest, RLENGTH + 1) }
}')
rows=$(grep -E '^\| [A-Z][0-9]+ \|' docs/attacks.md)

missing=0 covered=0 absent=0
while IFS='|' read -r _ id attack answer state _; do
  id=${id// /} state=${state// /}
  found=$(awk -v id="$id" '$1 == id { print "    " $2 }' <<<"$tests")
  if [ -n "$found" ]; then
    covered=$((covered + 1))
    [ "${1:-}" = --quiet ] || printf '%s %s\n%s\n' "$id" "$attack" "$found"
  elif [ "$state" = "–" ] && [[ $answer == *"not offered"* ]]; then
    absent=$((absent + 1))
    [ "${1:-}" = --quiet ] || printf '%s %s\n    (%s)\n' "$id" "$attack" "$(sed 's/^ *//; s/ *$//' <<<"$answer")"
  else
    missing=$((missing + 1))
    echo "$id has neither a test nor a reason: $attack"
  fi
done <<<"$rows"

unknown=$(comm -13 <(sed -E 's/^\| ([A-Z][0-9]+) .*/\1/' <<<"$rows" | sort -u) <(cut -d' ' -f1 <<<"$tests" | sort -u))
for id in $unknown; do
  missing=$((missing + 1))
  echo "$id is named by a test and is no row of docs/attacks.md"
done

echo "Attack catalogue: $covered rows tested, $absent not offered, $missing missing."
[ "$missing" = 0 ]
