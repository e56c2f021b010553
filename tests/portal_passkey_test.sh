#!/bin/bash
# Keys and passkeys in a real browser with a virtual authenticator: added, used as the second
# factor, for what is sensitive and alone; a copy of a key is noticed; removed. On both stores, in
# English and French, without a violation that axe-core finds. HYGIE_PICTURES keeps pictures.
set -euo pipefail
NAME=portal_passkey
. tests/hub.sh

browser_or_skip
work_make
journey() {
	port=$(free_port)
	sed -i "s|^origin = .*|origin = http://localhost:$port|" "$hub/hub.conf"
	grep -q '^origin = ' "$hub/hub.conf" ||
		echo "origin = http://localhost:$port" >>"$hub/hub.conf"
	hub_invite admin --language en
	hub_serve --listen "127.0.0.1:$port"
	node tests/portal_passkey.mjs "http://localhost:$port" "$hub/outbox" "$pictures"
	hub_stop
	"$hygie" audit verify "$hub" --quiet >/dev/null
}
hub_on_both journey
