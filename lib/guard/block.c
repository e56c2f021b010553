#include "guard/block.h"

#include "guard/csv.h"
#include "guard/row.h"

#include "base/hash.h"

#include <inttypes.h>

/* Where the cells of a row are. */
struct row {
	uint64_t number;
	size_t from;      /* byte of its first cell */
	size_t first_end; /* of its first cell, in the block's ends */
	size_t cells;
	bool has_cr; /* before its line end */
};

/* Rows that are read together. */
struct batch {
	const struct guard_block *block;
	const struct guard_window *window;
	const struct guard_block_options *options;
	const char *bytes;
	struct row rows[GUARD_BATCH];
	size_t count;
	size_t cells_max; /* of a row */
};

/* Byte of cell `i`; that of the cell behind the last is behind the row. */
static inline size_t start_of(const struct batch *b, const struct row *row, size_t i)
{
	return i ? b->block->ends[row->first_end + i - 1] + (size_t)1 : row->from;
}

/* Byte of the file where a row begins. */
static uint64_t place_of(const struct batch *b, const struct row *row)
{
	return b->window->before + row->from;
}

/* Each row once, however many it has. */
static void look_for_nul(struct guard_block_reader *r, const struct batch *b)
{
	for (size_t i = 0; i < b->count; i++) {
		size_t from = b->rows[i].from, end = start_of(b, &b->rows[i], b->rows[i].cells);

		if (memchr(b->bytes + from, '\0', end - from))
			guard_places_add(&r->found.nul, b->rows[i].number,
			    place_of(b, &b->rows[i]));
	}
}

/* Is there a carriage return before the line end? */
static inline bool has_cr(const struct batch *b, const struct row *row)
{
	size_t end = start_of(b, row, row->cells) - 1;

	return end > start_of(b, row, row->cells - 1) && b->bytes[end - 1] == '\r';
}

static inline struct view cell_of(const struct batch *b, const struct row *row, size_t i)
{
	size_t from = start_of(b, row, i), end = start_of(b, row, i + 1) - 1;

	if (i + 1 == row->cells && row->has_cr)
		end--;
	return (struct view){b->bytes + from, end - from};
}

/* Its only cell tells nothing of the first column. */
static bool is_blank_line(const struct batch *b, const struct row *row)
{
	return row->cells == 1 && guard_has_blank_lines(b->options->dialect) &&
	       cell_of(b, row, 0).len == 0;
}

/* What the number of its cells says; false for a blank line, which has none. */
static bool check_row(struct guard_block_reader *r, const struct batch *b, const struct row *row)
{
	size_t columns = b->options->dialect->names.len;

	if (row->has_cr)
		r->found.crlf++;
	else
		r->found.lf++;
	if (is_blank_line(b, row)) {
		guard_places_add(&r->found.blank, row->number, place_of(b, row));
		return false;
	}
	if (row->cells != columns)
		guard_places_add(
		    row->cells < columns ? &r->found.short_rows : &r->found.long_rows,
		    row->number, place_of(b, row));
	return true;
}

static int check_cells(const struct batch *b, const struct row *row, struct err *err)
{
	size_t max = b->options->cell_max;

	if (!max || start_of(b, row, row->cells) - row->from <= max)
		return 0;
	for (size_t i = 0; i < row->cells; i++)
		if (cell_of(b, row, i).len > max)
			return err_set(err, ERR_LIMIT,
			    "%s: row %" PRIu64 ", column %zu: more than %zu bytes",
			    b->window->path, row->number, i + 1, max);
	return 0;
}

/* The next rows of the block from end *at on. */
static void find_rows(struct batch *b, size_t *at, struct row *next)
{
	const struct guard_block *k = b->block;

	b->count = b->cells_max = 0;
	while (*at < k->last_end && b->count < GUARD_BATCH) {
		size_t end = k->ends[(*at)++];

		if (b->bytes[end] != '\n')
			continue;
		next->cells = *at - next->first_end;
		b->cells_max = MAX(b->cells_max, next->cells);
		next->has_cr = has_cr(b, next);
		b->rows[b->count++] = *next;
		*next = (struct row){
		    .number = next->number + 1, .from = end + 1, .first_end = *at};
	}
}

static struct view unquote(struct guard_block_reader *r, struct view cell, char quote)
{
	struct view v = guard_unquote(cell, quote, &r->scratch);

	return r->scratch.len && v.ptr == str_get(&r->scratch) ? arena_view(&r->arena, v) : v;
}

/* For `rows` rows of which `n` will be seen. */
static void forget(struct guard_seen *s, size_t n, size_t rows)
{
	memset(s->missing, 0, sizeof(s->missing));
	for (size_t i = n; s->facts && i < rows; i++)
		s->facts[i] = (struct guard_facts){.form = GUARD_EMPTY};
}

/*
 * Of `n` cells, those of rows at[0..n), into the places of their rows: rows that have no such
 * cell miss none.
 */
