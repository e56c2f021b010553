#!/bin/bash
# A parent and two child hubs on loopback, on both stores: children push, the parent harvests, a
# dataset is edited, withdrawn, in conflict, and at the end all three say the same.
set -uo pipefail
NAME=catalog_federation
. tests/check.sh
. tests/hub.sh
command -v node >/dev/null || skip "no node"

site_of() { echo "${sites[$1]}"; }
api() { echo "$(site_of parent)/api/v1"; }
fact() { sed -n "s/^$1 *\([0-9]*\)$/\1/p" <<<"$output"; }
hygie() { "$hygie" catalog "$@"; }
push() { hygie push "$work/$1" --to "$(api)" --key "$work/$1.key" --private "${@:2}"; }
harvest() { hygie harvest "$work/$1" "$(site_of "$2")/$3" --source "$2" --private "${@:4}"; }
dataset() { echo "$(site_of "$1")/dataset/synth-0000000$2"; }
said() { # HUB: what the public sees of it, without paging and labels of blank nodes
	curl -s "$(site_of "$1")/catalog.nt" | grep -v '/catalog.nt' |
		sed 's/_:[A-Za-z0-9.]*/_:b/g' | LC_ALL=C sort >"$work/$1.said"
}
# NUMBER TITLE of HUB's dataset, as a file
edited() {
	hygie export "$work/$1" --quiet | sed 's/^</\n</' |
		awk -v RS= -v ORS='\n\n' -v d="<$(dataset "$2" "$3")> " \
			'NR == 1 || index($0, d) == 1' |
		sed "s|\(dct:title .*\)\"[^\"]*\"@en|\1\"$4\"@en|" >"$work/edited.ttl"
	grep -q "\"$4\"@en" "$work/edited.ttl"
	verdict $? "$4"
}
call() { # METHOD PATH KEYFILE [CURL OPTIONS]: status; the answer in $work/answer
	curl -s -o "$work/answer" -w '%{http_code}' -X "$1" -H "X-API-Key: $(cat "$3")" "${@:4}" \
		"$(api)$2"
}

