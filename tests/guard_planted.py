"""A planted-fault test set for hygie guard scan, made from a seed: 61 faults, each with a clean
twin; 29 kinds of identifiers and the like; 20 columns that look like some and are none.

usage: guard_planted.py HYGIE FOLDER [SEED]     what was missed or invented, a line each

Numbers with keys are made here by their own definitions (NIR: 97 - N mod 97; IBAN: mod 97;
RPPS, SIRET: Luhn), not by hygie's code.
"""
import csv
import gzip
import json
import os
import random
import subprocess
import sys

hygie, folder = sys.argv[1], sys.argv[2]
rnd = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
told = []
faults_planted = 0


def scan(path, *more):
    done = subprocess.run([hygie, "guard", "scan", path, "--quiet", "--format", "json", *more],
                          capture_output=True, text=True, timeout=60)
    if not done.stdout:
        told.append(f"{path}: no document: {done.stderr.strip()}")
        return {}
    return {t["id"]: t["rows"] for t in json.loads(done.stdout)["tables"]}


def violations(tables, check):
    return sum(r["violations"] or 0 for r in tables.get("checks", [])
               if r["check"] == check and (r["percent"] or 0) > r["threshold"])


def planted(check, faulty, clean, *more, name="x.csv"):
    """Bytes with the fault and without; the check counts some in one and none in the other."""
    global faults_planted
    faults_planted += 1
    for data, wanted in ((faulty, True), (clean, False)):
        path = os.path.join(folder, f"{'faulty' if wanted else 'clean'}_{name}")
        with open(path, "wb") as f:
            f.write(data)
        tables = scan(path, *more)
        if (violations(tables, check) > 0) != wanted:
            told.append(f"{check}: {'missed' if wanted else 'invented in the clean twin'}")
        if not wanted:
            told.extend(f"{check}: its clean twin has {r['check']}"
                        for r in tables.get("checks", [])
                        if r["severity"] == "error" and r["violations"])


HEADER = ["id", "day", "weight", "ward", "note"]


def rows(n=400):
    return [[str(1000 + i), f"2018-{1 + i % 12:02}-{1 + i % 28:02}", f"{40 + i % 60}.{i % 9 + 1}",
             rnd.choice(["MED", "CHI", "OBS"]), rnd.choice(["seen", "known", "called"])]
            for i in range(n)]


def text(table, header=HEADER, end="\n"):
    return "".join(";".join(r) + end for r in [header] + table).encode()


def changed(column, value, at=(7,)):
    table = rows()
    for i in at:
        table[i][HEADER.index(column)] = value
    return text(table)


def column_of(values):
    return text([[*r[:2], str(v), *r[3:]] for r, v in zip(rows(len(values)), values)])


