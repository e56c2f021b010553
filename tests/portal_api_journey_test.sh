#!/bin/bash
# The journey of portal_journey_test.sh through the API alone, on SQLite and on PostgreSQL.
set -euo pipefail
NAME=portal_api_journey
. tests/hub.sh

command -v node >/dev/null || skip "no node"
[ -d node_modules/playwright-core ] || skip "no playwright-core (npm ci)"
for store in ${HYGIE_STORE:-sqlite postgres}; do
	work_make
	hub_init "$store"
	hub_clock
	hub_invite admin
	hub_serve
	day=$(node tests/portal_api_journey.mjs "$site" "$hub/outbox" "$work" "$clock")
	hub_stop
	"$hygie" desk verify "$work/permit.note" --key "$hub/keys/permit.pub" --at "$day" |
		grep -w valid >/dev/null
	"$hygie" audit verify "$hub" --quiet >/dev/null
	hub_clean
	echo "$store: from the invitation to the public sheet, by the API"
done
