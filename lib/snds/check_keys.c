/*
 * Primary keys that repeat, links that point at nothing. Keys are compared in
 * one spelling: days as days, numbers without leading zeros, text without
 * blanks around it.
 */
#include "base/embed.h"
#include "snds/check_inside.h"
#include "table/query.h"

/* Columns of a key, as SQL. */
struct key {
	struct str list;    /* e1, e2 */
	struct str present; /* every part is there */
	struct str names;   /* A+B, A+B+C+6 more */
	bool whole;         /* every column is in the file */
};

#define AUTO_KEY AUTO(key_clear)

static void key_clear(struct key *key)
{
	str_clear(&key->list);
	str_clear(&key->present);
	str_clear(&key->names);
}

static char *expression(const struct check_column *c)
{
	AUTO_FREE char *text = check_text(c);

	if (c->schema->type == SNDS_DATE && c->family == CHECK_DAY)
		return str_format("%s::DATE", c->raw);
	if (c->schema->type == SNDS_DATE)
		return str_format("snds_day(%s)", text);
	if (c->schema->digits)
		return str_format("snds_plain(%s)", text);
	return str_format("nullif(%s, '')", text);
}

static void key_make(const struct check *k, const struct check_file *f, const size_t *columns,
    size_t count, struct key *ret)
{
	ret->whole = true;
	for (size_t i = 0; i < count; i++) {
		const struct check_column *c = check_column(k, f, columns[i]);

		if (!c) {
			ret->whole = false;
			return;
		}
		AUTO_FREE char *e = expression(c);
		str_addf(&ret->list, "%s%s", i ? ", " : "", e);
		AUTO_FREE char *present = check_present(c);
		str_addf(&ret->present, "%s%s", i ? " AND " : "", present);
		if (i < CHECK_KEY_NAMES)
			str_addf(&ret->names, "%s%s", i ? "+" : "", c->name);
	}
	if (count > CHECK_KEY_NAMES)
		str_addf(&ret->names, "+%zu more", count - CHECK_KEY_NAMES);
}

static int ask_two(struct check *k, const char *label, struct view sql, int64_t ret[2],
    struct err *err)
{
	AUTO_QUERY struct table_query *q = NULL;

	if (table_query_open(&q, k->db, label, sql, TABLE_NO_PARAMS, err) < 0 ||
	    table_query_next(q, err) < 0)
		return -1;
	ret[0] = table_query_i64(q, 0)[0];
	ret[1] = table_query_i64(q, 1)[0];
	return 0;
}

static int count_repeats(struct check *k, const struct check_file *f, const struct key *key,
    const char *what, int64_t ret[2], struct err *err)
{
	AUTO_STR struct str sql = {0};

	table_fill(&sql, embed_find("snds/sql/check_unique.sql"),
	    TABLE_WORDS({"relation", f->relation}, {"present", str_get(&key->present)},
		{"key", what}));
	return ask_two(k, f->label, str_view(&sql), ret, err);
}

static int first_repeat(struct check *k, const struct check_file *f, const struct key *key,
    const char *hash, int64_t *ret, struct err *err)
{
	AUTO_STR struct str sql = {0};

	table_fill(&sql, embed_find("snds/sql/check_repeat_row.sql"),
	    TABLE_WORDS({"relation", f->relation}, {"present", str_get(&key->present)},
		{"key", hash}));
	return table_run(k->db, f->label, str_view(&sql), TABLE_NO_PARAMS, ret, err);
}

/* Hashes first: one number a row. Only when some repeat are the keys themselves compared. */
int check_primary_key(struct check *k, const struct check_file *f, struct err *err)
{
	AUTO_KEY struct key key = {0};
	int64_t counts[2], row = 0;
	struct snds_checked *c;

	key_make(k, f, f->table->key.ptr, f->table->key.len, &key);
	if (f->table->key.len == 0 || !key.whole)
		return 0;
	AUTO_FREE char *hash = str_format("hash(%s)", str_get(&key.list));
	if (count_repeats(k, f, &key, hash, counts, err) < 0)
		return -1;
	AUTO_FREE char *row_value = str_format("row(%s)", str_get(&key.list));
	if (counts[1] && (count_repeats(k, f, &key, row_value, counts, err) < 0 ||
			     first_repeat(k, f, &key, hash, &row, err) < 0))
		return -1;
	c = check_add(k, "key.unique", f, arena_strdup(k->arena, str_view(&key.names)), counts[0],
	    counts[1]);
	c->first_row = counts[1] ? row : 0;
	return 0;
}

