"""Python peers of hygie guard scan on one CSV file: guard_scan_peers.py FILE HYGIE_CPU_SECONDS

What each is asked:
- ydata-profiling: its minimal report, as JSON (types, missing, distinct, quantiles, frequent values; no identifiers).
- DataProfiler: all statistics of its columns on every row, without its labeler; and, where the DataProfiler[ml]
  packages are there, with it on the first LABELED rows: it is a neural network that finds identifiers.
- Great Expectations, 3 a column: missing, unique, how many different values. Far less than hygie does.
- Great Expectations, a profile: what hygie tells of each column as far as expectations have it: missing, type,
  unique, different values, most common value; of numbers smallest, largest, mean, quantiles; of texts their
  lengths and, as Great Expectations knows no identifiers, one regular expression a kind of identifier, without
  its check digits. Months, forms, faults of the file and cells by row have no expectation.

CPU seconds of each without its imports, reading the file included, and how many times those of hygie.
The labeler's are of LABELED rows, and held against as many of hygie's. Peers that are not installed are named.
HYGIE_BENCH_PEERS=ydata,profile runs those whose names have one of these in them.
"""
import importlib.metadata
import logging
import os
import sys
import time
import warnings

warnings.filterwarnings("ignore")
os.environ["TQDM_DISABLE"] = "1"
os.environ["GX_ANALYTICS_ENABLED"] = "False"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
path, ours = sys.argv[1], float(sys.argv[2])
wanted = os.environ.get("HYGIE_BENCH_PEERS", "").lower()

LABELED = 1000
CODES = ("nir", "code_postal", "commune", "finess", "rpps", "tel")  # texts, as hygie sees them
KINDS = (  # those of lib/guard/detect.h, their forms alone
    r"^[1-8]\d{2}(0[1-9]|1[0-2]|[2-9]\d)(\d{2}|2[AB])\d{8}$", r"^[1-4]\d{4}(\d{2}|2[AB])\d{6}$", r"^\d{15}$", r"^\d{11}$",
    r"^(\d{2}|2[AB])\d{7}$", r"^\d{9}$", r"^\d{14}$", r"^(0|\+33|0033)[ .-]?[1-9]([ .-]?\d{2}){4}$",
    r"^[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}$", r"^(https?://|www\.)", r"^(\d{1,3}\.){3}\d{1,3}$",
    r"^[A-Z]{2}\d{2}[A-Za-z0-9 ]{11,40}$", r"^\d{2}[A-Z]{2}\d{5}$", r"^(\d{12}|[A-Z0-9]{9})$",
    r"^([A-Z]{2}-?\d{3}-?[A-Z]{2}|\d{3,4} [A-Z]{2,3} \d{2})$", r"^(\d{2}|2[AB])\d{3}$",
    r"^[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$", r"^([0-9a-fA-F]{32}|[0-9a-fA-F]{40}|[0-9a-fA-F]{64})$",
    r"^(?=.*\d)(?=.*[A-Za-z])[A-Za-z0-9]{17,}$", r"^[A-Za-z0-9+/=_-]{120,}$", r"^-?\d{1,3}\.\d{3,}[,;] ?-?\d{1,3}\.\d{3,}$",
    r"\b[1-8](?:[ .-]?\d){14}\b", r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}", r"\b0[1-9](?:[ .-]?\d{2}){4}\b",
    r"\b(?:M\.|Mme|Mlle|Dr|Pr|Monsieur|Madame) [A-Z]", r"(?:\S+ +){3,}\S", r"\d.* (?:rue|avenue|boulevard|chemin|place|route) ",
)


def version(package):
    return importlib.metadata.version(package)


def ydata():
    import pandas
    from ydata_profiling import ProfileReport
    return version("ydata-profiling"), lambda: ProfileReport(
        pandas.read_csv(path, dtype={"nir": str}), minimal=True, progress_bar=False, pool_size=1).to_json()


