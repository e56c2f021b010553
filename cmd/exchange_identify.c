#include "exchange/identify.h"
#include "report/options.h"
#include "shared/exchange.h"

struct args {
	struct exchange_args exchange;
	const char *envelope;
	const char *reference;
	const char *links;
	const char *decisions;
	const char *separator;
	const char *review;
	const char *out;
	bool again;
	struct report_output output;
};

static const struct args defaults = {.separator = ","};

/* clang-format off */
static const struct opt opts[] = {
    {.kind = OPT_TEXT, .offset = offsetof(struct args, envelope), .value = "ENVELOPE",
        .help = "traits of a centre", .required = true},
    EXCHANGE_OPTION_KEY(struct args, exchange),
    EXCHANGE_OPTION_DIRECTORY(struct args, exchange),
    EXCHANGE_OPTION_PROJECT(struct args, exchange),
    {.name = "reference", .kind = OPT_TEXT, .offset = offsetof(struct args, reference),
        .value = "CSV", .help = "the population: nir, birth_name, given_names, birth_date, sex, "
                                "used_name, birth_place, deceased"},
    {.name = "links", .kind = OPT_TEXT, .offset = offsetof(struct args, links), .value = "CSV",
        .help = "what another engine found, instead: pairs.csv of hygie link, or "
                                "idacc, nir, outcome"},
    {.name = "decisions", .kind = OPT_TEXT, .offset = offsetof(struct args, decisions),
        .value = "CSV", .help = "what persons decided, comes first: a corrected --review file"},
    {.name = "separator", .kind = OPT_TEXT, .offset = offsetof(struct args, separator),
        .value = "C", .help = "between fields of these; tab for a tabulator"},
    {.name = "review", .kind = OPT_TEXT, .offset = offsetof(struct args, review),
        .value = "FILE", .help = "write what a person must decide on (private, 0600)"},
    {.name = "out", .kind = OPT_TEXT, .offset = offsetof(struct args, out), .value = "DIR",
        .help = "folder of the two envelopes, made when missing", .required = true},
    {.name = "again", .kind = OPT_FLAG, .offset = offsetof(struct args, again),
        .help = "although this or another envelope of the centre was worked on before"},
    REPORT_OPTIONS(struct args, output),
    EXCHANGE_OPTION_QUIET(struct args, exchange),
    {0},
};
/* clang-format on */

static int print(const struct args *a, const struct exchange_found *f, struct err *err)
{
	static const struct report_column columns[] = {
	    {"outcome", "Outcome", REPORT_TEXT},
	    {"rows", "Rows", REPORT_COUNT},
	    {"nir", "NIR goes on", REPORT_TEXT},
	};
	static const char letters[] = "iruemax";
	AUTO_REPORT struct report *r = report_new("Identification", "");
	struct report_table *t = report_add_table(r, "outcomes", "Outcomes",
	    REPORT_SHOWN | REPORT_EXPORTED, columns, ARRAY_LEN(columns));

	report_add_fact(r, "rows", "Rows", "%llu", (unsigned long long)f->rows);
	report_add_fact(r, "deceased", "Deceased", "%llu", (unsigned long long)f->deceased);
	for (size_t i = 0; letters[i]; i++) {
		report_add_cell(r, t, "%s", exchange_outcome_name(letters[i]));
		report_add_cell(r, t, "%llu",
		    (unsigned long long)f->by_outcome[(unsigned char)letters[i]]);
		report_add_cell(r, t, "%s",
		    exchange_outcome_is_certain((enum exchange_outcome)letters[i]) ? "yes" : "no");
	}
	return report_emit(r, &a->output, err);
}

struct sources {
	struct exchange_population *population;
	struct exchange_links *links, *decisions;
	struct exchange_matcher base, matcher;
};

static int open_base(struct sources *s, const struct args *a, char separator,
    struct progress *progress, struct err *err)
{
	if (!a->reference == !a->links)
		return err_set(err, ERR_USAGE, "either --reference or --links is needed");
	if (a->links) {
		if (exchange_links_read(&s->links, a->links, separator, err) < 0)
			return -1;
		s->base = exchange_links_matcher(s->links);
		return 0;
	}
	if (exchange_population_read(&s->population, a->reference, separator, progress, err) < 0)
		return -1;
	s->base = exchange_civil_matcher(s->population);
	return 0;
}

static int open_sources(struct sources *s, const struct args *a, struct progress *progress,
    struct err *err)
{
	char separator;

	if (exchange_separator(a->separator, &separator, err) < 0 ||
	    open_base(s, a, separator, progress, err) < 0)
		return -1;
	s->matcher = s->base;
	if (!a->decisions)
		return 0;
	if (exchange_links_read(&s->decisions, a->decisions, separator, err) < 0)
		return -1;
	exchange_links_otherwise(s->decisions, &s->base);
	s->matcher = exchange_links_matcher(s->decisions);
	return 0;
}

/* The envelope's subject names the two outputs, so it is read first. */
static int identify(const struct args *a, const struct exchange_work *w,
    const struct exchange_matcher *matcher, struct exchange_found *found, struct err *err)
{
	AUTO_EXCHANGE_ENVELOPE struct exchange_envelope *e = NULL;
	AUTO_FREE char *nir = NULL;
	AUTO_FREE char *outcomes = NULL;
	const char *subject;

	if (exchange_envelope_open(&e, a->envelope, w->project, w->directory, err) < 0)
		return -1;
	subject = exchange_envelope_manifest(e)->subject;
	nir = str_format("%s/%s-nir-%s.envelope", a->out, w->project->name, subject);
	outcomes = str_format("%s/%s-outcomes-%s.envelope", a->out, w->project->name, subject);
	return exchange_identify(w, a->envelope, matcher, nir, outcomes, a->review, found, err);
}

static int run(void *args, struct err *err)
{
	const struct args *a = args;
	AUTO_EXCHANGE_SESSION struct exchange_session s = {0};
	struct sources sources = {0};
	struct exchange_found found;
	int rc;

	if (exchange_session_open(&s, &a->exchange, err) < 0)
		return -1;
	s.work.again = a->again;
	progress_start(&s.progress, "identifying", "rows", 0);
	rc = open_sources(&sources, a, &s.progress, err);
	if (rc == 0)
		rc = identify(a, &s.work, &sources.matcher, &found, err);
	progress_end(&s.progress);
	exchange_population_free(&sources.population);
	exchange_links_free(&sources.links);
	exchange_links_free(&sources.decisions);
	if (rc > 0)
		log_info("%s: was done before, nothing to do", a->envelope);
	return rc ? MIN(rc, 0) : print(a, &found, err);
}

const struct command cmd_exchange_identify = {
    .name = "exchange identify",
    .summary = "the identity service: traits to NIR, certain outcomes only",
    .about =
	"Certain outcomes (identifie, identifie_rectifie) go on, sealed, to the first custodian\n"
	"as subject number, NIR, sex and birth date; the controller gets the outcome of every\n"
	"subject number. --links takes what another engine found, hygie link for one: its\n"
	"records are the opened traits, left, and the register, right.",
    .opts = opts,
    .args_size = sizeof(struct args),
    .defaults = &defaults,
    .run = run,
};
