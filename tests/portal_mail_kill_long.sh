#!/bin/bash
# Twelve kills each morning: in files with both stores, and by SMTP.
set -euo pipefail
NAME=portal_mail_kill_long
cd "$(dirname "$0")/.."
source tests/portal_mail_kill.sh
command -v node >/dev/null || skip "no node"
command -v python3 >/dev/null || skip "no python3"
work_make
hub_clock
undisturbed
killed_in_files sqlite 12
killed_in_files postgres 12
killed_by_smtp 12
