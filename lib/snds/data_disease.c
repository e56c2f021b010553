#include "snds/data.h"
#include "snds/data_file.h"

#include <assert.h>

/* diseases/NAME.csv: one disease, its states, what each of them brings about. */
enum { STATE,
	PART,
	NAME,
	VALUE };

static struct snds_disease *find_disease(struct snds_model *m, struct view name)
{
	for (size_t i = 0; i < m->diseases.len; i++) {
		if (view_eq(m->diseases.ptr[i].name, name))
			return &m->diseases.ptr[i];
	}
	return NULL;
}

/* A state of a file stands behind the states it comes from. */
static size_t find_state(struct data_file *f, struct snds_model *m)
{
	struct snds_disease *d = find_disease(m, data_text(f, VALUE));

	if (!d) {
		data_refuse(f, "unknown state");
		return SNDS_NO_DISEASE;
	}
	return d->index;
}

static bool take_text(struct data_file *f, struct snds_model *m, struct snds_disease *d)
{
	struct view name = data_text(f, NAME);

	if (view_eq(name, VIEW_LIT("cim10")))
		d->cim10 = data_text(f, VALUE);
	else if (view_eq(name, VIEW_LIT("das")))
		d->das = data_text(f, VALUE);
	else if (view_eq(name, VIEW_LIT("after")))
		d->after = find_state(f, m);
	else if (view_eq(name, VIEW_LIT("ends")))
		d->ends = find_state(f, m);
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
	    {"transfer", &d->transfer},
	    {"fatality", &d->fatality},
	    {"death_ratio", &d->death_ratio},
	    {"later_stays", &d->later_stays},
	    {"das_share", &d->das_share},
	    {"after_rate", &d->after_rate},
	    {"after_share", &d->after_share},
	};

	data_assign(f, slots, ARRAY_LEN(slots), NAME, VALUE);
	d->ald = (int)ald;
	d->sex = (int)sex;
	d->age_min = (int)age_min;
	d->history_years = (int)history;
	d->prevalence.slope[0] = d->prevalence.slope[1] = prevalence_slope;
}

static void take_parameter(struct data_file *f, struct snds_model *m, struct snds_disease *d)
{
	if (!take_text(f, m, d))
		take_number(f, d);
}

static void take_treatment(struct data_file *f, struct snds_model *m, struct snds_disease *d)
{
	*vec_push(&d->treatments) = (struct snds_treatment){
	    .molecule = data_find_molecule(m, data_text(f, NAME), f),
	    .share = data_attribute_number(f, VALUE, "share"),
	    .delay_min = data_attribute_int(f, VALUE, "delay_min"),
	    .delay_max = data_attribute_int(f, VALUE, "delay_max"),
	    .stop_per_year = data_attribute_number(f, VALUE, "stop"),
	    .gap = data_attribute_number(f, VALUE, "gap"),
	};
}

static struct snds_stay_kind stay_kind(struct data_file *f)
{
	return (struct snds_stay_kind){
	    .ghm = data_text(f, NAME),
	    .ghs = data_attribute_int(f, VALUE, "ghs"),
	    .dp = data_attribute(f, VALUE, "dp"),
	    .dr = data_attribute(f, VALUE, "dr"),
	    .age_max = 120,
	    .weight = data_attribute_number(f, VALUE, "weight"),
	    .days_mean = data_attribute_number(f, VALUE, "mean"),
	    .days_min = data_attribute_int(f, VALUE, "min"),
	    .sessions = data_attribute_int(f, VALUE, "sessions"),
	};
}

static void take_index(struct data_file *f, struct snds_model *m, struct snds_disease *d)
{
	(void)m; /* one shape for all parts */
	*vec_push(&d->index_stays.items) = stay_kind(f);
}

static void take_transfer(struct data_file *f, struct snds_model *m, struct snds_disease *d)
{
	(void)m;
	*vec_push(&d->transfer_kinds.items) = stay_kind(f);
}

static void take_later(struct data_file *f, struct snds_model *m, struct snds_disease *d)
{
	(void)m;
	*vec_push(&d->later_kinds.items) = stay_kind(f);
}

static void take_das(struct data_file *f, struct snds_model *m, struct snds_disease *d)
{
	(void)m;
	*vec_push(&d->index_das) = (struct snds_index_das){
	    .cim10 = data_text(f, NAME),
	    .share = data_attribute_number(f, VALUE, "share"),
	};
}

