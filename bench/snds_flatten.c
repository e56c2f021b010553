/*
 * Flattening of DCIR: `hygie snds flatten --only dcir` as a user runs it, with
 * wall time, CPU and peak memory, all columns and those of a study; beside it,
 * in the same run, the same joins as plain SQL by hand in DuckDB, and the
 * writing of ER_PRS_F alone by DuckDB, without any join.
 *
 * Published: SCALPEL-Flattening about 4,000 rows of ER_PRS_F a second and core
 * (11 bn rows of one year, 3 h, 240 cores); sndsTools about 70,000 rows of
 * ER_PHA_F a second on the Cnam portal.
 *
 * The base is in flux order, as the SNDS arrives. HYGIE_BENCH_PATIENTS
 * (50000) and HYGIE_BENCH_THREADS (2) may be set.
 */
#include "measure.h"

#include "table/db.h"

static const double SCALPEL_ROWS = 4000; /* a second and core */
static const char keys[] = "DCT_ORD_NUM, FLX_DIS_DTD, FLX_EMT_NUM, FLX_EMT_ORD, FLX_EMT_TYP, "
			   "FLX_TRT_DTD, ORG_CLE_NUM, PRS_ORD_NUM, REM_TYP_AFF";
static const char study[] = "BEN_NIR_PSA,BEN_RNG_GEM,EXE_SOI_DTD,PRS_NAT_REF,PRS_ACT_QTE,"
			    "BSE_REM_MNT,PSE_SPE_COD,PFS_PRE_NUM,PHA_PRS_C13,PHA_ACT_QSN,"
			    "CAM_PRS_IDE,BIO_PRS_IDE,TIP_PRS_IDE,UCD_UCD_COD,ETB_EXE_FIN";
static const char *const dcir[] = {
    "ER_PRS_F", "ER_PHA_F", "ER_CAM_F", "ER_BIO_F", "ER_TIP_F", "ER_UCD_F", "ER_ETE_F"};

#define RUN(...) run_hygie((const char *[]){__VA_ARGS__, NULL})

static int sql(const char *text, int threads, int64_t *ret_rows, struct err *err)
{
	AUTO_TABLE struct table_db *db = NULL;
	struct table_options options = {.threads = threads, .memory_bytes = (uint64_t)8 << 30};

	if (table_open(&db, &options, err) < 0)
		return -1;
	return table_run(db, "bench", VIEW(text), TABLE_NO_PARAMS, ret_rows, err);
}

static int sql_file(const char *file, int threads, const struct table_word *words, size_t count,
    struct err *err)
{
	AUTO_STR struct str text = {0};
	AUTO_STR struct str filled = {0};

	if (file_read(file, 1 << 20, &text, err) < 0)
		return -1;
	table_fill(&filled, str_view(&text), words, count);
	return sql(str_get(&filled), threads, NULL, err);
}

static struct usage run_sql(const char *file, const char *folder, const char *out, int threads)
{
	int64_t start = time_now_ns();
	pid_t child = fork();

	if (child == 0) {
		struct err err = {0};
		int rc = sql_file(file, threads,
		    TABLE_WORDS({"FOLDER", folder}, {"OUT", out}, {"KEYS", keys}), &err);

		if (rc < 0)
			fprintf(stderr, "%s\n", err.msg);
		_exit(rc < 0);
	}
	return finish(child, start);
}

/* A synthetic base whose DCIR is then put in flux order. */
static int make_data(const char *folder, int64_t patients, int threads, struct err *err)
{
	AUTO_FREE char *made = str_format("%s/made-%lld", folder, (long long)patients);
	AUTO_FREE char *count = str_format("%lld", (long long)patients);

	if (path_exists(made))
		return 0;
	if (path_remove(folder, err) < 0)
		return -1;
	if (RUN("hygie", "snds", "synth", "--patients", count, "--years", "2016-2019", "--out",
		folder, "--quiet")
		.status)
		return err_set(err, ERR_INTERNAL, "hygie snds synth failed");
	for (size_t i = 0; i < ARRAY_LEN(dcir); i++) {
		AUTO_FREE char *from = str_format("%s/%s.parquet", folder, dcir[i]);
		AUTO_FREE char *to = str_format("%s/%s.new", folder, dcir[i]);

		if (sql_file("bench/snds_flatten_order.sql", threads,
			TABLE_WORDS({"FROM", from}, {"TO", to}), err) < 0)
			return -1;
		if (rename(to, from) != 0)
			return err_set(err, ERR_IO, "%s: cannot be renamed", to);
	}
	return file_write(made, VIEW_LIT(""), err);
}

static void print(const char *what, struct usage u, int64_t rows)
{
	printf("%-38s %7.1f s wall %7.1f s cpu %6.0f MiB peak %6.2f M rows/s %6.2f M rows/cpu s\n",
	    what, u.wall, u.cpu, u.peak_mib, (double)rows / u.wall / 1e6,
	    (double)rows / u.cpu / 1e6);
}

int main(void)
{
	const char *folder = "build/bench/snds-flux", *flat = "build/bench/flat";
	int64_t patients = setting("HYGIE_BENCH_PATIENTS", 50000);
	int threads = (int)setting("HYGIE_BENCH_THREADS", 2);
	AUTO_FREE char *n = str_format("%d", threads);
	AUTO_FREE char *count = str_format("SELECT count(*) FROM '%s/ER_PRS_F.parquet'", folder);
	struct usage all, few, peer, copy;
	struct err err = {0};
	int64_t rows = 0;

	if (path_make_folder("build/bench", &err) < 0 ||
	    make_data(folder, patients, threads, &err) < 0 ||
	    sql(count, threads, &rows, &err) < 0) {
		fprintf(stderr, "bench: %s\n", err.msg);
		return 1;
	}
	printf("snds flatten: %lld rows of ER_PRS_F, %d threads\n", (long long)rows, threads);
	fflush(stdout);
	all = RUN("hygie", "snds", "flatten", folder, "--out", flat, "--force", "--quiet", "--only",
	    "dcir", "--threads", n, "--memory", "2G");
	few = RUN("hygie", "snds", "flatten", folder, "--out", flat, "--force", "--quiet", "--only",
	    "dcir", "--threads", n, "--memory", "2G", "--columns", study);
	peer = run_sql("bench/snds_flatten_peer.sql", folder, "build/bench/flat-peer", threads);
	copy = run_sql("bench/snds_flatten_limit.sql", folder, "build/bench/limit.parquet",
	    threads);
	if (all.status || few.status || peer.status || copy.status) {
		fprintf(stderr, "bench: a run failed\n");
		return 1;
	}
	print("hygie, all columns", all, rows);
	print("hygie, the 15 columns of a study", few, rows);
	print("DuckDB SQL by hand, all columns", peer, rows);
	print("ER_PRS_F read and written, no join", copy, rows);
	printf("hygie takes %.2f of the SQL's time, %.2f of its CPU, %.2f of its memory\n",
	    all.wall / peer.wall, all.cpu / peer.cpu, all.peak_mib / peer.peak_mib);
	printf("SCALPEL-Flattening, as published: %.0f rows a second and core; hygie %.0f times\n",
	    SCALPEL_ROWS, (double)rows / all.cpu / SCALPEL_ROWS);
	return 0;
}
