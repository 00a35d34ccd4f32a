#!/usr/bin/env bash
# test-summary.sh FOLDER CODE: adds up the counters of all trx files in FOLDER and prints, as the last line,
#   N passed, N failed[, N skipped]
# CODE is what the test run itself ended with. Exits with 0 only when tests ran and nothing went wrong.
set -uo pipefail
folder=$1 code=$2
sum() {
  find "$folder" -name '*.trx' -exec grep -ohE '<Counters [^>]*>' {} + | grep -oE " $1=\"[0-9]+\"" | grep -oE '[0-9]+' | awk '{ total += $1 } END { print total + 0 }'
}
total=$(sum total) executed=$(sum executed) passed=$(sum passed)
failed=$(($(sum failed) + $(sum error) + $(sum timeout) + $(sum aborted)))
skipped=$((total - executed))
if find "$folder" -name '*.trx' -exec grep -lE '<ResultSummary outcome="(Failed|Error|Aborted|Timeout)"' {} + | grep -q .; then [ "$code" != 0 ] || code=1; fi
[ "$failed" = 0 ] || [ "$code" != 0 ] || code=1
if [ "$executed" = 0 ]; then echo "No test ran."; [ "$code" != 0 ] || code=1; fi
if [ "$code" != 0 ] && [ "$failed" = 0 ] && [ "$executed" != 0 ]; then echo "The run ended with code $code although no test is counted as failed: a crash or an abort."; fi
echo "$passed passed, $failed failed$([ "$skipped" = 0 ] || echo ", $skipped skipped")"
exit "$code"
