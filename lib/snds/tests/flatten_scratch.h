/* A scratch folder for what is flattened and what comes of it, and a database to ask about both. */
#ifndef SNDS_TESTS_FLATTEN_SCRATCH_H
#define SNDS_TESTS_FLATTEN_SCRATCH_H

#include "snds/flatten.h"
#include "support.h"

static char folder[] = "/tmp/hygie-flatten-XXXXXX";
static char *in, *out, *other;
static struct table_db *db;

static int scratch_open(void **state)
{
	struct table_options options = {.threads = 2};
	struct err err = {0};

	(void)state;
	if (!mkdtemp(folder) || table_open(&db, &options, &err) < 0)
		return -1;
	in = path_join(folder, "in");
	out = path_join(folder, "out");
	other = path_join(folder, "other");
	return path_make_folder(in, &err);
}

static int scratch_close(void **state)
{
	struct err err = {0};

	(void)state;
	table_close(&db);
	free(in);
	free(out);
	free(other);
	return path_remove(folder, &err);
}

/* From `in` to `out`. */
static struct snds_flatten_options options(void)
{
	return (struct snds_flatten_options){
	    .from = in,
	    .out = out,
	    .replace = true,
	    .first_month = DATE_NONE,
	    .last_month = DATE_NONE,
	    .threads = 2,
	    .memory_bytes = (uint64_t)1 << 30,
	};
}

static void run(const struct snds_flatten_options *o, struct snds_flatten_result *ret)
{
	struct err err = {0};

	if (snds_flatten_run(o, ret, &err) < 0)
		fail_msg("%s", err.msg);
}

static void make_synth(const char *to, uint64_t patients)
{
	struct snds_synth_options o = {
	    .patients = patients,
	    .year_first = 2017,
	    .year_last = 2018,
	    .seed = 11,
	    .out = to,
	    .replace = true,
	    .threads = 2,
	};
	AUTO_SNDS_RESULT struct snds_synth_result made = {0};
	struct err err = {0};

	if (snds_synth_run(&o, &made, NULL, &err) < 0)
		fail_msg("%s", err.msg);
}

#endif
