#include "guard/input.h"

#include "guard/source.h"

struct guard_input {
	enum guard_format format;
	const struct guard_source *source;
	void *state;
};

static const struct guard_source *source_of(enum guard_format format)
{
	if (format == GUARD_DELIMITED)
		return &guard_source_text;
	return format == GUARD_JSON_LINES ? &guard_source_json : &guard_source_binary;
}

int guard_input_open(struct guard_input **ret, const char *path, const struct guard_csv_options *o,
    struct err *err)
{
	AUTO_STREAM struct stream *stream = NULL;
	struct guard_input in = {0};
	struct view first;

	if (stream_open(&stream, path, o->limits, err) < 0 ||
	    stream_peek(stream, &first, err) < 0 ||
	    guard_format_find(&in.format, first, path, err) < 0)
		return -1;
	in.source = source_of(in.format);
	if (in.source->open(&in.state, &stream, path, o, in.format, err) < 0)
		return -1;
	*ret = mem_alloc(sizeof(**ret));
	**ret = in;
	return 0;
}

void guard_input_close(struct guard_input **in)
{
	if (!*in)
		return;
	(*in)->source->close((*in)->state);
	free(*in);
	*in = NULL;
}

enum guard_format guard_input_format(const struct guard_input *in)
{
	return in->format;
}

bool guard_input_dialect(const struct guard_input *in, struct guard_dialect *ret)
{
	return in->source->tell_dialect && in->source->tell_dialect(in->state, ret);
}

int guard_input_read(struct guard_input *in, unsigned char *ret, size_t size, size_t *ret_len,
    struct err *err)
{
	return in->source->read(in->state, ret, size, ret_len, err);
}

void guard_input_tell(const struct guard_input *in, struct guard_structure *s)
{
	if (in->source->tell)
		in->source->tell(in->state, s);
}

struct guard_json_kinds *guard_input_kinds(const struct guard_input *in, size_t columns)
{
	const struct guard_json_kinds *from =
	    in->source->tell_kinds ? in->source->tell_kinds(in->state) : NULL;
	struct guard_json_kinds *kinds;

	if (!from)
		return NULL;
	kinds = mem_zalloc(columns + 1, sizeof(*kinds));
	memcpy(kinds, from, columns * sizeof(*kinds));
	return kinds;
}

void guard_input_labels(const struct guard_input *in, struct guard_dialect *d)
{
	if (in->source->tell_labels)
		in->source->tell_labels(in->state, d);
}

uint64_t guard_data_rows(const struct guard_structure *s)
{
	return s->rows - s->blank.rows.count - s->bad_line.rows.count - s->deep_line.rows.count;
}

/* Delimited text is its own source. */
static int open_text(void **ret, struct stream **s, const char *path,
    const struct guard_csv_options *o, enum guard_format format, struct err *err)
{
	(void)path, (void)o, (void)format, (void)err;
	*ret = TAKE(*s);
	return 0;
}

static void close_text(void *state)
{
	struct stream *s = state;

	stream_close(&s);
}

static int read_text(void *state, unsigned char *ret, size_t size, size_t *ret_len, struct err *err)
{
	return stream_read(state, ret, size, ret_len, err);
}

const struct guard_source guard_source_text = {
    .open = open_text,
    .close = close_text,
    .read = read_text,
};
