#!/bin/bash
# hygie snds synth: every key leads somewhere, but for the faults that say otherwise; what is
# printed; effects and years that are refused.
set -uo pipefail
. tests/check.sh

HYGIE=$(realpath "$HYGIE")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1

# errors BASE: check, table and number of wrong rows of each error, planted or not.
errors() {
	"$HYGIE" snds check "$1" --format csv --quiet 2>/dev/null |
		awk -F, '$1 == "error" {print $2, $3, $5}'
}

# fault NAME: rows of it that the manifest tells.
fault() {
	grep -o "\"$1\": [0-9]*" dirty/manifest.json | grep -o '[0-9]*$'
}

"$HYGIE" snds synth --patients 2500 --years 2018 --out clean --clean --quiet \
	--report page.html >printed 2>&1
check_equal "--quiet prints nothing" "" "$(cat printed)"
check_equal "the page is written" 1 "$(grep -c "<title>Synthetic SNDS" page.html)"
"$HYGIE" snds synth --patients 2500 --years 2018 --out dirty --quiet --format json >printed.json
check_equal "--format json has the tables" 1 "$(grep -c '"id": "tables"' printed.json)"

check_equal "a clean base has no error" "" "$(errors clean)"
errors dirty >found
check_equal "errors are orphans" "" "$(grep -v '^link.orphan' found)"
check_equal "details without their row are the planted ones" "$(fault orphan_row)" \
	"$(awk '$2 ~ /^ER_/ {n += $3} END {print n + 0}' found)"
check_equal "stays of nobody are the planted ones" "$(fault unknown_nir)" \
	"$(awk '$2 == "T_MCO18C" {n += $3} END {print n + 0}' found)"
check_equal "no other key leads nowhere" "" "$(grep -vE ' (ER_[A-Z]+_F|T_MCO18C) ' found)"

# A professional that is not in DA_PRA_R is found: the link is looked at.
"$HYGIE" snds synth --patients 100 --years 2018 --out csv --clean --files csv --quiet >/dev/null
column=$(head -n 1 csv/ER_PRS_F.csv | tr , '\n' | grep -n PFS_EXE_NUM | cut -d: -f1)
awk -F, -v OFS=, -v c="$column" 'NR > 1 && $c != "" && !done {$c = "99999999"; done = 1} 1' \
	csv/ER_PRS_F.csv >changed && mv changed csv/ER_PRS_F.csv
check_equal "a professional nobody knows" "link.orphan ER_PRS_F 1" "$(errors csv)"

check_status 2 "an effect beyond its range" "$HYGIE" snds synth --patients 10 --years 2018 \
	--out no --effect nsaid_bleeding=1000
check_status 2 "too many years" "$HYGIE" snds synth --patients 10 --years 2010-2039 --out no
check_status 5 "a report that cannot be written" "$HYGIE" snds synth --patients 10 --years 2018 \
	--out report --report /proc/none/x.html
[[ ! -e no ]]
verdict $? "nothing is left of a refused one"

check_done
