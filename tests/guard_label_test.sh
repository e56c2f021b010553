#!/bin/bash
# hygie guard label: its Turtle read by another program, what it refuses, and that no value of
# the form can break out of the Turtle.
set -uo pipefail
. tests/check.sh

command -v serdi >/dev/null || {
	echo "SKIPPED: guard_label: no serdi (apt-get install serdi)" >&2
	exit 77
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
HYGIE=$(realpath "$HYGIE")
cd "$work" || exit 1

printf 'id;age\n1;30\n2;31\n' >base.csv
"$HYGIE" guard scan base.csv --quiet --risk none --format json >scan.json
cat >form.json <<'END'
{"dataset": {"iri": "https://example.org/d", "title": "a \"b\" \\ \n . :x a :y \u0001 é"},
 "metrics": [{"metric": "metadata", "level": 1, "evidence": "x"}],
 "maturity": [{"dimension": "model", "level": 3}]}
END
check_status 0 "a label" "$HYGIE" guard label scan.json --form form.json --turtle label.ttl
check_status 0 "Turtle is read" serdi -q -o ntriples label.ttl "https://example.org/label"
dqv=http://www.w3.org/ns/dqv#
type=http://www.w3.org/1999/02/22-rdf-syntax-ns#type
decimal=http://www.w3.org/2001/XMLSchema#decimal
here=https://example.org/label#
check_has "the dataset" "<https://example.org/d> <$type> <http://www.w3.org/ns/dcat#Dataset>"
check_has "a measurement" "<${here}measured_metadata> <${dqv}value> \"1.00\"^^<$decimal>"
check_has "the certificate" "${here}certificate> <http://www.w3.org/ns/oa#hasBody> <${here}no_star>"
check_has "the maturity" "${here}measured_maturity> <${dqv}value> \"3.00\""
check_has "the alias" \
	"${here}accessability> <http://www.w3.org/2002/07/owl#sameAs> <${here}accessibility>"
# metadata, completeness, precision, score, maturity; 12 dimensions in 4 categories
[ "$(grep -c 'type> <http://www.w3.org/ns/dqv#QualityMeasurement>' <<<"$output")" = 5 ]
verdict $? "five measurements" "$output"
[ "$(grep -c 'type> <http://www.w3.org/ns/dqv#Dimension>' <<<"$output")" = 12 ]
verdict $? "twelve dimensions" "$output"
! grep -q 'label#x>' <<<"$output"
verdict $? "a title stays a title" "$output"
# every resource that is pointed at in the file is described there
missing=$(comm -13 <(grep -o '^<https://example.org/label#[^>]*>' <<<"$output" | sort -u) \
	<(grep -o " <$here[^>]*> \.\$" <<<"$output" | sed 's/^ //;s/ \.$//' | sort -u))
[ -z "$missing" ]
verdict $? "nothing is pointed at that is not there" "$missing"

cp label.ttl before.ttl
echo '{"metrics": [{"metric": "metadata", "level": 9}]}' >bad.json
check_status 3 "a level too high" "$HYGIE" guard label --form bad.json --turtle label.ttl
check_has "a level too high" 'bad.json: metrics[0].level is none of 0 to 2'
cmp -s label.ttl before.ttl
verdict $? "a bad form writes nothing" ""
echo '{"metrics": [' >cut.json
check_status 3 "a form cut short" "$HYGIE" guard label --form cut.json
check_status 3 "no scan" "$HYGIE" guard label form.json
check_status 2 "nothing" "$HYGIE" guard label

check_done
