/*
 * One pass over a file: what each cell must be, and the keys of each row. Each
 * thread counts for itself; counts are added, lowest rows merged.
 */
#include "guard/schema_inside.h"

enum cell_check {
	CELL_TYPE,
	CELL_REQUIRED,
	CELL_MIN_LENGTH,
	CELL_MAX_LENGTH,
	CELL_MINIMUM,
	CELL_MAXIMUM,
	CELL_PATTERN,
	CELL_ENUM,
	CELL_CHECKS,
};

static const char *const check_ids[CELL_CHECKS] = {
    [CELL_TYPE] = "schema.type",
    [CELL_REQUIRED] = "schema.required",
    [CELL_MIN_LENGTH] = "schema.min_length",
    [CELL_MAX_LENGTH] = "schema.max_length",
    [CELL_MINIMUM] = "schema.minimum",
    [CELL_MAXIMUM] = "schema.maximum",
    [CELL_PATTERN] = "schema.pattern",
    [CELL_ENUM] = "schema.enum",
};

struct field_counts {
	uint64_t cells, present;
	struct guard_rows wrong[CELL_CHECKS];
};

/* A key that must not repeat. */
struct unique {
	struct guard_key key;
	const char *check;
};

struct key_counts {
	uint64_t rows; /* that have all its cells */
	struct guard_rows missing;
	struct schema_entries entries;
	bool full;
};

struct cells_worker {
	uint64_t rows;
	struct field_counts *fields;
	struct key_counts *keys;
	struct schema_scratch scratch;
};

struct cells_job {
	const struct schema_bound *bound;
	VEC(struct unique) unique;
	size_t entries_max; /* of a key and thread */
	struct cells_worker *workers;
	int threads;
};

/* Digits before the point, without leading zeros. */
static size_t count_digits(struct view text)
{
	size_t n = 0;

	while (text.len && strchr("+-0", text.ptr[0]))
		text = (struct view){text.ptr + 1, text.len - 1};
	while (n < text.len && text.ptr[n] != '.')
		n++;
	return n;
}

static size_t length_of(const struct guard_field *f, const struct guard_typed *v)
{
	if (f->loose && v->kind != GUARD_VALUE_TEXT)
		return count_digits(v->text);
	return v->length;
}

static bool below(const struct guard_field *f, const struct guard_typed *v)
{
	return (f->has_limit[GUARD_LIMIT_MINIMUM] &&
		   guard_typed_cmp(v, &f->limits[GUARD_LIMIT_MINIMUM]) < 0) ||
	       (f->has_limit[GUARD_LIMIT_EXCLUSIVE_MINIMUM] &&
		   guard_typed_cmp(v, &f->limits[GUARD_LIMIT_EXCLUSIVE_MINIMUM]) <= 0);
}

static bool above(const struct guard_field *f, const struct guard_typed *v)
{
	return (f->has_limit[GUARD_LIMIT_MAXIMUM] &&
		   guard_typed_cmp(v, &f->limits[GUARD_LIMIT_MAXIMUM]) > 0) ||
	       (f->has_limit[GUARD_LIMIT_EXCLUSIVE_MAXIMUM] &&
		   guard_typed_cmp(v, &f->limits[GUARD_LIMIT_EXCLUSIVE_MAXIMUM]) >= 0);
}

static bool has_any_limit(const struct guard_field *f, enum guard_limit a, enum guard_limit b)
{
	return f->has_limit[a] || f->has_limit[b];
}

static bool has_check(const struct guard_field *f, enum cell_check check)
{
	switch (check) {
	case CELL_TYPE: return true;
	case CELL_REQUIRED: return f->required;
	case CELL_MIN_LENGTH: return f->has_min_length;
	case CELL_MAX_LENGTH: return f->has_max_length;
	case CELL_MINIMUM:
		return has_any_limit(f, GUARD_LIMIT_MINIMUM, GUARD_LIMIT_EXCLUSIVE_MINIMUM);
	case CELL_MAXIMUM:
		return has_any_limit(f, GUARD_LIMIT_MAXIMUM, GUARD_LIMIT_EXCLUSIVE_MAXIMUM);
	case CELL_PATTERN: return f->pattern;
	case CELL_ENUM: return f->list || f->classes;
	case CELL_CHECKS: break;
	}
	return false;
}

