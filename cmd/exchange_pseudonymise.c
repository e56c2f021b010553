#include "exchange/pseudonymise.h"
#include "exchange/row.h"
#include "report/options.h"
#include "shared/exchange.h"

struct args {
	struct exchange_args exchange;
	struct opt_list envelopes;
	const char *out;
	bool again;
	struct report_output output;
};

/* clang-format off */
static const struct opt opts[] = {
    {.kind = OPT_LIST, .offset = offsetof(struct args, envelopes), .value = "ENVELOPE",
        .help = "custodian 1: NIR; custodian 2: the tokens of every centre", .required = true},
    EXCHANGE_OPTION_KEY(struct args, exchange),
    EXCHANGE_OPTION_DIRECTORY(struct args, exchange),
    EXCHANGE_OPTION_PROJECT(struct args, exchange),
    {.name = "out", .kind = OPT_TEXT, .offset = offsetof(struct args, out), .value = "DIR",
        .help = "folder of the envelopes to make, made when missing", .required = true},
    {.name = "again", .kind = OPT_FLAG, .offset = offsetof(struct args, again),
        .help = "although another envelope of a centre was worked on before"},
    REPORT_OPTIONS(struct args, output),
    EXCHANGE_OPTION_QUIET(struct args, exchange),
    {0},
};
/* clang-format on */

static int print(const struct args *a, const struct exchange_project *p,
    const struct exchange_counts *c, bool second, struct err *err)
{
	static const struct report_column columns[] = {
	    {"class", "Told by", REPORT_TEXT},
	    {"rows", "Rows", REPORT_COUNT},
	};
	AUTO_REPORT struct report *r = report_new("Pseudonyms", "");
	struct report_table *t = report_add_table(r, "classes", "How persons were told",
	    REPORT_SHOWN | REPORT_EXPORTED, columns, ARRAY_LEN(columns));

	report_add_fact(r, "stage", "Stage", "%d", second ? 2 : 1);
	report_add_fact(r, "hash", "Hash", "%s",
	    p->hash == EXCHANGE_SHA1_2020 ? "sha1-2020: for tests of formats only"
					  : "HMAC-SHA-256");
	report_add_fact(r, "rows", "Rows", "%llu", (unsigned long long)c->rows);
	if (second)
		report_add_fact(r, "persons", "Persons", "%llu", (unsigned long long)c->persons);
	for (int i = 0; i < 256; i++) {
		if (!c->by_class[i])
			continue;
		report_add_cell(r, t, "%s", exchange_class_name(i));
		report_add_cell(r, t, "%llu", (unsigned long long)c->by_class[i]);
	}
	return report_emit(r, &a->output, err);
}

static void add_counts(struct exchange_counts *sum, const struct exchange_counts *c)
{
	sum->rows += c->rows;
	for (size_t i = 0; i < ARRAY_LEN(sum->by_class); i++)
		sum->by_class[i] += c->by_class[i];
}

/* 1 when all were done before. */
static int first_stage(const struct args *a, const struct exchange_work *w,
    struct exchange_counts *sum, struct err *err)
{
	size_t done = 0;

	for (size_t i = 0; i < a->envelopes.items.len; i++) {
		const char *path = a->envelopes.items.ptr[i];
		AUTO_EXCHANGE_ENVELOPE struct exchange_envelope *e = NULL;
		AUTO_FREE char *out = NULL;
		struct exchange_counts counts;
		int rc;

		if (exchange_envelope_open(&e, path, w->project, w->directory, err) < 0)
			return -1;
		out = str_format("%s/%s-tokens-%s.envelope", a->out, w->project->name,
		    exchange_envelope_manifest(e)->subject);
		rc = exchange_hash_first(w, path, out, &counts, err);
		if (rc < 0)
			return -1;
		done += (size_t)rc;
		add_counts(sum, &counts);
	}
	return done == a->envelopes.items.len;
}

static int work(const struct args *a, const struct exchange_work *w, bool second,
    struct exchange_counts *counts, struct err *err)
{
	AUTO_FREE char *out = str_format("%s/%s-result-%s.envelope", a->out, w->project->name,
	    w->project->controller);

	if (!second)
		return first_stage(a, w, counts, err);
	return exchange_hash_second(w, a->envelopes.items.ptr, a->envelopes.items.len, out, counts,
	    err);
}

static int run(void *args, struct err *err)
{
	const struct args *a = args;
	AUTO_EXCHANGE_SESSION struct exchange_session s = {0};
	struct exchange_counts counts = {0};
	bool second;
	int rc;

	if (exchange_session_open(&s, &a->exchange, err) < 0)
		return -1;
	second = strcmp(s.key->card.name, s.project.custodians[1]) == 0;
	if (!second && strcmp(s.key->card.name, s.project.custodians[0]) != 0)
		return err_set(err, ERR_DENIED, "project %s: %s is none of its custodians",
		    s.project.name, s.key->card.name);
	s.work.again = a->again;
	progress_start(&s.progress, "hashing", "rows", 0);
	rc = work(a, &s.work, second, &counts, err);
	progress_end(&s.progress);
	if (rc > 0)
		log_info("was done before, nothing to do");
	return rc ? MIN(rc, 0) : print(a, &s.project, &counts, second, err);
}

const struct command cmd_exchange_pseudonymise = {
    .name = "exchange pseudonymise",
    .summary = "a custodian's stage: hash under its key, find duplicates",
    .about = "The project says which custodian hashes first. The second one gives every subject\n"
	     "number its pseudonym, the same for one person of several centres, sealed to the\n"
	     "controller. No one holds both keys.",
    .opts = opts,
    .args_size = sizeof(struct args),
    .run = run,
};
