#include "report/cell.h"
#include "report/data.h"

#include "io/json.h"

static const char *kind_name(enum report_kind kind)
{
	switch (kind) {
	case REPORT_TEXT:
	case REPORT_WORDS: return "text";
	case REPORT_COUNT: return "count";
	case REPORT_NUMBER: return "number";
	case REPORT_DATE: return "date";
	case REPORT_PERCENT: return "percent";
	}
	return "text";
}

static void add_cell(struct json_writer *w, enum report_kind kind, const char *text,
    enum report_data data)
{
	if (report_is_numeric(kind) && report_is_number(text))
		json_add_raw(w, VIEW(text));
	else if (*text == '\0' || (report_is_numeric(kind) && data == REPORT_FOR_CHART))
		json_add_null(w);
	else
		json_add_text(w, VIEW(text));
}

void report_add_rows(struct json_writer *w, const struct report_table *t, enum report_data data)
{
	json_begin_array(w);
	for (size_t row = 0; row < report_rows(t); row++) {
		json_begin_object(w);
		for (size_t c = 0; c < t->column_count; c++) {
			json_key(w, t->columns[c].name);
			add_cell(w, t->columns[c].kind, report_cell(t, row, c), data);
		}
		json_end_object(w);
	}
	json_end_array(w);
}

static void add_columns(struct json_writer *w, const struct report_table *t)
{
	json_begin_array(w);
	for (size_t c = 0; c < t->column_count; c++) {
		json_begin_object(w);
		json_set_text(w, "name", t->columns[c].name);
		if (t->columns[c].label)
			json_set_text(w, "label", t->columns[c].label);
		json_set_text(w, "kind", kind_name(t->columns[c].kind));
		json_end_object(w);
	}
	json_end_array(w);
}

static void add_table(struct json_writer *w, const struct report_table *t)
{
	json_begin_object(w);
	json_set_text(w, "id", t->id);
	json_set_text(w, "title", t->title);
	json_key(w, "columns");
	add_columns(w, t);
	json_key(w, "rows");
	report_add_rows(w, t, REPORT_FOR_PROGRAMS);
	json_end_object(w);
}

void report_to_json(const struct report *r, struct str *out)
{
	struct json_writer w = {.out = out, .indent = 2};

	json_begin_object(&w);
	json_set_text(&w, "title", r->title);
	json_set_text(&w, "lede", r->lede);
	json_key(&w, "facts");
	json_begin_object(&w);
	for (size_t i = 0; i < r->facts.len; i++)
		json_set_text(&w, r->facts.ptr[i].key, r->facts.ptr[i].value);
	json_end_object(&w);
	json_key(&w, "tables");
	json_begin_array(&w);
	for (size_t i = 0; i < r->tables.len; i++)
		add_table(&w, r->tables.ptr[i]);
	json_end_array(&w);
	json_key(&w, "notes");
	json_begin_array(&w);
	for (size_t i = 0; i < r->notes.len; i++)
		json_add_text(&w, VIEW(r->notes.ptr[i]));
	json_end_array(&w);
	json_end_object(&w);
	str_addc(out, '\n');
}