static const struct check_file *target_file(const struct check *k, const struct check_file *f,
    const struct snds_link *l)
{
	const struct snds_schema_table *target = &k->schema->tables.ptr[l->target];
	AUTO_STR struct str name = {0};

	snds_schema_sibling(&name, target->name, f->table->name, f->name);
	for (size_t i = 0; i < k->files.len; i++)
		if (k->files.ptr[i].table == target &&
		    view_eq_nocase(VIEW(k->files.ptr[i].name), str_view(&name)))
			return &k->files.ptr[i];
	return NULL;
}

static bool same_target(const struct snds_link *a, const struct snds_link *b)
{
	return a && a->count == b->count && memcmp(a->to, b->to, a->count * sizeof(*a->to)) == 0;
}

/* The target's keys, once for all that point at them. False when a column is missing. */
static int make_parent(struct check *k, const struct check_file *target, const struct snds_link *l,
    bool *ret, struct err *err)
{
	AUTO_KEY struct key to = {0};
	AUTO_STR struct str sql = {0};

	key_make(k, target, l->to, l->count, &to);
	*ret = to.whole;
	if (!to.whole)
		return 0;
	AUTO_FREE char *hash = str_format("hash(%s)", str_get(&to.list));
	table_fill(&sql, embed_find("snds/sql/check_parent.sql"),
	    TABLE_WORDS({"parent", target->relation}, {"target", hash}));
	return table_run(k->db, target->label, str_view(&sql), TABLE_NO_PARAMS, NULL, err);
}

static int check_link(struct check *k, const struct check_file *f, const struct check_file *target,
    const struct snds_link *l, struct err *err)
{
	AUTO_KEY struct key from = {0};
	AUTO_STR struct str sql = {0};
	struct snds_checked *c;
	int64_t counts[2], row = 0;

	key_make(k, f, l->from, l->count, &from);
	if (!from.whole)
		return 0;
	AUTO_FREE char *hash = str_format("hash(%s)", str_get(&from.list));
	AUTO_FREE char *orphan = str_format("%s AND %s NOT IN (SELECT k FROM snds_parent)",
	    str_get(&from.present), hash);
	table_fill(&sql, embed_find("snds/sql/check_links.sql"),
	    TABLE_WORDS({"child", f->relation}, {"present", str_get(&from.present)},
		{"key", hash}));
	if (ask_two(k, f->label, str_view(&sql), counts, err) < 0 ||
	    (counts[1] && table_first_row(k->db, f->label, f->relation, orphan, &row, err) < 0))
		return -1;
	c = check_add(k, "link.orphan", f, arena_strdup(k->arena, str_view(&from.names)),
	    counts[0], counts[1]);
	c->first_row = row;
	c->detail = target->name;
	return 0;
}

/* Every file from which the link leads to this target. */
static int check_children(struct check *k, const struct check_file *target,
    const struct snds_link *l, struct err *err)
{
	for (size_t i = 0; i < k->files.len; i++) {
		const struct check_file *f = &k->files.ptr[i];

		if (f->table == &k->schema->tables.ptr[l->table] &&
		    target_file(k, f, l) == target && check_link(k, f, target, l, err) < 0)
			return -1;
	}
	return 0;
}

static bool has_children(const struct check *k, const struct check_file *target,
    const struct snds_link *l)
{
	for (size_t i = 0; i < k->files.len; i++)
		if (k->files.ptr[i].table == &k->schema->tables.ptr[l->table] &&
		    target_file(k, &k->files.ptr[i], l) == target)
			return true;
	return false;
}

int check_links(struct check *k, const struct check_file *target, struct err *err)
{
	const struct snds_link *last = NULL;
	bool whole = false;

	for (size_t i = 0; i < k->schema->links.len; i++) {
		const struct snds_link *l = &k->schema->links.ptr[i];

		if (target->table != &k->schema->tables.ptr[l->target] ||
		    !has_children(k, target, l))
			continue;
		if (!same_target(last, l) && make_parent(k, target, l, &whole, err) < 0)
			return -1;
		last = l;
		if (whole && check_children(k, target, l, err) < 0)
			return -1;
	}
	return 0;
}
