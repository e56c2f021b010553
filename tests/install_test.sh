#!/bin/bash
# An installed hygie runs from anywhere and needs neither build tree nor node_modules.
set -uo pipefail
. tests/check.sh

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
build=$(dirname "$HYGIE")
check_status 0 "install" cmake --install "$build" --prefix "$dir/first"
mv "$dir/first" "$dir/moved"

check_status 0 "the installed program runs" "$dir/moved/bin/hygie" --version
check_equal "it is the same version" "$("$HYGIE" --version)" "$output"
output=$(ldd "$dir/moved/bin/hygie" | awk '$1 == "libduckdb.so" {print $3}')
if [[ $output && -e $dir/moved/lib/hygie/libduckdb.so ]]; then
	check_equal "it finds the library beside it" "$dir/moved/lib/hygie/libduckdb.so" \
		"$(realpath "$output")"
fi
check_equal "its search path is that alone" '[$ORIGIN/../lib/hygie]' \
	"$(readelf -d "$dir/moved/bin/hygie" | grep -E 'RPATH|RUNPATH|NEEDED.*/' | grep -o '\[.*')"

check_same "the completion is the program's" <("$HYGIE" completion bash) \
	"$dir/moved/share/bash-completion/completions/hygie"
output=$(bash -c ". '$dir/moved/share/bash-completion/completions/hygie' && complete -p hygie")
check_has "the installed completion is sourced" "_hygie"

check_status 0 "install below DESTDIR" \
	env DESTDIR="$dir/staged" cmake --install "$build" --prefix /usr
[[ -x $dir/staged/usr/bin/hygie && -f $dir/staged/usr/share/bash-completion/completions/hygie ]]
verdict $? "all of it stands below DESTDIR"
check_done
