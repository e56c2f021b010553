#!/bin/bash
# docs/security.md: every test that it names is there, and has the requirement beside it.
cd "$(dirname "$0")/.." || exit 2
failed=0 rows=0
while IFS='|' read -r _ ids _ file name _; do
	file=${file// /} name=${name// /} rows=$((rows + 1))
	line=$(grep -nE "^static void $name\(void" "$file" | cut -d: -f1)
	if [[ -z $line ]] || ! grep -q "cmocka_unit_test.*($name" "$file"; then
		echo "$file: no test $name"
		failed=1
		continue
	fi
	above=$(sed -n "$((line > 4 ? line - 4 : 1)),${line}p" "$file")
	for id in ${ids//,/ }; do
		grep -qE "ASVS.*\b${id//./\\.}\b" <<<"$(tr '\n' ' ' <<<"$above")" || {
			echo "$file: ASVS $id is not beside $name"
			failed=1
		}
	done
done < <(grep -E '^\| [0-9]+\.[0-9]+\.[0-9]+' docs/security.md)
[[ $rows -ge 25 ]] || { echo "only $rows rows"; failed=1; }
exit $failed
