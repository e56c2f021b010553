#!/bin/bash
# The string kernels against rapidfuzz (PyPI) on HYGIE_PAIRS (2,000,000) random pairs: the same
# Jaro-Winkler similarity to 1e-7 and the same OSA distance. HYGIE_PYTHON has it.
set -uo pipefail

python=${HYGIE_PYTHON:-python3}
if ! "$python" -c 'import rapidfuzz' 2>/dev/null; then
	echo "SKIPPED: $python has no rapidfuzz (pip install rapidfuzz; HYGIE_PYTHON names another)"
	exit 77
fi
"$HYGIE_SAMPLES/sample_link_similar" "${HYGIE_PAIRS:-2000000}" | "$python" -c '
import sys
from rapidfuzz.distance import JaroWinkler, OSA
wrong = count = 0
for line in sys.stdin:
    a, b, similarity, distance = line.rstrip("\n").split(",")
    count += 1
    if abs(JaroWinkler.similarity(a, b) - float(similarity)) > 1e-7 \
            or OSA.distance(a, b) != int(distance):
        wrong += 1
        if wrong <= 5:
            print("FAILED:", line.strip(), JaroWinkler.similarity(a, b), OSA.distance(a, b))
print(count, "pairs,", wrong, "differ")
sys.exit(wrong > 0 or count == 0)'
