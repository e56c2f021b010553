/* u, and which comparisons tell the same, from random pairs. */
#include "link/train_inside.h"

#include "base/rng.h"
#include "base/threads.h"

enum {
	RANDOM_PAIRS = LINK_RANDOM_PAIRS,
	RANDOM_TASKS = 64,
	RANDOM_AHEAD = 16, /* pairs that are fetched before they are compared */
};

static const double ASSUMED_PAIRS = 1000;
static const double U_LEAST = 1e-7; /* a level that no random pair has */
/* two fields tell the same: so many random pairs, this share of those that agree on one, and
 * so many times more than by chance; fields as frequent as COMMON tell too little to matter */
static const double TOLD_PAIRS = 30;
static const double TOLD_SHARE = 0.3;
static const double TOLD_LIFT = 5;
static const double COMMON = 0.2;

struct drawn {
	uint32_t a, b;
};

static struct drawn draw(const struct link_counter *c, uint64_t number)
{
	const struct link_records *r = c->train->records;
	bool across = c->train->type == LINK_LINK_ONLY;
	struct rng rng = rng_at(1, 0, number);
	struct drawn d = {.a = rng_below(&rng, (uint32_t)(across ? r->left : r->count))};

	d.b = across ? (uint32_t)r->left + rng_below(&rng, (uint32_t)(r->count - r->left))
	             : rng_below(&rng, (uint32_t)r->count);
	__builtin_prefetch(link_row(r, d.a));
	__builtin_prefetch(link_row(r, d.b));
	return d;
}

static int random_pairs(void *ctx, size_t item, int worker, struct err *err)
{
	struct link_counter *c = ctx;
	const struct link_records *r = c->train->records;
	uint64_t first = item * (RANDOM_PAIRS / RANDOM_TASKS);
	struct drawn ahead[RANDOM_AHEAD];

	(void)err; /* comparing cannot fail */
	for (uint64_t i = 0; i < RANDOM_PAIRS / RANDOM_TASKS + RANDOM_AHEAD; i++) {
		struct drawn *d = &ahead[i % RANDOM_AHEAD];

		if (i >= RANDOM_AHEAD && d->a != d->b)
			link_histogram_add(&c->patterns[worker],
			    link_pattern(&c->comparers[worker], c->model->comparison,
				c->model->comparisons, link_row(r, d->a), link_row(r, d->b)),
			    1);
		*d = draw(c, first + i); /* those behind the end are not looked at */
	}
	return 0;
}

void link_estimate_u(
    struct link_model *m, const struct link_histogram *h, double scale, bool weighted)
{
	for (size_t c = 0; c < m->comparisons; c++) {
		double count[LINK_LEVELS_MAX] = {0};
		double sum = 0;

		for (size_t i = 0; i < h->used; i++) {
			double weight = (double)h->bins[i].count;

			if (weighted)
				weight *= 1 - link_probability(
						  link_model_weight(m, h->bins[i].pattern));
			count[link_pattern_level(h->bins[i].pattern, c)] += weight;
		}
		for (size_t l = 1; l <= m->comparison[c].levels; l++)
			sum += count[l];
		for (size_t l = 1; l <= m->comparison[c].levels; l++)
			m->u[c][l] = MAX((count[l] * scale +
					     ASSUMED_PAIRS * m->comparison[c].level[l].u) /
					     (sum * scale + ASSUMED_PAIRS),
			    U_LEAST);
	}
}

/* Random pairs that agree on nothing but maybe x and y, by whether they agree on those. */
struct both {
	double x, y, both;
};

static bool agrees_elsewhere(const struct link_model *m, uint64_t pattern, size_t x, size_t y)
{
	for (size_t c = 0; c < m->comparisons; c++)
		if (c != x && c != y && m->u[c][1] < COMMON &&
		    link_pattern_level(pattern, c) == 1)
			return true;
	return false;
}

static struct both count_both(
    const struct link_model *m, const struct link_histogram *h, size_t x, size_t y)
{
	struct both n = {0, 0, 0};

	for (size_t i = 0; i < h->used; i++) {
		uint64_t pattern = h->bins[i].pattern;
		unsigned lx = link_pattern_level(pattern, x);
		unsigned ly = link_pattern_level(pattern, y);

		if (!lx || !ly || (lx > 1 && ly > 1) || agrees_elsewhere(m, pattern, x, y))
			continue;
		n.x += lx == 1 ? (double)h->bins[i].count : 0;
		n.y += ly == 1 ? (double)h->bins[i].count : 0;
		n.both += lx == 1 && ly == 1 ? (double)h->bins[i].count : 0;
	}
	return n;
}

static bool is_of_place(const struct link_records *r, const struct link_comparison *c)
{
	enum link_kind kind = r->field[c->field].kind;

	return kind == LINK_PLACE || kind == LINK_POSTCODE || kind == LINK_ADDRESS ||
	       kind == LINK_CATEGORY;
}

/*
 * Comparisons that tell the same of strangers are not two testimonies: the
 * more frequent of the two counts only where the other differs.
 */
static void find_told(
    struct link_model *m, const struct link_records *r, const struct link_histogram *h)
{
	for (size_t x = 0; x < m->comparisons; x++)
		for (size_t y = 0; y < m->comparisons; y++) {
			struct both n;

			if (!is_of_place(r, &m->comparison[x]) ||
			    !is_of_place(r, &m->comparison[y]))
				continue;
			if (x == y || m->u[x][1] > m->u[y][1] || m->u[y][1] > COMMON ||
			    m->comparison[x].told_by >= 0 || m->comparison[y].told_by >= 0)
				continue;
			n = count_both(m, h, x, y);
			if (n.both >= TOLD_PAIRS && n.both >= TOLD_SHARE * MIN(n.x, n.y) &&
			    n.both >= TOLD_LIFT * MIN(n.x, n.y) * m->u[y][1])
				m->comparison[y].told_by = (int)m->comparison[x].field;
		}
}

static int count_random(struct link_model *m, const struct link_train *t,
    struct link_histogram *ret, struct err *err)
{
	struct link_counter c;
	int rc;

	link_histogram_clear(ret);
	link_counter_open(&c, m, t);
	rc = threads_for(t->threads, RANDOM_TASKS, random_pairs, &c, err);
	link_counter_close(&c, ret);
	return rc;
}

int link_train_u(struct link_model *m, const struct link_train *t, double scale,
    struct link_histogram *random, struct err *err)
{
	if (count_random(m, t, random, err) < 0)
		return -1;
	link_estimate_u(m, random, scale, false);
	find_told(m, t->records, random);
	for (size_t c = 0; c < m->comparisons; c++)
		if (m->comparison[c].told_by >= 0) {
			if (count_random(m, t, random, err) < 0)
				return -1;
			link_estimate_u(m, random, scale, false);
			break;
		}
	return 0;
}
