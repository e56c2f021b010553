#include "snds/dirt.h"

/* SEQ_NUM has six bits for the contacts of a person (emit_contact.c). */
enum { CONTACTS_MAX = 64 };
/* TYP_GEN_RHA and TYP_GEN_RSA since, SEQ_IND until: fiche PMSI of Documentation-SNDS. */
enum { FIRST_AUTOMATIC = 2015,
	LAST_TRIAL_LEAVE = 2016 };

/* One of somebody else, some other day. */
static void add_contact(struct dirt *d, size_t i)
{
	const struct snds_person *p = &d->life->person;
	struct snds_contact c = d->life->contacts.ptr[i];

	c.on = p->entry + (date_t)rng_below(&d->more, (uint32_t)(p->exit - p->entry + 1));
	c.identity = snds_identity_on(p, c.on);
	c.serial = d->life->contacts.ptr[d->life->contacts.len - 1].serial + 1;
	c.dirt = SNDS_DIRT_CONTACT_CODE;
	*vec_push(&d->life->contacts) = c;
	d->life->dirt[SNDS_DIRT_CONTACT_CODE]++;
}

void dirt_contacts(struct dirt *d)
{
	size_t clean = d->life->contacts.len;

	for (size_t i = 0; i < clean && d->life->contacts.len < CONTACTS_MAX; i++) {
		if (rng_chance(&d->more, d->rates->outpatient_return_code))
			add_contact(d, i);
	}
}

static uint32_t count(const struct snds_life *life, enum snds_field field)
{
	uint32_t n = 0;

	for (size_t i = 0; i < life->others.len; i++)
		n += life->others.ptr[i].field == field;
	return n;
}

/* A few days of their own in the year of a stay, after it, that are no stay. */
static void add_other(struct dirt *d, size_t i, enum snds_dirt rule)
{
	const struct snds_person *p = &d->life->person;
	struct snds_other_stay s = d->life->others.ptr[i];
	int year = date_to_civil(s.exit).year;

	s.entry = s.exit;
	s.exit = MIN(s.entry + 2, p->exit);
	s.das_count = 0;
	s.serial = count(d->life, s.field);
	s.dirt = rule;
	if (s.serial >= SNDS_OTHERS_MAX || s.exit == p->death || date_to_civil(s.exit).year != year)
		return;
	*vec_push(&d->life->others) = s;
	d->life->dirt[rule]++;
}

void dirt_other_stays(struct dirt *d)
{
	size_t clean = d->life->others.len;

	for (size_t i = 0; i < clean; i++) {
		enum snds_field field = d->life->others.ptr[i].field;
		int year = date_to_civil(d->life->others.ptr[i].exit).year;

		if (field != SNDS_HAD && year >= FIRST_AUTOMATIC &&
		    rng_chance(&d->more, d->rates->automatic_row))
			add_other(d, i, SNDS_DIRT_AUTOMATIC);
		if (field == SNDS_RIP && year <= LAST_TRIAL_LEAVE &&
		    rng_chance(&d->more, d->rates->trial_leave))
			add_other(d, i, SNDS_DIRT_TRIAL_LEAVE);
	}
}

static bool has(const struct snds_life *life, const struct snds_disease *disease)
{
	for (size_t i = 0; i < life->onsets.len; i++) {
		if (view_eq(life->onsets.ptr[i].disease->cim10, disease->cim10))
			return true;
	}
	return false;
}

/* A disease with an ALD that the person could have and has not, or NULL. */
static const struct snds_disease *draw_absent(struct dirt *d, int age)
{
	const struct snds_model *m = d->w->model;
	const struct snds_disease *disease =
	    &m->diseases.ptr[rng_below(&d->more, (uint32_t)m->diseases.len)];
	bool fits = disease->sex == SNDS_BOTH || disease->sex == d->life->person.sex;

	return disease->ald && fits && age >= disease->age_min && !has(d->life, disease) ? disease
	                                                                                 : NULL;
}

void dirt_exemption(struct dirt *d)
{
	const struct snds_person *p = &d->life->person;
	const struct snds_disease *disease;
	date_t from;

	if (!rng_chance(&d->more, d->rates->other_exemption))
		return;
	from = p->entry + (date_t)rng_below(&d->more, (uint32_t)(p->exit - p->entry + 1));
	disease = draw_absent(d, date_age(p->birth, from));
	if (!disease)
		return;
	*vec_push(&d->life->exemptions) = (struct snds_exemption){
	    .from = from,
	    .cim10 = disease->cim10,
	    .identity = snds_identity_on(p, from),
	};
	d->life->dirt[SNDS_DIRT_EXEMPTION]++;
}
