#include "base/command.h"
#include "base/log.h"
#include "catalog/validate_report.h"
#include "report/options.h"
#include "shared/catalog_files.h"

struct args {
	struct opt_list files;
	int profile, language;
	bool strict, quiet;
	const char *vocabularies;
	struct report_output output;
};

/* It would join the lines of each option. */
/* clang-format off */
static const struct opt opts[] = {
    {.kind = OPT_LIST, .offset = offsetof(struct args, files), .value = "FILE",
        .help = "Turtle, TriG, N-Triples, N-Quads, RDF/XML or JSON-LD, by the end of its name, "
        "also .gz, .zst; a spreadsheet as .csv",
        .required = true},
    {.name = "profile", .kind = OPT_CHOICE, .offset = offsetof(struct args, profile),
        .value = "r8|r5|hdh|all", .help = "HealthDCAT-AP Release 8, Release 5, the national "
        "catalogue of France, or all of them"},
    {.name = "vocabularies", .kind = OPT_TEXT, .offset = offsetof(struct args, vocabularies),
        .value = "DIR", .help = "more vocabularies: a folder of SKOS files"},
    {.name = "language", .kind = OPT_CHOICE, .offset = offsetof(struct args, language),
        .value = "en|fr", .help = "of the messages"},
    {.name = "strict", .kind = OPT_FLAG, .offset = offsetof(struct args, strict),
        .help = "exit status 1 also for warnings"},
    {.name = "quiet", .kind = OPT_FLAG, .offset = offsetof(struct args, quiet),
        .help = "no closing line"},
    REPORT_OPTIONS(struct args, output),
    {0},
};
/* clang-format on */

static int run(void *p, struct err *err)
{
	static const unsigned profiles[] = {CATALOG_R8, CATALOG_R5, CATALOG_HDH, CATALOG_ALL};
	static const char *const names[] = {"HealthDCAT-AP Release 8", "HealthDCAT-AP Release 5",
	    "national catalogue of France", "all"};
	const struct args *a = p;
	AUTO_CATALOG_RULES struct catalog_rules rules = {0};
	AUTO_GRAPH struct rdf_graph g = {0};
	AUTO_CATALOG_VERDICT struct catalog_verdict v = {0};
	AUTO_REPORT struct report *doc = NULL;

	if (a->quiet)
		log_set_level(LOG_QUIET);
	if (catalog_rules_read(&rules, err) < 0 ||
	    (a->vocabularies && catalog_rules_add_folder(&rules, a->vocabularies, err) < 0) ||
	    catalog_files_read(&g, &rules, &a->files, CATALOG_BASE, NULL, err) < 0)
		return -1;
	catalog_validate(&v, &g, &rules, profiles[a->profile]);
	catalog_validate_document(&v);
	doc = catalog_validate_report(&v, &g, &rules, names[a->profile], a->language);
	if (report_emit(doc, &a->output, err) < 0)
		return -1;
	log_info("%zu datasets, %zu of them without a violation", v.datasets, v.conforming);
	return v.counts[CATALOG_VIOLATION] > 0 || (a->strict && v.counts[CATALOG_WARNING] > 0);
}

const struct command cmd_catalog_validate = {
    .name = "catalog validate",
    .summary = "does a catalogue keep to HealthDCAT-AP",
    .about = "Checks datasets and what belongs to them against the obligations of their access\n"
	     "level, and says at which field what is missing or wrong. Exit status 1 when\n"
	     "something is.",
    .opts = opts,
    .args_size = sizeof(struct args),
    .run = run,
};
