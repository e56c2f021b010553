#!/bin/bash
# The journey of portal_journey_test.sh in both languages on both stores.
set -euo pipefail
NAME=portal_journey
. tests/portal_journey.sh

for store in sqlite postgres; do
	for language in fr en; do
		play "$store" "$language"
	done
done
HYGIE_LANGUAGE=en bash tests/portal_committee_test.sh
