/*
 * The HTML face: one file that asks the network for nothing (page.h). Vega
 * compiles expressions with an interpreter (report.js), so 'unsafe-eval' is
 * not needed.
 */
#include "report/html.h"

#include "base/embed.h"
#include "base/version.h"
#include "report/cell.h"
#include "report/page.h"

static struct report_page make_page(const struct report *r, const char *title)
{
	static const char *const names[] = {"vendor/vega.min.js", "vendor/vega-lite.min.js",
	    "vendor/vega-embed.min.js", "web/report.js"};
	struct report_page p = {.lang = r->language ? r->language->code : "en",
	    .title = title,
	    .style = embed_find("web/report.css")};

	for (size_t i = r->charts.len ? 0 : ARRAY_LEN(names) - 1; i < ARRAY_LEN(names); i++)
		report_page_add_script(&p, names[i]);
	if (r->search)
		report_page_add_script(&p, "web/search.js");
	return p;
}

static void add_facts(const struct report *r, struct str *out)
{
	struct report_reader to = report_page_reader(r);

	if (r->facts.len == 0)
		return;
	str_addz(out, "<dl class=\"facts\">\n");
	for (size_t i = 0; i < r->facts.len; i++) {
		AUTO_STR struct str value = {0};

		bool found = report_say_fact(&value, &to, &r->facts.ptr[i]);

		report_add_said(out, r, "<div><dt>", r->facts.ptr[i].label, "</dt>");
		report_add_element(out, found ? "<dd>" : "<dd lang=\"\">", str_get(&value),
		    "</dd></div>\n");
	}
	str_addz(out, "</dl>\n");
}

/* Of no use without its script, which shows it. */
static void add_search(const struct report *r, struct str *out)
{
	if (!r->search)
		return;
	str_addz(out, "<div class=\"search\" role=\"search\" id=\"search\" hidden>\n");
	report_add_said(out, r, "<label>", r->search, " <input type=\"search\" ");
	str_addz(out, "autocomplete=\"off\" spellcheck=\"false\"></label>\n");
	str_addz(out, "<output></output>\n</div>\n");
}

static void add_notes(const struct report *r, struct str *out)
{
	if (r->notes.len == 0)
		return;
	report_add_said(out, r, "<section class=\"notes\">\n<h2>", "Notes", "</h2>\n<ul>\n");
	for (size_t i = 0; i < r->notes.len; i++)
		report_add_said(out, r, "<li>", r->notes.ptr[i], "</li>\n");
	str_addz(out, "</ul>\n</section>\n");
}

/* What the page's scripts say, where it is not English. */
static void add_script_texts(const struct report *r, struct str *out)
{
	static const struct {
		const char *before, *text;
	} texts[] = {
	    {" data-save=\"", "Data as CSV"},
	    {" data-undrawn=\"", "The chart could not be drawn; the tables have its numbers."},
	    {" data-row=\"", "row"},
	    {" data-rows=\"", "rows"},
	};

	for (size_t i = 0; r->language && i < ARRAY_LEN(texts); i++)
		report_add_said(out, r, texts[i].before, texts[i].text, "\"");
}

static void add_body(const struct report *r, struct str *out)
{
	AUTO_FREE char *made = NULL;

	str_addz(out, "<body");
	add_script_texts(r, out);
	report_add_said(out, r, ">\n<header>\n<h1>", r->title, "</h1>\n");
	if (*r->lede)
		report_add_said(out, r, "<p class=\"lede\">", r->lede, "</p>\n");
	str_addz(out, "</header>\n<main>\n");
	add_facts(r, out);
	add_search(r, out);
	report_add_figures(r, out);
	report_add_tables(r, out);
	add_notes(r, out);
	made = str_format("made with hygie %s", hygie_version());
	report_add_said(out, r, "</main>\n<footer>", made, "</footer>\n");
}

void report_to_html(const struct report *r, struct str *out)
{
	struct report_reader to = report_page_reader(r);
	AUTO_STR struct str title = {0};
	struct report_page p;

	(void)report_say(&title, &to, r->title); /* else as it is */
	p = make_page(r, str_get(&title));
	report_page_head(&p, out);
	add_body(r, out);
	if (r->charts.len) {
		str_add(out, embed_find("web/vega-licence.html"));
		report_add_chart_data(r, out);
	}
	report_page_end(&p, out);
}
