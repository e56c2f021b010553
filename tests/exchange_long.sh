#!/bin/bash
# The whole exchange with 100,000 people, three seeds: at least 99.5 % of the true links come
# back, at most 0.1 % are false.
set -uo pipefail
. tests/check.sh
. tests/exchange_journey.sh

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
HYGIE=$(realpath "$HYGIE")
samples=$(realpath "$HYGIE_SAMPLES")
for seed in 7 8 9; do
	mkdir "$work/$seed" && cd "$work/$seed" || exit 1
	"$samples/sample_exchange_population" make people 100000 $seed
	check_status 0 "the journey, seed $seed" \
		eval 'exchange_actors && exchange_project && exchange_deposit people &&
			exchange_rest people'
	check_status 0 "the score, seed $seed" "$samples/sample_exchange_population" score \
		people/truth.csv chu/result.csv
	echo "$output"
	check_has "99.5 % and 0.1 %, seed $seed" reached
	grep -rlE '[12][0-9]{12}' hub
	[[ $? == 1 ]]
	verdict $? "no NIR in the exchange's folder, seed $seed"
done
check_done