federate() { # STORE
	local h
	for h in parent a b; do
		hub_named $h
		hub_init "$1"
	done
	for h in a b; do
		hygie synth --quiet --datasets 5 --variables 2 --seed $((RANDOM + 1)) \
			--base "$(site_of $h)" --out "$work/$h.ttl"
		hygie import "$work/$h" "$work/$h.ttl" --quiet >/dev/null
		"$hygie" account token "$work/parent" "$h@hub.example" --organisation "Centre $h" \
			>"$work/$h.key"
	done
	check_status 1 "no parent yet: everything waits" push a
	check_equal "waiting" 5 "$(fact Waiting)"
	for h in parent a b; do
		hub_use $h
		hub_serve
	done

	check_status 1 "not due yet" push a
	check_equal "still waiting" 5 "$(fact Waiting)"
	check_status 0 "a pushes" push a --all
	check_equal "sent" 5 "$(fact Sent)"
	check_has "valid there" "conforming"
	echo wrong >"$work/wrong.key"
	check_status 4 "a wrong key" hygie push "$work/b" --to "$(api)" --key "$work/wrong.key" \
		--private
	check_status 0 "b pushes" push b
	check_status 0 "again" push b
	check_equal "nothing new" 5 "$(fact 'As before')"
	check_equal "whoami" 200 "$(call GET /api-keys/whoami "$work/a.key")"
	check_equal "its provider" '"organisation-1"' \
		"$(grep -o '"organisation-1"' "$work/answer")"
	check_equal "whoami without a key" 401 "$(call GET /api-keys/whoami "$work/wrong.key")"

	# The contract, by hand: another's dataset, what is not there, wrong Turtle, idempotence.
	hygie export "$work/a.ttl" --quiet --out "$work/five.ttl"
	local turtle=(-H 'Content-Type: text/turtle' --data-binary)
	check_equal "five at once" 400 \
		"$(call POST /ingest/datasets "$work/a.key" "${turtle[@]}" @"$work/five.ttl")"
	check_equal "wrong Turtle" 400 \
		"$(call POST /ingest/datasets "$work/a.key" "${turtle[@]}" '<urn:x:a> "')"
	grep -q "line 1, column" "$work/answer"
	verdict $? "where it is wrong" "$(cat "$work/answer")"
	local one='<urn:x:one> a <http://www.w3.org/ns/dcat#Dataset> .' id
	check_equal "POST" 200 "$(call POST /ingest/datasets "$work/a.key" "${turtle[@]}" "$one")"
	grep -q '"state": *"incomplete"' "$work/answer" && grep -q '"message_fr"' "$work/answer"
	verdict $? "published, with what is missing" "$(head -c 300 "$work/answer")"
	id=$(grep -o '"id": *"[^"]*"' "$work/answer" | cut -d'"' -f4)
	check_equal "POST again" 200 \
		"$(call POST /ingest/datasets "$work/a.key" "${turtle[@]}" "$one")"
	check_equal "the same identifier" "$id" \
		"$(grep -o '"id": *"[^"]*"' "$work/answer" | cut -d'"' -f4)"
	check_equal "another's" 403 "$(call PUT "/ingest/datasets/origin?originalId=$id" \
		"$work/b.key" "${turtle[@]}" "$one")"
	check_equal "another's, as new" 403 \
		"$(call POST /ingest/datasets "$work/b.key" "${turtle[@]}" "$one")"
	check_equal "another's, withdrawn" 403 "$(call DELETE "/ingest/datasets/$id" "$work/b.key")"
	check_equal "not there" 404 "$(call DELETE /ingest/datasets/none "$work/a.key")"
	check_equal "DELETE" 200 "$(call DELETE "/ingest/datasets/$id" "$work/a.key")"
	check_equal "says so" '{"status":"deleted","id":"'"$id"'"}' "$(tr -d ' \n' <"$work/answer")"
	check_equal "DELETE again" 404 "$(call DELETE "/ingest/datasets/$id" "$work/a.key")"
	check_equal "not Turtle" 415 \
		"$(call POST /ingest/datasets "$work/a.key" -H 'Content-Type: text/csv' -d x)"

	# The parent reads what it was sent: nothing new. The children read the parent.
	check_status 0 "the parent harvests a's feed" harvest parent a catalog/feed
	check_equal "nothing new" 0 "$(fact 'Entities added')"
	check_status 0 "the parent harvests b's pages" harvest parent b catalog.ttl
	check_equal "nothing changed" 0 "$(fact 'Entities changed')"
	check_status 0 "b harvests the parent's feed" harvest b parent catalog/feed
	check_equal "none incomplete" 0 "$(fact 'Incomplete descriptions')"
	check_status 0 "a harvests the parent's pages" harvest a parent catalog.ttl
	agree "all three"

	# A dataset edited, another withdrawn.
	edited a a 1 "Edited at a"
	hygie import "$work/a" "$work/edited.ttl" --replace --quiet >/dev/null
	hygie withdraw "$work/a" "$(dataset a 2)" --quiet
	check_status 0 "a pushes what changed" push a
	check_equal "one sent" 1 "$(fact Sent)"
	check_equal "one withdrawn" 1 "$(fact Withdrawn)"
	# What two sources tell of goes when both have withdrawn it.
	check_status 0 "the parent reads a's feed" harvest parent a catalog/feed
	check_status 0 "b reads on in the feed" harvest b parent catalog/feed
	check_equal "changed" 1 "$(fact 'Entities changed')"
	check_status 0 "a reads the pages again" harvest a parent catalog.ttl
	agree "after an edit and a withdrawal"
	! grep -q "$(dataset a 2)>" "$work/b.said"
	verdict $? "withdrawn everywhere"

	# A conflict: the parent edits b's dataset, and so does b.
	edited parent b 3 "Edited at the parent"
	hygie import "$work/parent" "$work/edited.ttl" --source desk --replace --quiet >/dev/null
	edited b b 3 "Edited at b"
	hygie import "$work/b" "$work/edited.ttl" --replace --quiet >/dev/null
	check_status 0 "b pushes" push b
	check_has "and is told" "conflict"
	check_status 1 "the parent's conflicts" hygie conflicts "$work/parent" --format json
	check_has "theirs" "Edited at b"
	check_has "ours" "Edited at the parent"
	said parent
	grep -q "Edited at the parent" "$work/parent.said"
	verdict $? "nothing is overwritten"
	local source
	source=$(grep -o 'ingest/[^"]*' <<<"$output" | head -1)
	check_status 0 "decided" hygie decide "$work/parent" "$(dataset b 3)" --source "$source" \
		--keep theirs
	check_status 0 "no conflict is left" hygie conflicts "$work/parent"
	check_status 0 "a reads" harvest a parent catalog/feed
	check_status 0 "b reads" harvest b parent catalog/feed
	agree "after a decision"
	grep -q "Edited at b" "$work/a.said"
	verdict $? "the decision is everywhere"
	for h in parent a b; do
		check_status 0 "the audit log of $h" "$hygie" audit verify "$work/$h" --quiet
	done

	negotiate
	for h in parent a b; do
		hub_use $h
		hub_stop
	done
}

agree() {
	said parent
	for h in a b; do
		said $h
		check_status 0 "$1: $h says what the parent says" \
			cmp "$work/parent.said" "$work/$h.said"
	done
	[ -s "$work/parent.said" ]
	verdict $? "$1: something"
}

get() { # PATH [CURL OPTIONS]: status and type
	curl -s -o "$work/answer" -D "$work/head" -w '%{http_code} %{content_type}' "${@:2}" \
		"$(site_of parent)$1"
}
negotiate() {
	local path
	path=/catalog/$(printf '%s' "$(dataset a 1)" | sha256sum | head -c 16)
	check_equal "Turtle" "200 text/turtle; charset=utf-8" \
		"$(get "$path" -H 'Accept: text/turtle')"
	grep -qi '^vary: accept' "$work/head"
	verdict $? "Vary"
	grep -q "Edited at a" "$work/answer"
	verdict $? "the dataset"
	check_status 0 "another reader takes it" serdi -q -o ntriples "$work/answer"
	check_equal "q-values" "200 application/ld+json" \
		"$(get "$path" -H 'Accept: text/turtle;q=0.4, application/ld+json;q=0.8')"
	check_status 0 "JSON" node -e 'JSON.parse(require("fs").readFileSync(process.argv[1]))' \
		"$work/answer"
	check_equal "N-Triples" "200 application/n-triples" \
		"$(get "$path" -H 'Accept: application/n-triples')"
	check_equal "TriG" "200 application/trig; charset=utf-8" \
		"$(get "$path" -H 'Accept: application/trig')"
	check_equal "nothing that is there" 406 "$(get "$path" -H 'Accept: image/png' | cut -c1-3)"
	check_equal "people get a page" 303 \
		"$(get "$path" -H 'Accept: text/html,*/*;q=0.8' | cut -c1-3)"
	check_equal "unknown" 404 \
		"$(get /catalog/0123456789abcdef -H 'Accept: text/turtle' | cut -c1-3)"
	check_equal "pages" "200 text/turtle; charset=utf-8" "$(get '/catalog.ttl?page=1')"
	grep -q "hydra/core#totalItems> \"9\"^^" "$work/answer"
	verdict $? "how many" "$(grep totalItems "$work/answer")"
	check_equal "no such page" 404 "$(get '/catalog.ttl?page=2' | cut -c1-3)"
	get /catalog.ttl >/dev/null
	local etag
	etag=$(sed -n 's/^[Ee][Tt]ag: *\([^\r]*\).*/\1/p' "$work/head")
	check_equal "not sent again" 304 \
		"$(get /catalog.ttl -H "If-None-Match: $etag" | cut -c1-3)"
	check_equal "the feed's first page never changes" 1 \
		"$(get /catalog/feed/1 >/dev/null; grep -ci immutable "$work/head")"
}

for store in sqlite postgres; do
	work_make
	if [ $store = postgres ] && ! compgen -G "/usr/lib/postgresql/*/bin/initdb" >/dev/null; then
		echo "SKIPPED: PostgreSQL" >&2
		break
	fi
	federate $store
	hub_clean
done
check_done
