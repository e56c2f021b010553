#!/bin/bash
# Twelve kills each morning: in files with both stores, and by SMTP.
set -euo pipefail
NAME=portal_mail_kill_long
cd "$(dirname "$0")/.."
source tests/portal_mail_kill.sh
undisturbed
killed_in_files sqlite 12
killed_in_files postgres 12
killed_by_smtp 12
