/*
 * The HTML face: one file that asks the network for nothing, which its content
 * security policy states and the browser enforces. Scripts and style are
 * inline and named in the policy by their SHA-256. Vega compiles expressions
 * with an interpreter (report.js), so 'unsafe-eval' is not needed.
 */
#include "report/html.h"

#include "base/embed.h"
#include "base/hash.h"
#include "base/version.h"

#include <assert.h>
#include <sodium.h>

enum { MAX_SCRIPTS = 5 };

struct scripts {
	struct view texts[MAX_SCRIPTS];
	size_t count;
};

/* Without the reference to a source map: developer tools would ask for it. */
static struct view script_text(const char *name)
{
	static const char marker[] = "//# sourceMappingURL=";
	struct view text = embed_find(name);
	const char *map = memmem(text.ptr, text.len, marker, sizeof(marker) - 1);

	if (map)
		text.len = (size_t)(map - text.ptr);
	assert(!memmem(text.ptr, text.len, "</script", 8));
	return text;
}

static struct scripts page_scripts(const struct report *r)
{
	static const char *const names[] = {"vendor/vega.min.js", "vendor/vega-lite.min.js",
	    "vendor/vega-embed.min.js", "web/report.js"};
	struct scripts s = {0};

	for (size_t i = r->charts.len ? 0 : ARRAY_LEN(names) - 1; i < ARRAY_LEN(names); i++)
		s.texts[s.count++] = script_text(names[i]);
	if (r->search)
		s.texts[s.count++] = script_text("web/search.js");
	return s;
}

/* A source expression of the policy: Content Security Policy Level 3, section 2.3.1. */
static void add_hash(struct str *out, struct view text)
{
	unsigned char digest[SHA256_BYTES];
	char base64[sodium_base64_ENCODED_LEN(sizeof(digest), sodium_base64_VARIANT_ORIGINAL)];

	hash_sha256(text, digest);
	sodium_bin2base64(base64, sizeof(base64), digest, sizeof(digest),
	    sodium_base64_VARIANT_ORIGINAL);
	str_addf(out, " 'sha256-%s'", base64);
}

static void add_policy(const struct scripts *s, struct view style, struct str *out)
{
	str_addz(out, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
		      "base-uri 'none'; form-action 'none'; img-src data: blob:; style-src");
	add_hash(out, style);
	str_addz(out, "; script-src");
	for (size_t i = 0; i < s->count; i++)
		add_hash(out, s->texts[i]);
	str_addz(out, "\">\n");
}

static void add_head(const struct report *r, const struct scripts *s, struct str *out)
{
	struct view style = embed_find("web/report.css");

	str_addz(out, "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
	add_policy(s, style, out);
	str_addz(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
		      "<meta name=\"color-scheme\" content=\"light dark\">\n"
		      "<link rel=\"icon\" href=\"data:,\">\n");
	str_addf(out, "<meta name=\"generator\" content=\"hygie %s\">\n", hygie_version());
	report_add_element(out, "<title>", r->title, "</title>\n<style>");
	str_add(out, style);
	str_addz(out, "</style>\n</head>\n");
}

static void add_facts(const struct report *r, struct str *out)
{
	if (r->facts.len == 0)
		return;
	str_addz(out, "<dl class=\"facts\">\n");
	for (size_t i = 0; i < r->facts.len; i++) {
		report_add_element(out, "<div><dt>", r->facts.ptr[i].label, "</dt>");
		report_add_element(out, "<dd>", r->facts.ptr[i].value, "</dd></div>\n");
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
	struct scripts s = page_scripts(r);

	add_head(r, &s, out);
	add_body(r, out);
	if (r->charts.len) {
		str_add(out, embed_find("web/vega-licence.html"));
		report_add_chart_data(r, out);
	}
	for (size_t i = 0; i < s.count; i++) {
		str_addz(out, "<script>");
		str_add(out, s.texts[i]);
		str_addz(out, "</script>\n");
	}
	str_addz(out, "</body>\n</html>\n");
}
