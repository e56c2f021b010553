#include "snds/dirt.h"

/* A stay of somebody else that chaining gave to this person, or that it could not give. */
static struct snds_stay *add_stray_stay(struct dirt *d, enum snds_dirt rule, struct rng *r)
{
	const struct snds_person *p = &d->life->person;
	struct snds_stay s = {.serial = (uint32_t)d->life->stays.len,
	    .identity = &p->identities[0]};
	const struct snds_stay_kind *kind;

	s.entry = p->entry + (date_t)rng_below(r, (uint32_t)(p->exit - p->entry + 1));
	kind = snds_stay_draw(&d->w->model->background, p->sex, date_age(p->birth, s.entry), r);
	if (!kind)
		return NULL;
	s.exit = s.entry + rng_range(r, kind->days_min, (int)kind->days_mean + 2);
	s.exit = MIN(s.exit, p->exit);
	snds_stay_fill(d->life, d->w, &s, kind, NULL, r);
	s.dirt = rule;
	for (size_t i = 0; i < p->identity_count; i++) {
		if (s.entry >= p->identities[i].from && s.entry <= p->identities[i].to)
			s.identity = &p->identities[i];
	}
	*vec_push(&d->life->stays) = s;
	d->life->dirt[rule]++;
	return &d->life->stays.ptr[d->life->stays.len - 1];
}

/* The group of errors of coding, by its GHS: 9999, or the one it had before. */
static void add_group_error(struct dirt *d, struct rng *r, bool priced)
{
	struct snds_stay *s = add_stray_stay(d, SNDS_DIRT_GROUP_ERROR, r);

	if (!s)
		return;
	s->ghm = VIEW_LIT("90Z00Z");
	s->ghs = priced ? s->ghs : 9999;
}

/* Until 2017 the stays of AP-HP, AP-HM and HCL came under two numbers. */
enum { LAST_DUPLICATES = 2017 };

static void add_duplicate(struct dirt *d, size_t i)
{
	struct snds_stay copy = d->life->stays.ptr[i];

	if (!copy.hospital->geographic.len ||
	    date_to_civil(copy.exit).year > LAST_DUPLICATES ||
	    !rng_chance(&d->r, d->rates->finess_duplicate))
		return;
	copy.dirt = SNDS_DIRT_FINESS;
	*vec_push(&d->life->stays) = copy;
	d->life->dirt[SNDS_DIRT_FINESS]++;
}

void dirt_stays(struct dirt *d)
{
	size_t clean = d->life->stays.len;

	for (size_t i = 0; i < clean; i++) {
		add_duplicate(d, i);
		if (rng_chance(&d->r, d->rates->return_code))
			(void)add_stray_stay(d, SNDS_DIRT_RETURN_CODE, &d->r);
		if (rng_chance(&d->r, d->rates->unknown_nir))
			(void)add_stray_stay(d, SNDS_DIRT_UNKNOWN_NIR, &d->r);
		if (rng_chance(&d->r, d->rates->missing_key))
			(void)add_stray_stay(d, SNDS_DIRT_MISSING_KEY, &d->r);
		if (rng_chance(&d->r, d->rates->group_error))
			add_group_error(d, &d->r, false);
	}
}

/* The next hospital of the département; there is one. */
static const struct snds_hospital *another(const struct snds_stay *s)
{
	const struct snds_department *d = s->department;
	size_t here = (size_t)(s->hospital - d->hospitals);

	return &d->hospitals[(here + 1) % d->hospital_count];
}

/*
 * SEJ_TYP = B: another hospital did something for this one on its first day,
 * which both report. Groups 28 are sessions, which the rule keeps.
 */
static void add_elsewhere(struct dirt *d, size_t i)
{
	struct snds_stay s = d->life->stays.ptr[i];

	if (s.exit == s.entry || s.newborn || s.delivery || !s.department ||
	    s.department->hospital_count < 2 || view_starts(s.ghm, VIEW_LIT("28")) ||
	    !rng_chance(&d->more, d->rates->performed_elsewhere))
		return;
	s.hospital = another(&s);
	s.exit = s.entry;
	s.das_count = s.act_count = s.drug_count = s.device_count = 0;
	s.units[0] = (struct snds_unit){VIEW_LIT(""), s.dp, 0};
	s.unit_count = 1;
	s.dead = s.comes = s.goes_on = s.emergency = false;
	s.serial = (uint32_t)d->life->stays.len;
	s.dirt = SNDS_DIRT_ELSEWHERE;
	*vec_push(&d->life->stays) = s;
	d->life->dirt[SNDS_DIRT_ELSEWHERE]++;
}

/* Terminations are paid by a lump sum of their own, not by a GHS. */
static void add_termination(struct dirt *d)
{
	const struct snds_person *p = &d->life->person;
	int age = date_age(p->birth, p->entry);
	struct snds_stay *s;

	if (p->sex != SNDS_WOMAN || age < 15 || age > 49 ||
	    !rng_chance(&d->more, d->rates->termination))
		return;
	s = add_stray_stay(d, SNDS_DIRT_TERMINATION, &d->more);
	if (!s)
		return;
	s->ghm = VIEW_LIT("14Z08Z");
	s->ghs = 0;
	s->dp = VIEW_LIT("O049");
	s->dr = VIEW_LIT("");
	s->exit = s->entry;
	s->sessions = 0;
	s->das_count = s->act_count = s->drug_count = s->device_count = 0;
	s->units[0] = (struct snds_unit){VIEW_LIT(""), s->dp, 0};
	s->unit_count = 1;
}

void dirt_more_stays(struct dirt *d, size_t clean)
{
	for (size_t i = 0; i < clean; i++) {
		add_elsewhere(d, i);
		if (rng_chance(&d->more, d->rates->group_error_priced))
			add_group_error(d, &d->more, true);
		if (rng_chance(&d->more, d->rates->no_tariff)) {
			struct snds_stay *s = add_stray_stay(d, SNDS_DIRT_NO_TARIFF, &d->more);

			if (s)
				s->ghs = 9999;
		}
	}
	add_termination(d);
}

void dirt_repeated_codes(struct dirt *d, size_t clean)
{
	for (size_t i = 0; i < clean; i++) {
		struct snds_stay *s = &d->life->stays.ptr[i];
		bool surgery = s->ghm.len > 2 && s->ghm.ptr[2] == 'C';

		s->repeats_das = s->das_count > 0 &&
		                 rng_chance(&d->more, d->rates->repeated_diagnosis);
		s->anaesthetist = surgery && s->act_count > 0 &&
		                  rng_chance(&d->more, d->rates->anaesthetist);
		d->life->dirt[SNDS_DIRT_REPEATED] += s->repeats_das;
		d->life->dirt[SNDS_DIRT_ANAESTHETIST] += s->anaesthetist;
	}
}
