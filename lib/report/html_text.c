#include "report/html.h"
#include "report/text.h"

static const char *entity(uint32_t code)
{
	switch (code) {
	case '&': return "&amp;";
	case '<': return "&lt;";
	case '>': return "&gt;";
	case '"': return "&quot;";
	case '\'': return "&#39;";
	case '\r': return "&#13;";
	case '\t':
	case '\n': return NULL;
	default: return report_char_is_control(code) ? "\uFFFD" : NULL;
	}
}

void report_add_html(struct str *out, const char *text)
{
	struct view rest = VIEW(text);
	size_t len;

	while (rest.len) {
		uint32_t code = report_char_first(rest, &len);
		const char *replaced = entity(code);

		if (replaced)
			str_addz(out, replaced);
		else
			report_char_add(out, code);
		rest = (struct view){rest.ptr + len, rest.len - len};
	}
}

void report_add_element(struct str *out, const char *before, const char *text, const char *after)
{
	str_addz(out, before);
	report_add_html(out, text);
	str_addz(out, after);
}

struct report_reader report_page_reader(const struct report *r)
{
	return (struct report_reader){r->language, THIN_SPACE};
}

void report_add_said(struct str *out, const struct report *r, const char *before, const char *text,
    const char *after)
{
	struct report_reader to = report_page_reader(r);
	AUTO_STR struct str said = {0};
	size_t open = strlen(before);
	bool found = report_say(&said, &to, text);

	if (!found && open && before[open - 1] == '>') {
		str_add(out, (struct view){before, open - 1});
		str_addz(out, " lang=\"\">");
	} else {
		str_addz(out, before);
	}
	report_add_html(out, str_get(&said));
	str_addz(out, after);
}

/* The text between two tags, where it is ours. */
static void add_text(struct str *out, const struct report *r, struct view tag, struct view text)
{
	struct report_reader to = report_page_reader(r);
	bool is_ours = view_starts(tag, VIEW_LIT("<text")) || view_starts(tag, VIEW_LIT("<title"));
	AUTO_STR struct str said = {0};
	AUTO_STR struct str plain = {0};

	if (!is_ours || memmem(tag.ptr, tag.len, "class=\"value\"", 13) ||
	    memchr(text.ptr, '&', text.len)) {
		str_add(out, text);
		return;
	}
	str_add(&plain, text);
	(void)report_say(&said, &to, str_get(&plain)); /* else as it is */
	report_add_html(out, str_get(&said));
}

void report_add_drawing(struct str *out, const struct report *r, const char *svg)
{
	struct view rest = VIEW(svg);

	if (!r->language) {
		str_addz(out, svg);
		return;
	}
	while (rest.len) {
		const char *end = memchr(rest.ptr, '>', rest.len);
		size_t tag = end ? (size_t)(end - rest.ptr) + 1 : rest.len;
		const char *next = memchr(rest.ptr + tag, '<', rest.len - tag);
		size_t text = next ? (size_t)(next - rest.ptr) - tag : rest.len - tag;

		str_add(out, (struct view){rest.ptr, tag});
		if (text)
			add_text(out, r, (struct view){rest.ptr, tag},
			    (struct view){rest.ptr + tag, text});
		rest = (struct view){rest.ptr + tag + text, rest.len - tag - text};
	}
}
