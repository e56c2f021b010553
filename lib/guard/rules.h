/*
 * Rules of one's own, as JSON:
 *
 *   {"tables": {"stay": {"fields": [{"name": "entry", "type": "date"}]}},
 *    "rules": [{"id": "stay.order", "table": "stay", "that": "exit >= entry",
 *               "message": "stays that end before they begin",
 *               "severity": "error", "threshold": 0, "category": "plausibility"}]}
 *
 * "that" is an expression of rule_expr.h. A row of which it is false violates
 * it; one of which it cannot be said (a value is missing, or is none of its
 * field's type) does not count. An expression over all rows is one check of the
 * table. Types come from "tables" (field descriptors of Table Schema), else from
 * the schema, else all is text. "table" may be left out where there is one file.
 *
 * How: the columns that rules name are read, typed, into a table of DuckDB in
 * memory, with the number of each row; each rule is one query. Memory: those
 * columns, within memory_bytes; a rule that needs more is a check that is broken.
 */
#ifndef GUARD_RULES_H
#define GUARD_RULES_H

#include "guard/schema_check.h"

enum { GUARD_RULES_MAX = 10000 };

struct guard_own_rule {
	const char *id, *table, *that, *message, *category;
	enum guard_severity severity;
	double threshold;
};

struct guard_rules {
	struct guard_schema types; /* of "tables", and holder of all texts */
	VEC(struct guard_own_rule) list;
};

#define AUTO_RULES AUTO(guard_rules_clear)

/* ERR_FORMAT "NAME: rules[2].severity: RULE". Expressions are read by guard_rules_check. */
MUST_CHECK int guard_rules_parse(struct guard_rules *ret, const char *name, struct view json,
    struct err *err);
MUST_CHECK int guard_rules_read(struct guard_rules *ret, const char *path, struct err *err);
void guard_rules_clear(struct guard_rules *r);

/*
 * Adds to `ret`. `schema` may be NULL. ERR_FORMAT "NAME: rules[2].that: line 1, column 8: RULE"
 * for an expression that is wrong or names what neither the files nor the schema have, before
 * any row is read.
 */
MUST_CHECK int guard_rules_check(struct guard_checks *ret, const struct guard_rules *r,
    const struct guard_schema *schema, const struct guard_files *files,
    const struct guard_csv_options *o, struct err *err);

#endif
