#!/bin/bash
# Accounts in a real browser: invited, set up by its QR code, signed in and out, in English and in
# French, without a violation that axe-core finds. HYGIE_PICTURES keeps pictures for people.
set -euo pipefail

skip() {
	echo "SKIPPED: portal_account: $1" >&2
	exit 77
}

[ -x "${CHROMIUM:-/usr/bin/chromium}" ] || skip "no chromium (apt-get install chromium)"
[ -d node_modules/playwright-core ] || skip "no playwright-core (npm ci)"
command -v node >/dev/null || skip "no node"
command -v zbarimg >/dev/null || skip "no zbarimg (apt-get install zbar-tools)"

work=$(mktemp -d)
server=
finish() {
	if [ -n "$server" ]; then
		kill "$server" 2>/dev/null || true
		wait "$server" 2>/dev/null || true
	fi
	rm -rf "$work"
}
trap finish EXIT
hygie=$(realpath "$HYGIE")
hub=$work/hub
"$hygie" hub init "$hub" --quiet
"$hygie" account invite "$hub" ada@hub.example --name "Ada Martin" --role admin --language en \
	--quiet
: >"$work/log"
"$hygie" serve --hub "$hub" --listen 127.0.0.1:0 2>"$work/log" &
server=$!
for _ in $(seq 100); do
	port=$(sed -n 's/.* on port \([0-9]*\);.*/\1/p' "$work/log")
	[ -n "$port" ] && break
	sleep 0.1
done
[ -n "$port" ]
mkdir -p "${HYGIE_PICTURES:-$work/pictures}"
node tests/portal_account.mjs "http://127.0.0.1:$port" "$hub/outbox" \
	"${HYGIE_PICTURES:-$work/pictures}"
"$hygie" account list "$hub" --format csv | grep -q ',ada@hub.example,Ada Martin,,admin,open,'
"$hygie" audit verify "$hub" --quiet >/dev/null
kill -INT "$server"
wait "$server" || true
server=
