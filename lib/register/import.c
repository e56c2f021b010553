#include "register/import.h"

#include "base/map.h"
#include "io/csv.h"
#include "io/file.h"
#include "register/import_inside.h"
#include "register/xlsx.h"
#include "search/words.h"

enum { COLUMNS_MAX = 64 };

void register_import_clear(struct register_import *i)
{
	json_clear(&i->sheets);
	vec_clear(&i->findings);
}

static const struct {
	const char *name, *meaning;
} faults[REGISTER_FAULTS] = {
    [REGISTER_NO_REFERENCE] = {"no_reference", "no valid reference: the row is left out"},
    [REGISTER_NO_TITLE] = {"no_title", "no title: the row is left out"},
    [REGISTER_TWICE] = {"twice", "a reference that stands above: the row is left out"},
    [REGISTER_NO_STATUS] = {"no_status", "no status, or an unknown one: received"},
    [REGISTER_SPELLING] = {"spelling", "another spelling of a known value: mended"},
    [REGISTER_STRAY] = {"stray", "signs without a word: left out"},
    [REGISTER_UNKNOWN] = {"unknown", "a value that its list does not have"},
    [REGISTER_REPEATED] = {"repeated", "a value twice: kept once"},
    [REGISTER_NO_SOURCE] = {"no_source", "a component without its source: added"},
    [REGISTER_BAD_DATE] = {"bad_date", "no day: left out"},
    [REGISTER_DATE_ORDER] = {"date_order", "the end is before the start"},
    [REGISTER_NO_NAME] = {"no_name", "a type without its body: left out"},
    [REGISTER_BAD_TEXT] = {"bad_text", "control characters or too long"},
    [REGISTER_EXTRA] = {"extra", "a column that the layout does not have: not read"},
};

const char *register_fault_name(enum register_fault f)
{
	return faults[f].name;
}

const char *register_fault_meaning(enum register_fault f)
{
	return faults[f].meaning;
}

void import_note(struct register_import *i, size_t row, const char *column,
    enum register_fault fault)
{
	*vec_push(&i->findings) = (struct register_finding){row, column, fault};
}

/* Headers are told by their words: blanks, signs, case and accents do not count. */
static bool same_words(struct view a, struct view b)
{
	AUTO_SEARCH_WORDS struct search_words wa = {0};
	AUTO_SEARCH_WORDS struct search_words wb = {0};
	struct view x, y;

	search_words_split(&wa, a);
	search_words_split(&wb, b);
	for (;;) {
		bool more = search_words_next(&wa, &x);

		if (more != search_words_next(&wb, &y))
			return false;
		if (!more)
			return true;
		if (!view_eq(x, y))
			return false;
	}
}

int import_find_column(struct view header)
{
	for (size_t c = 0; c < register_column_count; c++)
		if (same_words(header, VIEW(register_columns[c].header)))
			return (int)c;
	return -1;
}

/* A file in the reading: which of its columns is which, and the row in hand. */
struct table {
	struct register_import *import;
	struct map seen; /* references */
	VEC(int) known;  /* by column of the file: of register_columns, or -1 */
	bool has_header, from_1904;
	size_t number; /* of the row in hand */
	bool any;      /* a cell of it */
	struct view cells[COLUMNS_MAX];
	bool numbers[COLUMNS_MAX];
};

static void clear_table(struct table *t)
{
	map_clear(&t->seen);
	vec_clear(&t->known);
}

static void add_header(struct table *t, size_t column, struct view text)
{
	int found = import_find_column(text);

	while (t->known.len <= column)
		*vec_push(&t->known) = -1;
	for (size_t i = 0; i < t->known.len; i++)
		if (found >= 0 && t->known.ptr[i] == found)
			found = -1;
	t->known.ptr[column] = found;
	if (found < 0 && view_trim(text).len > 0)
		import_note(t->import, t->number, "", REGISTER_EXTRA);
}

static void add_cell(struct table *t, size_t column, struct view text, bool number)
{
	int c = column < t->known.len ? t->known.ptr[column] : -1;

	if (!t->has_header) {
		add_header(t, column, text);
	} else if (c >= 0 && text.len > 0) {
		t->cells[c] = text;
		t->numbers[c] = number;
	}
	t->any |= view_trim(text).len > 0;
}

