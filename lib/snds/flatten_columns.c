/*
 * One month of DCIR, column by column: the plan says which row stands on which
 * line, so a column is read once, its numbers of values are put in the order of
 * the lines, and written as a dictionary of those that occur. What a row group
 * holds depends on its lines alone.
 */
#include "snds/flatten_plan.h"

#include "base/hash.h"
#include "base/map.h"
#include "io/file.h"
#include "table/parquet.h"

enum { GROUP_LINES = 122880 }; /* as DuckDB's */

/* Lines of one group for one table: which of its rows they have. */
struct gather {
	size_t lines;
	const uint32_t *rows; /* of the table */
	size_t count;
	const unsigned char *known; /* a bit a line; NULL: all have one */
	uint32_t *own_rows;
	unsigned char *own_known;
};

struct columns {
	const struct dcir *d;
	struct month_plan *plan;
	struct table_schema schema;
	struct parquet_rows rows;
	struct parquet_piece *pieces; /* one a group */
	struct gather *gathers;       /* by group, of the table at hand */
	size_t groups;
	struct parquet_cells cells;
	VEC(uint32_t) place; /* by code: its number in the group's dictionary, from 1 */
	VEC(uint32_t) used;  /* codes in the order of the dictionary */
	VEC(unsigned char) known;
	size_t at; /* column */
};

static void add_value(struct parquet_cells *c, const struct value_set *set, uint32_t code)
{
	double number;

	switch (set->type) {
	case TABLE_TYPE_TEXT: parquet_add_text(c, set->texts.ptr[code - 1]); break;
	case TABLE_TYPE_DOUBLE:
		memcpy(&number, &set->numbers.ptr[code - 1], sizeof(number));
		parquet_add_double(c, number);
		break;
	case TABLE_TYPE_I64: parquet_add_i64(c, (int64_t)set->numbers.ptr[code - 1]); break;
	case TABLE_TYPE_I32:
	case TABLE_TYPE_DATE: parquet_add_i32(c, (int32_t)set->numbers.ptr[code - 1]); break;
	}
}

static void add_bounds(struct parquet_cells *c, const struct value_set *set, const uint32_t *used,
    size_t count)
{
	struct parquet_bounds *b = &c->bounds;

	if (set->type == TABLE_TYPE_TEXT || set->type == TABLE_TYPE_DOUBLE || !count)
		return;
	*b = (struct parquet_bounds){true, INT64_MAX, INT64_MIN};
	for (size_t i = 0; i < count; i++) {
		int64_t n = (int64_t)set->numbers.ptr[used[i] - 1];

		b->min = MIN(b->min, n);
		b->max = MAX(b->max, n);
	}
}

/* The number of a value in the dictionary of the group, as values come. */
static inline uint32_t place_of(struct columns *c, uint32_t code)
{
	uint32_t place = c->place.ptr[code];

	if (!place) {
		c->used.ptr[c->used.len++] = code;
		place = c->place.ptr[code] = (uint32_t)c->used.len;
	}
	return place - 1;
}

/* Lines that have a row but no value are told in the bits of the group. */
static void gather_nulls(struct columns *c, const struct gather *g, const uint32_t *codes)
{
	struct parquet_cells *to = &c->cells;
	size_t bytes = (g->lines + 7) / 8;
	size_t row = 0;

	vec_reserve(&c->known, bytes);
	memset(c->known.ptr, 0, bytes);
	for (size_t line = 0; line < g->lines; line++) {
		uint32_t code;

		if (g->known && !(g->known[line / 8] >> line % 8 & 1))
			continue;
		code = codes[g->rows[row++]];
		if (!code)
			continue;
		to->codes.ptr[to->codes.len++] = place_of(c, code);
		c->known.ptr[line / 8] |= (unsigned char)(1 << line % 8);
	}
	to->known = c->known.ptr;
}

static void gather_all(struct columns *c, const struct gather *g, const uint32_t *codes)
{
	struct parquet_cells *to = &c->cells;

	for (size_t i = 0; i < g->count; i++)
		to->codes.ptr[i] = place_of(c, codes[g->rows[i]]);
	to->codes.len = g->count;
	to->known = g->known;
}

/* Values that seldom come twice stand themselves: a dictionary would not pay. */
static void spell_out(struct columns *c, const struct value_set *set)
{
	struct parquet_cells *to = &c->cells;

	for (size_t i = 0; i < to->codes.len; i++)
		add_value(to, set, c->used.ptr[to->codes.ptr[i]]);
	to->codes.len = 0;
}

static int encode_group(struct columns *c, size_t group, const struct flat_values *v,
    struct err *err)
{
	const struct gather *g = &c->gathers[group];
	struct parquet_cells *to = &c->cells;

