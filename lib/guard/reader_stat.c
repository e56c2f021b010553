/* SAS, SPSS and Stata by ReadStat, in the child: its packaged version has memory faults. */
#include "guard/reader.h"

#include "guard/sas_deleted.h"
#include "guard/stat_value.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <readstat.h>
#include <unistd.h>

struct stat_column {
	enum guard_unit unit;
};

struct stat {
	struct guard_reader *reader;
	enum guard_stat_system system;
	struct guard_date_formats formats;
	VEC(struct stat_column) columns;
	struct map label_sets; /* name to how many labels */
	struct view *cells;    /* of the row that is coming */
	struct arena texts;    /* of its cells */
	struct str scratch;
	int row; /* that is coming; -1: none */
	bool is_too_wide;
	struct guard_sas_deleted deleted;
	uint64_t left_out;
	uint64_t at; /* where the file is read */
};

static int on_metadata(readstat_metadata_t *m, void *ctx)
{
	struct stat *s = ctx;
	int count = readstat_get_var_count(m);

	s->is_too_wide = count > 0 && (size_t)count > s->reader->column_max;
	return s->is_too_wide ? READSTAT_HANDLER_ABORT : READSTAT_HANDLER_OK;
}

static struct view text_of(const char *text)
{
	return text ? VIEW(text) : VIEW_LIT("");
}

static int on_variable(int index, readstat_variable_t *v, const char *label_set, void *ctx)
{
	struct stat *s = ctx;
	struct view format = text_of(readstat_variable_get_format(v));

	(void)index;
	if (s->columns.len >= s->reader->column_max) {
		s->is_too_wide = true;
		return READSTAT_HANDLER_ABORT;
	}
	vec_push(&s->columns)->unit = guard_unit_of(&s->formats, s->system, format);
	guard_reader_variable(s->reader, text_of(readstat_variable_get_name(v)),
	    text_of(readstat_variable_get_label(v)), format, text_of(label_set));
	return READSTAT_HANDLER_OK;
}

static int on_label(const char *set, readstat_value_t value, const char *label, void *ctx)
{
	struct stat *s = ctx;

	(void)value, (void)label;
	++*map_add(&s->label_sets, text_of(set), 0);
	return READSTAT_HANDLER_OK;
}

static void write_number(struct stat *s, readstat_value_t v, enum guard_unit unit)
{
	double d;

	if (readstat_value_type(v) == READSTAT_TYPE_FLOAT && unit == GUARD_UNIT_NONE) {
		guard_stat_float(&s->scratch, readstat_float_value(v));
		return;
	}
	d = readstat_double_value(v);
	if (isfinite(d))
		guard_stat_number(&s->scratch, s->system, unit, d);
}

/* Missing ones: ".A" as it was tagged, "." as the file itself declares it, else nothing. */
static struct view write_value(struct stat *s, readstat_variable_t *variable, readstat_value_t v,
    enum guard_unit unit)
{
	if (readstat_value_is_tagged_missing(v)) {
		char tag[2] = {'.', readstat_value_tag(v)};

		return arena_view(&s->texts, (struct view){tag, 2});
	}
	if (readstat_value_is_system_missing(v))
		return VIEW_NONE;
	if (readstat_value_is_defined_missing(v, variable))
		return VIEW_LIT(".");
	if (readstat_value_type_class(v) == READSTAT_TYPE_CLASS_STRING)
		return arena_view(&s->texts, text_of(readstat_string_value(v)));
	str_reset(&s->scratch);
	write_number(s, v, unit);
	return arena_view(&s->texts, str_view(&s->scratch));
}

static bool end_row(struct stat *s)
{
	bool leaves = s->row >= 0 && guard_sas_deleted_is_sure(&s->deleted) &&
	              guard_sas_is_deleted(&s->deleted, (uint64_t)s->row);
	bool ok = s->row < 0 || leaves ||
	          guard_reader_row(s->reader, s->cells, s->columns.len);

	s->left_out += leaves;
	for (size_t i = 0; i < s->columns.len; i++)
		s->cells[i] = VIEW_NONE;
	arena_reset(&s->texts);
	return ok;
}

static int on_value(int row, readstat_variable_t *variable, readstat_value_t v, void *ctx)
{
	struct stat *s = ctx;
	int index = readstat_variable_get_index(variable);

	if (!s->cells)
		s->cells = mem_zalloc(s->columns.len + 1, sizeof(*s->cells));
	if (index < 0 || (size_t)index >= s->columns.len)
		return READSTAT_HANDLER_ABORT;
	if (row != s->row) {
		if (!end_row(s))
			return READSTAT_HANDLER_ABORT;
		s->row = row;
	}
	s->cells[index] = write_value(s, variable, v, s->columns.ptr[index].unit);
	return READSTAT_HANDLER_OK;
}

static int on_open(const char *path, void *ctx)
{
	((struct stat *)ctx)->at = 0;
	(void)path;
	return CHILD_IN;
}

static int on_close(void *ctx)
{
	(void)ctx;
	return 0;
}

