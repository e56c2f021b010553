#include "shared/exchange.h"

struct args {
	struct exchange_args exchange;
	const char *envelope;
	int64_t from;
	const char *out;
};

/* clang-format off */
static const struct opt opts[] = {
    {.kind = OPT_TEXT, .offset = offsetof(struct args, envelope), .value = "ENVELOPE",
        .help = "the controller's pseudonyms (seal --pseudonyms)", .required = true},
    EXCHANGE_OPTION_KEY(struct args, exchange),
    EXCHANGE_OPTION_DIRECTORY(struct args, exchange),
    EXCHANGE_OPTION_PROJECT(struct args, exchange),
    {.name = "from", .kind = OPT_INT, .offset = offsetof(struct args, from), .value = "EPOCH",
        .help = "the epoch they are of; the project file has the new one", .required = true,
        .max = EXCHANGE_EPOCHS_MAX},
    {.name = "out", .kind = OPT_TEXT, .offset = offsetof(struct args, out), .value = "FILE",
        .help = "the envelope to make: old and new", .required = true},
    EXCHANGE_OPTION_QUIET(struct args, exchange),
    {0},
};
/* clang-format on */

static int run(void *args, struct err *err)
{
	const struct args *a = args;
	AUTO_EXCHANGE_SESSION struct exchange_session s = {0};
	struct exchange_counts counts;
	int rc;

	if (exchange_session_open(&s, &a->exchange, err) < 0)
		return -1;
	progress_start(&s.progress, "renewing", "rows", 0);
	rc = exchange_renew(&s.work, a->envelope, a->from, a->out, &counts, err);
	progress_end(&s.progress);
	if (rc == 0)
		log_info("%s: %llu pseudonyms renewed to epoch %lld", a->out,
		    (unsigned long long)counts.rows, (long long)s.project.epoch);
	return rc;
}

const struct command cmd_exchange_rekey = {
    .name = "exchange rekey",
    .summary = "the second custodian renews a project's pseudonyms",
    .about =
	"Old and new pseudonyms, sealed to the controller. New deposits get the new ones from\n"
	"the same project file.",
    .opts = opts,
    .args_size = sizeof(struct args),
    .run = run,
};
