#include "io/lines.h"

#include <inttypes.h>

enum { PIECE = 1 << 18 };

void lines_begin(struct lines *l, struct stream *stream, const char *path, size_t max)
{
	*l = (struct lines){.stream = stream, .path = path, .max = max};
}

void lines_end(struct lines *l)
{
	free(l->bytes);
	*l = (struct lines){0};
}

/* What is left goes to the front; a long line makes more room. */
static int make_room(struct lines *l, struct err *err)
{
	if (l->at > 0) {
		memmove(l->bytes, l->bytes + l->at, l->len - l->at);
		l->len -= l->at;
		l->at = 0;
	}
	if (l->len > l->max)
		return err_set(err, ERR_LIMIT, "%s: line %" PRIu64 " has more than %zu bytes",
		    l->path, l->number + 1, l->max);
	if (l->cap - l->len < PIECE) {
		l->cap = l->cap * 2 + PIECE;
		l->bytes = mem_realloc(l->bytes, l->cap, 1);
	}
	return 0;
}

static int read_more(struct lines *l, struct err *err)
{
	size_t n = 0;

	if (make_room(l, err) < 0)
		return -1;
	if (stream_read(l->stream, (unsigned char *)l->bytes + l->len, l->cap - l->len, &n, err) <
	    0) {
		if (err->code != ERR_FORMAT)
			return -1;
		l->late = *err;
		*err = (struct err){0};
	}
	l->at_end = n == 0;
	l->len += n;
	return 0;
}

static int give(struct lines *l, size_t len, bool has_end, struct view *ret)
{
	*ret = (struct view){l->bytes + l->at, len};
	l->number++;
	l->offset = l->next;
	l->next += len + has_end;
	l->at += len + has_end;
	return 1;
}

int lines_next(struct lines *l, struct view *ret, struct err *err)
{
	size_t searched = 0;

	for (;;) {
		const char *end = l->len == l->at ? NULL
		                                  : memchr(l->bytes + l->at + searched, '\n',
							l->len - l->at - searched);

		if (end)
			return give(l, (size_t)(end - l->bytes) - l->at, true, ret);
		searched = l->len - l->at;
		if (l->at_end)
			return searched ? give(l, searched, false, ret) : 0;
		if (read_more(l, err) < 0)
			return -1;
	}
}
