#!/bin/bash
# The example of docs/exchange-format.md is opened by a program that knows only that page.
set -uo pipefail
/usr/bin/python3 -c 'import nacl' 2>/dev/null || { echo "SKIPPED: no python3-nacl"; exit 77; }
/usr/bin/python3 tests/exchange_format.py docs/exchange-format.md
