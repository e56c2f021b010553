"""Random tables and schemas, judged by hygie and by frictionless-py (PyPI): the same findings.

What frictionless 5.21 lacks of version 2 (groupChar of integers, exclusiveMinimum) is left to
lib/guard/tests/schema_test.c.

usage: guard_frictionless.py HYGIE ROUNDS SEED
Skips (77) where frictionless is not installed.
"""
import csv
import json
import os
import random
import subprocess
import sys

try:
    from frictionless import Resource, Schema
except ImportError:
    print("frictionless is not installed")
    sys.exit(77)

FIELDS = [
    ({"type": "integer"}, ["12", "-7", "0012", "x", "1.5", ""]),
    ({"type": "number", "groupChar": ","}, ["100,000", "12", "1.000", "a"]),
    ({"type": "integer", "bareNumber": False}, ["95%", "EUR 12", "nothing"]),
    ({"type": "integer", "constraints": {"minimum": 3, "maximum": 9}}, ["3", "9", "2", "10", ""]),
    ({"type": "number"}, ["1.5", "-0.25", "1e3", "a", "1,5", ""]),
    ({"type": "number", "decimalChar": ","}, ["1,5", "12", "a"]),
    ({"type": "number", "constraints": {"minimum": 0}}, ["0.1", "0", "-1"]),
    ({"type": "boolean"}, ["true", "False", "1", "yes", ""]),
    ({"type": "boolean", "trueValues": ["oui"], "falseValues": ["non"]}, ["oui", "non", "true"]),
    ({"type": "date"}, ["2018-01-31", "2018-02-30", "31/01/2018", ""]),
    ({"type": "date", "format": "%d/%m/%Y"}, ["31/01/2018", "30/02/2018", "2018-01-31"]),
    ({"type": "date", "format": "%d%b%Y"}, ["31JAN2018", "31XXX2018"]),
    ({"type": "date", "constraints": {"maximum": "2018-06-30"}}, ["2018-06-30", "2018-07-01"]),
    ({"type": "datetime"}, ["2018-01-31T12:00:00", "2018-01-31T12:00:00Z", "2018-01-31", "x"]),
    ({"type": "time"}, ["12:00:00", "25:00:00", "noon"]),
    ({"type": "year"}, ["2018", "x", "18"]),
    ({"type": "yearmonth"}, ["2018-01", "2018-13", "x"]),
    ({"type": "geopoint"}, ["90.5, 45.5", "190.5, 45.5", "x"]),
    ({"type": "object"}, ['{"a": 1}', "[1]", "x"]),
    ({"type": "array"}, ["[1, 2]", '{"a": 1}', "x"]),
    ({"type": "string", "constraints": {"required": True}}, ["a", "b", ""]),
    ({"type": "string", "constraints": {"enum": ["F", "M"]}}, ["F", "M", "X", ""]),
    ({"type": "string", "constraints": {"pattern": "[A-Z][0-9]{2}"}}, ["I21", "I2", "XI21"]),
    ({"type": "string", "constraints": {"minLength": 2, "maxLength": 3}}, ["a", "ab", "éèà", "abcd"]),
    ({"type": "string", "format": "email"}, ["a@b.fr", "a"]),
    ({"type": "string", "format": "uuid"}, ["123e4567-e89b-12d3-a456-426614174000", "123"]),
    ({"type": "any"}, ["a", "1", ""]),
    ({"type": "string", "constraints": {"unique": True}}, None),
]
CONSTRAINTS = {"required": "schema.required", "enum": "schema.enum", "pattern": "schema.pattern",
               "minLength": "schema.min_length", "maxLength": "schema.max_length",
               "minimum": "schema.minimum", "maximum": "schema.maximum",
               "exclusiveMinimum": "schema.minimum", "exclusiveMaximum": "schema.maximum",
               "unique": "schema.unique"}


def make(r):
    chosen = r.sample(FIELDS, r.randrange(2, 7))
    fields = [dict(json.loads(json.dumps(f)), name=f"v{i}") for i, (f, _) in enumerate(chosen)]
    rows = [[r.choice(v) if v else f"u{r.randrange(40)}" for _, v in chosen] for _ in range(30)]
    # a row without any value is a blank row to frictionless
    rows = [row if any(row) else ["z"] + row[1:] for row in rows]
    return {"fields": fields}, rows


def ours(hygie):
    run = subprocess.run([hygie, "guard", "scan", "table.csv", "--schema", "schema.json", "--header",
                          "yes", "--structure", "--quiet", "--format", "json"],
                         capture_output=True, check=False)
    tables = json.loads(run.stdout)["tables"]
    found = {}
    for check in [t for t in tables if t["id"] == "checks"][0]["rows"]:
        if check["check"].startswith("schema.") and check["violations"]:
            found[check["check"], check["variable"]] = check["violations"]
    return found


def theirs():
    resource = Resource(path="table.csv", schema=Schema.from_descriptor(
        json.load(open("schema.json"))))
    resource.infer()
    report = resource.validate(limit_errors=10000)
    found = {}
    for error in report.tasks[0].errors:
        if error.type == "type-error":
            name = "schema.type", error.field_name
        elif error.type in ("constraint-error", "unique-error"):
            kind = "unique" if error.type == "unique-error" else next(
                k for k in CONSTRAINTS if f'"{k}"' in error.note)
            name = CONSTRAINTS[kind], error.field_name
        else:
            name = error.type, ""
        found[name] = found.get(name, 0) + 1
    return found


def main():
    hygie, rounds, seed = os.path.abspath(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    failed = compared = 0
    for n in range(rounds):
        schema, rows = make(random.Random(f"{seed} {n}"))
        with open("schema.json", "w") as f:
            json.dump(schema, f)
        with open("table.csv", "w", newline="") as f:
            w = csv.writer(f, lineterminator="\n")
            w.writerow([x["name"] for x in schema["fields"]])
            w.writerows(rows)
        a, b = ours(hygie), theirs()
        compared += len(b)
        types = {x["name"]: {k: v for k, v in x.items() if k != "name"} for x in schema["fields"]}
        for name in sorted(set(a) | set(b)):
            if a.get(name, 0) != b.get(name, 0):
                failed += 1
                print(n, *name, types.get(name[1]), "hygie", a.get(name, 0), "frictionless",
                      b.get(name, 0))
    print(rounds, "schemas,", compared, "kinds of findings,", failed, "differ")
    return failed > 0 or compared == 0


sys.exit(main())
