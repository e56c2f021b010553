#!/bin/bash
# hygie catalog serve: a file as a site, which leaves nothing behind; what is bad is refused.
set -uo pipefail
. tests/check.sh
NAME=catalog_serve
. tests/hub.sh
work_make
export TMPDIR=$work/tmp
mkdir "$TMPDIR"

"$hygie" catalog sample --out "$work/sample.ttl" --base https://hub.example --quiet
"$hygie" catalog serve "$work/sample.ttl" --name "Of a <file>" --listen 127.0.0.1:0 2>"$work/log" &
server=$!
hub_await

check_status 0 "the list" curl -fsS "$site/en/catalog"
check_has "all datasets" "18 datasets"
check_has "its name" "Of a &lt;file&gt;"
check_status 0 "a search" curl -fsS "$site/fr/catalog?q=parkinson"
check_has "one dataset" "1 jeu de données"
check_status 0 "the RDF" curl -fsS "$site/catalog.ttl"
check_has "a dataset in it" "dcat:Dataset"
check_status 0 "the sitemap" curl -fsS "$site/sitemap/datasets-1.xml"
check_has "addresses that are reached" "<loc>$site/en/catalog/"
check_status 22 "no desk without an account" curl -fsS "$site/api/v1/desk"
check_equal "a folder while it runs" 1 "$(ls "$TMPDIR" | wc -l)"
kill -INT "$server"
wait "$server"
check_equal "it ends well" 0 $?
server=
check_equal "no folder behind it" 0 "$(ls "$TMPDIR" | wc -l)"

printf 'no Turtle' >"$work/bad.ttl"
check_status 3 "a bad file" "$hygie" catalog serve "$work/bad.ttl"
check_has "its place" "bad.ttl: line 1"
check_status 2 "a name of two lines" "$hygie" catalog serve "$work/sample.ttl" \
	--name $'a\nstore = x'
check_status 2 "no name" "$hygie" catalog serve "$work/sample.ttl" --name ""
check_equal "nothing is left of them" 0 "$(ls "$TMPDIR" | wc -l)"
check_done
