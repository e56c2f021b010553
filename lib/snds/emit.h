/* A life becomes rows: one file a group of tables. */
#ifndef SNDS_EMIT_H
#define SNDS_EMIT_H

#include "snds/life.h"
#include "snds/tables.h"

/* Executants of one kind in a département: numbers are invented. */
enum {
	SNDS_PROVIDERS = 400,
	SNDS_PROVIDER_LEN = 8,
	SNDS_SPECIALTIES = 64,                       /* kinds of doctors ... */
	SNDS_PROVIDER_KINDS = SNDS_SPECIALTIES + 96, /* ... then other professions */
	SNDS_PROVIDERS_ALL = SNDS_DEPARTMENTS * SNDS_PROVIDER_KINDS * SNDS_PROVIDERS,
};

/*
 * Who occurs in the tables: bits that only ever get set, so that the
 * referentials do not depend on the order in which lives are made.
 */
struct snds_seen {
	_Atomic uint32_t providers[SNDS_PROVIDERS_ALL / 32 + 1];
	_Atomic uint32_t hospitals[SNDS_FIELDS][SNDS_YEARS_MAX][SNDS_HOSPITALS_ALL / 32 + 1];
};

/* The batches of one block of persons, in the order of the writers. */
enum { SNDS_SINKS_MAX = SNDS_TABLES_WHOLE + SNDS_YEARS_MAX * SNDS_TABLES_YEARLY };

struct snds_sink {
	const struct snds_world *world;
	int year_first, year_count;
	struct snds_seen *seen;
	struct table_batch *batches[SNDS_SINKS_MAX];
};

size_t snds_sink_count(const struct snds_sink *s);
/* Index of a table's batch; `year` only matters for the yearly ones. */
size_t snds_sink_index(const struct snds_sink *s, enum snds_table table, int year);
/* Table and year of an index. */
enum snds_table snds_sink_table(const struct snds_sink *s, size_t index, int *ret_year);

/* The nine keys of a claim. */
struct snds_keys {
	uint64_t statement;
	date_t flux, treated;
	const struct snds_place *place; /* where the person lives on the day of care */
};
struct snds_keys snds_keys_of(const struct snds_person *p, const struct snds_claim *c);
/* DCT_ORD_NUM and FLX_EMT_ORD, the two that number a statement, as numbers. */
uint64_t snds_keys_order(const struct snds_keys *k);
uint64_t snds_keys_sequence(const struct snds_keys *k);
/* They stand in one order in every table; `first` is DCT_ORD_NUM. */
void snds_set_keys(struct table_batch *b, size_t first, const struct snds_keys *k,
    const struct snds_claim *c);

/* All tables of one life. Fills the flux dates of `life` on the way. */
void snds_emit(struct snds_sink *s, struct snds_life *life);

void snds_emit_claims(struct snds_sink *s, struct snds_life *life);
void snds_emit_line(struct snds_sink *s, const struct snds_claim *c, const struct snds_keys *k);
void snds_emit_establishment(struct table_batch *b, const struct snds_claim *c,
    const struct snds_keys *k);
void snds_emit_others(struct snds_sink *s, const struct snds_life *life);
/* RHA_NUM, RHAD_NUM or RIP_NUM. */
void snds_set_other_number(struct table_batch *b, size_t column, const struct snds_person *p,
    const struct snds_other_stay *s);
/* Diagnoses and acts of a stay outside MCO. */
void snds_emit_details(struct snds_sink *s, const struct snds_life *life,
    const struct snds_other_stay *o);
/* What a stay, an external contact cost. */
void snds_emit_stay_cost(struct snds_sink *s, const struct snds_person *p,
    const struct snds_stay *stay);
void snds_emit_contact_cost(struct snds_sink *s, const struct snds_person *p,
    const struct snds_contact *c);
void snds_emit_death(struct snds_sink *s, const struct snds_life *life);
/* BEN_NIR_ANO where it is known, otherwise BEN_NIR_PSA and the rank: 18 characters. */
void snds_set_synthetic_id(struct table_batch *b, size_t column, const struct snds_person *p,
    const struct snds_identity *id);
/* SEQ_NUM of a contact. */
void snds_set_sequence(struct table_batch *b, size_t column, const struct snds_person *p,
    const struct snds_contact *c);
void snds_emit_tops(struct snds_sink *s, const struct snds_life *life);
void snds_emit_contacts(struct snds_sink *s, const struct snds_life *life);
void snds_emit_dirt(struct snds_sink *s, const struct snds_life *life);
/* Once, after the last life: the referentials and the establishments of each year. */
void snds_emit_referentials(struct snds_sink *s);
void snds_emit_drugs(struct snds_sink *s);
void snds_emit_effects(struct snds_sink *s);
void snds_emit_stays(struct snds_sink *s, const struct snds_life *life);
void snds_emit_persons(struct snds_sink *s, const struct snds_life *life);
void snds_emit_truth(struct snds_sink *s, const struct snds_life *life);

/* RSA_NUM of a stay, SEQ_NUM of a contact; the number its hospital has for PMSI. */
uint64_t snds_rsa_of(const struct snds_person *p, const struct snds_stay *s);
struct view snds_finess_of(const struct snds_stay *s);
/* Mark a hospital as one of the year's in a field of PMSI. */
void snds_see_hospital(struct snds_sink *s, enum snds_field field, const struct snds_hospital *h,
    int year);
/* The professional of the person for this kind of act: a number without its key. */
uint32_t snds_provider_of(const struct snds_person *p, int specialty, int activity);
void snds_provider_number(const struct snds_department *d, uint32_t provider,
    char ret[SNDS_PROVIDER_LEN]);

/* "000123": the number with leading zeros up to `width` digits (0: none). */
void snds_set_digits(struct table_batch *b, size_t column, uint64_t number, int width);
/* "202103" and "03". */
void snds_set_month(struct table_batch *b, size_t column, date_t day);
void snds_set_month_of_year(struct table_batch *b, size_t column, date_t day);

#endif
