"""Python peers of hygie guard scan on one CSV file: guard_scan_peers.py FILE HYGIE_CPU_SECONDS

Those of ydata-profiling (minimal), DataProfiler (without its labeler) and Great Expectations (three
expectations a column) that this Python has. CPU seconds of each without its imports, and how many
times those of hygie.
"""
import logging
import os
import sys
import time
import warnings

warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)
os.environ["TQDM_DISABLE"] = "1"
path, ours = sys.argv[1], float(sys.argv[2])


def ydata():
    import pandas
    from ydata_profiling import ProfileReport
    return lambda: ProfileReport(pandas.read_csv(path, dtype={"nir": str}), minimal=True,
                                 progress_bar=False, pool_size=1).to_json()


def data_profiler():
    import dataprofiler
    options = dataprofiler.ProfilerOptions()
    options.set({"*data_labeler.is_enabled": False, "*multiprocess.is_enabled": False})
    return lambda: dataprofiler.Profiler(dataprofiler.Data(path), options=options,
                                         samples_per_update=10**9, min_true_samples=10**9).report()


def great_expectations():
    import great_expectations as gx
    import pandas

    def run():
        frame = pandas.read_csv(path, dtype={"nir": str})
        context = gx.get_context(mode="ephemeral")
        batch = context.data_sources.add_pandas("p").add_dataframe_asset(
            "a").add_batch_definition_whole_dataframe("b")
        suite = gx.ExpectationSuite(name="s")
        for name in frame.columns:
            suite.add_expectation(gx.expectations.ExpectColumnValuesToNotBeNull(column=name))
            suite.add_expectation(gx.expectations.ExpectColumnValuesToBeUnique(column=name))
            suite.add_expectation(gx.expectations.ExpectColumnUniqueValueCountToBeBetween(
                column=name, min_value=0))
        batch.get_batch({"dataframe": frame}).validate(suite)
    return run


def cpu():
    t = os.times()
    return t.user + t.system + t.children_user + t.children_system


quiet = open(os.devnull, "w")
tell, sys.stdout, sys.stderr = sys.stdout, quiet, quiet
for name, make in (("ydata-profiling, minimal", ydata), ("DataProfiler, no labeler", data_profiler),
                   ("Great Expectations, 3 a column", great_expectations)):
    try:
        run = make()
    except ImportError:
        print(f"{name:<44} is not installed", file=tell, flush=True)
        continue
    start, wall = cpu(), time.monotonic()
    try:
        run()
    except Exception as e:  # a peer that fails has no figure
        print(f"{name:<44} failed: {type(e).__name__}", file=tell, flush=True)
        continue
    used = cpu() - start
    print(f"{name:<44} {time.monotonic() - wall:7.2f} s wall {used:7.2f} s cpu, "
          f"{used / ours:.0f} times hygie's {ours:.2f}", file=tell, flush=True)
