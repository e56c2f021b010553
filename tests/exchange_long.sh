#!/bin/bash
# The whole exchange with 100,000 people, three seeds and two engines: at least 99.5 % of the
# true links come back, at most 0.1 % are false.
set -uo pipefail
. tests/check.sh
. tests/exchange_journey.sh

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
HYGIE=$(realpath "$HYGIE")
samples=$(realpath "$HYGIE_SAMPLES")
for run in 7 8 9 7-by-link; do
	seed=${run%%-*}
	engine=exchange_identify
	[[ $run == *link ]] && engine=exchange_identify_by_link
	mkdir "$work/$run" && cd "$work/$run" || exit 1
	"$samples/sample_exchange_population" make people 100000 $seed
	check_status 0 "the journey, run $run" \
		eval 'exchange_actors && exchange_project && exchange_deposit people &&
			exchange_rest people $engine'
	check_status 0 "the score, run $run" "$samples/sample_exchange_population" score \
		people/truth.csv chu/result.csv
	echo "$output"
	check_has "99.5 % and 0.1 %, run $run" reached
	LC_ALL=C grep -rlFf people/identities.txt hub out
	[[ $? == 1 ]]
	verdict $? "no identity in the exchange's folders, run $run"
done
check_done
