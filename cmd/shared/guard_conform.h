/* Whether a delivery conforms: schemas by name or file, for hygie guard scan. */
#ifndef CMD_GUARD_CONFORM_H
#define CMD_GUARD_CONFORM_H

#include "guard/rules.h"

struct guard_conform {
	const char *path;   /* a file or a folder */
	const char *schema; /* FILE, "snds", "snds:DIR", "omop"; NULL: none */
	const char *rules;  /* FILE; NULL: none */
	const struct guard_csv_options *options;
};

/* Adds what the schema and the rules say of the files to `ret`. */
MUST_CHECK int guard_conform_run(const struct guard_conform *c, struct guard_checks *ret,
    struct err *err);

#endif
