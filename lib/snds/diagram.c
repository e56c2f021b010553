/*
 * Tables by product. In a product, a table hangs below the one it points at
 * with the most columns, when more point at that one than at itself: so each
 * product shows its hubs (ER_PRS_F, T_MCOaaB) with the tables around them.
 * Links to another product are dots, one colour a target.
 *
 *   +----------------------------------------------------+
 *   | MCO                                                |
 *   | [hub]--+------------+------------+                 |
 *   |        |  [child]   |  [child]   |                 |
 *   +----------------------------------------------------+
 */
#include "report/html.h"
#include "snds/dictionary.h"

enum {
	WIDTH = 1000,
	PER_ROW = 5,
	BOX_WIDTH = 172,
	BOX_HEIGHT = 36,
	STEP_X = 192,
	STEP_Y = 56,
	MARGIN = 24,
	HEAD = 34,      /* the product's name */
	DOTS_MAX = 6,   /* colours */
	LABEL_MAX = 28, /* characters in a box */
};

struct node {
	size_t parent; /* SIZE_MAX: none */
	size_t score;  /* columns of the product that point here */
	size_t children;
};

struct drawing {
	const struct snds_schema *s;
	struct str *out;
	enum snds_lang lang;
	struct node *nodes;
	size_t targets[DOTS_MAX];
	size_t target_count;
	int y;
};

static bool same_product(const struct snds_schema *s, size_t a, size_t b)
{
	return strcmp(s->tables.ptr[a].product, s->tables.ptr[b].product) == 0;
}

static void score(struct drawing *d)
{
	for (size_t i = 0; i < d->s->links.len; i++) {
		const struct snds_link *l = &d->s->links.ptr[i];

		if (l->table != l->target && same_product(d->s, l->table, l->target))
			d->nodes[l->target].score += l->count;
	}
}

static void choose_parents(struct drawing *d)
{
	size_t *most = mem_zalloc(d->s->tables.len, sizeof(*most));

	for (size_t i = 0; i < d->s->links.len; i++) {
		const struct snds_link *l = &d->s->links.ptr[i];

		if (!same_product(d->s, l->table, l->target) || l->count <= most[l->table] ||
		    d->nodes[l->target].score <= d->nodes[l->table].score)
			continue;
		most[l->table] = l->count;
		d->nodes[l->table].parent = l->target;
	}
	for (size_t i = 0; i < d->s->tables.len; i++)
		if (d->nodes[i].parent != SIZE_MAX)
			d->nodes[d->nodes[i].parent].children++;
	free(most);
}

/* Most pointed at first: they take the colours. */
static void choose_targets(struct drawing *d)
{
	size_t *pointed = mem_zalloc(d->s->tables.len, sizeof(*pointed));

	for (size_t i = 0; i < d->s->links.len; i++)
		if (!same_product(d->s, d->s->links.ptr[i].table, d->s->links.ptr[i].target))
			pointed[d->s->links.ptr[i].target]++;
	while (d->target_count < DOTS_MAX) {
		size_t best = 0;

		for (size_t i = 1; i < d->s->tables.len; i++)
			if (pointed[i] > pointed[best])
				best = i;
		if (d->s->tables.len == 0 || pointed[best] == 0)
			break;
		pointed[best] = 0;
		d->targets[d->target_count++] = best;
	}
	free(pointed);
}

static void add_text(struct drawing *d, int x, int y, const char *class, struct view text)
{
	AUTO_FREE char *copy = str_format("%.*s", VIEW_ARG(text));

	str_addf(d->out, "<text x=\"%d\" y=\"%d\" class=\"%s\">", x, y, class);
	report_add_html(d->out, copy);
	str_addz(d->out, "</text>\n");
}

/* At most LABEL_MAX characters, cut between two of them. */
static void cut(const char *text, struct str *out)
{
	size_t len = 0, characters = 0;

	while (text[len] && characters < LABEL_MAX) {
		len++;
		while (((unsigned char)text[len] & 0xC0) == 0x80)
			len++;
		characters++;
	}
	str_add(out, (struct view){text, len});
	str_addz(out, text[len] ? "…" : "");
}

static void add_dot(struct drawing *d, int x, int y, size_t colour)
{
	str_addf(d->out, "<circle cx=\"%d\" cy=\"%d\" r=\"4\" class=\"dot-%zu\"/>\n", x, y, colour);
}

static bool points_at(const struct snds_schema *s, size_t table, size_t target)
{
	for (size_t i = 0; i < s->links.len; i++)
		if (s->links.ptr[i].table == table && s->links.ptr[i].target == target)
			return !same_product(s, table, target);
	return false;
}

static void add_dots(struct drawing *d, size_t table, int x, int y)
{
	int at = x + BOX_WIDTH - 9;

	for (size_t t = 0; t < d->target_count; t++) {
		if (!points_at(d->s, table, d->targets[t]))
			continue;
		add_dot(d, at, y + 10, t + 1);
		at -= 10;
	}
}