/* "BIO:1577", or nothing when the row of ER_PRS_F says it all. */
static struct snds_state_care state_care(struct data_file *f)
{
	struct snds_state_care c = {
	    .nature = data_attribute_int(f, VALUE, "nature"),
	    .specialty = data_attribute_int(f, VALUE, "specialty"),
	    .activity = data_attribute_int(f, VALUE, "activity"),
	    .price = data_attribute_number(f, VALUE, "price"),
	    .rate = data_attribute_int(f, VALUE, "rate"),
	    .prescribed = data_attribute_int(f, VALUE, "prescribed") != 0,
	    .yearly = data_attribute_number(f, VALUE, "yearly"),
	    .days_before = data_attribute_int(f, VALUE, "days"),
	};
	struct view code = data_text(f, NAME), table;

	if (!code.len || !view_next(&code, ':', &table))
		return c;
	c.has_line = true;
	c.line.table = data_line_table(f, table);
	c.line.code = code;
	c.line.price = c.price;
	(void)view_to_i64(code, &c.line.number); /* 0 for CCAM codes */
	return c;
}

static void take_care(struct data_file *f, struct snds_model *m, struct snds_disease *d)
{
	(void)m;
	*vec_push(&d->care) = state_care(f);
}

static void take_programme(struct data_file *f, struct snds_model *m, struct snds_disease *d)
{
	*vec_push(&m->programmes) = (struct snds_programme){
	    .act = state_care(f),
	    .disease = d->index,
	    .sex = data_attribute_int(f, VALUE, "sex"),
	    .age_min = data_attribute_int(f, VALUE, "age_min"),
	    .age_max = data_attribute_int(f, VALUE, "age_max"),
	    .days = data_attribute_int(f, VALUE, "days"),
	    .share = data_attribute_number(f, VALUE, "share"),
	};
}

/* Pregnancy is no state of its own: births say when it was. */
static bool take_pregnancy(struct data_file *f, struct snds_model *m)
{
	if (!view_eq(data_text(f, PART), VIEW_LIT("before_birth")))
		return false;
	*vec_push(&m->pregnancy) = state_care(f);
	return true;
}

static void take_part(struct data_file *f, struct snds_model *m, struct snds_disease *d)
{
	static const struct {
		const char *name;
		void (*take)(struct data_file *, struct snds_model *, struct snds_disease *);
	} parts[] = {
	    {"parameter", take_parameter},
	    {"treatment", take_treatment},
	    {"index", take_index},
	    {"index_das", take_das},
	    {"transfer", take_transfer},
	    {"later", take_later},
	    {"care", take_care},
	    {"programme", take_programme},
	};
	struct view part = data_text(f, PART);

	for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
		if (view_eq(part, VIEW(parts[i].name))) {
			parts[i].take(f, m, d);
			return;
		}
	}
	data_refuse(f, "unknown part");
}

static struct snds_disease *add_disease(struct snds_model *m, struct view name)
{
	struct snds_disease *d = vec_push(&m->diseases);

	d->name = name;
	d->index = m->diseases.len - 1;
	d->after = d->ends = SNDS_NO_DISEASE;
	return d;
}

static int load_file(struct snds_model *m, const char *name, struct err *err)
{
	static const char *const columns[] = {"state", "part", "name", "value"};
	AUTO_DATA struct data_file f;

	data_open(&f, &m->arena, name, columns, ARRAY_LEN(columns));
	while (data_next(&f)) {
		struct view state = data_text(&f, STATE);
		struct snds_disease *d = find_disease(m, state);

		if (!take_pregnancy(&f, m))
			take_part(&f, m, d ? d : add_disease(m, state));
	}
	return data_end(&f, err);
}

int data_load_diseases(struct snds_model *m, struct err *err)
{
	static const char *const files[] = {
	    "snds/data/diseases/asthma.csv",
	    "snds/data/diseases/breast_cancer.csv",
	    "snds/data/diseases/copd.csv",
	    "snds/data/diseases/depression.csv",
	    "snds/data/diseases/diabetes_type_2.csv",
	    "snds/data/diseases/heart_failure.csv",
	    "snds/data/diseases/hypertension.csv",
	    "snds/data/diseases/ischaemic_stroke.csv",
	    "snds/data/diseases/kidney_failure.csv",
	    "snds/data/diseases/myocardial_infarction.csv",
	    "snds/data/diseases/parkinson.csv",
	    "snds/data/diseases/pregnancy.csv",
	    "snds/data/diseases/resistant_infection.csv",
	    "snds/data/diseases/sarcoma.csv",
	};

	for (size_t i = 0; i < ARRAY_LEN(files); i++) {
		if (load_file(m, files[i], err) < 0)
			return -1;
	}
	assert(m->diseases.len <= SNDS_DISEASES_MAX);
	return 0;
}
