# A hub that serves, for tests/*_test.sh, which source this after setting NAME:
#   browser_or_skip; work_make; hub_init [sqlite|postgres]; hub_serve; ... hub_stop
# $work is a folder that goes away, $hub the hub, $site its address, $pictures where pictures go.
# Several hubs: hub_named NAME before hub_init and hub_serve; hub_use NAME goes back to one.

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
	local one
	for one in $server "${servers[@]}"; do
		kill -INT "$one" 2>/dev/null || true
		wait "$one" 2>/dev/null || true
	done
	if [ -n "$issuer_pid" ]; then
		kill "$issuer_pid" 2>/dev/null || true
		wait "$issuer_pid" 2>/dev/null || true
	fi
	for one in "$work"/*postgres; do
		[ ! -d "$one" ] || tests/postgres stop "$one" || true
	done
	rm -rf "$work"
}

# work_make: the folder of this test; it goes when the test ends.
work_make() {
	hygie=$(realpath "${HYGIE:-build/hygie}")
	server=
	issuer_pid=
	declare -gA servers=() sites=()
	clock=
	hub_name=
	work=$(mktemp -d)
	chmod 711 "$work" # a PostgreSQL of the test may run as another user
	hub=$work/hub
	pictures=${HYGIE_PICTURES:-$work/pictures}
	mkdir -p "$pictures"
	trap hub_clean EXIT
}

# hub_use NAME: $hub, $site and $server are those of that hub, running or not.
hub_use() {
	hub_name=$1
	hub=$work/$1
	server=${servers[$1]-}
	site=${sites[$1]-}
}

# hub_named NAME: a new hub of that name, whose own address is a free port of this machine.
hub_named() {
	hub_use "$1"
	site=http://127.0.0.1:$(free_port)
	sites[$1]=$site
}

# hub_init [sqlite|postgres] [OPTIONS of hub init]: an empty hub, its records in SQLite or on a
# PostgreSQL server of this test's own; 77 where there is no server.
hub_init() {
	local store=${1:-sqlite} url conf=()
	: >"$work/hub.conf"
	[ -z "$hub_name" ] || echo "origin = $site" >"$work/hub.conf"
	if [ "$store" = postgres ]; then
		url=$(tests/postgres start "$work/${hub_name}postgres")
		echo "store = $url" >>"$work/hub.conf"
	fi
	[ ! -s "$work/hub.conf" ] || conf=(--conf "$work/hub.conf")
	"$hygie" hub init "$hub" "${conf[@]}" --quiet "${@:2}"
}

# hub_invite ROLE: a person with that role (an applicant needs none), ROLE@hub.example.
hub_invite() {
	local role=(--role "$1")
	[ "$1" != applicant ] || role=()
	"$hygie" account invite "$hub" "$1@hub.example" --name "The $1" "${role[@]}" --quiet \
		"${@:2}"
}

# hub_clock: the hub that is served next lives by a clock of its own: $clock is a file that says by
# how much it is ahead ("+86400": a day), read again each second. By libfaketime: hygie is as ever.
hub_clock() {
	faketime=$(ls /usr/lib/*/faketime/libfaketimeMT.so.1 2>/dev/null | head -1) || true
	[ -n "$faketime" ] || skip "no libfaketime (apt-get install libfaketime)"
	[[ ! $(ldd "$hygie") =~ lib[at]san ]] || skip "libfaketime and sanitizers are not friends"
	clock=$work/clock
	echo +0 >"$clock"
}

# hub_serve [OPTIONS of serve]: serves $hub in the background at $site; its words go to $work/log.
hub_serve() {
	: >"$work/log"
	local listen=127.0.0.1:0
	[ -z "$hub_name" ] || listen=${site#http://}
	local own=()
	[ -z "${clock-}" ] || own=(env "LD_PRELOAD=$faketime" "FAKETIME_TIMESTAMP_FILE=$clock"
		FAKETIME_CACHE_DURATION=1 FAKETIME_DONT_FAKE_MONOTONIC=1)
	"${own[@]}" "$hygie" serve --hub "$hub" --listen "$listen" "$@" 2>"$work/log" &
	server=$!
	[ -z "$hub_name" ] || servers[$hub_name]=$server
	hub_await
}

# hub_await: until $server has written to $work/log at which port it listens: $site.
hub_await() {
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

# hub_on_both FUNCTION: calls it with an empty hub on SQLite, then on PostgreSQL where that is.
hub_on_both() {
	hub_init
	"$1"
	if tests/postgres start "$work/probe" >/dev/null; then
		tests/postgres stop "$work/probe"
		hub=$work/hub2
		hub_init postgres
		"$1"
	else
		echo "$NAME: no PostgreSQL here: on SQLite only" >&2
	fi
}

# free_port: one that nobody listens on now.
free_port() {
	node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => {
		console.log(s.address().port); s.close(); });'
}

# issuer_start: an OpenID provider (tests/issuer.mjs) at $issuer, until the test ends.
issuer_start() {
	node tests/issuer.mjs >"$work/issuer" &
	issuer_pid=$!
	for _ in $(seq 100); do
		[ ! -s "$work/issuer" ] || break
		sleep 0.1
	done
	issuer=$(cat "$work/issuer")
	[ -n "$issuer" ] || { echo "$NAME: the provider does not start" >&2; return 1; }
}

# issuer_named [LINE...]: that provider stands in $hub's hub.conf, with further lines.
issuer_named() {
	sed -i '/^oidc_/d' "$hub/hub.conf"
	cat >>"$hub/hub.conf" <<-END
		oidc_issuer = $issuer
		oidc_client = hub
		oidc_secret = keys/oidc.secret
		oidc_name_en = National Login
		oidc_name_fr = Connexion nationale
	END
	[ $# = 0 ] || printf '%s\n' "$@" >>"$hub/hub.conf"
	(umask 077; echo "a secret of tests" >"$hub/keys/oidc.secret")
}

# hub_stop: ends the server as Ctrl-C does; it must end well.
hub_stop() {
	local status=0
	kill -INT "$server"
	wait "$server" || status=$?
	[ "$status" = 0 ] || { echo "$NAME: serve ends with $status" >&2; cat "$work/log" >&2; }
	[ -z "$hub_name" ] || unset "servers[$hub_name]"
	server=
	return "$status"
}
