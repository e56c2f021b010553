#!/bin/bash
# The pages of snds flatten and snds cohort in a real browser: seven series have seven colours and a
# legend that fits, no chart leaves a hole, the counts of the filters are not cut off.
set -euo pipefail

NAME=snds_reports_browser
. tests/hub.sh
browser_or_skip
work_make
"$hygie" snds synth --patients 600 --years 2018-2019 --out "$work/base" --quiet
"$hygie" snds flatten "$work/base" --out "$work/flat" --quiet --report "$work/flat.html"
"$hygie" snds cohort stroke "$work/base" --quiet --report "$work/cohort.html" >"$work/cohort.txt"
grep -q "simplified at 1 point:" "$work/cohort.txt"
node tests/snds_reports_browser.mjs "$work" "$pictures"