static void spread(struct guard_seen *s, const uint16_t *at, size_t n)
{
	struct guard_seen narrow = *s;

	memset(s->missing, 0, sizeof(s->missing));
	for (size_t i = n; i-- > 0;) {
		bool is_missing = narrow.missing[i / 64] >> i % 64 & 1;

		s->missing[at[i] / 64] |= (uint64_t)is_missing << at[i] % 64;
		if (s->facts && at[i] != i) {
			s->facts[at[i]] = s->facts[i];
			s->facts[i] = (struct guard_facts){.form = GUARD_EMPTY};
		}
	}
}

static void read_column(struct guard_block_reader *r, const struct batch *b, size_t column)
{
	struct view cells[GUARD_BATCH];
	uint64_t numbers[GUARD_BATCH];
	uint16_t at[GUARD_BATCH];
	char quote = b->options->dialect->quote;
	size_t n = 0;

	for (size_t i = 0; i < b->count; i++) {
		if (column >= b->rows[i].cells)
			continue;
		cells[n] = cell_of(b, &b->rows[i], column);
		if (cells[n].len && cells[n].ptr[0] == quote)
			cells[n] = unquote(r, cells[n], quote);
		at[n] = (uint16_t)i;
		numbers[n++] = b->rows[i].number;
	}
	forget(&r->seen[column], n, b->count);
	guard_memo_add(&r->memos[column], &r->columns[column], cells, numbers, n,
	    b->options->missing, &r->seen[column]);
	if (n < b->count)
		spread(&r->seen[column], at, n);
	arena_reset(&r->arena);
}

/* Blank lines are left out. */
static int check_rows(struct guard_block_reader *r, struct batch *b, struct err *err)
{
	size_t kept = 0;

	if (b->block->has_nul)
		look_for_nul(r, b);
	for (size_t i = 0; i < b->count; i++) {
		if (check_cells(b, &b->rows[i], err) < 0)
			return -1;
		if (check_row(r, b, &b->rows[i]))
			b->rows[kept++] = b->rows[i];
	}
	b->count = kept;
	return 0;
}

static void tally_rows(struct guard_block_reader *r, const struct batch *b)
{
	uint64_t keys[GUARD_BATCH];

	for (size_t i = 0; i < b->count; i++) {
		const struct row *row = &b->rows[i];
		size_t end = start_of(b, row, row->cells) - 1 - row->has_cr;

		keys[i] = hash_xxh3((struct view){b->bytes + row->from, end - row->from});
		if (guard_tally_keeps(&r->rows, keys[i]))
			guard_tally_prefetch(&r->rows, keys[i]);
	}
	for (size_t i = 0; i < b->count; i++)
		guard_tally_add(&r->rows, keys[i]);
}

static void read_cells(struct guard_block_reader *r, const struct batch *b)
{
	tally_rows(r, b);
	for (size_t i = 0; i < MIN(r->column_count, b->cells_max); i++)
		read_column(r, b, i);
	for (size_t i = b->cells_max; i < r->column_count; i++)
		forget(&r->seen[i], 0, b->count);
	guard_joint_add(&r->joint, r->roles, r->seen, r->column_count, b->count);
}

int guard_block_read(struct guard_block_reader *r, const struct guard_block *b,
    const struct guard_window *w, const struct guard_block_options *o, struct err *err)
{
	struct batch batch = {
	    .block = b, .window = w, .options = o, .bytes = (const char *)w->bytes};
	struct row next = {
	    .number = b->first_row, .from = b->from, .first_end = b->first_end};

	for (size_t at = b->first_end; at < b->last_end;) {
		find_rows(&batch, &at, &next);
		if (check_rows(r, &batch, err) < 0)
			return -1;
		if (o->missing)
			read_cells(r, &batch);
	}
	return 0;
}

void guard_block_reader_begin(struct guard_block_reader *r, struct guard_column *columns,
    size_t count, const struct guard_roles *roles, uint64_t memory_bytes)
{
	*r = (struct guard_block_reader){
	    .columns = columns, .column_count = count, .roles = roles};
	guard_tally_init(&r->rows, GUARD_ROWS_TALLIED);
	guard_joint_init(&r->joint, memory_bytes);
	r->memos = mem_zalloc(count + 1, sizeof(*r->memos));
	r->seen = mem_zalloc(count + 1, sizeof(*r->seen));
	for (size_t i = 0; i < count; i++)
		if (guard_joint_asks(roles, i))
			r->seen[i].facts = mem_zalloc(GUARD_BATCH, sizeof(struct guard_facts));
}

void guard_block_reader_end(struct guard_block_reader *r)
{
	for (size_t i = 0; i < r->column_count; i++)
		guard_memo_settle(&r->memos[i], &r->columns[i]);
	free(r->memos);
	for (size_t i = 0; i < r->column_count; i++)
		free(r->seen[i].facts);
	free(r->seen);
	str_clear(&r->scratch);
	arena_clear(&r->arena);
}
