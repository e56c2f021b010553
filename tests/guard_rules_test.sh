#!/bin/bash
# hygie guard scan --rules: what rules find, by another program's count; unknowns, thresholds,
# tables that are not here; wrong files of rules; no value in any output; the same bytes with any
# number of threads; quoted line ends keep the numbers of rows.
set -uo pipefail
. tests/check.sh

HYGIE=$(realpath "$HYGIE")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1

python3 - <<-'END' >wanted.txt
	import csv, datetime, random
	r = random.Random(5)
	start = datetime.date(2018, 1, 1)
	patients = {f"SECRET{i}": start - datetime.timedelta(r.randrange(30000))
	            for i in range(300)}
	with open("patient.csv", "w", newline="") as f:
	    w = csv.writer(f)
	    w.writerow(["id", "birth"])
	    w.writerows([k, v] for k, v in patients.items())
	wrong = {"order": [], "known": [], "born": [], "weight": []}
	of = {"order": 0, "known": 0, "born": 0, "weight": 0}
	with open("stay.csv", "w", newline="") as f:
	    w = csv.writer(f)
	    w.writerow(["patient", "entry", "exit", "weight", "note"])
	    for row in range(1, 20001):
	        who = f"SECRET{r.randrange(305)}"
	        entry = start + datetime.timedelta(r.randrange(365) - 20000 * (r.random() < 0.001))
	        exit = entry + datetime.timedelta(r.randrange(-1, 40)) if r.random() < 0.9 else None
	        weight = r.choice(["70.5", "12", "", "x", "500"])
	        note = "two\nlines" if row % 7 == 0 else "one"
	        w.writerow([who, entry, exit or "", weight, note])
	        def say(rule, known, truth):
	            of[rule] += known
	            if known and not truth:
	                wrong[rule].append(row)
	        say("order", exit is not None, exit is None or exit >= entry)
	        say("known", True, who in patients)
	        say("born", who in patients, who in patients and patients[who] <= entry)
	        say("weight", weight in ("70.5", "12", "500"), weight != "500")
	for rule in wrong:
	    print(rule, len(wrong[rule]), of[rule], ", ".join(map(str, wrong[rule][:5])))
END
mkdir in
mv patient.csv stay.csv in
cat >rules.json <<-'END'
	{"tables": {
	    "stay": {"fields": [{"name": "entry", "type": "date"}, {"name": "exit", "type": "date"},
	                        {"name": "weight", "type": "number"}]},
	    "patient": {"fields": [{"name": "birth", "type": "date"}]},
	    "death": {"fields": [{"name": "id"}]}},
	 "rules": [
	  {"id": "order", "table": "stay", "that": "exit >= entry"},
	  {"id": "known", "table": "stay", "that": "exists(patient, patient.id = patient)"},
	  {"id": "born", "table": "stay",
	   "that": "lookup(patient.birth, patient.id = patient) <= entry"},
	  {"id": "weight", "table": "stay", "that": "weight between 0.5 and 300", "threshold": 50},
	  {"id": "rows", "table": "stay", "that": "count() = 20000 and rows(patient) = 300"},
	  {"id": "heavy", "table": "stay", "that": "average(weight) < 100", "severity": "warning"},
	  {"id": "dead", "table": "stay", "that": "not exists(death, death.id = patient)"}]}
END
check_status 1 "rules that find" "$HYGIE" guard scan in --rules rules.json --structure --quiet
for format in table json csv; do
	check_status 1 "as $format" \
		"$HYGIE" guard scan in --rules rules.json --structure --quiet --format $format
	[[ $output != *SECRET* ]]
	verdict $? "$format tells no value" "$output"
done
"$HYGIE" guard scan in --rules rules.json --structure --quiet --format json --threads 1 >one.json
"$HYGIE" guard scan in --rules rules.json --structure --quiet --format json --threads 4 >four.json
check_same "one thread and four" one.json four.json
python3 - one.json >got.txt <<-'END'
	import json, sys
	tables = json.load(open(sys.argv[1]))["tables"]
	rows = {r["check"]: r for r in [t for t in tables if t["id"] == "checks"][0]["rows"]}
	for rule in ("order", "known", "born", "weight"):
	    r = rows[rule]
	    print(rule, r["violations"], r["of"], str(r["rows"]).replace(" …", ""))
	print(*(rows[rule]["status"] for rule in ("order", "weight", "rows", "heavy", "dead")),
	      sep=", ", file=open("status.txt", "w"))
END
check_same "rows counted by Python" wanted.txt got.txt
check_equal "statuses" "fail, pass, pass, warn, not applicable" "$(cat status.txt)"

refused() {
	printf '%s' "$2" >wrong.json
	check_status 3 "$1" "$HYGIE" guard scan in --rules wrong.json --structure --quiet
	check_has "$1: its place" "$3"
}
refused "no rules" '{"rules": []}' "rules: not a list"
refused "no id" '{"rules": [{"that": "true"}]}' "rules[0].id: is missing"
refused "an id twice" \
	'{"rules": [{"id": "a", "that": "true"}, {"id": "a", "that": "true"}]}' "rules[1].id"
refused "a misspelt property" '{"rules": [{"id": "a", "that": "true", "treshold": 5}]}' \
	"rules[0].treshold"
refused "no table" '{"rules": [{"id": "a", "that": "true"}]}' "rules[0].table: is missing"
refused "another table" '{"rules": [{"id": "a", "table": "x", "that": "true"}]}' \
	"rules[0].table: names no table"
refused "a wrong expression" '{"rules": [{"id": "a", "table": "stay", "that": "1 =\n )"}]}' \
	"rules[0].that: line 2, column 2: a value is missing"
refused "SQL" '{"rules": [{"id": "a", "table": "stay", "that": "1 = (SELECT 1)"}]}' \
	"rules[0].that: line 1, column 6: names no variable"

check_done
