#!/bin/bash
# hygie link run, explain and evaluate: the same bytes with any number of threads, terms that add
# up to the stored weights, and one clear message without a value for what is refused.
set -uo pipefail
. tests/check.sh

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
HYGIE=$(realpath "$HYGIE")
cd "$work" || exit 1

# Values that no message may repeat.
secret='DUPRE|dupre|Dupré|1951|zz9'

# people ROWS: one of five is the record above with an error.
people() {
	awk -v rows="$1" 'BEGIN {
		split("anne bruno claire denis elodie fanny gilles hugo ines jean karim lea",
			given, " ")
		split("martin bernard dubois petit durand leroy moreau simon laurent michel",
			last, " ")
		srand(5)
		print "id,first_name,surname,dob,sex,city"
		for (i = 1; i <= rows; i++) {
			if (i % 5) {
				g = given[1 + int(rand() * 12)]
				s = last[1 + int(rand() * 10)]
				s = s substr("aeiou", 1 + int(rand() * 5), 1)
				d = sprintf("%d-%02d-%02d", 1920 + int(rand() * 80),
					1 + int(rand() * 12), 1 + int(rand() * 28))
				c = "ville " int(rand() * 300)
				x = rand() < 0.5 ? "M" : "F"
			} else if (rand() < 0.3) {
				s = substr(s, 2)
			} else if (rand() < 0.3) {
				c = ""
			}
			print i "," g "," s "," d "," x "," c
		}
	}'
}

people 4000 >people.csv
people 4000 | awk -F, 'NR == 1 {print "id,cluster"; next} {n += NR % 5 != 1; print $1 "," n}' \
	>truth.csv

# The same bytes.
for threads in 1 2 8; do
	check_status 0 "$threads threads" "$HYGIE" link run people.csv --out "out$threads" \
		--threads "$threads" --pairs 400000 --quiet --format csv
	printf '%s\n' "$output" >"table$threads"
	for file in pairs.csv clusters.csv model.json manifest.json; do
		check_same "$threads threads: $file" "out1/$file" "out$threads/$file"
	done
	check_same "$threads threads: the table" table1 "table$threads"
done
for threads in 1 2 8; do
	check_status 0 "Parquet, $threads threads" "$HYGIE" link run people.csv \
		--out "parquet$threads" --threads "$threads" --pairs 400000 --files parquet --quiet
	for file in pairs.parquet clusters.parquet; do
		check_same "$threads threads: $file" "parquet1/$file" "parquet$threads/$file"
	done
done
[[ $(wc -l <out1/pairs.csv) -gt 400 ]]
verdict $? "there are pairs"

# Each stored weight is what its terms add up to.
while IFS=, read -r _ left _ right weight _; do
	check_status 0 "explain" "$HYGIE" link explain out1 "$left" "$right" --format csv --quiet
	sum=$(tail -n +2 <<<"$output" | awk -F, '{bits = $4; sub(/\./, "", bits); sum += bits}
		END {printf "%.6f", sum / 1000000}')
	[[ $(printf '%.6f' "$weight") == "$sum" ]]
	verdict $? "explain: the terms add up" "$weight, terms $sum"
done < <(tail -n +2 out1/pairs.csv | awk 'NR % 40 == 1' | head -n 12)

# Against the truth, and with the model of a run.
check_status 0 "evaluate" "$HYGIE" link evaluate out1 --truth truth.csv --format csv --quiet
awk -F, 'NR == 2 && $NF >= 0.95 {ok = 1} END {exit !ok}' <<<"$output"
verdict $? "evaluate: clusters" "$output"
check_status 0 "a model again" "$HYGIE" link run people.csv --model out1/model.json --out again \
	--pairs 400000 --quiet --format csv
check_same "a model again: pairs" out1/pairs.csv again/pairs.csv
check_same "a model again: the model" out1/model.json again/model.json

# with_rules RULES: the model of a run with these blocking rules.
with_rules() {
	sed '/"blocking_rules_to_generate_predictions"/,$d' out1/model.json
	echo "\"blocking_rules_to_generate_predictions\": $1}"
}

# The blocking rules of a model: they are the passes, and are written as they were read.
with_rules '["l.dob = r.dob and l.sex = r.sex"]' >ruled.json
check_status 0 "given rules" "$HYGIE" link run people.csv --model ruled.json --out ruled --quiet
check_has "given rules: the pass" "dob + sex"
grep -qF '"l.\"dob\" = r.\"dob\" AND l.\"sex\" = r.\"sex\""' ruled/model.json
verdict $? "given rules: they stay"

# A model from labels: all true pairs of the first 1,000 records, and a few false ones.
awk -F, 'NR == 1 {print "id_l,id_r,clerical_match_score"; next} NR > 1001 {exit}
	NR % 5 == 1 {print $1 - 1 "," $1 ",1"} NR % 50 == 3 {print $1 "," $1 + 7 ",0"}' \
	truth.csv >labels.csv
check_status 0 "train" "$HYGIE" link train people.csv --labels labels.csv --out labelled.json \
	--quiet
check_has "train: what it read" "200 pairs"
check_status 0 "its model" "$HYGIE" link run people.csv --model labelled.json --out labelled \
	--quiet
check_status 0 "its model, evaluated" "$HYGIE" link evaluate labelled --truth truth.csv \
	--format csv --quiet
awk -F, 'NR == 2 && $NF >= 0.95 {ok = 1} END {exit !ok}' <<<"$output"
verdict $? "its model: clusters" "$output"

# Parquet is read as CSV is.
check_status 0 "Parquet out" "$HYGIE" link run people.csv --out parquet --files parquet --quiet
echo '{"id": "id", "fields": [{"column": "cluster", "kind": "identifier"}]}' >cluster.json
check_status 0 "Parquet in" "$HYGIE" link run parquet/clusters.parquet --spec cluster.json \
	--out of-parquet --quiet
check_status 0 "evaluate Parquet" "$HYGIE" link evaluate parquet --truth truth.csv --quiet

# Two files whose columns have other names; ids of their own.
sed '1s/.*/numero,prenom,nom_naissance,date_naissance,sexe,ville/' people.csv |
	awk -F, 'NR == 1 || NR % 5 == 1' >right.csv
awk -F, 'NR == 1 || NR % 5 != 1' people.csv >left.csv
echo '{"id": "id", "right_id": "numero", "fields": [
	{"column": "first_name", "kind": "given_name", "right": "prenom"},
	{"column": "surname", "kind": "surname", "right": "nom_naissance"},
	{"column": "dob", "kind": "birth_date", "right": "date_naissance"}]}' >two.json
