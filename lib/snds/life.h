/*
 * One life: a pure function of (options, index of the person). It yields what
 * happened (onsets, stays, reimbursed acts, death) and what the tables will
 * say about it, dirt included; nothing depends on another person, so lives
 * are made in any order by any thread.
 *
 *   population ─► disease ─► stay ─► treatment ─► care ─► identity ─► dirt
 *   who, where    onsets,    MCO     dispensings  acts    BEN_NIR_PSA  rows
 *                 death      stays   in town              of each row  more
 *
 * Every step draws from a stream of its own, and dirt only adds rows or spoils
 * what the rules of the reference repair: with the dirt off, the same persons
 * have the same lives.
 */
#ifndef SNDS_LIFE_H
#define SNDS_LIFE_H

#include "base/date.h"
#include "base/rng.h"
#include "snds/model.h"
#include "snds/synth.h"

enum {
	SNDS_PSEUDONYM_LEN = 17,
	SNDS_IDENTITIES_MAX = 4,
	SNDS_DAS_MAX = 20,
	SNDS_STAY_ACTS_MAX = 12,
	SNDS_STAY_DRUGS_MAX = 4,
	SNDS_UNITS_MAX = 2,
	SNDS_STAY_DEVICES_MAX = 2,
	SNDS_BIRTHS_MAX = 16,
	SNDS_OTHERS_MAX = 16, /* of a person in SSR, in psychiatry */
	SNDS_HAD_MAX = 4,
	SNDS_OTHER_DAS_MAX = 8,
	SNDS_PLACES_MAX = 8,
	SNDS_FAMILY_BLOCK = 128, /* persons among whom children and mothers find each other */
};

/* One (BEN_NIR_PSA, BEN_RNG_GEM): a row of IR_BEN_R. */
struct snds_identity {
	char psa[SNDS_PSEUDONYM_LEN];
	char insured[SNDS_PSEUDONYM_LEN]; /* ASS_NIR_ANO */
	char rank;                        /* '1', '2' */
	struct view quality;              /* BEN_CDI_NIR */
	bool has_nir_ano;
	bool on_demand;   /* only for rows made with it: second parent, fictive */
	date_t from, to;  /* in force, both included */
	date_t last_flux; /* of its rows; DATE_NONE without any */
};

/* Where somebody lives from a day on. */
struct snds_place {
	date_t from;
	const struct snds_department *department;
	const struct snds_commune *commune;
};

/* In order; the first one holds from the start of the base. */
struct snds_places {
	struct snds_place items[SNDS_PLACES_MAX];
	size_t count;
};

struct snds_person {
	uint64_t index;
	int sex;
	date_t birth;
	date_t entry, exit; /* first and last day in the base */
	date_t death;       /* DATE_NONE: alive on the last day */
	bool newborn;       /* born in the years of the base */
	bool twin;
	uint64_t mother; /* index of her of a newborn; SNDS_NOBODY: not in the base */
	char mother_psa[SNDS_PSEUDONYM_LEN];
	struct snds_places places;
	bool complementary;
	uint32_t providers; /* who the regular doctor, pharmacy ... are */
	double frailty;     /* factor of all use of care, mean 1 */
	struct view cause;  /* DCD_CIM_COD */
	bool died_in_hospital;
	char nir_ano[SNDS_PSEUDONYM_LEN];
	struct snds_identity identities[SNDS_IDENTITIES_MAX];
	size_t identity_count;
};

#define SNDS_NOBODY UINT64_MAX

/* A child that a woman of the base bears in its years. */
struct snds_birth {
	uint64_t child;
	date_t on;
};

struct snds_births {
	struct snds_birth items[SNDS_BIRTHS_MAX];
	size_t count;
};

/* The mothers of the children of one block of persons: a memory, so that it is made once. */
struct snds_families {
	bool made;
	uint64_t seed, patients, block;
	date_t start, end;
	uint64_t mother[SNDS_FAMILY_BLOCK]; /* of each person, or SNDS_NOBODY */
	date_t birth[SNDS_FAMILY_BLOCK];
};

