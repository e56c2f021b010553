#include "base/command.h"
#include "base/log.h"
#include "base/map.h"
#include "base/threads.h"
#include "report/options.h"
#include "snds/synth.h"

#include <inttypes.h>

struct args {
	int64_t patients;
	const char *years;
	int64_t seed;
	const char *out;
	int files; /* enum table_format */
	bool force;
	bool clean;
	struct opt_list effects;
	int64_t threads;
	bool quiet;
	struct report_output output;
};

/* It would join the lines of each option. */
/* clang-format off */
static const struct opt opts[] = {
    {.name = "patients", .kind = OPT_INT, .offset = offsetof(struct args, patients),
        .value = "N", .help = "persons to make, those born in the years among them",
        .min = 1, .max = SNDS_PATIENTS_MAX, .required = true},
    {.name = "years", .kind = OPT_TEXT, .offset = offsetof(struct args, years),
        .value = "FIRST-LAST", .help = "calendar years of the base", .required = true},
    {.name = "seed", .kind = OPT_INT, .offset = offsetof(struct args, seed), .value = "S",
        .help = "another seed, another nation; the same seed, the same bytes"},
    {.name = "out", .kind = OPT_TEXT, .offset = offsetof(struct args, out), .value = "DIR",
        .help = "folder to make", .required = true},
    {.name = "files", .kind = OPT_CHOICE, .offset = offsetof(struct args, files),
        .value = TABLE_FORMATS, .help = "how to write the tables"},
    {.name = "clean", .kind = OPT_FLAG, .offset = offsetof(struct args, clean),
        .help = "none of the faults of the real SNDS"},
    {.name = "effect", .kind = OPT_LIST, .offset = offsetof(struct args, effects),
        .value = "NAME=VALUE", .help = "plant an effect; truth/effect lists all; may be repeated"},
    {.name = "force", .kind = OPT_FLAG, .offset = offsetof(struct args, force),
        .help = "replace DIR when hygie made it"},
    {.name = "threads", .kind = OPT_INT, .offset = offsetof(struct args, threads),
        .value = "N", .help = "threads to use; 0 is every CPU", .max = THREADS_MAX},
    REPORT_QUIET(struct args, quiet),
    REPORT_OPTIONS(struct args, output),
    {0},
};
/* clang-format on */

static const struct args defaults = {.seed = 1};

/* "T_MCO18B.parquet" of each year is T_MCOaaB, CT_IND_2018_GN is CT_IND_AAAA_GN. */
static void add_table_name(struct str *out, const char *file)
{
	size_t len = strcspn(file, ".");
	size_t digits = 0;

	for (size_t i = 0; i < len; i += digits ? digits : 1) {
		digits = strspn(file + i, "0123456789");
		if (digits == 2 && i == 5)
			str_addz(out, "aa");
		else if (digits == 4)
			str_addz(out, "AAAA");
		else
			str_add(out, (struct view){file + i, digits ? digits : 1});
	}
}

struct table_sum {
	int64_t files, rows, bytes;
};

/* The files of all years of a table are one line; the manifest has each. */
static void add_files(struct report *r, const struct snds_synth_result *result)
{
	static const struct report_column columns[] = {
	    {"table", "Table", REPORT_TEXT},
	    {"files", "Files", REPORT_COUNT},
	    {"rows", "Rows", REPORT_COUNT},
	    {"bytes", "Bytes", REPORT_COUNT},
	};
	struct report_table *t = report_add_table(r, "tables", "Tables",
	    REPORT_SHOWN | REPORT_EXPORTED, columns, ARRAY_LEN(columns));
	struct table_sum *sums = mem_zalloc(result->files.len, sizeof(*sums));
	AUTO_MAP struct map names = {0};

	for (size_t i = 0; i < result->files.len; i++) {
		const struct made_file *f = &result->files.ptr[i];
		AUTO_STR struct str name = {0};
		struct table_sum *sum;

		add_table_name(&name, f->name);
		sum = &sums[map_intern(&names, str_view(&name))];
		sum->files++;
		sum->rows += f->rows;
		sum->bytes += (int64_t)f->bytes;
	}
	for (size_t i = 0; i < names.entries.len; i++) {
		report_add_cell(r, t, "%s", names.entries.ptr[i].key.ptr);
		report_add_cell(r, t, "%lld", (long long)sums[i].files);
		report_add_cell(r, t, "%lld", (long long)sums[i].rows);
		report_add_cell(r, t, "%lld", (long long)sums[i].bytes);
	}
	free(sums);
}

