#include "link/synth_surname.h"

#include "health/nir.h"

#include <assert.h>

/* Hypotheses: pairs of births that are twins (INSEE: 17 in 1 000), people with an elder sibling
 * whose surname they share, born 18 to 77 months before, in the same place when somebody was. */
static const double TWINS = 0.017, SIBLINGS = 0.25;

enum { SIBLING_MONTHS_MIN = 18,
	SIBLING_MONTHS_RANGE = 60,
	PARENT_YEARS_MIN = 20,
	PARENT_YEARS_RANGE = 20,
	ADULT = 25 };

void synth_add(struct synth_text *t, struct view display, struct view plain)
{
	size_t d = MIN(display.len, SYNTH_TEXT_MAX - t->display_len);
	size_t p = MIN(plain.len, SYNTH_TEXT_MAX - t->plain_len);

	if (d > 0)
		memcpy(t->display + t->display_len, display.ptr, d);
	if (p > 0)
		memcpy(t->plain + t->plain_len, plain.ptr, p);
	t->display_len += d;
	t->plain_len += p;
}

void synth_add_word(struct synth_text *t, const struct synth_word *word)
{
	synth_add(t, word->display, word->plain);
}

void synth_addz(struct synth_text *t, const char *ascii)
{
	synth_add(t, VIEW(ascii), VIEW(ascii));
}

static struct rng family_rng(const struct synth_world *w, uint64_t rank)
{
	return rng_at(w->seed, SYNTH_STREAM_FAMILY, rank);
}

/* The elder of twins is of odd order; both stand for one family. */
static uint64_t twin_of(const struct synth_world *w, const struct synth_cell *c, uint64_t rank)
{
	uint64_t elder = c->order % 2 == 0 ? rank - 1 : rank;
	struct rng r = family_rng(w, elder);

	return c->order % 2 == 0 && rng_chance(&r, TWINS) ? elder : rank;
}

/* Moves a cell back; false before the first year. */
static bool cell_back(struct synth_cell *c, int months)
{
	int at = (int)c->year * 12 + c->month - months;

	if (at < 0)
		return false;
	c->year = (size_t)at / 12;
	c->month = at % 12;
	return true;
}

/* Whose surname it is: the person's, or an elder sibling's, who was born in France too. */
static uint64_t surname_owner(const struct synth_world *w, struct synth_cell *cell,
    uint64_t family)
{
	const struct synth_place *places = w->model->places.ptr;
	struct rng r = family_rng(w, family);
	struct synth_cell elder = *cell;
	uint64_t rank;

	(void)rng_unit(&r); /* whether twins */
	if (!rng_chance(&r, SIBLINGS))
		return family;
	if (!cell_back(&elder, SIBLING_MONTHS_MIN + (int)rng_below(&r, SIBLING_MONTHS_RANGE)))
		return family;
	elder.order = rng_u32(&r);
	if (!synth_cell_rank(w, &elder, &rank))
		return family;
	elder = synth_cell_at(w, rank);
	if (elder.place != cell->place &&
	    (places[elder.place].abroad || places[cell->place].abroad))
		return family;
	*cell = elder;
	return rank;
}

static size_t make_surname(struct synth_person *p, const struct synth_world *w,
    const struct synth_cell *cell, uint64_t family)
{
	struct synth_cell born = *cell;
	struct rng r =
	    rng_at(w->seed, SYNTH_STREAM_SURNAME, surname_owner(w, &born, family));

	return synth_surname_make(&p->surname, w, &w->model->places.ptr[born.place],
	    w->model->years.ptr[born.year].year, &r);
}

static uint32_t below(const struct synth_ids *sums, uint32_t at)
{
	size_t lo = 0, hi = sums->len - 1;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;

		if (sums->ptr[mid] > at)
			hi = mid;
		else
			lo = mid + 1;
	}
	return (uint32_t)lo;
}

/* By INSEE's births of the decade, with soft edges. */
static uint32_t french_given(const struct synth_model *m, bool woman, int year, struct rng *r)
{
	const struct synth_given *g = &m->given[woman];
	int decade = (year - 1905 + (int)rng_below(r, 10)) / 10;
	const struct synth_ids *sums = &g->cumulative[MIN(MAX(decade, 0), SYNTH_DECADES - 1)];

	return g->names.ptr[below(sums, rng_below(r, sums->ptr[sums->len - 1]))];
}

/* The first of a list are frequent: the square of a uniform number. */
static uint32_t foreign_given(const struct synth_ids *names, struct rng *r)
{
	double u = rng_unit(r);

	return names->ptr[(size_t)(u * u * (double)names->len)];
}

static uint32_t draw_given(const struct synth_person *p, const struct synth_world *w,
    size_t group, int year, struct rng *r)
{
	const struct synth_ids *foreign = &w->model->groups.ptr[group].given[p->woman];
	double share = p->place->abroad ? 1 : 0.4;

	if (foreign->len > 0 && rng_chance(r, share))
		return foreign_given(foreign, r);
	return french_given(w->model, p->woman, year, r);
}

