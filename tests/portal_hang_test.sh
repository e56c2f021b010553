#!/bin/bash
# An OpenID provider (tests/issuer.mjs) that hangs: everybody else's pages go on.
set -euo pipefail
NAME=portal_hang
. tests/hub.sh

command -v node >/dev/null || skip "no node"
work_make
issuer_start
hub_named hub
hub_init
issuer_named
hub_serve
node tests/portal_hang.mjs "$site" "$issuer"
hub_stop
"$hygie" audit verify "$hub" --quiet >/dev/null