static void add_dirt(struct report *r, const struct snds_synth_result *result)
{
	static const struct report_column columns[] = {
	    {"fault", "Fault", REPORT_TEXT},
	    {"rows", "Rows", REPORT_COUNT},
	};
	struct report_table *t = report_add_table(r, "dirt", "Faults, as the real SNDS has them",
	    REPORT_SHOWN, columns, ARRAY_LEN(columns));

	for (int rule = 0; rule < SNDS_DIRT_COUNT; rule++) {
		report_add_cell(r, t, "%s", snds_dirt_name((enum snds_dirt)rule));
		report_add_cell(r, t, "%llu", (unsigned long long)result->dirt[rule]);
	}
}

static int64_t rows(const struct snds_synth_result *result)
{
	int64_t n = 0;

	for (size_t i = 0; i < result->files.len; i++)
		n += result->files.ptr[i].rows;
	return n;
}

static struct report *report_of(const struct snds_synth_options *o,
    const struct snds_synth_result *result)
{
	struct report *r = report_new("Synthetic SNDS",
	    "What was made. No real person is behind any row.");

	report_add_fact(r, "folder", "Folder", "%s", o->out);
	report_add_fact(r, "patients", "Patients", "%" PRIu64, o->patients);
	report_add_fact(r, "years", "Years", "%d-%d", o->year_first, o->year_last);
	report_add_fact(r, "seed", "Seed", "%" PRIu64, o->seed);
	report_add_fact(r, "faults", "Faults", "%s", o->clean ? "none (--clean)" : "planted");
	add_files(r, result);
	if (!o->clean)
		add_dirt(r, result);
	return r;
}

static int run(void *p, struct err *err)
{
	const struct args *a = p;
	AUTO_SNDS_RESULT struct snds_synth_result result = {0};
	AUTO_REPORT struct report *report = NULL;
	struct snds_synth_options o = {
	    .patients = (uint64_t)a->patients,
	    .seed = (uint64_t)a->seed,
	    .out = a->out,
	    .format = (enum table_format)a->files,
	    .replace = a->force,
	    .clean = a->clean,
	    .effects = a->effects.items.ptr,
	    .effect_count = a->effects.items.len,
	};
	struct progress progress;

	log_set_level(a->quiet ? LOG_QUIET : LOG_NORMAL);
	progress_init(&progress, a->quiet);
	o.threads = a->threads ? (int)a->threads : threads_default();
	if (snds_years_parse(VIEW(a->years), &o.year_first, &o.year_last, err) < 0 ||
	    snds_synth_run(&o, &result, &progress, err) < 0)
		return -1;
	report = report_of(&o, &result);
	if (report_emit_account(report, &a->output, a->quiet, err) < 0)
		return -1;
	log_info("%" PRId64 " rows in %zu tables in %s", rows(&result), result.files.len, a->out);
	return 0;
}

const struct command cmd_snds_synth = {
    .name = "snds synth",
    .summary = "make a coherent synthetic SNDS and its ground truth",
    .about = "Persons live lives: birth, disease, treatment, stays, death. The tables tell them\n"
	     "as the SNDS would, faults included; DIR/truth holds what is true, DIR/manifest.json\n"
	     "what was made. No real person is behind any row.",
    .opts = opts,
    .args_size = sizeof(struct args),
    .defaults = &defaults,
    .run = run,
};
