/*
 * Planted effects are found again: the same persons, with and without. Persons
 * whom an effect does not touch have the same lives.
 */
#include "support.h"

#include "snds/life.h"

#include <math.h>

enum { PERSONS = 12000 };

static struct snds_model *model_with(const char *effect)
{
	struct snds_model *m = NULL;
	struct err err = {0};

	if (snds_model_load(&m, &err) < 0 ||
	    (effect && snds_effect_plant(m, VIEW(effect), &err) < 0))
		fail_msg("%s", err.msg);
	snds_effects_apply(m);
	return m;
}

static struct snds_world world(const struct snds_model *m)
{
	return (struct snds_world){
	    .model = m,
	    .seed = 5,
	    .patients = 2 * PERSONS,
	    .start = date_from_civil(2018, 1, 1),
	    .end = date_from_civil(2022, 12, 31),
	    .clean = true,
	};
}

/* Population and diseases only: nothing else matters here, and this is quick. */
static void make(struct snds_life *life, const struct snds_world *w, uint64_t index)
{
	life->onsets.len = 0;
	snds_population_step(life, w, index);
	snds_disease_step(life, w);
}

static const struct snds_onset *onset_of(const struct snds_life *life, const char *disease)
{
	for (size_t i = 0; i < life->onsets.len; i++) {
		if (view_eq(life->onsets.ptr[i].disease->name, VIEW(disease)))
			return &life->onsets.ptr[i];
	}
	return NULL;
}

static bool new_stroke(const struct snds_life *life)
{
	const struct snds_onset *o = onset_of(life, "ischaemic_stroke");

	return o && !o->prevalent;
}

static bool prevalent(const struct snds_life *life, const char *disease)
{
	const struct snds_onset *o = onset_of(life, disease);

	return o && o->prevalent;
}

static void a_hazard_ratio_of_onset_is_found_again(void **state)
{
	struct snds_model *plain = model_with(NULL), *planted = model_with("hypertension_stroke=4");
	struct snds_world a = world(plain), b = world(planted);
	struct snds_life x = {0}, y = {0};
	int before = 0, after = 0;
	double error;

	(void)state;
	for (uint64_t i = 0; i < PERSONS; i++) {
		make(&x, &a, i);
		make(&y, &b, i);
		if (prevalent(&x, "hypertension") && !prevalent(&x, "ischaemic_stroke")) {
			before += new_stroke(&x);
			after += new_stroke(&y);
		} else if (!onset_of(&x, "hypertension") && !onset_of(&y, "hypertension")) {
			assert_int_equal(new_stroke(&x), new_stroke(&y));
			assert_int_equal(x.person.death, y.person.death);
		}
	}
	assert_true(before > 30);
	/* Three standard errors of the ratio of so many events; some die of the first stroke. */
	error = sqrt(1.0 / before + 1.0 / after);
	assert_true(fabs(log((double)after / before / 4)) < 3 * error + 0.1);
	snds_life_clear(&x);
	snds_life_clear(&y);
	snds_model_free(&plain);
	snds_model_free(&planted);
}

/* Log hazard ratio 2.5: 0.6 % die in the best third of hospitals, 91 % in the worst. */
static void hospitals_differ_when_planted(void **state)
{
	struct snds_model *m = model_with("hospital_fatality=2.5");
	struct snds_world w = world(m);
	struct snds_life life = {0};
	int cases[3] = {0}, deaths[3] = {0};

	(void)state;
	for (uint64_t i = 0; i < PERSONS; i++) {
		const struct snds_onset *o;
		int rank;

		make(&life, &w, i);
		o = onset_of(&life, "myocardial_infarction");
		if (!o || o->prevalent || !o->hospital)
			continue;
		rank = snds_hospital_rank(o->hospital) + 1;
		cases[rank]++;
		deaths[rank] += life.person.death != DATE_NONE && life.person.death - o->on <= 30;
	}
	assert_true(cases[0] > 8 && cases[2] > 8);
	assert_true(deaths[0] * 5 < cases[0]);
	assert_true(deaths[2] * 2 > cases[2]);
	snds_life_clear(&life);
	snds_model_free(&m);
}

