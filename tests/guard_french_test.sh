#!/bin/bash
# hygie guard --language fr: of everything that the planted faults bring about (guard_planted.py),
# of parts, deliveries, changes, verdicts and labels, the French page says what the English one
# says, with the same numbers and in French (guard_french.py); JSON and CSV are the same bytes.
set -uo pipefail
. tests/check.sh

HYGIE=$(realpath "$HYGIE")
planted=$(realpath tests/guard_planted.py)
french=$(realpath tests/guard_french.py)
root=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
mkdir pages

# Stands for hygie: runs it in both languages, keeps the pages, prints the document.
cat >both <<'END'
#!/bin/bash
n=$(find "$PAGES" -name '*.json' | wc -l)
page=$PAGES/$(printf %04d "$n")
"$REAL" "$@" --format json --report "$page.en.html" >"$page.json"
status=$?
"$REAL" "$@" --format json --language fr --report "$page.fr.html" >"$page.other" 2>/dev/null
[ "$status" = $? ] && cmp -s "$page.json" "$page.other" ||
	echo "$*: not the same document, or status" >>"$PAGES/differ"
rm -f "$page.other"
if [ -s "$page.json" ]; then cat "$page.json"; else rm -f "$page".*; fi
exit "$status"
END
chmod +x both
export REAL=$HYGIE PAGES=$work/pages
both() { ./both guard "$@" --quiet >/dev/null 2>>errors; }

mkdir set
check_equal "the planted set, through both" "" \
	"$(python3 "$planted" "$work/both" set 1 2>/dev/null)"

awk 'BEGIN { print "jour;centre;poids;sexe;diag;nom"
	for (i = 0; i < 3000; i++) printf "%d-%02d-%02d;H%d;%s;%d;%s;DUPONT%d\n", 2018 + i / 1500,
		1 + i / 125 % 12, 1 + i % 28, i % 3, (i > 2600 ? "" : 50.5 + i % 41), 1 + i % 2,
		(i % 3 ? "E11" : "I10"), i % 700 }' >whole.csv
(head -1 whole.csv; sed -n '2,1501p' whole.csv) >former.csv
sed -e '1s/sexe/genre/' -e 's/;I10;/;J45;/' whole.csv >next.csv
"$HYGIE" guard scan former.csv --quiet --format json >former.json
both scan next.csv --baseline former.json
both scan whole.csv --policy "$root/lib/guard/data/policy_default.json"
echo 'a secret of the test, long enough for it' >key
(head -1 whole.csv; sed -n '2,1501p' whole.csv) >p1.csv
sed -n '1502,$p' whole.csv >p2.csv
for i in 1 2; do
	"$HYGIE" guard scan p$i.csv --part $i --dialect whole.csv --partial p$i.part --key key \
		--risk sexe,centre --attributes diag --quiet || exit 1
done
both merge p1.part p2.part --key key
mkdir box
cp whole.csv box/a.csv
printf 'id,n\n1,2\n2\n' >box/b.csv
printf 'PK\003\004' >box/c.csv
echo hello >box/notes
printf '{"files": [{"name": "a.csv", "rows": 2, "bytes": 4}, {"name": "d.csv"}]}' >box/manifest.json
both scan box
both scan box --policy "$root/lib/guard/data/policy_default.json"
printf '{"id":1,"who":{"sexe":"F"},"acts":[3,4]}\n{"id":2,"who":{"sexe":\n{"id":"x"}\n' >rows.jsonl
both scan rows.jsonl
"$HYGIE" guard scan whole.csv --quiet --format json >whole.json
both label whole.json

check_equal "same documents" "" "$(cat pages/differ 2>/dev/null)"
cd "$root" || exit 1
check_equal "French pages" "" "$(python3 "$french" "$work/pages" 2>"$work/count")"
cd "$work" || exit 1
check_status 0 "how many there are" cat count
check_has "pages" " pages"
pages=$(find pages -name "*.fr.html" | wc -l)
check_equal "as many as scans" yes "$([ "$pages" -gt 120 ] && echo yes)"

"$HYGIE" guard scan whole.csv --quiet --format csv >en.csv
"$HYGIE" guard scan whole.csv --quiet --format csv --language fr >fr.csv
check_status 0 "the same CSV" cmp en.csv fr.csv
"$HYGIE" guard scan whole.csv --quiet --language fr >fr.txt
check_equal "English words in the terminal" "" \
	"$(sed 's/[a-z]*\.[a-z]*//g' fr.txt | grep -owE 'the|of|is|rows|missing|not|with|Every')"
check_done
