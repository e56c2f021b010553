#!/usr/bin/env python3
"""Whether reports of hygie guard scan say the same: guard_same.py FIRST.json OTHER.json...

--missing before them: only how many rows there are, and of each variable the missing share.
"""
import json
import sys

# of the file, not of what stands in it
OWN = ("faults", "kinds", "described", "checks", "failed")


def read(path):
    with open(path) as f:
        doc = json.load(f)
    return [doc["facts"]["rows"]] + [
        (t["id"], t["rows"]) for t in doc["tables"] if t["id"] not in OWN]


def read_missing(path):
    with open(path) as f:
        doc = json.load(f)
    table = [t for t in doc["tables"] if t["id"] == "variables"][0]
    return [doc["facts"]["rows"]] + [(r["variable"].lower(), r["missing"]) for r in table["rows"]]


paths = sys.argv[1:]
if paths[0] == "--missing":
    paths = paths[1:]
    read = read_missing
wanted = read(paths[0])
bad = 0
for path in paths[1:]:
    got = read(path)
    for a, b in zip(wanted, got):
        if a != b:
            bad = 1
            print(path, json.dumps(a)[:3000], json.dumps(b)[:3000], sep="\n  ")
    if len(got) != len(wanted):
        bad = 1
        print(path, "has other tables")
sys.exit(bad)
