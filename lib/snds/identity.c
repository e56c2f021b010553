#include "snds/life.h"

/* 32 letters: five bits each, 85 bits a pseudonym. */
static const char ALPHABET[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/* From this age a person has rights of their own, hence a BEN_NIR_PSA of their own (PUMa, 2016). */
enum { ADULT = 18 };

/* Pseudonyms of a person: number = index * 16 + slot; slot 0 is BEN_NIR_ANO. */
enum slot {
	SLOT_NIR_ANO,
	SLOT_OWN,
	SLOT_PARENT,
	SLOT_PARENT_NIR,
	SLOT_SECOND_PARENT,
	SLOT_SECOND_PARENT_NIR,
	SLOT_FORMER,
	SLOT_FICTIVE,
};

void snds_pseudonym(const struct snds_world *w, uint64_t number, char ret[SNDS_PSEUDONYM_LEN])
{
	struct rng r = rng_at(w->seed, SNDS_STREAM_PSEUDONYM, number);
	uint64_t bits = rng_u64(&r);

	for (int i = 0; i < SNDS_PSEUDONYM_LEN; i++) {
		if (i == 12)
			bits = rng_u64(&r);
		ret[i] = ALPHABET[bits & 31];
		bits >>= 5;
	}
}

static struct snds_identity *add_identity(struct snds_life *life, const struct snds_world *w,
    uint64_t number, date_t from, date_t to)
{
	struct snds_person *p = &life->person;
	struct snds_identity *id = &p->identities[p->identity_count++];

	*id = (struct snds_identity){
	    .rank = '1',
	    .quality = VIEW_LIT("00"),
	    .has_nir_ano = true,
	    .from = from,
	    .to = to,
	    .last_flux = DATE_NONE,
	};
	snds_pseudonym(w, number, id->psa);
	memcpy(id->insured, p->nir_ano, SNDS_PSEUDONYM_LEN);
	return id;
}

/* Under a parent: BEN_NIR_PSA hashes (insured parent, birth, sex), so twins share it. */
static void add_child(struct snds_life *life, const struct snds_world *w, enum slot slot,
    enum slot insured, date_t to)
{
	struct snds_person *p = &life->person;
	uint64_t family = p->twin ? p->index & ~(uint64_t)1 : p->index;
	struct snds_identity *id = add_identity(life, w, family * 16 + slot, p->entry, to);

	snds_pseudonym(w, family * 16 + insured, id->insured);
	if (p->twin && p->index % 2 == 1) {
		id->rank = '2';
		life->dirt[SNDS_DIRT_TWIN]++;
	}
	id->on_demand = slot == SLOT_SECOND_PARENT;
}

static void add_identities(struct snds_life *life, const struct snds_world *w, struct rng *r)
{
	struct snds_person *p = &life->person;
	date_t adult = date_add_years(p->birth, ADULT);
	date_t from = p->entry;

	if (!w->clean && p->entry < adult) {
		date_t to = MIN(p->exit, adult - 1);

		add_child(life, w, SLOT_PARENT, SLOT_PARENT_NIR, to);
		if (rng_chance(r, w->model->rates.second_parent))
			add_child(life, w, SLOT_SECOND_PARENT, SLOT_SECOND_PARENT_NIR, to);
		from = adult;
	} else if (!w->clean && p->exit > from && rng_chance(r, w->model->rates.adult_renumbered)) {
		date_t change = from + 1 + (date_t)rng_below(r, (uint32_t)(p->exit - from));

		add_identity(life, w, p->index * 16 + SLOT_FORMER, from, change - 1);
		from = change;
	}
	if (from <= p->exit)
		add_identity(life, w, p->index * 16 + SLOT_OWN, from, p->exit);
}

/* Only where it can be repaired: who has one BEN_NIR_PSA is still one person. */
static void lose_nir_ano(struct snds_life *life, const struct snds_world *w, struct rng *r)
{
	struct snds_person *p = &life->person;

	if (w->clean || p->identity_count > 1 || !rng_chance(r, w->model->rates.nir_ano_missing))
		return;
	p->identities[0].has_nir_ano = false;
	life->dirt[SNDS_DIRT_NO_NIR_ANO]++;
}

/* The identity in force; a child's rows come under the one or the other parent. */
static const struct snds_identity *pick(const struct snds_person *p, date_t on, struct rng *r)
{
	const struct snds_identity *found = &p->identities[0];

	for (size_t i = 0; i < p->identity_count; i++) {
		const struct snds_identity *id = &p->identities[i];

		if (on >= id->from && on <= id->to && (!id->on_demand || rng_chance(r, 0.35)))
			found = id;
	}
	return found;
}

static struct rng make(struct snds_life *life, const struct snds_world *w)
{
	struct rng r = rng_at(w->seed, SNDS_STREAM_IDENTITY, life->person.index);

	add_identities(life, w, &r);
	lose_nir_ano(life, w, &r);
	return r;
}

void snds_identity_make(struct snds_life *life, const struct snds_world *w)
{
	(void)make(life, w); /* nothing more is drawn */
}

const struct snds_identity *snds_identity_on(const struct snds_person *p, date_t on)
{
	const struct snds_identity *found = &p->identities[0];

	for (size_t i = 0; i < p->identity_count; i++) {
		const struct snds_identity *id = &p->identities[i];

		if (!id->on_demand && id->from <= on)
			found = id;
	}
	return found;
}

void snds_identity_step(struct snds_life *life, const struct snds_world *w)
{
	struct snds_person *p = &life->person;
	struct rng r = make(life, w);

	life->dirt[SNDS_DIRT_IDENTITY] += p->identity_count - 1;
	for (size_t i = 0; i < life->claims.len; i++) {
		struct snds_claim *c = &life->claims.ptr[i];

		c->identity = c->order > 1 ? life->claims.ptr[i - 1].identity : pick(p, c->on, &r);
	}
	for (size_t i = 0; i < life->stays.len; i++) {
		life->stays.ptr[i].identity = pick(p, life->stays.ptr[i].entry, &r);
		life->stays.ptr[i].serial = (uint32_t)i;
	}
	for (size_t i = 0; i < life->others.len; i++)
		life->others.ptr[i].identity = pick(p, life->others.ptr[i].entry, &r);
	for (size_t i = 0; i < life->contacts.len; i++)
		life->contacts.ptr[i].identity = pick(p, life->contacts.ptr[i].on, &r);
}
