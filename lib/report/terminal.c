/*
 * The terminal face: title, lede, facts, tables, notes, one blank line
 * between. No line ends in a space; nothing depends on the locale.
 */
#include "report/cell.h"
#include "report/grid.h"
#include "report/text.h"

enum {
	PROSE_MAX = 96, /* columns: longer lines are hard to read */
	LABEL_MAX = 32,
};

void report_add_styled(struct str *out, const char *style, bool colour, struct view text)
{
	if (colour)
		str_addz(out, style);
	str_add(out, text);
	if (colour)
		str_addz(out, REPORT_PLAIN);
}

void report_add_hanging(struct str *out, struct view text, size_t indent, size_t width)
{
	size_t room = width > indent + 16 ? width - indent : 16;
	struct view line;

	if (report_text_wrap(&text, room, &line))
		report_text_add(out, line, SIZE_MAX);
	report_line_end(out);
	while (report_text_wrap(&text, room, &line)) {
		str_pad(out, ' ', indent);
		report_text_add(out, line, SIZE_MAX);
		report_line_end(out);
	}
}

/* `first` before the first line, `next` before the others: as long, ASCII. */
static void add_prose(struct str *out, const char *first, const char *next, const char *text,
    size_t width)
{
	size_t room = MIN(width, (size_t)PROSE_MAX) - strlen(first);
	struct view rest = VIEW(text);
	struct view line;

	while (report_text_wrap(&rest, room, &line)) {
		str_addz(out, first);
		report_text_add(out, line, SIZE_MAX);
		str_addc(out, '\n');
		first = next;
	}
}

static void add_title(struct str *out, const char *title, bool colour)
{
	AUTO_STR struct str line = {0};

	report_text_add(&line, VIEW(title), SIZE_MAX);
	report_add_styled(out, REPORT_BOLD, colour, str_view(&line));
	str_addc(out, '\n');
}

static void add_facts(const struct report *r, size_t width, bool colour, struct str *out)
{
	size_t label = 0;

	for (size_t i = 0; i < r->facts.len; i++)
		label = MAX(label, report_text_width(VIEW(r->facts.ptr[i].label)));
	label = MIN(label, (size_t)LABEL_MAX);
	if (r->facts.len)
		str_addc(out, '\n');
	for (size_t i = 0; i < r->facts.len; i++) {
		AUTO_STR struct str name = {0};
		AUTO_STR struct str value = {0};

		report_add_fact_shown(&value, &r->facts.ptr[i], " ");
		report_text_fit(&name, VIEW(r->facts.ptr[i].label), label, false);
		report_add_styled(out, REPORT_DIM, colour, str_view(&name));
		str_addz(out, "  ");
		report_add_hanging(out, str_view(&value), label + 2, width);
	}
}

void report_to_terminal(const struct report *r, size_t width, bool colour, struct str *out)
{
	add_title(out, r->title, colour);
	add_prose(out, "", "", r->lede, width);
	add_facts(r, width, colour, out);
	for (size_t i = 0; i < r->tables.len; i++) {
		const struct report_table *t = r->tables.ptr[i];

		if (!(t->role & REPORT_SHOWN) || (t->role & REPORT_DETAIL))
			continue;
		str_addc(out, '\n');
		add_title(out, t->title, colour);
		report_add_grid(t, t == report_exported(r) ? "csv" : "json", width, colour, out);
	}
	if (r->notes.len)
		str_addc(out, '\n');
	for (size_t i = 0; i < r->notes.len; i++)
		add_prose(out, "- ", "  ", r->notes.ptr[i], width);
}
