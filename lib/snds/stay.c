#include "snds/life.h"

#include <math.h>

/* Longest stay that is made, days. Hypothesis: the tail beyond adds nothing studies use. */
static const int DAYS_MAX = 90;
/* Stays of a person in the whole base: RSA_NUM has seven bits for them (emit_mco.c). */
enum { STAYS_MAX = 100 };

const struct snds_stay *snds_stay_on(const struct snds_life *life, date_t day)
{
	for (size_t i = 0; i < life->stays.len; i++) {
		const struct snds_stay *s = &life->stays.ptr[i];

		if (s->dirt == SNDS_DIRT_COUNT && s->entry <= day && day <= s->exit)
			return s;
	}
	return NULL;
}

static bool is_free(const struct snds_life *life, date_t entry, date_t exit)
{
	for (size_t i = 0; i < life->stays.len; i++) {
		if (life->stays.ptr[i].entry <= exit && entry <= life->stays.ptr[i].exit)
			return false;
	}
	return true;
}

const struct snds_stay_kind *snds_stay_draw(const struct snds_stay_kinds *kinds, int sex, int age,
    struct rng *r)
{
	double total = 0, at;

	for (size_t i = 0; i < kinds->items.len; i++) {
		const struct snds_stay_kind *k = &kinds->items.ptr[i];

		if (snds_applies(k->sex, k->age_min, k->age_max, sex, age))
			total += k->weight;
	}
	at = rng_unit(r) * total;
	for (size_t i = 0; i < kinds->items.len; i++) {
		const struct snds_stay_kind *k = &kinds->items.ptr[i];

		if (!snds_applies(k->sex, k->age_min, k->age_max, sex, age))
			continue;
		if (at < k->weight)
			return k;
		at -= k->weight;
	}
	return NULL;
}

static void draw_hospital(struct snds_stay *s, const struct snds_person *p,
    const struct snds_world *w, struct rng *r)
{
	const struct snds_model *m = w->model;
	uint32_t which;

	s->department = snds_place_on(&p->places, s->entry)->department;
	if (rng_chance(r, m->rates.other_department))
		s->department = &m->departments.ptr[rng_below(r, (uint32_t)m->departments.len)];
	which = rng_below(r, (uint32_t)s->department->hospital_count);
	s->hospital = &s->department->hospitals[which];
}

static void add_das(struct snds_stay *s, struct view code)
{
	if (s->das_count == SNDS_DAS_MAX || view_eq(code, s->dp))
		return;
	for (size_t i = 0; i < s->das_count; i++) {
		if (view_eq(s->das[i], code))
			return;
	}
	s->das[s->das_count++] = code;
}

struct view snds_diagnosis_draw(const struct snds_model *m, int sex, int age, struct rng *r)
{
	double total = 0, at;

	for (size_t i = 0; i < m->diagnoses.len; i++) {
		const struct snds_diagnosis *d = &m->diagnoses.ptr[i];

		if (snds_applies(d->sex, d->age_min, d->age_max, sex, age))
			total += d->weight;
	}
	at = rng_unit(r) * total;
	for (size_t i = 0; i < m->diagnoses.len; i++) {
		const struct snds_diagnosis *d = &m->diagnoses.ptr[i];

		if (!snds_applies(d->sex, d->age_min, d->age_max, sex, age))
			continue;
		if (at < d->weight)
			return d->cim10;
		at -= d->weight;
	}
	return m->diagnoses.ptr[0].cim10;
}

/* The person's own chronic diseases first, then the background of the age. */
static void fill_diagnoses(struct snds_life *life, const struct snds_world *w, struct snds_stay *s,
    const struct snds_disease *own, struct rng *r)
{
	const struct snds_person *p = &life->person;
	int age = date_age(p->birth, s->entry);
	double mean = w->model->rates.das[snds_band(age)];
	unsigned wanted;

	if (s->exit == s->entry)
		mean *= w->model->rates.das_ambulatory;
	for (size_t i = 0; i < life->onsets.len; i++) {
		const struct snds_onset *o = &life->onsets.ptr[i];

		if (o->disease != own && o->on < s->entry && snds_lasts(o, s->entry) &&
		    rng_chance(r, o->disease->das_share))
			add_das(s, o->disease->das);
	}
	wanted = rng_poisson(r, mean);
	for (unsigned i = 0; i < wanted; i++)
		add_das(s, snds_diagnosis_draw(w->model, p->sex, age, r));
}

