# For portal_mail_kill_test.sh and portal_mail_kill_long.sh: kill -9 while the desk feeds the
# register and sends its mails. A hub that was killed again and again has, in the end, the register
# of one that never was; each daily mail was queued once, and goes out at least once: twice only
# when the kill came between the server's answer and our note of it, and then with the same
# Message-ID. Files of the outbox are written over, so once.
source "$(dirname "${BASH_SOURCE[0]}")/hub.sh"
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

# How much went out so far.
gone_out() {
	echo "$(ls "$hub/outbox" | wc -l)/$([ ! -f "$work/smtp" ] || wc -l <"$work/smtp")"
}

# Until nothing has come for a while; what the desk is at when it is stopped, it ends.
served_quietly() {
	local before=- now quiet=0
	hub_serve
	while [ $quiet -lt 5 ]; do
		sleep 0.5
		now=$(gone_out)
		[ "$now" = "$before" ] && quiet=$((quiet + 1)) || quiet=0
		before=$now
	done
	hub_stop
}

# Until a hub that is served once more has nothing to send.
served_until_quiet() {
	local before
	served_quietly
	until before=$(gone_out) && served_quietly && [ "$(gone_out)" = "$before" ]; do :; done
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

# two_mornings KILLS: today's round writes the letters, tomorrow's sends them.
two_mornings() {
	echo +0 >"$clock"
	kills "$1"
	served_until_quiet
	echo +86400 >"$clock"
	kills "$1"
	served_until_quiet
	# What was killed in hand is tried again a minute later.
	echo +86700 >"$clock"
	served_until_quiet
	"$hygie" audit verify "$hub" --quiet >/dev/null
}

# What a hub that nobody kills tells, and its register.
undisturbed() {
	command -v node >/dev/null || skip "no node"
	command -v python3 >/dev/null || skip "no python3"
	work_make
	hub_clock
	hub=$work/undisturbed
	hub_init
	fill
	two_mornings 0
	told >"$work/told"
	register >"$work/register"
	[ "$(wc -l <"$work/told")" -ge $people ] || { echo "FAILED: nobody was told"; return 1; }
	[ "$(wc -l <"$work/register")" -gt 50 ] || { echo "FAILED: nothing was fed"; return 1; }
}

same_register() {
	register | cmp - "$work/register" || { echo "FAILED: another register"; return 1; }
}

# killed_in_files STORE KILLS
killed_in_files() {
	hub=$work/hub-$1
	hub_init "$1"
	fill
	two_mornings "$2"
	told >"$work/told.killed"
	diff "$work/told" "$work/told.killed" || { echo "FAILED: other mails"; return 1; }
	same_register
}

# killed_by_smtp KILLS
killed_by_smtp() {
	local mails ids twice
	node tests/portal_mail_kill.mjs "$work/smtp" >"$work/port" &
	mailer=$!
	trap 'kill $mailer 2>/dev/null || true; hub_clean' EXIT
	until [ -s "$work/port" ]; do sleep 0.1; done
	: >"$work/smtp"
	hub=$work/by-smtp
	hub_init
	fill "$(cat "$work/port")"
	two_mornings "$1"
	same_register
	[ "$(cut -d' ' -f1 "$work/smtp" | sort -u)" = "$(cut -d' ' -f1 "$work/told" | sort -u)" ] ||
		{ echo "FAILED: somebody was not told"; return 1; }
	mails=$(awk '{ n += $2 } END { print n }' "$work/told")
	ids=$(sort -u "$work/smtp" | wc -l)
	[ "$ids" = "$mails" ] || { echo "FAILED: $ids mails were queued, not $mails"; return 1; }
	twice=$(($(wc -l <"$work/smtp") - mails))
	[ "$twice" -le $((2 * $1)) ] || { echo "FAILED: $twice mails went out twice"; return 1; }
	echo "$((2 * $1)) kills by SMTP: $mails mails, each queued once; $twice went out twice"
}
