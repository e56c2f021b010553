/*
 * Two rings of sectors about a centre with the stars. Angles run clockwise from the top; a
 * sector is a path of two arcs. Legend beside it: labels on narrow sectors can not be read.
 */
#include "guard/quantum_report.h"

#include <math.h>
#include <string.h>

enum {
	SIDE = 320,
	INNER = 62,
	MIDDLE = 104,
	OUTER = 152,
	LINE = 17, /* of the legend */
};

static const double WEAKEST = 0.1;

struct sector {
	const char *name;
	double points, max;
	int series; /* of colours: its category */
};

struct ring {
	struct sector sectors[32];
	size_t count;
};

/* Metrics that share a category or dimension stand one after the other. */
static void make_ring(struct ring *ret, const struct quantum_label *q, bool by_category)
{
	const char *category = "";
	int series = 0;

	for (size_t i = 0; i < q->metrics.len; i++) {
		const struct quantum_metric *m = &q->metrics.ptr[i];
		const char *name = by_category ? m->category : m->dimension;
		struct sector *s = ret->count ? &ret->sectors[ret->count - 1] : NULL;

		series += strcmp(category, m->category) != 0;
		category = m->category;
		if (!s || strcmp(s->name, name) != 0) {
			s = &ret->sectors[ret->count++];
			*s = (struct sector){.name = name, .series = series};
		}
		s->points += quantum_points(q, m);
		s->max += quantum_points_max(q, m);
	}
}

static double strength(const struct sector *s)
{
	return fmax(s->points / s->max, WEAKEST);
}

static void add_point(struct str *out, double radius, double turn)
{
	double angle = 2 * M_PI * turn;

	str_addf(out, "%.2f %.2f", SIDE / 2.0 + radius * sin(angle),
	    SIDE / 2.0 - radius * cos(angle));
}

/* From turn `from` to `to`, of 0..1. */
static void add_sector(struct str *out, const struct sector *s, double from, double to,
    int inside, int outside)
{
	int large = to - from > 0.5;

	str_addf(out, "<path class=\"sector fill-%d\" fill-opacity=\"%.2f\" d=\"M", s->series,
	    strength(s));
	add_point(out, outside, from);
	str_addf(out, "A%d %d 0 %d 1 ", outside, outside, large);
	add_point(out, outside, to);
	str_addz(out, "L");
	add_point(out, inside, to);
	str_addf(out, "A%d %d 0 %d 0 ", inside, inside, large);
	add_point(out, inside, from);
	str_addf(out, "Z\"><title>%s: %.1f of %.1f points</title></path>\n", s->name, s->points,
	    s->max);
}

static void add_ring(struct str *out, const struct ring *r, int inside, int outside)
{
	double turn = 0;

	for (size_t i = 0; i < r->count; i++) {
		double next = turn + r->sectors[i].max / 100;

		add_sector(out, &r->sectors[i], turn, fmin(next, 1), inside, outside);
		turn = next;
	}
}

static void add_centre(struct str *out, const struct quantum_label *q)
{
	double score = quantum_score(q);
	int stars = quantum_stars(score);

	str_addz(out, "<text class=\"big\" text-anchor=\"middle\" ");
	str_addf(out, "x=\"%d\" y=\"%d\">%.0f %%</text>\n", SIDE / 2, SIDE / 2 + 2, score);
	str_addf(out, "<text class=\"stars\" x=\"%d\" y=\"%d\" text-anchor=\"middle\">", SIDE / 2,
	    SIDE / 2 + 24);
	for (int i = 0; i < 5; i++)
		str_addz(out, i < stars ? "★" : "☆");
	str_addz(out, "</text>\n");
}

static void add_line(struct str *out, const struct sector *s, int y, bool is_category)
{
	const char *class = is_category ? "strong" : "plain";
	int x = SIDE + (is_category ? 16 : 30);

	str_addf(out, "<rect class=\"fill-%d\" fill-opacity=\"%.2f\" x=\"%d\" y=\"%d\" ",
	    s->series, is_category ? 1 : strength(s), x, y - 9);
	str_addz(out, "width=\"9\" height=\"9\"/>\n");
	str_addf(out, "<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>\n", class, x + 15, y,
	    s->name);
	str_addf(out, "<text class=\"%s\" x=\"%d\" y=\"%d\" text-anchor=\"end\">", class,
	    2 * SIDE - 2, y);
	str_addf(out, "%.1f of %.1f</text>\n", s->points, s->max);
}

static void add_legend(struct str *out, const struct ring *categories,
    const struct ring *dimensions)
{
	int y = 24;
	size_t d = 0;

	for (size_t i = 0; i < categories->count; i++) {
		const struct sector *c = &categories->sectors[i];

		add_line(out, c, y, true);
		y += LINE;
		for (; d < dimensions->count && dimensions->sectors[d].series == c->series; d++) {
			add_line(out, &dimensions->sectors[d], y, false);
			y += LINE;
		}
		y += 5;
	}
}

void quantum_draw(const struct quantum_label *q, struct str *out)
{
	struct ring categories = {0}, dimensions = {0};

	make_ring(&categories, q, true);
	make_ring(&dimensions, q, false);
	str_addf(out, "<svg viewBox=\"0 0 %d %d\" class=\"label\">\n", 2 * SIDE, SIDE);
	add_ring(out, &categories, INNER, MIDDLE - 2);
	add_ring(out, &dimensions, MIDDLE, OUTER);
	add_centre(out, q);
	add_legend(out, &categories, &dimensions);
	str_addz(out, "</svg>");
}