static int check_header(struct table *t, struct err *err)
{
	t->has_header = true;
	for (size_t c = 0; c < register_column_count; c++) {
		bool found = !register_columns[c].required;

		for (size_t i = 0; i < t->known.len; i++)
			found |= t->known.ptr[i] == (int)c;
		if (!found)
			return err_set(err, ERR_FORMAT, "its first row has no column '%s'",
			    register_columns[c].header);
	}
	return 0;
}

static void keep_sheet(struct table *t, json_t *sheet)
{
	struct view reference = register_sheet_text(sheet, "reference");
	size_t before = t->seen.entries.len;

	map_intern(&t->seen, reference);
	if (t->seen.entries.len == before) {
		import_note(t->import, t->number, register_columns[0].header, REGISTER_TWICE);
		json_decref(sheet);
	} else {
		json_array_append_new(t->import->sheets, sheet);
	}
}

static int end_row(struct table *t, struct err *err)
{
	const struct import_row row = {t->number, t->cells, t->numbers, t->from_1904};
	json_t *sheet;

	if (!t->any)
		return 0;
	t->any = false;
	if (!t->has_header)
		return check_header(t, err);
	t->import->rows++;
	sheet = import_row_sheet(t->import, &row);
	if (sheet)
		keep_sheet(t, sheet);
	memset(t->cells, 0, sizeof(t->cells));
	memset(t->numbers, 0, sizeof(t->numbers));
	return 0;
}

static int read_xlsx(struct table *t, const char *name, struct view bytes, struct err *err)
{
	AUTO_XLSX struct xlsx_sheet sheet = {0};

	if (xlsx_parse(&sheet, name, bytes, err) < 0)
		return -1;
	t->from_1904 = sheet.from_1904;
	for (size_t i = 0; i < sheet.cells.len; i++) {
		const struct xlsx_cell *c = &sheet.cells.ptr[i];

		if (c->row != t->number && end_row(t, err) < 0)
			return err_wrap(err, "%s", name);
		t->number = c->row;
		add_cell(t, c->column, c->text, c->number);
	}
	return end_row(t, err) < 0 ? err_wrap(err, "%s", name) : 0;
}

/* French spreadsheets write ';'. */
static char separator_of(struct view bytes)
{
	struct view line = VIEW_NONE;
	size_t commas = 0, semicolons = 0;

	view_next(&bytes, '\n', &line);
	for (size_t i = 0; i < line.len; i++) {
		commas += line.ptr[i] == ',';
		semicolons += line.ptr[i] == ';';
	}
	return semicolons > commas ? ';' : ',';
}

/* The sign that keeps a spreadsheet from taking a text for a formula (export.c). */
static struct view without_guard(struct view text)
{
	if (text.len > 1 && text.ptr[0] == '\'' && text.ptr[1] && strchr("=+-@", text.ptr[1]))
		return (struct view){text.ptr + 1, text.len - 1};
	return text;
}

static int read_csv(struct table *t, const char *name, struct view bytes, struct err *err)
{
	AUTO_CSV struct csv_reader *r = csv_open_view(name, bytes, separator_of(bytes));
	int more;

	while ((more = csv_next(r, err)) > 0) {
		t->number++;
		for (size_t i = 0; i < csv_count(r) && i < XLSX_COLUMNS_MAX; i++)
			add_cell(t, i, without_guard(csv_field(r, i)), false);
		if (end_row(t, err) < 0)
			return err_wrap(err, "%s", name);
	}
	return more;
}

int register_import_parse(struct register_import *ret, const char *name, struct view bytes,
    struct err *err)
{
	struct table t = {.import = ret};
	int status;

	ret->sheets = json_array();
	status = view_starts(bytes, VIEW_LIT("PK\3\4")) ? read_xlsx(&t, name, bytes, err)
	                                                : read_csv(&t, name, bytes, err);
	if (status == 0 && !t.has_header)
		status = err_set(err, ERR_FORMAT, "%s: it has no rows", name);
	clear_table(&t);
	return status;
}

int register_import_read(struct register_import *ret, const char *path, struct err *err)
{
	AUTO_STR struct str bytes = {.max = REGISTER_IMPORT_MAX};

	if (file_read(path, REGISTER_IMPORT_MAX, &bytes, err) < 0)
		return -1;
	return register_import_parse(ret, path, str_view(&bytes), err);
}
