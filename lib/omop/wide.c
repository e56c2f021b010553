#include "omop/wide.h"

#include "base/embed.h"

enum { COLUMN_NAME_MAX = 200 };

static bool lower(struct view name, char buf[COLUMN_NAME_MAX])
{
	if (name.len >= COLUMN_NAME_MAX)
		return false;
	for (size_t i = 0; i < name.len; i++) {
		char c = name.ptr[i];

		buf[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
	}
	return true;
}

int wide_open(struct wide *w, const char *path, bool embedded, struct err *err)
{
	char key[COLUMN_NAME_MAX];

	memset(w, 0, sizeof(*w));
	w->name = path;
	if (embedded)
		w->csv = csv_open_view(path, embed_find(path), ',');
	else if (csv_open(&w->csv, path, ',', err) < 0)
		return -1;
	if (csv_next(w->csv, err) < 0)
		return -1;
	for (size_t i = 0; i < csv_count(w->csv); i++) {
		struct view name = view_trim(csv_field(w->csv, i));

		if (lower(name, key))
			(void)map_add(&w->columns, (struct view){key, name.len}, (int64_t)i);
	}
	return 0;
}

void wide_clear(struct wide *w)
{
	csv_close(&w->csv);
	map_clear(&w->columns);
}

int wide_next(struct wide *w, struct err *err)
{
	return csv_next(w->csv, err);
}

struct view wide_get(const struct wide *w, const char *column)
{
	char key[COLUMN_NAME_MAX];
	const int64_t *at = NULL;

	if (lower(VIEW(column), key))
		at = map_find(&w->columns, (struct view){key, strlen(column)});
	return at ? view_trim(csv_field(w->csv, (size_t)*at)) : VIEW_NONE;
}

bool wide_yes(const struct wide *w, const char *column)
{
	return view_eq_nocase(wide_get(w, column), VIEW_LIT("yes"));
}

int wide_fail(const struct wide *w, const char *what, struct err *err)
{
	return err_set(err, ERR_FORMAT, "%s: line %zu: %s", w->name, csv_line(w->csv), what);
}
