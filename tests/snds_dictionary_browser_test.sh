#!/bin/bash
# The page of hygie snds dictionary in a real browser: the search box finds, the diagram has
# a box a table, nothing is asked of the network. Pictures stay in HYGIE_PICTURES when that
# names a folder.
set -euo pipefail

skip() {
	echo "SKIPPED: snds_dictionary_browser: $1" >&2
	exit 77
}

[ -x "${CHROMIUM:-/usr/bin/chromium}" ] || skip "no chromium (apt-get install chromium)"
[ -d node_modules/playwright-core ] || skip "no playwright-core (npm ci)"
command -v node >/dev/null || skip "no node"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "${HYGIE_PICTURES:-$work/pictures}"
"$HYGIE" snds dictionary --report "$work/dictionary.html" >/dev/null
node tests/snds_dictionary_browser.mjs "$work/dictionary.html" "${HYGIE_PICTURES:-$work/pictures}"
echo "the page searches and draws"
