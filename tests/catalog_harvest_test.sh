#!/bin/bash
# hygie catalog harvest: pages, feeds, CKAN; what did not change is not sent again; a run that was
# killed goes on; conflicts wait for a decision; hostile servers change nothing.
set -uo pipefail
NAME=catalog_harvest
. tests/check.sh
. tests/hub.sh
command -v python3 >/dev/null || skip "no python3"

here=$PWD
work_make
web=$work/web
mkdir "$web"
: >"$web/log"
python3 tests/catalog_server.py "$web" >"$work/port" &
peer=$!
trap 'kill $peer 2>/dev/null; hub_clean' EXIT
for _ in $(seq 100); do [ -s "$work/port" ] && break; sleep 0.05; done
peer_site=http://127.0.0.1:$(cat "$work/port")
store=${HYGIE_STORE:-sqlite}
hub_init "$store"

harvest() { "$hygie" catalog harvest "$hub" "$peer_site/$1" --source peer --private "${@:2}"; }
export_to() { "$hygie" catalog export "$hub" --quiet --to ntriples --out "$1"; }
fact() { sed -n "s/^$1 *\\([0-9]*\\)$/\\1/p" <<<"$output"; }

# Three pages of Turtle, 7 datasets each, as CKAN has them.
"$hygie" catalog synth --quiet --datasets 21 --variables 2 --base https://peer.example \
	--out "$work/synth.ttl"
sed 's/^</\n</' "$work/synth.ttl" >"$work/all.ttl" # a paragraph a subject
hydra=http://www.w3.org/ns/hydra/core#
# A page has a third of the blocks, and all the prefixes.
for i in 1 2 3; do
	awk -v RS= -v ORS='\n\n' -v page=$i 'NR == 1 || NR % 3 == page - 1' "$work/all.ttl" \
		>"$work/part.$i"
done
pages() { # page numbers and the whole
	local i
	for i in 1 2 3; do
		{
			cat "$work/part.$i"
			[ $i = 3 ] || echo "<http://SITE/c> <${hydra}nextPage>" \
				"<http://SITE/c.ttl?page=$((i + 1))> ."
			echo "<http://SITE/c> <${hydra}totalItems> 21 ."
		} >"$web/c.ttl?page=$i"
	done
	cp "$web/c.ttl?page=1" "$web/c.ttl"
}
pages
check_status 0 "three pages" harvest c.ttl
check_equal "pages" 3 "$(fact Pages)"
check_equal "datasets" 21 "$(fact 'Datasets told of')"
check_equal "drafts" 0 "$(fact 'Incomplete descriptions')"
export_to "$work/got.nt"
"$hygie" catalog export "$work/all.ttl" --quiet --to ntriples --out "$work/all.nt"
for file in all got; do
	sed 's/_:b[0-9]*/_:b/g' "$work/$file.nt" | LC_ALL=C sort >"$work/$file.sorted"
done
check_status 0 "what stands in the catalogue is what the pages say" \
	cmp "$work/all.sorted" "$work/got.sorted"
export_to "$work/before.nt"

: >"$web/log"
check_status 0 "again" harvest c.ttl
check_equal "nothing was sent again" "304 304 304" "$(awk '{print $3}' "$web/log" | xargs)"
check_equal "pages as before" 3 "$(fact 'Pages as before')"

printf '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>\n<x>&e;</x>' >"$web/reads.rdf"
printf '<html><body><p>not found</body></html>' >"$web/html.rdf"