/* Where care goes on outside MCO. */
enum snds_field {
	SNDS_MCO, /* stays and contacts, which are not these */
	SNDS_SSR, /* rehabilitation */
	SNDS_HAD, /* hospital at home */
	SNDS_RIP, /* psychiatry */
	SNDS_FIELDS,
};

/* A stay of another PMSI. */
struct snds_other_stay {
	enum snds_field field;
	date_t entry, exit;
	struct view dp;
	const struct snds_hospital *hospital;
	const struct snds_identity *identity;
	struct view das[SNDS_OTHER_DAS_MAX];
	size_t das_count;
	uint32_t serial;     /* of the person's in this field */
	enum snds_dirt dirt; /* SNDS_DIRT_COUNT: none */
};

/* A row of IR_IMB_R that is no ALD. */
struct snds_exemption {
	date_t from;
	struct view cim10; /* MED_MTF_COD */
	const struct snds_identity *identity;
};

/* An adverse event and the day of its stay. */
struct snds_event {
	const struct snds_adverse_event *kind;
	date_t on;
	bool told; /* by its stay, which one that ends after the base is not */
};

struct snds_onset {
	const struct snds_disease *disease;
	date_t on;
	bool prevalent;  /* before the person's entry */
	date_t ald_from; /* DATE_NONE: no ALD */
	date_t until;    /* DATE_NONE: it lasts */
	/* First day on which the base tells it; DATE_NONE: never (sign.c). */
	date_t first_sign;
	/* Where its first stay is; NULL: drawn with the stay. */
	const struct snds_department *department;
	const struct snds_hospital *hospital;
};

struct snds_stay_act {
	const struct snds_act *act;
	int day, count;
};

/* A stay in one medical unit (RUM). */
struct snds_unit {
	struct view type; /* AUT_TYP1_UM, may be empty */
	struct view dp;
	int days;
};

struct snds_stay {
	struct view ghm, dp, dr;
	int ghs, sessions;
	date_t entry, exit;
	const struct snds_disease *own; /* that it is for, or NULL */
	const struct snds_department *department;
	const struct snds_hospital *hospital;
	bool newborn, delivery, emergency, dead;
	bool ald;            /* exempt: for a disease with an ALD */
	bool comes, goes_on; /* by transfer from, to another hospital of MCO */
	int weight, weeks;   /* of a newborn: grams, gestational age */
	struct view das[SNDS_DAS_MAX];
	size_t das_count;
	struct snds_stay_act acts[SNDS_STAY_ACTS_MAX];
	size_t act_count;
	const struct snds_hospital_drug *drugs[SNDS_STAY_DRUGS_MAX];
	size_t drug_count;
	const struct snds_hospital_device *devices[SNDS_STAY_DEVICES_MAX];
	size_t device_count;
	struct snds_unit units[SNDS_UNITS_MAX];
	size_t unit_count;
	const struct snds_identity *identity;
	uint32_t serial;     /* of the person's stays: RSA_NUM */
	enum snds_dirt dirt; /* SNDS_DIRT_COUNT: none */
	bool repeats_das;    /* its first associated diagnosis stands twice */
	bool anaesthetist;   /* its first act has a row of activity 4 too */
};

/* An external consultation or act of a public hospital: a row of T_MCOaaCSTC. */
struct snds_contact {
	date_t on;
	int nature, specialty;
	double price;
	int rate;
	const struct snds_line *line;
	const struct snds_hospital *hospital;
	const struct snds_identity *identity;
	uint32_t serial;     /* of the person's contacts: SEQ_NUM */
	enum snds_dirt dirt; /* SNDS_DIRT_COUNT: none */
};

