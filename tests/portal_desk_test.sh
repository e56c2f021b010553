#!/bin/bash
# A standard application in real browsers, from its title to the authorisation: the applicant in
# French, the desk, the committee's chair and the authority in English; axe-core finds no
# violation. HYGIE_PICTURES keeps pictures for people.
set -euo pipefail

skip() {
	echo "SKIPPED: portal_desk: $1" >&2
	exit 77
}

[ -x "${CHROMIUM:-/usr/bin/chromium}" ] || skip "no chromium (apt-get install chromium)"
[ -d node_modules/playwright-core ] || skip "no playwright-core (npm ci)"
command -v node >/dev/null || skip "no node"

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
"$hygie" account invite "$hub" applicant@hub.example --name "The applicant" --quiet
for role in officer chair authority; do
	"$hygie" account invite "$hub" "$role@hub.example" --name "The $role" --role "$role" \
		--language en --quiet
done
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
node tests/portal_desk.mjs "http://127.0.0.1:$port" "$hub/outbox" \
	"${HYGIE_PICTURES:-$work/pictures}"
"$hygie" audit verify "$hub" --quiet >/dev/null
kill -INT "$server"
wait "$server" || true
server=
