#include "register/xlsx.h"

#include "base/str.h"
#include "register/xlsx_part.h"

#include <stdio.h>
#include <string.h>

void xlsx_clear(struct xlsx_sheet *s)
{
	arena_clear(&s->memory);
	vec_clear(&s->cells);
}

/* Where a reader of one kind of part keeps what it has seen. */
struct strings {
	struct xlsx_part part;
	struct arena *memory;
	VEC(struct view) all;
	struct str text;
	bool in_item, in_text, in_phonetic;
};

static void strings_start(void *ctx, const char *name, const char **attributes)
{
	struct strings *s = ctx;

	(void)attributes;
	if (strcmp(name, "si") == 0) {
		s->in_item = true;
		str_reset(&s->text);
	} else if (strcmp(name, "rPh") == 0) {
		s->in_phonetic = true;
	}
	s->in_text = strcmp(name, "t") == 0 && s->in_item && !s->in_phonetic;
}

static void strings_end(void *ctx, const char *name)
{
	struct strings *s = ctx;

	s->in_text = false;
	if (strcmp(name, "rPh") == 0)
		s->in_phonetic = false;
	if (strcmp(name, "si") != 0 || !s->in_item)
		return;
	s->in_item = false;
	if (s->all.len == XLSX_STRINGS_MAX)
		xlsx_part_refuse(&s->part, ERR_LIMIT, "too many texts");
	else
		*vec_push(&s->all) = arena_view(s->memory, str_view(&s->text));
}

static void strings_text(void *ctx, const char *text, int len)
{
	struct strings *s = ctx;

	if (s->in_text)
		str_add(&s->text, (struct view){text, (size_t)len});
	if (s->text.full)
		xlsx_part_refuse(&s->part, ERR_LIMIT, "a text is too long");
}

enum cell_kind {
	CELL_NUMBER,
	CELL_SHARED,
	CELL_INLINE,
	CELL_TEXT,
	CELL_ERROR,
};

struct cells {
	struct xlsx_part part;
	struct xlsx_sheet *sheet;
	const struct strings *strings;
	struct str text;
	uint32_t row, column; /* of the cell in the making */
	enum cell_kind kind;
	bool in_cell, in_text, in_phonetic;
};

static enum cell_kind kind_of(const char *t)
{
	if (!t || strcmp(t, "n") == 0)
		return CELL_NUMBER;
	if (strcmp(t, "s") == 0)
		return CELL_SHARED;
	if (strcmp(t, "inlineStr") == 0)
		return CELL_INLINE;
	return strcmp(t, "e") == 0 ? CELL_ERROR : CELL_TEXT; /* str, b, d */
}

/* "AB12": column 27, row 12; false: no such cell. */
static bool read_place(const char *r, uint32_t *ret_row, uint32_t *ret_column)
{
	uint32_t column = 0;
	int64_t row;

	for (; *r >= 'A' && *r <= 'Z'; r++) {
		column = column * 26 + (uint32_t)(*r - 'A') + 1;
		if (column > XLSX_COLUMNS_MAX)
			return false;
	}
	if (column == 0 || !view_to_i64(VIEW(r), &row) || row < 1 || row > XLSX_ROWS_MAX)
		return false;
	*ret_row = (uint32_t)row;
	*ret_column = column - 1;
	return true;
}

static void start_row(struct cells *c, const char *r)
{
	int64_t row = c->row + 1;

	if ((r && (!view_to_i64(VIEW(r), &row) || row < 1)) || row > XLSX_ROWS_MAX) {
		xlsx_part_refuse(&c->part, ERR_FORMAT, "a row without a place");
		return;
	}
	c->row = (uint32_t)row;
	c->column = UINT32_MAX;
}

static void start_cell(struct cells *c, const char **attributes)
{
	const char *r = xlsx_attribute(attributes, "r");

	c->in_cell = true;
	c->kind = kind_of(xlsx_attribute(attributes, "t"));
	c->column++;
	str_reset(&c->text);
	if ((r && !read_place(r, &c->row, &c->column)) || c->column >= XLSX_COLUMNS_MAX ||
	    c->row == 0)
		xlsx_part_refuse(&c->part, ERR_FORMAT, "a cell without a place");
}

static void cells_start(void *ctx, const char *name, const char **attributes)
{
	struct cells *c = ctx;

	if (strcmp(name, "row") == 0)
		start_row(c, xlsx_attribute(attributes, "r"));
	else if (strcmp(name, "c") == 0)
		start_cell(c, attributes);
	else if (strcmp(name, "rPh") == 0)
		c->in_phonetic = true;
	c->in_text = c->in_cell && !c->in_phonetic &&
	             (strcmp(name, "v") == 0 ||
			 (c->kind == CELL_INLINE && strcmp(name, "t") == 0));
}

static struct view shared_text(struct cells *c)
{
	int64_t i;

	if (view_to_i64(str_view(&c->text), &i) && i >= 0 && (size_t)i < c->strings->all.len)
		return c->strings->all.ptr[i];
	if (c->text.len > 0)
		xlsx_part_refuse(&c->part, ERR_FORMAT, "a cell's text does not exist");
	return VIEW_NONE;
}

