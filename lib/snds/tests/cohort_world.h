/* A few persons with a few events, drawn at random, as arrays and as tables of a database. */
#ifndef SNDS_TESTS_COHORT_WORLD_H
#define SNDS_TESTS_COHORT_WORLD_H

#include "base/rng.h"
#include "base/vec.h"
#include "table/db.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

enum { WORLD_PERSONS = 9,
	WORLD_EVENTS = 230,
	WORLD_DAYS = 120 };

static const char *const world_categories[] = {"drug", "principal_diagnosis", "ald"};
static const char *const world_codes[3][4] = {
    {"3400000000001", "3400000000002", "3400000000003", NULL},
    {"E10", "E109", "I21", "I210"},
    {"E10", "I21", "G20", NULL},
};
/* The ATC of the drugs above. */
static const char *const world_atc[] = {"A10BA02", "A10BX06", "B01AC06"};
static const char *const world_departments[] = {"01", "2A", "69"};

struct world_person {
	date_t birth, obs_start, obs_end;
	int sex;        /* 0: not known */
	int department; /* -1: not known */
};

struct world_event {
	int person;
	const char *category, *code, *atc; /* code NULL: none */
	int value;
	date_t first, last; /* DATE_NONE: no end */
};

struct world {
	date_t start;
	struct world_person persons[WORLD_PERSONS];
	struct world_event events[WORLD_EVENTS];
};

static inline void world_draw_person(struct rng *r, struct world *w, int i)
{
	struct world_person *p = &w->persons[i];

	p->obs_start = w->start + rng_range(r, 0, 20);
	p->obs_end = w->start + WORLD_DAYS - rng_range(r, 0, 60);
	p->birth = date_from_civil(rng_range(r, 2004, 2009), rng_range(r, 1, 12), 1);
	p->sex = rng_range(r, 0, 2);
	p->department = rng_range(r, -1, 2);
}

static inline void world_draw_event(struct rng *r, struct world *w, int i)
{
	int category = rng_range(r, 0, 2);
	int code = rng_range(r, 0, 3);
	struct world_event *e = &w->events[i];

	*e = (struct world_event){
	    .person = rng_range(r, 0, WORLD_PERSONS - 1),
	    .category = world_categories[category],
	    .code = world_codes[category][code],
	    .value = rng_range(r, 1, 4),
	    .first = w->start + rng_range(r, -10, WORLD_DAYS),
	};
	e->last = category == 2 && rng_chance(r, 0.4) ? DATE_NONE
	                                              : e->first + rng_range(r, 0, 9);
	if (category == 0) {
		e->last = e->first;
		e->atc = e->code ? world_atc[code] : NULL;
	}
}

static inline struct world world_draw(struct rng *r)
{
	struct world w = {.start = date_from_civil(2017, 1, 1)};

	for (int i = 0; i < WORLD_PERSONS; i++)
		world_draw_person(r, &w, i);
	for (int i = 0; i < WORLD_EVENTS; i++)
		world_draw_event(r, &w, i);
	return w;
}

static inline void world_add_text(struct str *sql, const char *text)
{
	if (text)
		str_addf(sql, ", '%s'", text);
	else
		str_addz(sql, ", NULL");
}

static inline void world_add_date(struct str *sql, date_t day)
{
	char text[DATE_TEXT_SIZE];

	if (day == DATE_NONE)
		str_addz(sql, ", NULL");
	else
		str_addf(sql, ", DATE '%s'", date_format(day, text));
}

static inline void world_run(struct table_db *db, const char *sql)
{
	struct err err = {0};

	if (table_run(db, "world", VIEW(sql), TABLE_NO_PARAMS, NULL, &err) < 0)
		fail_msg("%s", err.msg);
}

static inline void world_load_persons(const struct world *w, struct table_db *db)
{
	AUTO_STR struct str sql = {0};

	world_run(db, "CREATE TABLE person (person_id BIGINT, person_key STRING, birth DATE, "
		      "obs_start DATE, obs_end DATE, sex BIGINT, department STRING, "
		      "commune STRING)");
	for (int i = 0; i < WORLD_PERSONS; i++) {
		const struct world_person *p = &w->persons[i];

		str_addf(&sql, "INSERT INTO person VALUES (%d, 'key%d'", i, i);
		world_add_date(&sql, p->birth);
		world_add_date(&sql, p->obs_start);
		world_add_date(&sql, p->obs_end);
		str_addf(&sql, p->sex ? ", %d" : ", NULL", p->sex);
		world_add_text(&sql, p->department < 0 ? NULL : world_departments[p->department]);
		str_addz(&sql, ", NULL);\n");
	}
	world_run(db, str_get(&sql));
}

static inline void world_load_events(const struct world *w, struct table_db *db)
{
	AUTO_STR struct str sql = {0};

	world_run(db, "CREATE TABLE event (person_id BIGINT, category STRING, code STRING, "
		      "value BIGINT, first_day DATE, last_day DATE)");
	for (int i = 0; i < WORLD_EVENTS; i++) {
		const struct world_event *e = &w->events[i];

		str_addf(&sql, "%s(%d", i ? ", " : "INSERT INTO event VALUES ", e->person);
		world_add_text(&sql, e->category);
		world_add_text(&sql, e->code);
		str_addf(&sql, ", %d", e->value);
		world_add_date(&sql, e->first);
		world_add_date(&sql, e->last);
		str_addz(&sql, ")");
	}
	world_run(db, str_get(&sql));
	world_run(db, "CREATE TABLE cohort_atc (kind STRING, code STRING, atc STRING)");
	for (size_t i = 0; i < ARRAY_LEN(world_atc); i++) {
		AUTO_FREE char *row = str_format(
		    "INSERT INTO cohort_atc VALUES ('CIP', '%s', '%s')",
		    world_codes[0][i], world_atc[i]);

		world_run(db, row);
	}
}

#endif