	parquet_cells_reset(to);
	c->used.len = 0;
	vec_reserve(&to->codes, g->count);
	vec_reserve(&c->used, MIN(g->count, value_set_count(v->set)) + 1);
	(v->nulls ? gather_nulls : gather_all)(c, g, v->codes.ptr);
	to->known_count = to->codes.len;
	if (to->known_count == g->lines || !to->known_count)
		to->known = NULL;
	add_bounds(to, v->set, c->used.ptr, c->used.len);
	if (c->used.len * 2 > to->codes.len)
		spell_out(c, v->set);
	else
		for (size_t i = 0; i < c->used.len; i++)
			add_value(to, v->set, c->used.ptr[i]);
	for (size_t i = 0; i < c->used.len; i++)
		c->place.ptr[c->used.ptr[i]] = 0;
	c->rows.count = g->lines;
	return parquet_encode_cells(&c->pieces[group], &c->rows, c->at, to, err);
}

static int encode_column(struct columns *c, const struct flat_values *v, struct err *err)
{
	size_t codes = value_set_count(v->set) + 1;

	vec_reserve(&c->place, codes);
	memset(c->place.ptr, 0, codes * sizeof(*c->place.ptr));
	for (size_t group = 0; group < c->groups; group++)
		if (encode_group(c, group, v, err) < 0)
			return -1;
	c->at++;
	return 0;
}

static size_t lines_in(const struct columns *c, size_t group)
{
	return MIN(c->plan->lines - group * GROUP_LINES, (size_t)GROUP_LINES);
}

/* `line`: by line of the month, a row of the table or FLAT_NONE. */
static void gather_from(struct columns *c, const uint32_t *line, bool all)
{
	for (size_t group = 0; group < c->groups; group++) {
		struct gather *g = &c->gathers[group];
		const uint32_t *from = line + group * GROUP_LINES;

		g->lines = lines_in(c, group);
		g->count = g->lines;
		g->rows = from;
		g->known = NULL;
		if (all)
			continue;
		g->count = 0;
		memset(g->own_known, 0, GROUP_LINES / 8);
		for (size_t i = 0; i < g->lines; i++) {
			if (from[i] == FLAT_NONE)
				continue;
			g->own_rows[g->count++] = from[i];
			g->own_known[i / 8] |= (unsigned char)(1 << i % 8);
		}
		g->rows = g->own_rows;
		g->known = g->own_known;
	}
}

static int encode_persons(struct columns *c, struct err *err)
{
	struct month_plan *p = c->plan;
	struct flat_values v = {.set = &p->persons};
	int rc;

	for (size_t row = 0; row < p->rows.count; row++) {
		*vec_push(&v.codes) = p->person[row];
		v.nulls += !v.codes.ptr[row];
	}
	rc = encode_column(c, &v, err);
	v.set = &p->filters;
	for (size_t row = 0; row < p->rows.count; row++)
		v.codes.ptr[row] = p->filter[row];
	v.nulls = p->rows.count;
	if (rc == 0 && c->d->f->options->keep_filtered)
		rc = encode_column(c, &v, err);
	flat_values_clear(&v);
	return rc;
}

/* Numbers of lines: they are of the lines themselves, not of rows. */
static int encode_lines(struct columns *c, struct err *err)
{
	struct month_plan *p = c->plan;
	struct value_set set = {0};
	struct flat_values v = {.set = &set};
	VEC(uint32_t) self = {0};
	int rc;

	value_set_reset(&set, TABLE_TYPE_I32);
	vec_reserve(&self, p->lines + 1);
	vec_reserve(&v.codes, p->lines + 1);
	for (size_t line = 0; line < p->lines; line++) {
		v.codes.ptr[line] = value_set_number(&set, p->number[line]);
		self.ptr[line] = (uint32_t)line;
	}
	gather_from(c, self.ptr, true);
	rc = encode_column(c, &v, err);
	vec_clear(&self);
	flat_values_clear(&v);
	value_set_clear(&set);
	return rc;
}

/* The columns of one table that are shown. */
static int encode_table(struct columns *c, size_t table, const struct flat_rows *rows,
    struct err *err)
{
	const flat_columns *columns = &c->d->tables.ptr[table].columns;
	struct value_set set = {0};
	struct flat_values v = {.set = &set};
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < columns->len; i++) {
		if (!dcir_shows(table, &columns->ptr[i]))
			continue;
		value_set_reset(&set, columns->ptr[i].type);
		rc = flat_rows_read(rows, i, c->plan->reader, &v, err);
		if (rc == 0)
			rc = encode_column(c, &v, err);
	}
	value_set_clear(&set);
	flat_values_clear(&v);
	return rc;
}

