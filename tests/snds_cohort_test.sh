#!/bin/bash
# hygie snds cohort: exit statuses, bad specifications and folders, no value in any output, hidden
# counts, nothing left behind; a study reads what it writes.
set -uo pipefail
. tests/check.sh

HYGIE=$(realpath "$HYGIE")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1

"$HYGIE" snds synth --patients 1500 --years 2017-2018 --out base --quiet >/dev/null || exit 1
cohort() {
	"$HYGIE" snds cohort "$@" --quiet
}

check_status 0 "the list" cohort --list
check_has "a name" "kidney_transplant"
for name in $(cohort --list --format csv | sed 1d | cut -d, -f1 | sort -u); do
	cohort "$name" --print >"$name.json"
	cmp -s "$name.json" "$OLDPWD/lib/snds/data/cohorts/$name.json"
	verdict $? "--print $name is the file that ships"
done
check_status 2 "no specification" cohort
check_has "what is missing" "SPEC is missing"
check_status 2 "no folder given" cohort stroke
check_has "what is missing" "DIR is missing"
check_status 2 "an unknown name" cohort strokes base
check_has "the nearest" "is it stroke?"
check_status 3 "no such folder" cohort stroke nowhere
mkdir empty
check_status 3 "an empty folder" cohort stroke empty
echo 'BEN_NIR_PSA;SECRETPERSON00001' >secret.json
check_status 3 "a table for a specification" cohort secret.json base
check_has "its place" "secret.json: line 1, column"
[[ $output != *SECRET* ]]
verdict $? "the message tells no value" "$output"
head -c 300 diabetes.json >cut.json
check_status 3 "a specification cut short" cohort cut.json base
check_has "its place" "cut.json: line"
check_status 2 "an unknown filter" cohort stroke base --without none_such
check_status 2 "where the tables are" cohort stroke base --out base --force
check_status 5 "a page that cannot be written" cohort stroke base --report /proc/none/x.html

cp -r base without_atc && rm without_atc/IR_PHA_R.parquet
check_status 3 "ATC without IR_PHA_R" cohort diabetes without_atc --out never
check_has "the table" "IR_PHA_R is missing"
[[ ! -e never ]]
verdict $? "nothing is left behind"
check_status 0 "no ATC, no IR_PHA_R" cohort stroke without_atc

# A table is checked where the question needs it, and only there.
cp -r base broken && rm broken/ER_PHA_F.parquet
echo 'PHA_PRS_C13' >broken/ER_PHA_F.csv
check_status 0 "a broken table that is not asked" cohort stroke broken
check_status 3 "the same, asked" cohort diabetes broken --out never
check_has "what is wrong" "ER_PHA_F.csv: column DCT_ORD_NUM is missing"
rm broken/ER_PHA_F.csv
check_status 3 "a table that no delivery lacks" cohort stroke broken
check_has "which" "table ER_PHA_F is missing"
[[ ! -e never ]]
verdict $? "nothing is left behind, again"

check_status 0 "a cohort" cohort diabetes base --out out --report page.html
check_status 2 "once more" cohort diabetes base --out out
check_has "what to do" "--force"
check_status 0 "by force" cohort diabetes base --out out --force --files csv
[[ $(ls out) == $'cohort.csv\ncohort.json\nmanifest.json\npersons.csv' ]]
verdict $? "only the new files" "$(ls out)"
cmp -s out/cohort.json diabetes.json
verdict $? "the specification lies beside"
[[ $(cut -d, -f1 out/persons.csv | sort -u | wc -l) == $(wc -l <out/persons.csv) ]]
verdict $? "one row a person"
for key in $(cut -d, -f1 out/persons.csv | sed -n '2,20p'); do
	! grep -q "$key" page.html out/manifest.json
	verdict $? "no pseudonym on the page or in the manifest"
done

# The ATC of a hospital's drug is that of its UCD, however IR_PHA_R and the tables write it.
cp -r without_atc ucd
printf 'PHA_CIP_C13,PHA_CIP_UCD,PHA_ATC_C07\n3400900000017,9220097,L01XC03\n' >ucd/IR_PHA_R.csv
for by in '"codes": ["9220097"]' '"atc": ["L01XC"]'; do
	echo '{"hygie_cohort": 1, "name": "ucd", "index": {"set": "a"}, "sets":
		{"a": {"events": ["hospital_drug", "town_ucd"], '"$by"'}}}' >ucd.json
	check_status 0 "by $by" cohort ucd.json ucd --out by --force --files csv
	mv by/persons.csv "${by:1:3}.csv"
done
check_same "the same by code and by ATC" cod.csv atc.csv
[[ $(wc -l <cod.csv) -gt 1 ]]
verdict $? "somebody got it"

# Whoever is below 11 is not told, nor what would tell it.
cat >few.json <<-'END'
	{"hygie_cohort": 1, "name": "few",
	 "sets": {"a": {"events": ["principal_diagnosis"], "codes": ["I21*"]}},
	 "index": {"set": "a"},
	 "steps": [{"label": "of one place", "where": {"departments": ["23"]}}]}
END
check_status 0 "few persons" cohort few.json base --format json --min-cell 1000
[[ $output == *'"<1000"'* && $output != *'"persons": 1,'* ]]
verdict $? "they are hidden" "$output"
! grep -qE '"entries", "label": "Entries", "value": "[0-9]' <<<"$output"
verdict $? "their entries too" "$output"

# The same bytes with any number of threads and with little memory.
for run in 1:1G 2:1G 8:256M; do
	cohort delivery base --out "t${run%:*}" --threads "${run%:*}" --memory "${run#*:}" \
		--temp . --format json >"t${run%:*}.json"
	check_same "the document with ${run%:*} threads" t1.json "t${run%:*}.json"
	check_same "the manifest, ${run%:*} threads" t1/manifest.json "t${run%:*}/manifest.json"
done
cohort delivery base --index-start 2018-01-01 --index-end 2018-06-30 --out half --files csv \
	>half.txt
[[ -z $(tail -n +2 half/cohort.csv | cut -d, -f3 | grep -vE '^2018-0[1-6]') ]]
verdict $? "index dates lie in the period"

"$HYGIE" omop build --from snds base --out cdm --quiet >/dev/null
check_status 0 "a study of it" "$HYGIE" study incidence cdm --quiet --format csv \
	--outcome d=cohort:t1/cohort.parquet --repeated-events --washout 0 --interval overall
events=$(grep 'outcome_count' <<<"$output" | cut -d, -f11)
entries=$(grep -A2 '"cohort.parquet"' t1/manifest.json | grep -o '"rows": [0-9]*')
check_equal "every entry is an event of the study" "$entries" "\"rows\": $events"
[[ -z $(find . -name '.*.partial' -o -name 'hygie-*') ]]
verdict $? "nothing is left behind at the end"

check_done
