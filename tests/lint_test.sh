#!/bin/bash
# tools/lint finds what it promises to find: each case plants one failing in a small tree.
set -uo pipefail
. tests/check.sh

if ! command -v git >/dev/null; then
	echo "SKIPPED: needs git (tools/bootstrap lint)"
	exit 77
fi
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
export LINT_ROOT=$dir/tree

# A tree without a failing.
fresh() {
	rm -rf "$LINT_ROOT"
	mkdir -p "$LINT_ROOT"/lib/{base,io,snds/sql,snds/tests,omop} "$LINT_ROOT"/{cmd,docs}
	git init -q "$LINT_ROOT"
	cp .clang-format "$LINT_ROOT"
	cd "$LINT_ROOT" || exit 1
	local module
	for module in base io snds omop; do
		echo "# $module" >lib/$module/README.md
		printf '#ifndef %s_A_H\n#endif\n' ${module^^} >lib/$module/a.h
	done
	printf '#include "snds/a.h"\n\n#include "io/a.h"\n' >lib/snds/a.c
	printf '\nconst char *name = "snds/sql/one.sql";\n' >>lib/snds/a.c
	echo "SELECT 1" >lib/snds/sql/one.sql
	printf 'const struct command cmd_snds_a = {\n    .name = "snds a",\n};\n' >cmd/snds_a.c
	printf '```console\n$ hygie snds a --help\n```\n' >docs/snds-a.md
	echo "[a](snds-a.md)" >docs/README.md
	cd "$OLDPWD" || exit 1
}

# plant CHECK WHAT FILE: a fresh tree with stdin added to FILE must not pass, for WHAT.
plant() {
	fresh
	mkdir -p "$(dirname "$LINT_ROOT/$3")"
	cat >>"$LINT_ROOT/$3"
	check_status 1 "$1: $2" tools/lint "$1"
	check_has "$1: names the file" "$3:"
	check_has "$1: says what" "$2"
}

# leave CHECK TITLE FILE: the same tree must pass.
leave() {
	fresh
	mkdir -p "$(dirname "$LINT_ROOT/$3")"
	cat >>"$LINT_ROOT/$3"
	check_status 0 "$1: $2" tools/lint "$1"
}

fresh
check_status 0 "a clean tree" tools/lint layers source names manual clean
check_status 2 "no such check" tools/lint nonsense

if command -v clang-format-14 >/dev/null; then
	plant format "should be clang-formatted" lib/io/b.c <<<'int  f( void ) ;'
	plant format "101 columns" lib/io/b.c <<<"/* $(printf '%095d' 0) */"
	leave format "100 columns, a wide letter" lib/io/b.c <<<"/* $(printf '%093d' 0)é */"
	plant format "108 columns" lib/io/b.sql < <(printf '\t%0100d\n' 0)
fi
plant layers "io must not include snds" lib/io/b.c <<<'#include "snds/a.h"'
plant layers "omop must not include snds" lib/omop/b.c <<<'#include "snds/a.h"'
plant layers "base must not include io" lib/base/b.c <<<'#include "io/a.h"'
plant layers "without its folder" lib/io/b.c <<<'#include "a.h"'
leave layers "two of a floor, in a test" lib/sdc/tests/b.c <<<'#include "stats/a.h"'
plant layers "sdc must not include stats" lib/sdc/b.c <<<'#include "stats/a.h"'
plant layers "omop must not include snds" lib/omop/tests/b.c <<<'#include "snds/a.h"'
leave layers "a test's own header" lib/io/tests/b.c <<<'#include "close.h"'

plant source "malloc() outside lib/base" lib/io/b.c <<<'	p = malloc(3);'
plant source "strtol() outside lib/base" cmd/b.c <<<'	n = strtol(text, NULL, 10);'
plant source "alloca() is never used" lib/base/b.c <<<'	p = alloca(n);'
plant source "goto" lib/base/b.c <<<'	goto out;'
plant source "typedef of a struct" lib/io/b.h <<<'typedef struct thing thing;'
plant source "never print, log or exit" lib/io/b.c <<<'	printf("hello\n");'
leave source "words in comments, strings, longer names" lib/io/b.c <<'E'
/* malloc(3) and goto hell
   printf("x") */
	say("malloc(3); goto x");
	my_malloc(3);
	x->exit(2);
	fprintf(out, "x");
E
leave source "base may" lib/base/b.c <<<'	p = malloc(3);'
plant source "SQL of more than a line" lib/io/b.c <<'E'
	run("SELECT a "
	    "FROM b");
E
leave source "other text of two lines" lib/io/b.c <<'E'
	run("SELECT a FROM b");
	say("one "
	    "two");
E
plant source "function of 81 lines" lib/io/b.c < <(echo '{'; seq 81 | sed 's/^/\t/'; echo '}')
leave source "function of 80 lines" lib/io/b.c < <(echo '{'; seq 80 | sed 's/^/\t/'; echo '}')
plant source "601 lines" lib/io/b.c < <(seq 601)

plant names "its guard is not IO_B_H" lib/io/b.h <<<'#ifndef OTHER_H'
plant names "nothing names it" lib/snds/sql/two.sql <<<'SELECT 2'
plant names "no embedded file snds/sql/3.sql" lib/snds/b.c <<<'x = embed_find("snds/sql/3.sql");'
plant manual "no page of docs/ shows" cmd/b.c <<'E'
const struct command cmd_b = {
	.name = "b",
};
E
plant manual "docs/README.md does not list it" docs/b.md <<<'# b'
plant clean "path of a machine" docs/b.md <<<"see /wo""rk/main/x"
plant clean "or a registry" lib/io/b.c <<<'x = "https://regis''try.example.org/a";'
plant clean '"resolved" names a registry' package-lock.json <<<'"resolved": "x"'
leave clean "a sentence that ends" docs/b.md <<<'It is in the registry. And at home/work/x.'

fresh
rm "$LINT_ROOT/lib/io/README.md"
check_status 1 "no README" tools/lint names
check_has "the folder is named" "lib/io:1: no README.md"
check_done
