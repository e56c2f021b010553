#!/bin/bash
# The HTML report in a real browser: charts drawn, nothing asked of the
# network, nothing refused by its own policy, tables sort. Pictures for people
# stay in HYGIE_PICTURES when that names a folder.
set -euo pipefail

skip() {
	echo "SKIPPED: report_browser: $1" >&2
	exit 77
}

sample=${HYGIE_SAMPLES:-build/tests}/sample_report_page
[ -x "$sample" ] || skip "no $sample"
[ -x "${CHROMIUM:-/usr/bin/chromium}" ] || skip "no chromium (apt-get install chromium)"
[ -d node_modules/playwright-core ] || skip "no playwright-core (npm ci)"
command -v node >/dev/null || skip "no node"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$sample" "$work/report.html" >"$work/report.txt"
"$sample" "$work/again.html" csv >"$work/report.csv"
cmp "$work/report.html" "$work/again.html"
size=$(stat -c %s "$work/report.html")
[ "$size" -le 1200000 ] || { echo "the page has $size bytes" >&2; exit 1; }
mkdir -p "${HYGIE_PICTURES:-$work/pictures}"
node tests/report_browser.mjs "$work/report.html" "$work/report.csv" \
	"${HYGIE_PICTURES:-$work/pictures}" "$work/profile"
