#include "snds/data.h"
#include "snds/data_file.h"

static struct snds_stay_kinds *find_context(struct snds_model *m, struct view context)
{
	if (view_eq(context, VIEW_LIT("newborn")))
		return &m->newborn;
	if (view_eq(context, VIEW_LIT("delivery")))
		return &m->delivery;
	return view_eq(context, VIEW_LIT("background")) ? &m->background : NULL;
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

/* Every list of stays, one after the other; NULL behind the last. */
static struct snds_stay_kinds *list_at(struct snds_model *m, size_t i)
{
	struct snds_disease *d;
	struct snds_stay_kinds *common[] = {&m->background, &m->delivery, &m->newborn};

	if (i < ARRAY_LEN(common))
		return common[i];
	i -= ARRAY_LEN(common);
	if (i / 3 >= m->diseases.len)
		return NULL;
	d = &m->diseases.ptr[i / 3];
	return i % 3 == 0 ? &d->index_stays : i % 3 == 1 ? &d->transfer_kinds
	                                                 : &d->later_kinds;
}

/* The next kind of stay of this GHM from (*list, *item) on; NULL behind the last. */
static struct snds_stay_kind *next_kind(struct snds_model *m, struct view ghm, size_t *list,
    size_t *item)
{
	struct snds_stay_kinds *kinds;

	for (; (kinds = list_at(m, *list)) != NULL; (*list)++, *item = 0) {
		while (*item < kinds->items.len) {
			struct snds_stay_kind *k = &kinds->items.ptr[(*item)++];

			if (view_eq(k->ghm, ghm))
				return k;
		}
	}
	return NULL;
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
		struct snds_stay_kind *kind;

		for (size_t list = 0, item = 0; (kind = next_kind(m, ghm, &list, &item));)
			*vec_push(&kind->acts) = act;
	}
	return data_end(&f, err);
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
		struct snds_stay_kind *kind;

		for (size_t list = 0, item = 0; (kind = next_kind(m, ghm, &list, &item));)
			*vec_push(&kind->drugs) = drug;
	}
	return data_end(&f, err);
}

static int load_devices(struct snds_model *m, struct err *err)
{
	static const char *const columns[] = {"stay", "lpp", "share", "units", "price"};
	AUTO_DATA struct data_file f;

	data_open(&f, &m->arena, "snds/data/hospital_devices.csv", columns, ARRAY_LEN(columns));
	while (data_next(&f)) {
		struct view ghm = data_text(&f, 0);
		struct snds_hospital_device device = {
		    .lpp = data_i64(&f, 1),
		    .share = data_number(&f, 2),
		    .units = data_number(&f, 3),
		    .price = data_number(&f, 4),
		};
		struct snds_stay_kind *kind;

		for (size_t list = 0, item = 0; (kind = next_kind(m, ghm, &list, &item));)
			*vec_push(&kind->devices) = device;
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

static int load_tariffs(struct snds_model *m, struct err *err)
{
	static const char *const columns[] = {"ghs", "public", "public_day", "public_bound",
	    "private", "private_day", "private_bound"};
	AUTO_DATA struct data_file f;

	data_open(&f, &m->arena, "snds/data/tariffs.csv", columns, ARRAY_LEN(columns));
	while (data_next(&f)) {
		*vec_push(&m->tariffs) = (struct snds_tariff){
		    .ghs = data_int(&f, 0),
		    .stay = {data_number(&f, 1), data_number(&f, 4)},
		    .day = {data_number(&f, 2), data_number(&f, 5)},
		    .bound = {data_int(&f, 3), data_int(&f, 6)},
		};
	}
	return data_end(&f, err);
}

int data_load_stays(struct snds_model *m, struct err *err)
{
	if (load_kinds(m, err) < 0 ||
	    load_acts(m, err) < 0 ||
	    load_drugs(m, err) < 0 ||
	    load_devices(m, err) < 0 ||
	    load_diagnoses(m, err) < 0 ||
	    load_tariffs(m, err) < 0)
		return -1;
	return 0;
}
