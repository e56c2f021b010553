#!/bin/bash
# kill -9 of a hub that is being written to, a hundred times on each store.
set -euo pipefail
NAME=portal_kill_long
cd "$(dirname "$0")/.."
source tests/portal_kill.sh
command -v node >/dev/null || skip "no node"
kill_rounds sqlite 100
kill_rounds postgres 100
