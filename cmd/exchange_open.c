#include "exchange/opened.h"
#include "shared/exchange.h"

struct args {
	struct exchange_args exchange;
	const char *envelope;
	const char *out;
};

/* clang-format off */
static const struct opt opts[] = {
    {.kind = OPT_TEXT, .offset = offsetof(struct args, envelope), .value = "ENVELOPE",
        .help = "sealed to you", .required = true},
    EXCHANGE_OPTION_KEY(struct args, exchange),
    EXCHANGE_OPTION_DIRECTORY(struct args, exchange),
    EXCHANGE_OPTION_PROJECT(struct args, exchange),
    {.name = "out", .kind = OPT_TEXT, .offset = offsetof(struct args, out), .value = "CSV",
        .help = "the file to write (0600)", .required = true},
    EXCHANGE_OPTION_QUIET(struct args, exchange),
    {0},
};
/* clang-format on */

static int run(void *args, struct err *err)
{
	const struct args *a = args;
	AUTO_EXCHANGE_SESSION struct exchange_session s = {0};
	uint64_t rows;
	int rc;

	if (exchange_session_open(&s, &a->exchange, err) < 0)
		return -1;
	progress_start(&s.progress, "opening", "rows", 0);
	rc = exchange_open_csv(&s.work, a->envelope, a->out, &rows, err);
	progress_end(&s.progress);
	if (rc == 0)
		log_info("%s: %llu rows", a->out, (unsigned long long)rows);
	return rc;
}

const struct command cmd_exchange_open = {
    .name = "exchange open",
    .summary = "read an envelope that is sealed to you, as CSV",
    .about = "For the controller: results, outcomes and renewed pseudonyms. For the identity\n"
	     "service: traits, to link them with an engine of its own.",
    .opts = opts,
    .args_size = sizeof(struct args),
    .run = run,
};
