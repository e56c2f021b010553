#include "guard/document.h"

#include <math.h>
#include <string.h>

const json_t *guard_document_rows(const json_t *doc, const char *table)
{
	const json_t *tables = json_object_get(doc, "tables");

	for (size_t i = 0; i < json_array_size(tables); i++) {
		const json_t *t = json_array_get(tables, i);
		const char *id = json_string_value(json_object_get(t, "id"));
		const json_t *rows = json_object_get(t, "rows");

		if (id && strcmp(id, table) == 0 && json_is_array(rows))
			return rows;
	}
	return NULL;
}

int guard_document_check(const json_t *doc, const char *name, struct err *err)
{
	if (guard_document_rows(doc, "variables"))
		return 0;
	(void)err_set(err, ERR_FORMAT, "%s: is no document of a scan", name);
	return err_hint(err, "make it: hygie guard scan --format json FILE");
}

const char *guard_row_text(const json_t *row, const char *column)
{
	const char *text = json_string_value(json_object_get(row, column));

	return text ? text : "";
}

double guard_row_number(const json_t *row, const char *column)
{
	const json_t *value = json_object_get(row, column);

	return json_is_number(value) ? json_number_value(value) : (double)NAN;
}
