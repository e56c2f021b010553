#!/bin/bash
# hygie guard scan --schema: a synthetic SNDS passes, its dirtied copy tells every planted fault and
# its row; the same counts as hygie snds check, which is another engine; an OMOP CDM; packages; bad
# schemas; no value in any output; the same bytes with any number of threads and with little memory.
set -uo pipefail
. tests/check.sh

HYGIE=$(realpath "$HYGIE")
helper=$(realpath tests/guard_snds.py)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1

scan() {
	"$HYGIE" guard scan "$@" --structure --quiet
}

"$HYGIE" snds synth --patients 300 --years 2018-2019 --clean --files csv --out clean --quiet \
	>/dev/null || exit 1
"$HYGIE" snds synth --patients 300 --years 2018-2019 --files csv --out base --quiet \
	>/dev/null || exit 1
cp -r clean dirty
python3 "$helper" dirty dirty >planted.tsv || exit 1

check_status 0 "a clean synthetic SNDS" scan clean --schema snds
check_status 1 "its dirtied copy" scan dirty --schema snds
scan dirty --schema snds --format json --threads 1 >dirty.json
python3 - dirty.json planted.tsv >missed.txt <<-'END'
	import json, sys
	tables = json.load(open(sys.argv[1]))["tables"]
	found = [t for t in tables if t["id"] == "findings"][0]["rows"]
	planted = [line.rstrip("\n").split("\t") for line in open(sys.argv[2])]
	for check, table, variable, row in planted:
	    hits = [f for f in found if f["check"] == check and f["table"] == table and
	            (not variable or f["variable"] == variable)]
	    if not hits or (row != "0" and str(hits[0]["rows"]) != row):
	        print("missed", check, table, variable, row)
	names = {(p[0], p[1]) for p in planted}
	for f in found:
	    if (f["check"], f["table"]) not in names and f["check"] != "file.no_rows":
	        print("invented", f["check"], f["table"], f["variable"])
END
check_equal "every planted fault with its row, and nothing else" "" "$(cat missed.txt)"
scan dirty --schema snds --format json --threads 4 >four.json
check_same "one thread and four" dirty.json four.json
scan dirty --schema snds --format json --memory 1 >little.json
check_same "hardly any memory: keys in parts" dirty.json little.json
for folder in base dirty; do
	scan "$folder" --schema snds --format json >guard.json
	"$HYGIE" snds check "$folder" --quiet --format csv >snds.csv 2>/dev/null
	check_equal "$folder: the counts of hygie snds check" "" \
		"$(python3 "$helper" compare guard.json snds.csv 2>/dev/null)"
done

"$HYGIE" omop build --from snds base --out cdm --quiet --files csv >/dev/null 2>&1
check_status 0 "the OMOP CDM made of it" scan cdm --schema omop
sed -i '2s/^[0-9]*,/x,/' cdm/person.csv
check_status 1 "a person without a number" scan cdm --schema omop
check_has "its cell" "schema.type"
check_has "who points at it" "schema.link"

secret=SECRETPERSON00001
mkdir pack
cat >pack/person.csv <<-END
	id,sex,mother
	$secret,F,
	B,M,$secret
	B,X,C
END
printf 'person,day\n%s,2018-01-31\nD,2018-02-30\n' "$secret" >pack/visit.csv
cat >pack/datapackage.json <<-'END'
	{"resources": [
	  {"name": "people", "path": "person.csv", "schema": {"fieldsMatch": ["equal"], "fields": [
	      {"name": "sex", "constraints": {"enum": ["F", "M"]}},
	      {"name": "id", "type": "string"}, {"name": "mother"}],
	    "primaryKey": "id",
	    "foreignKeys": [{"fields": "mother", "reference": {"resource": "", "fields": "id"}}]}},
	  {"name": "visit", "schema": "visit.json"}]}
END
cat >pack/visit.json <<-'END'
	{"fields": [{"name": "person"}, {"name": "day", "type": "date"}],
	 "foreignKeys": [{"fields": ["person"],
	                  "reference": {"resource": "people", "fields": ["id"]}}]}
END
for format in table json csv; do
	check_status 1 "a package as $format" \
		scan pack --schema pack/datapackage.json --format $format
	[[ $output != *SECRET* ]]
	verdict $? "$format tells no value" "$output"
done
scan pack --schema pack/datapackage.json --format json >pack.json
check_equal "what is wrong in it" \
	"$(printf '%s\n' "schema.enum person sex 3" "schema.key person id 3" \
		"schema.link person mother 3" "schema.link visit person 2" \
		"schema.type visit day 2")" \
	"$(python3 -c "
import json
rows = [t for t in json.load(open('pack.json'))['tables'] if t['id'] == 'findings'][0]['rows']
for r in sorted((r['check'], r['table'], r['variable'], str(r['rows'])) for r in rows):
    print(*r)")"

refused() {
	printf '%s' "$2" >schema.json
	check_status 3 "$1" scan pack/visit.csv --schema schema.json
	check_has "$1: its place" "$3"
}
refused "no schema" '{"a": 1}' "neither a Table Schema"
refused "no JSON" '{"fields": [' "line 1"
refused "an unknown type" '{"fields": [{"name": "a", "type": "blob"}]}' "fields[0].type"
refused "a wrong minimum" \
	'{"fields": [{"name": "a", "type": "date", "constraints": {"minimum": "x"}}]}' \
	"fields[0].constraints.minimum"
refused "a wrong pattern" '{"fields": [{"name": "a", "constraints": {"pattern": "a(b"}}]}' \
	"fields[0].constraints.pattern: not a pattern: wrong at character 4"
refused "a key of no field" '{"fields": [{"name": "a"}], "primaryKey": ["b"]}' "primaryKey"
refused "a link to nowhere" '{"fields": [{"name": "a"}],
	"foreignKeys": [{"fields": "a", "reference": {"resource": "z", "fields": "a"}}]}' \
	"foreignKeys[0].reference.resource"
refused "a schema elsewhere" '{"resources": [{"name": "a", "schema": "../x.json"}]}' \
	"resources[0].schema"
check_status 3 "no such schema" scan pack --schema nowhere.json

check_done