static void fill_acts(struct snds_stay *s, const struct snds_stay_kind *kind, struct rng *r)
{
	for (size_t i = 0; i < kind->acts.len && s->act_count < SNDS_STAY_ACTS_MAX; i++) {
		const struct snds_act *a = &kind->acts.ptr[i];
		int last = MIN(a->day_max, s->exit - s->entry);
		struct snds_stay_act *taken;

		if (!rng_chance(r, a->share))
			continue;
		taken = &s->acts[s->act_count++];
		taken->act = a;
		taken->day = rng_range(r, 0, last);
		taken->count = rng_range(r, 1, a->repeats);
	}
}

static void fill_drugs(struct snds_stay *s, const struct snds_stay_kind *kind, struct rng *r)
{
	for (size_t i = 0; i < kind->drugs.len && s->drug_count < SNDS_STAY_DRUGS_MAX; i++) {
		if (rng_chance(r, kind->drugs.ptr[i].share))
			s->drugs[s->drug_count++] = &kind->drugs.ptr[i];
	}
}

static void fill_devices(struct snds_stay *s, const struct snds_stay_kind *kind, struct rng *r)
{
	for (size_t i = 0; i < kind->devices.len && s->device_count < SNDS_STAY_DEVICES_MAX; i++) {
		if (rng_chance(r, kind->devices.ptr[i].share))
			s->devices[s->device_count++] = &kind->devices.ptr[i];
	}
}

/*
 * One medical unit; emergencies may begin in a short-stay unit (07A, UHCD),
 * whose diagnosis is an associated one.
 */
static void fill_units(struct snds_stay *s, const struct snds_world *w, struct rng *r)
{
	int days = s->exit - s->entry;

	if (s->emergency && days >= 2 && s->das_count > 0 &&
	    rng_chance(r, w->model->rates.second_unit)) {
		s->units[s->unit_count++] = (struct snds_unit){VIEW_LIT("07A"), s->das[0], 1};
		days--;
	}
	s->units[s->unit_count++] = (struct snds_unit){VIEW_LIT(""), s->dp, days};
}

static bool is_exempt(const struct snds_life *life, const struct snds_disease *own, date_t on)
{
	for (size_t i = 0; i < life->onsets.len; i++) {
		const struct snds_onset *o = &life->onsets.ptr[i];

		if (o->disease == own)
			return o->ald_from != DATE_NONE && o->ald_from <= on;
	}
	return false;
}

void snds_stay_fill(struct snds_life *life, const struct snds_world *w, struct snds_stay *s,
    const struct snds_stay_kind *kind, const struct snds_disease *own, struct rng *r)
{
	s->ghm = kind->ghm;
	s->ghs = kind->ghs;
	s->dp = kind->dp;
	s->dr = kind->dr;
	s->own = own;
	s->sessions = kind->sessions;
	s->emergency = kind->ghm.ptr[2] == 'M' && rng_chance(r, 0.6);
	s->dirt = SNDS_DIRT_COUNT;
	s->ald = own && is_exempt(life, own, s->entry);
	draw_hospital(s, &life->person, w, r);
	fill_diagnoses(life, w, s, own, r);
	fill_acts(s, kind, r);
	fill_drugs(s, kind, r);
	fill_devices(s, kind, r);
	fill_units(s, w, r);
}

static date_t draw_exit(const struct snds_stay_kind *kind, date_t entry, struct rng *r)
{
	double more = MAX(0, kind->days_mean - kind->days_min) * rng_exponential(r);

	return entry + kind->days_min + (date_t)MIN(DAYS_MAX, more + 0.5);
}

/*
 * Death ends the stay it falls in. A stay that runs beyond the base is in the
 * next year's files, which are not made. `forced` stays may touch another.
 */
static struct snds_stay *add_stay(struct snds_life *life, const struct snds_world *w,
    const struct snds_stay_kind *kind, date_t entry, const struct snds_disease *own, bool forced,
    struct rng *r)
{
	struct snds_person *p = &life->person;
	struct snds_stay s = {.entry = entry};

	if (!kind || life->stays.len == STAYS_MAX)
		return NULL;
	s.exit = draw_exit(kind, entry, r);
	if (p->death != DATE_NONE && s.exit >= p->death) {
		s.exit = p->death;
		s.dead = true;
	}
	if (s.exit > w->end || (!forced && !is_free(life, s.entry, s.exit)))
		return NULL;
	snds_stay_fill(life, w, &s, kind, own, r);
	p->died_in_hospital = p->died_in_hospital || s.dead;
	*vec_push(&life->stays) = s;
	return &life->stays.ptr[life->stays.len - 1];
}

