#include "exchange/state.h"
#include "report/options.h"
#include "shared/exchange.h"

struct args {
	struct exchange_args exchange;
	const char *state;
	bool replace;
	struct opt_list envelopes;
	struct report_output output;
};

/* clang-format off */
static const struct opt opts[] = {
    {.kind = OPT_LIST, .offset = offsetof(struct args, envelopes), .value = "ENVELOPE",
        .help = "what came in", .required = true},
    EXCHANGE_OPTION_DIRECTORY(struct args, exchange),
    EXCHANGE_OPTION_PROJECT(struct args, exchange),
    {.name = "state", .kind = OPT_TEXT, .offset = offsetof(struct args, state), .value = "DIR",
        .help = "keep what is good in the exchange's folder, made when missing"},
    {.name = "replace", .kind = OPT_FLAG, .offset = offsetof(struct args, replace),
        .help = "take it instead of an earlier one that was not handed on"},
    REPORT_OPTIONS(struct args, output),
    EXCHANGE_OPTION_QUIET(struct args, exchange),
    {0},
};
/* clang-format on */

static void add_row(struct report *r, struct report_table *t, const struct exchange_manifest *m,
    const char *verdict)
{
	char hash[65];

	exchange_manifest_hash(m, hash);
	report_add_cell(r, t, "%s", m->project);
	report_add_cell(r, t, "%s", m->subject);
	report_add_cell(r, t, "%s", exchange_step_name(m->step));
	report_add_cell(r, t, "%llu", (unsigned long long)m->count);
	report_add_cell(r, t, "%s", hash);
	report_add_cell(r, t, "%s", verdict);
}

MUST_CHECK static int verify_one(const struct args *a, struct exchange_session *s,
    struct exchange_state *state, const char *path, struct report *r, struct report_table *t,
    struct err *err)
{
	AUTO_EXCHANGE_ENVELOPE struct exchange_envelope *e = NULL;
	enum exchange_receipt receipt;
	struct exchange_manifest m;

	if (!state) {
		if (exchange_envelope_open(&e, path, &s->project, &s->directory, err) < 0)
			return -1;
		add_row(r, t, exchange_envelope_manifest(e), "good");
		return 0;
	}
	if (exchange_state_receive(state, path, &s->project, &s->directory, a->replace, &receipt,
		&m, err) < 0)
		return -1;
	add_row(r, t, &m, receipt == EXCHANGE_NEW ? "good, kept" : "good, was here already");
	return 0;
}

static int run(void *args, struct err *err)
{
	static const struct report_column columns[] = {
	    {"project", "Project", REPORT_TEXT},
	    {"centre", "About", REPORT_TEXT},
	    {"step", "Step", REPORT_TEXT},
	    {"count", "Rows", REPORT_COUNT},
	    {"hash", "Hash", REPORT_TEXT},
	    {"verdict", "Verdict", REPORT_TEXT},
	};
	const struct args *a = args;
	AUTO_EXCHANGE_SESSION struct exchange_session s = {0};
	AUTO_EXCHANGE_STATE struct exchange_state *state = NULL;
	AUTO_REPORT struct report *r = report_new("Envelopes", "");
	struct report_table *t = report_add_table(r, "envelopes", "Received",
	    REPORT_SHOWN | REPORT_EXPORTED, columns, ARRAY_LEN(columns));

	if (exchange_session_open(&s, &a->exchange, err) < 0 ||
	    (a->state && exchange_state_open(&state, a->state, err) < 0))
		return -1;
	for (size_t i = 0; i < a->envelopes.items.len; i++)
		if (verify_one(a, &s, state, a->envelopes.items.ptr[i], r, t, err) < 0)
			return -1;
	return report_emit(r, &a->output, err);
}

const struct command cmd_exchange_verify = {
    .name = "exchange verify",
    .summary = "check envelopes without a key, and keep them in the exchange",
    .about = "Sender, project, circuit, count, hash and signature. Refuses replays and second\n"
	     "deposits. Nothing here can read what is inside.",
    .opts = opts,
    .args_size = sizeof(struct args),
    .run = run,
};
