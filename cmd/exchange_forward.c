#include "exchange/state.h"
#include "shared/exchange.h"

struct args {
	struct exchange_args exchange;
	const char *state;
	const char *out;
};

/* clang-format off */
static const struct opt opts[] = {
    EXCHANGE_OPTION_DIRECTORY(struct args, exchange),
    EXCHANGE_OPTION_PROJECT(struct args, exchange),
    {.name = "state", .kind = OPT_TEXT, .offset = offsetof(struct args, state), .value = "DIR",
        .help = "the exchange's folder", .required = true},
    {.name = "out", .kind = OPT_TEXT, .offset = offsetof(struct args, out), .value = "DIR",
        .help = "envelopes go to DIR/RECIPIENT/", .required = true},
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
	    exchange_state_forward(state, &s.project, &s.directory, a->out, &count, err) < 0)
		return -1;
	log_info("project %s: %zu envelope%s handed on", s.project.name, count,
	    count == 1 ? "" : "s");
	return 0;
}

const struct command cmd_exchange_forward = {
    .name = "exchange forward",
    .summary = "hand envelopes on to the next actor of the circuit",
    .about = "Those of a multi-centre circuit go together, when every centre has deposited; until\n"
	     "then it is refused. What was handed on is given again when its file is missing.",
    .opts = opts,
    .args_size = sizeof(struct args),
    .run = run,
};
