#!/bin/bash
# Three kills each morning, while mails go out by SMTP.
set -euo pipefail
NAME=portal_mail_kill
cd "$(dirname "$0")/.."
source tests/portal_mail_kill.sh
command -v node >/dev/null || skip "no node"
command -v python3 >/dev/null || skip "no python3"
work_make
hub_clock
undisturbed
killed_by_smtp 3