static void cells_end(void *ctx, const char *name)
{
	struct cells *c = ctx;
	struct view text;

	c->in_text = false;
	if (strcmp(name, "rPh") == 0)
		c->in_phonetic = false;
	if (strcmp(name, "c") != 0 || !c->in_cell)
		return;
	c->in_cell = false;
	text = c->kind == CELL_SHARED ? shared_text(c) : str_view(&c->text);
	if (text.len == 0 || c->kind == CELL_ERROR)
		return;
	if (c->kind != CELL_SHARED)
		text = arena_view(&c->sheet->memory, text);
	*vec_push(&c->sheet->cells) =
	    (struct xlsx_cell){c->row, c->column, text, c->kind == CELL_NUMBER};
}

static void cells_text(void *ctx, const char *text, int len)
{
	struct cells *c = ctx;

	if (c->in_text)
		str_add(&c->text, (struct view){text, (size_t)len});
	if (c->text.full)
		xlsx_part_refuse(&c->part, ERR_LIMIT, "a cell is too long");
}

/* The workbook names its first sheet by a relation, the relations say which part it is. */
struct workbook {
	struct xlsx_part part;
	char relation[128], target[256];
	bool from_1904;
};

static void keep(char *to, size_t size, const char *text)
{
	size_t len = text ? strlen(text) : 0;

	if (to[0] == '\0' && len > 0 && len < size)
		memcpy(to, text, len + 1);
}

static void workbook_start(void *ctx, const char *name, const char **attributes)
{
	struct workbook *w = ctx;
	const char *id = xlsx_attribute(attributes, "id");

	if (strcmp(name, "sheet") == 0)
		keep(w->relation, sizeof(w->relation), id);
	if (strcmp(name, "workbookPr") == 0) {
		const char *v = xlsx_attribute(attributes, "date1904");

		w->from_1904 = v && (strcmp(v, "1") == 0 || strcmp(v, "true") == 0);
	}
}

static void relations_start(void *ctx, const char *name, const char **attributes)
{
	struct workbook *w = ctx;
	const char *id = xlsx_attribute(attributes, "Id");

	if (strcmp(name, "Relationship") == 0 && id && strcmp(id, w->relation) == 0)
		keep(w->target, sizeof(w->target), xlsx_attribute(attributes, "Target"));
}

static int find_sheet(struct zip_in *zip, struct workbook *w, char *ret_part, size_t size,
    struct err *err)
{
	const char *target;

	w->part = (struct xlsx_part){.ctx = w, .start = workbook_start};
	if (xlsx_part_read(zip, "xl/workbook.xml", true, &w->part, err) < 0)
		return -1;
	w->part = (struct xlsx_part){.ctx = w, .start = relations_start};
	if (xlsx_part_read(zip, "xl/_rels/workbook.xml.rels", true, &w->part, err) < 0)
		return -1;
	target = w->target[0] == '/' ? w->target + 1 : w->target;
	if (!target[0])
		return err_set(err, ERR_FORMAT, "it has no sheet");
	if (strncmp(target, "xl/", 3) == 0)
		keep(ret_part, size, target);
	else
		snprintf(ret_part, size, "xl/%s", target);
	return 0;
}

static int read_strings(struct zip_in *zip, struct strings *s, struct err *err)
{
	s->text.max = XLSX_TEXT_MAX;
	s->part = (struct xlsx_part){
	    .ctx = s, .start = strings_start, .end = strings_end, .text = strings_text};
	return xlsx_part_read(zip, "xl/sharedStrings.xml", false, &s->part, err);
}

static int read_cells(struct zip_in *zip, const char *part, const struct strings *strings,
    struct xlsx_sheet *sheet, struct err *err)
{
	struct cells c = {.sheet = sheet, .strings = strings, .text = {.max = XLSX_TEXT_MAX}};
	int status;

	c.part = (struct xlsx_part){
	    .ctx = &c, .start = cells_start, .end = cells_end, .text = cells_text};
	status = xlsx_part_read(zip, part, true, &c.part, err);
	str_clear(&c.text);
	return status;
}

static int parse(struct xlsx_sheet *ret, struct zip_in *zip, struct err *err)
{
	struct workbook w = {0};
	struct strings strings = {.memory = &ret->memory};
	char part[300] = "";
	int status = find_sheet(zip, &w, part, sizeof(part), err);

	ret->from_1904 = w.from_1904;
	if (status == 0)
		status = read_strings(zip, &strings, err);
	if (status == 0)
		status = read_cells(zip, part, &strings, ret, err);
	str_clear(&strings.text);
	vec_clear(&strings.all);
	return status;
}

int xlsx_parse(struct xlsx_sheet *ret, const char *name, struct view bytes, struct err *err)
{
	AUTO_ZIP_IN struct zip_in *zip = NULL;

	if (zip_in_open(&zip, bytes, XLSX_PARTS_MAX, err) < 0 || parse(ret, zip, err) < 0)
		return err_wrap(err, "%s", name);
	return 0;
}
