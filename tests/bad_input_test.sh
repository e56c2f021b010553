#!/bin/bash
# hygie study on what it must refuse: one message that names file, row and
# column and no value, a hint at most, the right exit status, nothing half-written.
set -uo pipefail
. tests/check.sh

work=$(mktemp -d)
trap 'umount "$work/disk" 2>/dev/null; rm -rf "$work"' EXIT
HYGIE=$(realpath "$HYGIE")
cd "$work" || exit 1

# Values that no message may repeat.
secret='70000|MARTIN|19[6-9][0-9]|20[0-9][0-9]-[0-9]'

# A CDM of three persons in the folder cdm.
fresh() {
	rm -rf cdm
	mkdir cdm
	cat >cdm/person.csv <<-END
		person_id,gender_concept_id,year_of_birth,month_of_birth,day_of_birth
		70000001,8507,1980,1,1
		70000002,8532,1970,5,17
		70000003,8507,1990,2,1
	END
	cat >cdm/observation_period.csv <<-END
		person_id,observation_period_start_date,observation_period_end_date
		70000001,2010-01-01,2012-12-31
		70000002,2010-01-01,2012-12-31
		70000003,2010-01-01,2012-12-31
	END
	cat >cdm/condition_occurrence.csv <<-END
		person_id,condition_concept_id,condition_start_date,condition_end_date
		70000003,8,2010-02-03,2010-02-03
		70000001,7,2011-02-03,2011-02-05
		70000002,7,2011-03-03,
	END
}

