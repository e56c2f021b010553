#include "link/compare.h"

#include "base/embed.h"
#include "io/csv.h"
#include "link/plan.h"
#include "link/value_tests.h"

static const char *const tests[LINK_TESTS] = {
    [LINK_TEST_EXACT] = "exact",
    [LINK_TEST_ALTERNATE] = "alternate",
    [LINK_TEST_CROSS] = "cross",
    [LINK_TEST_TOKENS] = "tokens",
    [LINK_TEST_SHARED] = "shared",
    [LINK_TEST_JARO_WINKLER] = "jaro_winkler",
    [LINK_TEST_OSA] = "osa",
    [LINK_TEST_PREFIX] = "prefix",
    [LINK_TEST_LOCAL] = "local",
    [LINK_TEST_DATE_SWAP] = "date_swap",
    [LINK_TEST_DATE_UNKNOWN] = "date_unknown",
    [LINK_TEST_DATE_PARTS] = "date_parts",
    [LINK_TEST_DATE_YEARS] = "date_years",
    [LINK_TEST_ELSE] = "else",
};

const char *link_test_name(enum link_test test)
{
	return tests[test];
}

enum link_test link_test_of(struct view name)
{
	for (int t = 0; t < LINK_TESTS; t++)
		if (view_eq(name, VIEW(tests[t])))
			return (enum link_test)t;
	return LINK_TESTS;
}

static int field_of_kind(const struct link_records *r, enum link_kind kind)
{
	for (size_t f = 0; f < r->fields; f++)
		if (r->field[f].kind == kind)
			return (int)f;
	return -1;
}

static void add_level(struct link_comparison *c, const struct csv_reader *row)
{
	struct view label = csv_field(row, 3);
	struct link_level *l;
	double argument = 0, m = 0, u = 0;

	if (!view_to_double(csv_field(row, 2), &argument) ||
	    !view_to_double(csv_field(row, 4), &m) || !view_to_double(csv_field(row, 5), &u))
		abort(); /* a defect of the build */
	if (!c->levels)
		c->levels = 1;
	l = &c->level[c->levels++];
	*l = (struct link_level){
	    .test = link_test_of(csv_field(row, 1)), .argument = argument, .m = m, .u = u};
	memcpy(l->label, label.ptr, MIN(label.len, sizeof(l->label) - 1));
}

static void fill_levels(struct link_comparison *c, enum link_kind kind)
{
	AUTO_CSV struct csv_reader *row =
	    csv_open_view("levels.csv", embed_find("link/data/levels.csv"), ',');
	struct err err = {0};

	while (csv_next(row, &err) > 0) {
		enum link_test test = link_test_of(csv_field(row, 1));

		if (!view_eq(csv_field(row, 0), VIEW(link_kind_name(kind))) ||
		    (test == LINK_TEST_ALTERNATE && c->alternate < 0) ||
		    (test == LINK_TEST_CROSS && c->cross < 0))
			continue;
		add_level(c, row);
	}
	c->levels--;
}

size_t link_comparisons_make(
    const struct link_records *r, struct link_comparison ret[LINK_COMPARISONS_MAX])
{
	size_t n = 0;

	for (size_t f = 0; f < r->fields && n < LINK_COMPARISONS_MAX; f++) {
		enum link_kind kind = r->field[f].kind;
		struct link_comparison *c = &ret[n];

		if (r->known[f] == 0)
			continue;
		*c = (struct link_comparison){
		    .field = f, .alternate = -1, .cross = -1, .told_by = -1};
		if (kind == LINK_SURNAME) {
			c->alternate = field_of_kind(r, LINK_USED);
			c->cross = field_of_kind(r, LINK_GIVEN);
		}
		if (kind == LINK_GIVEN)
			c->cross = field_of_kind(r, LINK_SURNAME);
		fill_levels(c, kind);
		n++;
	}
	return n;
}

void link_comparer_init(struct link_comparer *c, const struct link_records *r,
    const struct link_comparison *cmp, size_t comparisons)
{
	*c = (struct link_comparer){.records = r, .kernels = link_kernels_best()};
	c->plan = mem_zalloc(comparisons, sizeof(*c->plan));
	for (size_t i = 0; i < comparisons; i++) {
		c->memo[i] = mem_zalloc(LINK_MEMO_SIZE, sizeof(*c->memo[i]));
		link_plan_make(&c->plan[i], &cmp[i]);
	}
}

void link_comparer_clear(struct link_comparer *c)
{
	for (size_t i = 0; i < LINK_COMPARISONS_MAX; i++)
		free(c->memo[i]);
	free(c->plan);
	*c = (struct link_comparer){0};
}

unsigned link_compare_values(const struct link_comparer *c, const struct link_comparison *cmp,
    uint32_t a, uint32_t b)
{
	struct link_pair_of_values v = link_pair_of(link_values(c->records, cmp->field), a, b);

	for (unsigned l = 1; l < cmp->levels; l++)
		if (link_value_test(c->kernels, &cmp->level[l], &v))
			return l;
	return (unsigned)cmp->levels;
}

static unsigned remember(struct link_comparer *c, const struct link_comparison *cmp, size_t index,
    uint32_t a, uint32_t b)
{
	uint64_t key = (uint64_t)MIN(a, b) << 32 | MAX(a, b);
	struct link_memo *m =
	    &c->memo[index][key * UINT64_C(0x9E3779B97F4A7C15) >> 51 & (LINK_MEMO_SIZE - 1)];

	if (m->key != key) {
		m->level = link_compare_values(c, cmp, a, b);
		m->key = key;
	}
	return m->level;
}

/* The level of a test on other fields of the two rows, or 0. */
static unsigned across(const struct link_comparison *cmp, const uint32_t *a, const uint32_t *b)
{
	for (unsigned l = 2; l <= 3 && l < cmp->levels; l++) {
		int other = cmp->level[l].test == LINK_TEST_ALTERNATE ? cmp->alternate
		            : cmp->level[l].test == LINK_TEST_CROSS   ? cmp->cross
		                                                      : -1;

		if (other >= 0 && (a[cmp->field] == b[other] || b[cmp->field] == a[other]))
			return l;
	}
	return 0;
}

unsigned link_compare_rows(struct link_comparer *c, const struct link_comparison *cmp,
    size_t index, const uint32_t *a, const uint32_t *b)
{
	uint32_t va = a[cmp->field];
	uint32_t vb = b[cmp->field];
	unsigned level;

	if (!va || !vb || link_is_told(cmp, a, b))
		return 0;
	if (va == vb)
		return 1;
	level = cmp->cross >= 0 || cmp->alternate >= 0 ? across(cmp, a, b) : 0;
	if (!level)
		level = link_plan_level(
		    &c->plan[index], cmp, link_values(c->records, cmp->field), va, vb);
	return level ? level : remember(c, cmp, index, va, vb);
}

uint64_t link_pattern(struct link_comparer *c, const struct link_comparison *cmp, size_t count,
    const uint32_t *a, const uint32_t *b)
{
	uint64_t pattern = 0;

	for (size_t i = 0; i < count; i++)
		pattern |= (uint64_t)link_compare_rows(c, &cmp[i], i, a, b) << (4 * i);
	return pattern;
}
