#!/bin/bash
# kill -9 of a hub that is being written to, five times on each store.
set -euo pipefail
NAME=portal_kill
cd "$(dirname "$0")/.."
source tests/portal_kill.sh
command -v node >/dev/null || skip "no node"
kill_rounds sqlite 5
kill_rounds postgres 5
