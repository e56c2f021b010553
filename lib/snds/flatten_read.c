/*
 * A column of the rows of one month: numbers of distinct values. A value is
 * converted when its first row is met, so values of other months cost nothing.
 */
#include "snds/flatten_files.h"
#include "table/convert_values.h"

static const uint32_t UNKNOWN = UINT32_MAX;
static const char flux[] = "FLX_DIS_DTD";

void flat_reader_clear(struct flat_reader *r)
{
	parquet_values_clear(&r->values);
	vec_clear(&r->code_of);
}

void flat_values_clear(struct flat_values *v)
{
	vec_clear(&v->codes);
}

void flat_rows_clear(struct flat_rows *r)
{
	vec_clear(&r->chosen);
}

static int changed(const struct parquet_in *file, const char *column, struct err *err)
{
	return err_set(err, ERR_FORMAT, "%s: column %s: the file has changed since it was checked",
	    file->path, column);
}

/* The code of a value of the group, whose first row this is. */
static int new_code(const struct flat_rows *rows, const struct flat_part *part, size_t column,
    struct flat_reader *r, uint32_t value, struct value_set *set, struct err *err)
{
	const struct parquet_in *file = rows->files->files.ptr[part->file];
	int at = rows->files->at.ptr[column];

	if (!convert_value(&r->values, file->columns.ptr[at].type, value - 1, set,
		&r->code_of.ptr[value]))
		return changed(file, file->columns.ptr[at].name, err);
	return 0;
}

/* All rows: each value is some row's, so they are converted first. */
static int read_whole(const struct flat_rows *rows, const struct flat_part *part, size_t column,
    struct flat_reader *r, uint32_t *to, struct value_set *set, struct err *err)
{
	const uint32_t *codes = r->values.codes.ptr;

	for (uint32_t value = 1; value <= r->values.count; value++)
		if (new_code(rows, part, column, r, value, set, err) < 0)
			return -1;
	for (size_t i = 0; i < part->rows; i++)
		to[i] = r->code_of.ptr[codes[i]];
	return 0;
}

static int read_chosen(const struct flat_rows *rows, const struct flat_part *part,
    const uint32_t *chosen, size_t column, struct flat_reader *r, uint32_t *to,
    struct value_set *set, struct err *err)
{
	memset(r->code_of.ptr + 1, 0xFF, r->values.count * sizeof(*r->code_of.ptr));
	for (size_t i = 0; i < part->rows; i++) {
		uint32_t value = r->values.codes.ptr[chosen[i]];

		if (r->code_of.ptr[value] == UNKNOWN &&
		    new_code(rows, part, column, r, value, set, err) < 0)
			return -1;
		to[i] = r->code_of.ptr[value];
	}
	return 0;
}

static int read_part(const struct flat_rows *rows, const struct flat_part *part,
    const uint32_t *chosen, size_t column, struct flat_reader *r, struct flat_values *ret,
    struct err *err)
{
	const struct parquet_in *file = rows->files->files.ptr[part->file];
	uint32_t *to = ret->codes.ptr + ret->codes.len;
	int rc;

	if (parquet_in_read(file, part->group, (size_t)rows->files->at.ptr[column], &r->values,
		err) < 0)
		return -1;
	vec_reserve(&r->code_of, r->values.count + 1);
	r->code_of.ptr[0] = 0;
	rc = part->partial ? read_chosen(rows, part, chosen, column, r, to, ret->set, err)
	                   : read_whole(rows, part, column, r, to, ret->set, err);
	for (size_t i = 0; rc == 0 && i < part->rows; i++)
		ret->nulls += to[i] == 0;
	ret->codes.len += part->rows;
	return rc;
}

int flat_rows_read(const struct flat_rows *rows, size_t column, struct flat_reader *r,
    struct flat_values *ret, struct err *err)
{
	const uint32_t *chosen = rows->chosen.ptr;

	ret->codes.len = ret->nulls = 0;
	vec_reserve(&ret->codes, rows->count);
	for (size_t i = 0; rows->month && i < rows->month->parts.len; i++) {
		const struct flat_part *part = &rows->month->parts.ptr[i];

		if (read_part(rows, part, chosen, column, r, ret, err) < 0)
			return -1;
		chosen += part->partial ? part->rows : 0;
	}
	return 0;
}

/* By code, whether the day lies in the month. */
static unsigned char *days_in(const struct value_set *days, int64_t month)
{
	size_t count = value_set_count(days);
	unsigned char *in = mem_zalloc(count + 1, sizeof(*in));

	in[0] = month == 0;
	for (size_t i = 0; i < count; i++)
		in[i + 1] = flat_month_of((date_t)(int64_t)days->numbers.ptr[i]) == month;
	return in;
}

static int choose(struct flat_rows *ret, const struct flat_part *part, size_t column,
    struct flat_reader *r, struct err *err)
{
	struct flat_part whole = *part;
	struct value_set days = {0};
	struct flat_values v = {.set = &days};
	size_t before = ret->chosen.len;
	unsigned char *in;
	int rc;

	whole.partial = false;
	whole.rows = ret->files->files.ptr[part->file]->groups.ptr[part->group].rows;
	value_set_reset(&days, TABLE_TYPE_DATE);
	vec_reserve(&v.codes, whole.rows);
	rc = read_part(ret, &whole, NULL, column, r, &v, err);
	in = days_in(&days, ret->month->month);
	vec_reserve(&ret->chosen, before + part->rows);
	for (size_t i = 0; rc == 0 && i < v.codes.len; i++)
		if (in[v.codes.ptr[i]])
			*vec_push(&ret->chosen) = (uint32_t)i;
	if (rc == 0 && ret->chosen.len - before != part->rows)
		rc = changed(ret->files->files.ptr[part->file], flux, err);
	free(in);
	value_set_clear(&days);
	flat_values_clear(&v);
	return rc;
}

int flat_rows_open(struct flat_rows *ret, const struct flat_files *files,
    const flat_columns *columns, int64_t month, struct flat_reader *r, struct err *err)
{
	size_t column = flat_at(columns, flux);

	*ret = (struct flat_rows){.files = files};
	for (size_t i = 0; i < files->months.len; i++)
		if (files->months.ptr[i].month == month)
			ret->month = &files->months.ptr[i];
	if (!ret->month)
		return 0;
	ret->count = ret->month->rows;
	for (size_t i = 0; i < ret->month->parts.len; i++)
		if (ret->month->parts.ptr[i].partial &&
		    choose(ret, &ret->month->parts.ptr[i], column, r, err) < 0)
			return -1;
	return 0;
}
