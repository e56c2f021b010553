#include "snds/life.h"

/*
 * When the base first tells a disease: its ALD, a stay for it, the first box of
 * one of its treatments from the onset on. Other stays that name it do not
 * count: they name it of others too. What studies can find is this, not the onset.
 */
static void tell(struct snds_onset *o, date_t on)
{
	if (on >= o->on && (o->first_sign == DATE_NONE || on < o->first_sign))
		o->first_sign = on;
}

static void tell_by_stays(struct snds_onset *o, const struct snds_life *life)
{
	for (size_t i = 0; i < life->stays.len; i++) {
		if (life->stays.ptr[i].own == o->disease)
			tell(o, life->stays.ptr[i].entry);
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
