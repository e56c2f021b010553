#include "snds/data.h"
#include "snds/data_file.h"

/* What stays outside MCO and certificates of death tell besides. */
static int load_csarr(struct snds_model *m, struct err *err)
{
	static const char *const columns[] = {"code", "dp", "weekly", "intervener"};
	AUTO_DATA struct data_file f;

	data_open(&f, &m->arena, "snds/data/csarr.csv", columns, ARRAY_LEN(columns));
	while (data_next(&f)) {
		*vec_push(&m->csarr) = (struct snds_csarr){
		    .code = data_text(&f, 0),
		    .dp = data_text(&f, 1),
		    .weekly = data_number(&f, 2),
		    .intervener = data_text(&f, 3),
		};
	}
	return data_end(&f, err);
}

static int load_other_acts(struct snds_model *m, struct err *err)
{
	static const char *const columns[] = {"field", "ccam", "share"};
	AUTO_DATA struct data_file f;

	data_open(&f, &m->arena, "snds/data/other_acts.csv", columns, ARRAY_LEN(columns));
	while (data_next(&f)) {
		*vec_push(&m->other_acts) = (struct snds_other_act){
		    .field = data_text(&f, 0),
		    .ccam = data_text(&f, 1),
		    .share = data_number(&f, 2),
		};
	}
	return data_end(&f, err);
}

static int load_immediate_causes(struct snds_model *m, struct err *err)
{
	static const char *const columns[] = {"cim10", "weight"};
	AUTO_DATA struct data_file f;

	data_open(&f, &m->arena, "snds/data/immediate_causes.csv", columns, ARRAY_LEN(columns));
	while (data_next(&f)) {
		*vec_push(&m->immediate_causes) = (struct snds_immediate_cause){
		    .cim10 = data_text(&f, 0),
		    .weight = data_number(&f, 1),
		};
	}
	return data_end(&f, err);
}

int data_load_details(struct snds_model *m, struct err *err)
{
	if (load_csarr(m, err) < 0 ||
	    load_other_acts(m, err) < 0 ||
	    load_immediate_causes(m, err) < 0)
		return -1;
	return 0;
}
