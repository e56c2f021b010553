/* What the commands of hygie exchange share: options, and what they open. */
#ifndef SHARED_EXCHANGE_H
#define SHARED_EXCHANGE_H

#include "base/command.h"
#include "base/log.h"
#include "exchange/pseudonymise.h"

struct exchange_args {
	const char *key;        /* folder, or NULL */
	const char *passphrase; /* file, or NULL */
	const char *directory;
	const char *project;
	bool quiet;
};

/* clang-format off */
#define EXCHANGE_OPTION_KEY(type, member)                                                          \
	{.name = "key", .kind = OPT_TEXT,                                                          \
	    .offset = offsetof(type, member) + offsetof(struct exchange_args, key),                \
	    .value = "FOLDER", .help = "your key: the folder that keygen made", .required = true}, \
	{.name = "passphrase-file", .kind = OPT_TEXT,                                              \
	    .offset = offsetof(type, member) + offsetof(struct exchange_args, passphrase),         \
	    .value = "FILE", .help = "its first line opens the key"}

#define EXCHANGE_OPTION_PROJECT(type, member)                                                      \
	{                                                                                          \
		.name = "project", .kind = OPT_TEXT,                                               \
		.offset = offsetof(type, member) + offsetof(struct exchange_args, project),        \
		.value = "FILE", .help = "the project: its circuit and who takes part",            \
		.required = true                                                                   \
	}

#define EXCHANGE_OPTION_DIRECTORY(type, member)                                                    \
	{                                                                                          \
		.name = "directory", .kind = OPT_TEXT,                                             \
		.offset = offsetof(type, member) + offsetof(struct exchange_args, directory),      \
		.value = "FILE", .help = "the key directory: cards pinned by hygie exchange pin",  \
		.required = true                                                                   \
	}

#define EXCHANGE_OPTION_QUIET(type, member)                                                        \
	{                                                                                          \
		.name = "quiet", .kind = OPT_FLAG,                                                 \
		.offset = offsetof(type, member) + offsetof(struct exchange_args, quiet),          \
		.help = "no progress, no closing line"                                             \
	}
/* clang-format on */

struct exchange_session {
	struct exchange_project project;
	struct exchange_directory directory;
	struct exchange_key *key;
	struct exchange_ledger *ledger; /* KEY/ledger */
	struct progress progress;
	struct exchange_work work; /* all of it */
};

#define AUTO_EXCHANGE_SESSION AUTO(exchange_session_clear)

/* Read what the options name; the key and its ledger only when `key` is given. */
MUST_CHECK int exchange_session_open(struct exchange_session *s, const struct exchange_args *a,
    struct err *err);
void exchange_session_clear(struct exchange_session *s);
/* The first line of a file, in locked memory; *ret stays NULL without a path. */
MUST_CHECK int exchange_passphrase_read(char **ret, const char *path, struct err *err);
/* One character of --separator. */
MUST_CHECK int exchange_separator(const char *text, char *ret, struct err *err);

#endif