bool snds_stay_force(struct snds_life *life, const struct snds_world *w,
    const struct snds_stay_kind *kind, date_t entry, struct rng *r)
{
	return add_stay(life, w, kind, entry, NULL, true, r) != NULL;
}

/* The next hospital of the département, or NULL. */
static const struct snds_hospital *draw_other(const struct snds_stay *s, struct rng *r)
{
	const struct snds_department *d = s->department;
	uint32_t here = (uint32_t)(s->hospital - d->hospitals);

	if (d->hospital_count < 2)
		return NULL;
	here += 1 + rng_below(r, (uint32_t)d->hospital_count - 1);
	return &d->hospitals[here % d->hospital_count];
}

/* The days but the first are in another hospital; acts are done there. */
static void move_on(struct snds_stay *s, const struct snds_world *w,
    const struct snds_hospital *other, struct rng *r)
{
	s->entry++;
	s->comes = true;
	s->emergency = false;
	s->hospital = other;
	for (size_t i = 0; i < s->act_count; i++)
		s->acts[i].day = MIN(s->acts[i].day, s->exit - s->entry);
	s->unit_count = 0;
	fill_units(s, w, r);
}

/* One case, two stays: the first day where it was found, the rest where it is treated. */
static void transfer(struct snds_life *life, const struct snds_world *w,
    const struct snds_disease *d, struct snds_stay *s, struct rng *r)
{
	const struct snds_stay_kind *kind = snds_stay_draw(&d->transfer_kinds, life->person.sex,
	    date_age(life->person.birth, s->entry), r);
	const struct snds_hospital *other = draw_other(s, r);
	struct snds_stay first = {.entry = s->entry, .exit = s->entry + 1, .goes_on = true};

	if (!kind || !other || s->exit - s->entry < 2 || life->stays.len == STAYS_MAX)
		return;
	snds_stay_fill(life, w, &first, kind, d, r);
	first.department = s->department;
	first.hospital = s->hospital;
	move_on(s, w, other, r);
	*vec_push(&life->stays) = first;
}

/* The stay of the onset codes what goes with it, in the hospital that the onset has. */
static void add_index_stay(struct snds_life *life, const struct snds_world *w,
    const struct snds_onset *o, struct rng *r)
{
	const struct snds_disease *d = o->disease;
	const struct snds_person *p = &life->person;
	struct snds_stay *s = add_stay(life, w,
	    snds_stay_draw(&d->index_stays, p->sex, date_age(p->birth, o->on), r), o->on, d, true,
	    r);

	if (!s)
		return;
	if (o->hospital) {
		s->department = o->department;
		s->hospital = o->hospital;
	}
	for (size_t i = 0; i < d->index_das.len; i++) {
		if (rng_chance(r, d->index_das.ptr[i].share))
			add_das(s, d->index_das.ptr[i].cim10);
	}
	if (d->transfer > 0 && rng_chance(r, d->transfer))
		transfer(life, w, d, s, r);
}

static void add_later_stays(struct snds_life *life, const struct snds_world *w,
    const struct snds_onset *o, struct rng *r)
{
	const struct snds_person *p = &life->person;
	const struct snds_disease *d = o->disease;
	date_t from = MAX(p->entry, o->on + 30);
	date_t to = o->until == DATE_NONE ? p->exit : MIN(p->exit, o->until - 1);
	unsigned count;

	if (from > to)
		return;
	count = rng_poisson(r, d->later_stays * (to - from + 1) / 365.25);
	while (count-- > 0) {
		date_t on = from + (date_t)rng_below(r, (uint32_t)(to - from + 1));

		(void)add_stay(life, w,
		    snds_stay_draw(&d->later_kinds, p->sex, date_age(p->birth, on), r), on, d,
		    false, r);
	}
}

/* First stays before later ones: they have the right to their day. */
static void add_disease_stays(struct snds_life *life, const struct snds_world *w, struct rng *r)
{
	for (size_t i = 0; i < life->onsets.len; i++) {
		const struct snds_onset *o = &life->onsets.ptr[i];

		if (!o->prevalent && rng_chance(r, o->disease->index_stay))
			add_index_stay(life, w, o, r);
	}
	for (size_t i = 0; i < life->onsets.len; i++)
		add_later_stays(life, w, &life->onsets.ptr[i], r);
}