static bool is_wrong(const struct guard_field *f, enum cell_check check,
    const struct guard_typed *v, struct schema_scratch *scratch)
{
	switch (check) {
	case CELL_MIN_LENGTH: return length_of(f, v) < f->min_length;
	case CELL_MAX_LENGTH: return length_of(f, v) > f->max_length;
	case CELL_MINIMUM: return below(f, v);
	case CELL_MAXIMUM: return above(f, v);
	case CELL_PATTERN: return !guard_regex_matches(f->pattern, v->text);
	case CELL_ENUM:
		return (f->list && !guard_list_has(f->list, f, v, &scratch->spelled)) ||
		       (f->classes && !guard_list_has(f->classes, f, v, &scratch->spelled));
	case CELL_TYPE:
	case CELL_REQUIRED:
	case CELL_CHECKS: break;
	}
	return false;
}

static void check_cell(const struct guard_field *f, struct field_counts *c, struct view cell,
    uint64_t row, struct schema_scratch *scratch)
{
	struct guard_typed value;

	c->cells++;
	if (guard_field_is_missing(f, cell)) {
		if (f->required)
			guard_rows_add(&c->wrong[CELL_REQUIRED], row);
		return;
	}
	c->present++;
	guard_field_value(f, cell, &scratch->text, &value);
	if (value.kind == GUARD_VALUE_NONE) {
		guard_rows_add(&c->wrong[CELL_TYPE], row);
		return;
	}
	for (int k = CELL_MIN_LENGTH; k < CELL_CHECKS; k++)
		if (has_check(f, (enum cell_check)k) &&
		    is_wrong(f, (enum cell_check)k, &value, scratch))
			guard_rows_add(&c->wrong[k], row);
}

static void add_key(const struct cells_job *j, size_t index, struct cells_worker *w, uint64_t row,
    const struct view *cells, size_t count)
{
	struct key_counts *k = &w->keys[index];
	uint64_t hash;
	enum schema_whole whole = schema_key_hash(j->bound, &j->unique.ptr[index].key, cells, count,
	    &w->scratch, &hash);

	k->rows += whole != SCHEMA_KEY_SHORT;
	if (whole == SCHEMA_KEY_MISSING)
		guard_rows_add(&k->missing, row);
	if (whole != SCHEMA_KEY_WHOLE || k->full)
		return;
	k->full = k->entries.len == j->entries_max;
	if (!k->full)
		*vec_push(&k->entries) = (struct schema_entry){hash, row};
	else
		vec_clear(&k->entries);
}

static void check_row(void *ctx, int worker, uint64_t row, const struct view *cells, size_t count)
{
	const struct cells_job *j = ctx;
	const struct schema_bound *b = j->bound;
	struct cells_worker *w = &j->workers[worker];

	w->rows++;
	for (size_t i = 0; i < MIN(count, b->feed.dialect.names.len); i++)
		if (b->field[i] != SIZE_MAX)
			check_cell(&b->table->fields.ptr[b->field[i]], &w->fields[b->field[i]],
			    cells[i], row, &w->scratch);
	for (size_t i = 0; i < j->unique.len; i++)
		add_key(j, i, w, row, cells, count);
}

static void add_unique(struct cells_job *j, const struct guard_key *key, const char *check)
{
	if (schema_has_key(j->bound, key))
		*vec_push(&j->unique) = (struct unique){*key, check};
}

static void find_unique(struct cells_job *j)
{
	const struct guard_table *t = j->bound->table;

	add_unique(j, &t->key, "schema.key");
	for (size_t i = 0; i < t->unique.len; i++)
		add_unique(j, &t->unique.ptr[i], "schema.unique");
	for (size_t i = 0; i < t->fields.len; i++) {
		struct guard_key one = {1, {i}, t->fields.ptr[i].name};

		if (t->fields.ptr[i].unique)
			add_unique(j, &one, "schema.unique");
	}
}

static void merge_fields(struct field_counts *to, const struct field_counts *from)
{
	to->cells += from->cells;
	to->present += from->present;
	for (int k = 0; k < CELL_CHECKS; k++)
		guard_rows_merge(&to->wrong[k], &from->wrong[k]);
}

static void merge_keys(struct key_counts *to, struct key_counts *from)
{
	to->rows += from->rows;
	to->full = to->full || from->full;
	guard_rows_merge(&to->missing, &from->missing);
	vec_reserve(&to->entries, to->entries.len + from->entries.len);
	if (from->entries.len)
		memcpy(to->entries.ptr + to->entries.len, from->entries.ptr,
		    from->entries.len * sizeof(*from->entries.ptr));
	to->entries.len += from->entries.len;
	vec_clear(&from->entries);
}

/* Into the first thread's. */
static void merge(struct cells_job *j)
{
	struct cells_worker *to = &j->workers[0];

	for (int t = 1; t < j->threads; t++) {
		struct cells_worker *from = &j->workers[t];

		to->rows += from->rows;
		for (size_t i = 0; i < j->bound->table->fields.len; i++)
			merge_fields(&to->fields[i], &from->fields[i]);
		for (size_t i = 0; i < j->unique.len; i++)
			merge_keys(&to->keys[i], &from->keys[i]);
	}
}

