#include "report/data.h"
#include "report/html.h"
#include "report/page.h"

#include <assert.h>

static void add_caption(const struct report *r, const char *id, const char *title, const char *alt,
    struct str *out)
{
	report_add_element(out, "<figure>\n<figcaption>\n<h2 id=\"", id, "-title\"");
	report_add_said(out, r, ">", title, "</h2>\n");
	report_add_element(out, "<p id=\"", id, "-finding\"");
	report_add_said(out, r, ">", alt, "</p>\n</figcaption>\n");
}

static void add_figure(const struct report *r, const struct report_chart *chart, struct str *out)
{
	add_caption(r, chart->id, chart->title, chart->alt, out);
	report_add_element(out, "<div class=\"chart\" role=\"img\" id=\"", chart->id, "\"");
	report_add_element(out, " aria-labelledby=\"", chart->id, "-title ");
	report_add_element(out, "", chart->id, "-finding\">");
	report_add_said(out, r, "<noscript><p>",
	    "The chart is drawn by JavaScript, which is switched off. Its numbers are in the "
	    "tables below.",
	    "</p></noscript></div>\n</figure>\n");
}

static void add_drawing(const struct report *r, const struct report_drawing *d, struct str *out)
{
	add_caption(r, d->id, d->title, d->alt, out);
	report_add_element(out, "<div class=\"drawing\" role=\"img\" id=\"", d->id, "\"");
	report_add_element(out, " aria-labelledby=\"", d->id, "-title ");
	report_add_element(out, "", d->id, "-finding\" tabindex=\"0\">\n");
	report_add_drawing(out, r, d->svg);
	str_addz(out, "\n</div>\n</figure>\n");
}

void report_add_figures(const struct report *r, struct str *out)
{
	for (size_t i = 0; i < r->drawings.len; i++)
		add_drawing(r, &r->drawings.ptr[i], out);
	for (size_t i = 0; i < r->charts.len; i++)
		add_figure(r, &r->charts.ptr[i], out);
}

static const struct report_table *charted(const struct report *r, size_t chart)
{
	for (size_t i = 0; i < r->tables.len; i++) {
		if (strcmp(r->tables.ptr[i]->id, r->charts.ptr[chart].table_id) == 0)
			return r->tables.ptr[i];
	}
	return NULL;
}

/* True when an earlier chart already brought this one's table. */
static bool is_repeated(const struct report *r, size_t chart)
{
	for (size_t i = 0; i < chart; i++) {
		if (strcmp(r->charts.ptr[i].table_id, r->charts.ptr[chart].table_id) == 0)
			return true;
	}
	return false;
}

/* Titles of axes and legends. */
static void say_titles(json_t *spec, const struct report_reader *to)
{
	const char *key;
	json_t *value;
	size_t i;

	json_array_foreach(spec, i, value) say_titles(value, to);
	json_object_foreach(spec, key, value)
	{
		AUTO_STR struct str said = {0};

		say_titles(value, to);
		if (strcmp(key, "title") != 0 || !json_is_string(value))
			continue;
		(void)report_say(&said, to, json_string_value(value)); /* else as it is */
		(void)json_string_set(value, str_get(&said));          /* is UTF-8 */
	}
}

static void add_spec(struct json_writer *w, const struct report *r, const char *text)
{
	struct report_reader to = report_page_reader(r);
	AUTO_JSON json_t *spec = r->language ? json_loads(text, 0, NULL) : NULL;
	AUTO_FREE char *said = NULL;

	if (spec) {
		say_titles(spec, &to);
		said = json_dumps(spec, JSON_COMPACT);
	}
	json_add_raw(w, VIEW(said ? said : text));
}

static void write_data(const struct report *r, struct str *out)
{
	struct json_writer w = {.out = out};

	json_begin_object(&w);
	json_key(&w, "tables");
	json_begin_object(&w);
	for (size_t i = 0; i < r->charts.len; i++) {
		const struct report_table *t = charted(r, i);

		assert(t);
		if (is_repeated(r, i))
			continue;
		json_key(&w, t->id);
		report_add_rows(&w, t, REPORT_FOR_CHART);
	}
	json_end_object(&w);
	json_key(&w, "charts");
	json_begin_array(&w);
	for (size_t i = 0; i < r->charts.len; i++) {
		const struct report_chart *chart = &r->charts.ptr[i];

		json_begin_object(&w);
		json_key(&w, "id");
		json_add_text(&w, VIEW(chart->id));
		json_key(&w, "table");
		json_add_text(&w, VIEW(chart->table_id));
		json_key(&w, "spec");
		add_spec(&w, r, chart->spec);
		json_end_object(&w);
	}
	json_end_array(&w);
	json_end_object(&w);
}

void report_add_chart_data(const struct report *r, struct str *out)
{
	AUTO_STR struct str json = {0};

	write_data(r, &json);
	report_page_data(out, "chart-data", str_view(&json));
}
