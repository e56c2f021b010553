# Checks for tests/*_test.sh, which source this: each tells what failed, check_done counts.
failed=0
checks=0

# verdict OK TITLE [DETAIL]: OK is 0 for a check that held.
verdict() {
	checks=$((checks + 1))
	[[ $1 == 0 ]] && return 0
	failed=$((failed + 1))
	echo "FAILED: $2"
	[[ -z ${3-} ]] || printf '%s\n' "$3" | sed 's/^/    /'
}

# check_status STATUS TITLE COMMAND...: what it printed stays in $output.
check_status() {
	local wanted=$1 title=$2 status
	shift 2
	output=$("$@" 2>&1 </dev/null)
	status=$?
	[[ $status == "$wanted" ]]
	verdict $? "$title: exit status $status, wanted $wanted" "$output"
}

# check_has TITLE TEXT: $output of the last check_status contains TEXT.
check_has() {
	[[ $output == *"$2"* ]]
	verdict $? "$1: no '$2' in" "$output"
}

# check_same TITLE WANTED GOT: two files are equal.
check_same() {
	local difference
	difference=$(diff -u "$2" "$3")
	verdict $? "$1" "$difference"
}

# check_equal TITLE WANTED GOT: two texts are equal.
check_equal() {
	[[ $2 == "$3" ]]
	verdict $? "$1" "wanted '$2', got '$3'"
}

# check_catches PID: waits until it is hygie, with its own answer to Ctrl-C.
check_catches() {
	local caught
	for _ in $(seq 600); do
		[[ $(cat "/proc/$1/comm" 2>/dev/null) != bash ]] || continue
		caught=$(sed -n 's/^SigCgt:[[:space:]]*//p' "/proc/$1/status" 2>/dev/null)
		[[ -z $caught ]] || ! ((0x$caught & 2)) || return 0
		sleep 0.05
	done
	echo "FAILED: $1 never caught Ctrl-C" >&2
}

check_done() {
	echo "$checks checks, $failed failed"
	[[ $failed == 0 && $checks -gt 0 ]]
	exit
}
