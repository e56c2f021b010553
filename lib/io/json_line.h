/*
 * One line of JSON lines as flat pairs: {"a": {"b": 1}, "c": [2]} is a.b = 1, c = [2].
 * RFC 8259, read in one go without a tree; invalid UTF-8 within a text is kept.
 */
#ifndef IO_JSON_LINE_H
#define IO_JSON_LINE_H

#include "base/arena.h"
#include "base/vec.h"

enum json_line_kind {
	JSON_LINE_NULL, /* {} too */
	JSON_LINE_BOOLEAN,
	JSON_LINE_NUMBER,
	JSON_LINE_TEXT,
	JSON_LINE_LIST,
	JSON_LINE_KINDS,
};

enum json_line_end {
	JSON_LINE_OK,
	JSON_LINE_BAD,  /* no JSON object, or more behind it */
	JSON_LINE_DEEP, /* nested deeper than allowed, or more than 16 MiB of joined names */
};

struct json_pair {
	struct view name;  /* the names on the way to it, joined by "." */
	struct view value; /* text without escapes; number and list as written; null: nothing */
	enum json_line_kind kind;
};

struct json_line {
	VEC(struct json_pair) pairs; /* in order; borrowed from text and arena until the next */
	struct arena arena;
	size_t at; /* unless OK: the byte of the text at which it went wrong */
};

/* `depth_max`: objects and lists within each other, the outermost counts; at most 1000. */
enum json_line_end json_line_parse(struct json_line *l, struct view text, size_t depth_max);
void json_line_clear(struct json_line *l);

#endif
