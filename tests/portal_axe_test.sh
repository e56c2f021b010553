#!/bin/bash
# Every public page of a running site, in both languages, held against WCAG 2.1
# AA by axe-core in Chromium. The pages are those of lib/portal/routes.c; a
# route with a parameter needs an example here. Pictures for people stay in
# HYGIE_PICTURES when that names a folder.
set -euo pipefail

skip() {
	echo "SKIPPED: portal_axe: $1" >&2
	exit 77
}

hygie=$(realpath "${HYGIE:-build/hygie}")
[ -x "${CHROMIUM:-/usr/bin/chromium}" ] || skip "no chromium (apt-get install chromium)"
[ -d node_modules/playwright-core ] || skip "no playwright-core (npm ci)"
[ -d node_modules/axe-core ] || skip "no axe-core (npm ci)"
command -v node >/dev/null || skip "no node"

example() {
	case $1 in
	"{reference}") echo EX-000002 ;;
	"{route}") echo mr-004 ;;
	"{token}") echo unknown ;; # its page of refusal
	*) echo "portal_axe: no example for $1" >&2; return 1 ;;
	esac
}

work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; rm -rf "$work"' EXIT
"$hygie" hub init "$work/hub" --quiet
"$hygie" register synth --projects 400 --out "$work/hub" --quiet
: >"$work/log"
"$hygie" serve --hub "$work/hub" --listen 127.0.0.1:0 2>"$work/log" &
server=$!
for _ in $(seq 100); do
	port=$(sed -n 's/.*on port \([0-9]*\).*/\1/p' "$work/log")
	[ -n "$port" ] && break
	sleep 0.1
done
[ -n "$port" ] || { cat "$work/log" >&2; exit 1; }
site=http://127.0.0.1:$port

paths=()
while read -r pattern; do
	path=
	IFS=/ read -ra pieces <<<"${pattern#/}"
	for piece in "${pieces[@]}"; do
		[[ $piece == "{"*"}" ]] && piece=$(example "$piece")
		path+=/$piece
	done
	paths+=("/en$path" "/fr$path")
done < <(tr -d '\n' <lib/portal/routes.c |
	grep -o 'HTTP_GET, ROUTE_PAGE, "[^"]*",[[:space:]]*ROLE_PUBLIC' | cut -d'"' -f2)
[ ${#paths[@]} -ge 10 ] || { echo "portal_axe: ${#paths[@]} pages found" >&2; exit 1; }
paths+=("/fr/register?q=diabete&source=snds&status=ended" "/en/register?q=nothinglikethat")
mkdir -p "${HYGIE_PICTURES:-$work/pictures}"
node tests/axe.mjs "$site" "${HYGIE_PICTURES:-$work/pictures}" "${paths[@]}"
