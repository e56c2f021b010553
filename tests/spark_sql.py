#!/usr/bin/env python3
"""The SQL of hygie on Apache Spark, for tests/spark_sql_long.sh.

spark_sql.py list           each sample of sql_subset.csv gives on Spark what the list says
spark_sql.py parse          Spark's parser takes every file that is not "DuckDB only"
spark_sql.py replay TRACE   Spark runs what hygie ran (spark_trace.c) from the same inputs: each
                            statement of an SQL file gives the same rows

Prints "ok" and "FAILED" lines; exits 1 when there is a FAILED one.
"""

import csv
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
LIST = ROOT / "lib/table/tests/sql_subset.csv"
COMMANDS = ("CREATE ", "INSERT ", "DROP ")
QUERIES = ("SELECT ", "SELECT\n", "WITH ")
WORD = re.compile(r"@\w+@")


class Report:
    def __init__(self):
        self.good = 0
        self.bad = 0

    def say(self, good, title, detail=""):
        self.good += good
        self.bad += not good
        if not good:
            print(f"FAILED: {title}: {detail}"[:600])

    def end(self, what):
        print(f"{what}: {self.good} ok, {self.bad} failed")
        return 1 if self.bad or not self.good else 0


def session():
    from pyspark.sql import SparkSession

    spark = (SparkSession.builder.master("local[2]")
             .config("spark.ui.enabled", "false").config("spark.log.level", "OFF")
             .config("spark.sql.session.timeZone", "UTC")
             .config("spark.sql.shuffle.partitions", "2")
             .getOrCreate())
    print("Spark", spark.version)
    return spark


def as_hygie(spark):
    """Names in double quotes, backslashes that mean themselves: what a runner of the files sets."""
    spark.conf.set("spark.sql.ansi.doubleQuotedIdentifiers", "true")
    spark.conf.set("spark.sql.parser.escapedStringLiterals", "true")


def words_of(error):
    """Spark's message, from the Java error behind it too."""
    lines = [line.strip() for line in str(error).strip().split("\n")]
    causes = [line for line in lines if line.startswith(("Caused by", ": org."))]
    return " ".join([lines[0]] + causes[-1:])


def without_comments(sql):
    return "".join(line + "\n" for line in sql.split("\n") if not line.startswith("--")).strip()


def sections(sql):
    return [s.strip() for s in re.split(r";[ \t]*(?:\n|$)", sql) if s.strip()]


def is_statement(sql):
    return sql.startswith(COMMANDS + QUERIES)


def travelling():
    """Name and text, without comments, of each SQL file that is not for DuckDB only."""
    for path in sorted(ROOT.glob("lib/*/sql/**/*.sql")):
        sql = path.read_text()
        if not sql.startswith("-- DuckDB only: "):
            yield str(path.relative_to(ROOT)), without_comments(sql)


def answer(spark, sample):
    """The sample's one value as text, as sql_subset_test.c asks DuckDB."""
    command = sample.startswith(COMMANDS)
    if command:
        sql = sample
    elif sample.startswith(QUERIES):
        sql = f"SELECT CAST(x AS STRING) FROM ({sample}) AS q (x)"
    else:
        sql = f"SELECT CAST(({sample}) AS STRING)"
    try:
        rows = spark.sql(sql).collect()
    except Exception:  # each failing is an answer of the list
        return "error"
    if command:
        return "done"
    return "NULL" if rows[0][0] is None else rows[0][0]


def check_list(report):
    spark = session()
    with open(LIST, newline="", encoding="utf-8") as f:
        for row in csv.DictReader(f):
            got = answer(spark, row["sample"])
            report.say(got == row["spark"], row["sample"], f"{got}, not {row['spark']}")
    return report.end("samples")


def parse(parser, sql):
    """A file is statements, or an expression, several of them, a branch of CASE, a join."""
    if is_statement(sql):
        for section in sections(sql):
            parser.parsePlan(section)
    elif sql.startswith("WHEN "):
        parser.parsePlan(f"SELECT CASE {sql} END")
    elif sql.startswith(("LEFT JOIN ", "JOIN ")):
        parser.parsePlan(f"SELECT 1 FROM c {sql}")
    else:
        parser.parsePlan(f"SELECT {sql}")


STANDS_FOR = [  # where no name can stand
    (r"DATE '@\w+@'", "DATE '2020-01-01'"),
    (r"CASE\s+@\w+@", "CASE WHEN x THEN x"),  # a branch
    (r"\)@\w+@", ")"),  # another condition, or none
    (r"\) @\w+@", ") = x"),  # a comparison
    (r"@\w+@(?=[A-Z])", ""),  # joins, or none
]


def fillings(sql):
    """The file with something for each placeholder; a line of its own may be joins, or none."""
    for what, stand_in in STANDS_FOR:
        sql = re.sub(what, stand_in, sql)
    return [WORD.sub("x", sql), WORD.sub("x", re.sub(r"(?m)^[ \t]*@\w+@(?=;?$)", "", sql))]


