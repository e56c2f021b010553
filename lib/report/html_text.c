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
