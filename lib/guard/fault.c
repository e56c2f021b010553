#include "guard/fault.h"

#include "io/scan.h"

static struct guard_rows short_rows(const struct guard_structure *s)
{
	return s->short_rows;
}

static struct guard_rows long_rows(const struct guard_structure *s)
{
	return s->long_rows;
}

static struct guard_rows blank_rows(const struct guard_structure *s)
{
	return s->blank;
}

static struct guard_rows nul_rows(const struct guard_structure *s)
{
	return s->nul;
}

/* Of the whole file, or of its last row. */
static struct guard_rows once(bool there, uint64_t row)
{
	struct guard_rows r = {0};

	if (there && row)
		guard_rows_add(&r, row);
	r.count = there;
	return r;
}

static struct guard_rows mixed_line_ends(const struct guard_structure *s)
{
	struct guard_rows r = {.count = MIN(s->crlf, s->lf)};

	return r;
}

static struct guard_rows no_last_line_end(const struct guard_structure *s)
{
	return once(s->no_last_line_end, s->rows);
}

static struct guard_rows open_quote(const struct guard_structure *s)
{
	return once(s->open_quote, s->rows);
}

static struct guard_rows stray_quote(const struct guard_structure *s)
{
	return once(s->seen & SCAN_STRAY_QUOTE, 0);
}

static struct guard_rows cut(const struct guard_structure *s)
{
	return once(s->cut, s->rows);
}

static struct guard_rows no_rows(const struct guard_structure *s)
{
	return once(s->rows == 0, 0);
}

const struct guard_fault guard_faults[] = {
    {"cut", "compressed data end early or are damaged", cut},
    {"no_rows", "there is no row of data", no_rows},
    {"short_row", "rows with fewer cells than the header", short_rows},
    {"long_row", "rows with more cells than the header", long_rows},
    {"blank_row", "blank rows", blank_rows},
    {"nul_byte", "rows with a NUL byte", nul_rows},
    {"open_quote", "a quote is never closed", open_quote},
    {"stray_quote", "quotes within cells that are not quoted, or before text", stray_quote},
    {"mixed_line_ends", "some line ends are CR LF, some LF", mixed_line_ends},
    {"no_last_line_end", "the last row has no line end: is it whole?", no_last_line_end},
};
const size_t guard_fault_count = ARRAY_LEN(guard_faults);

bool guard_fault_find(const struct guard_fault *f, const struct guard_structure *s,
    struct guard_rows *ret)
{
	*ret = f->find(s);
	return ret->count > 0;
}
