#!/bin/bash
# hygie hub restore killed at many points, on each store: what is there is either no hub, which the
# same command then makes, or the whole one. strace counts the system calls and kills at one.
set -euo pipefail
NAME=hub_restore_kill
cd "$(dirname "$0")/.."
source tests/hub.sh
command -v strace >/dev/null || skip "no strace (apt-get install strace)"
work_make
failed=0
fail() { echo "FAILED: $1" >&2; failed=1; }
strace -o /dev/null true 2>/dev/null || skip "strace may not trace here"

calls="mkdir openat pwrite64 fsync fdatasync ftruncate rename unlink sendto fchmod"
points=${RESTORE_KILLS:-4} # of each call

restore() { "$hygie" hub restore "$work/backup" "$work/r" --keys "$work/keys" "${to[@]}" --quiet; }
is_whole() {
	"$hygie" hub check "$work/r" --quiet --format csv >"$work/found" 2>&1 &&
		[ "$("$hygie" audit verify "$work/r" --format csv 2>&1 >/dev/null)" = "$log" ]
}
# An empty place again.
clear_place() {
	rm -rf "$work"/r "$work"/.r.*
	[ "${#to[@]}" = 0 ] || psql -q "$url" -c 'SET client_min_messages = error;
		DROP SCHEMA public CASCADE; CREATE SCHEMA public' >/dev/null
}
# What the killed run left; then the same command once more.
judge() {
	if [ -e "$work/r/hub.conf" ] && is_whole; then
		whole=$((whole + 1))
		[ ! -e "$work/r/restoring" ] || fail "$1: whole, and still restoring"
	elif [ -e "$work/r" ] && ! grep -q 'its restore was not finished' "$work/found"; then
		fail "$1: half a hub: $(cat "$work/found")"
	else
		none=$((none + 1))
		restore 2>"$work/said" || fail "$1: again: $(cat "$work/said")"
		is_whole || fail "$1: not whole: $(cat "$work/found")"
	fi
	[ -z "$(find "$work" -maxdepth 1 -name '.r.*' ! -name '*.lock')" ] || [ ! -e "$work/r" ] ||
		rm -rf "$work"/.r.*
	clear_place
}
kill_at() {
	(
		strace -f -o /dev/null -e trace="$1" -e inject="$1:signal=KILL:when=$2" \
			"$hygie" hub restore "$work/backup" "$work/r" --keys "$work/keys" \
			"${to[@]}" --quiet &
		wait $!
	) >/dev/null 2>&1 || true
	[ ! -e "$work/r/restoring" ] || between=$((between + 1))
	judge "$1 $2"
}
# Some of the first, some between, the last ones.
kill_on() {
	local call count i
	none=0 whole=0 between=0
	strace -f -c -o "$work/count" -e trace="${calls// /,}" "$hygie" hub restore "$work/backup" \
		"$work/r" --keys "$work/keys" "${to[@]}" --quiet
	is_whole || fail "not whole: $(cat "$work/found")"
	clear_place
	for call in $calls; do
		count=$(awk -v call="$call" '$NF == call { print $4 }' "$work/count")
		for i in $(seq 0 $((points - 1))); do
			echo "$((1 + (${count:-0} - 1) * i / (points - 1)))"
		done | sort -nu | while read -r i; do [ "$i" -lt 1 ] || echo "$i"; done \
			>"$work/at"
		[ -n "$count" ] || continue
		while read -r i; do kill_at "$call" "$i" </dev/null; done <"$work/at"
	done
	echo "$1: $none kills left nothing, $whole a whole hub, $between between folder and records"
	[ "$none" -gt 10 ] && [ "$whole" -gt 0 ] || fail "$1: the kills hit nothing"
	[ "${#to[@]}" = 0 ] || [ "$between" -gt 0 ] || fail "$1: no kill between its two places"
}

hub_init
"$hygie" desk synth "$hub" --applications 10 --quiet
"$hygie" hub backup "$hub" --out "$work/backup" --quiet
log=$("$hygie" audit verify "$hub" --format csv 2>&1 >/dev/null | sed "s,$hub,$work/r,")
cp -a "$hub/keys" "$work/keys"
to=()
kill_on SQLite
if command -v psql >/dev/null && url=$(tests/postgres start "$work/postgres"); then
	to=(--store "$url")
	kill_on PostgreSQL
else
	echo "$NAME: no PostgreSQL here: on SQLite only" >&2
fi
exit $failed
