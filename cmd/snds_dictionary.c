#include "base/command.h"
#include "report/options.h"
#include "snds/dictionary.h"

struct args {
	const char *what;
	const char *search;
	const char *schema;
	int lang; /* enum snds_lang */
	struct report_output output;
};

static const struct args defaults = {.lang = SNDS_FR};

/* It would join the lines of each option. */
/* clang-format off */
static const struct opt opts[] = {
    {.kind = OPT_TEXT, .offset = offsetof(struct args, what), .value = "NAME",
        .help = "a table (ER_PRS_F, T_MCO18B), TABLE.COLUMN, a column or a nomenclature"},
    {.name = "search", .kind = OPT_TEXT, .offset = offsetof(struct args, search), .value = "WORD",
        .help = "what holds this word in its name or label"},
    {.name = "schema", .kind = OPT_TEXT, .offset = offsetof(struct args, schema),
        .value = "FOLDER", .help = "official schema (schemas/ and nomenclatures/) instead of "
                                   "the built-in one"},
    {.name = "lang", .kind = OPT_CHOICE, .offset = offsetof(struct args, lang),
        .value = SNDS_LANG_WORDS, .help = "of the labels"},
    REPORT_OPTIONS(struct args, output),
    {0},
};
/* clang-format on */

static int run(void *args, struct err *err)
{
	const struct args *a = args;
	AUTO_SNDS_SCHEMA struct snds_schema *schema = NULL;
	AUTO_REPORT struct report *report = NULL;

	if (snds_schema_open(&schema, a->schema, err) < 0 ||
	    snds_dictionary(schema, a->what, a->search, (enum snds_lang)a->lang, &report, err) < 0)
		return -1;
	return report_emit(report, &a->output, err);
}

const struct command cmd_snds_dictionary = {
    .name = "snds dictionary",
    .summary = "what the tables, columns and codes of the SNDS mean",
    .about = "Without a name: the list of tables, and with --report one page of everything, with\n"
	     "a search box and a diagram of the links. The built-in schema has the tables that\n"
	     "studies use; --schema reads the whole official one.",
    .opts = opts,
    .args_size = sizeof(struct args),
    .defaults = &defaults,
    .run = run,
};
