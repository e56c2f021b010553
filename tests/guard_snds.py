"""A synthetic SNDS in CSV, dirtied: one fault of each kind a schema can see, and their list.

usage: guard_snds.py dirty FOLDER    plants them, prints "check table variable row" a line
       guard_snds.py compare GUARD.json SNDS.csv
                                     whether both checks counted the same, cell by cell
"""
import csv
import json
import sys


def read(path):
    with open(path, newline="") as f:
        rows = list(csv.reader(f))
    return rows[0], rows[1:]


def write(path, header, rows):
    with open(path, "w", newline="") as f:
        csv.writer(f, lineterminator="\n").writerows([header] + rows)


def dirty(folder):
    planted = []

    def change(table, column, row, value, check):
        header, rows = tables.setdefault(table, read(f"{folder}/{table}.csv"))
        rows[row - 1][header.index(column)] = value
        planted.append((check, table, column, row))

    tables = {}
    change("IR_BEN_R", "BEN_NAI_ANN", 5, "19x7", "schema.type")
    change("IR_BEN_R", "BEN_SEX_COD", 7, "7", "schema.enum")
    change("ER_PRS_F", "EXE_SOI_DTD", 11, "2018-02-30", "schema.type")
    change("ER_PRS_F", "PRS_NAT_REF", 13, "123456789012", "schema.max_length")
    change("T_MCO18B", "SOR_ANN", 3, "2017", "schema.minimum")
    change("T_MCO18B", "SOR_MOI", 4, "13", "schema.pattern")
    header, rows = tables["IR_BEN_R"]
    rows.append(list(rows[8]))
    planted.append(("schema.key", "IR_BEN_R", "BEN_NIR_PSA+BEN_RNG_GEM", len(rows)))
    key = header.index("BEN_NIR_PSA")
    rows.append(["" if i == key else x for i, x in enumerate(rows[9])])
    planted.append(("schema.key_missing", "IR_BEN_R", "BEN_NIR_PSA+BEN_RNG_GEM", len(rows)))
    header, rows = tables.setdefault("IR_IMB_R", read(f"{folder}/IR_IMB_R.csv"))
    rows[1][header.index("BEN_NIR_PSA")] = "NOBODY"
    planted.append(("schema.link", "IR_IMB_R", "BEN_NIR_PSA+BEN_RNG_GEM", 2))
    header, rows = tables.setdefault("T_MCO18C", read(f"{folder}/T_MCO18C.csv"))
    header[header.index("ETA_NUM")] = "ETA_NO"
    planted.append(("schema.field_missing", "T_MCO18C", "", 0))
    planted.append(("schema.field_extra", "T_MCO18C", "", 0))
    for table, (header, rows) in tables.items():
        write(f"{folder}/{table}.csv", header, rows)
    for fault in planted:
        print(*fault, sep="\t")


SAME = {"schema.type": "cell.type", "schema.pattern": "cell.type",
        "schema.max_length": "cell.length", "schema.enum": "code.member",
        "schema.minimum": "cell.year", "schema.maximum": "cell.year",
        "schema.key": "key.unique", "schema.key_missing": "key.missing",
        "schema.link": "link.orphan"}


def compare(guard, snds):
    ours, theirs = {}, {}
    with open(guard) as f:
        tables = json.load(f)["tables"]
    for check in [t for t in tables if t["id"] == "checks"][0]["rows"]:
        if check["check"] in SAME and check["violations"]:
            name = SAME[check["check"]], check["table"], check["variable"]
            ours[name] = ours.get(name, 0) + check["violations"]
    with open(snds, newline="") as f:
        for row in csv.DictReader(f):
            if row["check"] in SAME.values():
                name = row["check"], row["table"], row["column"]
                theirs[name] = theirs.get(name, 0) + int(row["violations"])
    for name in sorted(set(ours) | set(theirs)):
        if ours.get(name, 0) != theirs.get(name, 0):
            print(*name, "guard", ours.get(name, 0), "snds", theirs.get(name, 0))
    print(len(theirs), "kinds of violations compared", file=sys.stderr)


if __name__ == "__main__":
    dirty(sys.argv[2]) if sys.argv[1] == "dirty" else compare(sys.argv[2], sys.argv[3])