/* One row of ER_PRS_F, with its row of ER_PHA_F, ER_CAM_F ... when it has a drug or a line. */
struct snds_claim {
	date_t on, prescribed;
	const struct snds_care_kind *kind; /* of care.csv, or NULL */
	int nature, supplement, specialty, activity;
	double price;
	double over; /* overrun of fees, a unit */
	int rate;
	int quantity; /* negative in a regularisation */
	const struct snds_drug *drug;
	const struct snds_line *line;
	bool by_doctor;    /* prescribed by the general practitioner */
	bool hospital;     /* a kind of act that external consultations have too */
	bool ald;          /* exempt: for a disease with an ALD */
	int exemption;     /* EXO_MTF of another kind, or 0 */
	uint32_t sequence; /* order of making: ties of a day */
	const struct snds_identity *identity;
	const struct snds_stay *stay;       /* that it bills */
	const struct snds_contact *contact; /* that it repeats */
	bool counted_twice;                 /* DPN_QLF = 71: PMSI has it already */
	bool no_establishment;              /* no row of ER_ETE_F */
	enum snds_dirt dirt;                /* the fault that it is; SNDS_DIRT_COUNT: none */
	uint32_t statement;                 /* DCT_ORD_NUM within the person */
	int order;                          /* PRS_ORD_NUM, from 1 */
	int delay;                          /* months from care to flux, from 1 */
};

struct snds_exposure {
	struct view atc;
	unsigned causes; /* as in snds_molecule */
	date_t start, end;
};

struct snds_life {
	struct snds_person person;
	VEC(struct snds_onset) onsets;
	VEC(struct snds_stay) stays;
	VEC(struct snds_contact) contacts;
	VEC(struct snds_other_stay) others;
	VEC(struct snds_claim) claims;
	VEC(struct snds_exposure) exposures;
	VEC(struct snds_exemption) exemptions;
	VEC(struct snds_event) events;
	struct snds_births births;
	struct snds_families families;
	uint64_t dirt[SNDS_DIRT_COUNT]; /* rows of each rule */
};

/* What every life shares. */
struct snds_world {
	const struct snds_model *model;
	uint64_t seed;
	uint64_t patients;
	date_t start, end; /* first and last day of the base */
	bool clean;
};

/* Streams of random numbers, one a purpose. */
enum snds_stream {
	SNDS_STREAM_PERSON = 1,
	SNDS_STREAM_TWIN,
	SNDS_STREAM_PSEUDONYM,
	SNDS_STREAM_IDENTITY,
	SNDS_STREAM_ONSET,
	SNDS_STREAM_DEATH,
	SNDS_STREAM_STAY,
	SNDS_STREAM_TREATMENT,
	SNDS_STREAM_CARE,
	SNDS_STREAM_CONTACT,
	SNDS_STREAM_PROVIDER,
	SNDS_STREAM_FERTILITY,
	SNDS_STREAM_BIRTH,
	SNDS_STREAM_EVENT,
	SNDS_STREAM_STATE,
	SNDS_STREAM_OTHER,
	SNDS_STREAM_DIRT,
	SNDS_STREAM_MOVE,
	SNDS_STREAM_TRANSFER,
	SNDS_STREAM_AMOUNT,
	SNDS_STREAM_DETAIL,
	SNDS_STREAM_CERTIFICATE,
	SNDS_STREAM_DIRT_MORE,
};

/* Make life `index`; `life` keeps its memory from the one before. */
void snds_life_make(struct snds_life *life, const struct snds_world *w, uint64_t index);
void snds_life_clear(struct snds_life *life);

/* The steps, in their order. */
void snds_population_step(struct snds_life *life, const struct snds_world *w, uint64_t index);
void snds_family_step(struct snds_life *life, const struct snds_world *w);
void snds_disease_step(struct snds_life *life, const struct snds_world *w);
void snds_stay_step(struct snds_life *life, const struct snds_world *w);
void snds_other_step(struct snds_life *life, const struct snds_world *w);
void snds_treatment_step(struct snds_life *life, const struct snds_world *w);
void snds_adverse_step(struct snds_life *life, const struct snds_world *w);
void snds_care_step(struct snds_life *life, const struct snds_world *w);
void snds_contact_step(struct snds_life *life, const struct snds_world *w);
void snds_identity_step(struct snds_life *life, const struct snds_world *w);
void snds_sign_step(struct snds_life *life, const struct snds_world *w);
void snds_dirt_step(struct snds_life *life, const struct snds_world *w);

