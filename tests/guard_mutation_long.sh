#!/bin/bash
# The same with 1,500 copies.
HYGIE_MUTANTS=1500 exec "$(dirname "$0")/guard_mutation_test.sh"
