#!/bin/bash
# The SQL files on Apache Spark, where they run next ("SQL that travels", lib/table/README.md):
# its parser takes each, the samples of the list give what the list says, and what hygie computes
# with them on a small synthetic SNDS, Spark computes too, row for row.
# Needs Java and a Python with pyspark 4, say of
#   python3 -m venv DIR && DIR/bin/pip install pyspark && export HYGIE_SPARK_PYTHON=DIR/bin/python
set -uo pipefail
. tests/check.sh

python=${HYGIE_SPARK_PYTHON:-python3}
if ! command -v java >/dev/null || ! "$python" -c 'import pyspark' 2>/dev/null; then
	echo "SKIPPED: needs java, and HYGIE_SPARK_PYTHON or python3 with the package pyspark"
	exit 77
fi
root=$PWD
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 1

# spark ARGUMENT...: in a folder of its own, where Spark keeps tables.
spark() {
	rm -rf "$dir/spark" && mkdir "$dir/spark" && cd "$dir/spark" &&
		"$python" "$root/tests/spark_sql.py" "$@" 2>/dev/null
}

# traced COMMAND...: hygie's COMMAND, written down; findings (1) are no failure of it.
traced() {
	env SPARK_TRACE="$dir/trace" LD_PRELOAD="$dir/trace.so" "$HYGIE" "$@" --quiet || (($? == 1))
}

# replay TITLE COMMAND...: hygie's COMMAND, then its SQL on Spark.
replay() {
	local title=$1
	shift
	rm -rf "$dir/trace" && mkdir "$dir/trace"
	check_status 0 "$title" traced "$@"
	check_status 0 "$title, on Spark" spark replay "$dir/trace"
	echo "$title:"
	printf '%s\n' "$output"
}

check_status 0 "the samples of the list" spark list
printf '%s\n' "$output"
check_status 0 "every file is parsed" spark parse
printf '%s\n' "$output"
check_status 0 "the tracer" "${CC:-cc}" -D_GNU_SOURCE -shared -fPIC -o "$dir/trace.so" \
	"$root/tests/spark_trace.c" -ldl
check_status 0 "a synthetic SNDS" "$HYGIE" snds synth --patients 500 --years 2018-2020 --seed 4 \
	--out "$dir/snds" --quiet
replay "omop build" omop build --from snds --out "$dir/cdm" "$dir/snds"
replay "omop check" omop check "$dir/cdm"
replay "study incidence" study incidence "$dir/cdm" --outcome 'heart=condition:I21*,I63*' \
	--denominator age:0-64,65-120/sex:both,male
replay "snds cohort" snds cohort delivery "$dir/snds" --out "$dir/cohort"
replay "snds flatten" snds flatten "$dir/snds" --out "$dir/flat" --only mco,dcir \
	--tables ER_PHA_F,T_MCOaaA --from 2019-02-01 --to 2019-02-28 --by-joins
check_done