def data_profiler(labeler=False):
    import dataprofiler
    import pandas
    if labeler:
        import tensorflow  # noqa: F401: the labeler's, said to be missing when it is
    options = dataprofiler.ProfilerOptions()
    options.set({"*data_labeler.is_enabled": labeler, "*multiprocess.is_enabled": False})
    rows = {"nrows": LABELED} if labeler else {}
    return version("DataProfiler"), lambda: dataprofiler.Profiler(
        pandas.read_csv(path, dtype=str, **rows), options=options, samples_per_update=10**9,
        min_true_samples=10**9).report()


def three(gx, name, column):
    yield gx.ExpectColumnValuesToNotBeNull(column=name)
    yield gx.ExpectColumnValuesToBeUnique(column=name)
    yield gx.ExpectColumnUniqueValueCountToBeBetween(column=name, min_value=0)


def profile(gx, name, column):
    yield from three(gx, name, column)
    yield gx.ExpectColumnValuesToBeOfType(column=name, type_=str(column.dtype))
    yield gx.ExpectColumnMostCommonValueToBeInSet(column=name, value_set=[])
    if column.dtype != object:
        shares = [0.05, 0.25, 0.5, 0.75, 0.95]
        yield gx.ExpectColumnMinToBeBetween(column=name, min_value=0)
        yield gx.ExpectColumnMaxToBeBetween(column=name, min_value=0)
        yield gx.ExpectColumnMeanToBeBetween(column=name, min_value=0)
        yield gx.ExpectColumnQuantileValuesToBeBetween(
            column=name, quantile_ranges={"quantiles": shares, "value_ranges": [[None, None]] * len(shares)})
        return
    yield gx.ExpectColumnValueLengthsToBeBetween(column=name, min_value=0, max_value=255)
    for kind in KINDS:
        yield gx.ExpectColumnValuesToNotMatchRegex(column=name, regex=kind)


def great_expectations(expect):
    import great_expectations as gx
    import pandas

    def run():
        frame = pandas.read_csv(path, dtype=dict.fromkeys(CODES, str))
        context = gx.get_context(mode="ephemeral")
        batch = context.data_sources.add_pandas("p").add_dataframe_asset(
            "a").add_batch_definition_whole_dataframe("b")
        suite = gx.ExpectationSuite(name="s", expectations=[
            e for name in frame.columns for e in expect(gx.expectations, name, frame[name])])
        result = batch.get_batch({"dataframe": frame}).validate(suite)
        broken = [r for r in result.results if r.exception_info.get("raised_exception")]
        if broken or len(result.results) != len(suite.expectations):
            raise RuntimeError(f"{len(broken)} expectations were not evaluated")
    return version("great_expectations"), run


PEERS = (
    ("ydata-profiling, minimal", ydata),
    ("DataProfiler, no labeler", data_profiler),
    ("Great Expectations, 3 a column", lambda: great_expectations(three)),
    ("Great Expectations, a profile", lambda: great_expectations(profile)),
    (f"DataProfiler with labeler, {LABELED} rows", lambda: data_profiler(labeler=True)),
)


def cpu():
    t = os.times()
    return t.user + t.system + t.children_user + t.children_system


with open(path, "rb") as file:
    rows = sum(1 for line in file) - 1
quiet = open(os.devnull, "w")
tell, sys.stdout, sys.stderr = sys.stdout, quiet, quiet
for name, make in PEERS:
    if wanted and not any(word in name.lower() for word in wanted.split(",")):
        continue
    try:
        release, run = make()
        logging.disable(logging.CRITICAL)
    except ImportError as e:
        print(f"{name:<40} SKIPPED: {e}", file=tell, flush=True)
        continue
    start, wall = cpu(), time.monotonic()
    try:
        run()
    except Exception as e:  # a peer that fails has no figure
        print(f"{name:<40} FAILED: {type(e).__name__}: {str(e)[:200]}", file=tell, flush=True)
        continue
    used = cpu() - start
    same = ours * LABELED / rows if "with labeler" in name else ours
    print(f"{name + ' (' + release + ')':<44} {time.monotonic() - wall:7.2f} s wall {used:7.2f} s cpu, "
          f"{used / same:.0f} times hygie's {same:.4g}", file=tell, flush=True)
