#include "snds/data.h"
#include "snds/data_file.h"

#include <assert.h>

static struct snds_disease *find_disease(struct snds_model *m, struct view name)
{
	for (size_t i = 0; i < m->diseases.len; i++) {
		if (view_eq(m->diseases.ptr[i].name, name))
			return &m->diseases.ptr[i];
	}
	return NULL;
}

static bool take_text(struct data_file *f, struct snds_disease *d)
{
	struct view parameter = data_text(f, 1);

	if (view_eq(parameter, VIEW_LIT("cim10")))
		d->cim10 = data_text(f, 2);
	else if (view_eq(parameter, VIEW_LIT("das")))
		d->das = data_text(f, 2);
	else
		return false;
	return true;
}

static void take_number(struct data_file *f, struct snds_disease *d)
{
	double ald = d->ald, sex = d->sex, age_min = d->age_min, history = d->history_years;
	double prevalence_slope = d->prevalence.slope[0];
	const struct data_slot slots[] = {
	    {"ald", &ald},
	    {"sex", &sex},
	    {"age_min", &age_min},
	    {"incidence_men_60", &d->incidence.at_60[0]},
	    {"incidence_women_60", &d->incidence.at_60[1]},
	    {"incidence_slope_men", &d->incidence.slope[0]},
	    {"incidence_slope_women", &d->incidence.slope[1]},
	    {"incidence_plateau", &d->incidence.plateau},
	    {"prevalence_men_60", &d->prevalence.at_60[0]},
	    {"prevalence_women_60", &d->prevalence.at_60[1]},
	    {"prevalence_slope", &prevalence_slope},
	    {"prevalence_plateau", &d->prevalence.plateau},
	    {"history_years", &history},
	    {"ald_share", &d->ald_share},
	    {"index_stay", &d->index_stay},
	    {"fatality", &d->fatality},
	    {"death_ratio", &d->death_ratio},
	    {"later_stays", &d->later_stays},
	    {"das_share", &d->das_share},
	};

	data_assign(f, slots, ARRAY_LEN(slots), 1, 2);
	d->ald = (int)ald;
	d->sex = (int)sex;
	d->age_min = (int)age_min;
	d->history_years = (int)history;
	d->prevalence.slope[0] = d->prevalence.slope[1] = prevalence_slope;
}

int data_load_diseases(struct snds_model *m, struct err *err)
{
	static const char *const columns[] = {"disease", "parameter", "value"};
	AUTO_DATA struct data_file f;

	data_open(&f, &m->arena, "snds/data/diseases.csv", columns, ARRAY_LEN(columns));
	while (data_next(&f)) {
		struct view name = data_text(&f, 0);
		struct snds_disease *d = find_disease(m, name);

		if (!d) {
			d = vec_push(&m->diseases);
			d->name = name;
		}
		if (!take_text(&f, d))
			take_number(&f, d);
	}
	assert(m->diseases.len <= SNDS_DISEASES_MAX);
	return data_end(&f, err);
}

static size_t find_molecule(const struct snds_model *m, struct view atc, struct data_file *f)
{
	for (size_t i = 0; i < m->molecules.len; i++) {
		if (view_eq(m->molecules.ptr[i].atc, atc))
			return i;
	}
	data_refuse(f, "no drug of this ATC code in drugs.csv");
	return 0;
}

static struct snds_molecule *last_molecule(const struct snds_model *m)
{
	return &m->molecules.ptr[m->molecules.len - 1];
}

int data_load_drugs(struct snds_model *m, struct err *err)
{
	static const char *const columns[] = {"cip13", "atc", "price", "days", "rate"};
	AUTO_DATA struct data_file f;

	data_open(&f, &m->arena, "snds/data/drugs.csv", columns, ARRAY_LEN(columns));
	while (data_next(&f)) {
		struct snds_drug drug = {
		    .cip13 = data_i64(&f, 0),
		    .atc = data_text(&f, 1),
		    .price = data_number(&f, 2),
		    .days = data_int(&f, 3),
		    .rate = data_int(&f, 4),
		};

		if (!m->molecules.len || !view_eq(last_molecule(m)->atc, drug.atc)) {
			struct snds_molecule *fresh = vec_push(&m->molecules);

			fresh->atc = drug.atc;
			fresh->first = m->drugs.len;
		}
		last_molecule(m)->count++;
		*vec_push(&m->drugs) = drug;
	}
	return data_end(&f, err);
}

static int load_disease_treatments(struct snds_model *m, struct err *err)
{
	static const char *const columns[] = {"disease", "atc", "share", "delay_min", "delay_max",
	    "stop_per_year", "gap"};
	AUTO_DATA struct data_file f;

	data_open(&f, &m->arena, "snds/data/treatments.csv", columns, ARRAY_LEN(columns));
	while (data_next(&f)) {
		struct snds_disease *d = find_disease(m, data_text(&f, 0));

		if (!d) {
			data_refuse(&f, "unknown disease");
			break;
		}
		*vec_push(&d->treatments) = (struct snds_treatment){
		    .molecule = find_molecule(m, data_text(&f, 1), &f),
		    .share = data_number(&f, 2),
		    .delay_min = data_int(&f, 3),
		    .delay_max = data_int(&f, 4),
		    .stop_per_year = data_number(&f, 5),
		    .gap = data_number(&f, 6),
		};
	}
	return data_end(&f, err);
}

static int load_episodes(struct snds_model *m, struct err *err)
{
	static const char *const columns[] = {"atc", "sex", "age_0", "age_15", "age_45", "age_65",
	    "age_80", "repeats"};
	AUTO_DATA struct data_file f;

	data_open(&f, &m->arena, "snds/data/episodes.csv", columns, ARRAY_LEN(columns));
	while (data_next(&f)) {
		struct snds_episode *e = vec_push(&m->episodes);

		e->molecule = find_molecule(m, data_text(&f, 0), &f);
		e->sex = data_int(&f, 1);
		for (size_t band = 0; band < SNDS_BANDS; band++)
			e->rate[band] = data_number(&f, 2 + band);
		e->repeats = data_int(&f, 7);
	}
	return data_end(&f, err);
}

int data_load_treatments(struct snds_model *m, struct err *err)
{
	if (load_disease_treatments(m, err) < 0 ||
	    load_episodes(m, err) < 0)
		return -1;
	return 0;
}
