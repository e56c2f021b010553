/*
 * Option tables. One table a command: it parses, it is the --help, the
 * synopsis of the manual and the shell completion.
 *
 *   struct args { const char *out; int64_t patients; };
 *   static const struct opt opts[] = {
 *           {.name = "out", .kind = OPT_TEXT, .offset = offsetof(struct args, out),
 *               .value = "DIR", .help = "folder to make", .required = true},
 *           {.kind = OPT_TEXT, ... .value = "FILE"},   positional: no name
 *           {0}};
 */
#ifndef BASE_OPT_H
#define BASE_OPT_H

#include "base/date.h"
#include "base/str.h"
#include "base/vec.h"

struct opt_list {
	VEC(const char *)
	items;
};

enum opt_kind {
	OPT_NONE,
	OPT_FLAG,   /* bool */
	OPT_TEXT,   /* const char * */
	OPT_OUTPUT, /* const char *: a file to write; its folder must let us, ERR_OUTPUT */
	OPT_LIST,   /* struct opt_list; may be repeated; as a positional: the rest */
	OPT_INT,    /* int64_t within min..max */
	OPT_SIZE,   /* uint64_t bytes: 512M, 4G */
	OPT_DATE,   /* date_t: 2018-01-31 */
	OPT_CHOICE, /* int: index into the words of `value`, "table|json|csv"; a default
	             * below 0 is none; the name of a "yes|no" alone means yes */
};

struct opt {
	const char *name;
	enum opt_kind kind;
	size_t offset;
	const char *value; /* what the help calls it: FILE, N, table|json|csv */
	const char *help;
	int64_t min, max; /* OPT_INT; max 0: no limit */
	bool required;
};

/*
 * Fill `args` (already holding the defaults) from argv[0..argc-1], which
 * begins behind the command's words. An error is ERR_USAGE and suggests the
 * nearest option. Texts borrow argv.
 */
MUST_CHECK int opt_parse(const struct opt *table, int argc, char **argv, void *args,
    struct err *err);
/* Free the lists that opt_parse filled. */
void opt_clear(const struct opt *table, void *args);
/* "[--out DIR] FILE..." on one line. */
void opt_synopsis(const struct opt *table, struct str *out);
/* One aligned paragraph an option. */
void opt_help(const struct opt *table, const void *defaults, struct str *out);
/* The word of `words` (NULL-terminated) that `typed` probably meant, or NULL. */
const char *opt_nearest(const char *typed, const char *const *words);

#endif
