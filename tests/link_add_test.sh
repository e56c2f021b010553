#!/bin/bash
# hygie link run --keep, add and remove: any number of threads, any cut into batches, killed at any
# moment; private files; one clear message without a value for what is refused.
set -uo pipefail
. tests/check.sh

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
HYGIE=$(realpath "$HYGIE")
cd "$work" || exit 1

# Values that no message, event or manifest may repeat.
secret='DUPRE|Dupr|zz9'

# people FIRST LAST: records FIRST..LAST; one of five is the record above with an error.
people() {
	awk -v first="$1" -v last="$2" '
	function r(n) { seed = seed * 16807 % 2147483647; return seed % n }
	BEGIN {
		split("anne bruno claire denis elodie fanny gilles hugo ines jean karim lea",
			given, " ")
		split("martin bernard dubois petit durand leroy moreau simon laurent michel",
			name, " ")
		seed = 5
		print "id,first_name,surname,dob,sex,city"
		for (i = 1; i <= last; i++) {
			if (i % 5) {
				g = given[1 + r(12)]
				s = name[1 + r(10)] substr("aeiou", 1 + r(5), 1)
				d = sprintf("%d-%02d-%02d", 1920 + r(80), 1 + r(12), 1 + r(28))
				c = "ville " r(300)
				x = r(2) ? "M" : "F"
			} else if (r(10) < 3) {
				s = substr(s, 2)
			} else if (r(10) < 3) {
				c = ""
			}
			if (i >= first)
				print i "," g "," s "," d "," x "," c
		}
	}'
}
people 1 2999 >base.csv
people 3000 3399 >one.csv
people 3400 4000 >two.csv
people 3000 4000 >both.csv
awk 'BEGIN {print "id,cluster"
	for (i = 1; i <= 4000; i++) { n += i % 5 != 0; print i "," n }}' >truth.csv

