#include "snds/dirt.h"

/* Statements of added rows are numbered from here on, so that clean rows keep their keys. */
enum { FIRST_STATEMENT = 12288 };

const char *snds_dirt_name(enum snds_dirt rule)
{
	static const char *const names[SNDS_DIRT_COUNT] = {
	    [SNDS_DIRT_REGULARISATION] = "regularisation",
	    [SNDS_DIRT_REBILLED] = "rebilled",
	    [SNDS_DIRT_DOUBLE_COUNT] = "double_count",
	    [SNDS_DIRT_RETURN_CODE] = "return_code",
	    [SNDS_DIRT_UNKNOWN_NIR] = "unknown_nir",
	    [SNDS_DIRT_MISSING_KEY] = "missing_key",
	    [SNDS_DIRT_GROUP_ERROR] = "group_error",
	    [SNDS_DIRT_FINESS] = "finess_duplicate",
	    [SNDS_DIRT_FICTIVE_NIR] = "fictive_nir",
	    [SNDS_DIRT_ORPHAN] = "orphan_row",
	    [SNDS_DIRT_LATE_FLUX] = "late_flux",
	    [SNDS_DIRT_SENTINEL] = "sentinel_death",
	    [SNDS_DIRT_IDENTITY] = "second_identity",
	    [SNDS_DIRT_TWIN] = "twin_same_sex",
	    [SNDS_DIRT_NO_NIR_ANO] = "nir_ano_missing",
	    [SNDS_DIRT_BY_ACTIVITY] = "billed_by_activity",
	    [SNDS_DIRT_COMPLEMENT] = "late_complement",
	    [SNDS_DIRT_ELSEWHERE] = "performed_elsewhere",
	    [SNDS_DIRT_TERMINATION] = "termination",
	    [SNDS_DIRT_NO_TARIFF] = "no_tariff",
	    [SNDS_DIRT_EXEMPTION] = "other_exemption",
	    [SNDS_DIRT_REPEATED] = "repeated_diagnosis",
	    [SNDS_DIRT_ANAESTHETIST] = "anaesthetist",
	    [SNDS_DIRT_CONTACT_CODE] = "outpatient_return_code",
	    [SNDS_DIRT_AUTOMATIC] = "automatic_row",
	    [SNDS_DIRT_TRIAL_LEAVE] = "trial_leave",
	};

	return names[rule];
}

/* Arrival: most rows come with the month after care, a few up to half a year later. */
static void draw_delays(struct dirt *d)
{
	struct snds_life *life = d->life;

	for (size_t i = 0; i < life->claims.len; i++) {
		struct snds_claim *c = &life->claims.ptr[i];

		c->delay = c->order > 1
		               ? life->claims.ptr[i - 1].delay
		               : 1 + (int)rng_weighted(&d->r, d->rates->flux, SNDS_FLUX_MONTHS);
	}
}

/* A copy of claim `i` in a statement of its own, arriving `later` months after it. */
static struct snds_claim *copy_claim(struct dirt *d, enum snds_dirt rule, size_t i, int order,
    int later)
{
	struct snds_claim *copy = vec_push(&d->life->claims);

	*copy = d->life->claims.ptr[i];
	d->statement += order == 1;
	copy->statement = d->statement;
	copy->order = order;
	copy->dirt = rule;
	copy->delay += later;
	return copy;
}

/* The right care, cancelled and billed again: original, -1, +1. */
static void rebill(struct dirt *d, size_t i)
{
	struct snds_claim *cancel = copy_claim(d, SNDS_DIRT_REGULARISATION, i, 1, 1);

	cancel->quantity = -cancel->quantity;
	(void)copy_claim(d, SNDS_DIRT_REBILLED, i, 2, 1);
}

/* Billed on a wrong day, then cancelled: +1, -1, beside the right care. */
static void bill_in_error(struct dirt *d, size_t i)
{
	struct snds_claim *wrong = copy_claim(d, SNDS_DIRT_REBILLED, i, 1, 0);
	struct snds_claim *cancel;

	wrong->on -= rng_range(&d->r, 1, 3);
	wrong->prescribed = MIN(wrong->prescribed, wrong->on);
	cancel = copy_claim(d, SNDS_DIRT_REGULARISATION, d->life->claims.len - 1, 1, 1);
	cancel->quantity = -cancel->quantity;
}

