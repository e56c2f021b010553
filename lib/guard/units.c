#include "guard/units.h"

#include <stdlib.h>

enum { PAIRS_MAX = 1 << 20 /* of units and things measured that are tried */ };

static const double FAR = 3;

/* What the two columns of a measure hold, the first of each nothing. */
struct names {
	VEC(const struct guard_value *) units, measured;
};

static void add_names(const struct guard_csv *c, int column, size_t max, struct names *n,
    bool is_unit)
{
	const struct guard_distinct *d = column < 0 ? NULL : &c->columns[column].values;

	if (is_unit)
		*vec_push(&n->units) = NULL;
	else
		*vec_push(&n->measured) = NULL;
	for (size_t i = 0; d && d->level == 0 && d->kept <= max && i < d->slot_count; i++) {
		if (!d->slots[i].hash)
			continue;
		if (is_unit)
			*vec_push(&n->units) = &d->slots[i];
		else
			*vec_push(&n->measured) = &d->slots[i];
	}
}

static int by_group(const void *key, const void *item)
{
	uint64_t group = *(const uint64_t *)key, other = ((const struct guard_unit *)item)->group;

	return group < other ? -1 : group > other;
}

/* Which group is of which pair: all pairs are tried. */
static void name_groups(struct guard_units *u, const struct names *n, size_t measure)
{
	for (size_t k = 0; k < n->measured.len; k++)
		for (size_t i = 0; i < n->units.len; i++) {
			const struct guard_value *unit = n->units.ptr[i];
			const struct guard_value *what = n->measured.ptr[k];
			uint64_t group = guard_group_of_unit(
			    measure, unit ? unit->hash : 0, what ? what->hash : 0);
			struct guard_unit *found = bsearch(&group, u->list.ptr, u->list.len,
			    sizeof(*u->list.ptr), by_group);

			if (!found)
				continue;
			found->is_known = true;
			found->unit = unit;
			found->measured = what;
		}
}

/* Groups of all measures; those of others have no pair here and go. */
static void find_groups(struct guard_units *u, size_t slots)
{
	for (size_t i = 0; i < slots; i++) {
		uint64_t group = u->slots[i].key >> GUARD_GROUP_SHIFT;
		struct guard_unit *last = u->list.len ? &u->list.ptr[u->list.len - 1] : NULL;

		if (!last || last->group != group) {
			last = vec_push(&u->list);
			*last = (struct guard_unit){.group = group, .from = i};
		}
		last->count += u->slots[i].count;
		last->to = i + 1;
	}
}

/* A bucket that no scan writes is none: a damaged partial. */
static double number_at(const struct guard_units *u, size_t slot)
{
	uint64_t bucket = u->slots[slot].key & GUARD_GROUP_ROWS;

	return guard_bucket_middle(MIN(bucket, (uint64_t)GUARD_BUCKET_ROW - 1));
}

static double quantile(const struct guard_units *u, const struct guard_unit *g, double p)
{
	uint64_t rank = (uint64_t)(p * (double)(g->count - 1)), seen = 0;
	size_t i = g->from;

	while ((seen += u->slots[i].count) <= rank)
		i++;
	return number_at(u, i);
}

static void judge_range(struct guard_units *u, struct guard_unit *g)
{
	double q1, q3;

	if (g->count < GUARD_UNIT_NUMBERS)
		return;
	q1 = quantile(u, g, 0.25);
	q3 = quantile(u, g, 0.75);
	if (q3 <= q1)
		return;
	g->is_judged = true;
	g->p05 = quantile(u, g, 0.05);
	g->p50 = quantile(u, g, 0.5);
	g->p95 = quantile(u, g, 0.95);
	if (number_at(u, g->from) > 0) {
		double ratio = q3 / q1;

		g->low = q1 / (ratio * ratio * ratio);
		g->high = q3 * (ratio * ratio * ratio);
	} else {
		g->low = q1 - FAR * (q3 - q1);
		g->high = q3 + FAR * (q3 - q1);
	}
}