/* She enters on the day of the birth or the day before; Z37: what was born. */
static void add_deliveries(struct snds_life *life, const struct snds_world *w, struct rng *r)
{
	const struct snds_person *p = &life->person;

	for (size_t i = 0; i < life->births.count; i++) {
		const struct snds_birth *b = &life->births.items[i];
		bool two = i + 1 < life->births.count && life->births.items[i + 1].on == b->on;
		date_t entry = MAX(p->entry, b->on - rng_range(r, 0, 1));
		struct snds_stay *s = add_stay(life, w,
		    snds_stay_draw(&w->model->delivery, p->sex, date_age(p->birth, b->on), r),
		    entry, NULL, true, r);

		i += two;
		if (!s)
			continue;
		s->department = snds_place_on(&p->places, b->on)->department;
		s->hospital = snds_birth_hospital(w, b->child, s->department);
		s->delivery = true;
		s->das_count = MIN(s->das_count, (size_t)SNDS_DAS_MAX - 1);
		add_das(s, two ? VIEW_LIT("Z3720") : VIEW_LIT("Z370"));
	}
}

static void add_background_stay(struct snds_life *life, const struct snds_world *w, date_t on,
    struct rng *r)
{
	const struct snds_person *p = &life->person;
	int age = date_age(p->birth, on);

	(void)add_stay(life, w, snds_stay_draw(&w->model->background, p->sex, age, r), on, NULL,
	    false, r);
}

static void add_background_stays(struct snds_life *life, const struct snds_world *w,
    struct rng *r)
{
	const struct snds_person *p = &life->person;

	for (date_t from = p->entry; from <= p->exit; from += 365) {
		int days = MIN(365, p->exit - from + 1);
		int age = date_age(p->birth, from);
		double yearly = w->model->rates.stays[snds_band(age)] * p->frailty;
		unsigned count = rng_poisson(r, yearly * days / 365.25);

		while (count-- > 0) {
			date_t on = from + (date_t)rng_below(r, (uint32_t)days);

			add_background_stay(life, w, on, r);
		}
	}
}

/* Weight and gestational age of singletons: order of magnitude, ENP 2016. */
static void add_birth_stay(struct snds_life *life, const struct snds_world *w, struct rng *r)
{
	const struct snds_person *p = &life->person;
	const struct snds_stay_kind *kind;
	struct snds_stay *s;

	kind = snds_stay_draw(&w->model->newborn, p->sex, 0, r);
	s = add_stay(life, w, kind, p->birth, NULL, true, r);
	if (!s)
		return;
	s->newborn = true;
	s->department = snds_place_on(&p->places, p->birth)->department;
	s->hospital = snds_birth_hospital(w, p->index, s->department);
	s->weeks = 37 + (int)rng_below(r, 5);
	s->weight = 3250 + (int)(rng_normal(r) * 420) + (s->weeks - 39) * 130;
	s->weight = MAX(s->weight, 1800);
}

static const struct snds_cause *find_cause(const struct snds_model *m, struct view cim10)
{
	for (size_t i = 0; i < m->causes.len; i++) {
		if (view_eq(m->causes.ptr[i].cim10, cim10))
			return &m->causes.ptr[i];
	}
	return NULL;
}

/* Half of the deaths end a last stay; one whose disease is modelled has its own stays. */
static void add_last_stay(struct snds_life *life, const struct snds_world *w, struct rng *r)
{
	const struct snds_person *p = &life->person;
	const struct snds_cause *cause = find_cause(w->model, p->cause);
	struct snds_stay_kind kind = {.days_mean = 60, .days_min = 60};
	date_t entry;
	double days;

	if (p->died_in_hospital || !cause || !rng_chance(r, w->model->rates.dies_in_hospital))
		return;
	kind.ghm = cause->ghm;
	kind.ghs = cause->ghs;
	kind.dp = cause->dp;
	kind.dr = VIEW_LIT("");
	days = rng_exponential(r) * 9;
	entry = p->death - (date_t)MIN(days, 45);
	entry = MAX(p->entry, entry);
	(void)add_stay(life, w, &kind, entry, NULL, false, r);
}

void snds_stay_step(struct snds_life *life, const struct snds_world *w)
{
	const struct snds_person *p = &life->person;
	struct rng r = rng_at(w->seed, SNDS_STREAM_STAY, p->index);

	if (p->newborn)
		add_birth_stay(life, w, &r);
	add_deliveries(life, w, &r);
	add_disease_stays(life, w, &r);
	if (p->death != DATE_NONE)
		add_last_stay(life, w, &r);
	add_background_stays(life, w, &r);
}