# Hostile: each refused with words, and the catalogue as it was.
refused() { # STATUS PATH WORDS [OPTIONS]
	check_status "$1" "$2" harvest "$2" "${@:4}"
	check_has "$2" "$3"
}
refused 3 huge "is larger than" --megabytes 2
refused 3 bomb "is larger than" --megabytes 2
refused 3 slow "no whole answer in time" --patience 2
refused 3 html "its type is not one that is read"
refused 3 ring "the source goes round in a ring"
refused 3 loop "the source goes round in a ring"
refused 3 endless "more than 20 pages" --pages 20
refused 3 reads.rdf "line 1, column"
refused 3 html.rdf "line 1, column"
refused 3 lie "it promises 20 datasets, and all its pages have 1"
refused 3 redirect-ring "redirect"
refused 4 file "not http or https"
refused 4 private "an address of a private network"
refused 4 leads-private "an address of a private network"
refused 3 big-header "is larger than"
refused 3 cut "page 1"
refused 3 500 "it answered 500"
refused 3 none.ttl "it answered 404"
check_status 4 "without --private" "$hygie" catalog harvest "$hub" "$peer_site/c.ttl" --source x
check_status 2 "no web address" "$hygie" catalog harvest "$hub" file:///etc/hostname --source x
printf '<urn:x:a> a <urn:x:T> .\n<urn:x:b> "x" .\n' >"$web/wrong.ttl"
refused 3 wrong.ttl "line 2, column"
printf '<urn:x:a b> a <urn:x:T> .\n' >"$web/space.ttl"
refused 3 space.ttl "line 1, column"
(printf '<urn:x:a> <urn:x:p> "'; head -c 1100000 /dev/zero | tr '\0' x; printf '" .\n') \
	>"$web/literal.ttl"
refused 3 literal.ttl "a literal longer than allowed"
: >"$web/empty.ttl"
refused 3 empty.ttl "it describes no dataset"
export_to "$work/after.nt"
check_status 0 "all these changed nothing" cmp "$work/before.nt" "$work/after.nt"

# Killed in the middle: the pages that came stay, and are not asked for again.
for i in 1 2 3; do echo "# changed" >>"$web/c.ttl?page=$i"; done
cp "$web/c.ttl?page=1" "$web/c.ttl"
: >"$web/slow"
: >"$web/log"
"$hygie" catalog harvest "$hub" "$peer_site/c.ttl" --source peer --private --quiet \
	>/dev/null 2>&1 &
run=$!
for _ in $(seq 100); do [ "$(wc -l <"$web/log")" -ge 2 ] && break; sleep 0.05; done
sleep 0.2
kill -9 $run
wait $run 2>/dev/null
rm "$web/slow"
: >"$web/log"
check_status 0 "after kill -9" harvest c.ttl
[ "$(fact 'Pages of a run that stopped')" -ge 1 ]
verdict $? "it goes on" "$output"
[ "$(wc -l <"$web/log")" -le 2 ]
verdict $? "pages that came are not asked for again" "$(cat "$web/log")"

# The source changes one dataset and withdraws another; one was edited here.
d=https://peer.example/dataset/synth-000000
title='<http://purl.org/dc/terms/title>'
change() { # FILES... of dataset NUMBER: the English title becomes TEXT
	local number=$1 text=$2
	shift 2
	sed -i "\\|^<${d}$number> a |,/^\$/s|\\(dct:title .*\\)\"[^\"]*\"@en|\\1\"$text\"@en|" "$@"
}
for i in 1 2 3; do
	awk -v RS= -v ORS='\n\n' -v d="<${d}03> " 'index($0, d) != 1' "$work/part.$i" >"$work/x"
	mv "$work/x" "$work/part.$i"
done
change 04 "Changed there" "$work"/part.?
pages
sed -i 's/ 21 \./ 20 ./' "$web"/c.ttl*
awk -v RS= -v ORS='\n\n' -v d="<${d}05> " 'NR == 1 || index($0, d) == 1' "$work/all.ttl" \
	>"$work/edit.ttl"
change 05 "Edited here" "$work/edit.ttl"
"$hygie" catalog import "$hub" "$work/edit.ttl" --source desk --replace --quiet >/dev/null
check_status 0 "changed, withdrawn, edited" harvest c.ttl
check_equal "changed" 1 "$(fact 'Entities changed')"
check_equal "withdrawn" 1 "$(fact 'Entities withdrawn')"
check_equal "no conflict: there nothing was changed" 0 "$(fact Conflicts)"
export_to "$work/got.nt"
grep -q "Edited here" "$work/got.nt"
verdict $? "the edit stays"
! grep -q "^<${d}03>" "$work/got.nt"
verdict $? "withdrawn"

