#include "guard/dialect.h"

#include "guard/names.h"
#include "guard/row.h"
#include "io/scan.h"

#include <utf8proc.h>

enum { ROWS = 100 }; /* of the sample that are looked at */

static const char separators[] = {',', ';', '\t', '|'};

const char *guard_encoding_name(enum guard_encoding e)
{
	static const char *const names[GUARD_ENCODINGS] = {
	    [GUARD_ASCII] = "ASCII",
	    [GUARD_UTF8] = "UTF-8",
	    [GUARD_LATIN1] = "ISO 8859-1",
	    [GUARD_CP1252] = "Windows-1252",
	    [GUARD_UTF16] = "UTF-16",
	};

	return names[e];
}

const char *guard_separator_name(char separator)
{
	switch (separator) {
	case ';': return "semicolon";
	case '\t': return "tabulator";
	case '|': return "bar";
	default: return "comma";
	}
}

/* A character may be cut at the end of the sample. */
/* What was cut off may end inside a character. */
static bool is_utf8(struct view v, bool is_whole)
{
	return v.len - view_utf8_prefix(v) < (is_whole ? 1 : 4);
}

static enum guard_encoding find_encoding(struct view v, bool is_whole)
{
	bool high = false, c1 = false;

	if (view_starts(v, VIEW_LIT("\xff\xfe")) || view_starts(v, VIEW_LIT("\xfe\xff")))
		return GUARD_UTF16;
	for (size_t i = 0; i < v.len; i++) {
		unsigned char byte = (unsigned char)v.ptr[i];

		high |= byte >= 0x80;
		c1 |= byte >= 0x80 && byte <= 0x9f;
	}
	if (!high)
		return GUARD_ASCII;
	if (is_utf8(v, is_whole))
		return GUARD_UTF8;
	return c1 ? GUARD_CP1252 : GUARD_LATIN1;
}

/* How many cells the rows of the sample have; whole rows only. */
static size_t count_cells(struct view v, bool is_whole, char separator, size_t cells[ROWS])
{
	struct guard_row_reader r;
	size_t rows = 0;

	guard_row_begin(&r, v, separator, '"');
	while (rows < ROWS && guard_row_next(&r, is_whole)) {
		if (guard_row_is_blank(&r))
			continue;
		cells[rows++] = r.cells.len;
	}
	guard_row_end(&r);
	return rows;
}

/* Rows that have as many cells as the first, times its cells; one cell counts for nothing. */
static size_t score(struct view v, bool is_whole, char separator)
{
	size_t cells[ROWS];
	size_t rows = count_cells(v, is_whole, separator, cells);
	size_t same = 0;

	if (rows == 0 || cells[0] < 2)
		return 0;
	for (size_t i = 0; i < rows; i++)
		same += cells[i] == cells[0];
	return same * 1000 / rows * 64 + MIN(cells[0], 63);
}

static char find_separator(struct view v, bool is_whole)
{
	char best = ',';
	size_t most = 0;

	for (size_t i = 0; i < ARRAY_LEN(separators); i++) {
		size_t s = score(v, is_whole, separators[i]);

		if (s > most) {
			most = s;
			best = separators[i];
		}
	}
	return best;
}

/* What is not known to be a name is not told as one: persons may stand there. */
static bool find_header(struct guard_dialect *d, struct view sample, bool is_whole,
    const struct guard_missing *missing)
{
	AUTO_KNOWLEDGE struct guard_knowledge k = {0};
	enum guard_names names = GUARD_NAMES_DOUBT;
	struct err err = {0};

	if (guard_knowledge_load(&k, &err) == 0)
		names = guard_names_find(sample, is_whole, d->separator, d->quote, missing, &k);
	d->is_header_doubtful = names == GUARD_NAMES_DOUBT;
	return names == GUARD_NAMES_YES;
}

/* To UTF-8; ISO 8859-1 is the first 256 characters of Unicode, Windows-1252 nearly so. */
struct view guard_dialect_utf8(const struct guard_dialect *d, struct view v, struct arena *arena)
{
	AUTO_STR struct str out = {0};

	if (d->encoding != GUARD_LATIN1 && d->encoding != GUARD_CP1252)
		return arena_view(arena, v);
	for (size_t i = 0; i < v.len; i++) {
		utf8proc_uint8_t bytes[4];
		utf8proc_ssize_t n = utf8proc_encode_char((unsigned char)v.ptr[i], bytes);

		str_add(&out, (struct view){(const char *)bytes, (size_t)n});
	}
	return arena_view(arena, str_view(&out));
}

static void name_columns(struct guard_dialect *d, const struct guard_row_reader *r)
{
	for (size_t i = 0; i < r->cells.len; i++) {
		struct view name = view_trim(r->cells.ptr[i]);

		if (!d->has_header || !name.len)
			name = VIEW(arena_format(&d->arena, "column %zu", i + 1));
		else
			name = guard_dialect_utf8(d, name, &d->arena);
		*vec_push(&d->names) = name;
	}
}

void guard_dialect_find(struct guard_dialect *ret, struct view sample, bool is_whole,
    enum guard_header header, const struct guard_missing *missing)
{
	struct guard_row_reader r;

	*ret = (struct guard_dialect){.quote = '"'};
	ret->mark = view_starts(sample, VIEW_LIT("\xef\xbb\xbf")) ? 3 : 0;
	sample = (struct view){sample.ptr + ret->mark, sample.len - ret->mark};
	ret->encoding = find_encoding(sample, is_whole);
	ret->separator = find_separator(sample, is_whole);
	guard_row_begin(&r, sample, ret->separator, ret->quote);
	if (ret->encoding != GUARD_UTF16 && guard_row_next(&r, true)) {
		ret->has_header = header == GUARD_HEADER_FIND
		                      ? find_header(ret, sample, is_whole, missing)
		                      : header == GUARD_HEADER_YES;
		name_columns(ret, &r);
	}
	guard_row_end(&r);
}

bool guard_has_blank_lines(const struct guard_dialect *d)
{
	return d->is_made || d->names.len > 1;
}

void guard_dialect_clear(struct guard_dialect *d)
{
	vec_clear(&d->names);
	vec_clear(&d->described);
	arena_clear(&d->arena);
}