static void add_box(struct drawing *d, size_t table, int x, int y)
{
	const struct snds_schema_table *t = &d->s->tables.ptr[table];
	const char *label = snds_label_text(&t->label, d->lang);
	AUTO_STR struct str shown = {0};

	cut(label, &shown);
	str_addz(d->out, "<g>\n<title>");
	report_add_html(d->out, t->name);
	str_addz(d->out, ": ");
	report_add_html(d->out, label);
	str_addf(d->out,
	    "</title>\n<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"4\" "
	    "class=\"box%s\"/>\n",
	    x, y, BOX_WIDTH, BOX_HEIGHT, d->nodes[table].children ? " hub" : "");
	add_text(d, x + 8, y + 15, "strong", VIEW(t->name));
	add_text(d, x + 8, y + 28, "small", str_view(&shown));
	add_dots(d, table, x, y);
	str_addz(d->out, "</g>\n");
}

/* A hub on the left, its tables in rows on the right, hanging on lines. */
static void add_hub(struct drawing *d, size_t hub)
{
	int trunk = MARGIN + BOX_WIDTH + (STEP_X - BOX_WIDTH) / 2;
	int at = 0, last = d->y;

	for (size_t i = 0; i < d->s->tables.len; i++) {
		int x, y;

		if (d->nodes[i].parent != hub)
			continue;
		x = MARGIN + STEP_X * (1 + at % (PER_ROW - 1));
		y = d->y + STEP_Y * (at / (PER_ROW - 1));
		str_addf(d->out, "<path d=\"M%d %dH%dV%d\" class=\"edge\"/>\n", trunk, y - 9,
		    x + 20, y);
		add_box(d, i, x, y);
		last = y;
		at++;
	}
	str_addf(d->out, "<path d=\"M%d %dH%dM%d %dV%d\" class=\"edge\"/>\n", MARGIN + BOX_WIDTH,
	    d->y + BOX_HEIGHT / 2, trunk, trunk, MIN(d->y - 9, last - 9),
	    MAX(last - 9, d->y + BOX_HEIGHT / 2));
	add_box(d, hub, MARGIN, d->y);
	d->y = last + STEP_Y;
}

static bool in_product(const struct drawing *d, size_t table, const char *product)
{
	return strcmp(d->s->tables.ptr[table].product, product) == 0;
}

static void add_alone(struct drawing *d, const char *product)
{
	int at = 0;

	for (size_t i = 0; i < d->s->tables.len; i++) {
		if (!in_product(d, i, product) || d->nodes[i].children ||
		    d->nodes[i].parent != SIZE_MAX)
			continue;
		add_box(d, i, MARGIN + STEP_X * (at % PER_ROW), d->y + STEP_Y * (at / PER_ROW));
		at++;
	}
	d->y += STEP_Y * ((at + PER_ROW - 1) / PER_ROW);
}

static void add_product(struct drawing *d, const char *product)
{
	int top = d->y;

	add_text(d, MARGIN, top + 18, "strong", VIEW(product));
	d->y += HEAD;
	for (size_t i = 0; i < d->s->tables.len; i++)
		if (in_product(d, i, product) && d->nodes[i].children)
			add_hub(d, i);
	add_alone(d, product);
	str_addf(d->out, "<rect x=\"1\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"6\" "
			 "class=\"frame\"/>\n",
	    top, WIDTH - 2, d->y - top - 8);
	d->y += 12;
}

static void add_legend(struct drawing *d)
{
	for (size_t t = 0; t < d->target_count; t++) {
		const struct snds_schema_table *table = &d->s->tables.ptr[d->targets[t]];
		int x = MARGIN + STEP_X * (int)(t % PER_ROW);
		int y = d->y + 20 * (int)(t / PER_ROW);

		add_dot(d, x + 4, y + 10, t + 1);
		add_text(d, x + 14, y + 14, "strong", VIEW(table->name));
	}
	if (d->target_count)
		d->y += 20 * (int)((d->target_count + PER_ROW - 1) / PER_ROW) + 14;
}

static bool first_of_product(const struct snds_schema *s, size_t table)
{
	for (size_t i = 0; i < table; i++)
		if (same_product(s, i, table))
			return false;
	return true;
}

void snds_diagram(const struct snds_schema *s, enum snds_lang lang, struct str *out)
{
	AUTO_STR struct str body = {0};
	struct drawing d = {.s = s, .out = &body, .lang = lang};

	d.nodes = mem_zalloc(s->tables.len + 1, sizeof(*d.nodes));
	for (size_t i = 0; i < s->tables.len; i++)
		d.nodes[i].parent = SIZE_MAX;
	score(&d);
	choose_parents(&d);
	choose_targets(&d);
	add_legend(&d);
	for (size_t i = 0; i < s->tables.len; i++)
		if (first_of_product(s, i))
			add_product(&d, s->tables.ptr[i].product);
	str_addf(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\">\n", WIDTH,
	    d.y);
	str_add(out, str_view(&body));
	str_addz(out, "</svg>");
	free(d.nodes);
}

void snds_diagram_words(const struct snds_schema *s, struct str *out)
{
	size_t products = 0, across = 0;

	for (size_t i = 0; i < s->tables.len; i++)
		products += first_of_product(s, i);
	for (size_t i = 0; i < s->links.len; i++)
		across += !same_product(s, s->links.ptr[i].table, s->links.ptr[i].target);
	str_addf(out, "%zu tables in %zu products. Lines lead from a table to those that hang on "
		      "its key; a dot is one of %zu links to a table of another product.",
	    s->tables.len, products, across);
}
