#include "link/model.h"

#include <math.h>

void link_model_init(struct link_model *m, const struct link_records *r)
{
	*m = (struct link_model){0};
	m->comparisons = link_comparisons_make(r, m->comparison);
	for (size_t c = 0; c < m->comparisons; c++) {
		double sum = 0;

		for (size_t l = 1; l <= m->comparison[c].levels; l++)
			sum += m->comparison[c].level[l].m;
		for (size_t l = 1; l <= m->comparison[c].levels; l++)
			m->m[c][l] = m->comparison[c].level[l].m / sum;
	}
}

void link_model_clear(struct link_model *m)
{
	for (size_t c = 0; c < m->comparisons; c++)
		free(m->weights[c].frequency);
	*m = (struct link_model){0};
}

static int32_t millionths(double bits)
{
	return (int32_t)lround(bits * LINK_BIT);
}

static const double ASSUMED_RECORDS = 200;

/*
 * log2(u of equal values) - log2(share of this value), as Splink adds it. The
 * share is that among the records and ASSUMED_RECORDS more with an average one:
 * a value seen twice in ten records is not frequent for that.
 */
static void weigh_values(struct link_model *m, size_t c, const struct link_records *r)
{
	size_t f = m->comparison[c].field;
	size_t n = link_dictionary_size(link_values(r, f));
	int32_t *term = m->weights[c].frequency;

	if (!term)
		term = m->weights[c].frequency = mem_alloc(n * sizeof(*term));
	term[0] = 0;
	for (size_t v = 1; v < n; v++) {
		double share = ((double)MAX(r->value_count[f][v], (uint32_t)1) +
				   ASSUMED_RECORDS * m->u[c][1]) /
		               ((double)r->known[f] + ASSUMED_RECORDS);

		term[v] = millionths(log2(m->u[c][1]) - log2(share));
	}
}

void link_model_weigh(struct link_model *m, const struct link_records *r)
{
	m->prior = millionths(log2(m->lambda / (1 - m->lambda)));
	for (size_t c = 0; c < m->comparisons; c++) {
		struct link_weights *w = &m->weights[c];

		w->most_unequal = INT32_MIN;
		for (size_t l = 1; l <= m->comparison[c].levels; l++) {
			w->level[l] = millionths(log2(m->m[c][l] / m->u[c][l]));
			if (l > 1)
				w->most_unequal = MAX(w->most_unequal, w->level[l]);
		}
		weigh_values(m, c, r);
	}
}

int64_t link_model_weight(const struct link_model *m, uint64_t pattern)
{
	int64_t sum = m->prior;

	for (size_t c = 0; c < m->comparisons; c++)
		sum += m->weights[c].level[link_pattern_level(pattern, c)];
	return sum;
}

int64_t link_model_pair(const struct link_model *m, struct link_comparer *c, const uint32_t *a,
    const uint32_t *b)
{
	int64_t sum = m->prior;

	for (size_t i = 0; i < m->comparisons; i++) {
		unsigned level = link_compare_rows(c, &m->comparison[i], i, a, b);

		sum += m->weights[i].level[level] +
		       link_frequency_term(m, i, level, a[m->comparison[i].field]);
	}
	return sum;
}

double link_probability(int64_t weight)
{
	return 1 / (1 + exp2(-(double)weight / LINK_BIT));
}
