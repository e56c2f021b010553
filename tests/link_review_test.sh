#!/bin/bash
# hygie link review: a reader who knows the truth makes a model that is no worse; two readers, an
# arbiter; a terminal, keys, a kill; what is refused; that no identity stays behind.
set -uo pipefail
. tests/check.sh

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
HYGIE=$(realpath "$HYGIE")
reader=$(realpath tests/link_review.py)
cd "$work" || exit 1

"$HYGIE" link synth --records 3000 --out made --quiet >/dev/null
cp made/records.csv people.csv
"$HYGIE" link run people.csv --out run --quiet >run.txt

# review LABELS [OPTION...]: answers on standard input.
review() {
	local labels=$1
	shift
	"$HYGIE" link review run --labels "$labels" --quiet "$@"
}

# What the truth says of the pairs in a file of labels, as y and n.
truth_of() {
	awk -F, 'NR == FNR {entity[$1] = $2; next}
		FNR > 1 {print entity[$2] == entity[$4] ? "y" : "n"}' made/truth.csv "$1"
}

# All pairs in their order: first with no judgement, then as the truth says.
awk 'BEGIN {while (n++ < 150) print "?"}' | review order.csv --pairs 150 >shown.txt
verdict $? "every pair without judgement"
check_equal "every pair" 151 "$(wc -l <order.csv)"
truth_of order.csv >answers
review anna.csv --pairs 150 <answers >shown.txt
check_equal "anna: answered" 151 "$(wc -l <anna.csv)"
check_equal "anna: both answers" "0,1" \
	"$(tail -n +2 anna.csv | cut -d, -f5 | sort -u | paste -sd,)"
check_equal "labels: mode" 600 "$(stat -c %a anna.csv)"
check_equal "labels: columns" source_l,id_l,source_r,id_r,clerical_match_score,stands_for,draw \
	"$(head -n 1 anna.csv)"
check_equal "no lock is left" "" "$(find . -name '.*lock')"
grep -q 'weight\|probability\|[0-9] bits' shown.txt
check_equal "blind" 1 $?
awk 'length > 80' shown.txt | grep -q .
check_equal "80 columns" 1 $?
grep -q $'\033' shown.txt
check_equal "no escapes in a pipe" 1 $?

# The labels train a model that is no worse on the truth.
check_status 0 "train" "$HYGIE" link train people.csv --labels anna.csv --out model.json --quiet
check_status 0 "run with it" "$HYGIE" link run people.csv --model model.json --out again --quiet
f1() {
	"$HYGIE" link evaluate "$1" --truth made/truth.csv --format csv --quiet |
		awk -F, '$1 == "clusters" {print $NF}'
}
awk -v before="$(f1 run)" -v after="$(f1 again)" \
	'BEGIN {print before, after; exit !(before > 0.5 && after >= before - 0.002)}' >f1.txt
verdict $? "no worse with labels" "$(cat f1.txt)"

# The estimates hold what the truth says of the kept pairs.
check_status 0 "summary" "$HYGIE" link review run --labels anna.csv --summary --format csv --quiet
estimates=$output
awk -F, 'NR == FNR {entity[$1] = $2; next}
	FNR > 1 {same = entity[$2] == entity[$4]; linked = $7 == "link"
		n += linked; right += linked && same; all += same}
	END {print right / n; print right / all}' made/truth.csv run/pairs.csv >true_shares
paste -d, <(tail -n 2 <<<"$estimates") true_shares |
	awk -F, '{ok += $4 <= $6 && $6 <= $5} END {exit ok != 2}'
verdict $? "summary: intervals hold the truth" "$estimates$(cat true_shares)"

# Stop, go on, go back, change; more pairs later hold those of before.
check_equal "resume: nothing yet" "" "$(printf 'q\n' | review ben.csv --pairs 20 | tail -n 0)"
head -n 5 answers | review ben.csv --pairs 20 >/dev/null
check_equal "resume: five" 6 "$(wc -l <ben.csv)"
printf 'y\nb\nn\nnonsense\nquit\n' | review ben.csv >shown.txt
check_equal "resume: one more" 7 "$(wc -l <ben.csv)"
grep -q 'pair 6 of 20' shown.txt
verdict $? "resume: at the sixth"
grep -q 'your answer: one person' shown.txt
verdict $? "back: the answer is shown"
grep -q 'not a key' shown.txt
verdict $? "an unknown word"
cp ben.csv before.csv
printf 'q\n' | review ben.csv --pairs 60 >/dev/null
check_equal "more pairs: kept" "$(cut -d, -f1-5 before.csv | sort)" \
	"$(cut -d, -f1-5 ben.csv | sort)"
check_status 2 "fewer pairs" "$HYGIE" link review run --labels anna.csv --pairs 20 --summary
check_status 2 "another seed" "$HYGIE" link review run --labels anna.csv --seed 9 --summary

# Two readers and an arbiter.
awk 'NR % 10 == 0 {print "?"; next} NR % 15 == 1 {print $1 == "y" ? "n" : "y"; next} {print}' \
	answers >answers_ben
rm ben.csv
review ben.csv --pairs 150 <answers_ben >/dev/null
check_status 0 "agreement" "$HYGIE" link review run --labels anna.csv --second ben.csv --summary \
	--format csv --quiet
check_equal "agreement: disagreements" "$(paste answers answers_ben | awk '$1 != $2' | wc -l)" \
	"$(tail -n +2 <<<"$output" | wc -l)"
