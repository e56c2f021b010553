#include "guard/rules_inside.h"

#include "base/embed.h"
#include "table/query.h"

static void clear(struct rules_job *j)
{
	for (size_t i = 0; i < j->tables.len; i++) {
		guard_feed_close(&j->tables.ptr[i].feed);
		vec_clear(&j->tables.ptr[i].columns);
	}
	vec_clear(&j->tables);
	vec_clear(&j->made);
	vec_clear(&j->missing.list);
	table_close(&j->db);
	arena_clear(&j->arena);
}

static void fill(struct str *sql, const char *file, const struct rules_made *m)
{
	AUTO_FREE char *table = str_format("t%zu", m->table);

	table_fill(sql, embed_find(file),
	    TABLE_WORDS({"condition", m->sql.sql}, {"table", table}));
}

static int first_rows(struct rules_job *j, const struct rules_made *m, struct guard_rows *ret,
    struct err *err)
{
	AUTO_QUERY struct table_query *q = NULL;
	AUTO_STR struct str sql = {0};
	uint64_t count = ret->count;
	int rc;

	fill(&sql, "guard/sql/rule_first.sql", m);
	if (table_query_open(&q, j->db, m->rule->id, str_view(&sql),
		TABLE_PARAMS(TABLE_I64("most", GUARD_ROWS_TOLD)), err) < 0)
		return -1;
	ret->count = 0;
	while ((rc = table_query_next(q, err)) > 0)
		for (size_t i = 0; i < table_query_rows(q); i++)
			guard_rows_add(ret, (uint64_t)table_query_i64(q, 0)[i]);
	ret->count = count;
	return rc;
}

static int judge_rows(struct rules_job *j, const struct rules_made *m, uint64_t *ret_of,
    struct guard_rows *ret, struct err *err)
{
	AUTO_QUERY struct table_query *q = NULL;
	AUTO_STR struct str sql = {0};

	fill(&sql, "guard/sql/rule_rows.sql", m);
	if (table_query_open(&q, j->db, m->rule->id, str_view(&sql), TABLE_NO_PARAMS, err) < 0 ||
	    table_query_next(q, err) < 0)
		return -1;
	*ret_of = (uint64_t)table_query_i64(q, 0)[0];
	ret->count = (uint64_t)table_query_i64(q, 1)[0];
	return ret->count ? first_rows(j, m, ret, err) : 0;
}

static int judge_table(struct rules_job *j, const struct rules_made *m, uint64_t *ret_of,
    struct guard_rows *ret, struct err *err)
{
	AUTO_QUERY struct table_query *q = NULL;
	AUTO_STR struct str sql = {0};
	int rc;

	fill(&sql, "guard/sql/rule_table.sql", m);
	if (table_query_open(&q, j->db, m->rule->id, str_view(&sql), TABLE_NO_PARAMS, err) < 0)
		return -1;
	rc = table_query_next(q, err);
	if (rc > 0 && !table_query_is_null(q, 0, 0)) {
		*ret_of = 1;
		ret->count = table_query_i32(q, 0)[0] == 0;
	}
	return rc;
}

static struct guard_check *add_check(struct rules_job *j, const struct rules_made *m, uint64_t of,
    const struct guard_rows *rows)
{
	const struct guard_own_rule *rule = m->rule;
	struct guard_check *c = guard_check_add(j->checks,
	    m->sql.is_aggregate ? "rule.table" : "rule.row",
	    j->tables.len > 1 ? j->tables.ptr[m->table].name : "", VIEW_LIT(""), of, rows);
	struct arena *arena = &j->checks->arena;

	c->id = arena_strdup(arena, VIEW(rule->id));
	c->category = arena_strdup(arena, VIEW(rule->category));
	c->severity = rule->severity;
	c->threshold = m->sql.is_aggregate ? 0 : rule->threshold;
	if (rule->message)
		c->what = arena_strdup(arena, VIEW(rule->message));
	guard_check_judge(c);
	return c;
}

/* A rule that the database cannot answer is a finding, not the end. */
static int judge(struct rules_job *j, const struct rules_made *m, struct err *err)
{
	struct guard_rows rows = {0};
	uint64_t of = 0;
	int rc;

	if (m->lacks) {
		struct guard_check *c = add_check(j, m, 0, &rows);

		c->detail = arena_format(&j->checks->arena, "%s is not here", m->lacks);
		return 0;
	}
	rc = m->sql.is_aggregate ? judge_table(j, m, &of, &rows, err)
	                         : judge_rows(j, m, &of, &rows, err);
	if (rc < 0 && err->code == ERR_CANCELLED)
		return -1;
	if (rc < 0) {
		guard_check_break(j->checks, add_check(j, m, 0, NULL), err->msg);
		*err = (struct err){0};
	} else {
		(void)add_check(j, m, of, &rows);
	}
	return 0;
}

static int run(struct rules_job *j, const struct guard_files *files, struct err *err)
{
	struct table_options o = {.threads = 1, .memory_bytes = j->options->memory_bytes};

	if (rules_bind(j, files, err) < 0 || rules_compile(j, err) < 0 ||
	    table_open(&j->db, &o, err) < 0)
		return -1;
	for (size_t i = 0; i < j->tables.len; i++)
		if (j->tables.ptr[i].is_used && rules_load(j, i, err) < 0)
			return -1;
	for (size_t i = 0; i < j->made.len; i++)
		if (judge(j, &j->made.ptr[i], err) < 0)
			return -1;
	return 0;
}

int guard_rules_check(struct guard_checks *ret, const struct guard_rules *r,
    const struct guard_schema *schema, const struct guard_files *files,
    const struct guard_csv_options *o, struct err *err)
{
	struct rules_job j = {.checks = ret, .rules = r, .schema = schema, .options = o};
	int rc = run(&j, files, err);

	clear(&j);
	return rc;
}
