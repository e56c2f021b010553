#!/bin/bash
# The legal calendar held against another program: cases counted by hand, and histories of chance.
set -euo pipefail
cd "$(dirname "$0")/.."
command -v python3 >/dev/null || { echo "SKIPPED: no python3" >&2; exit 77; }
python3 tests/desk_clocks_oracle.py . "$(realpath "${HYGIE:-build/hygie}")" "${WALKS:-45}"
