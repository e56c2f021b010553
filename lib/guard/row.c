#include "guard/row.h"

#include "io/scan.h"

void guard_row_begin(struct guard_row_reader *r, struct view text, char separator, char quote)
{
	struct scan s = {.separator = (unsigned char)separator, .quote = (unsigned char)quote};

	*r = (struct guard_row_reader){.text = text, .separator = separator, .quote = quote};
	r->ends = mem_alloc((text.len + 1) * sizeof(*r->ends));
	r->end_count = scan_ends(&s, (const unsigned char *)text.ptr, text.len, r->ends);
}

struct view guard_unquote(struct view cell, char quote, struct str *scratch)
{
	struct view inside;

	if (cell.len < 2 || !quote || cell.ptr[0] != quote)
		return cell;
	inside = (struct view){cell.ptr + 1, cell.len - 1};
	if (inside.ptr[inside.len - 1] == quote)
		inside.len--;
	if (!memchr(inside.ptr, quote, inside.len))
		return inside;
	str_reset(scratch);
	for (size_t i = 0; i < inside.len; i++) {
		str_addc(scratch, inside.ptr[i]);
		if (inside.ptr[i] == quote && i + 1 < inside.len && inside.ptr[i + 1] == quote)
			i++;
	}
	return str_view(scratch);
}

static void add_cell(struct guard_row_reader *r, size_t end, bool is_last)
{
	struct view cell = {r->text.ptr + r->at, end - r->at};

	if (is_last && cell.len && cell.ptr[cell.len - 1] == '\r')
		cell.len--;
	cell = guard_unquote(cell, r->quote, &r->scratch);
	if (r->scratch.len && cell.ptr == str_get(&r->scratch))
		cell = arena_view(&r->arena, cell);
	*vec_push(&r->cells) = cell;
	r->at = end + 1;
}

bool guard_row_next(struct guard_row_reader *r, bool take_last)
{
	r->cells.len = 0;
	arena_reset(&r->arena);
	while (r->next_end < r->end_count) {
		size_t end = r->ends[r->next_end++];
		bool is_last = r->text.ptr[end] == '\n';

		add_cell(r, end, is_last);
		if (is_last)
			return true;
	}
	if (!take_last || (r->at >= r->text.len && r->cells.len == 0))
		return false;
	add_cell(r, r->text.len, true);
	return true;
}

bool guard_row_is_blank(const struct guard_row_reader *r)
{
	return r->cells.len == 1 && r->cells.ptr[0].len == 0;
}

void guard_row_end(struct guard_row_reader *r)
{
	free(r->ends);
	vec_clear(&r->cells);
	arena_clear(&r->arena);
	str_clear(&r->scratch);
}
