#!/bin/bash
# What a hub meets in its life: a store that is away, a disk that is full, a clock that is set back.
# The site says 503 in words, when to come again, and goes on by itself; nothing half done stays.
set -euo pipefail
NAME=portal_faults
cd "$(dirname "$0")/.."
source tests/hub.sh
failed=0
fail() { echo "FAILED: $1" >&2; failed=1; }

# api METHOD PATH [BODY]: the status; the answer is in $work/answer, its headers in $work/headers.
api() {
	local body=()
	[ $# -lt 3 ] || body=(-d "$3")
	curl -s -m 60 -o "$work/answer" -D "$work/headers" -w '%{http_code}' -X "$1" "${body[@]}" \
		-H "Authorization: Bearer $token" -H 'Content-Type: application/json' \
		"$site/api/v1$2"
}
create() { api POST /desk "{\"route\": \"standard\", \"title\": \"$1\"}"; }
# away WHAT PATH: 503 in words and when to come again, as a page in both languages.
away() {
	for words in "en:The records cannot be reached or written" "fr:Les dossiers ne peuvent"; do
		curl -s -m 60 -D "$work/headers" -b hygie=anything "$site/${words%%:*}/$2" \
			>"$work/page" || true
		grep -q '^HTTP/1.1 503' "$work/headers" || fail "$1: $(head -1 "$work/headers")"
		grep -qi '^Retry-After: [0-9]' "$work/headers" || fail "$1: no Retry-After"
		grep -q "${words#*:}" "$work/page" || fail "$1: not in words: ${words%%:*}"
		! grep -qi 'sqlite\|postgres\|errno' "$work/page" || fail "$1: says too much"
	done
}
# eventually STATUS COMMAND...: without a restart.
eventually() {
	local got=
	for _ in $(seq 50); do
		got=$("${@:2}") || true
		[ "$got" != "$1" ] || return 0
		sleep 0.2
	done
	fail "${*:2}: $got, never $1: $(cat "$work/answer")"
}
hub_stop_hard() {
	[ -z "$server" ] || kill -9 "$server" 2>/dev/null || true
	[ -z "$server" ] || wait "$server" 2>/dev/null || true
	server=
}
begin() {
	work_make
	hub_init "$1"
	token=$("$HYGIE_SAMPLES/sample_portal_people" "$hub" 1 1)
}
finish() {
	hub_stop
	"$hygie" hub check "$hub" --quiet --format csv >"$work/found" ||
		fail "$1: $(cat "$work/found")"
	hub_clean
	trap - EXIT
}

lost_server() {
	begin postgres
	hub_serve
	[ "$(create before)" = 201 ] || fail "an application"
	ref=$(grep -o '[0-9]*-[0-9]*' "$work/answer")
	tests/postgres down "$work/postgres"
	[ "$(create lost)" = 503 ] || fail "a write without a server: $(cat "$work/answer")"
	grep -qi '^Retry-After: [0-9]' "$work/headers" || fail "the API: no Retry-After"
	grep -q 'at this moment' "$work/answer" || fail "the API: not in words"
	[ "$(api GET "/desk/$ref")" = 503 ] || fail "a read without a server"
	away "a lost server" account
	[ "$(curl -s -o /dev/null -w '%{http_code}' "$site/en/accessibility")" = 200 ] ||
		fail "a page that needs no records"
	tests/postgres up "$work/postgres"
	eventually 201 create after
	[ "$(api GET "/desk/$(grep -o '[0-9]*-[0-9]*' "$work/answer")")" = 200 ] ||
		fail "reading after"
	finish "a lost server"
}

# The file system of the hub is full: a small one in memory where we may mount, else a limit.
full_disk() {
	begin sqlite
	local small=$work/small
	mkdir "$small"
	trap 'hub_stop_hard; umount "$small" 2>/dev/null; hub_clean' EXIT
	mount -t tmpfs -o size=6m tmpfs "$small" 2>/dev/null || { limited_disk; return; }
	cp -a "$hub" "$small/hub"
	hub=$small/hub
	hub_serve
	[ "$(create before)" = 201 ] || fail "an application"
	ref=$(grep -o '[0-9]*-[0-9]*' "$work/answer")
	dd if=/dev/zero of="$small/ballast" bs=64k 2>/dev/null || true
	for _ in $(seq 60); do
		status=$(create "$(printf 'x%.0s' $(seq 300))")
		[ "$status" = 201 ] || break
	done
	[ "$status" = 503 ] || fail "a full disk: $status $(cat "$work/answer")"
	[ "$(api GET "/desk/$ref")" = 200 ] || fail "reading when full: $(cat "$work/answer")"
	rm "$small/ballast"
	eventually 201 create after
	hub_stop
	"$hygie" hub check "$hub" --quiet --format csv >"$work/found" ||
		fail "full: $(cat "$work/found")"
	umount "$small"
	hub_clean
	trap - EXIT
}

limited_disk() {
	echo "no mount here: a limit on the size of files instead" >&2
	trap '' XFSZ
	"$hygie" serve --hub "$hub" --listen 127.0.0.1:0 2>"$work/log" &
	server=$!
	for _ in $(seq 50); do grep -q 'on port' "$work/log" && break; sleep 0.1; done
	site=http://127.0.0.1:$(sed -n 's/.* on port \([0-9]*\);.*/\1/p' "$work/log")
	[ "$(create before)" = 201 ] || fail "an application"
	prlimit --pid "$server" --fsize=100000:unlimited
	for _ in $(seq 60); do
		status=$(create "$(printf 'x%.0s' $(seq 300))")
		[ "$status" = 201 ] || break
	done
	[ "$status" = 503 ] || fail "a full disk: $status $(cat "$work/answer")"
	prlimit --pid "$server" --fsize=unlimited:unlimited
	eventually 201 create after
	finish "a full disk"
}

# The clock is set back by two days while the site is open, and forth again: what is asked is done,
# and what is refused is refused in words; the events keep their order.
clock_back() {
	begin "$1"
	local ref real=$hygie
	echo +0 >"$work/clock"
	cat >"$work/hygie" <<-END
		#!/bin/sh
		export LD_PRELOAD=$faketime FAKETIME_TIMESTAMP_FILE=$work/clock FAKETIME_NO_CACHE=1
		export FAKETIME_DONT_FAKE_MONOTONIC=1
		exec "$real" "\$@"
	END
	chmod +x "$work/hygie"
	hygie=$work/hygie
	hub_serve
	hygie=$real
	[ "$(create before)" = 201 ] || fail "an application"
	ref=$(grep -o '[0-9]*-[0-9]*' "$work/answer")
	echo -2d >"$work/clock"
	[ "$(api GET "/desk/$ref")" = 200 ] || fail "reading with the clock set back"
	[ "$(create back)" = 201 ] ||
		fail "an application with the clock set back: $(cat "$work/answer")"
	step=$(api POST "/desk/$ref/steps/withdrawn" '{"seen": 1, "data": {"reasons": "back"}}')
	[ "$step" = 409 ] || [ "$step" = 200 ] ||
		fail "a step with the clock set back: $step $(cat "$work/answer")"
	echo "$1: a step before the event before it: $step $(head -c 200 "$work/answer")"
	echo +0 >"$work/clock"
	[ "$(create after)" = 201 ] || fail "an application after"
	[ "$step" = 200 ] || [ "$(api POST "/desk/$ref/steps/withdrawn" \
		'{"seen": 1, "data": {"reasons": "again"}}')" = 200 ] ||
		fail "a step after: $(cat "$work/answer")"
	finish "a clock set back"
}

full_disk
lost_server
faketime=$(find /usr/lib -name libfaketimeMT.so.1 -print -quit 2>/dev/null)
if [ -n "$faketime" ]; then
	clock_back sqlite
	clock_back postgres
else
	echo "left out: clock set back: no faketime" >&2
fi
exit $failed