static const char *detail_of(const struct guard_field *f, enum cell_check check,
    struct arena *arena)
{
	if (check == CELL_TYPE && strcmp(f->format, "default") != 0)
		return arena_format(arena, "%s %s", guard_field_type_name(f->type), f->format);
	if (check == CELL_TYPE)
		return guard_field_type_name(f->type);
	if (check == CELL_ENUM && f->list)
		return arena_strdup(arena, VIEW(f->list->name));
	return "";
}

static void tell_field(struct schema_job *j, const struct schema_bound *b,
    const struct guard_field *f, const struct field_counts *counts)
{
	for (int k = 0; k < CELL_CHECKS; k++) {
		struct guard_check *c;
		bool is_form = k == CELL_TYPE || k == CELL_REQUIRED || k == CELL_PATTERN;

		if (!has_check(f, (enum cell_check)k) ||
		    (k == CELL_TYPE && f->type == GUARD_FIELD_ANY))
			continue;
		c = guard_check_add(j->checks, check_ids[k], b->name, VIEW(f->name),
		    k == CELL_REQUIRED ? counts->cells : counts->present, &counts->wrong[k]);
		c->detail = detail_of(f, (enum cell_check)k, &j->checks->arena);
		if (f->advice && !is_form)
			c->severity = GUARD_WARNING;
		guard_check_judge(c);
	}
	if (f->has_json_schema)
		guard_check_break(j->checks,
		    guard_check_add(j->checks, "schema.json_schema", b->name, VIEW(f->name),
			counts->present, NULL),
		    "not known here");
}

static int tell_key(struct schema_job *j, struct schema_bound *b, const struct unique *u,
    struct key_counts *k, struct err *err)
{
	if (strcmp(u->check, "schema.key") == 0)
		(void)guard_check_add(j->checks, "schema.key_missing", b->name, VIEW(u->key.names),
		    k->rows, &k->missing);
	return schema_check_repeats(j, b, &u->key, u->check, k->full ? NULL : &k->entries, err);
}

static int tell(struct schema_job *j, struct schema_bound *b, struct cells_job *c, struct err *err)
{
	struct cells_worker *w = &c->workers[0];

	b->rows = w->rows;
	for (size_t i = 0; i < b->table->fields.len; i++)
		if (b->column[i] != SIZE_MAX)
			tell_field(j, b, &b->table->fields.ptr[i], &w->fields[i]);
	for (size_t i = 0; i < c->unique.len; i++)
		if (tell_key(j, b, &c->unique.ptr[i], &w->keys[i], err) < 0)
			return -1;
	return 0;
}

static void make_workers(struct cells_job *c)
{
	c->workers = mem_zalloc((size_t)c->threads, sizeof(*c->workers));
	for (int t = 0; t < c->threads; t++) {
		struct cells_worker *w = &c->workers[t];

		w->fields = mem_zalloc(c->bound->table->fields.len + 1, sizeof(*w->fields));
		w->keys = mem_zalloc(c->unique.len + 1, sizeof(*w->keys));
	}
}

static void free_workers(struct cells_job *c)
{
	for (int t = 0; t < c->threads; t++) {
		struct cells_worker *w = &c->workers[t];

		for (size_t i = 0; i < c->unique.len; i++)
			vec_clear(&w->keys[i].entries);
		free(w->fields);
		free(w->keys);
		schema_scratch_clear(&w->scratch);
	}
	free(c->workers);
	vec_clear(&c->unique);
}

/* Columns that the schema knows. */
static bool *wanted_columns(const struct schema_bound *b)
{
	bool *wanted = mem_zalloc(b->feed.dialect.names.len + 1, sizeof(*wanted));

	for (size_t i = 0; i < b->feed.dialect.names.len; i++)
		wanted[i] = b->field[i] != SIZE_MAX;
	return wanted;
}

int schema_check_cells(struct schema_job *j, struct schema_bound *b, struct err *err)
{
	struct cells_job c = {.bound = b, .threads = j->options->threads};
	bool *wanted = wanted_columns(b);
	int rc;

	find_unique(&c);
	c.entries_max = MAX(schema_entries_max(j, c.unique.len) / (size_t)c.threads, (size_t)1);
	make_workers(&c);
	rc = guard_feed_run(&b->feed, wanted, check_row, &c, err);
	if (rc >= 0) {
		merge(&c);
		rc = tell(j, b, &c, err);
	}
	free_workers(&c);
	free(wanted);
	return rc;
}