/* Birth and sex of any person, without making the life; true for those born in the years. */
bool snds_population_birth(const struct snds_world *w, uint64_t index, int *ret_sex,
    date_t *ret_birth);
/* Where a person who lives alone, lives; twins live together, children with their mother. */
void snds_population_places(const struct snds_world *w, uint64_t index, struct snds_places *ret);
const struct snds_place *snds_place_on(const struct snds_places *p, date_t on);
bool snds_is_twin(const struct snds_world *w, uint64_t index);
/* The woman of the base who bears `child`, or SNDS_NOBODY; what she bears in all. */
uint64_t snds_mother_of(struct snds_families *f, const struct snds_world *w, uint64_t child);
void snds_births_of(struct snds_families *f, const struct snds_world *w, uint64_t mother,
    struct snds_births *ret);
/* The hospital of a birth, the same for mother and children. */
const struct snds_hospital *snds_birth_hospital(const struct snds_world *w, uint64_t child,
    const struct snds_department *d);
/* The pseudonyms of a person whose birth and death are known. */
void snds_identity_make(struct snds_life *life, const struct snds_world *w);
/* The identity that stands for the person on a day. */
const struct snds_identity *snds_identity_on(const struct snds_person *p, date_t on);

/* Care in town of a state or before a birth, on a day. */
void snds_state_care_step(struct snds_life *life, const struct snds_world *w);

/* What a stay costs, euros; rate: of reimbursement, %. All 0 for a GHS without a tariff. */
struct snds_bill {
	double stay, days, drugs, devices;
	int rate;
	int extra_days; /* beyond the bound */
	double lump, daily;
};
void snds_bill_of(const struct snds_model *m, const struct snds_stay *s, struct snds_bill *ret);
/* To the nearest cent. */
double snds_cents(double amount);
/* DCIR has no amount of 10,000 or more: take one invoice off what rests of a bill. */
double snds_next_invoice(double *rest);

/* Yearly hazard of death at an age, from all causes. */
double snds_mortality_at(const struct snds_mortality *m, double age);
/* A stay that covers the day, or NULL. */
const struct snds_stay *snds_stay_on(const struct snds_life *life, date_t day);
/* Diagnoses and acts of a stay, its hospital; `own` is its disease or NULL. */
void snds_stay_fill(struct snds_life *life, const struct snds_world *w, struct snds_stay *s,
    const struct snds_stay_kind *kind, const struct snds_disease *own, struct rng *r);
/* An associated diagnosis of background that suits the person. */
struct view snds_diagnosis_draw(const struct snds_model *m, int sex, int age, struct rng *r);
/* A stay of its own day, whatever else happens then; false: it ends after the base. */
bool snds_stay_force(struct snds_life *life, const struct snds_world *w,
    const struct snds_stay_kind *kind, date_t entry, struct rng *r);
/* Whether the state lasts on a day. */
static inline bool snds_lasts(const struct snds_onset *o, date_t on)
{
	return o->on <= on && (o->until == DATE_NONE || on < o->until);
}
/* A kind that suits the person, drawn by weight; NULL when none does. */
const struct snds_stay_kind *snds_stay_draw(const struct snds_stay_kinds *kinds, int sex, int age,
    struct rng *r);
/* A pseudonym is a keyed hash of a number: Philox with the seed as the key. */
void snds_pseudonym(const struct snds_world *w, uint64_t number, char ret[SNDS_PSEUDONYM_LEN]);
double snds_age(const struct snds_person *p, date_t on);
#endif
