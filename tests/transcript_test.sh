#!/bin/bash
# The transcript runner: it must agree with what is right, and must not with what is wrong.
set -uo pipefail
. tests/check.sh

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
printf '#!/bin/bash\necho "hygie $*"\n' >"$dir/fake"
chmod +x "$dir/fake"
export HYGIE=$dir/fake HYGIE_SHARED=$dir/no-data

# run_page STATUS TITLE: the page on stdin must end so.
run_page() {
	cat >"$dir/page.md"
	check_status "$1" "$2" tests/transcript "$dir/page.md"
}

run_page 0 "no example" <<'E'
# A page
```c
$ false
```
E
run_page 0 "exact output, state kept, program found" <<'E'
```console
$ hygie one two
hygie one two
$ echo a >file
```
and
```console
$ cat file; echo b >&2
a
b
```
E
run_page 1 "other output" <<'E'
```console
$ echo a
b
```
E
run_page 1 "missing line" <<'E'
```console
$ echo a
a
b
```
E
run_page 1 "additional line" <<'E'
```console
$ printf 'a\nb\n'
a
```
E
run_page 1 "output where none is expected" <<'E'
```console
$ echo a
```
E
run_page 0 "line wildcards" <<'E'
```console
$ seq 1 9
1
...
5
...
9
$ seq 1 3
1
2
3
...
```
E
run_page 1 "line wildcard, wrong end" <<'E'
```console
$ seq 1 9
1
...
8
```
E
run_page 0 "wildcards inside a line" <<'E'
```console
$ echo took 12 ms, 3 rows
took … ms, … rows
$ echo aXbXc
…Xc
$ echo aXbXc
a…
```
E
run_page 1 "wildcard inside a line, wrong rest" <<'E'
```console
$ echo took 12 ms, 3 rows
took … s, … rows
```
E
run_page 1 "a wildcard does not match less than its ends" <<'E'
```console
$ echo aba
ab…ba
```
E
run_page 0 "exit statuses" <<'E'
```console
$ false  # exit 1
$ (echo no; exit 3)
no
[exit 3]
```
E
run_page 1 "unexpected failure" <<'E'
```console
$ exit 4
```
E
run_page 1 "failure that did not come" <<'E'
```console
$ true  # exit 1
```
E
run_page 0 "continued commands" <<'E'
```console
$ cat <<END
> a
> b
> END
a
b
$ echo c \
> d
c d
```
E
run_page 0 "skipped block" <<'E'
```console skip
$ false
```
E
run_page 77 "data that is not here" <<'E'
<!-- needs: shared/data/x -->
```console
$ false
```
E
mkdir -p "$dir/no-data/data/x"
run_page 0 "data that is here" <<'E'
<!-- needs: shared/data/x -->
```console
$ ls shared/data; ls "$SHARED/data"
x
x
```
E

cat >"$dir/page.md" <<'E'
# Title
```console
$ seq 1 4
1
...
5
$ echo 3 ms; echo new
… ms
old
$ echo text
$ exit 2
```
end
E
cat >"$dir/wanted.md" <<'E'
# Title
```console
$ seq 1 4
1
...
4
$ echo 3 ms; echo new
… ms
new
$ echo text
text
$ exit 2
[exit 2]
```
end
E
check_status 0 "--update runs" tests/transcript --update "$dir/page.md"
check_same "--update rewrites" "$dir/wanted.md" "$dir/page.md"
check_status 0 "an updated page agrees" tests/transcript "$dir/page.md"
check_done
