#!/bin/bash
# The command line every command shares: help, version, unknown words, exit statuses.
set -uo pipefail
. tests/check.sh

check_status 0 "no argument" "$HYGIE"
check_has "the overview lists commands" "hygie completion bash"
overview=$output
check_status 0 "help" "$HYGIE" help
check_equal "help is the overview" "$overview" "$output"
check_status 0 "--help" "$HYGIE" --help
check_equal "--help is the overview" "$overview" "$output"
check_status 0 "-h" "$HYGIE" -h

check_status 0 "--version" "$HYGIE" --version
[[ $output =~ ^hygie\ [0-9]+\.[0-9]+\.[0-9]+$ ]]
verdict $? "the version is three numbers" "$output"

check_status 0 "help X" "$HYGIE" help completion bash
help=$output
check_has "help has a usage line" "usage: hygie completion bash"
check_status 0 "X --help" "$HYGIE" completion bash --help
check_equal "X --help is help X" "$help" "$output"

check_status 0 "a group alone lists its commands" "$HYGIE" completion
check_has "the group's list" "hygie completion bash"
check_status 0 "help of a group" "$HYGIE" help completion
check_status 0 "--help of a group" "$HYGIE" completion --help

check_status 2 "unknown command" "$HYGIE" completoin bash
check_has "it is named" "unknown command 'completoin bash'"
check_has "a suggestion" "did you mean 'hygie completion bash'?"
check_status 2 "unknown second word" "$HYGIE" completion bsh
check_has "a suggestion for the second word" "did you mean 'hygie completion bash'?"
check_status 2 "nothing is near" "$HYGIE" zzzzzzzzzz
check_has "the way to the list" "'hygie help' lists the commands"
check_status 2 "help of an unknown command" "$HYGIE" help zzzzzzzzzz
check_status 2 "unknown option in front" "$HYGIE" --verison
check_has "a suggestion for it" "did you mean 'hygie --version'?"

check_status 2 "unknown option" "$HYGIE" completion bash --hlep
check_has "the option is named" "unknown option '--hlep'"
check_has "a suggestion for the option" "did you mean '--help'?"
check_status 2 "unexpected argument" "$HYGIE" completion bash twice
check_has "the argument is named" "unexpected argument 'twice'"

# Errors go to stderr, results to stdout.
check_equal "an error leaves stdout empty" "" "$("$HYGIE" nope 2>/dev/null)"
check_equal "help leaves stderr empty" "" "$("$HYGIE" help 2>&1 >/dev/null)"

# A reader who leaves (| head) is no error to speak of.
said=$( { "$HYGIE" help 2>&3 | true; } 3>&1 )
check_equal "a closed pipe is silent" "" "$said"
"$HYGIE" completion bash > >(exec true) 2>/dev/null
[[ $? == 0 || $? == 141 ]]
verdict $? "a closed pipe ends as SIGPIPE would"

# What every command promises.
commands=$(sed -n 's/^  hygie \(.*[^ ]\)   *.*/\1/p' <<<"$overview" | sed 's/  .*//')
while read -r name; do
	# shellcheck disable=SC2086 # a command is one or more words
	check_status 0 "$name --help" "$HYGIE" $name --help
	check_has "usage of $name" "usage: hygie $name"
	check_status 2 "$name --no-such-option" "$HYGIE" $name --no-such-option
	check_equal "lines of $name --help within 100 columns" "" \
		"$("$HYGIE" $name --help | grep -v '^usage: ' | awk 'length($0) > 100')"
done <<<"$commands"

if [[ -c /dev/full ]]; then
	check_status 5 "a full disk" bash -c "'$HYGIE' help >/dev/full"
	check_status 5 "a full disk, a command" bash -c "'$HYGIE' completion bash >/dev/full"
	check_has "it is told" "cannot write"
fi
check_done
