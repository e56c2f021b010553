#include "snds/life.h"

/* Contacts of a person: SEQ_NUM has six bits for them (emit_contact.c). */
enum { CONTACTS_MAX = 64 };
/* A contact stands so many days beside the act of town that it is drawn from. Hypothesis. */
enum { SPREAD = 60 };

static const struct snds_hospital *draw_public(const struct snds_department *d, struct rng *r)
{
	uint32_t count = 0;

	while (count < d->hospital_count && d->hospitals[count].is_public)
		count++;
	return &d->hospitals[count ? rng_below(r, count) : 0];
}

static void add_contact(struct snds_life *life, const struct snds_claim *c, struct rng *r)
{
	const struct snds_person *p = &life->person;
	date_t on = c->on + rng_range(r, -SPREAD, SPREAD);
	const struct snds_place *home = snds_place_on(&p->places, on);
	const struct snds_hospital *hospital = draw_public(home->department, r);

	on = MAX(p->entry, MIN(on, p->exit));
	if (snds_stay_on(life, on) || life->contacts.len == CONTACTS_MAX)
		return;
	*vec_push(&life->contacts) = (struct snds_contact){
	    .on = on,
	    .nature = c->nature,
	    .specialty = c->specialty,
	    .price = c->price,
	    .rate = c->rate,
	    .line = c->line,
	    .hospital = hospital,
	    .serial = (uint32_t)life->contacts.len,
	    .dirt = SNDS_DIRT_COUNT,
	};
}

void snds_contact_step(struct snds_life *life, const struct snds_world *w)
{
	struct rng r = rng_at(w->seed, SNDS_STREAM_CONTACT, life->person.index);

	for (size_t i = 0; i < life->claims.len; i++) {
		const struct snds_claim *c = &life->claims.ptr[i];

		if (c->hospital && rng_chance(&r, w->model->rates.external_contacts))
			add_contact(life, c, &r);
	}
}
