# A hub that serves, for tests/*_test.sh, which source this after setting NAME:
#   browser_or_skip; work_make; hub_init [sqlite|postgres]; hub_serve; ... hub_stop
# $work is a folder that goes away, $hub the hub, $site its address, $pictures where pictures go.

skip() {
	echo "SKIPPED: $NAME: $1" >&2
	exit 77
}

# browser_or_skip: Chromium, Node and the packages the browser tests stand on.
browser_or_skip() {
	[ -x "${CHROMIUM:-/usr/bin/chromium}" ] || skip "no chromium (apt-get install chromium)"
	command -v node >/dev/null || skip "no node"
	[ -d node_modules/playwright-core ] || skip "no playwright-core (npm ci)"
	[ -d node_modules/axe-core ] || skip "no axe-core (npm ci)"
}

hub_clean() {
	[ -z "$server" ] || kill -INT "$server" 2>/dev/null || true
	[ -z "$server" ] || wait "$server" 2>/dev/null || true
	[ ! -d "$work/postgres" ] || tests/postgres stop "$work/postgres" || true
	rm -rf "$work"
}

# work_make: the folder of this test; it goes when the test ends.
work_make() {
	hygie=$(realpath "${HYGIE:-build/hygie}")
	server=
	work=$(mktemp -d)
	chmod 711 "$work" # a PostgreSQL of the test may run as another user
	hub=$work/hub
	pictures=${HYGIE_PICTURES:-$work/pictures}
	mkdir -p "$pictures"
	trap hub_clean EXIT
}

# hub_init [sqlite|postgres] [OPTIONS of hub init]: an empty hub, its records in SQLite or on a
# PostgreSQL server of this test's own; 77 where there is no server.
hub_init() {
	local store=${1:-sqlite} url conf=()
	if [ "$store" = postgres ]; then
		url=$(tests/postgres start "$work/postgres")
		echo "store = $url" >"$work/hub.conf"
		conf=(--conf "$work/hub.conf")
	fi
	"$hygie" hub init "$hub" "${conf[@]}" --quiet "${@:2}"
}

# hub_invite ROLE: a person with that role (an applicant needs none), ROLE@hub.example.
hub_invite() {
	local role=(--role "$1")
	[ "$1" != applicant ] || role=()
	"$hygie" account invite "$hub" "$1@hub.example" --name "The $1" "${role[@]}" --quiet \
		"${@:2}"
}

# hub_serve [OPTIONS of serve]: serves $hub in the background at $site; its words go to $work/log.
hub_serve() {
	: >"$work/log"
	"$hygie" serve --hub "$hub" --listen 127.0.0.1:0 "$@" 2>"$work/log" &
	server=$!
	local port=
	for _ in $(seq 200); do
		port=$(sed -n 's/.* on port \([0-9]*\);.*/\1/p' "$work/log")
		[ -z "$port" ] || break
		kill -0 "$server" 2>/dev/null || break
		sleep 0.1
	done
	[ -n "$port" ] || { cat "$work/log" >&2; return 1; }
	site=http://127.0.0.1:$port
}

# hub_stop: ends the server as Ctrl-C does.
hub_stop() {
	kill -INT "$server"
	wait "$server" || true
	server=
}
