/* The Parquet files of a table: their columns, where its months stand, whether all is plain. */
#include "snds/flatten_files.h"

#include "base/threads.h"
#include "table/convert_values.h"

static const char flux[] = "FLX_DIS_DTD";

void flat_files_clear(struct flat_files *f)
{
	for (size_t i = 0; i < f->files.len; i++)
		parquet_in_close(&f->files.ptr[i]);
	for (size_t i = 0; i < f->months.len; i++)
		vec_clear(&f->months.ptr[i].parts);
	vec_clear(&f->files);
	vec_clear(&f->months);
	vec_clear(&f->at);
	*f = (struct flat_files){0};
}

static bool are_alike(const struct parquet_in *a, const struct parquet_in *b)
{
	if (a->columns.len != b->columns.len)
		return false;
	for (size_t i = 0; i < a->columns.len; i++)
		if (strcmp(a->columns.ptr[i].name, b->columns.ptr[i].name) != 0 ||
		    a->columns.ptr[i].type != b->columns.ptr[i].type ||
		    a->columns.ptr[i].known != b->columns.ptr[i].known)
			return false;
	return true;
}

/* Are two columns of one name, whatever their letters? Then names alone do not tell. */
static bool has_twins(const struct parquet_in *f)
{
	for (size_t i = 0; i < f->columns.len; i++)
		if (parquet_in_find(f, f->columns.ptr[i].name) != (int)i)
			return true;
	return false;
}

/* Every column, in every file. */
static bool are_known(struct flat_files *f, const flat_columns *columns)
{
	for (size_t i = 0; i < columns->len; i++) {
		int at = parquet_in_find(f->files.ptr[0], columns->ptr[i].name);

		if (at < 0)
			return false;
		*vec_push(&f->at) = at;
		for (size_t j = 0; j < f->files.len; j++)
			if (!parquet_in_knows(f->files.ptr[j], (size_t)at) ||
			    !convert_is_known(f->files.ptr[j]->columns.ptr[at].type,
				columns->ptr[i].type))
				return false;
	}
	return true;
}

static bool has_needed(const char *needed, const flat_columns *columns)
{
	struct view rest = VIEW(needed);
	struct view word;

	while (view_next(&rest, ' ', &word)) {
		AUTO_FREE char *name = str_format("%.*s", VIEW_ARG(word));

		if (word.len && !flat_has(columns, name))
			return false;
	}
	return true;
}

bool flat_files_open(struct flatten *f, const struct flat_table *t, const struct table_parts *parts,
    const char *needed, flat_columns *columns, struct flat_files *ret)
{
	for (size_t i = 0; i < parts->len; i++) {
		struct parquet_in *file = NULL;
		struct err unreadable = {0}; /* DuckDB tells it in its words */

		if (parquet_in_open(&file, parts->ptr[i], &unreadable) < 0)
			return false;
		*vec_push(&ret->files) = file;
		if (has_twins(file) || !are_alike(file, ret->files.ptr[0]))
			return false;
	}
	if (!parts->len)
		return false;
	if (!columns->len)
		for (size_t i = 0; i < ret->files.ptr[0]->columns.len; i++)
			flat_list_column(f, t, VIEW(ret->files.ptr[0]->columns.ptr[i].name),
			    needed, columns);
	return has_needed(needed, columns) && are_known(ret, columns);
}

/* Each group of each file, by any thread. */
struct scan {
	struct flat_files *files;
	const flat_columns *columns;
	size_t flux; /* column */
	bool check;
	struct scanned {
		uint32_t file, group;
		bool odd;                      /* a value that is not plain */
		VEC(struct flat_month) months; /* of its rows: first and last within the group */
	} * groups;
	struct flat_reader readers[THREADS_MAX];
};

/* The month of each value, 0 being of NULL; false: one that is no plain date. */
static bool months_of(const struct parquet_in *file, int at, const struct parquet_values *v,
    int64_t *ret)
{
	struct value_set set = {0};
	bool plain = true;

	value_set_reset(&set, TABLE_TYPE_DATE);
	ret[0] = 0;
	for (size_t i = 0; plain && i < v->count; i++) {
		uint32_t code;

		plain = convert_value(v, file->columns.ptr[at].type, i, &set, &code);
		ret[i + 1] = 0;
		if (code)
			ret[i + 1] = flat_month_of((date_t)(int64_t)set.numbers.ptr[code - 1]);
	}
	value_set_clear(&set);
	return plain;
}

static struct flat_month *find_month(struct scanned *g, int64_t month)
{
	for (size_t i = g->months.len; i-- > 0;)
		if (g->months.ptr[i].month == month)
			return &g->months.ptr[i];
	*vec_push(&g->months) = (struct flat_month){.month = month, .first = -1};
	return &g->months.ptr[g->months.len - 1];
}

