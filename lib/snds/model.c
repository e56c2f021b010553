#include "snds/data.h"

#include <math.h>

static const int band_from[SNDS_BANDS] = {0, 15, 45, 65, 80};

int snds_band(int age)
{
	int band = SNDS_BANDS - 1;

	while (band > 0 && age < band_from[band])
		band--;
	return band;
}

double snds_curve_at(const struct snds_curve *c, int sex, double age)
{
	size_t s = sex == SNDS_WOMAN;

	return c->at_60[s] * exp(c->slope[s] * (MIN(age, c->plateau) - 60));
}

int snds_model_load(struct snds_model **ret, struct err *err)
{
	struct snds_model *m = mem_zalloc(1, sizeof(*m));

	if (data_load_rates(m, err) < 0 ||
	    data_load_people(m, err) < 0 ||
	    data_load_places(m, err) < 0 ||
	    data_load_drugs(m, err) < 0 ||
	    data_load_diseases(m, err) < 0 ||
	    data_load_episodes(m, err) < 0 ||
	    data_load_stays(m, err) < 0 ||
	    data_load_details(m, err) < 0 ||
	    data_load_care(m, err) < 0 ||
	    data_load_effects(m, err) < 0) {
		snds_model_free(&m);
		return -1;
	}
	*ret = m;
	return 0;
}

static void stay_kinds_clear(struct snds_stay_kinds *kinds)
{
	for (size_t i = 0; i < kinds->items.len; i++) {
		vec_clear(&kinds->items.ptr[i].acts);
		vec_clear(&kinds->items.ptr[i].drugs);
		vec_clear(&kinds->items.ptr[i].devices);
	}
	vec_clear(&kinds->items);
}

static void disease_clear(struct snds_disease *d)
{
	vec_clear(&d->treatments);
	vec_clear(&d->care);
	vec_clear(&d->index_das);
	stay_kinds_clear(&d->index_stays);
	stay_kinds_clear(&d->transfer_kinds);
	stay_kinds_clear(&d->later_kinds);
}

void snds_model_free(struct snds_model **model)
{
	struct snds_model *m = *model;

	if (!m)
		return;
	for (size_t i = 0; i < m->diseases.len; i++)
		disease_clear(&m->diseases.ptr[i]);
	for (size_t i = 0; i < m->departments.len; i++)
		vec_clear(&m->departments.ptr[i].communes);
	for (size_t i = 0; i < m->care.len; i++)
		vec_clear(&m->care.ptr[i].lines);
	stay_kinds_clear(&m->newborn);
	stay_kinds_clear(&m->background);
	stay_kinds_clear(&m->delivery);
	vec_clear(&m->programmes);
	vec_clear(&m->pregnancy);
	vec_clear(&m->effects);
	vec_clear(&m->events);
	vec_clear(&m->pyramid);
	vec_clear(&m->departments);
	vec_clear(&m->causes);
	vec_clear(&m->drugs);
	vec_clear(&m->molecules);
	vec_clear(&m->diseases);
	vec_clear(&m->episodes);
	vec_clear(&m->care);
	vec_clear(&m->diagnoses);
	vec_clear(&m->tariffs);
	vec_clear(&m->csarr);
	vec_clear(&m->other_acts);
	vec_clear(&m->immediate_causes);
	arena_clear(&m->arena);
	free(m);
	*model = NULL;
}
