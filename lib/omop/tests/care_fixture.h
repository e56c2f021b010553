/*
 * The tables of care of lib/mainbase, made from tables written by hand: what
 * stands in them before OMOP.
 */
#ifndef OMOP_TESTS_CARE_FIXTURE_H
#define OMOP_TESTS_CARE_FIXTURE_H

#include "mainbase/events.h"
#include "snds_fixture.h"

struct care {
	struct table_db *db;
	struct mainbase base;
};

static inline void care_clear(struct care *c)
{
	mainbase_close(&c->base);
	table_close(&c->db);
}

#define AUTO_CARE AUTO(care_clear)

/* Every table of care, and the view `event` over all of them. */
static inline void care_make(struct care *c, const struct snds *s, const char *without)
{
	AUTO_EVENTS struct mainbase_events events = {0};
	struct err err = {0};
	struct table_options options = {.threads = 2};
	struct mainbase_options o = {
	    .from = "care",
	    .first_day = s->first_day,
	    .last_day = s->last_day,
	    .without = without,
	};

	assert_int_equal(path_remove("care", &err), 0);
	snds_write(s, "care");
	if (table_open(&c->db, &options, &err) < 0 ||
	    mainbase_open(&c->base, c->db, &o, &err) < 0 ||
	    mainbase_events_load(&events, &err) < 0 ||
	    mainbase_events_view(&c->base, &events, NULL, &err) < 0 ||
	    mainbase_filters_count(&c->base.filters, c->db, &err) < 0)
		fail_msg("%s", err.msg);
}

static inline int64_t care_ask(const struct care *c, const char *sql)
{
	struct err err = {0};
	int64_t n = -1;

	if (table_run(c->db, "test", VIEW(sql), TABLE_NO_PARAMS, &n, &err) < 0)
		fail_msg("%s: %s", sql, err.msg);
	return n;
}

static inline void care_rows(const struct care *c, const char *table, const char *where,
    int64_t rows)
{
	AUTO_FREE char *sql = str_format("SELECT count(*) FROM %s WHERE %s", table, where);
	int64_t n = care_ask(c, sql);

	if (n != rows)
		fail_msg("%s: %lld rows, expected %lld, where %s", table, (long long)n,
		    (long long)rows, where);
}

static inline void care_filter(const struct care *c, const char *stage, const char *id,
    int64_t removed, int64_t rows_in)
{
	filters_assert(&c->base.filters, stage, id, removed, rows_in);
}

#endif
