#!/bin/bash
# hygie nir check: kinds of files, what it refuses, and no value in any word of it.
set -uo pipefail
. tests/check.sh

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
HYGIE=$(realpath "$HYGIE")
cd "$work" || exit 1

# Numbers of the manual, none of a person; no output may repeat them.
secret='2951099|2840588|2550814|25308'
quiet() {
	! grep -qE "$secret" <<<"$output"
	verdict $? "$1: no value" "$output"
}

printf 'a;NIR_assure\n1;295109912611193\n2;284058832102533\n' >semicolon.csv
check_status 1 "semicolons" "$HYGIE" nir check semicolon.csv --format json --quiet
check_has "semicolons: the column" '"NIR_assure"'
check_has "semicolons: the row" '"row": "2"'
quiet "semicolons"

printf 'x,y\n1,295109912611193\n2,255081416802538\n' >unnamed.csv
check_status 0 "found by its values" "$HYGIE" nir check unnamed.csv --format csv --quiet
check_has "found by its values" 'y,valid,2,1.000000'

printf 'nir\n295109912611193.0\n 2 55 08 14 168 025 38 \n' >written.csv
check_status 0 "as tables of numbers write it" "$HYGIE" nir check written.csv --format csv --quiet
check_has "as tables of numbers write it" 'nir,valid,2,1.000000'

{ echo nir; for i in {1..30}; do echo "2840588321025$((i % 3))0"; done; } >many.csv
check_status 1 "a list with an end" "$HYGIE" nir check many.csv --column nir --list 3 \
	--format json --quiet
check_has "a list with an end" '27 more findings are counted and not listed'
check_equal "a list with an end: rows" 3 "$(grep -c '"row":' <<<"$output")"

cp semicolon.csv odd.csv
check_status 3 "no such column" "$HYGIE" nir check odd.csv --column other
check_has "no such column" "odd.csv: no column 'other'"
check_status 3 "no such trait" "$HYGIE" nir check odd.csv --sex other
printf 'nir\n2840588\xe9321\n' >latin.csv
check_status 3 "not UTF-8" "$HYGIE" nir check latin.csv
check_has "not UTF-8" "latin.csv: line 2: the text is not UTF-8"
quiet "not UTF-8"
: >empty.csv
check_status 3 "an empty file" "$HYGIE" nir check empty.csv
check_status 3 "no file" "$HYGIE" nir check missing.csv
mkdir folder
cp semicolon.csv unnamed.csv folder
check_status 2 "a folder" "$HYGIE" nir check folder
printf 'PAR1 no parquet' >broken.parquet
check_status 3 "a damaged file" "$HYGIE" nir check broken.parquet

# The rows of a file of many parts are those of one thread.
awk 'BEGIN { print "id,nir"; for (i = 0; i < 300000; i++)
	printf "%d,2%02d0588321%03d%02d\n", i, i % 100, i % 1000, i % 97 }' >large.csv
"$HYGIE" nir check large.csv --threads 1 --format json --quiet >one.json
"$HYGIE" nir check large.csv --threads 4 --format json --quiet >four.json
check_same "any number of threads" one.json four.json

check_done
