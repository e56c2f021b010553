#include "snds/life.h"

#include "health/finess.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static struct snds_model *model;

static int setup(void **state)
{
	struct err err = {0};

	(void)state;
	if (snds_model_load(&model, &err) == 0)
		return 0;
	print_error("%s\n", err.msg);
	return -1;
}

static int teardown(void **state)
{
	(void)state;
	snds_model_free(&model);
	return 0;
}

static void close_to(double value, double published, double tolerance)
{
	if (fabs(value - published) > published * tolerance)
		fail_msg("%g is not within %g %% of %g", value, tolerance * 100, published);
}

static double life_expectancy(const struct snds_mortality *m)
{
	double years = 0, alive = 1;

	for (int tenth = 0; tenth < 1100; tenth++) {
		years += alive * 0.1;
		alive *= exp(-snds_mortality_at(m, tenth / 10.0) * 0.1);
	}
	return years;
}

/* INSEE, 2018: 79.5 years for men, 85.4 for women. */
static void life_expectancy_is_the_published_one(void **state)
{
	(void)state;
	close_to(life_expectancy(&model->mortality[0]), 79.5, 0.02);
	close_to(life_expectancy(&model->mortality[1]), 85.4, 0.02);
}

/* Per 100,000 inhabitants of the pyramid. */
static double crude(const struct snds_disease *d, const struct snds_curve *c)
{
	double cases = 0, people = 0;

	for (size_t i = 0; i < model->pyramid.len; i++) {
		const struct snds_pyramid *band = &model->pyramid.ptr[i];
		double age = (band->age_min + band->age_max + 1) / 2.0;

		for (int sex = SNDS_MAN; sex <= SNDS_WOMAN; sex++) {
			double n = band->weight[sex - 1];

			people += n;
			if (age >= d->age_min && (d->sex == SNDS_BOTH || d->sex == sex))
				cases += n * snds_curve_at(c, sex, age);
		}
	}
	return cases / people;
}

static const struct snds_disease *find(const char *name)
{
	for (size_t i = 0; i < model->diseases.len; i++) {
		if (view_eq(model->diseases.ptr[i].name, VIEW(name)))
			return &model->diseases.ptr[i];
	}
	fail_msg("no disease %s", name);
	return NULL;
}

/*
 * Published totals over 67 million inhabitants: breast cancer 58,459 new cases
 * (INCa 2018), Parkinson 25,000 to 27,000 new and 167,000 to 177,000 treated
 * (Sante publique France 2015), diabetes 5 % treated (Sante publique France
 * 2016), infarction about 80,000 hospital admissions (2014), a part of them
 * not the first.
 */
static void diseases_have_published_sizes(void **state)
{
	const struct snds_disease *breast = find("breast_cancer"), *parkinson = find("parkinson");
	const struct snds_disease *diabetes = find("diabetes_type_2");
	const struct snds_disease *infarction = find("myocardial_infarction");

	(void)state;
	close_to(crude(breast, &breast->incidence), 58459 / 670.0, 0.15);
	close_to(crude(parkinson, &parkinson->incidence), 26000 / 670.0, 0.25);
	close_to(crude(parkinson, &parkinson->prevalence), 172000 / 670.0, 0.25);
	close_to(crude(diabetes, &diabetes->prevalence), 5000, 0.15);
	close_to(crude(infarction, &infarction->incidence), 80000 / 670.0, 0.25);
}

/* INSEE, 1 January 2018: 66.99 million, 51.7 % women, 19.6 % of 65 years and more. */
static void pyramid_is_that_of_2018(void **state)
{
	double all = 0, women = 0, old = 0;

	(void)state;
	for (size_t i = 0; i < model->pyramid.len; i++) {
		const struct snds_pyramid *band = &model->pyramid.ptr[i];
		double n = band->weight[0] + band->weight[1];

		all += n;
		women += band->weight[1];
		old += band->age_min >= 65 ? n : 0;
	}
	close_to(all, 66990, 0.01);
	close_to(women / all, 0.517, 0.01);
	close_to(old / all, 0.196, 0.02);
}

static void hospitals_have_valid_numbers(void **state)
{
	size_t with_zero = 0;

	(void)state;
	for (size_t i = 0; i < model->departments.len; i++) {
		const struct snds_department *d = &model->departments.ptr[i];

		assert_true(d->communes.len > 0);
		for (size_t h = 0; h < d->hospital_count; h++) {
			struct view number = {d->hospitals[h].finess, 9};

			assert_true(finess_valid(number));
			with_zero += number.ptr[0] == '0';
		}
	}
	assert_int_equal(model->departments.len, 101);
	assert_true(with_zero >= 18); /* nine departements, two hospitals at least */
}

