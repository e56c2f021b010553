/*
 * What happens to persons, in one shape: data/events.csv names the categories,
 * sql/event/CATEGORY.sql is each.
 *
 *   event (person_id BIGINT, category, code, value BIGINT, first_day, last_day)
 *
 * value: boxes of a drug, times of an act, otherwise 1. last_day of a
 * long-term disease without an end is NULL.
 */
#ifndef MAINBASE_EVENTS_H
#define MAINBASE_EVENTS_H

#include "mainbase/mainbase.h"

struct mainbase_event {
	const char *category; /* "principal_diagnosis" */
	const char *care;     /* the table it is taken from: "diagnosis" */
	const char *codes;    /* "CIM-10" */
	const char *label;
	const char *label_fr;
};

struct mainbase_events {
	struct arena arena;
	VEC(struct mainbase_event) items;
};

#define AUTO_EVENTS AUTO(mainbase_events_clear)

MUST_CHECK int mainbase_events_load(struct mainbase_events *e, struct err *err);
void mainbase_events_clear(struct mainbase_events *e);
/* NULL: no such category. */
const struct mainbase_event *mainbase_events_find(const struct mainbase_events *e,
    struct view category);
/*
 * The view `event` over the categories named (spaces between; NULL: all),
 * after their care has been made. Every name exists: assert.
 */
MUST_CHECK int mainbase_events_view(struct mainbase *b, const struct mainbase_events *e,
    const char *categories, struct err *err);

#endif
