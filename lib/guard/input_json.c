/*
 * JSON lines, read twice: first for the names that stand anywhere in it, then row by row.
 * A row is a line: blank lines and those that are no object are blank rows of the text.
 */
#include "guard/made.h"

#include "io/json_line.h"
#include "io/lines.h"

#include <inttypes.h>
#include <sys/stat.h>

enum { PIECE = 1 << 16 };

struct json_source {
	const struct guard_csv_options *options;
	char *path;
	size_t depth_max;
	struct stream *stream;
	struct lines lines;
	struct json_line line;
	struct map names;
	struct view *cells; /* of one row */
	uint64_t *last_row; /* of each variable: in which it was seen */
	struct guard_json_kinds *kinds;
	struct guard_made made;
	struct guard_places blank, bad, deep, twice;
};

static void close_json(void *state)
{
	struct json_source *j = state;

	lines_end(&j->lines);
	stream_close(&j->stream);
	json_line_clear(&j->line);
	map_clear(&j->names);
	str_clear(&j->made.text);
	free(j->cells);
	free(j->last_row);
	free(j->kinds);
	free(j->path);
	free(j);
}

/* The next line that is parsed, without a byte order mark: 1, 0, -1. */
static int next_line(struct json_source *j, enum json_line_end *ret_end, struct err *err)
{
	struct view text;
	int rc = lines_next(&j->lines, &text, err);

	if (rc <= 0)
		return rc;
	if (j->lines.number == 1 && view_starts(text, VIEW_LIT("\xef\xbb\xbf")))
		text = (struct view){text.ptr + 3, text.len - 3};
	*ret_end = json_line_parse(&j->line, text, j->depth_max);
	if (*ret_end == JSON_LINE_BAD && !view_trim(text).len)
		j->line.at = SIZE_MAX; /* blank */
	return 1;
}

static int find_names(struct json_source *j, struct err *err)
{
	enum json_line_end end;
	int rc;

	while ((rc = next_line(j, &end, err)) > 0) {
		for (size_t i = 0; i < j->line.pairs.len; i++)
			(void)map_intern(&j->names, j->line.pairs.ptr[i].name);
		if (j->names.entries.len > j->options->column_max)
			return err_set(err, ERR_LIMIT, "%s: line %" PRIu64 ": more than %zu names",
			    j->path, j->lines.number, j->options->column_max);
	}
	return rc;
}

static int begin_again(struct json_source *j, struct err *err)
{
	size_t count = j->names.entries.len;

	lines_end(&j->lines);
	stream_close(&j->stream);
	if (stream_open(&j->stream, j->path, j->options->limits, err) < 0)
		return -1;
	lines_begin(&j->lines, j->stream, j->path, j->options->row_max);
	j->cells = mem_zalloc(count + 1, sizeof(*j->cells));
	j->last_row = mem_zalloc(count + 1, sizeof(*j->last_row));
	j->kinds = mem_zalloc(count + 1, sizeof(*j->kinds));
	j->made.text.max = 4 * (j->options->row_max + count) + 2 * (size_t)PIECE;
	return 0;
}

static int check_is_file(const char *path, struct err *err)
{
	struct stat st;

	if (stat(path, &st) == 0 && S_ISREG(st.st_mode))
		return 0;
	(void)err_set(err, ERR_USAGE, "%s: JSON lines are read twice, a pipe is not", path);
	return err_hint(err, "write it to a file first");
}

static int open_json(void **ret, struct stream **s, const char *path,
    const struct guard_csv_options *o, enum guard_format format, struct err *err)
{
	struct json_source *j;

	(void)format;
	if (check_is_file(path, err) < 0)
		return -1;
	j = mem_zalloc(1, sizeof(*j));
	j->options = o;
	j->path = mem_strdup(path);
	j->depth_max = o->depth_max ? o->depth_max : GUARD_DEPTH_DEFAULT;
	j->stream = TAKE(*s);
	lines_begin(&j->lines, j->stream, j->path, o->row_max);
	if (find_names(j, err) < 0 || begin_again(j, err) < 0) {
		close_json(j);
		return -1;
	}
	*ret = j;
	return 0;
}

