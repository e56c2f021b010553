#include "exchange/directory.h"
#include "shared/exchange.h"

struct args {
	const char *card;
	const char *directory;
	const char *fingerprint;
	bool replace;
};

/* clang-format off */
static const struct opt opts[] = {
    {.kind = OPT_TEXT, .offset = offsetof(struct args, card), .value = "CARD",
        .help = "card.json of another actor", .required = true},
    {.name = "directory", .kind = OPT_TEXT, .offset = offsetof(struct args, directory),
        .value = "FILE", .help = "your key directory, made when missing", .required = true},
    {.name = "fingerprint", .kind = OPT_TEXT, .offset = offsetof(struct args, fingerprint),
        .value = "TEXT", .help = "as its owner told it: by telephone, on paper",
        .required = true},
    {.name = "replace", .kind = OPT_FLAG, .offset = offsetof(struct args, replace),
        .help = "its owner has a new key"},
    {0},
};
/* clang-format on */

static int run(void *args, struct err *err)
{
	const struct args *a = args;
	struct exchange_card card;
	int there;

	if (exchange_card_read(&card, a->card, err) < 0)
		return -1;
	there = exchange_directory_pin(a->directory, &card, a->fingerprint, a->replace, err);
	if (there < 0)
		return -1;
	log_info("%s: %s, %s, is %s", a->directory, card.name, exchange_role_name(card.role),
	    there ? "there already" : "pinned");
	return 0;
}

const struct command cmd_exchange_pin = {
    .name = "exchange pin",
    .summary = "trust another actor's card, by its fingerprint",
    .about = "A card whose fingerprint is not the one its owner told is refused. Later changes of\n"
	     "a pinned card are refused by every command.",
    .opts = opts,
    .args_size = sizeof(struct args),
    .run = run,
};
