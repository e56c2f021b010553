#include "link/synth_surname.h"

#include <math.h>

/*
 * Frequencies of French surnames follow Zipf-Mandelbrot, 1 / (rank + q)^s. With these the first
 * has 0.3 % and the first thousand a quarter: the order of what INSEE's file of surnames shows.
 */
static const double EXPONENT = 0.9, SHIFT = 14;

/* The rank at a share of the cumulative distribution, by its integral. */
static uint32_t zipf(uint32_t ranks, double share)
{
	double low = pow(SHIFT, 1 - EXPONENT), high = pow(ranks + SHIFT, 1 - EXPONENT);
	double rank = pow(low + share * (high - low), 1 / (1 - EXPONENT)) - SHIFT;

	return (uint32_t)MIN(MAX(rank, 0), ranks - 1);
}

static bool is_vowel(char c)
{
	return c && strchr("AEIOUYaeiouy", c);
}

/* Two vowels do not meet: the one before goes. */
static void add_end(struct synth_text *t, const struct synth_word *end)
{
	if (end->plain.len > 0 && is_vowel(end->plain.ptr[0]) && t->display_len > 2 &&
	    is_vowel(t->display[t->display_len - 1])) {
		t->display_len--;
		t->plain_len--;
	}
	synth_add_word(t, end);
}

/* Beyond the list: a start, none to two middles, an end, different for each rank. */
static void add_syllables(struct synth_text *t, const struct synth_group *g, uint32_t n)
{
	const struct synth_words *middle = &g->middle;
	uint32_t starts = (uint32_t)g->start.len, ends = (uint32_t)g->end.len;
	uint32_t middles = n / starts / ends;

	synth_add_word(t, &g->start.ptr[n % starts]);
	if (middles > 0)
		synth_add_word(t, &middle->ptr[(middles - 1) % middle->len]);
	if (middles > middle->len)
		synth_add_word(t, &middle->ptr[middles / middle->len % middle->len]);
	add_end(t, &g->end.ptr[n / starts % ends]);
}

static void add_surname(struct synth_text *t, const struct synth_group *g, struct rng *r)
{
	uint32_t rank = zipf(g->ranks, rng_unit(r));

	if (rank < g->surnames.len)
		synth_add_word(t, &g->surnames.ptr[rank]);
	else
		add_syllables(t, g, rank - (uint32_t)g->surnames.len);
}

/* Of 1 000 French surnames with a particle, hypothesis. */
static const struct {
	const char *display, *plain;
	double share;
} particles[] = {{"Le ", "LE ", 0.012}, {"De ", "DE ", 0.008}, {"De La ", "DE LA ", 0.003},
    {"Du ", "DU ", 0.002}, {"D'", "D'", 0.003}, {"Van ", "VAN ", 0.002}};

static void add_particle(struct synth_text *t, struct rng *r)
{
	double at = rng_unit(r);

	for (size_t i = 0; i < ARRAY_LEN(particles); i++) {
		if (at < particles[i].share) {
			synth_add(t, VIEW(particles[i].display), VIEW(particles[i].plain));
			return;
		}
		at -= particles[i].share;
	}
}

/* Origins of surnames of people born in France: hypotheses. */
static size_t origin(const struct synth_model *m, struct rng *r)
{
	static const struct {
		const char *name;
		double share;
	} origins[] = {{"maghreb", 0.06}, {"iberian", 0.03}, {"italian", 0.03}, {"african", 0.02},
	    {"turkish", 0.01}, {"asian", 0.01}, {"slavic", 0.01}};
	double at = rng_unit(r);

	for (size_t i = 0; i < ARRAY_LEN(origins); i++) {
		if (at < origins[i].share)
			for (size_t g = 0; g < m->groups.len; g++)
				if (view_eq(m->groups.ptr[g].name, VIEW(origins[i].name)))
					return g;
		at -= origins[i].share;
	}
	return 0;
}

/* Since 1 January 2005 parents may give both their names. */
enum { BOTH_NAMES_YEAR = 2005 };

size_t synth_surname_make(struct synth_text *t, const struct synth_world *w,
    const struct synth_place *place, int year, struct rng *r)
{
	const struct synth_model *m = w->model;
	size_t group = place->abroad ? place->group : origin(m, r);
	const struct synth_group *g = &m->groups.ptr[group];
	bool iberian = place->abroad && view_eq(g->name, VIEW_LIT("iberian"));
	double both = iberian ? 0.5 : year >= BOTH_NAMES_YEAR ? 0.08
	                                                      : 0.015;

	t->display_len = t->plain_len = 0;
	if (group == 0)
		add_particle(t, r);
	add_surname(t, g, r);
	if (rng_chance(r, both)) {
		synth_addz(t, iberian ? " " : "-");
		add_surname(t, g, r);
	}
	return group;
}