static bool both_drugs(const struct snds_life *life, unsigned a, unsigned b)
{
	for (size_t i = 0; i < life->exposures.len; i++) {
		const struct snds_exposure *x = &life->exposures.ptr[i];

		for (size_t k = 0; k < life->exposures.len && x->causes & a; k++) {
			const struct snds_exposure *y = &life->exposures.ptr[k];

			if (y->causes & b && x->start <= y->end && y->start <= x->end)
				return true;
		}
	}
	return false;
}

static unsigned bit_of(const struct snds_model *m, const char *prefix)
{
	for (size_t i = 0; i < m->event_cause_count; i++) {
		if (view_eq(m->event_causes[i], VIEW(prefix)))
			return 1U << i;
	}
	fail_msg("no cause %s", prefix);
	return 0;
}

static int bleedings(const struct snds_life *life)
{
	int n = 0;

	for (size_t i = 0; i < life->events.len; i++)
		n += view_eq(life->events.ptr[i].kind->name, VIEW_LIT("digestive_bleeding"));
	return n;
}

static void an_interaction_needs_both_drugs(void **state)
{
	struct snds_model *plain = model_with("nsaid_antithrombotic_bleeding=1");
	struct snds_model *planted = model_with("nsaid_antithrombotic_bleeding=100");
	struct snds_world a = world(plain), b = world(planted);
	unsigned nsaid = bit_of(plain, "M01A"), thinner = bit_of(plain, "B01A");
	struct snds_life x = {0}, y = {0};
	int with_before = 0, with_after = 0;

	(void)state;
	/* Both drugs at once are rare, and so is a bleeding: without them, all the more. */
	plain->events.ptr[0].rate *= 50;
	planted->events.ptr[0].rate *= 50;
	for (uint64_t i = 0; i < PERSONS / 2; i++) {
		snds_life_make(&x, &a, i);
		snds_life_make(&y, &b, i);
		if (both_drugs(&x, nsaid, thinner)) {
			with_before += bleedings(&x);
			with_after += bleedings(&y);
		} else {
			assert_int_equal(bleedings(&x), bleedings(&y));
		}
	}
	assert_true(with_after > with_before + 3 * sqrt(with_before + with_after));
	snds_life_clear(&x);
	snds_life_clear(&y);
	snds_model_free(&plain);
	snds_model_free(&planted);
}

/* 15 of 100 by the data; of those of two nights and more, where there is another hospital. */
static void some_infarctions_are_transferred(void **state)
{
	struct snds_model *m = model_with(NULL);
	struct snds_world w = world(m);
	struct snds_life life = {0};
	int found = 0, moved = 0;

	(void)state;
	for (uint64_t i = 0; i < 2 * PERSONS; i++) {
		const struct snds_onset *o;

		make(&life, &w, i);
		o = onset_of(&life, "myocardial_infarction");
		if (!o || o->prevalent)
			continue;
		found++;
		snds_life_make(&life, &w, i);
		for (size_t k = 0; k < life.stays.len; k++)
			moved += life.stays.ptr[k].comes;
	}
	if (found < 60 || moved < found * 6 / 100 || moved > found * 24 / 100)
		fail_msg("%d of %d infarctions are transferred", moved, found);
	snds_life_clear(&life);
	snds_model_free(&m);
}

static void wrong_effects_are_refused(void **state)
{
	static const char *const wrong[] = {"", "x", "x=1", "nsaid_bleeding", "nsaid_bleeding=",
	    "nsaid_bleeding=two", "nsaid_bleeding=-1", "nsaid_bleeding=1e9", "nsaid_bleeding=nan"};
	struct snds_model *m = model_with(NULL);
	struct err err = {0};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
		assert_int_equal(snds_effect_plant(m, VIEW(wrong[i]), &err), -1);
		assert_int_equal(err.code, ERR_USAGE);
	}
	snds_model_free(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(a_hazard_ratio_of_onset_is_found_again),
	    cmocka_unit_test(hospitals_differ_when_planted),
	    cmocka_unit_test(an_interaction_needs_both_drugs),
	    cmocka_unit_test(some_infarctions_are_transferred),
	    cmocka_unit_test(wrong_effects_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
