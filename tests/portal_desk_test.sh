#!/bin/bash
# A standard application in real browsers, from its title to the permit and the public sheet: the
# applicant in French, the desk, the committee and the authority in English; axe-core finds no
# violation. HYGIE_PICTURES keeps pictures for people.
set -euo pipefail
NAME=portal_desk
. tests/hub.sh

browser_or_skip
work_make
hub_init
for role in applicant officer chair authority member; do
	hub_invite "$role" --language "$([ "$role" = applicant ] && echo fr || echo en)"
done
"$hygie" catalog synth --datasets 1 --out "$work/catalog.ttl" --quiet
"$hygie" catalog import "$hub" "$work/catalog.ttl" --quiet >/dev/null
dataset=$("$hygie" catalog export "$hub" --to ntriples --quiet |
	sed -n 's/^<\([^>]*\)> .*dcat#Dataset> \.$/\1/p')
hub_serve
node tests/portal_desk.mjs "$site" "$hub/outbox" "$pictures" "$dataset"
hub_stop
"$hygie" audit verify "$hub" --quiet >/dev/null
