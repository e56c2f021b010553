# For portal_kill_test.sh and portal_kill_long.sh: kill_rounds STORE ROUNDS kills a hub under load
# so often. What it acknowledged is there each time, nothing is half done, the audit log verifies.
source "$(dirname "${BASH_SOURCE[0]}")/hub.sh"

people=6 # applicants; two officers and two holders beside

# tokens COUNT ROLE SCOPES: a line each, for portal_kill.mjs.
tokens() { "$HYGIE_SAMPLES/sample_portal_people" "$hub" 1 "$@" | sed "s/^/$2\t/"; }

kill_round() {
	local before load
	before=$(wc -l <"$work/acks")
	node tests/portal_kill.mjs load "$site" "$work/tokens" "$work/acks" "$1" &
	load=$!
	for _ in $(seq 600); do
		[ "$(wc -l <"$work/acks")" = "$before" ] || break
		sleep 0.05
	done
	sleep "0.$((RANDOM % 5))$((RANDOM % 10))"
	kill -9 "$server"
	wait "$server" 2>/dev/null || true
	wait "$load" ||
		{ echo "FAILED: round $1: neither success nor silence"; return 1; }
	hub_serve
	node tests/portal_kill.mjs verify "$site" "$work/tokens" "$work/acks" "$1" >/dev/null ||
		{ echo "FAILED: round $1: something acknowledged is not there"; return 1; }
	"$hygie" hub check "$hub" --quiet --format csv >"$work/found" ||
		{ echo "FAILED: round $1:"; cat "$work/found"; return 1; }
}

kill_rounds() {
	local store=$1 rounds=$2 i
	work_make
	hub_init "$store"
	"$hygie" desk synth "$hub" --applications 60 --quiet
	{
		tokens $people applicant desk:write
		tokens 2 officer desk:write
		tokens 2 holder catalog:write
	} >"$work/tokens"
	: >"$work/acks"
	hub_serve
	for i in $(seq "$rounds"); do
		kill_round "$i"
	done
	local there
	there=$(node tests/portal_kill.mjs verify "$site" "$work/tokens" "$work/acks")
	echo "$store: $rounds kills, acknowledged writes, all there: $there"
	local kind
	for kind in created described draft published; do
		[ "$(grep -c "	$kind\$" "$work/acks")" -ge "$rounds" ] ||
			{ echo "FAILED: hardly anything was $kind"; return 1; }
	done
	hub_stop
	"$hygie" audit verify "$hub" --quiet >/dev/null || return 1
	hub_clean
	trap - EXIT
}
