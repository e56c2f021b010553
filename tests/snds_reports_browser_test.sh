#!/bin/bash
# The pages of snds flatten and snds cohort in a real browser: seven series have seven colours and a
# legend that fits, no chart leaves a hole, the counts of the filters are not cut off.
set -euo pipefail

skip() {
	echo "SKIPPED: snds_reports_browser: $1" >&2
	exit 77
}

[ -x "${CHROMIUM:-/usr/bin/chromium}" ] || skip "no chromium (apt-get install chromium)"
[ -d node_modules/playwright-core ] || skip "no playwright-core (npm ci)"
command -v node >/dev/null || skip "no node"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$HYGIE" snds synth --patients 600 --years 2018-2019 --out "$work/base" --quiet
"$HYGIE" snds flatten "$work/base" --out "$work/flat" --quiet --report "$work/flat.html"
"$HYGIE" snds cohort stroke "$work/base" --quiet --report "$work/cohort.html" >"$work/cohort.txt"
grep -q "simplified at 1 point:" "$work/cohort.txt"
mkdir -p "${HYGIE_PICTURES:-$work/pictures}"
node tests/snds_reports_browser.mjs "$work" "${HYGIE_PICTURES:-$work/pictures}"