check_status 0 "two files" "$HYGIE" link run left.csv right.csv --spec two.json --out two --quiet
[[ $(cut -d, -f4 two/clusters.csv | sort | uniq -c | awk '$1 > 2' | grep -vc cluster) == 0 ]]
verdict $? "two files: at most one partner"

# By rules: the same bytes, and no link that the truth denies.
echo '{"method": "exact", "id": "id",
	"keys": [["first_name", "surname", "dob"], ["surname", "dob", "city"]],
	"fields": [{"column": "first_name"}, {"column": "surname"}, {"column": "dob"},
	{"column": "city"}]}' >keys.json
for threads in 1 2 8; do
	check_status 0 "keys, $threads threads" "$HYGIE" link run people.csv --spec keys.json \
		--out "keys$threads" --threads "$threads" --quiet
	check_status 0 "cascade, $threads threads" "$HYGIE" link run left.csv right.csv \
		--spec two.json --method cascade --out "cascade$threads" \
		--threads "$threads" --quiet
	for file in pairs.csv clusters.csv manifest.json; do
		check_same "keys, $threads threads: $file" "keys1/$file" "keys$threads/$file"
		check_same "cascade, $threads threads: $file" "cascade1/$file" \
			"cascade$threads/$file"
	done
done
[[ ! -e keys1/model.json ]]
verdict $? "keys: no model"
check_status 0 "keys, evaluated" "$HYGIE" link evaluate keys1 --truth truth.csv --format csv --quiet
awk -F, 'NR == 2 && $4 >= 0.99 && $5 >= 0.5 {ok = 1} END {exit !ok}' <<<"$output"
verdict $? "keys: clusters" "$output"
check_status 0 "cascade, evaluated" "$HYGIE" link evaluate cascade1 --truth truth.csv \
	--format csv --quiet
awk -F, 'NR == 2 && $4 >= 0.95 && $5 >= 0.9 {ok = 1} END {exit !ok}' <<<"$output"
verdict $? "cascade: clusters" "$output"

# Nobody to find, one value nearly everywhere, columns without values.
{ echo id,first_name,surname,dob; for i in {1..40}; do echo "$i,a$i,b$i,19$((10 + i))-01-01"; done
} >alone.csv
check_status 0 "nobody twice" "$HYGIE" link run alone.csv --out alone --quiet
people 4000 | awk -F, -v OFS=, 'NR > 1 && NR % 10 {$3 = "martin"} NR > 1 {$6 = ""} 1' >same.csv
check_status 0 "one value in 90 %, one column empty" "$HYGIE" link run same.csv --out same \
	--pairs 100000 --quiet

# refused STATUS TITLE MESSAGE ARGUMENTS...
refused() {
	local status=$1 title=$2 message=$3
	shift 3
	check_status "$status" "$title" "$HYGIE" link "$@" --quiet
	[[ ${output%%$'\n'*} == "hygie: $message" ]]
	verdict $? "$title: the message" "$output"
	! grep -qE "$secret" <<<"$output"
	verdict $? "$title: no value" "$output"
	[[ ! -e new ]]
	verdict $? "$title: nothing left behind"
}

