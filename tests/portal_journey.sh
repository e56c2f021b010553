# One journey on one store in one language, for portal_journey_test.sh and portal_journey_long.sh,
# which source this: from the invitation to the permit, verified by hygie, and the public sheet.
# HYGIE_PICTURES keeps pictures for people.
. tests/hub.sh

browser_or_skip
play() {
	local store=$1 language=$2
	work_make
	hub_init "$store"
	hub_clock
	hub_invite admin --language "$language"
	hub_serve
	day=$(node tests/portal_journey.mjs "$site" "$hub/outbox" "$pictures" "$clock" "$language")
	hub_stop
	"$hygie" desk verify "$pictures/permit.note" --key "$hub/keys/permit.pub" --at "$day" |
		grep -w valid >/dev/null
	"$hygie" audit verify "$hub" --quiet >/dev/null
	hub_clean
	echo "$store, $language: from the invitation to the public sheet"
}