def check_parse(report):
    spark = session()
    as_hygie(spark)
    parser = spark._jsparkSession.sessionState().sqlParser()
    for name, sql in travelling():
        failure = ""
        for filled in fillings(named(sql)):
            try:
                parse(parser, filled)
                failure = ""
                break
            except Exception as e:  # a Java exception of the parser
                failure = failure or words_of(e)
        report.say(not failure, name, failure)
    return report.end("files")


def named(sql):
    """$name is :name on Spark."""
    return re.sub(r"\$([A-Za-z_]\w*)", r":\1", sql)


DISTINCT_ENOUGH = 40  # characters of a file that no placeholder stands for


def pattern(sql):
    """What the file looks like filled in, and how much of that is its own."""
    pieces = WORD.split(sql)
    own = sum(len("".join(piece.split())) for piece in pieces)
    return own, re.compile(".*?".join(re.escape(piece) for piece in pieces), re.DOTALL)


def bound(path, sql):
    values = dict.fromkeys(re.findall(r"\$([A-Za-z_]\w*)", sql))
    if path.exists():
        for line in path.read_text().splitlines():
            name, tab, value = line.partition("\t")
            if name in values:
                values[name] = value if tab else None
    return values


def differences(spark, got, path):
    """Rows of a result and of DuckDB's, as texts in the order of their columns."""
    wanted = spark.read.parquet(str(path))
    if len(got.columns) != len(wanted.columns):
        return f"{len(got.columns)} columns, not {len(wanted.columns)}"
    names = [f"c{i}" for i in range(len(got.columns))]
    texts = [f"CAST({n} AS STRING) AS {n}" for n in names]
    both = got.toDF(*names).selectExpr(*texts, "1 AS side").union(
        wanted.toDF(*names).selectExpr(*texts, "-1 AS side"))
    odd = both.groupBy(*names).agg({"side": "sum"}).where("`sum(side)` <> 0").take(4)
    # Rows of the synthetic base: nobody stands behind them.
    return "; ".join(("more: " if r[-1] > 0 else "less: ") + str(list(r[:-1])) for r in odd)


class Replay:
    def __init__(self, folder, report):
        self.folder = folder
        self.report = report
        self.spark = session()
        self.files = sorted(((*pattern(s), n) for n, s in travelling() if is_statement(s)),
                            key=lambda f: -f[0])
        self.run_files = set()
        self.imported = 0
        as_hygie(self.spark)

    def forget(self, name):
        for kind in ("VIEW", "TABLE"):
            try:
                self.spark.sql(f"DROP {kind} IF EXISTS {name}")
            except Exception:  # it is the other kind
                pass

    def take_over(self, number, sql):
        """What the program made by itself, views over files, lists; and what it dropped."""
        for name in re.findall(r"DROP (?:TABLE|VIEW) (?:IF EXISTS )?(\w+)", sql):
            self.forget(name)
        for path in sorted(self.folder.glob(f"{number}.*.parquet")):
            name = path.name.split(".")[1]
            self.forget(name)
            place = self.folder / "tables" / path.stem
            place.mkdir(parents=True)
            path.rename(place / "rows.parquet")
            self.spark.sql(f"CREATE TABLE {name} USING parquet LOCATION '{place}'")
            self.imported += 1

    def run(self, name, number, sql):
        result = None
        for section in sections(sql):
            values = bound(self.folder / f"{number}.par", section)
            result = self.spark.sql(named(section), args=values) if values else \
                self.spark.sql(section)
        for path in sorted(self.folder.glob(f"{number}.*.parquet")):
            table = path.name.split(".")[1]
            difference = differences(self.spark, self.spark.table(table), path)
            self.report.say(not difference, f"{name}: {table}", difference)
        rows = self.folder / f"{number}.parquet"
        if rows.exists() and sql.startswith(QUERIES):
            difference = differences(self.spark, result, rows)
            self.report.say(not difference, name, difference)

    def file_of(self, sql):
        """The file that this is, filled in; None: made by the program, or with a DuckDB reader."""
        if "read_parquet(" in sql or "read_csv(" in sql:
            return None
        for own, like, name in self.files:
            if own >= DISTINCT_ENOUGH and like.fullmatch(sql):
                return name
        return None

    def step(self, path):
        number = path.name.split(".")[0]
        sql = without_comments(path.read_text())
        name = self.file_of(sql)
        if not name:
            return self.take_over(number, sql)
        self.run_files.add(name)
        try:
            self.run(name, number, sql)
        except Exception as e:  # Spark's words
            self.report.say(False, name, words_of(e))
            self.take_over(number, sql)

    def all(self):
        for path in sorted(self.folder.glob("*.sql")):
            self.step(path)
        print(f"{len(self.run_files)} files run, {self.imported} tables made by the program")
        return self.report.end("results")


def main():
    report = Report()
    if sys.argv[1:] == ["list"]:
        return check_list(report)
    if sys.argv[1:] == ["parse"]:
        return check_parse(report)
    if len(sys.argv) == 3 and sys.argv[1] == "replay":
        return Replay(pathlib.Path(sys.argv[2]).resolve(), report).all()
    print(__doc__, file=sys.stderr)
    return 2


sys.exit(main())
