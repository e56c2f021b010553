/*
 * What the synthetic nation is made of: the tables of data/ in memory, each
 * value with its source in the file it comes from. Read once, then constant:
 * every worker shares it. Texts live in the model's arena and outlive every
 * batch that borrows them.
 */
#ifndef SNDS_MODEL_H
#define SNDS_MODEL_H

#include "base/arena.h"
#include "base/vec.h"

enum snds_sex {
	SNDS_BOTH, /* in a rule: for men and women */
	SNDS_MAN,  /* as BEN_SEX_COD */
	SNDS_WOMAN,
};

/* Bands in which rates of care are given: from 0, 15, 45, 65 and 80 years. */
enum { SNDS_BANDS = 5 };
int snds_band(int age);

/* Persons of one age band at the start, thousands. */
struct snds_pyramid {
	int age_min, age_max;
	double weight[2]; /* men, women */
};

struct snds_mortality {
	double infant, accident, at_60, slope, background, births;
};

struct snds_commune {
	struct view code;     /* BEN_RES_COM */
	struct view postcode; /* BDI_COD */
	double population;
};

struct snds_hospital {
	char finess[9]; /* invented, with a valid key; no NUL */
	bool is_public;
	struct view geographic; /* the second number of its stays until 2017, or empty */
	size_t index;           /* from 0, of all hospitals */
};

enum {
	SNDS_HOSPITALS = 8, /* at most, of a département */
	SNDS_DEPARTMENTS = 101,
	SNDS_HOSPITALS_ALL = SNDS_HOSPITALS * SNDS_DEPARTMENTS,
};

struct snds_department {
	size_t index;         /* from 0 */
	struct view code;     /* BEN_RES_DPT, three characters */
	struct view code_mco; /* BDI_DEP, two characters */
	struct view region;
	struct view organism;
	struct view emitter; /* FLX_EMT_NUM */
	double population;
	VEC(struct snds_commune) communes;
	struct snds_hospital hospitals[SNDS_HOSPITALS];
	size_t hospital_count;
};

/* A background cause of death and the stay it may end in. */
struct snds_cause {
	struct view cim10;
	int sex, age_min, age_max;
	double weight;
	struct view ghm, dp; /* of its stay */
	int ghs;
};

/* A rate by age, log-linear from 60 years, the same from `plateau` on. */
struct snds_curve {
	double at_60[2]; /* men, women */
	double slope[2];
	double plateau;
};
double snds_curve_at(const struct snds_curve *c, int sex, double age);

struct snds_act {
	struct view ccam;
	struct view activity, phase;
	double share;
	int day_max, repeats;
};

/* A drug that T_MCOaaMED counts beside the tariff of a stay. */
struct snds_hospital_drug {
	struct view ucd;
	double share, units, price;
};

/* A device that T_MCOaaDMIP counts beside the tariff of a stay. */
struct snds_hospital_device {
	int64_t lpp;
	double share, units, price;
};

struct snds_stay_kind {
	struct view ghm, dp, dr;
	int ghs;
	int sex, age_min, age_max;
	double weight, days_mean;
	int days_min;
	int sessions;
	VEC(struct snds_act) acts;
	VEC(struct snds_hospital_drug) drugs;
	VEC(struct snds_hospital_device) devices;
};

/* What a stay costs, euros: index 0 of public hospitals, 1 of private ones. */
struct snds_tariff {
	int ghs;
	double stay[2], day[2]; /* a day beyond the bound */
	int bound[2];           /* nights; 0: none */
};

struct snds_stay_kinds {
	VEC(struct snds_stay_kind) items;
};

struct snds_drug {
	struct view atc;
	int64_t cip13;
	double price;
	int days;
	int rate; /* reimbursement, % */
};

/* The presentations of one ATC code: drugs[first .. first + count - 1]. */
struct snds_molecule {
	unsigned causes; /* bit i: event_causes[i] begins its code */
	struct view atc;
	size_t first, count;
};

/* Where the detail of a row of ER_PRS_F stands. */
enum snds_line_table {
	SNDS_LINE_CAM, /* CCAM act */
	SNDS_LINE_BIO, /* NABM act of biology */
	SNDS_LINE_TIP, /* LPP device */
	SNDS_LINE_UCD, /* drug that a hospital hands out */
};

