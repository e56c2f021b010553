#include "snds/data.h"
#include "snds/data_file.h"

static int load_pyramid(struct snds_model *m, struct err *err)
{
	static const char *const columns[] = {"age_min", "age_max", "men", "women"};
	AUTO_DATA struct data_file f;

	data_open(&f, &m->arena, "snds/data/population.csv", columns, ARRAY_LEN(columns));
	while (data_next(&f)) {
		*vec_push(&m->pyramid) = (struct snds_pyramid){
		    .age_min = data_int(&f, 0),
		    .age_max = data_int(&f, 1),
		    .weight = {data_number(&f, 2), data_number(&f, 3)},
		};
	}
	return data_end(&f, err);
}

static int load_mortality(struct snds_model *m, struct err *err)
{
	static const char *const columns[] = {"parameter", "men", "women"};
	AUTO_DATA struct data_file f;

	data_open(&f, &m->arena, "snds/data/mortality.csv", columns, ARRAY_LEN(columns));
	while (data_next(&f)) {
		for (size_t sex = 0; sex < 2; sex++) {
			struct snds_mortality *x = &m->mortality[sex];
			const struct data_slot slots[] = {
			    {"infant", &x->infant},
			    {"accident", &x->accident},
			    {"at_60", &x->at_60},
			    {"slope", &x->slope},
			    {"background", &x->background},
			    {"births", &x->births},
			};

			data_assign(&f, slots, ARRAY_LEN(slots), 0, sex + 1);
		}
	}
	return data_end(&f, err);
}

static int load_causes(struct snds_model *m, struct err *err)
{
	static const char *const columns[] = {"cim10", "sex", "age_min", "age_max", "weight", "ghm",
	    "ghs", "dp"};
	AUTO_DATA struct data_file f;

	data_open(&f, &m->arena, "snds/data/causes.csv", columns, ARRAY_LEN(columns));
	while (data_next(&f)) {
		*vec_push(&m->causes) = (struct snds_cause){
		    .cim10 = data_text(&f, 0),
		    .sex = data_int(&f, 1),
		    .age_min = data_int(&f, 2),
		    .age_max = data_int(&f, 3),
		    .weight = data_number(&f, 4),
		    .ghm = data_text(&f, 5),
		    .ghs = data_int(&f, 6),
		    .dp = data_text(&f, 7),
		};
	}
	return data_end(&f, err);
}

int data_load_people(struct snds_model *m, struct err *err)
{
	if (load_pyramid(m, err) < 0 ||
	    load_mortality(m, err) < 0 ||
	    load_causes(m, err) < 0)
		return -1;
	return 0;
}