# refused STATUS TITLE MESSAGE OPTIONS...: both studies say just that and leave nothing.
refused() {
	local status=$1 title=$2 message=$3 study lines
	shift 3
	for study in incidence prevalence; do
		rm -f page.html
		check_status "$status" "$title ($study)" "$HYGIE" study "$study" --quiet \
			--report page.html "$@"
		lines=$(wc -l <<<"$output")
		[[ ${output%%$'\n'*} == "hygie: $message" ]]
		verdict $? "$title ($study): the message" "$output"
		[[ $lines == 1 || ($lines == 2 && ${output#*$'\n'} == "  "*) ]]
		verdict $? "$title ($study): one message and a hint" "$output"
		! grep -qE "$secret" <<<"$output"
		verdict $? "$title ($study): no value" "$output"
		[[ ! -e page.html && -z $(find . -name '.*.*' -o -name '*.tmp*') ]]
		verdict $? "$title ($study): nothing half-written" "$(find . -newer cdm)"
	done
}

# refused_file TITLE MESSAGE: as above, of the folder cdm.
refused_file() {
	refused 3 "$1" "$2" cdm --outcome condition:7
}

fresh
for study in incidence prevalence; do
	check_status 0 "the data that all cases start from" "$HYGIE" study $study --quiet cdm \
		--outcome condition:7
done

for table in person observation_period condition_occurrence; do
	fresh
	rm cdm/$table.csv
	refused_file "no $table" "cdm: table $table is missing"
done
fresh
sed -i '1s/year_of_birth/born/' cdm/person.csv
refused_file "a missing column" "cdm/person.csv: column year_of_birth is missing"
fresh
sed -i '3s/1970/MARTIN/' cdm/person.csv
refused_file "text for a number" \
	"cdm/person.csv: column year_of_birth: row 2 is not a whole number"
fresh
sed -i '3s/,5,17/,13,17/' cdm/person.csv
refused_file "month 13" "cdm/person.csv: row 2: year, month or day of birth is none"
fresh
sed -i '3s/2012-12-31/2012-02-30/' cdm/observation_period.csv
refused_file "30 February" \
	"cdm/observation_period.csv: column observation_period_end_date: row 2 is not a date"
fresh
sed -i '3s/2012-12-31/2009-12-31/' cdm/observation_period.csv
refused_file "an end before its start" "cdm/observation_period.csv: row 2: \
observation_period_end_date is before observation_period_start_date"
fresh
sed -i '4s/2012-12-31//' cdm/observation_period.csv
refused_file "a missing date" \
	"cdm/observation_period.csv: row 3: a date of the observation period is missing"
fresh
echo 70000002,2011-01-01,2013-12-31 >>cdm/observation_period.csv
refused_file "overlapping periods" \
	"cdm/observation_period.csv: row 4: overlaps another period of the same person"
fresh
sed -i '4s/70000003/70000001/' cdm/person.csv
refused_file "a person twice" "cdm/person.csv: row 1: its person_id stands in another row too"
fresh
sed -i '3s/70000002//' cdm/person.csv
refused_file "a person without number" "cdm/person.csv: row 2: person_id is missing"
fresh
sed -i '4s/70000003/9223372036854775807/' cdm/person.csv
refused_file "a number that is too large" \
	"cdm/person.csv: a person's number is above 9223372036854775805"
fresh
sed -i '3s/2011-02-05/2011-02-01/' cdm/condition_occurrence.csv
refused_file "an outcome that ends before it starts" \
	"cdm/condition_occurrence.csv: row 2: the end is before the start"
fresh
sed -i '4s/2011-03-03//' cdm/condition_occurrence.csv
refused_file "an outcome without a date" "cdm/condition_occurrence.csv: row 3: a date is missing"

uneven="the lines do not all have the fields of the first"
fresh
: >cdm/person.csv
refused_file "an empty file" "cdm/person.csv: column person_id is missing"
fresh
echo '70000004,8507,1980,1,1,9,9' >>cdm/person.csv
refused_file "too many fields" "cdm/person.csv: $uneven"
fresh
echo '70000004,8507' >>cdm/person.csv
refused_file "too few fields" "cdm/person.csv: $uneven"
fresh
echo '70000004,"8507,1980,1,1' >>cdm/person.csv
refused_file "an open quote" "cdm/person.csv: $uneven"
fresh
sed -i '1i # of 70000001 and others' cdm/person.csv
refused_file "a comment" "cdm/person.csv: $uneven"
fresh
printf '70000004,8507,\xff\xfe,1,1\n' >>cdm/person.csv
refused_file "another encoding" "cdm/person.csv: line 5: the text is not UTF-8"
fresh
{ printf '70000004,8507,1980,1,'; head -c 5000000 /dev/zero | tr '\0' 1; echo; } >>cdm/person.csv
check_status 3 "a line of 5 MB" "$HYGIE" study incidence cdm --outcome condition:7
check_has "a line of 5 MB" "cdm/person.csv: "
[[ ${#output} -lt 300 ]]
verdict $? "a line of 5 MB is not repeated"
fresh
mkdir folder
head -c 20000 /dev/urandom >folder/person.parquet
refused 3 "noise named Parquet" "folder/person.parquet: is not a whole Parquet file" folder \
	--outcome condition:7
head -c 20000 /dev/urandom >folder/person.csv
rm folder/person.parquet
check_status 3 "noise named CSV" "$HYGIE" study incidence folder --outcome condition:7
check_has "noise named CSV" "folder/person.csv: "
rm -rf folder
if [[ $(id -u) == 0 ]]; then
	echo "SKIPPED: an unreadable file (root reads all)"
else
	fresh
	chmod 0 cdm/person.csv
	refused_file "an unreadable file" "cdm/person.csv: cannot open: permission denied"
fi

fresh
mkdir folder
refused 3 "an empty folder" "folder: no table in this folder" folder --outcome condition:7
refused 3 "not a folder" "cdm/nothing: cannot open: No such file or directory" cdm/nothing \
	--outcome condition:7
echo text >text
refused 3 "not a database" "text: is not a DuckDB database" text --outcome condition:7

echo subject_id,cohort_start_date,cohort_end_date >cohort.csv
echo 70000001,2011-02-02,2011-02-01 >>cohort.csv
refused 3 "a cohort entry that ends before it starts" \
	"cohort.csv: row 1: the end is before the start" cdm --outcome cohort:cohort.csv
refused 3 "no cohort file" "none.csv: cannot open: No such file or directory" cdm \
	--outcome cohort:none.csv
sed -i 's/cohort_start_date/day/' cohort.csv
refused 3 "a cohort file without a start" "cohort.csv: column cohort_start_date is missing" cdm \
	--outcome cohort:cohort.csv
echo subject_id,cohort_start_date >censor.csv
echo 70000001,2011-02-02 >>censor.csv
echo 70000001,2011-03-02 >>censor.csv
refused 3 "two censoring dates" "censor.csv: row 1: its person has another date too" cdm \
	--outcome condition:7 --censor censor.csv

# used TITLE MESSAGE OPTIONS...: a wrong option.
used() {
	refused 2 "$1" "$2" cdm "${@:3}"
}

used "an unknown kind of outcome" "--outcome: 'illness:7' is no outcome" --outcome illness:7
used "an empty concept" "--outcome: 'condition:7,,8' has an empty concept" \
	--outcome condition:7,,8
used "a name twice" "--outcome: two are called 'a'" --outcome a=condition:7 --outcome a=drug:7
used "a band upside down" \
	"--denominator: 'age:64-18' has an age band that is not MIN-MAX within 0-150" \
	--outcome condition:7 --denominator age:64-18
used "no such sex" "--denominator: 'sex:x' has a sex that is not both, male or female" \
	--outcome condition:7 --denominator sex:x
used "no outcome" "--outcome OUTCOME is missing"
used "the end before the start" "--start is later than --end" --outcome condition:7 \
	--start 2012-01-01 --end 2011-01-01
echo concept_id,concept_code >cdm/concept.csv
echo 7,I21 >>cdm/concept.csv
check_status 0 "an unknown code" "$HYGIE" study incidence cdm --outcome condition:I99
check_has "a word about it" "no concept has the code 'I99'"
check_has "and a note" "has no record in the data"
check_status 2 "a washout that is no number" "$HYGIE" study incidence cdm --outcome condition:7 \
	--washout long
check_has "a washout that is no number" "--washout: 'long' is not a number of days or 'inf'"

check_status 2 "censored prevalence as upstream" "$HYGIE" study prevalence cdm \
	--outcome condition:7 --compat 1.2.1 --censor censor.csv
check_has "censored prevalence as upstream" \
	"--censor: IncidencePrevalence 1.2.1 does not censor prevalence"

# Periods of nobody are told, and no reason to refuse.
fresh
echo 70000009,2011-01-01,2013-12-31 >>cdm/observation_period.csv
echo ,2011-01-01,2013-12-31 >>cdm/observation_period.csv
for study in incidence prevalence; do
	check_status 0 "periods of nobody" "$HYGIE" study $study cdm --outcome condition:7
	check_has "periods of nobody" "2 observation periods have no person and were not used"
done

# Outputs that cannot be written.
fresh
check_status 5 "a page in no folder" "$HYGIE" study incidence cdm --outcome condition:7 \
	--report none/page.html
check_has "a page in no folder" "none/page.html: cannot write"
check_status 5 "stdout is full" \
	bash -c "$HYGIE study incidence cdm --outcome condition:7 >/dev/full"
check_has "stdout is full" "standard output: cannot write: No space left on device"
check_status 5 "stdout is closed" bash -c "$HYGIE study incidence cdm --outcome condition:7 >&-"
mkdir disk
if mount -t tmpfs -o size=8k none disk 2>/dev/null; then
	check_status 5 "the disk is full" "$HYGIE" study incidence cdm --outcome condition:7 \
		--report disk/page.html
	check_equal "nothing is left on a full disk" "" "$(ls -A disk)"
else
	echo "SKIPPED: a full disk (mount needs root)"
fi

# Ctrl-C: enough persons for some seconds, stopped once it reads them.
fresh
awk 'BEGIN {
	print "person_id,gender_concept_id,year_of_birth" >"cdm/person.csv"
	for (i = 1; i <= 1500000; i++) print i ",8507," 1930 + i % 80 >"cdm/person.csv"
	head = "person_id,observation_period_start_date,observation_period_end_date"
	print head >"cdm/observation_period.csv"
	for (i = 1; i <= 1500000; i++)
		print i ",2010-01-01,2019-12-31" >"cdm/observation_period.csv"
}'
# Under job control a background child takes SIGINT.
set -m
"$HYGIE" study incidence cdm --outcome condition:7 --interval weeks --threads 1 \
	--report page.html >table.txt 2>message.txt &
child=$!
set +m
check_catches "$child"
kill -INT "$child"
wait "$child"
check_equal "Ctrl-C: the exit status" 130 $?
check_equal "Ctrl-C: nothing is printed" "" "$(cat table.txt)"
check_equal "Ctrl-C: one message" 1 "$(wc -l <message.txt)"
[[ ! -e page.html && -z $(find . -name '.*.*') ]]
verdict $? "Ctrl-C: nothing is left" "$(ls -A)"
check_done
