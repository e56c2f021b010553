#include "guard/reader.h"

#include "io/csv.h"

#include <inttypes.h>

enum { PIECE = 1 << 18 };

void guard_reader_variable(struct guard_reader *r, struct view name, struct view description,
    struct view format, struct view label_set)
{
	csv_add_field(&r->head, name, true);
	csv_add_field(&r->head, description, false);
	csv_add_field(&r->head, format, false);
	csv_add_field(&r->head, label_set, false);
	csv_add_end(&r->head);
}

void guard_reader_labels(struct guard_reader *r, struct view set, size_t count)
{
	csv_add_field(&r->labels, set, true);
	str_addf(&r->labels, ",%zu", count);
	csv_add_end(&r->labels);
}

static bool send_head(struct guard_reader *r)
{
	if (!r->head_sent)
		r->is_closed = !child_send(GUARD_FRAME_HEAD, str_view(&r->head));
	r->head_sent = true;
	return !r->is_closed;
}

static bool send_rows(struct guard_reader *r)
{
	if (!send_head(r))
		return false;
	if (r->made.text.len)
		r->is_closed = !child_send(GUARD_FRAME_ROWS, str_view(&r->made.text));
	str_reset(&r->made.text);
	return !r->is_closed;
}

bool guard_reader_row(struct guard_reader *r, const struct view *cells, size_t count)
{
	guard_made_row(&r->made, cells, count);
	if (r->made.text.full)
		return false;
	return r->made.text.len < PIECE || send_rows(r);
}

static bool send_deleted(const struct guard_reader *r)
{
	AUTO_STR struct str text = {0};

	if (r->deleted == 0)
		return true;
	str_addf(&text, "%" PRIu64 " %" PRIu64, r->deleted, r->left_out);
	return child_send(GUARD_FRAME_DELETED, str_view(&text));
}

static int read_all(struct guard_reader *r)
{
	enum guard_end end =
	    r->format == GUARD_PARQUET ? guard_read_parquet(r) : guard_read_stat(r);
	char word = r->made.text.full ? GUARD_ENDLESS : (char)end;
	bool sent = !r->is_closed && send_rows(r) &&
	            child_send(GUARD_FRAME_LABELS, str_view(&r->labels)) &&
	            send_deleted(r) && child_send(GUARD_FRAME_END, (struct view){&word, 1});

	str_clear(&r->head);
	str_clear(&r->labels);
	str_clear(&r->made.text);
	return sent ? 0 : 1;
}

void guard_reader_args(const char *ret[8], const char *program, enum guard_format format,
    size_t column_max, struct child_limits limits, struct arena *arena)
{
	ret[0] = program;
	ret[1] = GUARD_READER_WORD;
	ret[2] = arena_format(arena, "%d", (int)format);
	ret[3] = arena_format(arena, "%zu", column_max);
	ret[4] = arena_format(arena, "%" PRIu64, limits.memory_bytes);
	ret[5] = arena_format(arena, "%d", limits.cpu_seconds);
	ret[6] = NULL;
}

int guard_reader_main(int argc, char **argv)
{
	struct guard_reader r = {0};
	int64_t n[4];

	if (argc != 5)
		return 2;
	for (int i = 0; i < 4; i++)
		if (!view_to_i64(VIEW(argv[i + 1]), &n[i]) || n[i] < 0)
			return 2;
	if (n[0] >= GUARD_FORMATS || n[3] > INT32_MAX)
		return 2;
	r.format = (enum guard_format)n[0];
	r.column_max = (size_t)n[1];
	r.limits =
	    (struct child_limits){.memory_bytes = (uint64_t)n[2], .cpu_seconds = (int)n[3]};
	child_confine(r.limits);
	return read_all(&r);
}
