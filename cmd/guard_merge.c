#include "base/command.h"
#include "base/log.h"
#include "guard/check_profile.h"
#include "guard/partial.h"
#include "guard/report.h"
#include "io/file.h"
#include "report/options.h"
#include "shared/guard_scanned.h"

#include <inttypes.h>

struct args {
	struct opt_list parts;
	uint64_t part_max;
	const char *baseline, *policy, *key;
	bool quiet;
	struct report_output output;
};

static const struct args defaults = {.part_max = 1 << 30};

/* It would join the lines of each option. */
/* clang-format off */
static const struct opt opts[] = {
    {.kind = OPT_LIST, .offset = offsetof(struct args, parts), .value = "PART",
        .help = "what 'hygie guard scan --partial' wrote, one file a part", .required = true},
    {.name = "baseline", .kind = OPT_TEXT, .offset = offsetof(struct args, baseline),
        .value = "OLD.json", .help = "tell what changed since this scan or merge (--format json)"},
    {.name = "policy", .kind = OPT_TEXT, .offset = offsetof(struct args, policy),
        .value = "FILE", .help = "admit, review or refuse by these rules (JSON); default: "
            "those of hygie. Exit status 1 when refused, 0 else"},
    {.name = "key", .kind = OPT_TEXT, .offset = offsetof(struct args, key), .value = "FILE",
        .help = "the secret that the parts are sealed with"},
    {.name = "max-part", .kind = OPT_SIZE, .offset = offsetof(struct args, part_max),
        .value = "SIZE", .help = "refuse a larger file"},
    {.name = "quiet", .kind = OPT_FLAG, .offset = offsetof(struct args, quiet),
        .help = "no closing line"},
    REPORT_OPTIONS(struct args, output),
    REPORT_LANGUAGE_OPTION(struct args, output),
    {0},
};
/* clang-format on */

struct parts {
	struct guard_partial *ptr;
	size_t count;
};

static void clear_parts(struct parts *p)
{
	for (size_t i = 0; i < p->count; i++)
		guard_partial_clear(&p->ptr[i]);
	free(p->ptr);
}

static int read_parts(struct parts *ret, const struct args *a, const unsigned char *key,
    struct err *err)
{
	AUTO_STR struct str bytes = {0};

	ret->ptr = mem_zalloc(a->parts.items.len, sizeof(*ret->ptr));
	for (; ret->count < a->parts.items.len; ret->count++) {
		const char *path = a->parts.items.ptr[ret->count];

		if (file_read(path, a->part_max, &bytes, err) < 0 ||
		    guard_partial_parse(&ret->ptr[ret->count], str_view(&bytes), path, key,
			err) < 0)
			return -1;
	}
	return 0;
}

/* Its columns move out of *from. */
static int tell(struct guard_partial *from, const struct args *a, const struct guard_plan *plan,
    struct err *err)
{
	AUTO_KNOWLEDGE struct guard_knowledge knowledge = {0};
	AUTO_CHECKS struct guard_checks checks = {0};
	AUTO_SCANNED struct guard_scanned f = {.csv = from->csv, .risk = from->risk};
	AUTO_FREE char *name = str_format("%zu parts", a->parts.items.len);
	int status;

	from->csv = (struct guard_csv){0};
	if (guard_knowledge_load(&knowledge, err) < 0 || guard_checks_open(&checks, err) < 0)
		return -1;
	guard_findings_make(&f.findings, &f.csv, &knowledge);
	guard_check_profile(&checks, &f.csv, &f.findings, "", from->structure_only, guard_today());
	f.report = guard_report(&f.csv, &f.findings, &f.risk, name);
	f.report->facts.ptr[0].is_words = true; /* no name of a file */
	guard_report_diversity(f.report, &from->diversity, &f.csv);
	status = guard_scanned_end(&f, plan, &checks, err);
	if (status >= 0 && !a->quiet)
		log_info("%" PRIu64 " rows, %zu variables in %s", f.csv.structure.rows,
		    f.csv.dialect.names.len, name);
	return status;
}

static int run(void *args, struct err *err)
{
	const struct args *a = args;
	AUTO(clear_parts)
	struct parts parts = {0};
	AUTO_PARTIAL struct guard_partial whole = {0};
	AUTO_PLAN struct guard_plan plan = {
	    .baseline = a->baseline,
	    .policy_file = a->policy,
	    .key_file = a->key,
	    .output = &a->output,
	};

	if (guard_plan_read(&plan, err) < 0 || read_parts(&parts, a, plan.key, err) < 0 ||
	    guard_partial_merge(&whole, parts.ptr, parts.count, err) < 0)
		return -1;
	if (whole.structure_only && (a->policy || a->baseline))
		return err_set(err, ERR_USAGE, "parts made with --structure leave out what "
					       "--policy and --baseline look at");
	return tell(&whole, a, &plan, err);
}

const struct command cmd_guard_merge = {
    .name = "guard merge",
    .summary = "the scans of the parts of a table, as one",
    .about = "Prints what 'hygie guard scan' of the whole table would: parts add up. Exit\n"
	     "status as there.",
    .opts = opts,
    .args_size = sizeof(struct args),
    .defaults = &defaults,
    .run = run,
};
