#include "snds/data.h"
#include "snds/data_file.h"

size_t data_find_molecule(const struct snds_model *m, struct view atc, struct data_file *f)
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

int data_load_episodes(struct snds_model *m, struct err *err)
{
	static const char *const columns[] = {"atc", "sex", "age_0", "age_15", "age_45", "age_65",
	    "age_80", "repeats"};
	AUTO_DATA struct data_file f;

	data_open(&f, &m->arena, "snds/data/episodes.csv", columns, ARRAY_LEN(columns));
	while (data_next(&f)) {
		struct snds_episode *e = vec_push(&m->episodes);

		e->molecule = data_find_molecule(m, data_text(&f, 0), &f);
		e->sex = data_int(&f, 1);
		for (size_t band = 0; band < SNDS_BANDS; band++)
			e->rate[band] = data_number(&f, 2 + band);
		e->repeats = data_int(&f, 7);
	}
	return data_end(&f, err);
}