: >empty.csv
echo id,first_name,dob >header.csv
printf 'id,first_name,dob\n1,DUPRE,1951-01-01\n1,zz9,1951-01-01\n' >twice.csv
printf 'id,first_name,dob\n1,DUPRE,1951-01-01\n2,Dupr\351,1951-01-01\n' >latin1.csv
printf 'id,first_name,dob\n1,DUPRE,1951-01-01,zz9\n' >wide.csv
printf 'id,first_name,dob\n1,"DUPRE,1951-01-01\n' >quote.csv
printf 'aa,bb\nzz9,DUPRE\n' >unknown.csv
printf 'id,first_name,dob\n1,,\n2,,\n' >missing.csv
echo '{"fields": [{"column": "dob", "kind": "nonsense"}]}' >kind.json
echo '{"fields": [{"column": "nowhere", "kind": "surname"}]}' >nowhere.json
echo '{"fields": [{"column": "dob"}], "treshold": 3}' >key.json
echo '{"comparisons": []}' >model.json
refused 3 "no file" "nothing.csv: cannot open: No such file or directory" run nothing.csv --out new
refused 3 "an empty file" "empty.csv: it is empty, no header" run empty.csv --out new
refused 3 "a header alone" "header.csv: it has no records" run header.csv --out new
refused 3 "an id twice" "twice.csv: rows 1 and 2 have the same id" run twice.csv --out new
refused 3 "not UTF-8" 'latin1.csv: row 2: column "first_name" is not UTF-8' run latin1.csv --out new
refused 3 "a field too many" "wide.csv: line 2 has 4 fields, the header 3" run wide.csv --out new
refused 3 "an open quote" "quote.csv: line 2: a quote that is never closed" run quote.csv --out new
refused 3 "unknown columns" "unknown.csv: no column is known by its name or values" \
	run unknown.csv --out new
refused 3 "no value at all" "missing.csv: no field has a value to compare" run missing.csv --out new
refused 3 "a kind" 'kind.json: field "dob" has no known kind' \
	run people.csv --spec kind.json --out new
refused 3 "a column" 'people.csv: no column "nowhere"' \
	run people.csv --spec nowhere.json --out new
refused 3 "a key" 'key.json: no key of this name: "treshold"' \
	run people.csv --spec key.json --out new
refused 3 "a model" \
	'model.json: "probability_two_random_records_match" must be between 0 and 1' \
	run people.csv --model model.json --out new
echo '{"method": "guess", "fields": [{"column": "dob"}]}' >method.json
echo '{"keys": [["dob"]], "fields": [{"column": "dob"}]}' >keyed.json
echo '{"method": "exact", "keys": [["zip"]], "fields": [{"column": "dob"}]}' >zip.json
refused 3 "a method" 'method.json: "method" must be weights, exact or cascade' \
	run people.csv --spec method.json --out new
refused 3 "keys and weights" \
	'keyed.json: "keys" and "drop" need the "method" exact or cascade' \
	run people.csv --spec keyed.json --out new
refused 3 "a key of no field" 'key column "zip" is no field to compare' \
	run people.csv --spec zip.json --out new
refused 2 "a cascade of one file" "a cascade links two files without duplicates" \
	run people.csv --method cascade --out new
refused 2 "rules and a model" "rules take no model" \
	run people.csv --method exact --model out1/model.json --out new
refused 2 "rules explain no weight" \
	"keys1: a run by rules has no weights; its pairs name the step" explain keys1 1 2
with_rules '["l.dob = r.dob", "l.sex = r.sex OR l.dob = r.dob"]' >or.json
refused 3 "a rule with OR" "or.json: blocking rule 2, character 15: AND or the end is expected" \
	run people.csv --model or.json --out new
with_rules '[{"blocking_rule": "l.dob = r.dob", "arrays_to_explode": ["dob"]}]' >explode.json
refused 3 "an exploding rule" "explode.json: blocking rule 1 explodes arrays" \
	run people.csv --model explode.json --out new
refused 2 "three files" "one or two files, not 3" run a.csv b.csv c.csv --out new
refused 2 "no weight" "--threshold must be a weight, -200 to 200 bits" \
	run people.csv --threshold high --out new
refused 2 "review above" "the review threshold is above the threshold" \
	run people.csv --review 9 --out new
refused 2 "no such record" "people.csv: it has no such record" explain out1 1 99999
refused 2 "itself" "a record and itself are no pair" explain out1 1 1
refused 3 "no truth" "header.csv: no columns that tell the truth" evaluate out1 --truth header.csv
printf 'id,cluster\nzz9,1\n' >others.csv
refused 3 "truth of others" "others.csv: it names none of the records" \
	evaluate out1 --truth others.csv
printf 'id_l,id_r\n1,2\n1,zz9\n' >others.csv
refused 3 "labels of others" "others.csv: row 2 names no two of the records" \
	train people.csv --labels others.csv --out new
printf 'id_l,id_r,clerical_match_score\n1,2,zz9\n' >others.csv
refused 3 "a label that is none" \
	'others.csv: row 1: "clerical_match_score" must be 0 to 1' \
	train people.csv --labels others.csv --out new
refused 3 "no labels" "header.csv: no labels" train people.csv --labels header.csv --out new
echo 4001,x,y,1950-01-01,M, >>people.csv
refused 3 "an input that changed" "people.csv: it has changed since the run" explain out1 1 2
check_done