static int encode_all(struct columns *c, struct err *err)
{
	struct month_plan *p = c->plan;

	gather_from(c, p->line_of, true);
	if (encode_persons(c, err) < 0 || encode_lines(c, err) < 0)
		return -1;
	gather_from(c, p->line_of, true);
	if (encode_table(c, 0, &p->rows, err) < 0)
		return -1;
	for (size_t i = 0; i < p->child_count; i++) {
		gather_from(c, p->children[i].line, false);
		if (encode_table(c, i + 1, &p->children[i].rows, err) < 0)
			return -1;
	}
	return 0;
}

static int write_pieces(const struct columns *c, const char *path, struct err *err)
{
	AUTO_PARQUET_FILE struct parquet_file *f = NULL;

	if (parquet_open(&f, &c->schema, path, err) < 0)
		return -1;
	for (size_t i = 0; i < c->groups; i++)
		if (parquet_put(f, &c->pieces[i], err) < 0)
			return -1;
	return parquet_close(&f, err);
}

static void open_groups(struct columns *c)
{
	c->groups = (c->plan->lines + GROUP_LINES - 1) / GROUP_LINES;
	c->pieces = mem_zalloc(c->groups + 1, sizeof(*c->pieces));
	c->gathers = mem_zalloc(c->groups + 1, sizeof(*c->gathers));
	for (size_t i = 0; i < c->groups; i++) {
		c->gathers[i].own_rows = mem_alloc(GROUP_LINES * sizeof(uint32_t));
		c->gathers[i].own_known = mem_alloc(GROUP_LINES / 8);
		c->rows.count = lines_in(c, i);
		parquet_encode_begin(&c->pieces[i], &c->rows);
	}
}

static void close_groups(struct columns *c)
{
	for (size_t i = 0; i < c->groups; i++) {
		free(c->gathers[i].own_rows);
		free(c->gathers[i].own_known);
		parquet_piece_clear(&c->pieces[i]);
	}
	free(c->pieces);
	free(c->gathers);
	parquet_cells_clear(&c->cells);
	parquet_rows_clear(&c->rows);
	vec_clear(&c->place);
	vec_clear(&c->used);
	vec_clear(&c->known);
}

bool dcir_shows(size_t table, const struct flat_column *c)
{
	return c->shown && (table == 0 || !dcir_is_key(c->name));
}

static void list_column(struct dcir *d, size_t table, size_t column, struct map *taken)
{
	const struct flat_column *c = &d->tables.ptr[table].columns.ptr[column];
	AUTO_FREE char *alias = table ? str_format("c%zu", table) : mem_strdup("r");
	AUTO_FREE char *name = flat_free_name(taken, c->name, d->tables.ptr[table].tag);

	str_addf(&d->columns, ", %s.", alias);
	table_quote_name(&d->columns, VIEW(c->name));
	str_addz(&d->columns, " AS ");
	table_quote_name(&d->columns, VIEW(name));
	*vec_push(&d->list) = (struct table_column){
	    arena_strdup(&d->f->arena, VIEW(name)), c->type};
}

int dcir_write_columns(const struct dcir *d, struct month_plan *p, const char *path,
    struct snds_flatten_file *ret, struct err *err)
{
	struct columns c = {.d = d, .plan = p};
	int rc;

	ret->rows = (int64_t)p->lines;
	if (!p->lines)
		return 0;
	c.schema = (struct table_schema){"schema", d->list.ptr, d->list.len};
	parquet_rows_init(&c.rows, &c.schema);
	open_groups(&c);
	rc = encode_all(&c, err);
	if (rc == 0)
		rc = write_pieces(&c, path, err);
	close_groups(&c);
	return rc < 0 ? -1 : hash_sha256_file(path, ret->sha256, &ret->bytes, err);
}

void dcir_list_columns(struct dcir *d)
{
	static const struct table_column own[] = {{"person_id", TABLE_TYPE_I64},
	    {"filter", TABLE_TYPE_TEXT}, {"line", TABLE_TYPE_I32}};
	AUTO_MAP struct map taken = {0};

	for (size_t i = 0; i < ARRAY_LEN(own); i++) {
		if (i == 1 && !d->f->options->keep_filtered)
			continue;
		str_addf(&d->columns, "%sr.%s", i ? ", " : "", own[i].name);
		*vec_push(&d->list) = own[i];
	}
	for (size_t i = 0; i < d->tables.len; i++)
		for (size_t c = 0; c < d->tables.ptr[i].columns.len; c++)
			if (dcir_shows(i, &d->tables.ptr[i].columns.ptr[c]))
				list_column(d, i, c, &taken);
}
