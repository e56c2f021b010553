#include "exchange/state.h"
#include "shared/exchange.h"

struct args {
	struct exchange_args exchange;
	const char *state;
};

/* clang-format off */
static const struct opt opts[] = {
    EXCHANGE_OPTION_PROJECT(struct args, exchange),
    {.name = "state", .kind = OPT_TEXT, .offset = offsetof(struct args, state), .value = "DIR",
        .help = "the exchange's folder", .required = true},
    EXCHANGE_OPTION_QUIET(struct args, exchange),
    {0},
};
/* clang-format on */

static int run(void *args, struct err *err)
{
	const struct args *a = args;
	AUTO_EXCHANGE_SESSION struct exchange_session s = {0};
	AUTO_EXCHANGE_STATE struct exchange_state *state = NULL;
	size_t count;

	if (exchange_session_open(&s, &a->exchange, err) < 0 ||
	    exchange_state_open(&state, a->state, err) < 0 ||
	    exchange_state_purge(state, &s.project, &count, err) < 0)
		return -1;
	log_info("project %s: %zu envelope%s removed", s.project.name, count,
	    count == 1 ? "" : "s");
	return 0;
}

const struct command cmd_exchange_purge = {
    .name = "exchange purge",
    .summary = "remove a project's envelopes once its result was handed on",
    .about = "The ledger stays: what passed is known, and a replay is still refused.",
    .opts = opts,
    .args_size = sizeof(struct args),
    .run = run,
};
