#include "link/train_inside.h"

void link_counter_open(struct link_counter *c, const struct link_model *m,
    const struct link_train *t)
{
	size_t n = (size_t)MAX(t->threads, 1);

	*c = (struct link_counter){.model = m, .train = t};
	c->comparers = mem_zalloc(n, sizeof(*c->comparers));
	c->patterns = mem_zalloc(n, sizeof(*c->patterns));
	for (size_t i = 0; i < n; i++)
		link_comparer_init(
		    &c->comparers[i], t->records, m->comparison, m->comparisons);
}

void link_counter_close(struct link_counter *c, struct link_histogram *ret)
{
	size_t n = (size_t)MAX(c->train->threads, 1);

	for (size_t i = 0; i < n; i++) {
		link_histogram_merge(ret, &c->patterns[i]);
		link_histogram_clear(&c->patterns[i]);
		link_comparer_clear(&c->comparers[i]);
	}
	link_histogram_sort(ret);
	free(c->comparers);
	free(c->patterns);
}
