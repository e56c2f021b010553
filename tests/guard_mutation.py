#!/usr/bin/env python3
"""Mutated copies of files through hygie guard scan: guard_mutation.py HYGIE COUNT SEED FILE...

No signal may reach hygie, no run may take longer than SECONDS, none may need more than
MEMORY; every run ends with a report or with one error. Prints what became of them.
"""
import collections
import json
import os
import random
import resource
import subprocess
import sys
import tempfile

SECONDS = 30
MEMORY_KIB = 1536 * 1024
EXTREMES = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)


def mutate(data, rng):
    data = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 5, 20))):
        # heads and feet hold what lengths and counts there are
        near = rng.choice((len(data), 512, 4096))
        at = rng.randrange(max(1, min(len(data), near)))
        if rng.random() < 0.3:
            at = len(data) - 1 - at
        at = max(0, at)
        kind = rng.randrange(6)
        if kind == 0:
            data[at] ^= 1 << rng.randrange(8)
        elif kind == 1:
            data[at] = rng.randrange(256)
        elif kind == 2:
            size = rng.choice((2, 4, 8))
            value = rng.choice(EXTREMES).to_bytes(8, rng.choice(("little", "big")))
            data[at:at + size] = value[:size] if rng.random() < 0.5 else value[-size:]
        elif kind == 3:
            del data[at:at + rng.randrange(1, 64)]
        elif kind == 4:
            piece = data[at:at + rng.randrange(1, 256)]
            data[at:at] = piece * rng.randrange(1, 4)
        else:
            del data[rng.randrange(len(data)):]
        if not data:
            data = bytearray(b"\0")
    return bytes(data)


def scan(hygie, path):
    try:
        run = subprocess.run([hygie, "guard", "scan", "--quiet", "--format", "json", path],
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        return "timeout", False
    if run.returncode < 0 or run.returncode > 3 or run.returncode == 2:
        return "exit %d: %s" % (run.returncode, run.stderr.decode(errors="replace")), False
    if run.returncode == 3:
        return "refused", run.stderr.count(b"\n") >= 1
    tables = {t["id"]: t for t in json.loads(run.stdout)["tables"]}
    found = {row["fault"] for row in tables["faults"]["rows"]}
    for end in ("crashed", "endless", "damaged"):
        if end in found:
            return end, True
    return "read", True


def main():
    hygie, count, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    files = sorted(sys.argv[4:])
    tally = collections.Counter()
    bad = []
    with tempfile.TemporaryDirectory() as folder:
        for i in range(count):
            rng = random.Random(seed * 1000003 + i)
            source = files[i % len(files)]
            suffix = os.path.splitext(source)[1]
            path = os.path.join(folder, "mutant" + suffix)
            with open(source, "rb") as f:
                data = mutate(f.read(), rng)
            with open(path, "wb") as f:
                f.write(data)
            what, ok = scan(hygie, path)
            tally[what if ok else "bad"] += 1
            if not ok:
                bad.append("mutant %d of %s: %s" % (i, os.path.basename(source), what))
                if os.environ.get("KEEP"):
                    os.rename(path, os.path.join(os.environ["KEEP"], "%d%s" % (i, suffix)))
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    if most > MEMORY_KIB:
        bad.append("%d KiB of memory" % most)
    print(", ".join("%s %d" % (k, tally[k]) for k in sorted(tally)),
          "of %d; at most %d MiB" % (count, most >> 10))
    print("\n".join(bad))
    sys.exit(1 if bad else 0)


main()
