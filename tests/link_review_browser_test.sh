#!/bin/bash
# The page of hygie link review in a real browser: keys, what is kept, the file that is saved and
# read back by hygie, nothing asked of the network. HYGIE_PICTURES keeps pictures for people.
set -euo pipefail

skip() {
	echo "SKIPPED: link_review_browser: $1" >&2
	exit 77
}

[ -x "${CHROMIUM:-/usr/bin/chromium}" ] || skip "no chromium (apt-get install chromium)"
[ -d node_modules/playwright-core ] || skip "no playwright-core (npm ci)"
command -v node >/dev/null || skip "no node"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
hygie=$(realpath "$HYGIE")
cd "$work"
"$hygie" link synth --records 600 --out made --quiet >/dev/null
# ids and names that must be quoted, in CSV and in the page
sed -i '2,$s|^\([^,]*\),\([^,]*\),|"\1,""</script><b>","\2""<i>",|' made/records.csv
"$hygie" link run made/records.csv --out run --review -40 --quiet >/dev/null
"$hygie" link review run --html page.html --pairs 30 --quiet
cd - >/dev/null
mkdir -p "${HYGIE_PICTURES:-$work/pictures}"
node tests/link_review_browser.mjs "$work/page.html" "$work/labels.csv" \
	"${HYGIE_PICTURES:-$work/pictures}"
cd "$work"
[ "$(grep -c ',1,,[0-9a-f]*-1-30$' labels.csv)" = 14 ]
"$hygie" link review run --labels labels.csv --pairs 30 --summary --format json --quiet \
	>summary.json
grep -q '"30 of 30 pairs drawn"' summary.json
echo q | "$hygie" link review run --labels labels.csv --quiet >/dev/null
"$hygie" link train made/records.csv --labels labels.csv --out model.json --quiet >/dev/null
