#!/bin/bash
# Three kills each morning, while mails go out by SMTP.
set -euo pipefail
NAME=portal_mail_kill
cd "$(dirname "$0")/.."
source tests/portal_mail_kill.sh
undisturbed
killed_by_smtp 3
