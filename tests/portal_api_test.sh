#!/bin/bash
# The API against its description (openapi.json): valid, its parameters, its errors, its examples.
set -euo pipefail
NAME=portal_api
cd "$(dirname "$0")/.."
source tests/hub.sh
command -v node >/dev/null || skip "no node"
[ -d node_modules/@seriousme ] || skip "no openapi-schema-validator (npm ci)"
work_make
hub_init
"$hygie" desk synth "$hub" --applications 60 --quiet
person() {
	printf '%s\t' "$1"
	"$HYGIE_SAMPLES/sample_portal_people" "$hub" 1 1 "$@"
}
{
	person applicant desk:write
	person officer "desk:read account:read tokens:read ingest:read catalog:read"
	person holder "catalog:write ingest:write"
	person admin accounts:write
} >"$work/tokens"
hub_serve
node tests/portal_api.mjs "$site" "$work/tokens"
hub_stop