static void add_regularisation(struct dirt *d, size_t i)
{
	const struct snds_claim *c = &d->life->claims.ptr[i];
	bool right = rng_chance(&d->r, d->rates->regularisation_corrected);

	if (right || c->on - 3 < c->identity->from)
		rebill(d, i);
	else
		bill_in_error(d, i);
	d->life->dirt[SNDS_DIRT_REGULARISATION]++;
	d->life->dirt[SNDS_DIRT_REBILLED]++;
}

/* What PMSI tells already, two months later; with DPN_QLF = 71 it is for information. */
static void add_double(struct dirt *d, enum snds_dirt rule, const struct snds_claim *c)
{
	struct snds_claim *copy = vec_push(&d->life->claims);

	*copy = *c;
	copy->quantity = 1;
	copy->statement = ++d->statement;
	copy->order = 1;
	copy->delay = 2;
	copy->counted_twice = rule == SNDS_DIRT_DOUBLE_COUNT;
	copy->dirt = rule;
	d->life->dirt[rule]++;
}

/* Nature 2111: GHS. */
static void double_stay(struct dirt *d, const struct snds_stay *s)
{
	struct snds_bill bill;
	double rest;

	snds_bill_of(d->w->model, s, &bill);
	rest = bill.stay + bill.days;
	do {
		add_double(d, SNDS_DIRT_DOUBLE_COUNT,
		    &(struct snds_claim){
			.on = s->exit,
			.prescribed = s->entry,
			.nature = 2111,
			.price = snds_next_invoice(&rest),
			.rate = bill.rate,
			.ald = s->ald,
			.stay = s,
			.identity = s->identity,
		    });
	} while (rest > 0);
}

static void double_contact(struct dirt *d, enum snds_dirt rule, const struct snds_contact *c,
    bool establishment)
{
	add_double(d, rule,
	    &(struct snds_claim){
		.on = c->on,
		.prescribed = c->on,
		.nature = c->nature,
		.specialty = c->specialty,
		.price = c->price,
		.rate = c->rate,
		.line = c->line,
		.contact = c,
		.no_establishment = !establishment,
		.identity = c->identity,
	    });
}

static void add_doubles(struct dirt *d)
{
	for (size_t i = 0; i < d->life->stays.len; i++) {
		const struct snds_stay *s = &d->life->stays.ptr[i];

		if (s->dirt == SNDS_DIRT_COUNT && s->hospital->is_public &&
		    rng_chance(&d->r, d->rates->double_count))
			double_stay(d, s);
	}
	for (size_t i = 0; i < d->life->contacts.len; i++) {
		bool alone = rng_chance(&d->more, d->rates->double_count_alone);
		const struct snds_contact *c = &d->life->contacts.ptr[i];

		if (rng_chance(&d->r, d->rates->double_count))
			double_contact(d, SNDS_DIRT_DOUBLE_COUNT, c, !alone);
	}
}

static void add_billed_by_activity(struct dirt *d)
{
	for (size_t i = 0; i < d->life->contacts.len; i++) {
		if (rng_chance(&d->more, d->rates->billed_by_activity))
			double_contact(d, SNDS_DIRT_BY_ACTIVITY, &d->life->contacts.ptr[i], true);
	}
}

/* CPL_PRS_NAT of a contribution that is paid after the consultation, and its price. */
enum { CONTRIBUTION = 1116,
	CONTRIBUTION_PRICE = 2 };

/* Under the nature of the consultation, on a day of its own. */
static void add_complement(struct dirt *d, size_t i)
{
	const struct snds_claim *c = &d->life->claims.ptr[i];
	date_t on = c->on + rng_range(&d->more, 10, 40);
	struct snds_claim *later;

	if (on > MIN(d->life->person.exit, c->identity->to))
		return;
	later = copy_claim(d, SNDS_DIRT_COMPLEMENT, i, 1, 0);
	later->on = on;
	later->prescribed = on;
	later->supplement = CONTRIBUTION;
	later->price = CONTRIBUTION_PRICE;
	later->over = 0;
	later->quantity = 1;
	later->delay = 1;
	d->life->dirt[SNDS_DIRT_COMPLEMENT]++;
}

static void add_complements(struct dirt *d, size_t clean)
{
	for (size_t i = 0; i < clean; i++) {
		const struct snds_claim *c = &d->life->claims.ptr[i];
		bool consultation = c->nature == 1111 || c->nature == 1112;

		if (consultation && !c->supplement &&
		    rng_chance(&d->more, d->rates->late_complement))
			add_complement(d, i);
	}
}

