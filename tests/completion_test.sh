#!/bin/bash
# The bash completion: its tables hold what --help says, and its words are the right ones.
set -uo pipefail
. tests/check.sh

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"$HYGIE" completion bash >"$dir/completion"
. "$dir/completion"
verdict $? "the script is sourced"

# Tables against the help of each command.
"$HYGIE" | sed -n 's/^  hygie \(.*[^ ]\)   *.*/\1/p' | sed 's/  .*//' | sort >"$dir/listed"
_hygie_commands | sort >"$dir/completed"
check_same "the commands are those of the overview" "$dir/listed" "$dir/completed"
[[ -s $dir/listed ]]
verdict $? "there are commands"
while read -r name; do
	# shellcheck disable=SC2086 # a command is one or more words
	usage=$("$HYGIE" $name --help | grep '^usage: ')
	check_equal "options of '$name'" \
		"$(grep -o -- '--[a-z0-9-]*' <<<"$usage" | sort | paste -sd ' ')" \
		"$(_hygie_options "$name" | tr ' ' '\n' | grep . | sort | paste -sd ' ')"
	while read -r option choices; do
		check_equal "choices of '$name $option'" \
			"words:${choices//|/ } " "$(_hygie_value "$name" "$option")"
	done < <(grep -oE -- '--[a-z0-9-]+ [a-z0-9.]+(\|[a-z0-9.]+)+' <<<"$usage")
done <"$dir/listed"

# The words, on tables of our own.
_hygie_commands() { printf '%s\n' 'snds synth' 'snds check' 'study incidence' demo; }
_hygie_options() { [[ $1 == 'snds synth' ]] && echo '--out --format --seed --quiet '; }
_hygie_value() {
	case "$1 $2" in
	'snds synth --out') echo folder ;;
	'snds synth --format') echo 'words:parquet csv ' ;;
	'snds synth --seed') echo text ;;
	esac
}
mkdir "$dir/files" "$dir/files/folder"
touch "$dir/files/some.csv"

# complete_words TITLE WANTED WORD...: the last word is the one being typed.
complete_words() {
	local title=$1 wanted=$2
	shift 2
	COMP_WORDS=(hygie "$@")
	COMP_CWORD=$#
	cd "$dir/files" && _hygie && cd "$OLDPWD" || exit 1
	check_equal "$title" "$wanted" "${COMPREPLY[*]-}"
}

complete_words "first words" "demo snds study help --help --version" ""
complete_words "a first word begun" "snds study" s
complete_words "a second word" "check synth" snds ""
complete_words "a second word begun" "synth" snds sy
complete_words "after help" "demo snds study" help ""
complete_words "after help and a word" "incidence" help study ""
complete_words "nothing after help and a command" "" help demo ""
complete_words "no such command" "" nope ""
complete_words "options" "--out --format --seed --quiet --help" snds synth --
complete_words "an option begun" "--format" snds synth --f
complete_words "choices" "parquet csv" snds synth --format ""
complete_words "a choice begun" "csv" snds synth --quiet --format c
complete_words "a choice after =" "parquet csv" snds synth --format =
complete_words "a choice begun after =" "parquet" snds synth --format = p
complete_words "folders" "folder" snds synth --out ""
complete_words "a number" "" snds synth --seed ""
complete_words "files elsewhere" "some.csv" snds synth --quiet so
check_done
