#!/bin/bash
# An OpenID provider (tests/issuer.mjs) that hangs: everybody else's pages go on.
set -euo pipefail
NAME=portal_hang
. tests/hub.sh

command -v node >/dev/null || skip "no node"
work_make
node tests/issuer.mjs >"$work/issuer" &
issuer_pid=$!
trap 'kill $issuer_pid; hub_clean' EXIT
for _ in $(seq 100); do
	[ ! -s "$work/issuer" ] || break
	sleep 0.1
done
issuer=$(cat "$work/issuer")
hub_named hub
hub_init
cat >>"$hub/hub.conf" <<-END
	oidc_issuer = $issuer
	oidc_client = hub
	oidc_secret = keys/oidc.secret
	oidc_name_en = National Login
	oidc_name_fr = Connexion nationale
END
echo "a secret of tests" >"$hub/keys/oidc.secret"
hub_serve
node tests/portal_hang.mjs "$site" "$issuer"
hub_stop
"$hygie" audit verify "$hub" --quiet >/dev/null
