#include "report/grid.h"

#include "report/text.h"

enum {
	GAP = 2,       /* between columns */
	TEXT_MIN = 12, /* a text is not cut below that */
	RULE_MAX = 60,
};

struct grid {
	const struct report_table *t;
	size_t rows; /* printed */
	const struct report_reader *to;
	size_t *widths;  /* of each column */
	size_t *content; /* of the widest cell of each column */
	size_t width;
	bool colour;
	struct str *out;
};

static bool is_text(enum report_kind kind)
{
	return kind == REPORT_TEXT || kind == REPORT_WORDS;
}

static const char *cell(const struct grid *g, size_t row, size_t c)
{
	return g->t->cells.ptr[row * g->t->column_count + c];
}

static struct view label(const struct grid *g, size_t c)
{
	return VIEW(g->t->columns[c].label);
}

static bool is_right(const struct grid *g, size_t c)
{
	return report_is_numeric(g->t->columns[c].kind);
}

static void measure_cells(struct grid *g, struct arena *a)
{
	size_t count = g->t->column_count;

	g->widths = arena_zalloc(a, count, sizeof(*g->widths));
	g->content = arena_zalloc(a, count, sizeof(*g->content));
	for (size_t row = 0; row < g->rows; row++)
		for (size_t c = 0; c < count; c++)
			g->content[c] =
			    MAX(g->content[c], report_text_width(VIEW(cell(g, row, c))));
}

static size_t total(const struct grid *g)
{
	size_t sum = GAP * (g->t->column_count - 1);

	for (size_t c = 0; c < g->t->column_count; c++)
		sum += g->widths[c];
	return sum;
}

/* The widest column of texts that may still be cut; column_count when there is none. */
static size_t widest_text(const struct grid *g)
{
	size_t found = g->t->column_count;

	for (size_t c = 0; c < g->t->column_count; c++) {
		if (is_text(g->t->columns[c].kind) && g->widths[c] > TEXT_MIN &&
		    (found == g->t->column_count || g->widths[c] > g->widths[found]))
			found = c;
	}
	return found;
}

/* False when the columns cannot stand side by side. */
static bool fit(struct grid *g)
{
	size_t cut;

	for (size_t c = 0; c < g->t->column_count; c++)
		g->widths[c] = MAX(g->content[c], report_text_width(label(g, c)));
	if (total(g) <= g->width)
		return true;
	for (size_t c = 0; c < g->t->column_count; c++)
		g->widths[c] = MAX(g->content[c], report_word_width(label(g, c)));
	while (total(g) > g->width) {
		cut = widest_text(g);
		if (cut == g->t->column_count)
			return false;
		g->widths[cut]--;
	}
	return true;
}

static size_t label_lines(const struct grid *g, size_t c)
{
	struct view rest = label(g, c);
	struct view line;
	size_t n = 0;

	while (report_text_wrap(&rest, g->widths[c], &line))
		n++;
	return n;
}

/* Line `index` of a label, "" above the first one. */
static struct view label_line(const struct grid *g, size_t c, size_t skip, size_t index)
{
	struct view rest = label(g, c);
	struct view line = VIEW_LIT("");

	if (index < skip)
		return line;
	for (size_t i = skip; i <= index; i++) {
		if (!report_text_wrap(&rest, g->widths[c], &line))
			return VIEW_LIT("");
	}
	return line;
}

static void put(struct grid *g, struct str *line, size_t c, struct view text)
{
	str_pad(line, ' ', c ? GAP : 0);
	report_text_fit(line, text, g->widths[c], is_right(g, c));
}

static void end(struct grid *g, struct str *line, const char *style)
{
	report_line_end(line);
	report_add_styled(g->out, style, g->colour && *style,
	    (struct view){line->buf, line->len - 1});
	str_addc(g->out, '\n');
	str_reset(line);
}

static void add_rule(struct str *line, size_t width)
{
	for (size_t i = 0; i < width; i++)
		str_addz(line, "─");
}

static void add_head(struct grid *g, struct str *line)
{
	size_t lines = 0;

	for (size_t c = 0; c < g->t->column_count; c++)
		lines = MAX(lines, label_lines(g, c));
	for (size_t i = 0; i < lines; i++) {
		for (size_t c = 0; c < g->t->column_count; c++)
			put(g, line, c, label_line(g, c, lines - label_lines(g, c), i));
		end(g, line, REPORT_DIM);
	}
	for (size_t c = 0; c < g->t->column_count; c++) {
		str_pad(line, ' ', c ? GAP : 0);
		add_rule(line, g->widths[c]);
	}
	end(g, line, REPORT_DIM);
}

static void add_side_by_side(struct grid *g)
{
	AUTO_STR struct str line = {0};

	add_head(g, &line);
	for (size_t row = 0; row < g->rows; row++) {
		for (size_t c = 0; c < g->t->column_count; c++)
			put(g, &line, c, VIEW(cell(g, row, c)));
		end(g, &line, "");
	}
}

static void add_record(struct grid *g, size_t row, size_t label_width, struct str *line)
{
	size_t rule = MIN(g->width, (size_t)RULE_MAX);
	size_t head;

	str_addf(line, "─ %zu ", row + 1);
	head = report_text_width(str_view(line));
	add_rule(line, MAX(rule, head) - head);
	end(g, line, REPORT_DIM);
	for (size_t c = 0; c < g->t->column_count; c++) {
		report_text_fit(line, label(g, c), label_width, false);
		report_add_styled(g->out, REPORT_DIM, g->colour, str_view(line));
		str_reset(line);
		str_pad(g->out, ' ', GAP);
		report_add_hanging(g->out, VIEW(cell(g, row, c)),
		    label_width + GAP, g->width);
	}
}

