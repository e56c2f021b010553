/*
 * The terminal face: title, lede, facts, tables, notes, one blank line
 * between. No line ends in a space; nothing depends on the locale.
 */
#include "report/cell.h"
#include "report/grid.h"
#include "report/language.h"
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

struct screen {
	const struct report_reader *to;
	size_t width;
	bool colour;
	struct str *out;
};

/* `first` before the first line, `next` before the others: as long, ASCII. */
static void add_prose(const struct screen *s, const char *first, const char *next, const char *text)
{
	size_t room = MIN(s->width, (size_t)PROSE_MAX) - strlen(first);
	AUTO_STR struct str said = {0};
	struct view line, rest;

	(void)report_say(&said, s->to, text); /* else as it is */
	rest = str_view(&said);

	while (report_text_wrap(&rest, room, &line)) {
		str_addz(s->out, first);
		report_text_add(s->out, line, SIZE_MAX);
		str_addc(s->out, '\n');
		first = next;
	}
}

static void add_title(const struct screen *s, const char *title)
{
	AUTO_STR struct str said = {0};
	AUTO_STR struct str line = {0};

	(void)report_say(&said, s->to, title); /* else as it is */
	report_text_add(&line, str_view(&said), SIZE_MAX);
	report_add_styled(s->out, REPORT_BOLD, s->colour, str_view(&line));
	str_addc(s->out, '\n');
}

static void add_fact(const struct screen *s, const struct report_fact *f, size_t label_width)
{
	AUTO_STR struct str label = {0};
	AUTO_STR struct str name = {0};
	AUTO_STR struct str value = {0};

	(void)report_say(&label, s->to, f->label); /* both else as they are */
	(void)report_say_fact(&value, s->to, f);
	report_text_fit(&name, str_view(&label), label_width, false);
	report_add_styled(s->out, REPORT_DIM, s->colour, str_view(&name));
	str_addz(s->out, "  ");
	report_add_hanging(s->out, str_view(&value), label_width + 2, s->width);
}

static void add_facts(const struct screen *s, const struct report *r)
{
	size_t label = 0;

	for (size_t i = 0; i < r->facts.len; i++) {
		AUTO_STR struct str said = {0};

		(void)report_say(&said, s->to, r->facts.ptr[i].label); /* else as it is */
		label = MAX(label, report_text_width(str_view(&said)));
	}
	label = MIN(label, (size_t)LABEL_MAX);
	if (r->facts.len)
		str_addc(s->out, '\n');
	for (size_t i = 0; i < r->facts.len; i++)
		add_fact(s, &r->facts.ptr[i], label);
}

void report_to_terminal(const struct report *r, size_t width, bool colour, struct str *out)
{
	struct report_reader to = {r->language, " "};
	struct screen s = {&to, width, colour, out};

	add_title(&s, r->title);
	if (*r->lede)
		add_prose(&s, "", "", r->lede);
	add_facts(&s, r);
	for (size_t i = 0; i < r->tables.len; i++) {
		const struct report_table *t = r->tables.ptr[i];

		if (!(t->role & REPORT_SHOWN) || (t->role & REPORT_DETAIL))
			continue;
		str_addc(out, '\n');
		add_title(&s, t->title);
		report_add_grid(t, &to, t == report_exported(r) ? "csv" : "json", width, colour,
		    out);
	}
	if (r->notes.len)
		str_addc(out, '\n');
	for (size_t i = 0; i < r->notes.len; i++)
		add_prose(&s, "- ", "  ", r->notes.ptr[i]);
}
