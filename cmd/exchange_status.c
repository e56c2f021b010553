#include "exchange/state.h"
#include "report/options.h"
#include "shared/exchange.h"

struct args {
	struct exchange_args exchange;
	const char *state;
	struct report_output output;
};

/* clang-format off */
static const struct opt opts[] = {
    EXCHANGE_OPTION_PROJECT(struct args, exchange),
    {.name = "state", .kind = OPT_TEXT, .offset = offsetof(struct args, state), .value = "DIR",
        .help = "the exchange's folder", .required = true},
    REPORT_OPTIONS(struct args, output),
    {0},
};
/* clang-format on */

static const char *progress_name(const struct exchange_status *s)
{
	static const char *const words[] = {
	    [EXCHANGE_AWAITED] = "awaited",
	    [EXCHANGE_HERE] = "here",
	    [EXCHANGE_HANDED_ON] = "handed on",
	};

	if (s->is_purged)
		return "handed on, removed";
	return s->is_waiting ? "here, waits for the others" : words[s->progress];
}

static void add_rows(struct report *r, const struct exchange_status_list *list)
{
	static const struct report_column columns[] = {
	    {"step", "Step", REPORT_TEXT},
	    {"centre", "About", REPORT_TEXT},
	    {"from", "From", REPORT_TEXT},
	    {"to", "To", REPORT_TEXT},
	    {"count", "Rows", REPORT_COUNT},
	    {"progress", "Progress", REPORT_TEXT},
	    {"hash", NULL, REPORT_TEXT},
	};
	struct report_table *t = report_add_table(r, "envelopes", "Envelopes of the circuit",
	    REPORT_SHOWN | REPORT_EXPORTED, columns, ARRAY_LEN(columns));

	for (size_t i = 0; i < list->items.len; i++) {
		const struct exchange_status *s = &list->items.ptr[i];

		report_add_cell(r, t, "%s", exchange_step_name(s->step));
		report_add_cell(r, t, "%s", s->subject);
		report_add_cell(r, t, "%s", s->sender);
		report_add_cell(r, t, "%s", s->recipient);
		if (s->progress == EXCHANGE_AWAITED)
			report_add_cell(r, t, "%s", "");
		else
			report_add_cell(r, t, "%llu", (unsigned long long)s->count);
		report_add_cell(r, t, "%s", progress_name(s));
		report_add_cell(r, t, "%s", s->hash);
	}
}

static int run(void *args, struct err *err)
{
	const struct args *a = args;
	AUTO_EXCHANGE_SESSION struct exchange_session s = {0};
	AUTO_EXCHANGE_STATE struct exchange_state *state = NULL;
	AUTO_REPORT struct report *r = report_new("Exchange", "");
	struct exchange_status_list list = {0};
	size_t done = 0;
	int rc;

	if (exchange_session_open(&s, &a->exchange, err) < 0 ||
	    exchange_state_open(&state, a->state, err) < 0)
		return -1;
	rc = exchange_state_status(state, &s.project, &list, err);
	for (size_t i = 0; i < list.items.len; i++)
		done += list.items.ptr[i].progress == EXCHANGE_HANDED_ON;
	report_add_fact(r, "project", "Project", "%s", s.project.name);
	report_add_fact(r, "circuit", "Circuit", "%s", exchange_circuit_name(s.project.circuit));
	report_add_fact(r, "done", "Handed on", "%zu of %zu", done, list.items.len);
	add_rows(r, &list);
	vec_clear(&list.items);
	return rc < 0 ? -1 : report_emit(r, &a->output, err);
}

const struct command cmd_exchange_status = {
    .name = "exchange status",
    .summary = "how far a project is, every centre at a glance",
    .opts = opts,
    .args_size = sizeof(struct args),
    .run = run,
};
