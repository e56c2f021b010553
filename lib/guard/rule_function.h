/* The functions of rules, data/rule_functions.csv. */
#ifndef GUARD_RULE_FUNCTION_H
#define GUARD_RULE_FUNCTION_H

#include "guard/rule_expr.h"

enum { RULE_ARGUMENTS_MAX = 3 };

struct rule_function {
	enum rule_kind arguments[RULE_ARGUMENTS_MAX];
	size_t count;
	enum rule_kind result;
	struct view sql; /* with @1@, @2@ */
};

/* Whether there is one; its SQL is in the arena. */
bool rule_function_find(struct view name, struct arena *arena, struct rule_function *ret);
/* "number", "a day" */
const char *rule_kind_name(enum rule_kind kind);

#endif
