#!/bin/bash
# A person finds a dataset in the catalogue, reads its page, puts two into the basket, compares
# them, signs in and lands in a pre-filled application; with SQLite and with PostgreSQL. axe-core
# finds no violation. A holder writes a description, is told at the field what is wrong, publishes,
# looks at it again, brings a spreadsheet, decides conflicts with a harvest in both languages;
# pictures stay in HYGIE_PICTURES.
set -euo pipefail
NAME=portal_catalog
. tests/hub.sh

# Another catalogue, whose harvest brings what a holder here wrote otherwise.
conflicts() {
	local peer
	mkdir "$work/peer"
	python3 tests/catalog_server.py "$work/peer" >"$work/peer.port" &
	peer=$!
	for _ in $(seq 100); do [ -s "$work/peer.port" ] && break; sleep 0.05; done
	HYGIE=$hygie node tests/portal_conflict.mjs "$site" "$hub/outbox" "$pictures" "$hub" \
		"$work/peer" "http://127.0.0.1:$(cat "$work/peer.port")" 3
	kill $peer
}

# Of one dataset a scan and a label are there: the catalogue goes in with what they tell.
known() {
	local iri=https://hub.example/dataset/synth-00000000
	(
		echo 'id;sex;dept'
		for i in $(seq 300); do
			echo "$i;$((i % 30 == 0 ? 3 : i % 2 + 1));$((i % 4 + 75))"
		done
	) >"$work/base.csv"
	"$hygie" guard scan "$work/base.csv" --quiet --risk none --format json >"$work/scan.json"
	"$hygie" guard label "$work/scan.json" --template "$work/form.json" >/dev/null
	sed -i "s|\"iri\": \"\"|\"iri\": \"$iri\"|" "$work/form.json"
	"$hygie" guard label "$work/scan.json" --form "$work/form.json" --turtle "$work/label.ttl" \
		>/dev/null
	"$hygie" catalog import "$hub" "$work/catalog.ttl" --quiet --dataset "$iri" --values \
		--variables "$work/scan.json" --label "$work/label.ttl" >/dev/null
}

journey() {
	work_make
	hub_init "$1"
	hub_invite applicant
	hub_invite holder
	"$hygie" account invite "$hub" second@hub.example --name "Holder Two" --role holder --quiet
	"$hygie" catalog synth --datasets 60 --variables 6 --out "$work/catalog.ttl" --quiet
	known
	hub_serve
	[ "$1" = sqlite ] || export HYGIE_LOOK=no
	node tests/portal_catalog.mjs "$site" "$hub/outbox" "$pictures"
	node tests/portal_holder.mjs "$site" "$hub/outbox" "$pictures"
	# What the site exports is what went in: as many datasets, no statement that is not there.
	curl -s "$site/catalog/export.csv" >"$work/export.csv"
	grep -q '^identifier,' "$work/export.csv"
	[ "$(wc -l <"$work/export.csv")" = 62 ] # and the one that the holder wrote
	curl -s "$site/api/v1/catalog?size=100" >"$work/api.json"
	[ "$(grep -o '"iri"' "$work/api.json" | wc -l)" = 61 ]
	curl -s "$site/catalog/export.ttl" >"$work/export.ttl"
	# Those that were imported keep to the profile; what the holder wrote misses obligations.
	! "$hygie" catalog validate "$work/export.ttl" --quiet --format json >"$work/judged"
	grep -q '"conforming": "60"' "$work/judged"
	curl -s -D "$work/heads" -o "$work/embed" "$site/en/embed/catalog"
	grep -q "frame-ancestors 'none'" "$work/heads"
	! grep -qi '^set-cookie' "$work/heads"
	conflicts
	hub_stop
	"$hygie" audit verify "$hub" --quiet >/dev/null
}

browser_or_skip
(journey sqlite)
(journey postgres)
