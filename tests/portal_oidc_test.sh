#!/bin/bash
# Signing in through an OpenID provider (tests/issuer.mjs) in a real browser: with an invitation,
# again, at a weak level, linked, unlinked, confirmed, signed out; on both stores, in English and
# French, without a violation that axe-core finds. HYGIE_PICTURES keeps pictures for people.
set -euo pipefail
NAME=portal_oidc
. tests/hub.sh

browser_or_skip
work_make
issuer_start

# The hub must know its own address, and a port that is free now.
set_up() {
	local port
	port=$(free_port)
	sed -i '/^origin = /d' "$hub/hub.conf"
	issuer_named "origin = http://localhost:$port" "oidc_acr = eidas1"
	address=127.0.0.1:$port
}
journey() {
	set_up
	hub_invite admin --language en
	hub_invite applicant --language fr
	hub_serve --listen "$address"
	node tests/portal_oidc.mjs "http://localhost:${address#*:}" "$issuer" "$hub/outbox" \
		"$pictures"
	hub_stop
	"$hygie" audit verify "$hub" --quiet >/dev/null
}
hub_on_both journey