static readstat_off_t on_seek(readstat_off_t offset, readstat_io_flags_t whence, void *ctx)
{
	struct stat *s = ctx;
	static const int from[] = {
	    [READSTAT_SEEK_SET] = SEEK_SET,
	    [READSTAT_SEEK_CUR] = SEEK_CUR,
	    [READSTAT_SEEK_END] = SEEK_END,
	};

	off_t at = lseek(CHILD_IN, offset, from[whence]);

	s->at = at < 0 ? 0 : (uint64_t)at;
	return at;
}

static ssize_t on_read(void *bytes, size_t size, void *ctx)
{
	struct stat *s = ctx;
	size_t got = 0;

	while (got < size) {
		ssize_t n = read(CHILD_IN, (char *)bytes + got, size - got);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		if (n == 0)
			break;
		got += (size_t)n;
	}
	guard_sas_undelete(&s->deleted, bytes, s->at, got);
	s->at += got;
	return (ssize_t)got;
}

static readstat_error_t on_update(long size, readstat_progress_handler handler, void *user,
    void *ctx)
{
	(void)size, (void)handler, (void)user, (void)ctx;
	return READSTAT_OK;
}

static readstat_parser_t *make_parser(struct stat *s, const char *encoding)
{
	readstat_parser_t *p = readstat_parser_init();

	if (!p)
		return NULL;
	(void)readstat_set_io_ctx(p, s);
	(void)readstat_set_open_handler(p, on_open);
	(void)readstat_set_close_handler(p, on_close);
	(void)readstat_set_seek_handler(p, on_seek);
	(void)readstat_set_read_handler(p, on_read);
	(void)readstat_set_update_handler(p, on_update);
	(void)readstat_set_metadata_handler(p, on_metadata);
	(void)readstat_set_variable_handler(p, on_variable);
	(void)readstat_set_value_label_handler(p, on_label);
	(void)readstat_set_value_handler(p, on_value);
	if (encoding)
		(void)readstat_set_file_character_encoding(p, encoding);
	return p;
}

static readstat_error_t parse(struct stat *s, const char *encoding)
{
	readstat_parser_t *p = make_parser(s, encoding);
	readstat_error_t e = READSTAT_ERROR_MALLOC;

	if (!p || lseek(CHILD_IN, 0, SEEK_SET) < 0)
		return e;
	switch (s->reader->format) {
	case GUARD_SAS: e = readstat_parse_sas7bdat(p, "", s); break;
	case GUARD_XPORT: e = readstat_parse_xport(p, "", s); break;
	case GUARD_SAV: e = readstat_parse_sav(p, "", s); break;
	case GUARD_POR: e = readstat_parse_por(p, "", s); break;
	case GUARD_DTA: e = readstat_parse_dta(p, "", s); break;
	case GUARD_DELIMITED:
	case GUARD_JSON_LINES:
	case GUARD_PARQUET:
	case GUARD_FORMATS: e = READSTAT_ERROR_PARSE; break;
	}
	readstat_parser_free(p);
	return e;
}

/* A file of an encoding that is not known is mostly Western. */
static readstat_error_t parse_any(struct stat *s)
{
	readstat_error_t e = parse(s, NULL);

	if (e != READSTAT_ERROR_UNSUPPORTED_CHARSET || s->columns.len)
		return e;
	return parse(s, "WINDOWS-1252");
}

static enum guard_end judge(const struct stat *s, readstat_error_t e)
{
	if (s->is_too_wide)
		return GUARD_TOO_WIDE;
	if (e == READSTAT_OK)
		return GUARD_WHOLE;
	return e == READSTAT_ERROR_MALLOC ? GUARD_ENDLESS : GUARD_DAMAGED;
}

static enum guard_stat_system system_of(enum guard_format format)
{
	if (format == GUARD_DTA)
		return GUARD_STAT_STATA;
	return format == GUARD_SAV || format == GUARD_POR ? GUARD_STAT_SPSS : GUARD_STAT_SAS;
}

enum guard_end guard_read_stat(struct guard_reader *r)
{
	struct stat s = {.reader = r, .system = system_of(r->format), .row = -1};
	struct err err = {0};
	enum guard_end end = GUARD_DAMAGED;

	if (r->format == GUARD_SAS)
		guard_sas_deleted_find(&s.deleted, CHILD_IN);
	if (guard_date_formats_load(&s.formats, &err) == 0)
		end = judge(&s, parse_any(&s));
	if (end != GUARD_TOO_WIDE && s.cells && !end_row(&s))
		end = GUARD_DAMAGED;
	for (size_t i = 0; i < s.label_sets.entries.len; i++)
		guard_reader_labels(r, s.label_sets.entries.ptr[i].key,
		    (size_t)s.label_sets.entries.ptr[i].value);
	r->left_out = s.left_out;
	r->deleted = s.deleted.told;
	guard_sas_deleted_clear(&s.deleted);
	guard_date_formats_clear(&s.formats);
	vec_clear(&s.columns);
	map_clear(&s.label_sets);
	free(s.cells);
	arena_clear(&s.texts);
	str_clear(&s.scratch);
	return end;
}
