#!/bin/bash
# hygie catalog against other programs: published SHACL shapes by two engines over what it
# exports, planted defects that all must see, its JSON-LD by npm jsonld, its Turtle by serdi.
set -uo pipefail
. tests/check.sh

here=$PWD
shared=$(realpath "${HYGIE_SHARED:-../shared}" 2>/dev/null)/data/catalog
for part in "$shared/r8-core-transcribed.ttl" node_modules/shacl-engine node_modules/jsonld \
	node_modules/rdf-validate-shacl; do
	[ -e "$part" ] || {
		echo "SKIPPED: catalog: no $part (HYGIE_SHARED names the folder)" >&2
		exit 77
	}
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
HYGIE=$(realpath "$HYGIE")

# A file and its shapes, by both engines: no violation.
conforms() {
	local engine
	for engine in shacl-engine rdf-validate-shacl; do
		check_status 0 "$engine runs on $2 with $1" node tests/catalog_oracle.mjs \
			"$engine" "$shared/$1.ttl" "$2"
		check_has "$engine: $(basename "$2") keeps to $1" "violations 0"
	done
}

"$HYGIE" catalog sample --quiet --out "$work/sample.ttl"
"$HYGIE" catalog synth --quiet --datasets 20 --out "$work/synth.ttl"
for shapes in r8-core-transcribed r5-nonpublic dcatap301-shapes dcatap301-range; do
	conforms $shapes "$work/sample.ttl"
	conforms $shapes "$work/synth.ttl"
done
conforms hdh-sensitivity "$work/synth.ttl"
conforms HealthDCAT-AP_sensitive-shapes "$work/synth.ttl"
check_status 0 "our own word on it" \
	"$HYGIE" catalog validate "$work/synth.ttl" --profile all --quiet

