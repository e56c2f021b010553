#!/bin/bash
# A session of the committee in real browsers, in French; HYGIE_PICTURES keeps pictures,
# HYGIE_LANGUAGE=en plays it in English, as portal_journey_long.sh does.
set -euo pipefail
NAME=portal_committee
cd "$(dirname "$0")/.."
. tests/hub.sh

browser_or_skip
for language in ${HYGIE_LANGUAGE:-fr}; do
	work_make
	mkdir -p "$pictures/committee"
	hub_init
	hub_clock
	"$hygie" desk synth "$hub" --applications 300 --shape 2020 --year "$(date +%Y)" \
		--until "$(date +%F)" --seed 5 --quiet
	for one in officer:officer chair:chair member:first member:second member:third member:late \
		member:outside; do
		"$hygie" account invite "$hub" "${one#*:}@hub.example" --name "Person ${one#*:}" \
			--role "${one%:*}" --language "$language" --quiet
	done
	hub_serve
	node tests/portal_committee.mjs "$site" "$hub/outbox" "$pictures" "$clock" "$language"
	hub_stop
	"$hygie" audit verify "$hub" --quiet >/dev/null
	hub_clean
	trap - EXIT
	echo "$language: a session from its call to its minutes"
done
