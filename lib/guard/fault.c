#include "guard/fault.h"

#include "io/scan.h"

static struct guard_places short_rows(const struct guard_structure *s)
{
	return s->short_rows;
}

static struct guard_places long_rows(const struct guard_structure *s)
{
	return s->long_rows;
}

static struct guard_places blank_rows(const struct guard_structure *s)
{
	return s->blank;
}

static struct guard_places nul_rows(const struct guard_structure *s)
{
	return s->nul;
}

static struct guard_places bad_lines(const struct guard_structure *s)
{
	return s->bad_line;
}

static struct guard_places deep_lines(const struct guard_structure *s)
{
	return s->deep_line;
}

static struct guard_places names_twice(const struct guard_structure *s)
{
	return s->twice;
}

/* Of the whole file, or of its last row. */
static struct guard_places once(bool there, uint64_t row)
{
	struct guard_places p = {0};

	if (there && row)
		guard_rows_add(&p.rows, row);
	p.rows.count = there;
	return p;
}

static struct guard_places mixed_line_ends(const struct guard_structure *s)
{
	struct guard_places p = {.rows.count = MIN(s->crlf, s->lf)};

	return p;
}

static struct guard_places no_last_line_end(const struct guard_structure *s)
{
	return once(s->no_last_line_end, s->rows);
}

static struct guard_places open_quote(const struct guard_structure *s)
{
	return once(s->open_quote, s->rows);
}

static struct guard_places stray_quote(const struct guard_structure *s)
{
	return once(s->seen & SCAN_STRAY_QUOTE, 0);
}

static struct guard_places cut(const struct guard_structure *s)
{
	return once(s->cut, s->rows);
}

static struct guard_places damaged(const struct guard_structure *s)
{
	return once(s->end == GUARD_DAMAGED, s->rows);
}

static struct guard_places crashed(const struct guard_structure *s)
{
	return once(s->end == GUARD_CRASHED, s->rows);
}

static struct guard_places endless(const struct guard_structure *s)
{
	return once(s->end == GUARD_ENDLESS, s->rows);
}

static struct guard_places no_rows(const struct guard_structure *s)
{
	return once(s->rows == 0, 0);
}

const struct guard_fault guard_faults[] = {
    {"cut", "compressed data end early or are damaged", cut},
    {"damaged", "its reader gave up: rows beyond these were not seen", damaged},
    {"crashed", "its reader died of it: rows beyond these were not seen", crashed},
    {"endless", "its reader needed more time or memory than it may", endless},
    {"no_rows", "there is no row of data", no_rows},
    {"short_row", "rows with fewer cells than the header", short_rows},
    {"long_row", "rows with more cells than the header", long_rows},
    {"blank_row", "blank rows", blank_rows},
    {"nul_byte", "rows with a NUL byte", nul_rows},
    {"bad_line", "lines that are no JSON object", bad_lines},
    {"deep_line", "lines nested deeper than allowed", deep_lines},
    {"name_twice", "lines with a name twice: the last counts", names_twice},
    {"open_quote", "a quote is never closed", open_quote},
    {"stray_quote", "quotes within cells that are not quoted, or before text", stray_quote},
    {"mixed_line_ends", "some line ends are CR LF, some LF", mixed_line_ends},
    {"no_last_line_end", "the last row has no line end: is it whole?", no_last_line_end},
};
const size_t guard_fault_count = ARRAY_LEN(guard_faults);

bool guard_fault_find(const struct guard_fault *f, const struct guard_structure *s,
    struct guard_places *ret)
{
	*ret = f->find(s);
	return ret->rows.count > 0;
}