/* Second and third names come from older generations. */
static void make_given(struct synth_person *p, const struct synth_world *w, size_t group,
    struct rng *r)
{
	static const double more[SYNTH_GIVEN_MAX] = {1, 0.65, 0.5};
	int year = p->birth.year;

	p->given_count = 0;
	for (int i = 0; i < SYNTH_GIVEN_MAX && rng_chance(r, more[i]); i++) {
		p->given[p->given_count++] = draw_given(p, w, group, year, r);
		year -= 20 + (int)rng_below(r, 20);
	}
}

/* Women with the surname of a husband: hypotheses by generation. */
static void make_used(struct synth_person *p, const struct synth_world *w, struct rng *r)
{
	double share = p->birth.year < 1960 ? 0.8 : p->birth.year < 1975 ? 0.6
	                                                                 : 0.35;

	p->used.display_len = p->used.plain_len = 0;
	if (!p->woman || p->birth.year > SYNTH_YEAR - ADULT || !rng_chance(r, share))
		return;
	(void)synth_surname_make(&p->used, w, p->place, p->birth.year, r);
}

static void write_digits(char *at, int len, uint32_t n)
{
	for (int i = len - 1; i >= 0; i--, n /= 10)
		at[i] = (char)('0' + n % 10);
}

static const char *code_in(const struct synth_place *p, int year)
{
	return p->before[0] && year <= p->until ? p->before : p->code;
}

static bool is_woman(const struct synth_world *w, const struct synth_cell *c, struct rng *r)
{
	return rng_chance(r, w->model->years.ptr[c->year].women);
}

static void make_nir(char ret[SYNTH_NIR_SIZE], const struct synth_world *w,
    const struct synth_cell *c, bool woman)
{
	int year = w->model->years.ptr[c->year].year;

	ret[0] = woman ? '2' : '1';
	write_digits(ret + 1, 2, (uint32_t)(year % 100));
	write_digits(ret + 3, 2, (uint32_t)c->month + 1);
	memcpy(ret + 5, code_in(&w->model->places.ptr[c->place], year), 5);
	write_digits(ret + 10, 3, c->order);
	write_digits(ret + NIR_LEN, 2, (uint32_t)nir_key(ret));
	ret[NIR_KEYED_LEN] = '\0';
}

void synth_person_nir(const struct synth_world *w, uint64_t rank, char ret[SYNTH_NIR_SIZE])
{
	struct synth_cell c = synth_cell_at(w, rank);
	struct rng r = rng_at(w->seed, SYNTH_STREAM_PERSON, rank);

	make_nir(ret, w, &c, is_woman(w, &c, &r));
}

static uint64_t find_parent(const struct synth_world *w, const struct synth_cell *cell,
    struct rng *r)
{
	struct synth_cell c = *cell;
	uint64_t rank;

	if (!cell_back(&c, 12 * (PARENT_YEARS_MIN + (int)rng_below(r, PARENT_YEARS_RANGE))))
		return UINT64_MAX;
	c.order = rng_u32(r);
	return synth_cell_rank(w, &c, &rank) ? rank : UINT64_MAX;
}

static void make_birth(struct synth_person *p, const struct synth_world *w,
    const struct synth_cell *c, uint64_t family)
{
	int year = w->model->years.ptr[c->year].year;
	struct rng r = rng_at(w->seed, SYNTH_STREAM_FAMILY, family | (uint64_t)1 << 63);
	int days = date_days_in_month(year, c->month + 1);

	p->birth = (struct birth_date){
	    .year = (int16_t)year,
	    .month = (int8_t)(c->month + 1),
	    .day = (int8_t)rng_range(&r, 1, days),
	};
}

void synth_person_make(struct synth_person *p, const struct synth_world *w, uint64_t rank)
{
	struct synth_cell c = synth_cell_at(w, rank);
	struct rng r = rng_at(w->seed, SYNTH_STREAM_PERSON, rank);
	uint64_t family = twin_of(w, &c, rank);
	size_t group;

	p->rank = rank;
	p->woman = is_woman(w, &c, &r);
	p->place = &w->model->places.ptr[c.place];
	make_birth(p, w, &c, family);
	memcpy(p->code, code_in(p->place, p->birth.year), SYNTH_CODE);
	p->city = NULL;
	if (p->place->city_count > 0) {
		double u = rng_unit(&r);

		p->city = &p->place->cities[(size_t)(u * u * (double)p->place->city_count)];
	}
	group = make_surname(p, w, &c, family);
	make_given(p, w, group, &r);
	make_used(p, w, &r);
	make_nir(p->nir, w, &c, p->woman);
	p->parent = find_parent(w, &c, &r);
}
