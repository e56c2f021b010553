#!/bin/bash
# Random schemas and tables, judged by hygie and by frictionless-py of PyPI: the same findings.
# Skipped where python3 (or $PYTHON) has no frictionless.
set -uo pipefail

HYGIE=$(realpath "$HYGIE")
helper=$(realpath tests/guard_frictionless.py)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
"${PYTHON:-python3}" "$helper" "$HYGIE" "${ROUNDS:-200}" 1
