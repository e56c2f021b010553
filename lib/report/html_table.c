#include "report/cell.h"
#include "report/html.h"

static void add_heads(const struct report *r, const struct report_table *t, struct str *out)
{
	str_addz(out, "<thead><tr>");
	for (size_t c = 0; c < t->column_count; c++) {
		const struct report_column *column = &t->columns[c];

		str_addz(out, report_is_numeric(column->kind) ? "<th scope=\"col\" class=\"number\""
							      : "<th scope=\"col\"");
		str_addz(out, !column->label ? " hidden" : "");
		report_add_element(out, " data-name=\"", column->name, "\"");
		if (column->label)
			report_add_said(out, r, ">", column->label, "</th>");
		else
			report_add_element(out, ">", column->name, "</th>");
	}
	str_addz(out, "</tr></thead>\n");
}

/* data-value holds the cell as written, wherever people read it otherwise. */
static void add_cell(const struct report *r, const struct report_table *t, size_t row, size_t c,
    struct str *out)
{
	struct report_reader to = report_page_reader(r);
	const char *text = report_cell(t, row, c);
	enum report_kind kind = t->columns[c].kind;
	bool numeric = report_is_numeric(kind);
	bool heads_row = c == 0 && !numeric;
	AUTO_STR struct str shown = {0};
	bool found = report_say_cell(&shown, &to, t, row, c);

	str_addz(out, heads_row ? "<th scope=\"row\"" : "<td");
	if (numeric)
		str_addz(out, " class=\"number");
	if (numeric && !report_is_number(text))
		str_addz(out, " gone");
	str_addz(out, numeric ? "\"" : "");
	str_addz(out, !t->columns[c].label ? " hidden" : "");
	if (strcmp(text, str_get(&shown)) != 0)
		report_add_element(out, " data-value=\"", text, "\"");
	str_addz(out, found ? "" : " lang=\"\"");
	report_add_element(out, ">", str_get(&shown), heads_row ? "</th>" : "</td>");
}

static void add_table(const struct report *r, const struct report_table *t, bool titled,
    struct str *out)
{
	size_t rows = report_rows(t);

	str_addz(out, "<div class=\"scroll\" role=\"region\" tabindex=\"0\"");
	report_add_said(out, r, " aria-label=\"", t->title, "\">\n<table");
	report_add_element(out, " data-id=\"", t->id, "\">\n");
	report_add_said(out, r, titled ? "<caption><span>" : "<caption class=\"unseen\"><span>",
	    t->title, "</span></caption>\n");
	add_heads(r, t, out);
	str_addz(out, "<tbody>\n");
	for (size_t row = 0; row < rows; row++) {
		str_addz(out, "<tr>");
		for (size_t c = 0; c < t->column_count; c++)
			add_cell(r, t, row, c, out);
		str_addz(out, "</tr>\n");
	}
	if (rows == 0) {
		str_addf(out, "<tr class=\"empty\"><td colspan=\"%zu\"", t->column_count);
		report_add_said(out, r, ">", "no rows", "</td></tr>\n");
	}
	str_addz(out, "</tbody>\n</table>\n</div>\n");
}

static void add_folded(const struct report *r, const struct report_table *t, struct str *out)
{
	AUTO_STR struct str digits = {0};
	AUTO_STR struct str text = {0};

	str_addf(&digits, "%zu", report_rows(t));
	report_add_shown(&text, REPORT_COUNT, str_get(&digits), THIN_SPACE);
	str_addz(&text, report_rows(t) == 1 ? " row" : " rows");
	report_add_said(out, r, "<details>\n<summary>", t->title, "");
	report_add_said(out, r, " <span>", str_get(&text), "</span></summary>\n");
	add_table(r, t, false, out);
	str_addz(out, "</details>\n");
}

void report_add_tables(const struct report *r, struct str *out)
{
	bool folded = false;

	for (size_t i = 0; i < r->tables.len; i++) {
		const struct report_table *t = r->tables.ptr[i];

		if (t->role & REPORT_DETAIL) {
			folded = true;
		} else if (t->role & REPORT_SHOWN) {
			str_addz(out, "<section>\n");
			add_table(r, t, true, out);
			str_addz(out, "</section>\n");
		}
	}
	report_add_panels(r, out);
	if (!folded)
		return;
	report_add_said(out, r, "<section class=\"details\">\n<h2>", "Details", "</h2>\n");
	for (size_t i = 0; i < r->tables.len; i++) {
		if (r->tables.ptr[i]->role & REPORT_DETAIL)
			add_folded(r, r->tables.ptr[i], out);
	}
	str_addz(out, "</section>\n");
}
