#!/bin/bash
# hygie exchange killed with SIGKILL at any moment: what is there is whole, the next run goes
# on, and at the end all is as if nobody had been killed.
set -uo pipefail
. tests/check.sh
. tests/exchange_journey.sh

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
HYGIE=$(realpath "$HYGIE")
samples=$(realpath "$HYGIE_SAMPLES")
cd "$work" || exit 1
"$samples/sample_exchange_population" make people 20000 11 && exchange_actors && exchange_project
verdict $? "people and actors"

# killed MS COMMAND...: start it, kill it after that time.
killed() {
	local ms=$1
	shift
	"$@" >/dev/null 2>&1 &
	sleep "$(printf '0.%03d' "$ms")"
	kill -9 $! 2>/dev/null
	wait $! 2>/dev/null
}

# The program itself, so that the signal reaches it.
key() { echo --key "$1" --directory "$1/directory.json" --project project.json --quiet; }
hub="--directory hub/directory.json --project project.json --state hub/state --quiet"

for ms in 1 2 4 7 11 16 22 30 40 60; do
	for centre in nantes brest quimper; do
		# shellcheck disable=SC2046
		killed "$ms" "$HYGIE" exchange seal $(key $centre) "people/$centre.csv" \
			--out "$centre/deposit"
		[[ ! -e $centre/deposit ]] || check_status 0 "an envelope that is there is whole" \
			x verify --directory hub/directory.json --project project.json \
			"$centre/deposit"
	done
done
for centre in nantes brest quimper; do
	check_status 0 "sealing goes on" as $centre seal "people/$centre.csv" --out $centre/deposit
done

for ms in 1 2 3 5 8 12 18 25 35 50 70; do
	# shellcheck disable=SC2086
	killed "$ms" "$HYGIE" exchange verify $hub {nantes,brest,quimper}/deposit
	check_status 0 "the state can be read" "$HYGIE" exchange status \
		--project project.json --state hub/state
done
check_status 0 "receiving goes on" hub verify nantes/deposit brest/deposit quimper/deposit
check_equal "three lines, each once" 3 "$(cut -f 2,5 hub/state/ledger | sort -u | wc -l)"
check_equal "three lines" 3 "$(wc -l <hub/state/ledger)"

for ms in 1 2 3 5 8 12 18 25 35 50; do
	# shellcheck disable=SC2086
	killed "$ms" "$HYGIE" exchange forward $hub --out out
done
check_status 0 "forwarding goes on" hub forward --out out
check_equal "each handed on once" 3 "$(grep -c forwarded hub/state/ledger)"
cmp -s nantes/deposit out/cnam-1/avc-nir-nantes.envelope &&
	cmp -s brest/deposit out/insee/avc-traits-brest.envelope &&
	cmp -s quimper/deposit out/insee/avc-traits-quimper.envelope
verdict $? "what was handed on is what was deposited"
check_equal "nothing half-written" "" "$(find hub out -name '.*.partial')"

for ms in 3 8 20 45 90; do
	# shellcheck disable=SC2046
	killed "$ms" "$HYGIE" exchange identify $(key insee) out/insee/avc-traits-brest.envelope \
		--reference people/reference.csv --out insee/out
	# shellcheck disable=SC2046
	killed "$ms" "$HYGIE" exchange pseudonymise $(key cnam-1) \
		out/cnam-1/avc-nir-nantes.envelope --out cnam-1/out
done
check_status 0 "the rest of the journey" exchange_rest people
check_status 0 "the score" "$samples/sample_exchange_population" score people/truth.csv \
	chu/result.csv
check_has "all links" reached
check_done
