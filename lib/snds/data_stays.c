#include "snds/data.h"
#include "snds/data_file.h"

/* "heart_failure:later" -> the list it belongs to, or NULL. */
static struct snds_stay_kinds *find_context(struct snds_model *m, struct view context)
{
	struct view rest = context, name, part;

	if (view_eq(context, VIEW_LIT("newborn")))
		return &m->newborn;
	if (view_eq(context, VIEW_LIT("background")))
		return &m->background;
	if (!view_next(&rest, ':', &name) || !view_next(&rest, ':', &part))
		return NULL;
	for (size_t i = 0; i < m->diseases.len; i++) {
		struct snds_disease *d = &m->diseases.ptr[i];

		if (view_eq(d->name, name))
			return view_eq(part, VIEW_LIT("index")) ? &d->index_stays : &d->later_kinds;
	}
	return NULL;
}

static int load_kinds(struct snds_model *m, struct err *err)
{
	static const char *const columns[] = {"context", "ghm", "ghs", "dp", "dr", "sex", "age_min",
	    "age_max", "weight", "days_mean", "days_min", "sessions"};
	AUTO_DATA struct data_file f;

	data_open(&f, &m->arena, "snds/data/stays.csv", columns, ARRAY_LEN(columns));
	while (data_next(&f)) {
		struct snds_stay_kinds *kinds = find_context(m, data_text(&f, 0));

		if (!kinds) {
			data_refuse(&f, "unknown context");
			break;
		}
		*vec_push(&kinds->items) = (struct snds_stay_kind){
		    .ghm = data_text(&f, 1),
		    .ghs = data_int(&f, 2),
		    .dp = data_text(&f, 3),
		    .dr = data_text(&f, 4),
		    .sex = data_int(&f, 5),
		    .age_min = data_int(&f, 6),
		    .age_max = data_int(&f, 7),
		    .weight = data_number(&f, 8),
		    .days_mean = data_number(&f, 9),
		    .days_min = data_int(&f, 10),
		    .sessions = data_int(&f, 11),
		};
	}
	return data_end(&f, err);
}

static void add_act(struct snds_stay_kinds *kinds, struct view ghm, const struct snds_act *act)
{
	for (size_t i = 0; i < kinds->items.len; i++) {
		if (view_eq(kinds->items.ptr[i].ghm, ghm))
			*vec_push(&kinds->items.ptr[i].acts) = *act;
	}
}

static int load_acts(struct snds_model *m, struct err *err)
{
	static const char *const columns[] = {"stay", "ccam", "share", "activity", "phase",
	    "day_max", "repeats"};
	AUTO_DATA struct data_file f;

	data_open(&f, &m->arena, "snds/data/acts.csv", columns, ARRAY_LEN(columns));
	while (data_next(&f)) {
		struct view ghm = data_text(&f, 0);
		struct snds_act act = {
		    .ccam = data_text(&f, 1),
		    .share = data_number(&f, 2),
		    .activity = data_text(&f, 3),
		    .phase = data_text(&f, 4),
		    .day_max = data_int(&f, 5),
		    .repeats = data_int(&f, 6),
		};

		add_act(&m->background, ghm, &act);
		for (size_t i = 0; i < m->diseases.len; i++) {
			add_act(&m->diseases.ptr[i].index_stays, ghm, &act);
			add_act(&m->diseases.ptr[i].later_kinds, ghm, &act);
		}
	}
	return data_end(&f, err);
}

static void add_drug(struct snds_stay_kinds *kinds, struct view ghm,
    const struct snds_hospital_drug *drug)
{
	for (size_t i = 0; i < kinds->items.len; i++) {
		if (view_eq(kinds->items.ptr[i].ghm, ghm))
			*vec_push(&kinds->items.ptr[i].drugs) = *drug;
	}
}

static int load_drugs(struct snds_model *m, struct err *err)
{
	static const char *const columns[] = {"stay", "ucd", "share", "units", "price"};
	AUTO_DATA struct data_file f;

	data_open(&f, &m->arena, "snds/data/hospital_drugs.csv", columns, ARRAY_LEN(columns));
	while (data_next(&f)) {
		struct view ghm = data_text(&f, 0);
		struct snds_hospital_drug drug = {
		    .ucd = data_text(&f, 1),
		    .share = data_number(&f, 2),
		    .units = data_number(&f, 3),
		    .price = data_number(&f, 4),
		};

		add_drug(&m->background, ghm, &drug);
		for (size_t i = 0; i < m->diseases.len; i++) {
			add_drug(&m->diseases.ptr[i].index_stays, ghm, &drug);
			add_drug(&m->diseases.ptr[i].later_kinds, ghm, &drug);
		}
	}
	return data_end(&f, err);
}

static int load_diagnoses(struct snds_model *m, struct err *err)
{
	static const char *const columns[] = {"cim10", "sex", "age_min", "age_max", "weight"};
	AUTO_DATA struct data_file f;

	data_open(&f, &m->arena, "snds/data/diagnoses.csv", columns, ARRAY_LEN(columns));
	while (data_next(&f)) {
		*vec_push(&m->diagnoses) = (struct snds_diagnosis){
		    .cim10 = data_text(&f, 0),
		    .sex = data_int(&f, 1),
		    .age_min = data_int(&f, 2),
		    .age_max = data_int(&f, 3),
		    .weight = data_number(&f, 4),
		};
	}
	return data_end(&f, err);
}

int data_load_stays(struct snds_model *m, struct err *err)
{
	if (load_kinds(m, err) < 0 ||
	    load_acts(m, err) < 0 ||
	    load_drugs(m, err) < 0 ||
	    load_diagnoses(m, err) < 0)
		return -1;
	return 0;
}
