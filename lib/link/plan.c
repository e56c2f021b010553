#include "link/plan.h"

#include "link/value_tests.h"

static bool is_date_test(const struct link_level *l)
{
	return l->test == LINK_TEST_DATE_SWAP || l->test == LINK_TEST_DATE_UNKNOWN ||
	       l->test == LINK_TEST_DATE_PARTS || l->test == LINK_TEST_DATE_YEARS ||
	       (l->test == LINK_TEST_OSA && l->argument == 1) || l->test == LINK_TEST_ELSE;
}

static void plan_level(struct link_plan *p, const struct link_level *l, double *least)
{
	switch (l->test) {
	case LINK_TEST_TOKENS: p->tokens = true; break;
	case LINK_TEST_JARO_WINKLER:
		p->jaro = true;
		*least = MIN(*least, l->argument);
		break;
	case LINK_TEST_OSA: p->edits = MAX(p->edits, (int)l->argument); break;
	case LINK_TEST_PREFIX:
	case LINK_TEST_LOCAL: p->prefix = true; break;
	case LINK_TEST_SHARED:
	case LINK_TEST_DATE_SWAP:
	case LINK_TEST_DATE_UNKNOWN:
	case LINK_TEST_DATE_PARTS:
	case LINK_TEST_DATE_YEARS: p->other = true; break;
	case LINK_TEST_EXACT:
	case LINK_TEST_ALTERNATE:
	case LINK_TEST_CROSS:
	case LINK_TEST_ELSE:
	case LINK_TESTS: break;
	}
}

static void plan_years(struct link_plan *p, const struct link_level *l, double *fewest)
{
	if (l->test == LINK_TEST_DATE_YEARS)
		p->years = MAX(p->years, (int)l->argument);
	if (l->test == LINK_TEST_DATE_PARTS)
		*fewest = MIN(*fewest, l->argument);
}

void link_plan_make(struct link_plan *p, const struct link_comparison *cmp)
{
	double least = 1;
	double fewest = 3;

	*p = (struct link_plan){.only_same = cmp->levels == 2, .dates = true};
	for (size_t l = 2; l <= cmp->levels; l++) {
		p->dates = p->dates && is_date_test(&cmp->level[l]);
		plan_years(p, &cmp->level[l], &fewest);
		plan_level(p, &cmp->level[l], &least);
	}
	if (fewest < 2 || p->years < 9)
		p->years = 0;
	if (p->jaro)
		link_jaro_needs_make(&p->needs, least);
}

/* Whether two dates of eight digits differ by one digit or by a swap of neighbours. */
static bool one_edit(const struct link_packed *a, const struct link_packed *b)
{
	uint64_t x, y, differ;
	int low, high;

	memcpy(&x, a->text, sizeof(x));
	memcpy(&y, b->text, sizeof(y));
	differ = x ^ y;
	low = __builtin_ctzll(differ) / 8;
	high = 7 - __builtin_clzll(differ) / 8;
	if (low == high)
		return true;
	return high == low + 1 && a->text[low] == b->text[high] && a->text[high] == b->text[low];
}

static unsigned date_level(const struct link_comparison *cmp, const struct link_dictionary *d,
    uint32_t a, uint32_t b)
{
	const struct link_sketch *x = &d->sketch.ptr[a];
	const struct link_sketch *y = &d->sketch.ptr[b];

	for (unsigned l = 2; l < cmp->levels; l++)
		if (cmp->level[l].test == LINK_TEST_OSA
			? one_edit(&d->packed.ptr[a], &d->packed.ptr[b])
			: link_date_test(&cmp->level[l], x, y))
			return l;
	return (unsigned)cmp->levels;
}

unsigned link_plan_level(const struct link_plan *p, const struct link_comparison *cmp,
    const struct link_dictionary *d, uint32_t a, uint32_t b)
{
	const struct link_sketch *x = &d->sketch.ptr[a];
	const struct link_sketch *y = &d->sketch.ptr[b];

	if (link_is_last(p, x, y))
		return (unsigned)cmp->levels;
	return p->dates && x->len == 8 && y->len == 8 ? date_level(cmp, d, a, b) : 0;
}
