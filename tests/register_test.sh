#!/bin/bash
# The register against other programs: spreadsheets by openpyxl, with every
# known defect and with attacks; exports read by openpyxl, Python's csv and
# serdi; round trips.
set -euo pipefail

skip() {
	echo "SKIPPED: register: $1" >&2
	exit 77
}

hygie=$(realpath "${HYGIE:-build/hygie}")
tests=$(realpath tests)
/usr/bin/python3 -c 'import openpyxl' 2>/dev/null || skip "no python3-openpyxl"
command -v serdi >/dev/null || skip "no serdi"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

fail() {
	echo "register: $1" >&2
	exit 1
}

"$hygie" hub init hub --quiet
/usr/bin/python3 "$tests/register_xlsx.py" make . | sort >want

# Every defect is found, on its row, and no other.
status=0
"$hygie" register import hub dirty.xlsx --quiet --format json >report.json || status=$?
[ $status = 1 ] || fail "the import of findings exits $status"
/usr/bin/python3 - <<'END' | sort >got
import json
report = json.load(open("report.json"))
table = next(t for t in report["tables"] if t["id"] == "findings")
rows = [r if isinstance(r, dict) else dict(zip([c["name"] for c in table["columns"]], r))
        for r in table["rows"]]
for r in rows:
    if r["finding"] != "extra":
        print(f'{r["row"]},{r["finding"]}')
assert sum(r["finding"] == "extra" for r in rows) == 1
END
diff -u want got || fail "other findings than were made"
grep -q "Épellations\|Planète\|Sans r" report.json && fail "the report quotes a cell"

# What the mended rows say.
"$hygie" register export hub --format json --quiet >all.json
/usr/bin/python3 - <<'END'
import json
sheets = {s["reference"]: s for s in json.load(open("all.json"))["sheets"]}
assert sorted(sheets) == ["R1", "R2", "R3", "R4", "R5", "R7", "R8", "R9"], sorted(sheets)
path = lambda s: [(e["source"], e.get("component")) for e in sheets[s]["sources"]]
assert sheets["R1"]["received"] == "2024-03-12"
assert path("R1") == [("snds", "dcir"), ("snds", "pmsi")]
assert path("R2") == [("other", None), ("snds", "cepidc"), ("snds", "esnd"), ("survey", None)]
assert sheets["R3"]["domains"] == ["diabetes"]
assert path("R4") == [("hdh", "Base d'exemple"), ("snds", "rniam")]
assert sheets["R5"]["start"] == "2024-06-05" and "received" not in sheets["R5"]
assert sheets["R7"]["status"] == "received"
assert sheets["R7"]["controllers"] == [{"name": "Corps d'exemple", "type": "other"}]
assert sheets["R8"]["objectives"] == ["@objectif", "+2", "-3"]
assert sheets["R9"]["domains"] == ["Médecine de l'exemple (rare, très rare)"]
assert path("R9") == [("other", "Entrepôt local d'exemple"), ("registry", None)]
END

# Hostile files: one clear error, exit 3, nothing written.
before=$("$hygie" register export hub --format json --quiet | sha256sum)
for bad in cut entity cell bomb nosheet broken place string spoiled text; do
	status=0
	"$hygie" register import hub $bad.xlsx >out 2>message || status=$?
	[ $status = 3 ] || fail "$bad.xlsx exits $status"
	[ -s out ] && fail "$bad.xlsx prints a result"
	grep -q "^hygie: $bad.xlsx: " message || fail "$bad.xlsx: $(cat message)"
done
grep -q "document type" <("$hygie" register import hub entity.xlsx 2>&1 || :) ||
	fail "entities are not refused as such"
printf 'a,b\n1,2\n' >columns.csv
status=0
"$hygie" register import hub columns.csv 2>/dev/null || status=$?
[ $status = 3 ] || fail "a file without the columns exits $status"
[ "$before" = "$("$hygie" register export hub --format json --quiet | sha256sum)" ] ||
	fail "a refused file changed the register"

# No cell of an export is a formula, for Excel and for other readers of CSV.
"$hygie" register export hub --format xlsx --out all.xlsx --quiet
/usr/bin/python3 "$tests/register_xlsx.py" read all.xlsx >cells
grep -q '"f"' cells && fail "a formula in the export"
grep -qF '["s", "=1+1"]' cells || fail "the title is not there as text"
"$hygie" register export hub --format csv --out all.csv --quiet
/usr/bin/python3 - <<'END'
import csv
for row in csv.reader(open("all.csv", newline="")):
    assert not any(cell[:1] in ("=", "+", "-", "@", "\t", "\r") for cell in row if cell), row
END

# Round trips: what is exported and imported again is the same; twice the same bytes.
"$hygie" register synth --projects 400 --out hub --quiet
for format in csv xlsx json; do
	"$hygie" register export hub --format $format --out again.$format --quiet
	"$hygie" register export hub --format $format --out once.$format --quiet
	cmp again.$format once.$format
	if [ $format = json ]; then
		"$hygie" register publish hub again.json --dry-run
	else
		"$hygie" register import hub again.$format --dry-run --format csv
	fi 2>message >/dev/null || [ $? = 1 ]
	grep -q "0 sheets to add, 0 to change, 408 as they were" message ||
		fail "$format: $(cat message)"
done

# Turtle by another reader: every project is there once.
"$hygie" register export hub --format rdf --out all.ttl --quiet
projects=$(serdi -i turtle -o ntriples all.ttl |
	grep -c 'ns#type> <https://schema.org/ResearchProject>')
[ "$projects" = 408 ] || fail "the Turtle has $projects projects"

# Years of the open data add up.
count() {
	/usr/bin/python3 -c "import json
print(sum($2 for s in json.load(open('$1'))['sheets']))"
}
sum=0
for year in $(seq 2017 2026); do
	"$hygie" register export hub --filter year=$year --format json --out year.json --quiet
	sum=$((sum + $(count year.json 1)))
done
dated=$(count again.json '"received" in s')
[ "$sum" = "$dated" ] || fail "$sum sheets by year of $dated"
"$hygie" audit verify hub --quiet >/dev/null