check_status 0 "keep" "$HYGIE" link run base.csv --keep --out kept --pairs 300000 --quiet
cp -a kept start
for mode in "700 kept" "600 kept/state.bin" "600 kept/pairs.csv" "600 kept/clusters.csv" \
	"600 kept/events.csv" "600 kept/model.json" "600 kept/manifest.json"; do
	check_equal "private: ${mode#* }" "${mode% *}" "$(stat -c %a "${mode#* }")"
done

# The same bytes with any number of threads; the same clusters however it is cut.
for threads in 1 2 8; do
	cp -a start "t$threads"
	check_status 0 "$threads threads: first batch" "$HYGIE" link add "t$threads" one.csv \
		--threads "$threads" --quiet
	check_status 0 "$threads threads: second batch" "$HYGIE" link add "t$threads" two.csv \
		--threads "$threads" --quiet
	for file in pairs.csv clusters.csv events.csv model.json manifest.json state.bin; do
		cmp "t1/$file" "t$threads/$file" >/dev/null
		verdict $? "$threads threads: $file"
	done
done
cp -a start cut
check_status 0 "one batch" "$HYGIE" link add cut both.csv --quiet
check_equal "private after a batch" 700 "$(stat -c %a cut)"
check_equal "private after a batch" 600 "$(stat -c %a cut/state.bin)"
# partition FOLDER: who is with whom, whatever the clusters are called
partition() {
	awk -F, 'NR > 1 {if (!($3 in first)) first[$3] = $2; print $2 "," first[$3]}' \
		"$1/clusters.csv"
}
check_same "one batch or two: who is with whom" <(partition t1) <(partition cut)
[[ $(tail -n +2 t1/events.csv | cut -d, -f2 | sort -u | tr '\n' ' ') == *created*joined* ]]
verdict $? "there are events"
awk -F, 'NR == FNR {was[$2] = $3; next} $2 in was && was[$2] != $3 {n++} END {exit n > 0}' \
	start/clusters.csv t1/clusters.csv
moved=$?
[[ $moved == 0 ]] || grep -qE ',(merged|split|moved),' t1/events.csv
verdict $? "ids stay"

# Read as a run is, without the files that were linked.
mkdir away && mv base.csv one.csv two.csv both.csv away
check_status 0 "evaluate" "$HYGIE" link evaluate t1 --truth truth.csv --format csv --quiet
awk -F, 'NR == 2 && $NF >= 0.95 {ok = 1} END {exit !ok}' <<<"$output"
verdict $? "evaluate: clusters" "$output"
while IFS=, read -r _ left _ right weight _; do
	check_status 0 "explain" "$HYGIE" link explain t1 "$left" "$right" --format json --quiet
	check_has "explain: the stored weight" "\"$(printf %.6f "$weight")\""
done < <(tail -n +2 t1/pairs.csv | awk 'NR % 20 == 1' | head -n 5)
mv away/*.csv .

# New counts: as if all were counted at once.
cp -a start counted
check_status 0 "new counts" "$HYGIE" link add counted both.csv --update-frequencies --quiet
check_status 0 "new counts: evaluate" "$HYGIE" link evaluate counted --truth truth.csv \
	--format csv --quiet
awk -F, 'NR == 2 && $NF >= 0.95 {ok = 1} END {exit !ok}' <<<"$output"
verdict $? "new counts: clusters" "$output"
{ cat base.csv; tail -n +2 both.csv; } >all.csv
check_status 0 "all with that model" "$HYGIE" link run all.csv --model start/model.json --out all \
	--quiet
weights() { # of pairs that both folders hold
	awk -F, 'FNR > 1 {w[$2 "," $4] = w[$2 "," $4] " " $5; n[$2 "," $4]++}
		END {for (p in w) if (n[p] == 2) {split(w[p], x, " "); bad += x[1] != x[2]; all++}
		exit !(all > 50 && bad == 0)}' counted/pairs.csv all/pairs.csv
}
weights
verdict $? "new counts: the weights of a run over all"

# Killed at any moment, the folder is the one before or the one after, and the work can be done.
for i in {1..25}; do
	rm -rf killed
	cp -a start killed
	"$HYGIE" link add killed both.csv --quiet >/dev/null 2>&1 &
	sleep "0.$(printf %03d $((i * 7)))"
	kill -9 $! 2>/dev/null
	wait $! 2>/dev/null
	cmp -s killed/state.bin start/state.bin || cmp -s killed/state.bin cut/state.bin
	verdict $? "killed after $((i * 7)) ms: before or after, nothing else"
	if cmp -s killed/state.bin start/state.bin; then
		before=1
		diff -r killed start >/dev/null
		verdict $? "killed after $((i * 7)) ms: as it was"
		check_status 0 "killed: again" "$HYGIE" link add killed both.csv --quiet
	fi
	diff -r killed cut >/dev/null
	verdict $? "killed after $((i * 7)) ms: then done"
done
[[ ${before-} == 1 ]]
verdict $? "some were killed before the end"
[[ -z $(find . -maxdepth 1 -name '.killed*') ]]
verdict $? "nothing is left beside it" "$(find . -maxdepth 1 -name '.killed*')"

# Records leave, with every trace of them.
cp -a start gone
{ head -n 1 base.csv; echo zz9id,Zz9ann,DUPRE,1931-02-03,F,zz9ville; } >secret.csv
check_status 0 "someone comes" "$HYGIE" link add gone secret.csv --quiet
printf 'id\nzz9id\n' >asked.csv
grep -qa ZZ9ANN gone/state.bin
verdict $? "someone is there"
check_status 0 "someone leaves" "$HYGIE" link remove gone asked.csv --quiet
! grep -qaiE "$secret" gone/state.bin gone/*.csv gone/*.json
verdict $? "nothing of them is left" "$(grep -laiE "$secret" gone/*)"
partition gone >left.txt
check_same "who is with whom is as before" <(partition start) left.txt
check_equal "events of a removal" "3,ended" "$(tail -n 1 gone/events.csv | cut -d, -f1,2)"

# refused STATUS TITLE MESSAGE ARGUMENTS...: the folder `start2` stays as it was.
cp -a start start2
refused() {
	local status=$1 title=$2 message=$3
	shift 3
	check_status "$status" "$title" "$HYGIE" link "$@" --quiet
	[[ ${output%%$'\n'*} == "hygie: $message" ]]
	verdict $? "$title: the message" "$output"
	! grep -qE "$secret" <<<"$output"
	verdict $? "$title: no value" "$output"
	diff -r start start2 >/dev/null
	verdict $? "$title: the folder is as it was"
}
printf 'id,first_name,surname,dob,sex\n4001,DUPRE,x,1951-01-01,F\n' >columns.csv
printf 'id,first_name,surname,dob,sex,city\n1,DUPRE,x,1951-01-01,F,y\n' >known.csv
printf 'id,first_name,surname,dob,sex,city\n4001,DUPRE,x,1951-01-01,F,y\n4001,a,b,,,\n' >twice.csv
printf 'id,first_name,surname,dob,sex,city\n4001,Dupr\351,x,1951-01-01,F,y\n' >latin1.csv
printf 'id,first_name,surname,dob,sex,city\n4001,DUPRE,x\n' >short.csv
printf 'id,first_name,surname,dob,sex,city\n' >header.csv
printf 'name\nzz9\n' >noid.csv
printf 'id\n9999\n' >unknown.csv
: >empty.csv
refused 3 "other columns" 'columns.csv: no column "city"' add start2 columns.csv
refused 3 "an id that is kept" "known.csv: 1 of its ids are kept already, the first in row 1" \
	add start2 known.csv
refused 3 "an id twice" "twice.csv: rows 1 and 2 have the same id" add start2 twice.csv
refused 3 "not UTF-8" 'latin1.csv: row 1: column "first_name" is not UTF-8' add start2 latin1.csv
refused 3 "a short line" "short.csv: line 2 has 3 fields, the header 6" add start2 short.csv
refused 3 "a header alone" "header.csv: it has no records" add start2 header.csv
refused 3 "an empty file" "empty.csv: it is empty, no header" add start2 empty.csv
refused 3 "no file" "nothing.csv: cannot open: No such file or directory" add start2 nothing.csv
refused 3 "no folder" "nowhere: no such folder" add nowhere one.csv
refused 2 "no right source" "start2: it has one source, no right one" \
	add start2 one.csv --source right
refused 2 "no such source" "--source: 'middle' is not one of left|right" \
	add start2 one.csv --source middle
refused 3 "removal without id" 'noid.csv: no column "id"' remove start2 noid.csv
refused 3 "removal of nobody" "unknown.csv: 1 of its ids are of no record, the first in row 1" \
	remove start2 unknown.csv
cut -d, -f1 base.csv >everybody.csv
refused 2 "removal of all" "start2: no record would be left" remove start2 everybody.csv
check_status 0 "known rows left out" "$HYGIE" link add start2 known.csv --skip-known --quiet
check_has "known rows left out: how many" "1, kept already"
rm -rf start2
cp -a start start2

# Folders that are none, damaged, or of another version.
check_status 0 "a run" "$HYGIE" link run base.csv --out plain --quiet
refused 3 "a run that was not kept" "plain/manifest.json: it is not of a linkage that is kept" \
	add plain one.csv
broken() { # TITLE MESSAGE: `broken` is refused by all, and stays
	cp -a broken broken2
	refused 3 "$1: add" "$2" add broken one.csv
	refused 3 "$1: explain" "$2" explain broken 1 2
	diff -r broken broken2 >/dev/null
	verdict $? "$1: it stays"
	rm -rf broken broken2
}
cp -a start broken
printf 'x' | dd of=broken/state.bin bs=1 seek=9000 conv=notrunc status=none
broken "one byte" "broken/state.bin: it is damaged"
cp -a start broken
truncate -s -1 broken/state.bin
broken "a byte short" "broken/state.bin: it is damaged"
cp -a start broken
echo >>broken/state.bin
broken "a byte long" "broken/state.bin: it is damaged"
cp -a start broken
printf '\002' | dd of=broken/state.bin bs=1 seek=8 conv=notrunc status=none
broken "a state of another version" "broken/state.bin: its format is 2, this version reads 1"
cp -a start broken
sed -i 's/"format": 1/"format": 2/' broken/manifest.json
broken "another version" "broken/manifest.json: its format is 2, this version reads 1"
cp -a start broken
cp t1/state.bin broken
broken "the state of another day" "broken/state.bin: it is not of the manifest beside it"
cp -a start broken
sed -i 's/"m_probability": 0.9/"m_probability": 0.8/' broken/model.json
broken "another model" "broken/model.json: it has changed since the run"
cp -a start broken
rm broken/state.bin
broken "no state" "broken/state.bin: cannot open: No such file or directory"
printf 'first_name,surname,dob\nx,DUPRE,1951-01-01\ny,z,1952-02-02\n' >nameless.csv
refused 3 "no id column" "nameless.csv: no column names its records" \
	run nameless.csv --keep --out new

# Two sources: one partner at most, whichever side comes later; both say whose they are.
awk -F, 'NR == 1 || NR % 5 == 1' base.csv >right.csv
awk -F, 'NR == 1 || NR % 5 != 1' base.csv >left.csv
awk -F, 'NR == 1 || NR % 5 == 1' both.csv >right2.csv
awk -F, 'NR == 1 || NR % 5 != 1' both.csv >left2.csv
check_status 0 "two files" "$HYGIE" link run left.csv right.csv --keep --out two --quiet
check_status 2 "two files: whose" "$HYGIE" link add two right2.csv --quiet
check_status 0 "two files: right" "$HYGIE" link add two right2.csv --source right --quiet
check_status 0 "two files: left" "$HYGIE" link add two left2.csv --source left --quiet
awk -F, 'NR > 1 {n[$3 "," $1]++} END {for (c in n) if (n[c] > 1) exit 1}' two/clusters.csv
verdict $? "two files: one of each at most"
[[ $(awk -F, 'NR > 1 && $2 > 3000 {n[$3]++} END {for (c in n) two += n[c] == 2; print two}' \
	two/clusters.csv) -gt 100 ]]
verdict $? "two files: partners are found"
check_done
