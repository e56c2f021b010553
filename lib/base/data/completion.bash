# Completion of hygie for bash. `hygie completion bash` prints this file behind
# three tables made from the program's own option tables: _hygie_commands,
# _hygie_options COMMAND, _hygie_value COMMAND --OPTION.

# The command that begins the words given ("snds synth"), as far as they are one.
_hygie_command_of() {
	local words="$*" name best=
	while read -r name; do
		[[ "$words " == "$name "* && ${#name} -gt ${#best} ]] && best=$name
	done < <(_hygie_commands)
	printf '%s' "$best"
}

# The words that may follow the command words given.
_hygie_next_words() {
	local prefix="${*:+$* }" name
	while read -r name; do
		[[ $name == "$prefix"* ]] || continue
		name=${name#"$prefix"}
		printf '%s\n' "${name%% *}"
	done < <(_hygie_commands) | sort -u
}

_hygie_files() {
	compopt -o filenames 2>/dev/null
	mapfile -t COMPREPLY < <(compgen "$1" -- "$2")
}

_hygie_complete_value() {
	local kind=$1 cur=$2
	case $kind in
	words:*) mapfile -t COMPREPLY < <(compgen -W "${kind#words:}" -- "$cur") ;;
	folder) _hygie_files -d "$cur" ;;
	file) _hygie_files -f "$cur" ;;
	esac
}

_hygie() {
	local cur=${COMP_WORDS[COMP_CWORD]} last=$((COMP_CWORD - 1)) command kind
	local typed=("${COMP_WORDS[@]:1:COMP_CWORD-1}")

	COMPREPLY=()
	# bash splits --name=value into three words.
	if [[ $cur == '=' ]]; then
		cur=
	elif [[ ${COMP_WORDS[last]} == '=' ]]; then
		last=$((last - 1))
	fi
	[[ ${typed[0]-} == help ]] && typed=("${typed[@]:1}")

	command=$(_hygie_command_of "${typed[@]}")
	if [[ -z $command ]]; then
		mapfile -t COMPREPLY < <(compgen -W "$(_hygie_next_words "${typed[@]}")
			$([[ $COMP_CWORD == 1 ]] && echo help --help --version)" -- "$cur")
		return
	fi
	if [[ ${COMP_WORDS[1]} == help ]]; then
		return
	fi
	kind=$(_hygie_value "$command" "${COMP_WORDS[last]}")
	if [[ $kind ]]; then
		_hygie_complete_value "$kind" "$cur"
	elif [[ $cur == -* ]]; then
		mapfile -t COMPREPLY < <(compgen -W "$(_hygie_options "$command") --help" -- "$cur")
	else
		_hygie_files -f "$cur"
	fi
}

complete -F _hygie hygie
