#include "exchange/seal.h"
#include "report/options.h"
#include "shared/exchange.h"

struct args {
	struct exchange_args exchange;
	const char *csv;
	const char *out;
	const char *separator;
	struct opt_list columns;
	bool pseudonyms;
	bool allow_one_value;
	struct report_output output;
};

static const struct args defaults = {.separator = ","};

/* clang-format off */
static const struct opt opts[] = {
    {.kind = OPT_TEXT, .offset = offsetof(struct args, csv), .value = "CSV",
        .help = "your file: subject numbers (idacc) and nir, or traits", .required = true},
    EXCHANGE_OPTION_KEY(struct args, exchange),
    EXCHANGE_OPTION_DIRECTORY(struct args, exchange),
    EXCHANGE_OPTION_PROJECT(struct args, exchange),
    {.name = "out", .kind = OPT_TEXT, .offset = offsetof(struct args, out), .value = "FILE",
        .help = "the envelope to make", .required = true},
    {.name = "column", .kind = OPT_LIST, .offset = offsetof(struct args, columns),
        .value = "FIELD=NAME", .help = "what your file calls a field; may be repeated"},
    {.name = "separator", .kind = OPT_TEXT, .offset = offsetof(struct args, separator),
        .value = "C", .help = "between fields; tab for a tabulator"},
    {.name = "pseudonyms", .kind = OPT_FLAG, .offset = offsetof(struct args, pseudonyms),
        .help = "the controller's pseudonyms, to have them renewed"},
    {.name = "allow-one-value", .kind = OPT_FLAG, .offset = offsetof(struct args, allow_one_value),
        .help = "a column may hold one value in 90 % of its rows"},
    REPORT_OPTIONS(struct args, output),
    EXCHANGE_OPTION_QUIET(struct args, exchange),
    {0},
};
/* clang-format on */

/* What the project says this depositor gives; a stranger's step fails in exchange_route. */
static enum exchange_step step_of(const struct args *a, const struct exchange_session *s)
{
	const struct exchange_centre *c = exchange_project_centre(&s->project, s->key->card.name);

	return a->pseudonyms ? EXCHANGE_PSEUDONYMS : c ? c->deposits
	                                               : EXCHANGE_NIR;
}

static int print(const struct args *a, const struct exchange_input_report *r,
    const struct exchange_manifest *m, struct err *err)
{
	static const struct report_column columns[] = {
	    {"rule", "Kept and counted", REPORT_TEXT},
	    {"rows", "Rows", REPORT_COUNT},
	    {"first_row", "First row", REPORT_COUNT},
	};
	AUTO_REPORT struct report *report = report_new("Envelope", "");
	char hash[65];
	struct report_table *t;

	exchange_manifest_hash(m, hash);
	report_add_fact(report, "project", "Project", "%s", m->project);
	report_add_fact(report, "circuit", "Circuit", "%s", exchange_circuit_name(m->circuit));
	report_add_fact(report, "step", "Step", "%s", exchange_step_name(m->step));
	report_add_fact(report, "centre", "From", "%s", m->subject);
	report_add_fact(report, "count", "Rows", "%llu", (unsigned long long)m->count);
	report_add_fact(report, "hash", "Hash", "%s", hash);
	t = report_add_table(report, "kept", "Numbers that no register holds as they are",
	    REPORT_SHOWN | REPORT_EXPORTED, columns, ARRAY_LEN(columns));
	for (int i = EXCHANGE_RULES_FATAL; i < EXCHANGE_RULES; i++) {
		const struct exchange_finding *f = &r->rules[i];

		if (!f->rows)
			continue;
		report_add_cell(report, t, "%s %s", exchange_field_name(f->field),
		    exchange_rule_text((enum exchange_rule)i));
		report_add_cell(report, t, "%llu", (unsigned long long)f->rows);
		report_add_cell(report, t, "%llu", (unsigned long long)f->first_row);
	}
	return report_emit(report, &a->output, err);
}

static int run(void *args, struct err *err)
{
	const struct args *a = args;
	AUTO_EXCHANGE_SESSION struct exchange_session s = {0};
	struct exchange_input_report report;
	struct exchange_manifest m;
	struct exchange_input_options o = {
	    .path = a->csv,
	    .columns = a->columns.items.ptr,
	    .column_count = a->columns.items.len,
	    .allow_one_value = a->allow_one_value,
	    .progress = &s.progress,
	};
	int rc;

	if (exchange_separator(a->separator, &o.separator, err) < 0 ||
	    exchange_session_open(&s, &a->exchange, err) < 0)
		return -1;
	o.step = step_of(a, &s);
	progress_start(&s.progress, "checking and sealing", "rows", 0);
	rc = exchange_seal(&s.work, &o, a->out, &report, &m, err);
	progress_end(&s.progress);
	if (rc > 0)
		log_info("%s: the file was sealed before, nothing to do", a->out);
	return rc ? MIN(rc, 0) : print(a, &report, &m, err);
}

const struct command cmd_exchange_seal = {
    .name = "exchange seal",
    .summary = "check a centre's file and seal it to whom the circuit says",
    .about = "Nothing is sealed when a row breaks a rule: messages name row and rule, never a\n"
	     "value. Numbers that are no NIR are kept, classed and counted.",
    .opts = opts,
    .args_size = sizeof(struct args),
    .defaults = &defaults,
    .run = run,
};
