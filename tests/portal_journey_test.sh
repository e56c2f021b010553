#!/bin/bash
# A standard application in browsers from everybody's invitation to the permit and the public sheet:
# whole in French on SQLite, whole in English on PostgreSQL. The other two: portal_journey_long.sh.
set -euo pipefail
NAME=portal_journey
. tests/portal_journey.sh

play "${HYGIE_STORE:-sqlite}" "${HYGIE_LANGUAGE:-fr}"
[ -n "${HYGIE_STORE-}${HYGIE_LANGUAGE-}" ] || play postgres en
