# The peer of bench/link_run.c: Splink on DuckDB with the settings its manual gives for such
# fields; prints its own steps. usage: link_run_splink.py FILE.csv
import logging
import sys
import time

import duckdb
import splink
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

logging.disable(logging.WARNING)
start = time.time()


def step(name):
    print(f"{name} {time.time() - start:.1f} s", flush=True)


con = duckdb.connect()
people = con.read_csv(sys.argv[1], all_varchar=True)
con.execute("CREATE TABLE people AS SELECT * FROM people")
settings = SettingsCreator(
    link_type="dedupe_only",
    blocking_rules_to_generate_predictions=[
        block_on("first_name", "surname"),
        block_on("surname", "dob"),
        block_on("first_name", "dob"),
        block_on("surname", "birth_place"),
        block_on("dob", "birth_place"),
    ],
    comparisons=[
        cl.JaroWinklerAtThresholds("first_name").configure(term_frequency_adjustments=True),
        cl.JaroWinklerAtThresholds("surname").configure(term_frequency_adjustments=True),
        cl.DamerauLevenshteinAtThresholds("dob"),
        cl.ExactMatch("sex"),
        cl.ExactMatch("birth_place").configure(term_frequency_adjustments=True),
        cl.ExactMatch("occupation").configure(term_frequency_adjustments=True),
    ],
)
api = DuckDBAPI(connection=con)
frame = api.register("people") if hasattr(api, "register") else "people"
linker = Linker(frame, settings) if hasattr(api, "register") else Linker(frame, settings, api)
linker.training.estimate_probability_two_random_records_match(
    [block_on("first_name", "surname", "dob")], recall=0.6
)
linker.training.estimate_u_using_random_sampling(max_pairs=4e6)
step("u")
linker.training.estimate_parameters_using_expectation_maximisation(block_on("dob"))
linker.training.estimate_parameters_using_expectation_maximisation(
    block_on("first_name", "surname")
)
step("m")
pairs = linker.inference.predict(threshold_match_weight=-5)
step("predict")
linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, 0.5)
step(f"clusters, splink {splink.__version__}")
