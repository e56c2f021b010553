/* A life becomes rows: one file a group of tables. */
#ifndef SNDS_EMIT_H
#define SNDS_EMIT_H

#include "snds/life.h"
#include "snds/tables.h"

/* The batches of one block of persons, in the order of the writers. */
enum { SNDS_SINKS_MAX = SNDS_TABLES_WHOLE + SNDS_YEARS_MAX * SNDS_TABLES_YEARLY };

struct snds_sink {
	const struct snds_world *world;
	int year_first, year_count;
	struct table_batch *batches[SNDS_SINKS_MAX];
};

size_t snds_sink_count(const struct snds_sink *s);
/* Index of a table's batch; `year` only matters for the yearly ones. */
size_t snds_sink_index(const struct snds_sink *s, enum snds_table table, int year);
/* Table and year of an index. */
enum snds_table snds_sink_table(const struct snds_sink *s, size_t index, int *ret_year);

/* All tables of one life. Fills the flux dates of `life` on the way. */
void snds_emit(struct snds_sink *s, struct snds_life *life);

void snds_emit_claims(struct snds_sink *s, struct snds_life *life);
void snds_emit_stays(struct snds_sink *s, const struct snds_life *life);
void snds_emit_persons(struct snds_sink *s, const struct snds_life *life);
void snds_emit_truth(struct snds_sink *s, const struct snds_life *life);

/* "000123": the number with leading zeros up to `width` digits (0: none). */
void snds_set_digits(struct table_batch *b, size_t column, uint64_t number, int width);
/* "202103" and "03". */
void snds_set_month(struct table_batch *b, size_t column, date_t day);
void snds_set_month_of_year(struct table_batch *b, size_t column, date_t day);

#endif
