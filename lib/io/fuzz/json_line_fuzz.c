/* Any bytes as a line: an object where Jansson sees one, with its texts and numbers. */
#include "io/json.h"
#include "io/json_line.h"

#include <math.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { DEPTH = 64,
	NUMBER_MAX = 64 /* bytes: longer ones view_to_double does not read */ };

/* The last pair of a name is what Jansson keeps. */
static const struct json_pair *find(const struct json_line *l, struct view name)
{
	for (size_t i = l->pairs.len; i > 0; i--)
		if (view_eq(l->pairs.ptr[i - 1].name, name))
			return &l->pairs.ptr[i - 1];
	return NULL;
}

static void check_value(const struct json_line *l, const char *key, json_t *value)
{
	const struct json_pair *p = find(l, VIEW(key));
	double number;

	if (strchr(key, '.') || (json_is_object(value) && json_object_size(value)))
		return;
	if (!p)
		abort();
	/* a name that comes as an object too has pairs of its own; the rest is the last */
	if (json_is_string(value) && p->kind == JSON_LINE_TEXT &&
	    !view_eq(p->value,
		(struct view){json_string_value(value), json_string_length(value)}))
		abort();
	if (json_is_real(value) && p->kind == JSON_LINE_NUMBER && p->value.len < NUMBER_MAX &&
	    (!view_to_double(p->value, &number) ||
		fabs(number - json_real_value(value)) > fabs(number) * 1e-14))
		abort();
}

static void check_same(const struct json_line *l, json_t *tree)
{
	const char *key;
	json_t *value;

	json_object_foreach(tree, key, value) check_value(l, key, value);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct view text = {(const char *)data, size};
	AUTO(json_line_clear)
	struct json_line line = {0};
	AUTO_JSON json_t *tree = NULL;
	json_error_t e = {0};
	enum json_line_end end = json_line_parse(&line, text, DEPTH);

	if (line.at > size)
		abort();
	tree = json_loadb(text.ptr ? text.ptr : "", text.len,
	    JSON_DECODE_INT_AS_REAL | JSON_ALLOW_NUL, &e);
	if (end == JSON_LINE_OK && tree)
		check_same(&line, tree);
	if (end == JSON_LINE_DEEP || json_error_code(&e) == json_error_numeric_overflow ||
	    json_error_code(&e) == json_error_null_byte_in_key || !view_is_utf8(text) ||
	    memchr(data, 0, size)) /* Jansson takes a NUL behind a number for its end */
		return 0;
	if ((end == JSON_LINE_OK) != (tree && json_is_object(tree)))
		abort();
	return 0;
}
