#include "portal/desk_statistics.h"

#include "base/embed.h"
#include "desk/year.h"
#include "portal/desk_pages.h"

enum { FIRST_YEAR = 2000,
	LAST_YEAR = 2100 };

/* "?year=2025"; without it the year of today. */
static int year_of(const struct visit *v, int *ret, struct err *err)
{
	struct view asked = http_query(v->q, "year");
	int64_t year = date_to_civil(desk_today(v)).year;

	if (asked.len > 0 && (!view_to_i64(asked, &year) || year < FIRST_YEAR || year > LAST_YEAR))
		return err_set(err, ERR_USAGE, "year must be %d to %d", FIRST_YEAR, LAST_YEAR);
	*ret = (int)year;
	return 0;
}

static int make(const struct visit *v, struct report **ret, int *ret_year, struct err *err)
{
	struct desk desk = desk_of(v);

	return year_of(v, ret_year, err) < 0 ||
	               desk_year_report(&desk, *ret_year, desk_today(v), ret, err) < 0
	           ? -1
	           : 0;
}

static json_t *shown(const struct visit *v, const char *text)
{
	struct view said = visit_text(v, text);

	return json_stringn(said.ptr, said.len);
}

/* "2,279", and in French "2\u202f279". */
static json_t *count_text(const struct visit *v, int64_t number)
{
	AUTO_FREE char *digits = str_format("%lld", (long long)number);
	AUTO_STR struct str text = {0};
	size_t len = strlen(digits);

	for (size_t i = 0; i < len; i++) {
		if (i > 0 && (len - i) % 3 == 0)
			str_addz(&text, v->language == FRENCH ? "\u202f" : ",");
		str_addc(&text, digits[i]);
	}
	return json_string(str_get(&text));
}

/* "12.3%", and in French "12,3\u00a0%". */
static json_t *share_text(const struct visit *v, double share)
{
	AUTO_FREE char *text = str_format("%.1f", share * 100);
	char *point = strchr(text, '.');

	if (v->language != FRENCH)
		return json_sprintf("%s%%", text);
	*point = ',';
	return json_sprintf("%s\u00a0%%", text);
}

/* Numbers and texts of ours as the reader's language writes them. */
static json_t *cell_model(const struct visit *v, const struct report_column *c, const char *cell)
{
	int64_t number;
	double share;

	if (c->kind == REPORT_TEXT && !view_to_i64(VIEW(cell), &number))
		return json_pack("{s:o, s:s}", "text", shown(v, cell), "word", cell);
	if (c->kind == REPORT_PERCENT && view_to_double(VIEW(cell), &share))
		return json_pack("{s:o, s:b}", "text", share_text(v, share), "number", 1);
	if (c->kind == REPORT_COUNT && view_to_i64(VIEW(cell), &number))
		return json_pack("{s:o, s:b}", "text", count_text(v, number), "number", 1);
	return json_pack("{s:s, s:b}", "text", cell, "number", 0);
}

static json_t *table_model(const struct visit *v, const struct report_table *t)
{
	json_t *columns = json_array(), *rows = json_array();

	for (size_t i = 0; i < t->column_count; i++)
		json_array_append_new(columns,
		    json_pack("{s:o, s:b}", "label", shown(v, t->columns[i].label), "number",
			t->columns[i].kind == REPORT_COUNT ||
			    t->columns[i].kind == REPORT_PERCENT));
	for (size_t r = 0; r < report_rows(t); r++) {
		json_t *cells = json_array();

		for (size_t i = 0; i < t->column_count; i++)
			json_array_append_new(cells, cell_model(v, &t->columns[i],
							 t->cells.ptr[r * t->column_count + i]));
		json_array_append_new(rows, json_pack("{s:o}", "cells", cells));
	}
	return json_pack("{s:s, s:b, s:o, s:o, s:o}", "id", t->id, "detail",
	    (t->role & REPORT_DETAIL) != 0, "caption", shown(v, t->title), "columns", columns,
	    "rows", rows);
}

/* A day or a count as people write it; the year is a name. */
static json_t *fact_text(const struct visit *v, const struct report_fact *f)
{
	int64_t number;
	date_t day;

	if (date_parse(VIEW(f->value), &day))
		return desk_day_text(v, day);
	if (strcmp(f->key, "year") != 0 && view_to_i64(VIEW(f->value), &number))
		return count_text(v, number);
	return json_string(f->value);
}

static void fill(struct visit *v, const struct report *r, int year)
{
	json_t *facts = json_array(), *tables = json_array();

	for (size_t i = 0; i < r->facts.len; i++)
		json_array_append_new(facts, json_pack("{s:o, s:o}", "label",
						 shown(v, r->facts.ptr[i].label), "value",
						 fact_text(v, &r->facts.ptr[i])));
	for (size_t i = 0; i < r->tables.len; i++)
		if (report_rows(r->tables.ptr[i]) > 0)
			json_array_append_new(tables, table_model(v, r->tables.ptr[i]));
	json_object_set_new(v->model, "facts", facts);
	json_object_set_new(v->model, "tables", tables);
	json_object_set_new(v->model, "year", json_integer(year));
	json_object_set_new(v->model, "before", json_integer(year - 1));
	json_object_set_new(v->model, "after", json_integer(year + 1));
}

int statistics_page(struct visit *v, struct err *err)
{
	AUTO_REPORT struct report *report = NULL;
	int year;

	if (make(v, &report, &year, err) < 0)
		return -1;
	fill(v, report, year);
	return visit_page(v, "statistics", err);
}

static int send(struct visit *v, const char *suffix, struct err *err)
{
	AUTO_REPORT struct report *report = NULL;
	AUTO_FREE char *name = NULL;
	int year;

	if (make(v, &report, &year, err) < 0)
		return -1;
	name = str_format("attachment; filename=\"statistics-%d.%s\"", year, suffix);
	http_add_header(v->r, "Content-Disposition", VIEW(name));
	if (strcmp(suffix, "csv") == 0)
		report_to_csv(report, &v->r->body);
	else
		report_to_json(report, &v->r->body);
	return 0;
}

int statistics_csv(struct visit *v, struct err *err)
{
	v->r->type = "text/csv; charset=utf-8";
	return send(v, "csv", err);
}

int statistics_json(struct visit *v, struct err *err)
{
	v->r->type = "application/json";
	return send(v, "json", err);
}

int statistics_api(struct visit *v, struct err *err)
{
	AUTO_REPORT struct report *report = NULL;
	int year;

	if (make(v, &report, &year, err) < 0)
		return -1;
	report_to_json(report, &v->r->body);
	v->r->type = "application/json";
	return 0;
}

/* Vega-Lite and the few lines that use it, from this program itself. */
int statistics_script(struct visit *v, struct err *err)
{
	static const struct {
		const char *name, *file;
	} scripts[] = {
	    {"vega.min.js", "vendor/vega.min.js"},
	    {"vega-lite.min.js", "vendor/vega-lite.min.js"},
	    {"vega-embed.min.js", "vendor/vega-embed.min.js"},
	    {"statistics.js", "web/statistics.js"},
	};

	for (size_t i = 0; i < ARRAY_LEN(scripts); i++)
		if (view_eq(v->params[0], VIEW(scripts[i].name))) {
			v->r->type = "text/javascript; charset=utf-8";
			http_add_header(v->r, "Cache-Control", VIEW_LIT("public, max-age=3600"));
			str_add(&v->r->body, embed_find(scripts[i].file));
			return 0;
		}
	return visit_not_found(v, err);
}
