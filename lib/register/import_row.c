#include "register/import_inside.h"

static bool add_reference(struct register_import *i, const struct import_row *row, json_t *sheet)
{
	AUTO_STR struct str clean = {0};
	bool bad = false;

	import_clean(row->cells[0], &clean, &bad);
	if (bad || !register_reference_valid(str_view(&clean))) {
		import_note(i, row->number, register_columns[0].header, REGISTER_NO_REFERENCE);
		return false;
	}
	json_object_set_new(sheet, "reference", json_string(str_get(&clean)));
	return true;
}

/* A controller that only the second column names is the first one. */
static void drop_unnamed(json_t *sheet)
{
	json_t *list = json_object_get(sheet, "controllers"), *body;
	size_t i;

	for (i = json_array_size(list); i-- > 0;) {
		body = json_array_get(list, i);
		if (!json_object_get(body, "name"))
			json_array_remove(list, i);
	}
}

static void check_dates(struct register_import *i, const struct import_row *row,
    const json_t *sheet)
{
	date_t start = register_sheet_date(sheet, "start"), end = register_sheet_date(sheet, "end");

	if (start != DATE_NONE && end != DATE_NONE && end < start)
		import_note(i, row->number, "Date de fin", REGISTER_DATE_ORDER);
}

static bool is_sheet(struct register_import *i, const struct import_row *row, json_t *sheet)
{
	struct err err = {0};

	if (!json_object_get(sheet, "title")) {
		import_note(i, row->number, register_columns[1].header, REGISTER_NO_TITLE);
		return false;
	}
	if (!json_object_get(sheet, "status")) {
		import_note(i, row->number, "statut calendrier", REGISTER_NO_STATUS);
		json_object_set_new(sheet, "status", json_string("received"));
	}
	if (register_sheet_check(sheet, &err) == 0)
		return true;
	import_note(i, row->number, "", REGISTER_BAD_TEXT);
	return false;
}

json_t *import_row_sheet(struct register_import *i, const struct import_row *row)
{
	AUTO_JSON json_t *sheet = json_object();

	if (!add_reference(i, row, sheet))
		return NULL;
	for (size_t c = 1; c < register_column_count; c++)
		if (row->cells[c].len > 0)
			import_cell(i, row, (int)c, sheet);
	drop_unnamed(sheet);
	check_dates(i, row, sheet);
	return is_sheet(i, row, sheet) ? TAKE(sheet) : NULL;
}
