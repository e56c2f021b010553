#!/bin/bash
# hygie guard scan on planted faults and identifiers (guard_planted.py): none is missed, none is
# invented in a clean twin; no column of a synthetic SNDS or of the OMOP CDM made of it is a false
# direct identifier, nor has one of its tables lost its names.
set -uo pipefail
. tests/check.sh

HYGIE=$(realpath "$HYGIE")
planted=$(realpath tests/guard_planted.py)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1

for seed in 1 2 3; do
	mkdir "$seed"
	check_equal "seed $seed" "" "$(python3 "$planted" "$HYGIE" "$seed" "$seed" 2>count)"
done
check_status 0 "how many there are" cat count
check_has "faults, kinds, twins" "61 faults, 29 kinds, 20 clean twins"

for seed in 1 2; do
	"$HYGIE" snds synth --patients 300 --years 2018-2019 --seed "$seed" --files csv \
		--out "dirty$seed" --quiet >/dev/null || exit 1
	"$HYGIE" snds synth --patients 100 --years 2018-2019 --seed "$seed" --clean --files csv \
		--out "clean$seed" --quiet >/dev/null || exit 1
	"$HYGIE" omop build --from snds "dirty$seed" --out "cdm$seed" --quiet --files csv \
		>/dev/null 2>&1
	for folder in "dirty$seed" "clean$seed" "dirty$seed/truth" "cdm$seed"; do
		"$HYGIE" guard scan "$folder" --risk none --format json --quiet >scan.json
		false=$(python3 -c "
import json
for t in json.load(open('scan.json'))['tables']:
    for r in t['rows']:
        if t['id'].endswith('.sensitive') and r['class'] == 'direct':
            print(r['variable'], r['kind'])
        if t['id'].endswith('.variables') and r['variable'].startswith('column '):
            print(t['id'], r['variable'])")
		check_equal "$folder: false direct identifiers, tables without names" "" "$false"
	done
done
check_done