change 05 "Told there" "$work"/part.?
pages
sed -i 's/ 21 \./ 20 ./' "$web"/c.ttl*
check_status 1 "both changed it" harvest c.ttl
check_equal "conflict" 1 "$(fact Conflicts)"
check_has "which" "${d}05"
check_status 1 "the list" "$hygie" catalog conflicts "$hub"
check_has "ours" "Edited here"
check_has "theirs" "Told there"
export_to "$work/got.nt"
grep -q "Edited here" "$work/got.nt"
verdict $? "not overwritten"
check_status 0 "--keep ours" harvest c.ttl --keep ours
check_status 0 "no conflict is left" "$hygie" catalog conflicts "$hub"
check_status 0 "it holds" harvest c.ttl
export_to "$work/got.nt"
grep -q "Edited here" "$work/got.nt"
verdict $? "ours stayed"
check_status 0 "--keep theirs" harvest c.ttl --keep theirs
export_to "$work/got.nt"
grep -q "Told there" "$work/got.nt" && ! grep -q "Edited here" "$work/got.nt"
verdict $? "theirs came"
check_status 0 "where it comes from" "$hygie" catalog history "$hub" "${d}05" --format csv
check_has "who said it" "peer"
grep -q "Told there.*,peer,\|,peer,.*Told there" <<<"$output"
verdict $? "the field's source" "$output"

# Two sources, one identifier.
printf '<%s06> a <http://www.w3.org/ns/dcat#Dataset> ; %s "Another"@en .\n' "$d" "$title" \
	>"$web/other.ttl"
check_status 1 "two sources, one identifier" "$hygie" catalog harvest "$hub" \
	"$peer_site/other.ttl" --source other --private
check_has "which" "${d}06"

# CKAN's JSON, paged by start and rows.
package() {
	printf '{"id": "p%s", "title": "Package %s", "notes": "N", "tags": [{"name": "t"}],' $1 $1
	printf ' "organization": {"id": "o", "title": "O"},'
	printf ' "resources": [{"id": "r%s", "url": "https://f.example/%s"}]}' "$1" "$1"
}
answer() { printf '{"success": true, "result": {"count": %s, "results": [%s]}}' "$1" "$2"; }
answer 3 "$(package 1),$(package 2)" >"$web/search.json?rows=2"
answer 3 "$(package 3)" >"$web/search.json?rows=2&start=2"
check_status 0 "CKAN" "$hygie" catalog harvest "$hub" "$peer_site/search.json?rows=2" \
	--source ckan --private
check_equal "packages" 3 "$(fact 'Datasets told of')"
check_equal "what CKAN tells is not enough for HealthDCAT-AP" 3 "$(fact 'Incomplete descriptions')"
export_to "$work/got.nt"
grep -q "<$peer_site/dataset/p3> $title \"Package 3\"" "$work/got.nt"
verdict $? "a package of the second page"
answer 9 "$(package 1),$(package 2)" >"$web/search.json?rows=2"
answer 9 "" >"$web/search.json?rows=2&start=2"
check_status 3 "CKAN lies" "$hygie" catalog harvest "$hub" "$peer_site/search.json?rows=2" \
	--source ckan --private
check_has "CKAN lies" "it promises 9 packages, and has none behind the first 2"

