#include "shared/exchange.h"

#include "base/secret.h"

#include <stdio.h>

struct args {
	const char *name;
	int role;
	const char *passphrase;
	const char *out;
};

/* clang-format off */
static const struct opt opts[] = {
    {.kind = OPT_TEXT, .offset = offsetof(struct args, out), .value = "FOLDER",
        .help = "folder to make: secret.key (0600) and card.json", .required = true},
    {.name = "name", .kind = OPT_TEXT, .offset = offsetof(struct args, name), .value = "NAME",
        .help = "what projects call you: a-z, 0-9, - and _", .required = true},
    {.name = "role", .kind = OPT_CHOICE, .offset = offsetof(struct args, role),
        .value = "centre|controller|identity|custodian", .help = "what you are"},
    {.name = "passphrase-file", .kind = OPT_TEXT, .offset = offsetof(struct args, passphrase),
        .value = "FILE", .help = "protect the secret with the first line of FILE (Argon2id)"},
    {0},
};
/* clang-format on */

static int run(void *args, struct err *err)
{
	const struct args *a = args;
	AUTO_FREE char *path = str_format("%s/card.json", a->out);
	AUTO_SECRET char *passphrase = NULL;
	char fingerprint[EXCHANGE_FINGERPRINT_SIZE];
	struct exchange_card card;
	int there;

	if (exchange_passphrase_read(&passphrase, a->passphrase, err) < 0)
		return -1;
	there = exchange_key_make(a->out, a->name, (enum exchange_role)(a->role + EXCHANGE_CENTRE),
	    passphrase, err);
	if (there < 0 || exchange_card_read(&card, path, err) < 0)
		return -1;
	exchange_card_fingerprint(&card, fingerprint);
	printf("%s\n", fingerprint);
	log_info(
	    "%s: %s. Give card.json to the others, and tell them this fingerprint on another way",
	    a->out, there ? "the key was there already" : "a new key");
	return 0;
}

const struct command cmd_exchange_keygen = {
    .name = "exchange keygen",
    .summary = "make your key and the card you hand to the others",
    .about = "Prints the fingerprint of the card. The secret never leaves FOLDER; a key that is\n"
	     "there is kept.",
    .opts = opts,
    .args_size = sizeof(struct args),
    .run = run,
};
