#include "snds/life.h"

/* What was done, drawn by weight among what suits the person; NULL when nothing does. */
static const struct snds_line *draw_line(const struct snds_care_kind *kind, int sex, int age,
    struct rng *r)
{
	double total = 0, at;

	for (size_t i = 0; i < kind->lines.len; i++) {
		const struct snds_line *l = &kind->lines.ptr[i];

		if (snds_applies(l->sex, l->age_min, l->age_max, sex, age))
			total += l->weight;
	}
	at = rng_unit(r) * total;
	for (size_t i = 0; i < kind->lines.len; i++) {
		const struct snds_line *l = &kind->lines.ptr[i];

		if (!snds_applies(l->sex, l->age_min, l->age_max, sex, age))
			continue;
		if (at < l->weight)
			return l;
		at -= l->weight;
	}
	return NULL;
}

static struct snds_claim *add_act(struct snds_life *life, const struct snds_care_kind *kind,
    date_t on, date_t prescribed)
{
	struct snds_claim *c = vec_push(&life->claims);

	*c = (struct snds_claim){
	    .on = on,
	    .prescribed = prescribed,
	    .kind = kind,
	    .nature = kind->nature,
	    .supplement = kind->supplement,
	    .specialty = kind->specialty,
	    .activity = kind->activity,
	    .price = kind->price,
	    .rate = kind->rate,
	    .quantity = 1,
	    .by_doctor = kind->prescribed,
	    .hospital = kind->hospital,
	    .dirt = SNDS_DIRT_COUNT,
	};
	c->sequence = (uint32_t)life->claims.len;
	return c;
}

static void describe(struct snds_claim *c, const struct snds_care_kind *kind,
    const struct snds_person *p, struct rng *r)
{
	if (!kind->lines.len)
		return;
	c->line = draw_line(kind, p->sex, date_age(p->birth, c->on), r);
	if (c->line && c->line->price > 0)
		c->price = c->line->price;
}

/* Rows that belong together, one to three days apart; none during a stay. */
static void add_series(struct snds_life *life, const struct snds_care_kind *kind, date_t on,
    struct rng *r)
{
	date_t prescribed = on;

	if (kind->prescribed)
		prescribed -= rng_range(r, 0, 14);
	prescribed = MAX(prescribed, life->person.birth);
	for (int i = 0; i < kind->series && on <= life->person.exit; i++) {
		if (!snds_stay_on(life, on))
			describe(add_act(life, kind, on, prescribed), kind, &life->person, r);
		if (kind->activity != 30) /* one sample, several lines of biology */
			on += rng_range(r, 1, 3);
	}
}

static void add_year(struct snds_life *life, const struct snds_world *w, date_t from, int days,
    struct rng *r)
{
	const struct snds_person *p = &life->person;
	int band = snds_band(date_age(p->birth, from));

	for (size_t i = 0; i < w->model->care.len; i++) {
		const struct snds_care_kind *kind = &w->model->care.ptr[i];
		double yearly = kind->rows[band] * p->frailty / kind->series;
		unsigned count;

		/* `female` is women over men around a mean of 1. */
		yearly *= 2 / (1 + kind->female) * (p->sex == SNDS_WOMAN ? kind->female : 1);
		if (yearly <= 0 || (kind->sex != SNDS_BOTH && kind->sex != p->sex))
			continue;
		count = rng_poisson(r, yearly * days / 365.25);
		while (count-- > 0)
			add_series(life, kind, from + (date_t)rng_below(r, (uint32_t)days), r);
	}
}

/*
 * Dirt adds at most eight stays to one and one to a person: room for them now keeps the
 * pointers to stays.
 */
enum { STRAYS = 10 };

/* A private hospital bills its stays to DCIR: nature 2111, GHS. */
static void add_bill(struct snds_life *life, const struct snds_model *m, const struct snds_stay *s)
{
	struct snds_bill bill;
	double rest;

	snds_bill_of(m, s, &bill);
	rest = bill.stay + bill.days;
	do {
		struct snds_claim *c = vec_push(&life->claims);

		*c = (struct snds_claim){
		    .on = s->exit,
		    .prescribed = s->entry,
		    .nature = 2111,
		    .price = snds_next_invoice(&rest),
		    .rate = bill.rate,
		    .ald = s->ald,
		    .quantity = 1,
		    .stay = s,
		    .dirt = SNDS_DIRT_COUNT,
		};
		c->sequence = (uint32_t)life->claims.len;
	} while (rest > 0);
}

static void add_bills(struct snds_life *life, const struct snds_model *m)
{
	vec_reserve(&life->stays, life->stays.len * STRAYS);
	for (size_t i = 0; i < life->stays.len; i++) {
		const struct snds_stay *s = &life->stays.ptr[i];

		if (!s->hospital->is_public)
			add_bill(life, m, s);
	}
}

static bool has_ald(const struct snds_life *life, date_t on)
{
	for (size_t i = 0; i < life->onsets.len; i++) {
		const struct snds_onset *o = &life->onsets.ptr[i];

		if (o->ald_from != DATE_NONE && o->ald_from <= on)
			return true;
	}
	return false;
}

/* Overruns of fees, which who has CMU-C is not asked for; acts of town for an ALD are exempt. */
static void set_amounts(struct snds_life *life, const struct snds_world *w)
{
	struct rng r = rng_at(w->seed, SNDS_STREAM_AMOUNT, life->person.index);

	for (size_t i = 0; i < life->claims.len; i++) {
		struct snds_claim *c = &life->claims.ptr[i];
		const struct snds_care_kind *kind = c->kind;

		if (!kind)
			continue;
		if (kind->over_share > 0 && rng_chance(&r, kind->over_share)) {
			double over = c->price * kind->over * rng_exponential(&r);

			c->over = life->person.complementary ? 0 : snds_cents(over);
		}
		if (c->rate < 100 && has_ald(life, c->on) &&
		    rng_chance(&r, w->model->rates.ald_related)) {
			c->ald = true;
			c->rate = 100;
		}
	}
}

static int compare_claims(const void *a, const void *b)
{
	const struct snds_claim *x = a, *y = b;

	if (x->on != y->on)
		return x->on < y->on ? -1 : 1;
	if (x->activity != y->activity)
		return x->activity < y->activity ? -1 : 1;
	return x->sequence < y->sequence ? -1 : x->sequence > y->sequence;
}

/* What one professional bills on one day is one statement (décompte). */
static void number_claims(struct snds_life *life)
{
	uint32_t statement = 0;

	for (size_t i = 0; i < life->claims.len; i++) {
		struct snds_claim *c = &life->claims.ptr[i];
		const struct snds_claim *before = i ? c - 1 : NULL;

		if (before && before->on == c->on && before->activity == c->activity &&
		    before->specialty == c->specialty && before->order < 99) {
			c->order = before->order + 1;
		} else {
			c->order = 1;
			statement += before != NULL;
		}
		c->statement = statement;
		c->delay = 1;
	}
}

void snds_care_step(struct snds_life *life, const struct snds_world *w)
{
	const struct snds_person *p = &life->person;
	struct rng r = rng_at(w->seed, SNDS_STREAM_CARE, p->index);

	for (date_t from = p->entry; from <= p->exit; from += 365)
		add_year(life, w, from, MIN(365, p->exit - from + 1), &r);
	snds_state_care_step(life, w);
	add_bills(life, w->model);
	set_amounts(life, w);
	if (life->claims.len > 1)
		qsort(life->claims.ptr, life->claims.len, sizeof(*life->claims.ptr),
		    compare_claims);
	number_claims(life);
}