static void add_records(struct grid *g)
{
	AUTO_STR struct str line = {0};
	size_t label_width = 0;

	for (size_t c = 0; c < g->t->column_count; c++)
		label_width = MAX(label_width, report_text_width(label(g, c)));
	label_width = MIN(label_width, MAX(g->width / 2, (size_t)TEXT_MIN));
	for (size_t row = 0; row < g->rows; row++)
		add_record(g, row, label_width, &line);
}

static void add_elision(const struct grid *g, size_t more, const char *format)
{
	AUTO_STR struct str digits = {0};
	AUTO_STR struct str count = {0};
	AUTO_STR struct str text = {0};

	str_addf(&digits, "%zu", more);
	report_add_shown(&count, REPORT_COUNT, str_get(&digits), " ");
	str_addf(&text, "… %s more row%s: --format %s prints all", str_get(&count),
	    more == 1 ? "" : "s", format);
	(void)report_say(g->out, g->to, str_get(&text)); /* is in the catalogue */
	str_addc(g->out, '\n');
}

/* A text that is the same in every row. */
static bool is_constant(const struct report_table *t, size_t c)
{
	size_t rows = report_rows(t);

	for (size_t row = 1; row < rows; row++)
		if (strcmp(t->cells.ptr[row * t->column_count + c], t->cells.ptr[c]) != 0)
			return false;
	return rows > 1 && is_text(t->columns[c].kind);
}

static const char *spoken(const struct report_reader *to, const char *text, struct arena *a)
{
	AUTO_STR struct str out = {0};

	if (!text || !to->language)
		return text;
	(void)report_say(&out, to, text); /* else as it is */
	return arena_strdup(a, str_view(&out));
}

static const char *shown(const struct report_reader *to, const struct report_table *t, size_t row,
    size_t c, struct arena *a)
{
	AUTO_STR struct str out = {0};

	if (!to->language && is_text(t->columns[c].kind))
		return report_cell(t, row, c);
	(void)report_say_cell(&out, to, t, row, c); /* else as it is */
	return arena_strdup(a, str_view(&out));
}

/* As people read it; of rows that are not printed only texts, which may be the same in all. */
static void read_table(const struct report_table *t, const struct report_reader *to, size_t rows,
    struct arena *a, struct report_table *ret)
{
	struct report_column *columns = arena_zalloc(a, t->column_count, sizeof(*columns));

	*ret = (struct report_table){.id = t->id,
	    .columns = columns,
	    .column_count = t->column_count};
	for (size_t c = 0; c < t->column_count; c++) {
		columns[c] = t->columns[c];
		columns[c].label = spoken(to, t->columns[c].label, a);
	}
	for (size_t row = 0; row < report_rows(t); row++)
		for (size_t c = 0; c < t->column_count; c++) {
			bool read = columns[c].label && (row < rows || is_text(columns[c].kind));

			*vec_push(&ret->cells) = read ? shown(to, t, row, c, a) : "";
		}
}

/*
 * The table without hidden columns, and, when texts are to be said, without
 * the constant ones, which go there.
 */
static void narrow(const struct report_table *t, struct arena *a, struct report_table *ret,
    struct str *said, const char *colon)
{
	struct report_column *columns = arena_zalloc(a, t->column_count, sizeof(*columns));

	bool *gone = arena_zalloc(a, t->column_count, sizeof(*gone));

	*ret = (struct report_table){.id = t->id, .title = t->title, .columns = columns};
	for (size_t c = 0; c < t->column_count; c++) {
		bool constant = said && t->columns[c].label && is_constant(t, c);

		gone[c] = !t->columns[c].label || constant;
		if (constant)
			str_addf(said, "%s%s%s%s", said->len ? "   " : "",
			    t->columns[c].label, colon, t->cells.ptr[c]);
		if (!gone[c])
			columns[ret->column_count++] = t->columns[c];
	}
	for (size_t row = 0; row < report_rows(t); row++)
		for (size_t c = 0; c < t->column_count; c++)
			if (!gone[c])
				*vec_push(&ret->cells) = report_cell(t, row, c);
}

static void add_table(struct grid *g, struct arena *a)
{
	measure_cells(g, a);
	if (fit(g) || g->rows == 0)
		add_side_by_side(g);
	else
		add_records(g);
}

static bool fits_whole(struct grid *g, struct arena *a)
{
	measure_cells(g, a);
	for (size_t c = 0; c < g->t->column_count; c++)
		g->widths[c] = MAX(g->content[c], report_word_width(label(g, c)));
	return total(g) <= g->width;
}

void report_add_grid(const struct report_table *t, const struct report_reader *to,
    const char *format, size_t width, bool colour, struct str *out)
{
	AUTO_ARENA struct arena arena = {0};
	AUTO_STR struct str said = {0};
	struct report_table read, whole, less = {0};
	size_t rows = report_rows(t);
	struct grid g = {.t = &whole, .to = to, .width = width, .colour = colour, .out = out};

	g.rows = MIN(rows, (size_t)REPORT_GRID_ROWS);
	read_table(t, to, g.rows, &arena, &read);
	narrow(&read, &arena, &whole, NULL, NULL);
	if (!fits_whole(&g, &arena)) {
		narrow(&whole, &arena, &less, &said, spoken(to, ": ", &arena));
		g.t = less.column_count ? &less : &whole;
	}
	if (said.len && g.t == &less)
		report_add_hanging(out, str_view(&said), 0, width);
	add_table(&g, &arena);
	if (rows == 0)
		str_addf(out, "(%s)\n", spoken(to, "no rows", &arena));
	if (rows > g.rows)
		add_elision(&g, rows - g.rows, format);
	vec_clear(&read.cells);
	vec_clear(&whole.cells);
	vec_clear(&less.cells);
}