# A feed of another: fixed pages are not asked for twice; order is by time; deletes count.
feed=https://w3id.org/tree#
as=https://www.w3.org/ns/activitystreams#
activity() { # number act object title
	local time=http://www.w3.org/2001/XMLSchema#dateTime
	echo "<http://SITE/a$1> a <${as}$2> ; <${as}object> <urn:x:$3> ;"
	echo "<${as}published> \"2026-01-0${1}T10:00:00Z\"^^<$time> ."
	echo "<http://SITE/f> <${feed}member> <http://SITE/a$1> ."
	[ "$2" = Delete ] || echo "<http://SITE/a$1> {" \
		"<urn:x:$3> a <http://www.w3.org/ns/dcat#Dataset> ; $title \"$4\" . }"
}
{
	echo "<http://SITE/f> <${feed}view> <http://SITE/f1.trig> ."
	echo "<http://SITE/f1.trig> <${feed}relation> [ <${feed}node> <http://SITE/f2.trig> ] ."
	activity 2 Update one "Second" # before the first: order is by time
	activity 1 Create one "First"
	activity 3 Create two "Two"
} >"$web/f1.trig"
: >"$web/f1.trig.fixed"
activity 4 Create three "Three" >"$web/f2.trig"
feed_harvest() { "$hygie" catalog harvest "$hub" "$peer_site/f1.trig" --source feed --private; }
check_status 0 "a feed" feed_harvest
export_to "$work/got.nt"
grep -q '<urn:x:one>.*"Second"' "$work/got.nt" && ! grep -q '"First"' "$work/got.nt"
verdict $? "the later one counts" "$(grep urn:x: "$work/got.nt")"
{
	activity 4 Create three "Three"
	activity 5 Delete two
	activity 6 Update three "Three again"
} >"$web/f2.trig"
: >"$web/log"
check_status 0 "the feed grew" feed_harvest
check_equal "the fixed page is not asked for" "GET /f2.trig 200" "$(cat "$web/log")"
check_equal "withdrawn" 1 "$(fact 'Entities withdrawn')"
export_to "$work/got.nt"
grep -q '"Three again"' "$work/got.nt" && grep -q '"Second"' "$work/got.nt" &&
	! grep -q '<urn:x:two>' "$work/got.nt"
verdict $? "the feed's state" "$(grep urn:x: "$work/got.nt")"
{
	activity 7 Create four "a"
	activity 7 Create four "a" | sed 's|/a7>|/a8>|g'
} >"$web/tie.trig"
check_status 3 "which came later?" "$hygie" catalog harvest "$hub" "$peer_site/tie.trig" \
	--source tie --private
check_has "which came later?" "at one time"
cd "$here" || exit 1
check_status 0 "the audit log holds" "$hygie" audit verify "$hub"
# A portal that speaks RDF/XML, on two pages.
rdf=http://www.w3.org/1999/02/22-rdf-syntax-ns#
for i in 1 2; do
	cat >"$web/x.rdf?page=$i" <<END
<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="$rdf" xmlns:dct="http://purl.org/dc/terms/" xmlns:hydra="$hydra"
	xmlns:dcat="http://www.w3.org/ns/dcat#">
<dcat:Dataset rdf:about="https://xml.example/dataset/$i">
	<dct:title xml:lang="fr">Registre &amp; suivi $i</dct:title>
	<dct:publisher><rdf:Description rdf:about="https://xml.example/agent/1"/></dct:publisher>
</dcat:Dataset>
<hydra:PagedCollection rdf:about="$peer_site/x.rdf">
	<hydra:totalItems>2</hydra:totalItems>
	$([ $i = 2 ] || echo "<hydra:nextPage rdf:resource='$peer_site/x.rdf?page=2'/>")
</hydra:PagedCollection>
</rdf:RDF>
END
done
cp "$web/x.rdf?page=1" "$web/x.rdf"
check_status 0 "RDF/XML" "$hygie" catalog harvest "$hub" "$peer_site/x.rdf" --source xml --private
check_equal "its datasets" 2 "$(fact 'Datasets told of')"
check_status 0 "its title" "$hygie" catalog export "$hub" --quiet --to ntriples
check_has "its title" '<http://purl.org/dc/terms/title> "Registre & suivi 2"@fr'
check_done
