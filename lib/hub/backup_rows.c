#include "hub/backup_rows.h"

#include "base/base64.h"
#include "io/json.h"

#include <assert.h>

static const char *const type_names[] = {
    [STORE_INT] = "int",
    [STORE_TEXT] = "text",
    [STORE_BYTES] = "bytes",
};

void hub_rows_head(const struct store_table *t, struct str *out)
{
	struct json_writer w = {.out = out};

	json_begin_object(&w);
	json_set_text(&w, "table", t->name);
	json_key(&w, "columns");
	json_begin_array(&w);
	for (size_t i = 0; i < t->columns.len; i++) {
		json_begin_array(&w);
		json_add_text(&w, VIEW(t->columns.ptr[i].name));
		json_add_text(&w, VIEW(type_names[t->columns.ptr[i].type]));
		json_end_array(&w);
	}
	json_end_array(&w);
	json_end_object(&w);
	str_addc(out, '\n');
}

static void add_bytes(struct json_writer *w, struct view bytes)
{
	AUTO_STR struct str text = {0};

	base64_add(&text, bytes);
	json_add_text(w, str_view(&text));
}

static bool is_text(struct view v)
{
	AUTO_JSON json_t *text = json_stringn(v.ptr, v.len);

	return text && !memchr(v.ptr, '\0', v.len);
}

static void add_value(struct json_writer *w, const struct store_value *v)
{
	switch (v->type) {
	case STORE_NULL: json_add_null(w); return;
	case STORE_INT: json_add_int(w, v->number); return;
	case STORE_TEXT: json_add_text(w, v->bytes); return;
	case STORE_BYTES: add_bytes(w, v->bytes); return;
	}
}

void hub_rows_write(const struct store_column *columns, size_t count,
    const struct store_value *values, struct str *out)
{
	struct json_writer w = {.out = out};

	json_begin_array(&w);
	for (size_t i = 0; i < count; i++) {
		assert(values[i].type == STORE_NULL || (int)values[i].type == columns[i].type);
		add_value(&w, &values[i]);
	}
	json_end_array(&w);
}

static struct store_value value_of(const struct store_column *c, const struct store_rows *row,
    int i)
{
	if (store_is_null(row, i))
		return store_null();
	if (c->type == STORE_INT)
		return store_int(store_number(row, i));
	return c->type == STORE_TEXT ? store_text(store_view(row, i))
	                             : store_bytes(store_view(row, i));
}

int hub_rows_add(const struct store_table *t, const struct store_rows *row, struct str *out,
    struct err *err)
{
	struct store_value values[HUB_COLUMNS_MAX];

	if (t->columns.len > HUB_COLUMNS_MAX)
		return err_set(err, ERR_LIMIT, "%s: too many columns", t->name);
	for (size_t i = 0; i < t->columns.len; i++) {
		values[i] = value_of(&t->columns.ptr[i], row, (int)i);
		if (values[i].type == STORE_TEXT && !is_text(values[i].bytes))
			return err_set(err, ERR_FORMAT, "%s.%s: a text that is not UTF-8", t->name,
			    t->columns.ptr[i].name);
	}
	hub_rows_write(t->columns.ptr, t->columns.len, values, out);
	str_addc(out, '\n');
	return 0;
}

void hub_rows_shape_clear(struct hub_rows_shape *s)
{
	arena_clear(&s->memory);
	*s = (struct hub_rows_shape){0};
}

static int read_column(struct hub_rows_shape *s, const json_t *j)
{
	const char *name = json_string_value(json_array_get(j, 0));
	const char *type = json_string_value(json_array_get(j, 1));

	if (!name || !type || json_array_size(j) != 2 || s->count == HUB_COLUMNS_MAX)
		return -1;
	for (int t = STORE_INT; t <= STORE_BYTES; t++)
		if (strcmp(type, type_names[t]) == 0) {
			s->columns[s->count++] = (struct store_column){
			    .name = arena_strdup(&s->memory, VIEW(name)),
			    .type = t,
			};
			return 0;
		}
	return -1;
}

int hub_rows_read_head(struct hub_rows_shape *ret, struct view line, struct err *err)
{
	AUTO_JSON json_t *j = NULL;
	const json_t *columns, *column;
	const char *table;
	size_t i;

	hub_rows_shape_clear(ret);
	if (json_parse(&j, "the head of a table", line, err) < 0)
		return -1;
	table = json_string_value(json_object_get(j, "table"));
	columns = json_object_get(j, "columns");
	if (!table || json_array_size(columns) == 0)
		return err_set(err, ERR_FORMAT, "not the head of a table");
	ret->table = arena_strdup(&ret->memory, VIEW(table));
	json_array_foreach(columns, i, column)
	{
		if (read_column(ret, column) < 0)
			return err_set(err, ERR_FORMAT, "not the head of a table");
	}
	return 0;
}

static bool read_base64(const json_t *j, struct arena *arena, struct store_value *ret)
{
	struct view text = {json_string_value(j), json_string_length(j)};
	size_t size = text.len / 4 * 3 + 3;
	char *bytes = arena_alloc(arena, size);
	int64_t len = base64_decode(bytes, size, text);

	if (len < 0)
		return false;
	*ret = store_bytes((struct view){bytes, (size_t)len});
	return true;
}

static bool read_value(int type, const json_t *j, struct arena *arena, struct store_value *ret)
{
	if (json_is_null(j)) {
		*ret = store_null();
		return true;
	}
	if (type == STORE_INT) {
		*ret = store_int(json_integer_value(j));
		return json_is_integer(j);
	}
	if (!json_is_string(j))
		return false;
	if (type == STORE_BYTES)
		return read_base64(j, arena, ret);
	*ret = store_text(arena_view(arena,
	    (struct view){json_string_value(j), json_string_length(j)}));
	return true;
}

int hub_rows_read(const struct hub_rows_shape *s, struct view line, struct arena *arena,
    struct store_value *ret, struct err *err)
{
	AUTO_JSON json_t *j = NULL;

	if (json_parse(&j, "a row", line, err) < 0)
		return -1;
	if (!json_is_array(j) || json_array_size(j) != s->count)
		return err_set(err, ERR_FORMAT, "a row with another number of columns");
	for (size_t i = 0; i < s->count; i++)
		if (!read_value(s->columns[i].type, json_array_get(j, i), arena, &ret[i]))
			return err_set(err, ERR_FORMAT, "%s: not a value of its type",
			    s->columns[i].name);
	return 0;
}