check_status 0 "agreement: table" "$HYGIE" link review run --labels anna.csv --second ben.csv \
	--summary --quiet
check_has "agreement: table" "Cohen's kappa"
paste answers answers_ben | awk '$1 != $2 {print $1}' |
	"$HYGIE" link review run --labels anna.csv --second ben.csv --arbitrate final.csv --quiet \
		>shown.txt
verdict $? "arbitrate"
check_equal "arbitrate: shown" 25 "$(grep -c '^Clerical review' shown.txt)"
check_same "arbitrate: the truth again" anna.csv final.csv
check_status 2 "arbitrate into a reader's file" "$HYGIE" link review run --labels anna.csv \
	--second ben.csv --arbitrate ben.csv

# French, and the weight for who asks.
printf 'o\nq\n' | review fr.csv --lang fr --reveal >shown.txt
grep -q 'Revue manuelle' shown.txt && grep -q 'o oui' shown.txt
verdict $? "French"
grep -q 'Le modèle donnait à la précédente .* bits' shown.txt
verdict $? "reveal"

# A terminal: one key an answer, the alternate screen, nothing left on the other one.
python3 "$reader" keys 'ynLyR?q' "$HYGIE" link review run --labels tty.csv >tty.txt
check_equal "terminal: status" 0 $?
check_equal "terminal: labels" "1,1," "$(cut -d, -f5 tty.csv | tail -n +2 | paste -sd,)"
python3 - <<'END'
import re, sys
text = open("tty.txt", "rb").read().decode()
inside = re.findall(r"\x1b\[\?1049h(.*?)\x1b\[\?1049l", text, re.S)
outside = re.sub(r"\x1b\[\?1049h.*?\x1b\[\?1049l", "", text, flags=re.S)
surnames = {line.split(",")[1] for line in open("people.csv").read().splitlines()[1:]}
words = set(re.findall(r"[^\W\d]{4,}", outside))
assert len(inside) == 1 and "Record A" in inside[0], "no alternate screen"
assert not words & surnames, "a name outside of the alternate screen"
assert "\x1b[1;31m" in inside[0], "no colour"
END
verdict $? "terminal: the alternate screen"
NO_COLOR=1 python3 "$reader" keys 'C' "$HYGIE" link review run --labels tty.csv >tty.txt
check_equal "NO_COLOR: Ctrl-C stops" 0 $?
grep -q $'\033\[[0-9;]*m' tty.txt
check_equal "NO_COLOR" 1 $?
grep -q '\^' tty.txt
verdict $? "NO_COLOR: signs say it"
cp tty.csv before.csv
python3 "$reader" kill 'nn' "$HYGIE" link review run --labels tty.csv >/dev/null
check_equal "kill -9: every key is saved" $(($(wc -l <before.csv) + 2)) "$(wc -l <tty.csv)"
python3 "$reader" keys 'q' "$HYGIE" link review run --labels tty.csv >/dev/null
check_equal "kill -9: go on" 0 $?
python3 "$reader" term '' "$HYGIE" link review run --labels tty.csv >tty.txt
check_equal "SIGTERM" 130 $?
grep -q $'\033\[?1049l' tty.txt
verdict $? "SIGTERM: the screen is left"

# The page.
check_status 0 "page" "$HYGIE" link review run --html page.html --lang fr --pairs 10
check_equal "page: mode" 600 "$(stat -c %a page.html)"
check_equal "page: no weight" 0 "$(grep -c '"weight"\|"decision"\|"probability"' page.html)"
check_equal "page: the warning first" 1 "$(grep -A1 '<body>' page.html | grep -c 'espace sécurisé')"

# Refused, without a value of a person.
tail -n +2 people.csv | cut -d, -f2 | sort -u | grep -E '.{4,}' >names.txt
refused() {
	local status=$1 title=$2
	shift 2
	check_status "$status" "$title" "$HYGIE" link review "$@"
	names=$(grep -Fiw -f names.txt <<<"$output")
	check_equal "$title: no name" "" "$names"
}
refused 2 "no labels" run
refused 3 "no such run" nowhere --labels x.csv
head -n 1 run/pairs.csv >empty_pairs
cp -r run hollow && cp empty_pairs hollow/pairs.csv
refused 3 "a run without pairs" hollow --labels x.csv
check_has "a run without pairs" "nothing to review"
rm hollow/pairs.csv
refused 3 "no table of pairs" hollow --labels x.csv
refused 2 "labels of another run" again --labels anna.csv --summary
awk -F, -v OFS=, 'NR == 3 {$4 = "nobody"} {print}' anna.csv >strange.csv
refused 2 "an id that no pair has" run --labels strange.csv --summary
head -c -30 anna.csv >torn.csv
refused 3 "torn labels" run --labels torn.csv --summary
check_has "torn labels" "line 151"
refused 3 "no labels to sum up" run --labels none.csv --summary
refused 5 "labels where nothing can be written" run --labels nowhere/x.csv
refused 2 "summary beside a page" run --labels anna.csv --summary --html p.html
exec 9>.anna.csv.lock
flock 9
refused 2 "two at once" run --labels anna.csv
check_has "two at once" "another review"
exec 9>&-
rm -f .anna.csv.lock
echo "1,x" >>people.csv
refused 3 "an input that has changed" run --labels anna.csv
check_has "an input that has changed" "changed"

check_done
