/* Any bytes as an expression, and as a file of rules: compiled or refused with its place. */
#include "guard/rule_expr.h"
#include "guard/rules.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool find_table(void *ctx, struct view name, size_t *ret)
{
	(void)ctx;
	*ret = name.len ? name.ptr[0] % 2 : 0;
	return name.len > 1;
}

/* The first letter tells the kind: a number, b text, c date, d moment, e truth. */
static bool find_column(void *ctx, size_t table, struct view name, enum rule_kind *ret_kind,
    size_t *ret)
{
	(void)ctx, (void)table;
	if (name.len != 1 || name.ptr[0] < 'a' || name.ptr[0] > 'e')
		return false;
	*ret = (size_t)(name.ptr[0] - 'a');
	*ret_kind = (enum rule_kind) * ret;
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_ARENA struct arena arena = {0};
	AUTO_RULES struct guard_rules rules = {0};
	struct rule_scope scope = {NULL, find_table, find_column};
	struct view text = {(const char *)data, size};
	struct rule_sql sql;
	struct err err = {0};

	if (rule_compile(&sql, &arena, &scope, 0, text, &err) < 0) {
		if (err.code != ERR_LIMIT && strncmp(err.msg, "line ", 5) != 0)
			abort();
	} else if (!sql.sql || !*sql.sql) {
		abort();
	}
	err = (struct err){0};
	if (guard_rules_parse(&rules, "fuzz", text, &err) < 0 && err.code != ERR_FORMAT &&
	    err.code != ERR_LIMIT)
		abort();
	return 0;
}
