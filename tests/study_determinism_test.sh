#!/bin/bash
# hygie study: the same bytes with 1, 2 and 8 threads and in two runs.
set -uo pipefail
. tests/check.sh

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
HYGIE=$(realpath "$HYGIE")
shared=$(realpath -m "${HYGIE_SHARED:-../shared}")
cd "$work" || exit 1

# same TITLE STUDY OPTIONS...: CSV, JSON and the page are the same however often and wide.
same() {
	local title=$1 study=$2 run format threads
	shift 2
	rm -f first.*
	for run in csv:1 csv:1 csv:2 csv:8 json:1 json:8; do
		format=${run%:*}
		threads=${run#*:}
		check_status 0 "$title" "$HYGIE" study "$study" --quiet --threads "$threads" \
			--format "$format" --report page.html "$@"
		printf '%s\n' "$output" >"now.$format"
		[[ -e first.$format ]] || cp "now.$format" "first.$format"
		[[ -e first.html ]] || cp page.html first.html
		check_same "$title: $format, $threads threads" "first.$format" "now.$format"
		check_same "$title: page, $threads threads" first.html page.html
	done
}

# 70,000 persons of 3 periods, so that two batches and threads have work.
mkdir cdm
awk 'BEGIN {
	people = "cdm/person.csv"
	periods = "cdm/observation_period.csv"
	records = "cdm/condition_occurrence.csv"
	print "person_id,gender_concept_id,year_of_birth" >people
	print "person_id,observation_period_start_date,observation_period_end_date" >periods
	print "person_id,condition_concept_id,condition_start_date,condition_end_date" >records
	for (i = 70000; i > 0; i--) {
		print i "," (i % 3 ? 8507 : 8532) "," 1920 + i % 90 >people
		for (y = 2010; y < 2016; y += 2) {
			printf "%d,%d-%02d-11,%d-%02d-20\n", i, y, 1 + i % 12, y + 1,
				1 + i % 11 >periods
			if (i % (y - 2005) == 0)
				printf "%d,7,%d-%02d-0%d,\n", i, y + i % 2, 1 + i % 7,
					1 + i % 9 >records
		}
	}
}'
bands=age:0-17,18-64,65-150/sex:both,male,female
same incidence incidence cdm --outcome condition:7 --denominator $bands --interval months \
	--washout 30 --repeated-events
same "first events" incidence cdm --outcome condition:7 --interval overall
same "point prevalence" prevalence cdm --outcome condition:7 --denominator $bands
same "period prevalence" prevalence cdm --outcome condition:7 --interval quarters --type period

if [[ -d $shared/data/omop/gibleed ]]; then
	same GiBleed incidence "$shared/data/omop/gibleed" --outcome condition:192671 \
		--outcome condition:4112343 --denominator $bands/prior:0,365
	same "GiBleed prevalence" prevalence "$shared/data/omop/gibleed" \
		--outcome condition:4112343 --interval months --type period --full-contribution
else
	echo "SKIPPED: GiBleed (no $shared/data/omop/gibleed)"
fi
check_done
