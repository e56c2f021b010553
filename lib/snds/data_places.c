#include "health/finess.h"
#include "snds/data.h"
#include "snds/data_file.h"

/* One hospital for so many inhabitants: hypothesis, between 2 and SNDS_HOSPITALS. */
static const double INHABITANTS_A_HOSPITAL = 250000;

/* The département as FINESS and T_MCOaaB write it: 01, 2A, and 97 or 98 overseas. */
static struct view two_characters(struct view code)
{
	return code.ptr[0] == '0' ? (struct view){code.ptr + 1, 2} : (struct view){code.ptr, 2};
}

/*
 * Invented numbers: the block 099xxx after the département (01..06 stands for
 * the territory overseas) is not one that FINESS gives to hospitals.
 */
static void make_hospitals(struct snds_department *d, double public_share)
{
	double wanted = d->population / INHABITANTS_A_HOSPITAL;

	d->hospital_count = (size_t)MAX(2, MIN((double)SNDS_HOSPITALS, wanted));
	for (size_t i = 0; i < d->hospital_count; i++) {
		char *number = d->hospitals[i].finess;

		number[0] = d->code_mco.ptr[0];
		number[1] = d->code_mco.ptr[1];
		number[2] = '0';
		number[3] = number[4] = '9';
		number[5] = d->code.ptr[0] == '9' ? d->code.ptr[2] : '0';
		number[6] = '0';
		number[7] = (char)('1' + i);
		number[8] = finess_key((struct view){number, 8});
		d->hospitals[i].is_public =
		    (double)i < public_share * (double)d->hospital_count;
		d->hospitals[i].index = d->index * SNDS_HOSPITALS + i;
	}
}

static int load_departments(struct snds_model *m, struct err *err)
{
	static const char *const columns[] = {"department", "population", "organism", "emitter",
	    "region"};
	AUTO_DATA struct data_file f;

	data_open(&f, &m->arena, "snds/data/departments.csv", columns, ARRAY_LEN(columns));
	while (data_next(&f)) {
		struct snds_department *d = vec_push(&m->departments);

		d->index = m->departments.len - 1;
		d->code = data_text(&f, 0);
		d->code_mco = two_characters(d->code);
		d->population = data_number(&f, 1);
		d->organism = data_text(&f, 2);
		d->emitter = data_text(&f, 3);
		d->region = data_text(&f, 4);
		make_hospitals(d, m->rates.public_hospital);
	}
	return data_end(&f, err);
}

static int load_communes(struct snds_model *m, struct err *err)
{
	static const char *const columns[] = {"department", "commune", "postcode", "population"};
	AUTO_DATA struct data_file f;
	size_t at = 0;

	data_open(&f, &m->arena, "snds/data/communes.csv", columns, ARRAY_LEN(columns));
	while (data_next(&f)) {
		struct view department = data_text(&f, 0);

		while (at < m->departments.len && !view_eq(m->departments.ptr[at].code, department))
			at++;
		if (at == m->departments.len) {
			data_refuse(&f, "communes are not in the order of departments.csv");
			break;
		}
		*vec_push(&m->departments.ptr[at].communes) = (struct snds_commune){
		    .code = data_text(&f, 1),
		    .postcode = data_text(&f, 2),
		    .population = data_number(&f, 3),
		};
	}
	return data_end(&f, err);
}

/* The first hospital of Paris, Marseille and Lyon stands for AP-HP, AP-HM and HCL. */
static int load_duplicates(struct snds_model *m, struct err *err)
{
	static const char *const columns[] = {"department", "finess"};
	AUTO_DATA struct data_file f;

	data_open(&f, &m->arena, "snds/data/geographic.csv", columns, ARRAY_LEN(columns));
	while (data_next(&f)) {
		struct view department = data_text(&f, 0);

		for (size_t i = 0; i < m->departments.len; i++) {
			struct snds_department *d = &m->departments.ptr[i];

			if (view_eq(d->code, department))
				d->hospitals[0].geographic = data_text(&f, 1);
		}
	}
	return data_end(&f, err);
}

int data_load_places(struct snds_model *m, struct err *err)
{
	if (load_departments(m, err) < 0 ||
	    load_duplicates(m, err) < 0 ||
	    load_communes(m, err) < 0)
		return -1;
	return 0;
}
