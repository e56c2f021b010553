#include "guard/window.h"

#include <assert.h>
#include <inttypes.h>

enum {
	BLOCK = 1 << 17,
	PADDING = 64, /* bytes behind the last that may be read */
};

int guard_window_open(struct guard_window *w, const char *path, const struct guard_csv_options *o,
    struct err *err)
{
	*w = (struct guard_window){.path = path,
	    .row_max = o->row_max,
	    .cap = GUARD_WINDOW,
	    .is_later_part = o->is_later_part};
	if (guard_input_open(&w->input, path, o, err) < 0)
		return -1;
	w->bytes = mem_alloc(w->cap + PADDING);
	w->ends = mem_alloc((w->cap + 1) * sizeof(*w->ends));
	return 0;
}

void guard_window_close(struct guard_window *w)
{
	guard_input_close(&w->input);
	free(w->bytes);
	free(w->ends);
	vec_clear(&w->blocks);
}

/* Fill the window; a fault of compressed data is its end. */
static int fill(struct guard_window *w, struct err *err)
{
	while (w->len < w->cap && !w->at_end) {
		size_t n = 0;

		if (guard_input_read(w->input, w->bytes + w->len, w->cap - w->len, &n, err) < 0) {
			if (err->code != ERR_FORMAT)
				return -1;
			w->cut = true;
			*err = (struct err){0};
		}
		w->at_end = n == 0;
		w->len += n;
	}
	return 0;
}

int guard_window_peek(struct guard_window *w, size_t size, struct view *ret, struct err *err)
{
	if (fill(w, err) < 0)
		return -1;
	*ret = (struct view){(const char *)w->bytes, MIN(w->len, size)};
	return 0;
}

void guard_window_start(struct guard_window *w, const struct guard_dialect *d)
{
	w->scan = (struct scan){.separator = (unsigned char)d->separator,
	    .quote = (unsigned char)d->quote};
	w->used = w->is_later_part ? 0 : MIN(d->mark, w->len);
	w->next_row = d->has_header && !w->is_later_part ? 0 : 1;
}

int guard_window_open_again(struct guard_window *w, const char *path,
    const struct guard_dialect *d, const struct guard_csv_options *o, struct err *err)
{
	struct view sample;

	if (guard_window_open(w, path, o, err) < 0 ||
	    guard_window_peek(w, d->mark, &sample, err) < 0)
		return -1;
	guard_window_start(w, d);
	return 0;
}

/* What follows the whole rows goes to the front, its ends with it. */
static void shift(struct guard_window *w)
{
	size_t left = w->end_count - w->end_used;

	memmove(w->bytes, w->bytes + w->used, w->len - w->used);
	for (size_t i = 0; i < left; i++)
		w->ends[i] = w->ends[w->end_used + i] - (uint32_t)w->used;
	w->end_count = left;
	w->len -= w->used;
	w->scanned -= MIN(w->scanned, w->used);
	w->before += w->used;
	w->used = w->end_used = 0;
}

static void scan_new(struct guard_window *w)
{
	size_t n = scan_ends(&w->scan, w->bytes + w->scanned, w->len - w->scanned,
	    w->ends + w->end_count);

	for (size_t i = w->end_count; i < w->end_count + n; i++)
		w->ends[i] += (uint32_t)w->scanned;
	w->end_count += n;
	w->scanned = w->len;
}

/* The last row has no line end: it gets one, in its quotes or not. */
static void add_line_end(struct guard_window *w)
{
	bool open = w->len > 0 && (w->end_count == 0 || w->ends[w->end_count - 1] != w->len - 1 ||
				      w->bytes[w->len - 1] != '\n');

	if (!open || w->added_line_end)
		return;
	w->ends[w->end_count++] = (uint32_t)w->len;
	w->bytes[w->len] = '\n';
	w->added_line_end = true;
}

static int grow(struct guard_window *w, struct err *err)
{
	size_t cap = w->cap * 2;

	if (w->cap >= w->row_max)
		return err_set(err, ERR_LIMIT, "%s: row %" PRIu64 " has more than %zu bytes",
		    w->path, w->next_row, w->row_max);
	w->bytes = mem_realloc(w->bytes, cap + PADDING, 1);
	w->ends = mem_realloc(w->ends, cap + 1, sizeof(*w->ends));
	w->cap = cap;
	return 0;
}

static void start_block(struct guard_window *w, struct guard_block *b)
{
	*b = (struct guard_block){
	    .ends = w->ends,
	    .from = w->used,
	    .first_end = w->end_used,
	    .first_row = w->next_row,
	};
}

static void end_block(struct guard_window *w, const struct guard_block *b)
{
	struct guard_block *done = vec_push(&w->blocks);

	*done = *b;
	done->to = w->used;
	done->last_end = w->end_used;
	done->has_nul = w->scan.seen & SCAN_NUL;
}

/* Blocks end with the row in which they become long enough; the header is in none. */
static void cut_blocks(struct guard_window *w)
{
	struct guard_block b;

	w->blocks.len = 0;
	start_block(w, &b);
	for (size_t i = 0; i < w->end_count; i++) {
		size_t end = w->ends[i];
		bool is_header = w->next_row == 0;

		if (w->bytes[end] != '\n')
			continue;
		w->next_row++;
		w->used = MIN(end + 1, w->len);
		w->end_used = i + 1;
		if (!is_header && end + 1 - b.from < BLOCK)
			continue;
		if (!is_header)
			end_block(w, &b);
		start_block(w, &b);
	}
	if (w->end_used > b.first_end)
		end_block(w, &b);
}

int guard_window_next(struct guard_window *w, struct err *err)
{
	shift(w);
	for (;;) {
		if (fill(w, err) < 0)
			return -1;
		w->scan.seen = 0;
		scan_new(w);
		if (w->at_end)
			add_line_end(w);
		cut_blocks(w);
		w->seen |= w->scan.seen;
		if (w->end_used > 0 || w->at_end)
			return w->blocks.len > 0 || (w->end_used > 0 && !w->at_end);
		if (grow(w, err) < 0)
			return -1;
	}
}

void guard_window_tell(const struct guard_window *w, struct guard_structure *ret)
{
	ret->bytes = w->before + w->used;
	ret->rows = w->next_row ? w->next_row - 1 : 0;
	ret->seen = w->seen;
	ret->no_last_line_end = w->added_line_end;
	ret->open_quote = w->scan.state == SCAN_QUOTED;
	ret->cut = w->cut;
	ret->cut_at = ret->bytes;
	guard_input_tell(w->input, ret);
}