# Planted defects, one at a time: name, property, and what is done to the statements.
"$HYGIE" catalog synth --quiet --datasets 1 --variables 2 --to ntriples --out "$work/one.nt"
dct=http://purl.org/dc/terms/
dcat=http://www.w3.org/ns/dcat#
health=http://healthdataportal.eu/ns/health#
csvw=http://www.w3.org/ns/csvw#
set_of='dataset/synth-00000000>'
without() { sed "\\|$set_of <$1>|d" "$work/one.nt"; }
r8=$shared/r8-core-transcribed.ttl
plant() { # name property shapes; the document on standard input
	cat >"$work/bad.nt"
	cmp -s "$work/bad.nt" "$work/one.nt" && verdict 1 "$1 is planted" "nothing was changed"
	local engine
	for engine in shacl-engine rdf-validate-shacl; do
		output=$(node tests/catalog_oracle.mjs $engine "$3" "$work/bad.nt" 2>&1)
		check_has "$engine sees: $1" "$2"
	done
	output=$("$HYGIE" catalog validate "$work/bad.nt" --profile all --quiet --format json)
	verdict $(($? == 1 ? 0 : 1)) "exit status 1: $1" "$output"
	output=$(node -e '
		const doc = JSON.parse(require("fs").readFileSync(0));
		for (const row of doc.tables.find((t) => t.id === "findings").rows)
			if (row.severity === "violation") console.log(row.property);' <<<"$output")
	check_has "hygie sees: $1" "$4"
}
for p in dct:accessRights dct:identifier dct:type dct:provenance dcat:distribution dcat:theme \
	dcat:keyword dcat:contactPoint healthdcatap:hdab healthdcatap:healthCategory \
	healthdcatap:hasStructuredData dcatap:applicableLegislation; do
	case $p in
	dct:*) iri=$dct${p#*:} ;;
	dcat:*) iri=$dcat${p#*:} ;;
	dcatap:*) iri=http://data.europa.eu/r5r/${p#*:} ;;
	*) iri=$health${p#*:} ;;
	esac
	without "$iri" | plant "no $p" "$iri" "$r8" "$p"
done
without "${dct}title" | plant "no title" "${dct}title" "$shared/dcatap301-shapes.ttl" dct:title
sed "s|\(numberOfRecords> \"[0-9]*\"^^<[^>]*\)#nonNegativeInteger|\1#integer|" \
	"$work/one.nt" |
	plant "xsd:integer" "${health}numberOfRecords" "$r8" healthdcatap:numberOfRecords
sed "\\|#variables> <${dct}title>|d" "$work/one.nt" |
	plant "variables without a title" "${dct}title" "$r8" dct:title
sed "\\|<${csvw}datatype>|d" "$work/one.nt" |
	plant "variables without a type" "${csvw}column" "$r8" csvw:datatype
sed 's|"true"^^<http://www.w3.org/2001/XMLSchema#boolean>|"yes"|' "$work/one.nt" |
	plant "no boolean" "${health}hasStructuredData" "$r8" healthdcatap:hasStructuredData
sed "s|\($set_of <http://data.europa.eu/r5r/applicableLegislation>\) <[^>]*>|\1 \"law\"|" \
	"$work/one.nt" |
	plant "a law as text" applicableLegislation "$r8" dcatap:applicableLegislation
sed "\\|$set_of <${dct}spatial>|d" "$work/one.nt" |
	plant "no area (national)" "${dct}spatial" "$shared/hdh-sensitivity.ttl" dct:spatial

# JSON-LD says what N-Triples say, also with graphs, lists and blank nodes.
cat >"$work/odd.trig" <<'END'
@prefix ex: <https://e.example/> .
ex:a ex:p ( 1 2.5 "x"@fr [ ex:q _:s ] ) , "a\"\\\n" ; a ex:T , "no class" .
_:s ex:q _:s .
ex:g { ex:a ex:p [ ex:r "2020-01-01"^^<http://www.w3.org/2001/XMLSchema#date> ] . }
END
for file in "$work/synth.ttl" "$shared/ma3u-catalog.ttl" \
	"$shared/dataset_health_multilingual.ttl"; do
	"$HYGIE" catalog export "$file" --quiet --to jsonld --out "$work/a.jsonld"
	"$HYGIE" catalog export "$file" --quiet --to ntriples --out "$work/a.nt"
	check_status 0 "JSON-LD of $(basename "$file")" \
		node tests/catalog_jsonld.mjs "$work/a.jsonld" "$work/a.nt"
	"$HYGIE" catalog export "$work/a.jsonld" --quiet --to ntriples --out "$work/back.nt"
	cmp "$work/a.nt" "$work/back.nt"
	verdict $? "JSON-LD of $(basename "$file") read back"
done
"$HYGIE" catalog export "$work/odd.trig" --quiet --to jsonld --out "$work/a.jsonld"
serdi -q -i trig -o nquads "$work/odd.trig" >"$work/a.nq"
check_status 0 "JSON-LD of odd things" node tests/catalog_jsonld.mjs "$work/a.jsonld" "$work/a.nq"

# What we write in Turtle, another reader reads as the statements it had; bytes do not
# depend on order.
"$HYGIE" catalog export "$shared/ma3u-catalog.ttl" --quiet --out "$work/ours.ttl"
"$HYGIE" catalog export "$work/ours.ttl" --quiet --out "$work/again.ttl"
check_status 0 "written twice" cmp "$work/ours.ttl" "$work/again.ttl"
"$HYGIE" catalog export "$shared/ma3u-catalog.ttl" --quiet --to ntriples |
	shuf --random-source=<(yes) >"$work/mixed.nt"
"$HYGIE" catalog export "$work/mixed.nt" --quiet --out "$work/again.ttl"
check_status 0 "in another order" cmp "$work/ours.ttl" "$work/again.ttl"
check_status 0 "for serdi" serdi -q -o ntriples "$work/ours.ttl"
[ "$(sort -u <<<"$output" | wc -l)" = 9247 ]
verdict $? "all statements" "$(wc -l <<<"$output")"

# A spreadsheet and back.
"$HYGIE" catalog export "$work/synth.ttl" --quiet --to csv --out "$work/a.csv"
"$HYGIE" catalog export "$work/a.csv" --quiet --to csv --out "$work/b.csv"
check_status 0 "a spreadsheet and back" cmp "$work/a.csv" "$work/b.csv"

# Frequent values: from 11 rows up, none that the others would tell, none of what identifies. Of
# 'sex' 290 of 300 rows are told by the scan: the 10 left would be those of the value 3.
(
	echo 'id;sex;dept;name'
	for i in $(seq 300); do
		echo "$i;$((i % 30 == 0 ? 3 : i % 2 + 1));$((i % 4 + 75));NOM$((i % 3))"
	done
) >"$work/base.csv"
"$HYGIE" guard scan "$work/base.csv" --quiet --risk none --format json >"$work/scan.json"
"$HYGIE" hub init "$work/told" --quiet
told() { # the values told of DATASET, as "column value rows"
	"$HYGIE" catalog export "$work/told" --quiet --to ntriples | awk '
		/discovery#frequency/ { split($3, n, "\""); rows[$1] = n[2] }
		/discovery#statisticsCategory/ { of[$3] = $1 }
		/skos.core#notation/ && /^_:/ { split($3, n, "\""); value[$1] = n[2] }
		/discovery#statisticsVariable/ { sub(/.*\./, "", $3); column[$1] = $3 + 0 }
		END { for (v in value) print column[of[v]], value[v], rows[of[v]] }' | sort -n
}
import_values() {
	"$HYGIE" catalog import "$work/told" "$work/synth.ttl" --quiet --replace \
		--dataset https://hub.example/dataset/synth-00000000 --variables "$1" "${@:2}"
}
check_status 0 "without values" import_values "$work/scan.json"
check_equal "no value is told unasked" "" "$(told)"
check_status 0 "with values" import_values "$work/scan.json" --values
check_equal "what is told" "2 2 150|3 75 75|3 76 75|3 77 75|3 78 75" "$(told | paste -sd '|')"
mkdir "$work/direct" "$work/few"
changed() { # FOLDER SCRIPT: the scan with its tables t[ID] changed
	node -e '
		const fs = require("fs"), doc = JSON.parse(fs.readFileSync(process.argv[1]));
		const t = Object.fromEntries(doc.tables.map((one) => [one.id, one.rows]));
		eval(process.argv[2]);
		fs.writeFileSync(process.argv[3], JSON.stringify(doc));' \
		"$work/scan.json" "$2" "$work/$1/scan.json"
}
changed direct 't.sensitive.find((row) => row.variable === "sex").class = "direct"'
check_status 0 "of an identifier" import_values "$work/direct/scan.json" --values
check_equal "no value" "3 75 75|3 76 75|3 77 75|3 78 75" "$(told | paste -sd '|')"
changed few 't.frequent.forEach((row) => row.rows === 75 && (row.rows = 10))'
check_status 0 "of few rows" import_values "$work/few/scan.json" --values
check_equal "nor of few rows" "2 2 150" "$(told | paste -sd '|')"
mkdir "$work/sealed"
changed sealed 't.frequent.find((row) => row.value === "76").value = "(told by no part)"'
check_status 0 "of sealed parts" import_values "$work/sealed/scan.json" --values
check_equal "nor what no part told" "2 2 150|3 75 75|3 77 75|3 78 75" "$(told | paste -sd '|')"
sed 's/"id": *"sensitive"/"id": "other"/' "$work/scan.json" >"$work/blind.json"
check_status 3 "of a scan that hides what is sensitive" import_values "$work/blind.json" --values
check_has "of a scan that hides what is sensitive" "does not tell what is sensitive"
check_status 2 "values of nothing" "$HYGIE" catalog import "$work/told" "$work/synth.ttl" --values
check_has "values of nothing" "--variables"

# What is refused, and that the catalogue is as it was.
cd "$work" || exit 1
"$HYGIE" hub init hub --quiet
"$HYGIE" catalog import hub synth.ttl --quiet >/dev/null
"$HYGIE" catalog export hub --quiet --out before.ttl
printf '<urn:x:a> a <urn:x:T> .\n<urn:x:a> <https://e.example/p> "x .\n' \
	>cut.ttl
check_status 3 "a text that is not closed" "$HYGIE" catalog import hub cut.ttl
check_has "where" "cut.ttl: line 2, column"
printf 'identifier,access\nhttps://e.example/d 1,PUBLIC\n' >space.csv
check_status 3 "an IRI with a space" "$HYGIE" catalog import hub space.csv
check_has "where" "space.csv: line 2: column identifier"
(printf '<urn:x:a> <urn:x:p> "'; head -c 1100000 /dev/zero | tr '\0' x; printf '" .\n') >huge.ttl
check_status 3 "a huge literal" "$HYGIE" catalog import hub huge.ttl
(
	printf '<urn:x:a> <urn:x:p> '
	printf '[ <urn:x:p> %.0s' {1..70}
	printf '] %.0s' {1..70}
	printf '.\n'
) >deep.ttl
check_status 3 "brackets in brackets" "$HYGIE" catalog import hub deep.ttl
check_status 2 "no such syntax" "$HYGIE" catalog import hub deep.xml
check_status 3 "no such file" "$HYGIE" catalog import hub none.ttl
"$HYGIE" catalog export hub --quiet --out after.ttl
check_status 0 "the catalogue is as it was" cmp before.ttl after.ttl
cat >ring.ttl <<'END'
@prefix dcat: <http://www.w3.org/ns/dcat#> .
<urn:x:a> a dcat:DatasetSeries ; dcat:inSeries <urn:x:b> .
<urn:x:b> a dcat:DatasetSeries ; dcat:inSeries <urn:x:a> .
END
check_status 1 "series in a ring" "$HYGIE" catalog validate ring.ttl
check_has "said" "leads back to itself"
check_has "and no dataset" "the document describes no"
cd "$here" || exit 1
check_done
