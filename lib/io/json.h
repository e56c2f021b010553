/*
 * JSON. Reading is Jansson's (a tree; depth and size limited here); writing is
 * a small streaming writer on a str, because our results need their numbers
 * exactly as computed and their keys in our order.
 */
#ifndef IO_JSON_H
#define IO_JSON_H

#include "base/str.h"

#include <jansson.h>

#define AUTO_JSON AUTO(json_clear)

static inline void json_clear(json_t **j)
{
	json_decref(*j);
	*j = NULL;
}

enum { JSON_FILE_MAX = 64 << 20 };

/*
 * An object or an array. Duplicate keys and trailing text are errors; messages
 * give line and column, never the text. ERR_LIMIT beyond JSON_FILE_MAX bytes
 * or 2048 levels (Jansson's JSON_PARSER_MAX_DEPTH).
 */
MUST_CHECK int json_read(json_t **ret, const char *path, struct err *err);
MUST_CHECK int json_parse(json_t **ret, const char *name, struct view text, struct err *err);

/*
 * Writer. Commas, quotes and indentation are its business; nesting beyond
 * JSON_DEPTH_MAX or an unbalanced end is a programmer's error: assert.
 */
enum { JSON_DEPTH_MAX = 64 };

struct json_writer {
	struct str *out;
	int indent; /* spaces a level; 0: one line */
	int depth;
	bool has_items[JSON_DEPTH_MAX];
	bool is_object[JSON_DEPTH_MAX];
	bool after_key;
};

void json_begin_object(struct json_writer *w);
void json_end_object(struct json_writer *w);
void json_begin_array(struct json_writer *w);
void json_end_array(struct json_writer *w);
void json_key(struct json_writer *w, const char *key);
void json_add_text(struct json_writer *w, struct view text); /* invalid UTF-8 becomes U+FFFD */
void json_add_int(struct json_writer *w, int64_t n);
/*
 * Shortest of 15 to 17 digits that reads back equal, without exponent for
 * 1e-5 <= |d| < 1e15; null when not finite, 0 for -0.
 */
void json_add_double(struct json_writer *w, double d);
void json_add_bool(struct json_writer *w, bool b);
void json_add_null(struct json_writer *w);
/* json_key and the value. */
void json_set_text(struct json_writer *w, const char *key, const char *text);
void json_set_int(struct json_writer *w, const char *key, int64_t n);
/* Already JSON: a chart's specification. */
void json_add_raw(struct json_writer *w, struct view json);

#endif
