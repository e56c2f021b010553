#!/bin/bash
# hygie guard scan --partial and merge as processes: killed, on a full disk, within memory.
set -uo pipefail
. tests/check.sh

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
HYGIE=$(realpath "$HYGIE")
cd "$work" || exit 1

# 400,000 rows, nearly every value its own.
awk 'BEGIN {
	print "id;nom;age;montant;commentaire"
	for (i = 1; i <= 400000; i++)
		print i ";NOM" (i * 7919) % 399989 ";" i % 97 ";" i % 1009 "," i % 100 ";texte " i
}' >big.csv

check_status 0 "one thread" "$HYGIE" guard scan big.csv --partial 1.part --risk age --threads 1
check_status 0 "two threads" "$HYGIE" guard scan big.csv --partial 2.part --risk age --threads 2
check_same "the same bytes with 1 and 2 threads" 1.part 2.part
for threads in 1 2; do
	"$HYGIE" guard scan big.csv --format json --quiet --threads $threads >$threads.json
done
check_same "the same report with 1 and 2 threads" 1.json 2.json

# A month that stands in two columns, by parts: rows and missing cells of each add up.
awk 'BEGIN {
	print "annee;mois;poids"
	for (i = 0; i < 6000; i++)
		printf "%d;%02d;%s\n", 2018 + i / 3000, 1 + i / 250 % 12,
			(i > 5000 ? "" : 50 + i % 41)
}' >split.csv
for part in 1 2 3; do
	from=$((part * 2000 - 1998 - (part == 1)))
	sed -n "$from,$((part * 2000 + 1))p" split.csv >"part$part.csv"
	"$HYGIE" guard scan "part$part.csv" --part $part --dialect split.csv \
		--partial "split$part.part" --quiet
done
"$HYGIE" guard merge split[123].part --format json --quiet >merged.json
"$HYGIE" guard scan split.csv --risk none --format json --quiet >whole.json
months() {
	python3 -c '
import json, sys
for t in json.load(open(sys.argv[1]))["tables"]:
    if t["id"] in ("periods", "filling"):
        print(t["id"], len(t["rows"]), t["rows"])
    if t["id"] == "checks":
        print([r for r in t["rows"] if r["check"] in ("missing.month", "month.drop")])' "$1"
}
months whole.json >whole.months
months merged.json >merged.months
check_same "months of two columns, by parts" whole.months merged.months
check_status 0 "months of two columns" cat whole.months
check_has "months of two columns" "periods 24"
check_has "months of two columns" "filling 24"

# Killed at any moment: no partial, or a whole one.
for wait in 0.02 0.05 0.1 0.2; do
	rm -f killed.part
	"$HYGIE" guard scan big.csv --partial killed.part --quiet --threads 1 &
	sleep $wait
	kill -9 $! 2>/dev/null
	wait $! 2>/dev/null
	[[ ! -e killed.part ]] || "$HYGIE" guard merge killed.part --quiet >/dev/null
	[[ $? -le 1 ]]
	verdict $? "killed after $wait s: a partial that cannot be read"
done
check_status 0 "again after a kill" "$HYGIE" guard scan big.csv --partial killed.part --quiet
leftovers=$(find . -name '.*partial*' -o -name '*.tmp*')
[[ -z $leftovers ]]
verdict $? "files left behind" "$leftovers"

# No room: a clear error, and what stood there stays.
cp 1.part full.part
full() {
	trap '' XFSZ
	ulimit -f 16
	"$HYGIE" guard scan big.csv --partial full.part --quiet
}
check_status 5 "full disk" full
check_has "full disk" "full.part: cannot write"
check_same "full disk: the partial of before" 1.part full.part

# Memory does not grow with the rows.
within() {
	ulimit -v "$1"
	"$HYGIE" guard scan "$2" --memory 64M --threads 2 --risk nom --quiet --partial limit.part
}
# a sanitizer reserves terabytes of addresses
limit=700000
grep -qa -e __asan_init -e __tsan_init "$HYGIE" && limit=unlimited
check_status 0 "400,000 rows" within "$limit" big.csv
for i in 1 2 3 4 5; do
	sed 1d big.csv | sed "s/NOM/N${i}OM/"
done | cat <(head -1 big.csv) - >five.csv
check_status 0 "two million rows in the same memory" within "$limit" five.csv

check_status 3 "not a partial" "$HYGIE" guard merge big.csv
check_has "not a partial" "is no partial of hygie"
check_status 2 "schema" "$HYGIE" guard scan big.csv --schema x.json --partial s.part
check_status 2 "risk of standard input" "$HYGIE" guard scan - --risk age --partial s.part
check_done