struct snds_line {
	enum snds_line_table table;
	struct view code;
	int64_t number; /* of a code that the schema counts as a number */
	double price;   /* 0: that of the care kind */
	int sex, age_min, age_max;
	double weight;
};

/* Care in town of who is in a state, or before a birth. */
struct snds_state_care {
	struct snds_line line; /* without a code: the row of ER_PRS_F alone */
	bool has_line;
	int nature, specialty, activity;
	double price;
	int rate; /* reimbursement, % */
	bool prescribed;
	double yearly;
	int days_before; /* of a birth */
};

/* A screening programme: one act every so many days, until the disease is found. */
struct snds_programme {
	struct snds_state_care act;
	size_t disease;
	int sex, age_min, age_max, days;
	double share; /* who takes part */
};

/* What the stay of an onset codes besides. */
struct snds_index_das {
	struct view cim10;
	double share;
};

struct snds_treatment {
	size_t molecule;
	double share;
	int delay_min, delay_max;
	double stop_per_year, gap;
};

enum { SNDS_DISEASES_MAX = 32 };

enum { SNDS_NO_DISEASE = SNDS_DISEASES_MAX };

/*
 * A state: entered from the population (incidence), or from the state `after`
 * at after_rate a year; it may end another one.
 */
struct snds_disease {
	size_t index;
	size_t after, ends; /* SNDS_NO_DISEASE: none */
	double after_rate, after_share;
	struct view name;
	struct view cim10, das;
	int ald, sex, age_min;
	struct snds_curve incidence, prevalence; /* per 100,000 */
	double ald_share, index_stay, transfer, fatality, death_ratio, later_stays, das_share;
	int history_years;
	VEC(struct snds_treatment) treatments;
	VEC(struct snds_state_care) care;
	VEC(struct snds_index_das) index_das;
	struct snds_stay_kinds index_stays, transfer_kinds, later_kinds;
};

/* Dispensings of one molecule outside the modelled diseases. */
struct snds_episode {
	size_t molecule;
	int sex;
	double rate[SNDS_BANDS];
	int repeats;
};

/* One kind of reimbursed act of town. */
struct snds_care_kind {
	struct view id;
	int nature, supplement; /* PRS_NAT_REF; CPL_PRS_NAT or 0 */
	int specialty, activity;
	bool prescribed; /* by the general practitioner */
	bool hospital;   /* may be an external consultation */
	int sex;
	double price;
	int rate;                /* reimbursement, % */
	double female;           /* women's rate over men's */
	double rows[SNDS_BANDS]; /* a year */
	double over_share, over; /* acts with an overrun; its mean, a share of the price */
	int series;              /* rows that come together, days apart */
	VEC(struct snds_line) lines;
};

struct snds_diagnosis {
	struct view cim10;
	int sex, age_min, age_max;
	double weight;
};

/* Rehabilitation that a diagnosis brings about, a week. */
struct snds_csarr {
	struct view code, dp; /* dp: how the diagnosis begins */
	double weekly;
	struct view intervener;
};

/* A CCAM act of a week of rehabilitation or of a stay at home. */
struct snds_other_act {
	struct view field, ccam;
	double share;
};

struct snds_immediate_cause {
	struct view cim10;
	double weight;
};

struct snds_rates {
	double stays[SNDS_BANDS], das[SNDS_BANDS];
	double das_ambulatory, dies_in_hospital, public_hospital, other_department;
	double complementary_cover, second_parent, adult_renumbered, twin_same_sex;
	double nir_ano_missing;
	double fertility[6];             /* from 18, 20, 25 ... 40 years */
	double external_contacts;        /* for one act of town that hospitals do too */
	double goes_to_ssr, goes_to_had; /* after a stay of a week */
	double ssr_days, had_days, rip_days;
	double psychiatry; /* full stays of psychiatry a year and person in a depression */
	double psychiatry_background;
	double second_unit;   /* emergency stays of two medical units */
	double hospital_rate; /* of reimbursement, % */
	/* Left to patients, euros. */
	double lump_sum, daily_charge, daily_charge_before_2018;
	double ald_related;       /* acts of town of who has an ALD that are exempt */
	double moves[SNDS_BANDS]; /* to another commune, a year */
	double move_far;          /* of them, drawn among all départements */
};

enum { SNDS_FLUX_MONTHS = 6 };

