#!/bin/bash
# kill -9 while the desk feeds the register and sends its mails: a hub that was killed again and
# again has, in the end, the register of one that never was; each daily mail was queued once, and
# goes out at least once: twice only when the kill came between the server's answer and our note
# of it, and then with the same Message-ID. Files of the outbox are written over, so once.
set -euo pipefail
NAME=portal_mail_kill
cd "$(dirname "$0")/.."
. tests/hub.sh
command -v node >/dev/null || skip "no node"
command -v python3 >/dev/null || skip "no python3"
people=8

# Officers who have a mail each morning, and applications with delays that end.
fill() {
	"$hygie" desk synth "$hub" --applications 300 --year "$(date +%Y)" --until "$(date +%F)" \
		--quiet
	"$HYGIE_SAMPLES/sample_portal_people" "$hub" 1 $people officer desk:write >/dev/null
	[ -z "${1-}" ] || sed -i "s|^smtp =.*|smtp = smtp://127.0.0.1:$1|" "$hub/hub.conf"
}

# What went out: a line "RECEIVER NUMBER-OF-MAILS HASH-OF-WHAT-THEY-SAY"; times are not in it.
told() {
	python3 tests/portal_mail_kill.py "$hub/outbox"
}

register() {
	"$hygie" register export "$hub" --quiet | sort
}

# served_until_quiet: until nothing more comes for a while.
served_until_quiet() {
	local before=- now quiet=0
	hub_serve
	while [ $quiet -lt 6 ]; do
		sleep 0.5
		now=$(ls "$hub/outbox" | wc -l)/$([ ! -f "$work/smtp" ] || wc -l <"$work/smtp")
		[ "$now" = "$before" ] && quiet=$((quiet + 1)) || quiet=0
		before=$now
	done
	hub_stop
}

# kills N: so often, at moments of the first second and a half of a round.
kills() {
	for _ in $(seq "$1"); do
		hub_serve
		sleep "$((RANDOM % 2)).$((RANDOM % 9))$((RANDOM % 10))"
		kill -9 "$server"
		wait "$server" 2>/dev/null || true
	done
	server=
}

# two_mornings [KILLS]: today's round writes the letters, tomorrow's sends them.
two_mornings() {
	echo +0 >"$clock"
	kills "${1:-0}"
	served_until_quiet
	echo +86400 >"$clock"
	kills "${1:-0}"
	served_until_quiet
	# What was killed in hand is tried again a minute later.
	echo +86700 >"$clock"
	served_until_quiet
	"$hygie" audit verify "$hub" --quiet >/dev/null
}

same() {
	cmp "$work/told" "$work/told.killed" || { diff "$work/told" "$work/told.killed"; exit 1; }
	register | cmp - "$work/register" || { echo "FAILED: another register"; exit 1; }
}

work_make
hub_clock
hub_init
fill
two_mornings
told >"$work/told"
register >"$work/register"
[ "$(wc -l <"$work/told")" -ge $people ] || { echo "FAILED: nobody was told"; exit 1; }
[ "$(wc -l <"$work/register")" -gt 50 ] || { echo "FAILED: nothing was fed"; exit 1; }

for store in sqlite postgres; do
	[ $store = sqlite ] || tests/postgres start "$work/probe" >/dev/null || continue
	[ $store = sqlite ] || tests/postgres stop "$work/probe"
	hub=$work/hub-$store
	hub_init $store
	fill
	two_mornings 6
	told >"$work/told.killed"
	same
	[ $store = sqlite ] || tests/postgres stop "$work/postgres" >/dev/null || true
done

node tests/portal_mail_kill.mjs "$work/smtp" >"$work/port" &
mailer=$!
trap 'kill $mailer 2>/dev/null || true; hub_clean' EXIT
until [ -s "$work/port" ]; do sleep 0.1; done
: >"$work/smtp"
hub=$work/by-smtp
hub_init
fill "$(cat "$work/port")"
two_mornings 6
cut -d' ' -f1 "$work/told" | sort >"$work/receivers"
sort -u "$work/smtp" | cut -d' ' -f1 | sort | uniq | cmp - "$work/receivers" ||
	{ echo "FAILED: somebody was not told"; exit 1; }
mails=$(awk '{ n += $2 } END { print n }' "$work/told")
[ "$(sort -u "$work/smtp" | wc -l)" = "$mails" ] ||
	{ echo "FAILED: $(sort -u "$work/smtp" | wc -l) mails were queued, not $mails"; exit 1; }
twice=$(($(wc -l <"$work/smtp") - mails))
[ "$twice" -le 12 ] || { echo "FAILED: $twice mails went out twice"; exit 1; }
echo "24 kills in files, 12 by SMTP: $mails mails, each queued once; $twice went out twice"