static bool same_thing(const struct guard_unit *a, const struct guard_unit *b)
{
	return a->is_known && b->is_known && a->measured == b->measured;
}

/* Whether another unit of the same has numbers like x. */
static bool fits_another(const struct guard_units *u, const struct guard_unit *g, double x)
{
	for (size_t i = 0; i < u->list.len; i++) {
		const struct guard_unit *o = &u->list.ptr[i];

		if (o != g && o->is_judged && same_thing(g, o) && x >= o->p05 && x <= o->p95)
			return true;
	}
	return false;
}

static void count_far(struct guard_units *u, struct guard_unit *g)
{
	for (size_t i = g->from; g->is_judged && i < g->to; i++) {
		double x = number_at(u, i);

		if (x >= g->low && x <= g->high)
			continue;
		g->far += u->slots[i].count;
		g->elsewhere += fits_another(u, g, x) ? u->slots[i].count : 0;
	}
}

/* Of what is measured: its numbers with a unit, and with the most frequent one. */
static void count_units(struct guard_units *u, size_t from, size_t to)
{
	uint64_t most = 0, with = 0, without = 0;

	for (size_t i = from; i < to; i++) {
		const struct guard_unit *g = &u->list.ptr[i];

		most = g->unit ? MAX(most, g->count) : most;
		with += g->unit ? g->count : 0;
		without += g->unit ? 0 : g->count;
	}
	u->of_unit += with;
	u->rare += with - most;
	u->without += with ? without : 0;
}

static uint64_t hash_of(const struct guard_value *v)
{
	return v ? v->hash : 0;
}

static int by_thing(const void *a, const void *b)
{
	const struct guard_unit *x = a, *y = b;
	uint64_t thing = hash_of(x->measured), other = hash_of(y->measured);

	if (thing != other)
		return thing < other ? -1 : 1;
	if (x->count != y->count)
		return x->count > y->count ? -1 : 1;
	return x->group < y->group ? -1 : x->group > y->group;
}

/* Only those of this measure: all others are unknown here. */
static void keep_known(struct guard_units *u)
{
	size_t kept = 0;

	for (size_t i = 0; i < u->list.len; i++)
		if (u->list.ptr[i].is_known)
			u->list.ptr[kept++] = u->list.ptr[i];
	u->list.len = kept;
	if (kept)
		qsort(u->list.ptr, kept, sizeof(*u->list.ptr), by_thing);
}

static void sum_up(struct guard_units *u)
{
	size_t from = 0;

	for (size_t i = 0; i < u->list.len; i++)
		judge_range(u, &u->list.ptr[i]);
	for (size_t i = 0; i < u->list.len; i++) {
		struct guard_unit *g = &u->list.ptr[i];

		count_far(u, g);
		u->numbers += g->count;
		u->judged += g->is_judged ? g->count : 0;
		u->far += g->far;
		u->elsewhere += g->elsewhere;
		if (g->measured != u->list.ptr[from].measured) {
			count_units(u, from, i);
			from = i;
		}
	}
	count_units(u, from, u->list.len);
}

void guard_units_find(struct guard_units *ret, const struct guard_csv *c, size_t measure,
    const struct guard_tally_slot *slots, size_t count)
{
	const struct guard_measure *m = &c->roles.measures[measure];
	struct names n = {0};

	*ret = (struct guard_units){.slots = slots, .is_sample = c->joint.units.level > 0};
	find_groups(ret, count);
	add_names(c, m->unit, PAIRS_MAX, &n, true);
	add_names(c, m->measured, PAIRS_MAX / n.units.len, &n, false);
	name_groups(ret, &n, measure);
	keep_known(ret);
	sum_up(ret);
	vec_clear(&n.units);
	vec_clear(&n.measured);
}

void guard_units_clear(struct guard_units *u)
{
	vec_clear(&u->list);
}