struct snds_dirt_rates {
	double regularisation, regularisation_corrected, double_count;
	double return_code, unknown_nir, missing_key, group_error, fictive_nir;
	double finess_duplicate, orphan_row;
	double double_count_alone, billed_by_activity, late_complement;
	double group_error_priced, performed_elsewhere, termination, no_tariff;
	double other_exemption, repeated_diagnosis, anaesthetist;
	double outpatient_return_code, automatic_row, trial_leave;
	double flux[SNDS_FLUX_MONTHS];
};

enum snds_effect_kind {
	SNDS_EFFECT_ONSET,       /* hazard ratio of onset of a disease in another */
	SNDS_EFFECT_DEATH,       /* hazard ratio of death in a disease */
	SNDS_EFFECT_DRUG,        /* rate ratio of an adverse event under a drug */
	SNDS_EFFECT_INTERACTION, /* the same of two drugs, beyond the product of both */
	SNDS_EFFECT_HOSPITAL,    /* log hazard ratio of early death between hospitals */
};

/* An effect of effects.csv; --effect NAME=VALUE plants another value. */
struct snds_effect {
	struct view name, cause, target;
	enum snds_effect_kind kind;
	double value;
	bool planted;
};

enum { SNDS_EVENT_CAUSES = 16,
	SNDS_EVENT_RATIOS = 16 };

/* The rate under the drugs whose bits are all in a person's exposures of the day. */
struct snds_event_ratio {
	unsigned causes;
	const double *value; /* of its effect */
};

/* A stay that drugs may bring about. */
struct snds_adverse_event {
	struct view name;
	struct snds_stay_kind kind;
	double rate; /* a 100,000 adults and year, without the drugs */
	struct snds_event_ratio ratios[SNDS_EVENT_RATIOS];
	size_t ratio_count;
};

struct snds_model {
	struct arena arena;
	VEC(struct snds_pyramid) pyramid;
	struct snds_mortality mortality[2]; /* men, women */
	VEC(struct snds_department) departments;
	VEC(struct snds_cause) causes;
	VEC(struct snds_drug) drugs;
	VEC(struct snds_molecule) molecules;
	VEC(struct snds_disease) diseases;
	VEC(struct snds_episode) episodes;
	VEC(struct snds_care_kind) care;
	struct snds_stay_kinds newborn, background, delivery;
	VEC(struct snds_programme) programmes;
	VEC(struct snds_state_care) pregnancy;
	VEC(struct snds_effect) effects;
	VEC(struct snds_adverse_event) events;
	struct view event_causes[SNDS_EVENT_CAUSES]; /* prefixes of ATC codes */
	size_t event_cause_count;
	double onset_ratio[SNDS_DISEASES_MAX][SNDS_DISEASES_MAX]; /* [cause][target] */
	double hospital_spread[SNDS_DISEASES_MAX];
	VEC(struct snds_diagnosis) diagnoses;
	VEC(struct snds_tariff) tariffs;
	VEC(struct snds_csarr) csarr;
	VEC(struct snds_other_act) other_acts;
	VEC(struct snds_immediate_cause) immediate_causes;
	struct snds_rates rates;
	struct snds_dirt_rates dirt;
};

#define AUTO_SNDS_MODEL AUTO(snds_model_free)

/* ERR_INTERNAL naming file and line: the data travels inside the program. */
/* A value for an effect: "diabetes_infarction=2"; ERR_USAGE when there is no such. */
MUST_CHECK int snds_effect_plant(struct snds_model *m, struct view text, struct err *err);
/* What the effects mean for the diseases and events; after the last value. */
void snds_effects_apply(struct snds_model *m);
const char *snds_effect_kind_name(enum snds_effect_kind kind);
/* -1, 0 or 1: how a hospital departs from the middle, times the spread. */
int snds_hospital_rank(const struct snds_hospital *h);

MUST_CHECK int snds_model_load(struct snds_model **ret, struct err *err);
void snds_model_free(struct snds_model **m);

/* Whether a rule for (sex, age_min..age_max) holds for a person. */
static inline bool snds_applies(int rule_sex, int age_min, int age_max, int sex, int age)
{
	return (rule_sex == SNDS_BOTH || rule_sex == sex) && age >= age_min && age <= age_max;
}

#endif