def faults_of_files():
    good = text(rows())
    lines = good.split(b"\n")
    swap = lambda i, line: b"\n".join(lines[:i] + [line] + lines[i + 1:])
    packed = gzip.compress(good * 9)
    planted("file.cut", packed[:len(packed) // 2], packed, name="x.csv.gz")
    planted("file.no_rows", lines[0] + b"\n", good)
    planted("file.short_row", swap(5, b"1;2"), good)
    planted("file.long_row", swap(5, lines[5] + b";x"), good)
    planted("file.blank_row", swap(5, b"\n" + lines[5]), good)
    planted("file.nul_byte", swap(5, lines[5] + b"\0"), good)
    planted("file.open_quote", good + b'1;2;"3;4;5\n', good)
    planted("file.stray_quote", swap(5, lines[5].replace(b";", b';a"b', 1)), good)
    planted("file.mixed_line_ends", swap(5, lines[5] + b"\r"), good)
    planted("file.no_last_line_end", good[:-1], good)
    objects = [json.dumps({"a": i, "b": {"c": "x"}}) for i in range(50)]
    same = "\n".join(objects).encode() + b"\n"
    for check, line in (("bad_line", '{"a":1'), ("deep_line", '{"a":{"b":{"c":1}}}'),
                        ("name_twice", '{"a":1,"a":2}')):
        bad = "\n".join(objects[:9] + [line] + objects[9:]).encode() + b"\n"
        planted("file." + check, bad, same, "--max-depth", "2", name="x.jsonl")
    planted("header.duplicate", text(rows(), ["id", "day", "day", "ward", "note"]), good)
    planted("header.blank", text(rows(), ["id", "day", "", "ward", "note"]), good)


def faults_of_cells():
    good = text(rows())
    planted("variable.empty", text([[*r[:4], ""] for r in rows()]), good)
    planted("variable.constant", text([[*r[:4], "same"] for r in rows()]), good)
    planted("cell.missing", changed("weight", ""), good)
    planted("cell.missing_word", changed("ward", "NA"), good)
    planted("cell.sentinel", changed("weight", "999"), good)
    planted("cell.sentinel", changed("day", "1900-01-01"), good)
    planted("cell.mixed_type", changed("weight", "heavy"), good)
    planted("cell.mixed_decimal", changed("weight", "70,5"), good)
    planted("cell.mixed_date", changed("day", "31/01/2018"), good)
    planted("cell.padded", changed("ward", " MED"), good)
    planted("cell.control", changed("ward", "ME\x07D"), good)
    accents = text([[*r[:4], "vu \xe9t\xe9"] for r in rows(9000)])
    planted("cell.encoding", accents[:-4] + b"\xe9\n", accents)
    planted("cell.future", changed("day", "2095-01-01"), good)
    normal = [round(rnd.gauss(70, 9), 1) for _ in range(400)]
    planted("cell.outlier", column_of(normal[:-2] + [700.5, 800.5]), column_of(normal))
    whole = [rnd.randrange(20, 99) for _ in range(400)]
    planted("cell.heaped", column_of([v - v % 5 for v in whole]), column_of(whole))
    months = [[str(i), f"{2016 + i // 1200}-{1 + i // 100 % 12:02}-{1 + i % 28:02}", "1.5", "A",
               f"n{i}"] for i in range(3600)]
    hole = [r for i, r in enumerate(months) if not r[1].startswith("2017-05") or i % 50 == 0]
    planted("month.drop", text(hole), text(months))
    planted("cell.robust_z", column_of(normal[:-8] + [150.5, 5.5] * 4), column_of(normal))
    table = rows()
    planted("row.repeated", text(table + [table[3]]), text(table))


def laboratory(n=6000):
    """Examinations of 30 months in four establishments; glucose in two units, converted."""
    table = []
    for i in range(n):
        glucose = i % 2 == 0
        mmol = rnd.lognormvariate(1.7, 0.2)
        unit = "g/L" if i % 3 == 0 else "mmol/L"
        value = mmol / 5.55 if unit == "g/L" else mmol
        if not glucose:
            value, unit = rnd.lognormvariate(4.3, 0.25), "µmol/L"
        table.append([str(i), f"{2019 + i % 30 // 12}-{1 + i % 12:02}-{1 + i % 28:02}",
                      rnd.choice(["750712184", "690781810", "130786049", "590780193"]),
                      "GLY" if glucose else "CREAT", f"{value:.2f}", unit,
                      "" if rnd.random() < 0.05 else f"{rnd.gauss(70, 9):.1f}"])
    return table


LABORATORY = ["numero", "date_prelevement", "finess", "examen", "valeur", "unite", "poids"]


def faults_of_groups():
    table = laboratory()
    good = text(table, LABORATORY)

    def bad(change):
        return text([change(i, list(r)) for i, r in enumerate(table)], LABORATORY)

    def set_where(where, column, value):
        at = LABORATORY.index(column)
        return bad(lambda i, r: r[:at] + [value(r[at]) if where(i, r) else r[at]] + r[at + 1:])

    planted("missing.month", set_where(lambda i, r: r[1] >= "2021", "poids", lambda v: ""), good)
    planted("missing.month", set_where(lambda i, r: r[1][:7] == "2020-05" and i % 3, "poids",
                                       lambda v: "NA"), good)
    split = [[r[0], r[1][:4], r[1][5:7], *r[2:]] for r in table]
    gone = [[*r[:-1], ""] if r[1] + r[2] >= "202101" else r for r in split]
    header = ["numero", "annee", "mois", *LABORATORY[2:]]
    planted("missing.month", text(gone, header), text(split, header))
    joined = [[r[0], r[1] + r[2], *r[3:]] for r in gone]
    header = ["numero", "EXE_SOI_AMD", *LABORATORY[2:]]
    planted("missing.month", text(joined, header),
            text([[r[0], r[1] + r[2], *r[3:]] for r in split], header))
    planted("missing.site", set_where(lambda i, r: r[2] == "590780193", "poids", lambda v: ""),
            good)
    planted("unit.missing", set_where(lambda i, r: i % 9 == 0, "unite", lambda v: ""), good)
    planted("unit.mixed", good, text([r for r in table if r[5] != "g/L"], LABORATORY))
    planted("unit.range", set_where(lambda i, r: i % 40 == 0, "valeur",
                                    lambda v: str(float(v) * 1000)), good)
    planted("unit.wrong", set_where(lambda i, r: r[3] == "GLY" and i % 60 == 0, "unite",
                                    lambda v: "mmol/L" if v == "g/L" else "g/L"), good)
    wide = [[r[0], r[1], r[4] if r[3] == "GLY" else "", r[5] if r[3] == "GLY" else ""]
            for r in table]
    wrong = [r[:3] + ["g/L"] if i % 60 == 2 and r[3] else r for i, r in enumerate(wide)]
    header = ["numero", "date_prelevement", "glycemie", "unite_glycemie"]
    planted("unit.wrong", text(wrong, header), text(wide, header))


SCHEMA = {"fields": [
    {"name": "id", "type": "integer", "constraints": {"minimum": 1000, "maximum": 1399}},
    {"name": "day", "type": "date", "constraints": {"required": True}},
    {"name": "weight", "type": "number", "constraints": {"unique": False}},
    {"name": "ward", "constraints": {"enum": ["MED", "CHI", "OBS"]}},
    {"name": "note", "constraints": {"minLength": 3, "maxLength": 6, "pattern": "[a-z]+"}}],
    "primaryKey": "id"}


def faults_of_schemas():
    path = os.path.join(folder, "schema.json")
    with open(path, "w") as f:
        json.dump(SCHEMA, f)
    good = text(rows())
    with_schema = ("--schema", path)
    for check, column, value in (
            ("type", "day", "2018-02-30"), ("required", "day", ""), ("minimum", "id", "999"),
            ("maximum", "id", "2000"), ("enum", "ward", "XXX"), ("min_length", "note", "ab"),
            ("max_length", "note", "abcdefg"), ("pattern", "note", "ABCD"),
            ("key", "id", "1001"), ("key_missing", "id", "")):
        planted("schema." + check, changed(column, value), good, *with_schema)
    table = rows()
    planted("schema.field_missing", text([r[:4] for r in table], HEADER[:4]), good, *with_schema)
    planted("schema.field_extra", text([r + ["1"] for r in table], HEADER + ["more"]), good,
            *with_schema)
    planted("schema.field_order", text([[r[1], r[0], *r[2:]] for r in table],
                                       ["day", "id", "weight", "ward", "note"]),
            good, *with_schema)
    SCHEMA["fields"][0]["constraints"]["unique"] = True
    del SCHEMA["primaryKey"]
    with open(path, "w") as f:
        json.dump(SCHEMA, f)
    planted("schema.unique", changed("id", "1001"), good, *with_schema)
    rules = os.path.join(folder, "rules.json")
    with open(rules, "w") as f:
        json.dump({"rules": [{"id": "ward.known", "that": "ward <> 'XXX'"}]}, f)
    planted("ward.known", changed("ward", "XXX"), good, "--rules", rules)


def package(name, mother, tables=("person", "visit")):
    pack = os.path.join(folder, name)
    os.mkdir(pack)
    person = {"name": "person", "path": "person.csv", "schema": {
        "fields": [{"name": "num"}], "primaryKey": "num"}}
    visit = {"name": "visit", "path": "visit.csv", "schema": {
        "fields": [{"name": "num"}, {"name": "ward"}],
        "foreignKeys": [{"fields": "num", "reference": {"resource": "person", "fields": "num"}}]}}
    with open(os.path.join(pack, "datapackage.json"), "w") as f:
        json.dump({"resources": [person, visit]}, f)
    files = {"person": "num\n1\n2\n", "visit": f"num,ward\n1,A\n{mother},B\n", "other": "x,y\n1,2\n"}
    for table in tables:
        with open(os.path.join(pack, table + ".csv"), "w") as f:
            f.write(files[table])
    return scan(pack, "--schema", os.path.join(pack, "datapackage.json"))


def faults_of_packages():
    global faults_planted
    clean = package("clean", "2")
    for check, tables in (("link", package("link", "9")),
                          ("table_missing", package("missing", "2", ("person",))),
                          ("table_unknown", package("unknown", "2", ("person", "visit", "other")))):
        faults_planted += 1
        if not violations(tables, "schema." + check):
            told.append(f"schema.{check}: missed")
        if violations(clean, "schema." + check):
            told.append(f"schema.{check}: invented in the clean twin")


def digits(n):
    return "".join(rnd.choice("0123456789") for _ in range(n))


def luhn(n):
    body = digits(n - 1)
    total = 0
    for i, c in enumerate(reversed(body)):
        d = int(c) * (2 if i % 2 == 0 else 1)
        total += d - 9 if d > 9 else d
    return body + str(-total % 10)


def nir13():
    return (f"{rnd.randint(1, 2)}{rnd.randint(0, 99):02}{rnd.randint(1, 12):02}"
            f"{rnd.randint(1, 95):02}{rnd.randint(1, 900):03}{rnd.randint(1, 999):03}")


def nir():
    body = nir13()
    return body + f"{97 - int(body) % 97:02}"


def iban():
    bban = digits(23)
    return f"FR{98 - int(bban + '152700') % 97:02}{bban}"


def day(first, last):
    return f"{rnd.randint(first, last)}-{rnd.randint(1, 12):02}-{rnd.randint(1, 28):02}"


def word(n, letters="abcdefghijklmnopqrstuvwxyz"):
    return "".join(rnd.choice(letters) for _ in range(n))


FIRST = ["Jean", "Marie", "Pierre", "Anne", "Paul", "Lucie", "Louis", "Emma", "Jacques", "Claire",
         "Michel", "Julie", "Alain", "Sophie", "Nicolas", "Camille"]
LAST = ["MARTIN", "BERNARD", "THOMAS", "PETIT", "ROBERT", "RICHARD", "DURAND", "DUBOIS", "MOREAU",
        "LAURENT", "SIMON", "MICHEL", "LEFEBVRE", "LEROY", "ROUX", "DAVID", "BERTRAND", "MOREL",
        "FOURNIER", "GIRARD", "BONNET", "DUPONT", "LAMBERT", "FONTAINE"]
TALK = ["patient seen today", "no pain at night", "back in two weeks", "blood pressure is fine"]
pick = rnd.choice

KINDS = [
    ("nir", "NIR", nir), ("ins", "matricule_ins", nir), ("nir", "num_secu", nir13),
    ("ipp", "IPP", lambda: digits(8)), ("iep", "NDA", lambda: digits(9)),
    ("surname", "nom_naissance", lambda: pick(LAST)), ("first_name", "prenom", lambda: pick(FIRST)),
    ("full_name", "nom_prenom", lambda: f"{pick(LAST)} {pick(FIRST)}"),
    ("address", "adresse", lambda: f"{rnd.randint(1, 99)} rue du {pick(LAST).title()}"),
    ("phone", "telephone", lambda: "06" + digits(8)),
    ("email", "courriel", lambda: f"{word(7)}@example.org"), ("iban", "iban", iban),
    ("passport", "passeport", lambda: f"{digits(2)}{word(2, 'ABCDEFGH')}{digits(5)}"),
    ("id_card", "cni", lambda: digits(12)),
    ("plate", "plaque", lambda: f"{word(2, 'ABCDEFGH')}-{digits(3)}-{word(2, 'ABCDEFGH')}"),
    ("rpps", "rpps", lambda: luhn(11)),
    ("adeli", "adeli", lambda: f"{rnd.randint(1, 95):02}{digits(7)}"),
    ("ip", "adresse_ip", lambda: ".".join(str(rnd.randint(1, 250)) for _ in range(4))),
    ("text_identity", "commentaire", lambda: f"{pick(TALK)}, NIR {nir()}"),
    ("birth_date", "date_naissance", lambda: day(1930, 2005)),
    ("death", "date_deces", lambda: day(2015, 2019)),
    ("postcode", "code_postal", lambda: f"{rnd.randint(1, 95):02}{digits(3)}"),
    ("commune", "code_commune", lambda: f"{rnd.randint(1, 95):02}{digits(3)}"),
    ("sex", "sexe", lambda: pick("12")), ("age", "age", lambda: str(rnd.randint(0, 99))),
    ("profession", "profession", lambda: pick(["nurse", "baker", "teacher"])),
    ("uuid", "uuid", lambda: "-".join(word(n, "0123456789abcdef") for n in (8, 4, 4, 4, 12))),
    ("pseudonym", "num_ano", lambda: word(64, "0123456789abcdef")),
    ("coordinate", "gps", lambda: f"{rnd.uniform(42, 51):.5f}, {rnd.uniform(-4, 8):.5f}"),
    ("diagnosis", "cim10", lambda: f"{word(1, 'CEIJ')}{digits(2)}.{digits(1)}"),
]

CLEAN = [
    ("numero_lot", lambda: digits(9)), ("numero_serie", lambda: digits(10)),
    ("code_produit", lambda: digits(11)), ("numero_facture", lambda: digits(12)),
    ("gtin", lambda: digits(13)), ("numero_commande", lambda: digits(14)),
    ("imei", lambda: luhn(15)), ("montant", lambda: f"{rnd.uniform(1, 900):.2f}"),
    ("finess", lambda: luhn(9)), ("siret", lambda: luhn(14)), ("cim10", KINDS[-1][2]),
    ("date_soin", lambda: day(2018, 2019)), ("nom_service", lambda: pick(["CARDIO", "ONCO"])),
    ("commentaire", lambda: f"{pick(TALK)} lot {digits(6)}"), ("annee", lambda: day(2000, 2019)[:4]),
    ("IDE_INS_COM", lambda: digits(5)), ("IPP_ANN_NAI", lambda: day(1950, 1990)[:4]),
    ("NIR_RET", lambda: pick("0123") + digits(1)), ("BEN_DTE_INS", lambda: day(2018, 2019)),
    ("RAT_IPP_TAU", lambda: str(rnd.randint(1, 99))),
]


def make_columns(path, columns):
    with open(path, "w", newline="") as f:
        out = csv.writer(f, delimiter=";", lineterminator="\n")
        out.writerow([c[0] for c in columns])
        for _ in range(300):
            out.writerow([c[1]() for c in columns])
    return {r["variable"]: r for r in scan(path, "--risk", "none").get("sensitive", [])}


def identifiers():
    found = make_columns(os.path.join(folder, "kinds.csv"), [k[1:] for k in KINDS])
    for kind, name, _ in KINDS:
        got = found.get(name, {}).get("kind")
        if got != kind:
            told.append(f"{name}: {kind} is {got}")
    found = make_columns(os.path.join(folder, "twins.csv"), CLEAN)
    told.extend(f"{name}: a false direct identifier, {r['kind']}"
                for name, r in found.items() if r["class"] == "direct")


faults_of_files()
faults_of_cells()
faults_of_groups()
faults_of_schemas()
faults_of_packages()
identifiers()
for line in told:
    print(line)
print(faults_planted, "faults,", len({k[0] for k in KINDS}), "kinds,", len(CLEAN), "clean twins",
      file=sys.stderr)
