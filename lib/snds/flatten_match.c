/*
 * The nine keys of a row are nine numbers of values, so equal keys are equal
 * numbers: rows of ER_PRS_F stand in a table by their hash, and each row of a
 * child looks there for its own. A key with NULL meets none, as in SQL.
 */
#include "snds/flatten_plan.h"

#include "base/embed.h"
#include "table/query.h"

struct matching {
	struct month_plan *p;
	uint32_t *slots; /* row + 1 */
	size_t mask;
};

static inline uint64_t hash_of(const uint32_t *const *key, size_t row)
{
	uint64_t hash = 0;

	for (size_t i = 0; i < FLAT_KEYS; i++) {
		hash = (hash ^ key[i][row]) * UINT64_C(0x9E3779B97F4A7C15);
		hash ^= hash >> 32;
	}
	return hash;
}

static inline bool are_equal(const struct month_plan *p, size_t row, const uint32_t *const *key,
    size_t other)
{
	for (size_t i = 0; i < FLAT_KEYS; i++)
		if (p->key[i].codes.ptr[row] != key[i][other])
			return false;
	return true;
}

static void keys_of(const struct flat_values *values, const uint32_t *ret[FLAT_KEYS])
{
	for (size_t i = 0; i < FLAT_KEYS; i++)
		ret[i] = values[i].codes.ptr;
}

/* false: a row has the keys of another one. */
static bool fill(struct matching *m)
{
	struct month_plan *p = m->p;
	const uint32_t *key[FLAT_KEYS];
	size_t size = 64;

	while (size < 2 * p->rows.count)
		size *= 2;
	m->slots = mem_zalloc(size, sizeof(*m->slots));
	m->mask = size - 1;
	keys_of(p->key, key);
	for (size_t row = 0; row < p->rows.count; row++) {
		size_t at = hash_of(key, row) & m->mask;

		for (; m->slots[at]; at = (at + 1) & m->mask)
			if (are_equal(p, m->slots[at] - 1, key, row))
				return false;
		m->slots[at] = (uint32_t)row + 1;
	}
	return true;
}

static uint32_t find(const struct matching *m, const uint32_t *const *key, size_t row)
{
	for (size_t i = 0; i < FLAT_KEYS; i++)
		if (!key[i][row])
			return FLAT_NONE;
	for (size_t at = hash_of(key, row) & m->mask; m->slots[at]; at = (at + 1) & m->mask)
		if (are_equal(m->p, m->slots[at] - 1, key, row))
			return m->slots[at] - 1;
	return FLAT_NONE;
}

static uint32_t *none(size_t count)
{
	uint32_t *rows = mem_alloc((count + 1) * sizeof(*rows));

	memset(rows, 0xFF, (count + 1) * sizeof(*rows));
	return rows;
}

static void link_rows(const struct matching *m, struct plan_child *c,
    const struct flat_values *values)
{
	const uint32_t *key[FLAT_KEYS];

	keys_of(values, key);
	c->of = none(c->rows.count);
	c->next = none(c->rows.count);
	c->head = none(m->p->rows.count);
	for (size_t row = c->rows.count; row-- > 0;) {
		uint32_t of = c->of[row] = find(m, key, row);

		if (of == FLAT_NONE)
			continue;
		c->several = c->several || c->head[of] != FLAT_NONE;
		c->next[row] = c->head[of];
		c->head[of] = (uint32_t)row;
	}
}

static int match_child(const struct matching *m, size_t at, struct err *err)
{
	struct month_plan *p = m->p;
	struct plan_child *c = &p->children[at];
	struct flat_values values[FLAT_KEYS] = {0};
	struct view rest = VIEW(dcir_keys);
	struct view name;
	int rc = 0;

	for (size_t i = 0; rc == 0 && view_next(&rest, ' ', &name); i++) {
		AUTO_FREE char *key = str_format("%.*s", VIEW_ARG(name));

		rc = plan_read(p, &c->rows, &p->d->tables.ptr[at + 1].columns, key, &p->keys[i],
		    &values[i], err);
	}
	if (rc == 0)
		link_rows(m, c, values);
	for (size_t i = 0; i < FLAT_KEYS; i++)
		flat_values_clear(&values[i]);
	return rc;
}

static uint32_t code_of(struct month_plan *p, const struct table_query *q, size_t key, size_t row)
{
	struct value_set *set = &p->keys[key];

	if (table_query_is_null(q, key, row))
		return 0;
	switch (set->type) {
	case TABLE_TYPE_TEXT: return value_set_text(set, table_query_text(q, key, row));
	case TABLE_TYPE_DATE:
		return value_set_number(set,
		    (uint64_t)(int64_t)table_query_date(q, key)[row]);
	case TABLE_TYPE_I32:
	case TABLE_TYPE_I64:
	case TABLE_TYPE_DOUBLE: break;
	}
	return value_set_number(set, (uint64_t)table_query_i64(q, key)[row]);
}

static void mark_billed(const struct matching *m, const struct table_query *q, size_t row,
    uint32_t *billed)
{
	uint32_t codes[FLAT_KEYS];
	const uint32_t *key[FLAT_KEYS];
	uint32_t of;

	for (size_t i = 0; i < FLAT_KEYS; i++) {
		codes[i] = code_of(m->p, q, i, row);
		key[i] = &codes[i];
	}
	of = find(m, key, 0);
	if (of != FLAT_NONE)
		billed[of] = 1;
}

/* Care that an establishment bills by activity, as the main base sees it. */
static int match_billed(const struct matching *m, uint32_t *billed, struct err *err)
{
	AUTO_STR struct str sql = {0};
	AUTO_STR struct str where = {0};
	AUTO_QUERY struct table_query *q = NULL;
	int rc;

	dcir_add_month(&where, m->p->month);
	flat_fill(m->p->d->f, &sql, "snds/sql/flatten_billed.sql",
	    TABLE_WORDS({"when", str_get(&where)}));
	if (table_query_open(&q, m->p->db, "flatten", str_view(&sql), TABLE_NO_PARAMS, err) < 0)
		return -1;
	while ((rc = table_query_next(q, err)) > 0)
		for (size_t i = 0; i < table_query_rows(q); i++)
			mark_billed(m, q, i, billed);
	return rc;
}

int plan_match(struct month_plan *p, uint32_t *billed, struct err *err)
{
	struct matching m = {.p = p};
	int rc = 0;

	if (!fill(&m)) {
		p->repeated = true;
		rc = err_set(err, ERR_FORMAT, "ER_PRS_F: rows with the same nine keys");
	}
	for (size_t i = 0; rc == 0 && i < p->child_count; i++)
		rc = match_child(&m, i, err);
	if (rc == 0)
		rc = match_billed(&m, billed, err);
	free(m.slots);
	return rc;
}
