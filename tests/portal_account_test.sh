#!/bin/bash
# Accounts in a real browser: invited, set up by its QR code, signed in and out, in English and in
# French, without a violation that axe-core finds. HYGIE_PICTURES keeps pictures for people.
set -euo pipefail
NAME=portal_account
. tests/hub.sh

browser_or_skip
command -v zbarimg >/dev/null || skip "no zbarimg (apt-get install zbar-tools)"
work_make
hub_init
hub_invite admin --language en
hub_serve
node tests/portal_account.mjs "$site" "$hub/outbox" "$pictures"
hub_stop
"$hygie" account list "$hub" --format csv |
	grep ',admin@hub.example,The admin,,admin,open,' >/dev/null
"$hygie" audit verify "$hub" --quiet >/dev/null
