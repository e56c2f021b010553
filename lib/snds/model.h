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
	struct view ghm;
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

struct snds_stay_kind {
	struct view ghm, dp, dr;
	int ghs;
	int sex, age_min, age_max;
	double weight, days_mean;
	int days_min;
	int sessions;
	VEC(struct snds_act) acts;
	VEC(struct snds_hospital_drug) drugs;
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
	struct view atc;
	size_t first, count;
};

struct snds_treatment {
	size_t molecule;
	double share;
	int delay_min, delay_max;
	double stop_per_year, gap;
};

enum { SNDS_DISEASES_MAX = 32 };

struct snds_disease {
	struct view name;
	struct view cim10, das;
	int ald, sex, age_min;
	struct snds_curve incidence, prevalence; /* per 100,000 */
	double ald_share, index_stay, fatality, death_ratio, later_stays, das_share;
	int history_years;
	VEC(struct snds_treatment) treatments;
	struct snds_stay_kinds index_stays, later_kinds;
};

/* Dispensings of one molecule outside the modelled diseases. */
struct snds_episode {
	size_t molecule;
	int sex;
	double rate[SNDS_BANDS];
	int repeats;
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
	int series;              /* rows that come together, days apart */
	VEC(struct snds_line) lines;
};

struct snds_diagnosis {
	struct view cim10;
	int sex, age_min, age_max;
	double weight;
};

struct snds_rates {
	double stays[SNDS_BANDS], das[SNDS_BANDS];
	double das_ambulatory, dies_in_hospital, public_hospital, other_department;
	double complementary_cover, second_parent, adult_renumbered, twin_same_sex;
	double nir_ano_missing;
	double external_contacts; /* for one act of town that hospitals do too */
	double second_unit;       /* emergency stays of two medical units */
};

enum { SNDS_FLUX_MONTHS = 6 };

struct snds_dirt_rates {
	double regularisation, regularisation_corrected, double_count;
	double return_code, unknown_nir, missing_key, group_error, fictive_nir;
	double finess_duplicate, orphan_row;
	double flux[SNDS_FLUX_MONTHS];
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
	struct snds_stay_kinds newborn, background;
	VEC(struct snds_diagnosis) diagnoses;
	struct snds_rates rates;
	struct snds_dirt_rates dirt;
};

#define AUTO_SNDS_MODEL AUTO(snds_model_free)

/* ERR_INTERNAL naming file and line: the data travels inside the program. */
MUST_CHECK int snds_model_load(struct snds_model **ret, struct err *err);
void snds_model_free(struct snds_model **m);

/* Whether a rule for (sex, age_min..age_max) holds for a person. */
static inline bool snds_applies(int rule_sex, int age_min, int age_max, int sex, int age)
{
	return (rule_sex == SNDS_BOTH || rule_sex == sex) && age >= age_min && age <= age_max;
}

#endif
