#include "register/export.h"

#include "io/csv.h"

#include <stdio.h>

const char *register_format_type(enum register_format f)
{
	static const char *const types[REGISTER_FORMATS] = {
	    "text/csv; charset=utf-8",
	    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	    "application/json",
	    "text/turtle; charset=utf-8",
	};

	return types[f];
}

const char *register_format_suffix(enum register_format f)
{
	static const char *const suffixes[REGISTER_FORMATS] = {"csv", "xlsx", "json", "ttl"};

	return suffixes[f];
}

static void add_item(struct str *out, struct view text)
{
	if (out->len > 0)
		str_addz(out, ", ");
	str_add(out, text);
}

static struct view label_of(int list, struct view code)
{
	return list == REGISTER_LISTS
	           ? code
	           : register_label((enum register_list)list, code, REGISTER_FRENCH);
}

static void add_words(const json_t *sheet, const struct register_column *c, struct str *out)
{
	size_t i;
	json_t *value;

	json_array_foreach(json_object_get(sheet, c->field), i, value)
	{
		add_item(out, label_of(c->list, VIEW(json_string_value(value))));
	}
}

/* Each source once, in order of first sight. */
static void add_sources(const json_t *sheet, struct str *out)
{
	const json_t *list = json_object_get(sheet, "sources");

	for (size_t i = 0; i < json_array_size(list); i++) {
		struct view source = register_sheet_text(json_array_get(list, i), "source");
		bool seen = false;

		for (size_t k = 0; k < i; k++)
			seen |= view_eq(source,
			    register_sheet_text(json_array_get(list, k), "source"));
		if (!seen)
			add_item(out, label_of(REGISTER_SOURCE, source));
	}
}

static void add_components(const json_t *sheet, const char *source, struct str *out)
{
	size_t i;
	json_t *entry;

	json_array_foreach(json_object_get(sheet, "sources"), i, entry)
	{
		AUTO_STR struct str path = {0};
		struct view component = register_sheet_text(entry, "component");
		const struct register_term *t;

		if (component.len == 0 ||
		    !view_eq(register_sheet_text(entry, "source"), VIEW(source)))
			continue;
		register_source_path(entry, &path);
		t = register_term_find(REGISTER_SOURCE, str_view(&path));
		add_item(out, t ? t->label[REGISTER_FRENCH] : component);
	}
}

void register_cell(const json_t *sheet, const struct register_column *c, struct str *out)
{
	const json_t *body = json_array_get(json_object_get(sheet, "controllers"), (size_t)c->nth);
	size_t results = json_array_size(json_object_get(sheet, "results"));

	switch (c->kind) {
	case REGISTER_COL_REFERENCE:
	case REGISTER_COL_DATE: str_add(out, register_sheet_text(sheet, c->field)); break;
	case REGISTER_COL_BOTH:
		str_add(out, register_sheet_text(json_object_get(sheet, c->field),
				 c->list == REGISTER_FRENCH ? "fr" : "en"));
		break;
	case REGISTER_COL_CODE:
		str_add(out, label_of(c->list, register_sheet_text(sheet, c->field)));
		break;
	case REGISTER_COL_CODES:
	case REGISTER_COL_WORDS: add_words(sheet, c, out); break;
	case REGISTER_COL_SOURCES: add_sources(sheet, out); break;
	case REGISTER_COL_COMPONENTS: add_components(sheet, c->source, out); break;
	case REGISTER_COL_BODY: str_add(out, register_sheet_text(body, "name")); break;
	case REGISTER_COL_BODY_TYPE:
		str_add(out, label_of(c->list, register_sheet_text(body, "type")));
		break;
	case REGISTER_COL_RESULTS:
		if (results > 0)
			str_addf(out, "%zu", results);
		break;
	}
}

/* What spreadsheets take for a formula (OWASP, CSV injection). */
static void add_guarded(struct str *out, struct view text, bool first)
{
	AUTO_STR struct str guarded = {0};

	if (text.len > 0 && text.ptr[0] && strchr("=+-@\t\r", text.ptr[0])) {
		str_addc(&guarded, '\'');
		str_add(&guarded, text);
		text = str_view(&guarded);
	}
	csv_add_field(out, text, first);
}

static int export_csv(const struct register_rows *rows, struct str *out, struct err *err)
{
	for (size_t c = 0; c < register_column_count; c++)
		csv_add_field(out, VIEW(register_columns[c].header), c == 0);
	csv_add_end(out);
	for (size_t n = 0; n < rows->count; n++) {
		AUTO_JSON json_t *sheet = NULL;

		if (rows->sheet(rows->ctx, n, &sheet, err) < 0)
			return -1;
		for (size_t c = 0; c < register_column_count; c++) {
			AUTO_STR struct str cell = {0};

			register_cell(sheet, &register_columns[c], &cell);
			add_guarded(out, str_view(&cell), c == 0);
		}
		csv_add_end(out);
	}
	return 0;
}

static int export_json(const struct register_rows *rows, struct str *out, struct err *err)
{
	str_addz(out, "{\"sheets\": [\n");
	for (size_t n = 0; n < rows->count; n++) {
		AUTO_JSON json_t *sheet = NULL;
		AUTO_FREE char *text = NULL;

		if (rows->sheet(rows->ctx, n, &sheet, err) < 0)
			return -1;
		text = json_dumps(sheet, JSON_COMPACT | JSON_SORT_KEYS);
		str_addz(out, text);
		str_addz(out, n + 1 < rows->count ? ",\n" : "\n");
	}
	str_addz(out, "]}\n");
	return 0;
}

static int export_as(const struct register_rows *rows, enum register_format format,
    struct str *out, struct err *err)
{
	switch (format) {
	case REGISTER_AS_CSV: return export_csv(rows, out, err);
	case REGISTER_AS_XLSX: return register_export_xlsx(rows, out, err);
	case REGISTER_AS_JSON: return export_json(rows, out, err);
	case REGISTER_AS_RDF: return register_export_rdf(rows, out, err);
	case REGISTER_FORMATS: break;
	}
	return err_set(err, ERR_INTERNAL, "no such format");
}

int register_export(const struct register_rows *rows, enum register_format format,
    struct str *out, struct err *err)
{
	if (export_as(rows, format, out, err) < 0)
		return -1;
	return out->full ? err_set(err, ERR_LIMIT, "the export is too large") : 0;
}

struct found {
	const struct register_index *index;
	const struct search_result *result;
};

static int found_sheet(void *ctx, size_t n, json_t **ret, struct err *err)
{
	const struct found *f = ctx;

	return register_index_sheet(f->index, f->result->documents.ptr[n], ret, err);
}

int register_export_found(const struct register_index *i, const struct search_result *found,
    const char *origin, enum register_format format, struct str *out, struct err *err)
{
	struct found f = {i, found};
	const struct register_rows rows = {found->documents.len, found_sheet, &f, origin};

	return register_export(&rows, format, out, err);
}
