#include "guard/document.h"

#include "base/str.h"

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

static const json_t *row_of_file(const json_t *doc, const char *file)
{
	const json_t *files = guard_document_rows(doc, "files");

	for (size_t i = 0; i < json_array_size(files); i++)
		if (strcmp(guard_row_text(json_array_get(files, i), "file"), file) == 0)
			return json_array_get(files, i);
	return NULL;
}

/* Tables "file3.variables" as "variables". */
static json_t *tables_of(const json_t *doc, const char *prefix)
{
	const json_t *tables = json_object_get(doc, "tables");
	json_t *ret = json_array();

	for (size_t i = 0; i < json_array_size(tables); i++) {
		const json_t *t = json_array_get(tables, i);
		const char *id = json_string_value(json_object_get(t, "id"));

		if (!id || strncmp(id, prefix, strlen(prefix)) != 0)
			continue;
		(void)json_array_append_new(ret, json_pack("{s:s, s:O?}", "id", id + strlen(prefix),
						     "rows", json_object_get(t, "rows")));
	}
	return ret;
}

json_t *guard_document_part(const json_t *doc, const char *file)
{
	const json_t *row = row_of_file(doc, file);
	AUTO_FREE char *prefix = NULL;
	AUTO_FREE char *rows = NULL;
	AUTO_JSON json_t *tables = NULL;

	if (!row)
		return NULL;
	prefix = str_format("file%s.", guard_row_text(row, "section"));
	rows = str_format("%.0f", guard_row_number(row, "rows"));
	tables = tables_of(doc, prefix);
	if (json_array_size(tables) == 0)
		return NULL;
	return json_pack("{s:{s:s}, s:O}", "facts", "rows", rows, "tables", tables);
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
