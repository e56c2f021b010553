#include "link/review_screen.h"

#include "link/review_diff.h"
#include "report/text.h"

/* Select Graphic Rendition, ECMA-48 8.3.117. */
static const char *const colours[] = {"", "\033[33m", "\033[1;31m"};
#define DIM "\033[2m"
#define BOLD "\033[1m"
#define PLAIN "\033[0m"

static const char signs[] = {'=', '~', '!', '-'};

enum { GAP = 2,
	NAME_MAX_WIDTH = 22 };

struct layout {
	size_t name, cell;
};

static void style(const struct link_screen *s, const char *code, struct str *out)
{
	if (s->colour && *code)
		str_addz(out, code);
}

static struct layout lay_out(const struct link_screen *s)
{
	const struct link_records *d = s->review->job->records;
	struct layout l = {.name = 4};

	for (size_t f = 0; f < s->review->fields; f++)
		l.name = MAX(l.name, report_text_width(VIEW(d->field[f].column)));
	l.name = MIN(MIN(l.name, (size_t)NAME_MAX_WIDTH), s->width / 4);
	l.cell = (s->width - 2 - l.name - 2 * GAP) / 2;
	return l;
}

/* Glyphs from `from` on that fill at most `width` columns. */
static size_t fits(const struct link_glyphs *g, size_t from, size_t width)
{
	size_t used = 0;
	size_t i = from;

	while (i < g->list.len && (i == from || used + g->list.ptr[i].width <= width))
		used += g->list.ptr[i++].width;
	return i;
}

static void add_glyphs(const struct link_screen *s, const struct link_glyphs *g, size_t from,
    size_t to, size_t width, struct str *out)
{
	enum link_mark mark = LINK_MARK_NONE;
	size_t used = 0;

	for (size_t i = from; i < to; i++) {
		if (g->list.ptr[i].mark != mark) {
			style(s, PLAIN, out);
			mark = g->list.ptr[i].mark;
			style(s, colours[mark], out);
		}
		str_addz(out, g->list.ptr[i].text);
		used += g->list.ptr[i].width;
	}
	if (mark)
		style(s, PLAIN, out);
	str_pad(out, ' ', used < width ? width - used : 0);
}

static bool add_marks(
    const struct link_glyphs *g, size_t from, size_t to, size_t width, struct str *out)
{
	static const char marks[] = {' ', '\'', '^'};
	size_t used = 0;
	bool any = false;

	for (size_t i = from; i < to; i++) {
		str_pad(out, marks[g->list.ptr[i].mark], g->list.ptr[i].width);
		used += g->list.ptr[i].width;
		any = any || g->list.ptr[i].mark;
	}
	str_pad(out, ' ', used < width ? width - used : 0);
	return any;
}

static void add_missing(const struct link_screen *s, size_t width, struct str *out)
{
	style(s, DIM, out);
	str_addc(out, '-');
	style(s, PLAIN, out);
	str_pad(out, ' ', width - 1);
}

static void end_line(struct str *out)
{
	report_line_end(out);
}

struct row {
	const struct link_screen *screen;
	struct layout l;
	struct link_glyphs side[2];
	enum link_alike alike;
};

static void add_lines(struct row *r, struct view name, struct str *out)
{
	size_t from[2] = {0, 0};
	bool first = true;

	while (first || from[0] < r->side[0].list.len || from[1] < r->side[1].list.len) {
		AUTO_STR struct str marks = {0};
		bool marked = false;

		str_addc(out, first ? signs[r->alike] : ' ');
		str_addc(out, ' ');
		report_text_fit(out, first ? name : VIEW_LIT(""), r->l.name, false);
		str_pad(&marks, ' ', 2 + r->l.name);
		for (int k = 0; k < 2; k++) {
			size_t to = fits(&r->side[k], from[k], r->l.cell);

			str_pad(out, ' ', GAP);
			str_pad(&marks, ' ', GAP);
			if (r->side[k].list.len)
				add_glyphs(r->screen, &r->side[k], from[k], to, r->l.cell, out);
			else if (first)
				add_missing(r->screen, r->l.cell, out);
			else
				str_pad(out, ' ', r->l.cell);
			marked |= add_marks(&r->side[k], from[k], to, r->l.cell, &marks);
			from[k] = to;
		}
		end_line(out);
		if (marked) {
			end_line(&marks);
			str_add(out, str_view(&marks));
		}
		first = false;
	}
}

static void add_heading(const struct link_screen *s, struct layout l, size_t pair, struct str *out)
{
	static const char *const keys[2] = {"record_a", "record_b"};

	str_pad(out, ' ', 2 + l.name);
	style(s, BOLD, out);
	for (int k = 0; k < 2; k++) {
		AUTO_FREE char *name =
		    link_review_heading(s->review, pair, k, link_text(s->texts, keys[k]));

		str_pad(out, ' ', GAP);
		report_text_fit(out, VIEW(name), l.cell, false);
	}
	style(s, PLAIN, out);
	end_line(out);
}

void link_screen_pair(const struct link_screen *s, size_t pair, struct str *out)
{
	struct row r = {.screen = s, .l = lay_out(s)};

	add_heading(s, r.l, pair, out);
	for (size_t f = 0; f < s->review->fields; f++) {
		r.alike = link_review_diff(link_review_cell(s->review, pair, 0, f),
		    link_review_cell(s->review, pair, 1, f), &r.side[0], &r.side[1]);
		add_lines(&r, VIEW(s->review->job->records->field[f].column), out);
	}
	link_glyphs_clear(&r.side[0]);
	link_glyphs_clear(&r.side[1]);
}

void link_screen_title(const struct link_screen *s, size_t place, struct str *out)
{
	struct link_review_count c = link_review_counts(s->review);
	AUTO_FREE char *text = str_format("%s   %s %zu %s %zu   %zu %% %s",
	    link_text(s->texts, "title"), link_text(s->texts, "pair"), place,
	    link_text(s->texts, "of"), c.shown, c.shown ? 100 * c.done / c.shown : 100,
	    link_text(s->texts, "answered"));

	style(s, BOLD, out);
	report_text_add(out, VIEW(text), s->width);
	style(s, PLAIN, out);
	end_line(out);
}

static const char *answer_text(const struct link_texts *t, enum link_answer a)
{
	return link_text(t, a == LINK_ONE_PERSON ? "yes" : a == LINK_TWO_PERSONS ? "no"
										 : "unsure");
}

void link_screen_keys(const struct link_screen *s, size_t pair, struct str *out)
{
	static const char *const keys[][2] = {{"key_yes", "word_yes"}, {"key_no", "word_no"},
	    {"key_unsure", "unsure"}, {"key_back", "back"}, {"key_forward", "forward"},
	    {"key_quit", "quit"}};
	enum link_answer answer = s->review->pairs.ptr[pair].answer;
	AUTO_STR struct str line = {0};
	AUTO_STR struct str legend = {0};

	str_addz(&line, link_text(s->texts, "question"));
	for (size_t i = 0; i < ARRAY_LEN(keys); i++)
		str_addf(&line, "  %s %s", link_text(s->texts, keys[i][0]),
		    link_text(s->texts, keys[i][1]));
	if (answer == LINK_OPEN)
		str_addz(&legend, link_text(s->texts, "legend"));
	else
		str_addf(&legend, "%s: %s", link_text(s->texts, "answer_now"),
		    answer_text(s->texts, answer));
	report_text_add(out, str_view(&line), s->width);
	end_line(out);
	style(s, DIM, out);
	report_text_add(out, str_view(&legend), s->width);
	style(s, PLAIN, out);
	end_line(out);
}
