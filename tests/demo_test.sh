#!/bin/bash
# The first journey, small: it ends with two pages that open; played again it gives the same
# bytes. Pictures for people stay in HYGIE_PICTURES when that names a folder.
set -uo pipefail
. tests/check.sh

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
pictures=${HYGIE_PICTURES:-$work/pictures}
mkdir -p "$pictures"

digests() {
	(cd "$1" && find . -path ./hub -prune -o -type f -print0 | sort -z | xargs -0 sha256sum)
}

# The same folder twice: its name stands in the reports.
check_status 0 "demo" "$HYGIE" demo --dir "$work/demo" --patients 6000
check_has "it shows the commands" '$ hygie omop build --from snds'
check_has "it names the page" "$work/demo/incidence.html"
digests "$work/demo" >"$work/first"
check_status 0 "demo again" "$HYGIE" demo --dir "$work/demo" --patients 6000
offered=$output
digests "$work/demo" >"$work/second"
check_same "the same bytes" "$work/first" "$work/second"
[[ $(wc -l <"$work/first") -gt 30 ]]
verdict $? "thirty files and more" "$(cat "$work/first")"

output=$offered
check_has "it offers the hub" "hygie serve --hub $work/demo/hub"
check_has "only on this machine" "http://127.0.0.1:8080/fr"
check_status 0 "its conf" cat "$work/demo/hub/hub.conf"
check_has "it listens on loopback" "listen = 127.0.0.1:8080"
check_status 0 "its accounts" "$HYGIE" account list "$work/demo/hub" --format csv
for role in officer member chair authority holder manager analyst checker auditor admin; do
	check_has "somebody is $role" "$role@hub.example"
done
check_status 0 "the hub is whole" "$HYGIE" hub check "$work/demo/hub"
check_status 0 "another hub" "$HYGIE" hub init "$work/real/hub" --quiet
check_status 2 "which is not the demo's" "$HYGIE" demo --dir "$work/real" --patients 100
check_status 0 "stays" "$HYGIE" hub check "$work/real/hub"

mkdir "$work/taken" && echo mine >"$work/taken/snds"
check_status 2 "a folder that is not the demo's" "$HYGIE" demo --dir "$work/taken" --patients 100
check_equal "stays as it was" "mine" "$(cat "$work/taken/snds")"

if [[ -x ${CHROMIUM:-/usr/bin/chromium} && -d node_modules/playwright-core ]]; then
	check_status 0 "the pages open in a browser" node tests/report_open.mjs "$work/profile" \
		"$pictures" "$work/demo/incidence.html" "$work/demo/omop.html"
	echo "$output"
else
	echo "SKIPPED: the browser part of demo: no chromium or no playwright-core" >&2
fi
check_done
