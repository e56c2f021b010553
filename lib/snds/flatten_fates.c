/* What became of the rows of the months of DCIR, whichever way they were written. */
#include "snds/flatten_plan.h"

static const char orphan[] = "no_reimbursement";

static bool is_same(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

void dcir_add_fate(dcir_fates *fates, const char *table, const char *filter, int64_t rows)
{
	size_t i = 0;

	if (!rows)
		return;
	while (i < fates->len && (!is_same(fates->ptr[i].table, table) ||
				     !is_same(fates->ptr[i].filter, filter)))
		i++;
	if (i == fates->len)
		*vec_push(fates) = (struct dcir_fate){
		    .table = table, .filter = filter ? mem_strdup(filter) : NULL};
	fates->ptr[i].rows += rows;
}

void dcir_fates_clear(dcir_fates *fates)
{
	for (size_t i = 0; i < fates->len; i++)
		free(fates->ptr[i].filter);
	vec_clear(fates);
}

/* Rows by the code of their filter; one more counts those without a row of ER_PRS_F. */
static void add_counts(const struct month_plan *p, const char *table, const int64_t *counts,
    dcir_fates *ret)
{
	size_t filters = value_set_count(&p->filters);

	dcir_add_fate(ret, table, NULL, counts[0]);
	for (size_t i = 1; i <= filters; i++) {
		AUTO_FREE char *name =
		    str_format("%.*s", VIEW_ARG(p->filters.texts.ptr[i - 1]));

		dcir_add_fate(ret, table, name, counts[i]);
	}
	dcir_add_fate(ret, table, orphan, counts[filters + 1]);
}

void plan_count(const struct month_plan *p, dcir_fates *ret)
{
	size_t orphans = value_set_count(&p->filters) + 1;
	int64_t *counts = mem_zalloc(orphans + 1, sizeof(*counts));

	for (size_t row = 0; row < p->rows.count; row++)
		counts[p->filter[row]]++;
	add_counts(p, p->d->tables.ptr[0].table->name, counts, ret);
	for (size_t i = 0; i < p->child_count; i++) {
		const struct plan_child *c = &p->children[i];

		memset(counts, 0, (orphans + 1) * sizeof(*counts));
		for (size_t row = 0; row < c->rows.count; row++)
			counts[c->of[row] == FLAT_NONE ? orphans : p->filter[c->of[row]]]++;
		add_counts(p, p->d->tables.ptr[i + 1].table->name, counts, ret);
	}
	free(counts);
}
