#!/bin/bash
# Files of every binary format, mutated: no signal, no timeout, bounded memory. COUNT copies.
set -u
root=$(cd "$(dirname "$0")/.." && pwd)
shared=${HYGIE_SHARED:-$root/../shared}
count=${HYGIE_MUTANTS:-60}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$HYGIE" snds synth --patients 40 --years 2018-2018 --out "$work/base" --quiet >/dev/null || exit 1
mkdir "$work/seeds"
for table in ER_PRS_F IR_BEN_R T_MCO18B; do
	[[ ! -e $work/base/$table.parquet ]] || cp "$work/base/$table.parquet" "$work/seeds"
done
if [[ -d $shared/data/sas ]]; then
	cp "$shared"/data/sas/*.sas7bdat "$work/seeds"
else
	echo "without the SAS files of $shared/data/sas"
fi
"$HYGIE_SAMPLES/sample_guard_formats" "$work/seeds" || exit 1
python3 "$root/tests/guard_mutation.py" "$HYGIE" "$count" 7 "$work"/seeds/*
