#include "snds/life.h"

/*
 * Mothers and children. Each child of a block of persons gets a mother among
 * the women of the block, by the fertility of their age on that day; the
 * children of one woman are SPACING days apart, twins have one. Whoever looks,
 * child or mother, makes the whole block, so that both find the same.
 */
enum { SPACING = 300,
	FERTILE_FROM = 18,
	FERTILE_TO = 44 };

struct block {
	const struct snds_world *w;
	struct snds_families *f;
	uint64_t first;
	size_t count;
	date_t birth[SNDS_FAMILY_BLOCK];
	bool woman[SNDS_FAMILY_BLOCK]; /* and not born in the years */
	size_t children[SNDS_FAMILY_BLOCK], child_count;
};

static double fertility(const struct snds_rates *r, int age)
{
	if (age < FERTILE_FROM || age > FERTILE_TO)
		return 0;
	return r->fertility[age < 20 ? 0 : (age - 15) / 5];
}

static void look_at_persons(struct block *b)
{
	for (size_t i = 0; i < b->count; i++) {
		int sex = 0;
		bool child = snds_population_birth(b->w, b->first + i, &sex, &b->birth[i]);

		b->woman[i] = !child && sex == SNDS_WOMAN;
		b->f->mother[i] = SNDS_NOBODY;
		b->f->birth[i] = b->birth[i];
		if (child)
			b->children[b->child_count++] = i;
	}
}

static bool has_time(const struct block *b, size_t woman, date_t on)
{
	size_t children = 0;

	for (size_t i = 0; i < b->child_count; i++) {
		size_t c = b->children[i];

		if (b->f->mother[c] != b->first + woman)
			continue;
		children++;
		if (b->birth[c] - on < SPACING && on - b->birth[c] < SPACING)
			return false;
	}
	return children + 2 <= SNDS_BIRTHS_MAX;
}

static uint64_t draw_mother(const struct block *b, size_t child)
{
	struct rng r = rng_at(b->w->seed, SNDS_STREAM_FERTILITY, b->first + child);
	double weight[SNDS_FAMILY_BLOCK], total = 0, at;
	date_t on = b->birth[child];

	for (size_t i = 0; i < b->count; i++) {
		weight[i] = b->woman[i] ? fertility(&b->w->model->rates, date_age(b->birth[i], on))
		                        : 0;
		if (weight[i] > 0 && !has_time(b, i, on))
			weight[i] = 0;
		total += weight[i];
	}
	at = rng_unit(&r) * total;
	for (size_t i = 0; i < b->count; i++) {
		if (at < weight[i])
			return b->first + i;
		at -= weight[i];
	}
	return SNDS_NOBODY;
}

/* Blocks begin at even numbers: twins, 2k and 2k + 1, are in one. */
static void make_block(struct snds_families *f, const struct snds_world *w, uint64_t number)
{
	struct block b = {.w = w, .f = f, .first = number * SNDS_FAMILY_BLOCK};

	*f = (struct snds_families){true, w->seed, w->patients, number, w->start, w->end, {0}, {0}};
	b.count = (size_t)MIN((uint64_t)SNDS_FAMILY_BLOCK, w->patients - b.first);
	look_at_persons(&b);
	for (size_t i = 0; i < b.child_count; i++) {
		size_t child = b.children[i];
		bool second = child % 2 == 1 && snds_is_twin(w, b.first + child);

		f->mother[child] = second ? f->mother[child - 1] : draw_mother(&b, child);
	}
}

static void find_block(struct snds_families *f, const struct snds_world *w, uint64_t index)
{
	uint64_t number = index / SNDS_FAMILY_BLOCK;

	if (!f->made || f->block != number || f->seed != w->seed || f->patients != w->patients ||
	    f->start != w->start || f->end != w->end)
		make_block(f, w, number);
}

uint64_t snds_mother_of(struct snds_families *f, const struct snds_world *w, uint64_t child)
{
	find_block(f, w, child);
	return f->mother[child % SNDS_FAMILY_BLOCK];
}

static int compare_births(const void *a, const void *b)
{
	const struct snds_birth *x = a, *y = b;

	if (x->on != y->on)
		return x->on < y->on ? -1 : 1;
	return x->child < y->child ? -1 : x->child > y->child;
}

void snds_births_of(struct snds_families *f, const struct snds_world *w, uint64_t mother,
    struct snds_births *ret)
{
	uint64_t first = mother / SNDS_FAMILY_BLOCK * SNDS_FAMILY_BLOCK;

	find_block(f, w, mother);
	ret->count = 0;
	for (uint64_t i = 0; i < SNDS_FAMILY_BLOCK && first + i < w->patients; i++) {
		if (f->mother[i] == mother)
			ret->items[ret->count++] = (struct snds_birth){first + i, f->birth[i]};
	}
	qsort(ret->items, ret->count, sizeof(*ret->items), compare_births);
}

const struct snds_hospital *snds_birth_hospital(const struct snds_world *w, uint64_t child,
    const struct snds_department *d)
{
	uint64_t family = snds_is_twin(w, child) ? child & ~(uint64_t)1 : child;
	struct rng r = rng_at(w->seed, SNDS_STREAM_BIRTH, family);

	return &d->hospitals[rng_below(&r, (uint32_t)d->hospital_count)];
}

/* What the child's stay says of the mother, if she lives on that day. */
static void meet_mother(struct snds_life *life, const struct snds_world *w)
{
	struct snds_person *p = &life->person;
	struct snds_life mother = {0};

	snds_population_step(&mother, w, p->mother);
	snds_disease_step(&mother, w);
	if (mother.person.exit <= p->birth) {
		p->mother = SNDS_NOBODY;
	} else {
		snds_identity_make(&mother, w);
		memcpy(p->mother_psa, snds_identity_on(&mother.person, p->birth - 1)->psa,
		    SNDS_PSEUDONYM_LEN);
	}
	snds_life_clear(&mother);
}

static void drop_late_births(struct snds_life *life)
{
	size_t kept = 0;

	for (size_t i = 0; i < life->births.count; i++) {
		if (life->births.items[i].on < life->person.exit)
			life->births.items[kept++] = life->births.items[i];
	}
	life->births.count = kept;
}

void snds_family_step(struct snds_life *life, const struct snds_world *w)
{
	const struct snds_person *p = &life->person;

	life->births.count = 0;
	if (p->mother != SNDS_NOBODY)
		meet_mother(life, w);
	if (p->sex != SNDS_WOMAN || p->newborn ||
	    date_age(p->birth, p->entry) > FERTILE_TO || date_age(p->birth, p->exit) < FERTILE_FROM)
		return;
	snds_births_of(&life->families, w, p->index, &life->births);
	drop_late_births(life);
}