static struct snds_world world(bool clean)
{
	return (struct snds_world){
	    .model = model,
	    .seed = 7,
	    .patients = 4000,
	    .start = date_from_civil(2018, 1, 1),
	    .end = date_from_civil(2020, 12, 31),
	    .clean = clean,
	};
}

static void check_life(const struct snds_life *life, const struct snds_world *w)
{
	const struct snds_person *p = &life->person;

	assert_true(p->birth <= p->entry && p->entry <= p->exit && p->exit <= w->end);
	assert_true(p->entry >= w->start && date_age(p->birth, p->exit) < 115);
	assert_true(p->identity_count >= 1);
	assert_true((p->death == DATE_NONE) == (p->cause.len == 0));
	for (size_t i = 0; i < life->onsets.len; i++) {
		const struct snds_onset *o = &life->onsets.ptr[i];

		assert_true(o->on <= p->exit && o->on >= p->birth);
		assert_true(o->prevalent == (o->on < p->entry));
		assert_true(o->disease->sex != SNDS_WOMAN || p->sex == SNDS_WOMAN);
		assert_true(date_age(p->birth, o->on) >= o->disease->age_min - 1);
	}
	for (size_t i = 0; i < life->stays.len; i++) {
		const struct snds_stay *s = &life->stays.ptr[i];

		assert_true(s->entry >= p->entry && s->entry <= s->exit && s->exit <= p->exit);
		assert_true(!s->dead || s->exit == p->death);
	}
}

static void lives_are_coherent(void **state)
{
	struct snds_world w = world(false);
	struct snds_life life = {0};

	(void)state;
	for (uint64_t i = 0; i < w.patients; i++) {
		snds_life_make(&life, &w, i);
		check_life(&life, &w);
	}
	snds_life_clear(&life);
}

/* The order in which lives are made, and what was made before, change nothing. */
static void a_life_is_a_function_of_its_index(void **state)
{
	struct snds_world w = world(false);
	struct snds_life used = {0}, fresh = {0};

	(void)state;
	for (uint64_t i = 0; i < 200; i++)
		snds_life_make(&used, &w, 199 - i);
	snds_life_make(&used, &w, 123);
	snds_life_make(&fresh, &w, 123);
	assert_int_equal(used.claims.len, fresh.claims.len);
	for (size_t i = 0; i < used.claims.len; i++) {
		assert_int_equal(used.claims.ptr[i].on, fresh.claims.ptr[i].on);
		assert_int_equal(used.claims.ptr[i].nature, fresh.claims.ptr[i].nature);
	}
	assert_memory_equal(used.person.nir_ano, fresh.person.nir_ano, SNDS_PSEUDONYM_LEN);
	snds_life_clear(&used);
	snds_life_clear(&fresh);
}

/* Twins of one sex are born together and share BEN_NIR_PSA while they are children. */
static void twins_share_a_pseudonym(void **state)
{
	struct snds_world w = world(false);
	struct snds_life first = {0}, second = {0};
	size_t pairs = 0;

	(void)state;
	for (uint64_t i = 0; i < w.patients; i += 2) {
		const struct snds_person *a = &first.person, *b = &second.person;

		snds_life_make(&first, &w, i);
		if (!first.person.twin || date_age(a->birth, a->entry) >= 18)
			continue;
		snds_life_make(&second, &w, i + 1);
		pairs++;
		assert_int_equal(a->birth, b->birth);
		assert_int_equal(a->sex, b->sex);
		assert_memory_equal(a->identities[0].psa, b->identities[0].psa, SNDS_PSEUDONYM_LEN);
		assert_int_equal(a->identities[0].rank, '1');
		assert_int_equal(b->identities[0].rank, '2');
		assert_memory_not_equal(a->nir_ano, b->nir_ano, SNDS_PSEUDONYM_LEN);
	}
	assert_true(pairs > 0);
	snds_life_clear(&first);
	snds_life_clear(&second);
}

static void a_clean_life_has_no_fault(void **state)
{
	struct snds_world w = world(true);
	struct snds_life life = {0};

	(void)state;
	for (uint64_t i = 0; i < 1000; i++) {
		snds_life_make(&life, &w, i);
		assert_int_equal(life.person.identity_count, 1);
		for (size_t rule = 0; rule < SNDS_DIRT_COUNT; rule++)
			assert_int_equal(life.dirt[rule], 0);
	}
	snds_life_clear(&life);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(life_expectancy_is_the_published_one),
	    cmocka_unit_test(diseases_have_published_sizes),
	    cmocka_unit_test(pyramid_is_that_of_2018),
	    cmocka_unit_test(hospitals_have_valid_numbers),
	    cmocka_unit_test(lives_are_coherent),
	    cmocka_unit_test(a_life_is_a_function_of_its_index),
	    cmocka_unit_test(twins_share_a_pseudonym),
	    cmocka_unit_test(a_clean_life_has_no_fault),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