/* Names mostly come in the order in which they were first seen. */
static int64_t find_column(const struct json_source *j, size_t guess, struct view name)
{
	const int64_t *found;

	if (guess < j->names.entries.len && view_eq(j->names.entries.ptr[guess].key, name))
		return (int64_t)guess;
	found = map_find(&j->names, name);
	return found ? *found : -1;
}

static int add_row(struct json_source *j, struct err *err)
{
	size_t count = j->names.entries.len, guess = 0;
	bool twice = false;

	for (size_t i = 0; i < count; i++)
		j->cells[i] = VIEW_NONE;
	for (size_t i = 0; i < j->line.pairs.len; i++) {
		const struct json_pair *p = &j->line.pairs.ptr[i];
		int64_t column = find_column(j, guess, p->name);

		if (column < 0)
			return err_set(err, ERR_IO, "%s: changed while it was read", j->path);
		guess = (size_t)column + 1;
		twice |= j->last_row[column] == j->lines.number;
		j->last_row[column] = j->lines.number;
		j->cells[column] = p->value;
		j->kinds[column].count[p->kind]++;
	}
	if (twice)
		guard_places_add(&j->twice, j->lines.number, j->lines.offset);
	if (count)
		guard_made_row(&j->made, j->cells, count);
	else
		guard_made_blank(&j->made);
	return 0;
}

static int add_line(struct json_source *j, enum json_line_end end, struct err *err)
{
	uint64_t row = j->lines.number, at = j->lines.offset;

	if (end == JSON_LINE_OK)
		return add_row(j, err);
	if (j->line.at == SIZE_MAX)
		guard_places_add(&j->blank, row, at);
	else
		guard_places_add(end == JSON_LINE_DEEP ? &j->deep : &j->bad, row, at + j->line.at);
	guard_made_blank(&j->made);
	return 0;
}

static int make_some(struct json_source *j, struct err *err)
{
	enum json_line_end end;
	int rc = 1;

	while (j->made.text.len < PIECE && (rc = next_line(j, &end, err)) > 0)
		if (add_line(j, end, err) < 0)
			return -1;
	if (j->made.text.full)
		return err_set(err, ERR_LIMIT, "%s: line %" PRIu64 " has too many bytes", j->path,
		    j->lines.number);
	return rc;
}

static int read_json(void *state, unsigned char *ret, size_t size, size_t *ret_len, struct err *err)
{
	struct json_source *j = state;

	*ret_len = 0;
	while (*ret_len < size) {
		if (j->made.text.len == 0 && make_some(j, err) < 0)
			return -1;
		if (j->made.text.len == 0)
			break;
		*ret_len += guard_made_take(&j->made, ret + *ret_len, size - *ret_len);
	}
	if (*ret_len == 0 && j->lines.late.code) {
		*err = j->lines.late;
		j->lines.late = (struct err){0};
		return -1;
	}
	return 0;
}

static bool tell_json_dialect(const void *state, struct guard_dialect *ret)
{
	const struct json_source *j = state;

	guard_made_dialect(ret, GUARD_UTF8);
	for (size_t i = 0; i < j->names.entries.len; i++)
		guard_made_name(ret, j->names.entries.ptr[i].key);
	return true;
}

static void tell_json(const void *state, struct guard_structure *s)
{
	const struct json_source *j = state;

	s->bytes = s->cut_at = j->lines.next;
	s->blank = j->blank;
	s->bad_line = j->bad;
	s->deep_line = j->deep;
	s->twice = j->twice;
	s->nul.has_bytes = false;
}

static const struct guard_json_kinds *tell_kinds(const void *state)
{
	const struct json_source *j = state;

	return j->kinds;
}

const struct guard_source guard_source_json = {
    .open = open_json,
    .close = close_json,
    .read = read_json,
    .tell_dialect = tell_json_dialect,
    .tell = tell_json,
    .tell_kinds = tell_kinds,
};
