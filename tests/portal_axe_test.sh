#!/bin/bash
# Every public page of a running site, in both languages, held against WCAG 2.1
# AA by axe-core in Chromium. The pages are those of lib/portal/routes.c; a
# route with a parameter needs an example here. Pictures for people stay in
# HYGIE_PICTURES when that names a folder.
set -euo pipefail

NAME=portal_axe
. tests/hub.sh

browser_or_skip
example() {
	case $1 in
	"{reference}") echo EX-000002 ;;
	"{route}") echo mr-004 ;;
	"{name}") echo synth-00000007 ;;
	"{token}") echo unknown ;; # its page of refusal
	*) echo "portal_axe: no example for $1" >&2; return 1 ;;
	esac
}

work_make
hub_init
"$hygie" register synth --projects 400 --out "$hub" --quiet
"$hygie" catalog synth --datasets 60 --base http://127.0.0.1:8080 --out "$work/catalog.ttl" --quiet
"$hygie" catalog import "$hub" "$work/catalog.ttl" --quiet >/dev/null
hub_serve

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
node tests/axe.mjs "$site" "${HYGIE_PICTURES-}" "${paths[@]}"
