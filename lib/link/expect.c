#include "link/expect.h"

#include <math.h>

enum { HIGHEST_BITS = 25 };

int64_t link_self_weight(const struct link_model *m, const uint32_t *row)
{
	int64_t sum = m->prior;

	for (size_t c = 0; c < m->comparisons; c++) {
		uint32_t value = row[m->comparison[c].field];

		if (value && !link_is_told(&m->comparison[c], row, row))
			sum += m->weights[c].level[1] + link_frequency_term(m, c, 1, value);
	}
	return sum;
}

static void count_unlinkable(
    const struct link_job *job, struct link_expectation *steps, size_t n)
{
	for (size_t i = 0; i < job->records->count; i++) {
		int64_t self = link_self_weight(&job->model, link_row(job->records, i));

		for (size_t s = n; s-- > 0 && steps[s].threshold > self;)
			steps[s].unlinkable++;
	}
	for (size_t s = 0; s < n; s++)
		steps[s].unlinkable /= (double)job->records->count;
}

size_t link_expect(const struct link_job *job, struct link_expectation ret[LINK_EXPECT_STEPS])
{
	int64_t bits = (int64_t)ceil((double)job->review / LINK_BIT);
	const struct link_edges *e = &job->edges;
	double sum = 0;
	size_t n = 0;
	size_t i = 0;

	for (; bits <= HIGHEST_BITS && n < LINK_EXPECT_STEPS; bits++)
		ret[n++] = (struct link_expectation){.threshold = bits * LINK_BIT};
	for (size_t s = n; s-- > 0;) {
		for (; i < e->list.len && e->list.ptr[i].weight >= ret[s].threshold; i++)
			sum += link_probability(e->list.ptr[i].weight);
		ret[s].pairs = i;
		ret[s].precision = i ? sum / (double)i : 1;
		ret[s].found = sum;
	}
	for (size_t s = 0; s < n; s++)
		ret[s].found /= sum > 0 ? sum : 1;
	count_unlinkable(job, ret, n);
	return n;
}
