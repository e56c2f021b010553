#include "table/watch.h"

#include "table/db.h"

static duckdb_state bind_one(duckdb_prepared_statement statement, idx_t at,
    const struct table_param *p)
{
	switch (p->kind) {
	case TABLE_PARAM_I64: return duckdb_bind_int64(statement, at, p->i64);
	case TABLE_PARAM_DOUBLE: return duckdb_bind_double(statement, at, p->number);
	case TABLE_PARAM_DATE:
		return duckdb_bind_date(statement, at, (duckdb_date){.days = p->date});
	case TABLE_PARAM_TEXT:
		if (!p->text.ptr)
			return duckdb_bind_null(statement, at);
		return duckdb_bind_varchar_length(statement, at, p->text.ptr, p->text.len);
	}
	return DuckDBError;
}

static const struct table_param *find(struct table_params params, const char *name)
{
	for (size_t i = 0; i < params.len; i++)
		if (strcmp(params.ptr[i].name, name) == 0)
			return &params.ptr[i];
	return NULL;
}

int table_bind(duckdb_prepared_statement statement, const char *what, struct table_params params,
    struct err *err)
{
	idx_t count = duckdb_nparams(statement);

	for (idx_t i = 1; i <= count; i++) {
		const char *name = duckdb_parameter_name(statement, i);
		const struct table_param *p = find(params, name);
		int rc = 0;

		if (!p || bind_one(statement, i, p) != DuckDBSuccess)
			rc = err_set(err, ERR_INTERNAL, "%s: parameter $%s is not bound", what,
			    name);
		duckdb_free((void *)(uintptr_t)name);
		if (rc < 0)
			return -1;
	}
	return 0;
}
