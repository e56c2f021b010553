#!/bin/bash
# Bombs, floods and slow ones against a hub that runs: bounded in time and memory.
set -euo pipefail
NAME=portal_bombs
cd "$(dirname "$0")/.."
source tests/hub.sh
command -v node >/dev/null || skip "no node"
work_make
hub_init
token=$("$HYGIE_SAMPLES/sample_portal_people" "$hub" 1 1)
hub_serve
node tests/portal_bombs.mjs "$site" "$token" "$server"
hub_stop
"$hygie" hub check "$hub" --quiet >/dev/null
