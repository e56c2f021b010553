#!/bin/bash
# hygie link synth: both kinds of files, what it refuses, a stop that leaves nothing.
set -uo pipefail
. tests/check.sh

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
HYGIE=$(realpath "$HYGIE")
cd "$work" || exit 1

check_status 0 "files" "$HYGIE" link synth --records 300 --nir --out made --quiet
check_equal "--quiet prints nothing" "" "$output"
check_status 2 "a folder that stands there" "$HYGIE" link synth --records 300 --out made
check_status 0 "and may be replaced" "$HYGIE" link synth --records 300 --out made --force --quiet
columns=identifiant,nom_naissance,nom_usage,prenoms,sexe,date_naissance
check_equal "its columns" "$columns,code_lieu_naissance,lieu_naissance" \
	"$(head -n 1 made/records.csv)"

# Parquet holds the same rows: numbers are read from both with the same verdicts.
check_status 0 "as CSV" "$HYGIE" link synth --records 3000 --nir --out csv --quiet
check_status 0 "as Parquet" "$HYGIE" link synth --records 3000 --nir --out parquet \
	--tables parquet --quiet
"$HYGIE" nir check csv/records.csv --format csv --quiet >from_csv
"$HYGIE" nir check parquet/records.parquet --format csv --quiet >from_parquet
check_same "the same numbers" from_csv from_parquet

# Without errors every number is valid and tells what stands beside it.
check_status 0 "no errors" "$HYGIE" link synth --records 3000 --error-rate 0 --nir --out clean \
	--format csv --quiet
check_status 0 "every number is sound" "$HYGIE" nir check clean/records.csv --sex sexe \
	--birth date_naissance --place code_lieu_naissance --format json --quiet
check_has "every number is sound" '"findings": "0"'
check_equal "no error in the truth" 0 "$(tail -n +2 clean/truth.csv | grep -cv ',$')"

refused() {
	local title=$1
	shift
	check_status 2 "$title" "$HYGIE" link synth --out no "$@"
	[[ ! -e no && -z $(find . -name '.no*') ]]
	verdict $? "$title: nothing is left"
}
refused "no records"
refused "none" --records 0
refused "no number" --records 10 --duplicates many
refused "too many repeats" --records 10 --duplicates 0.99
refused "more than two centres can share" --records 1000 --centres 2 --duplicates 0.6
refused "more centres than records" --records 3 --centres 4
refused "a negative rate" --records 10 --error-rate -1

"$HYGIE" link synth --records 30000000 --out stopped --quiet >out.txt 2>&1 &
stopped=$!
check_catches $stopped
sleep 1
kill -INT $stopped
wait $stopped
check_equal "stopped: exit status" 130 $?
check_equal "stopped: nothing is left" "" "$(find . -name '*stopped*' ! -name '*.lock')"

check_done
