#include "snds/life.h"

/*
 * When the base first tells a disease: its ALD, a stay for it or one that names
 * it among its diagnoses, the first box of one of its treatments from the
 * onset on. What studies can find is this, not the onset.
 */
static void tell(struct snds_onset *o, date_t on)
{
	if (on >= o->on && (o->first_sign == DATE_NONE || on < o->first_sign))
		o->first_sign = on;
}

static bool names(const struct view *das, size_t count, struct view code)
{
	for (size_t i = 0; i < count; i++) {
		if (view_eq(das[i], code))
			return true;
	}
	return false;
}

static void tell_by_stays(struct snds_onset *o, const struct snds_life *life)
{
	const struct snds_disease *d = o->disease;

	for (size_t i = 0; i < life->stays.len; i++) {
		const struct snds_stay *s = &life->stays.ptr[i];

		if (s->own == d || (d->das.len && names(s->das, s->das_count, d->das)))
			tell(o, s->entry);
	}
	for (size_t i = 0; i < life->others.len && d->das.len; i++) {
		const struct snds_other_stay *s = &life->others.ptr[i];

		if (view_eq(s->dp, d->das) || names(s->das, s->das_count, d->das))
			tell(o, s->entry);
	}
}

static bool treats(const struct snds_model *m, const struct snds_disease *d,
    const struct snds_drug *drug)
{
	for (size_t i = 0; i < d->treatments.len; i++) {
		if (view_eq(m->molecules.ptr[d->treatments.ptr[i].molecule].atc, drug->atc))
			return true;
	}
	return false;
}

static void tell_by_drugs(struct snds_onset *o, const struct snds_life *life,
    const struct snds_model *m)
{
	for (size_t i = 0; i < life->claims.len; i++) {
		const struct snds_claim *c = &life->claims.ptr[i];

		if (c->on < o->on || !c->drug)
			continue;
		if (o->first_sign != DATE_NONE && c->on >= o->first_sign)
			return; /* claims stand by day */
		if (treats(m, o->disease, c->drug))
			tell(o, c->on);
	}
}

void snds_sign_step(struct snds_life *life, const struct snds_world *w)
{
	for (size_t i = 0; i < life->onsets.len; i++) {
		struct snds_onset *o = &life->onsets.ptr[i];

		o->first_sign = DATE_NONE;
		if (o->ald_from != DATE_NONE)
			tell(o, o->ald_from);
		tell_by_stays(o, life);
		tell_by_drugs(o, life, w->model);
	}
}
