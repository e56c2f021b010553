/*
 * A specification becomes tables: a set is cohort_set_N (person_id, first_day,
 * last_day), the entries after the index and after each step are cohort_entry_N
 * (person_id, day). All SQL is in sql/cohort_*.sql. For cohort_*.c only.
 */
#ifndef SNDS_COHORT_SQL_H
#define SNDS_COHORT_SQL_H

#include "snds/cohort_spec.h"
#include "table/db.h"

/* The table of a set, of the entries; the caller frees. */
char *cohort_set_table(size_t set);
char *cohort_entry_table(size_t index);
/* Run an embedded file with its words filled in. */
MUST_CHECK int cohort_run_file(struct table_db *db, const char *file,
    const struct table_word *words, size_t count, struct err *err);
void cohort_add_date(struct str *sql, date_t day);
/*
 * Whether b is near: first_day of b against `day` ("c.day", "a.first_day"). No
 * bound at all is always true.
 */
void cohort_add_window(struct str *sql, const struct snds_cohort_window *w, const char *day);

/* cohort_set_N, from `event`, cohort_atc and the sets above it. */
MUST_CHECK int cohort_make_set(struct table_db *db, const struct snds_cohort_spec *spec,
    const struct mainbase_events *events, size_t set, struct err *err);
/* cohort_entry_0 */
MUST_CHECK int cohort_make_index(struct table_db *db, const struct snds_cohort_spec *spec,
    struct err *err);
/* cohort_entry_`to` from the one before it, where condition `where` holds. */
MUST_CHECK int cohort_make_step(struct table_db *db, const struct snds_cohort_spec *spec,
    size_t where, size_t to, struct err *err);
/* cohort_entry_`to`: the first or last entry of each person. */
MUST_CHECK int cohort_make_keep(struct table_db *db, const struct snds_cohort_spec *spec,
    size_t to, struct err *err);
/* cohort_final (person_id, person_key, index_date, exit_date) from cohort_entry_`from`. */
MUST_CHECK int cohort_make_final(struct table_db *db, const struct snds_cohort_spec *spec,
    size_t from, struct err *err);

#endif
