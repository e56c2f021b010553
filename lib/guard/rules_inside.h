/* The inside of guard_rules_check. For rules_*.c. */
#ifndef GUARD_RULES_INSIDE_H
#define GUARD_RULES_INSIDE_H

#include "guard/feed.h"
#include "guard/rule_expr.h"
#include "guard/rules.h"
#include "guard/schema_value.h"
#include "table/append.h"

/* A column that some rule names. */
struct rules_column {
	struct guard_field field;
	size_t column; /* of the file; SIZE_MAX: it has none */
	enum rule_kind kind;
	enum table_type type;
};

struct rules_table {
	const char *name;
	const char *path;                       /* NULL: its file is not here */
	const struct guard_table *own, *schema; /* fields; NULL: none */
	bool is_used;
	struct guard_feed feed;
	VEC(struct rules_column) columns;
};

/* A rule that was compiled. */
struct rules_made {
	const struct guard_own_rule *rule;
	size_t table;
	struct rule_sql sql;
	const char *lacks; /* NULL, or the table or variable that is not here */
};

struct rules_job {
	struct guard_checks *checks;
	const struct guard_rules *rules;
	const struct guard_schema *schema;
	const struct guard_csv_options *options;
	struct table_db *db;
	struct arena arena;
	VEC(struct rules_table) tables;
	VEC(struct rules_made) made;
	const char *lacks; /* of the rule that is being compiled */
	struct guard_texts missing;
};

MUST_CHECK int rules_bind(struct rules_job *j, const struct guard_files *files, struct err *err);
MUST_CHECK int rules_compile(struct rules_job *j, struct err *err);
/* The used columns of a table into table t<number> of the database. */
MUST_CHECK int rules_load(struct rules_job *j, size_t table, struct err *err);

#endif
