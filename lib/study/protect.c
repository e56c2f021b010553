#include "study/protect.h"

#include "base/map.h"
#include "sdc/differencing.h"

/* Atoms: sex x age segment x segment of prior observation. */
struct atoms {
	int ages[2 * STUDY_DENOMINATORS_MAX]; /* first years of the segments */
	int priors[STUDY_DENOMINATORS_MAX];
	size_t age_count, prior_count, count;
	uint8_t *member; /* denominators x count */
};

static void add_once(int *list, size_t *count, int value)
{
	for (size_t i = 0; i < *count; i++)
		if (list[i] == value)
			return;
	list[(*count)++] = value;
}

static bool holds(const struct study_denominator *d, enum study_sex sex, int age, int prior)
{
	return (d->sex == STUDY_BOTH || d->sex == sex) && age >= d->min_age && age <= d->max_age &&
	       prior >= d->prior_days;
}

static void fill(struct atoms *x, const struct study_design *d, size_t index)
{
	uint8_t *row = &x->member[index * x->count];

	for (size_t i = 0; i < x->count; i++) {
		enum study_sex sex = i % 2 ? STUDY_FEMALE : STUDY_MALE;
		int age = x->ages[i / 2 % x->age_count];
		int prior = x->priors[i / 2 / x->age_count];

		row[i] = holds(&d->denominators.ptr[index], sex, age, prior);
	}
}

static void atoms_init(struct atoms *x, const struct study_design *d)
{
	for (size_t i = 0; i < d->denominators.len; i++) {
		const struct study_denominator *n = &d->denominators.ptr[i];

		add_once(x->ages, &x->age_count, n->min_age);
		add_once(x->ages, &x->age_count, n->max_age + 1);
		add_once(x->priors, &x->prior_count, n->prior_days);
	}
	x->count = 2 * x->age_count * x->prior_count;
	x->member = mem_zalloc(d->denominators.len * x->count, 1);
	for (size_t i = 0; i < d->denominators.len; i++)
		fill(x, d, i);
}

/* The counts of one estimate, outcome and interval: a row a denominator. */
struct group {
	struct summarised_row *rows[STUDY_DENOMINATORS_MAX];
	size_t denominator[STUDY_DENOMINATORS_MAX];
	size_t len;
};

static size_t protect_group(struct group *g, const struct atoms *x, int min_cell)
{
	int64_t value[STUDY_DENOMINATORS_MAX];
	bool hidden[STUDY_DENOMINATORS_MAX];
	bool small[STUDY_DENOMINATORS_MAX];
	uint8_t *member = mem_zalloc(g->len * x->count, 1);
	struct sdc_cells cells = {g->len, x->count, member, value, hidden};
	size_t marked;

	for (size_t i = 0; i < g->len; i++) {
		memcpy(&member[i * x->count], &x->member[g->denominator[i] * x->count], x->count);
		value[i] = 0;
		(void)view_to_i64(VIEW(g->rows[i]->estimate_value), &value[i]); /* ours: a count */
		small[i] = hidden[i] = value[i] > 0 && value[i] < min_cell;
	}
	marked = sdc_hide_differences(&cells, min_cell);
	for (size_t i = 0; i < g->len; i++)
		if (hidden[i] && !small[i])
			g->rows[i]->hidden = SUMMARISED_LINKED;
	free(member);
	return marked;
}

/* Results of a denominator; the ids behind them are of attrition. */
static bool is_count(const struct summarised_row *r, const struct study_design *d)
{
	return (size_t)r->result_id <= d->denominators.len && strstr(r->estimate_name, "_count");
}

static struct view key_of(const struct summarised_row *r, struct str *buf)
{
	const char *outcome = strstr(r->group_level, " &&& ");

	str_reset(buf);
	str_addf(buf, "%s\x1f%s\x1f%s", r->estimate_name, outcome ? outcome : "",
	    r->additional_level);
	return str_view(buf);
}

static void collect(struct group *groups, struct map *index, struct summarised *s,
    const struct study_design *d)
{
	AUTO_STR struct str key = {0};

	for (size_t i = 0; i < s->rows.len; i++) {
		struct summarised_row *r = &s->rows.ptr[i];
		struct group *g;

		if (!is_count(r, d))
			continue;
		g = &groups[map_intern(index, key_of(r, &key))];
		g->denominator[g->len] = (size_t)r->result_id - 1;
		g->rows[g->len++] = r;
	}
}

static size_t count_groups(const struct summarised *s, const struct study_design *d)
{
	AUTO_STR struct str key = {0};
	AUTO_MAP struct map index = {0};

	for (size_t i = 0; i < s->rows.len; i++)
		if (is_count(&s->rows.ptr[i], d))
			(void)map_intern(&index, key_of(&s->rows.ptr[i], &key));
	return index.entries.len;
}

size_t study_protect(struct summarised *s, const struct study_design *d, int min_cell)
{
	struct atoms atoms = {0};
	AUTO_MAP struct map index = {0};
	struct group *groups;
	size_t count = count_groups(s, d);
	size_t marked = 0;

	if (d->denominators.len < 2 || min_cell < 2)
		return 0;
	groups = mem_zalloc(count, sizeof(*groups));
	atoms_init(&atoms, d);
	collect(groups, &index, s, d);
	for (size_t i = 0; i < count; i++)
		marked += protect_group(&groups[i], &atoms, min_cell);
	free(atoms.member);
	free(groups);
	return marked;
}
