#!/bin/bash
# 1,000 synthetic datasets keep to all published shapes, by two engines.
set -uo pipefail
. tests/check.sh

shared=$(realpath "${HYGIE_SHARED:-../shared}" 2>/dev/null)/data/catalog
[ -e "$shared/r8-core-transcribed.ttl" ] && [ -e node_modules/shacl-engine ] || {
	echo "SKIPPED: catalog_long: no shapes or no shacl-engine (HYGIE_SHARED names the folder)" \
		>&2
	exit 77
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$HYGIE" catalog synth --quiet --datasets 1000 --variables 2 --out "$work/synth.ttl"
for shapes in r8-core-transcribed r5-nonpublic hdh-sensitivity HealthDCAT-AP_sensitive-shapes \
	HealthDCAT-AP_ranges dcatap301-shapes dcatap301-range dcatap301-mdr-vocabularies.shape \
	dcat-ap_3_shacl_shapes; do
	for engine in shacl-engine rdf-validate-shacl; do
		check_status 0 "$engine with $shapes" node tests/catalog_oracle.mjs $engine \
			"$shared/$shapes.ttl" "$work/synth.ttl"
		check_has "$engine: 1,000 datasets keep to $shapes" "violations 0"
	done
done
check_done