static void add_rows(struct scanned *g, const struct parquet_values *v, const int64_t *months)
{
	struct flat_month *m = NULL;

	for (size_t i = 0; i < v->codes.len; i++) {
		int64_t month = months[v->codes.ptr[i]];

		if (!m || m->month != month)
			m = find_month(g, month);
		if (m->first < 0)
			m->first = (int64_t)i;
		m->last = (int64_t)i;
		m->rows++;
	}
}

static int scan_column(struct scan *s, struct scanned *g, size_t column, struct flat_reader *r,
    struct err *err)
{
	const struct parquet_in *file = s->files->files.ptr[g->file];
	int at = s->files->at.ptr[column];
	enum table_type have = file->columns.ptr[at].type;
	enum table_type want = s->columns->ptr[column].type;
	int64_t *months;

	if (parquet_in_read(file, g->group, (size_t)at, &r->values, err) < 0)
		return -1;
	if (s->check && convert_is_checked(have, want) &&
	    !convert_all_plain(&r->values, have, want)) {
		g->odd = true;
		return 0;
	}
	if (column != s->flux)
		return 0;
	months = mem_alloc((r->values.count + 1) * sizeof(*months));
	if (months_of(file, at, &r->values, months))
		add_rows(g, &r->values, months);
	else
		g->odd = true;
	free(months);
	return 0;
}

static int scan_group(void *ctx, size_t item, int worker, struct err *err)
{
	struct scan *s = ctx;
	struct scanned *g = &s->groups[item];
	const struct parquet_in *file = s->files->files.ptr[g->file];

	for (size_t i = 0; i < s->columns->len && !g->odd; i++) {
		enum table_type have = file->columns.ptr[s->files->at.ptr[i]].type;

		if ((i == s->flux ||
			(s->check && convert_is_checked(have, s->columns->ptr[i].type))) &&
		    scan_column(s, g, i, &s->readers[worker], err) < 0)
			return -1;
	}
	return 0;
}

static struct flat_month *month_at(struct flat_files *f, int64_t month)
{
	size_t at = 0;

	while (at < f->months.len && f->months.ptr[at].month < month)
		at++;
	if (at < f->months.len && f->months.ptr[at].month == month)
		return &f->months.ptr[at];
	(void)vec_push(&f->months);
	memmove(f->months.ptr + at + 1, f->months.ptr + at,
	    (f->months.len - 1 - at) * sizeof(*f->months.ptr));
	f->months.ptr[at] = (struct flat_month){.month = month, .first = -1};
	return &f->months.ptr[at];
}

static void add_group(struct flat_files *f, const struct scanned *g)
{
	for (size_t i = 0; i < g->months.len; i++) {
		const struct flat_month *m = &g->months.ptr[i];
		struct flat_month *to = month_at(f, m->month);

		if (to->first < 0)
			to->first = (int64_t)f->rows + m->first;
		to->last = (int64_t)f->rows + m->last;
		to->rows += m->rows;
		*vec_push(&to->parts) = (struct flat_part){
		    .file = g->file,
		    .group = g->group,
		    .rows = m->rows,
		    .partial = g->months.len > 1,
		};
	}
	f->rows += f->files.ptr[g->file]->groups.ptr[g->group].rows;
}

static size_t list_groups(struct scan *s)
{
	const struct flat_files *f = s->files;
	size_t count = 0;

	for (size_t i = 0; i < f->files.len; i++)
		count += f->files.ptr[i]->groups.len;
	s->groups = mem_zalloc(count + 1, sizeof(*s->groups));
	count = 0;
	for (size_t i = 0; i < f->files.len; i++)
		for (size_t j = 0; j < f->files.ptr[i]->groups.len; j++) {
			s->groups[count].file = (uint32_t)i;
			s->groups[count++].group = (uint32_t)j;
		}
	return count;
}

int flat_files_scan(struct flat_files *f, const flat_columns *columns, bool check, int threads,
    bool *ret_known, struct err *err)
{
	struct scan *s = mem_zalloc(1, sizeof(*s));
	size_t count;
	int rc;

	*s = (struct scan){.files = f, .columns = columns, .check = check};
	s->flux = flat_at(columns, flux);
	count = list_groups(s);
	rc = threads_for(threads, count, scan_group, s, err);
	*ret_known = rc == 0;
	for (size_t i = 0; i < count; i++) {
		*ret_known = *ret_known && !s->groups[i].odd;
		if (*ret_known)
			add_group(f, &s->groups[i]);
		vec_clear(&s->groups[i].months);
	}
	for (size_t i = 0; i < ARRAY_LEN(s->readers); i++)
		flat_reader_clear(&s->readers[i]);
	free(s->groups);
	free(s);
	return rc;
}
