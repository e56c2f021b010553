#!/bin/bash
# hygie snds check: exit statuses, bad folders, no value in any output, the same bytes with any
# number of threads and with little memory; on a synthetic base only what its faults planted.
set -uo pipefail
. tests/check.sh

HYGIE=$(realpath "$HYGIE")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1

secret=SECRETPERSON00001
mkdir good bad
cat >good/IR_BEN_R.csv <<-END
	BEN_NIR_PSA,BEN_RNG_GEM,BEN_NAI_ANN,BEN_SEX_COD
	$secret,1,1950,1
	SECRETPERSON00002,1,1960,2
END
cat >bad/IR_BEN_R.csv <<-END
	BEN_NIR_PSA,BEN_RNG_GEM,BEN_NAI_ANN,BEN_SEX_COD
	$secret,1,1950,1
	$secret,01,50,$secret
END

check_status 0 "a good folder" "$HYGIE" snds check good
check_status 1 "a folder with faults" "$HYGIE" snds check bad --report bad.html
check_has "a repeated key" "key.unique"
check_has "a wrong year" "cell.type"
! grep -q "$secret" bad.html
verdict $? "the page tells no value"
for format in table json csv; do
	check_status 1 "faults as $format" "$HYGIE" snds check bad --format $format
	[[ $output != *SECRET* ]]
	verdict $? "$format tells no value" "$output"
done

check_status 3 "no folder" "$HYGIE" snds check nowhere
mkdir empty other cut latin
check_status 3 "an empty folder" "$HYGIE" snds check empty
echo "person_id" >other/person.csv
check_status 3 "a folder of other tables" "$HYGIE" snds check other
check_has "a hint" "T_MCO18B"
printf 'PAR1....' >cut/ER_PRS_F.parquet
check_status 3 "a file cut short" "$HYGIE" snds check cut
check_has "the file" "ER_PRS_F.parquet"
printf 'BEN_NIR_PSA,BEN_RNG_GEM\n%s,1,%s\n' "$secret" "$secret" >latin/IR_BEN_R.csv
check_status 3 "a line with too many fields" "$HYGIE" snds check latin
[[ $output != *SECRET* ]]
verdict $? "the message tells no value" "$output"
check_status 2 "an unknown table" "$HYGIE" snds dictionary ER_PRS
check_has "the nearest" "ER_PRS_F"
mkdir -p schema/schemas
echo '{"name": "T", "fields": [{"name": "A", "type": "blob"}]}' >schema/schemas/T.json
check_status 3 "a schema with an unknown type" "$HYGIE" snds check good --schema schema
check_has "its place" "T.json: field 1: type"
check_status 5 "a report that cannot be written" "$HYGIE" snds check good --report /proc/none/x.html

"$HYGIE" snds synth --patients 400 --years 2018-2019 --out base --quiet || exit 1
"$HYGIE" snds check base --threads 1 --format json >one.json 2>/dev/null
"$HYGIE" snds check base --threads 4 --memory 128M --temp . --format json >four.json 2>/dev/null
check_same "one thread, four threads and little memory" one.json four.json
ls -d ./.hygie* ./hygie* 2>/dev/null
verdict $((! $?)) "nothing is left where it spilled"

# What the schema itself can see of the planted faults: links.
"$HYGIE" snds check base --format csv 2>/dev/null >findings.csv
check_equal "errors other than orphans in a base with faults" "" \
	"$(awk -F, 'NR > 1 && $1 == "error" && $2 != "link.orphan"' findings.csv)"

check_done
