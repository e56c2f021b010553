/*
 * Any bytes: a tree or one error; a tree is written by our writer and read
 * again. And any bytes as a text: what the writer makes of them is valid JSON.
 */
#include "io/json.h"

enum { DEPTH_TOO_MUCH = JSON_DEPTH_MAX };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* false when the tree is deeper than the writer goes. */
static bool fits(const json_t *j, int depth)
{
	const char *key;
	json_t *item;
	size_t i;

	if (depth >= DEPTH_TOO_MUCH)
		return !json_is_array(j) && !json_is_object(j);
	json_array_foreach(j, i, item)
	{
		if (!fits(item, depth + 1))
			return false;
	}
	json_object_foreach((json_t *)(uintptr_t)j, key, item)
	{
		if (!fits(item, depth + 1))
			return false;
	}
	return true;
}

static void write_tree(struct json_writer *w, json_t *j)
{
	const char *key;
	json_t *item;
	size_t i;

	switch (json_typeof(j)) {
	case JSON_OBJECT:
		json_begin_object(w);
		json_object_foreach(j, key, item)
		{
			json_key(w, key);
			write_tree(w, item);
		}
		json_end_object(w);
		return;
	case JSON_ARRAY:
		json_begin_array(w);
		json_array_foreach(j, i, item)
		{
			write_tree(w, item);
		}
		json_end_array(w);
		return;
	case JSON_STRING:
		json_add_text(w, (struct view){json_string_value(j), json_string_length(j)});
		return;
	case JSON_INTEGER: json_add_int(w, json_integer_value(j)); return;
	case JSON_REAL: json_add_double(w, json_real_value(j)); return;
	case JSON_TRUE: json_add_bool(w, true); return;
	case JSON_FALSE: json_add_bool(w, false); return;
	case JSON_NULL: json_add_null(w); return;
	}
}

/* As json_equal, but 3.0 is 3: our writer makes no difference. */
static bool same(json_t *a, json_t *b)
{
	const char *key;
	json_t *item;
	size_t i;

	if (json_is_number(a))
		return json_is_number(b) && json_number_value(a) == json_number_value(b);
	if (json_typeof(a) != json_typeof(b))
		return false;
	if (!json_is_array(a) && !json_is_object(a))
		return json_equal(a, b);
	if (json_array_size(a) != json_array_size(b) || json_object_size(a) != json_object_size(b))
		return false;
	json_array_foreach(a, i, item)
	{
		if (!same(item, json_array_get(b, i)))
			return false;
	}
	json_object_foreach(a, key, item)
	{
		if (!json_object_get(b, key) || !same(item, json_object_get(b, key)))
			return false;
	}
	return true;
}

static void check_tree(json_t *tree, int indent)
{
	AUTO_STR struct str out = {0};
	AUTO_JSON json_t *again = NULL;
	struct err err;

	write_tree(&(struct json_writer){.out = &out, .indent = indent}, tree);
	if (json_parse(&again, "again", str_view(&out), &err) < 0 || !same(tree, again))
		abort();
}

/* Jansson refuses "\u0000", which is valid JSON: texts with a NUL are left out. */
static void check_text(struct view text)
{
	AUTO_STR struct str out = {0};
	AUTO_JSON json_t *tree = NULL;
	struct json_writer w = {.out = &out};
	struct err err;

	if (text.len && memchr(text.ptr, '\0', text.len))
		return;
	json_begin_array(&w);
	json_add_text(&w, text);
	json_end_array(&w);
	if (json_parse(&tree, "text", str_view(&out), &err) < 0)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct view text = {(const char *)data, size};
	AUTO_JSON json_t *tree = NULL;
	struct err err = {0};

	check_text(text);
	if (json_parse(&tree, "fuzz", text, &err) < 0) {
		if (err.code == ERR_NONE)
			abort();
		return 0;
	}
	if (fits(tree, 0)) {
		check_tree(tree, 0);
		check_tree(tree, 3);
	}
	return 0;
}
