#include "report/page.h"

#include "base/base64.h"
#include "base/embed.h"
#include "base/hash.h"
#include "base/version.h"
#include "report/html.h"

#include <assert.h>

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

void report_page_add_script(struct report_page *p, const char *name)
{
	assert(p->script_count < REPORT_SCRIPTS_MAX);
	p->scripts[p->script_count++] = script_text(name);
}

/* A source expression of the policy: Content Security Policy Level 3, section 2.3.1. */
static void add_hash(struct str *out, struct view text)
{
	unsigned char digest[SHA256_BYTES];

	hash_sha256(text, digest);
	str_addz(out, " 'sha256-");
	base64_add(out, (struct view){(const char *)digest, sizeof(digest)});
	str_addc(out, '\'');
}

static void add_policy(const struct report_page *p, struct str *out)
{
	str_addz(out, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
		      "base-uri 'none'; form-action 'none'; img-src data: blob:; style-src");
	add_hash(out, p->style);
	str_addz(out, "; script-src");
	for (size_t i = 0; i < p->script_count; i++)
		add_hash(out, p->scripts[i]);
	str_addz(out, "\">\n");
}

void report_page_head(const struct report_page *p, struct str *out)
{
	str_addf(out, "<!doctype html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n",
	    p->lang);
	add_policy(p, out);
	str_addz(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
		      "<meta name=\"color-scheme\" content=\"light dark\">\n"
		      "<link rel=\"icon\" href=\"data:,\">\n");
	str_addf(out, "<meta name=\"generator\" content=\"hygie %s\">\n", hygie_version());
	report_add_element(out, "<title>", p->title, "</title>\n<style>");
	str_add(out, p->style);
	str_addz(out, "</style>\n</head>\n");
}

void report_page_end(const struct report_page *p, struct str *out)
{
	for (size_t i = 0; i < p->script_count; i++) {
		str_addz(out, "<script>");
		str_add(out, p->scripts[i]);
		str_addz(out, "</script>\n");
	}
	str_addz(out, "</body>\n</html>\n");
}

/* In JSON "<" only stands in strings. */
void report_page_data(struct str *out, const char *id, struct view json)
{
	struct view piece;

	str_addf(out, "<script type=\"application/json\" id=\"%s\">", id);
	for (bool first = true; view_next(&json, '<', &piece); first = false) {
		str_addz(out, first ? "" : "\\u003c");
		str_add(out, piece);
	}
	str_addz(out, "</script>\n");
}
