#!/bin/bash
# Truth and measure (lib/omop/tests/truth_test.c) in a nation of 30,000, where rare diseases occur.
set -uo pipefail

program=$(command -v hygie) || { echo "SKIPPED: hygie is not in PATH"; exit 77; }
HYGIE_TRUTH_PATIENTS=30000 exec "$(dirname "$program")/tests/test_omop_truth"
