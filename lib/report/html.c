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

static struct report_page make_page(const struct report *r)
{
	static const char *const names[] = {"vendor/vega.min.js", "vendor/vega-lite.min.js",
	    "vendor/vega-embed.min.js", "web/report.js"};
	struct report_page p = {
	    .lang = "en", .title = r->title, .style = embed_find("web/report.css")};

	for (size_t i = r->charts.len ? 0 : ARRAY_LEN(names) - 1; i < ARRAY_LEN(names); i++)
		report_page_add_script(&p, names[i]);
	if (r->search)
		report_page_add_script(&p, "web/search.js");
	return p;
}

static void add_facts(const struct report *r, struct str *out)
{
	if (r->facts.len == 0)
		return;
	str_addz(out, "<dl class=\"facts\">\n");
	for (size_t i = 0; i < r->facts.len; i++) {
		AUTO_STR struct str value = {0};

		report_add_fact_shown(&value, &r->facts.ptr[i], THIN_SPACE);
		report_add_element(out, "<div><dt>", r->facts.ptr[i].label, "</dt>");
		report_add_element(out, "<dd>", str_get(&value), "</dd></div>\n");
	}
	str_addz(out, "</dl>\n");
}

/* Of no use without its script, which shows it. */
static void add_search(const struct report *r, struct str *out)
{
	if (!r->search)
		return;
	str_addz(out, "<div class=\"search\" role=\"search\" id=\"search\" hidden>\n");
	report_add_element(out, "<label>", r->search, " <input type=\"search\" ");
	str_addz(out, "autocomplete=\"off\" spellcheck=\"false\"></label>\n");
	str_addz(out, "<output></output>\n</div>\n");
}

static void add_notes(const struct report *r, struct str *out)
{
	if (r->notes.len == 0)
		return;
	str_addz(out, "<section class=\"notes\">\n<h2>Notes</h2>\n<ul>\n");
	for (size_t i = 0; i < r->notes.len; i++)
		report_add_element(out, "<li>", r->notes.ptr[i], "</li>\n");
	str_addz(out, "</ul>\n</section>\n");
}

static void add_body(const struct report *r, struct str *out)
{
	report_add_element(out, "<body>\n<header>\n<h1>", r->title, "</h1>\n");
	if (*r->lede)
		report_add_element(out, "<p class=\"lede\">", r->lede, "</p>\n");
	str_addz(out, "</header>\n<main>\n");
	add_facts(r, out);
	add_search(r, out);
	report_add_figures(r, out);
	report_add_tables(r, out);
	add_notes(r, out);
	str_addf(out, "</main>\n<footer>made with hygie %s</footer>\n", hygie_version());
}

void report_to_html(const struct report *r, struct str *out)
{
	struct report_page p = make_page(r);

	report_page_head(&p, out);
	add_body(r, out);
	if (r->charts.len) {
		str_add(out, embed_find("web/vega-licence.html"));
		report_add_chart_data(r, out);
	}
	report_page_end(&p, out);
}
