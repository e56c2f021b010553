#include "snds/data_file.h"

#include "base/embed.h"

void data_open(struct data_file *f, struct arena *arena, const char *name,
    const char *const *columns, size_t count)
{
	*f = (struct data_file){.arena = arena, .name = name, .columns = columns};
	f->csv = csv_open_view(name, embed_find(name), ',');
	f->failed = csv_header(f->csv, columns, count, f->index, &f->err) < 0;
}

void data_close(struct data_file *f)
{
	csv_close(&f->csv);
}

bool data_next(struct data_file *f)
{
	int rc = f->failed ? 0 : csv_next(f->csv, &f->err);

	f->failed = f->failed || rc < 0;
	return rc > 0;
}

int data_end(const struct data_file *f, struct err *err)
{
	if (!f->failed)
		return 0;
	*err = f->err;
	err->code = ERR_INTERNAL;
	return -1;
}

void data_refuse(struct data_file *f, const char *why)
{
	if (f->failed)
		return;
	f->failed = true;
	(void)err_set(&f->err, ERR_INTERNAL, "%s: line %zu: %s", f->name, csv_line(f->csv), why);
}

static struct view field(struct data_file *f, size_t column)
{
	return csv_field(f->csv, f->index[column]);
}

struct view data_text(struct data_file *f, size_t column)
{
	struct view v = field(f, column);

	return v.len ? arena_view(f->arena, v) : VIEW_LIT("");
}

double data_number(struct data_file *f, size_t column)
{
	double d = 0;

	if (!view_to_double(field(f, column), &d))
		data_refuse(f, f->columns[column]);
	return d;
}

int64_t data_i64(struct data_file *f, size_t column)
{
	int64_t n = 0;
	struct view v = field(f, column);

	if (v.len && !view_to_i64(v, &n))
		data_refuse(f, f->columns[column]);
	return n;
}

int data_int(struct data_file *f, size_t column)
{
	return (int)data_i64(f, column);
}

void data_assign(struct data_file *f, const struct data_slot *slots, size_t count,
    size_t parameter, size_t value)
{
	struct view name = field(f, parameter);

	for (size_t i = 0; i < count; i++) {
		if (view_eq(name, VIEW(slots[i].name))) {
			*slots[i].value = data_number(f, value);
			return;
		}
	}
	data_refuse(f, "unknown parameter");
}

struct view data_attribute(struct data_file *f, size_t column, const char *name)
{
	struct view rest = field(f, column), piece, key;

	while (view_next(&rest, ' ', &piece)) {
		struct view value = piece;

		if (view_next(&value, '=', &key) && view_eq(key, VIEW(name)))
			return arena_view(f->arena, value);
	}
	return VIEW_LIT("");
}

double data_attribute_number(struct data_file *f, size_t column, const char *name)
{
	struct view text = data_attribute(f, column, name);
	double value = 0;

	if (text.len && !view_to_double(text, &value))
		data_refuse(f, name);
	return value;
}

int data_attribute_int(struct data_file *f, size_t column, const char *name)
{
	return (int)data_attribute_number(f, column, name);
}