static void add_claims(struct dirt *d)
{
	size_t clean = d->life->claims.len;

	for (size_t i = 0; i < clean; i++) {
		bool detail = d->life->claims.ptr[i].drug || d->life->claims.ptr[i].line;

		if (rng_chance(&d->r, d->rates->regularisation))
			add_regularisation(d, i);
		if (detail && rng_chance(&d->r, d->rates->orphan_row)) {
			(void)copy_claim(d, SNDS_DIRT_ORPHAN, i, 1, 0);
			d->life->dirt[SNDS_DIRT_ORPHAN]++;
		}
	}
	add_doubles(d);
}

/* IR_NIR_V: 01 termination, 06 of a minor without consent, 11 contraception of a minor. */
static struct view fictive_quality(struct dirt *d, int age)
{
	if (age >= 18)
		return VIEW_LIT("01");
	return rng_chance(&d->r, 0.5) ? VIEW_LIT("06") : VIEW_LIT("11");
}

static void add_fictive_claim(struct dirt *d, const struct snds_identity *id, date_t on,
    int nature, double price)
{
	struct snds_claim *c = vec_push(&d->life->claims);

	*c = (struct snds_claim){
	    .on = on,
	    .prescribed = on,
	    .nature = nature,
	    .specialty = 1,
	    .price = price,
	    .rate = 100,
	    .quantity = 1,
	    .identity = id,
	    .statement = d->statement,
	    .order = nature == 1111 ? 1 : 2,
	    .delay = 1,
	    .dirt = SNDS_DIRT_FICTIVE_NIR,
	};
}

/* Anonymous care: a consultation and a termination, or contraception of a minor. */
static void add_fictive(struct dirt *d)
{
	struct snds_life *life = d->life;
	struct snds_person *p = &life->person;
	date_t on = p->entry + (date_t)rng_below(&d->r, (uint32_t)(p->exit - p->entry + 1));
	int age = date_age(p->birth, on);
	struct snds_identity *id;

	if (p->sex != SNDS_WOMAN || age < 15 || age > 49 ||
	    !rng_chance(&d->r, d->rates->fictive_nir))
		return;
	id = &p->identities[p->identity_count++];
	*id = (struct snds_identity){
	    .rank = '1',
	    .from = on,
	    .to = on,
	    .on_demand = true,
	    .last_flux = DATE_NONE,
	};
	id->quality = fictive_quality(d, age);
	snds_pseudonym(d->w, p->index * 16 + 7, id->psa);
	memcpy(id->insured, id->psa, SNDS_PSEUDONYM_LEN);
	d->statement++;
	add_fictive_claim(d, id, on, 1111, 25);
	add_fictive_claim(d, id, on, age >= 18 ? 1981 : 1168, 100);
	life->dirt[SNDS_DIRT_FICTIVE_NIR] += 3;
}

static void count_rows(struct snds_life *life)
{
	for (size_t i = 0; i < life->claims.len; i++)
		life->dirt[SNDS_DIRT_LATE_FLUX] += life->claims.ptr[i].delay > 1 &&
		                                   life->claims.ptr[i].dirt != SNDS_DIRT_ORPHAN;
	if (life->person.death == DATE_NONE)
		life->dirt[SNDS_DIRT_SENTINEL] += life->person.identity_count;
}

/* In the order of the first stream; what draws from the second one comes after. */
void snds_dirt_step(struct snds_life *life, const struct snds_world *w)
{
	struct dirt d = {
	    .life = life,
	    .w = w,
	    .rates = &w->model->dirt,
	    .r = rng_at(w->seed, SNDS_STREAM_DIRT, life->person.index),
	    .more = rng_at(w->seed, SNDS_STREAM_DIRT_MORE, life->person.index),
	    .statement = FIRST_STATEMENT,
	};
	size_t stays = life->stays.len, claims = life->claims.len;

	if (w->clean)
		return;
	vec_reserve(&life->contacts, 2 * life->contacts.len); /* claims point to them */
	dirt_stays(&d);
	draw_delays(&d);
	add_claims(&d);
	add_fictive(&d);
	add_billed_by_activity(&d);
	add_complements(&d, claims);
	dirt_more_stays(&d, stays);
	dirt_repeated_codes(&d, stays);
	dirt_contacts(&d);
	dirt_other_stays(&d);
	dirt_exemption(&d);
	count_rows(life);
}
