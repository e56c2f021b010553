/*
 * A merge of sorted streams. Persons lead; of the others everything of a lower
 * person_id has no person and is counted, everything equal belongs to them.
 */
#include "base/embed.h"
#include "study/cdm.h"
#include "table/query.h"

#include <stdio.h>

/* A missing person_id; DuckDB sorts it last. */
static const int64_t NO_PERSON = INT64_MAX - 1;

struct cursor {
	struct table_query *q; /* NULL: an empty stream */
	const char *label;     /* the file, for messages */
	size_t row;
	int64_t person; /* of the current row; INT64_MAX at the end */
};

struct study_people {
	struct study_cdm *cdm;
	struct cursor persons, periods, events, censor;
	struct study_read read;
	int64_t last_person;
	bool any_person;
};

static int look(struct cursor *c, struct err *err)
{
	c->person = NO_PERSON;
	if (table_query_is_null(c->q, 0, c->row))
		return 0;
	c->person = table_query_i64(c->q, 0)[c->row];
	if (c->person < NO_PERSON)
		return 0;
	return err_set(err, ERR_LIMIT, "%s: a person's number is above %lld", c->label,
	    (long long)NO_PERSON - 1);
}

static int cursor_load(struct cursor *c, struct err *err)
{
	int rc = 1;

	if (c->q && c->row < table_query_rows(c->q))
		return look(c, err);
	if (c->q)
		rc = table_query_next(c->q, err);
	if (rc < 0)
		return -1;
	c->row = 0;
	if (!c->q || rc == 0) {
		c->person = INT64_MAX;
		return 0;
	}
	return look(c, err);
}

static int cursor_step(struct cursor *c, struct err *err)
{
	c->row++;
	return cursor_load(c, err);
}

static int cursor_open(
    struct cursor *c, struct study_cdm *cdm, const char *what, struct view sql, struct err *err)
{
	*c = (struct cursor){.label = what};
	if (table_query_open(&c->q, cdm->db, what, sql, TABLE_NO_PARAMS, err) < 0)
		return -1;
	return cursor_load(c, err);
}

void study_people_close(struct study_people **people)
{
	struct study_people *p = *people;

	if (!p)
		return;
	table_query_close(&p->persons.q);
	table_query_close(&p->periods.q);
	table_query_close(&p->events.q);
	table_query_close(&p->censor.q);
	free(p->read.events);
	free(p);
	*people = NULL;
}

const struct study_read *study_people_read(const struct study_people *p)
{
	return &p->read;
}

/* All outcomes in one stream: person, outcome, start, end. */
static int open_events(struct study_people *p, struct err *err)
{
	AUTO_STR struct str sql = {0};

	for (size_t i = 0; i < p->cdm->design->outcomes.len; i++) {
		AUTO_FREE char *index = str_format("%zu", i);

		str_addz(&sql, i ? "UNION ALL " : "");
		table_fill(&sql, embed_find("study/sql/outcome_events.sql"),
		    TABLE_WORDS({"index", index}));
	}
	str_addz(&sql, "ORDER BY 1 NULLS LAST, 2 NULLS LAST, 3 NULLS LAST, 4 NULLS LAST");
	return cursor_open(&p->events, p->cdm, "outcomes", str_view(&sql), err);
}

int study_people_open(
    struct study_people **ret, struct study_cdm *cdm, bool with_outcomes, struct err *err)
{
	AUTO_PEOPLE struct study_people *p = mem_zalloc(1, sizeof(*p));

	p->cdm = cdm;
	p->events.person = p->censor.person = INT64_MAX;
	p->read.events = mem_zalloc(cdm->design->outcomes.len + 1, sizeof(*p->read.events));
	if (cursor_open(&p->persons, cdm, cdm->person_label, embed_find("study/sql/persons.sql"),
		err) < 0 ||
	    cursor_open(&p->periods, cdm, cdm->period_label, embed_find("study/sql/periods.sql"),
		err) < 0 ||
	    (with_outcomes && open_events(p, err) < 0) ||
	    (cdm->design->censor_path && cursor_open(&p->censor, cdm, cdm->design->censor_path,
					     embed_find("study/sql/censor.sql"), err) < 0))
		return -1;
	*ret = TAKE(p);
	return 0;
}

void study_batch_init(struct study_batch *b, size_t outcome_count)
{
	*b = (struct study_batch){.outcome_count = outcome_count};
	b->persons = mem_zalloc(PEOPLE_BATCH, sizeof(*b->persons));
	b->outcomes = mem_zalloc(outcome_count + 1, sizeof(*b->outcomes));
	for (size_t o = 0; o < outcome_count; o++) {
		b->outcomes[o].first = mem_zalloc(PEOPLE_BATCH + 1, sizeof(uint32_t));
		b->outcomes[o].count = mem_zalloc(PEOPLE_BATCH, sizeof(uint32_t));
	}
}

void study_batch_clear(struct study_batch *b)
{
	for (size_t o = 0; o < b->outcome_count; o++) {
		vec_clear(&b->outcomes[o].all);
		free(b->outcomes[o].first);
		free(b->outcomes[o].count);
	}
	vec_clear(&b->periods);
	free(b->outcomes);
	free(b->persons);
	*b = (struct study_batch){0};
}

static int tell_overlap(struct study_cdm *cdm, struct err *err)
{
	int64_t row = 0;

	if (table_run_file(cdm->db, "study/sql/overlap.sql", TABLE_NO_PARAMS, &row, err) < 0)
		return -1;
	(void)err_set(err, ERR_FORMAT, "%s: row %lld: overlaps another period of the same person",
	    cdm->period_label, (long long)row);
	return err_hint(err, "a period is time observed without a break: merge those that overlap");
}

static int add_period(struct study_people *p, struct study_batch *b, size_t first, struct err *err)
{
	const struct table_query *q = p->periods.q;
	size_t row = p->periods.row;
	struct study_span s;

	if (table_query_is_null(q, 1, row) || table_query_is_null(q, 2, row))
		return study_tell_row(p->cdm, p->cdm->period_label, "observation_period",
		    "observation_period_start_date IS NULL OR observation_period_end_date IS NULL",
		    "a date of the observation period is missing", err);
	s = (struct study_span){table_query_date(q, 1)[row], table_query_date(q, 2)[row]};
	if (s.end < s.start)
		return study_tell_row(p->cdm, p->cdm->period_label, "observation_period",
		    "observation_period_end_date < observation_period_start_date",
		    "observation_period_end_date is before observation_period_start_date", err);
	if (b->periods.len > first && s.start <= b->periods.ptr[b->periods.len - 1].end)
		return tell_overlap(p->cdm, err);
	*vec_push(&b->periods) = s;
	p->read.periods++;
	return 0;
}

static int take_periods(struct study_people *p, struct study_batch *b, struct study_person *who,
    int64_t id, struct err *err)
{
	size_t first = b->periods.len;

	while (p->periods.person < id) {
		p->read.orphan_periods++;
		if (cursor_step(&p->periods, err) < 0)
			return -1;
	}
	while (p->periods.person == id && p->periods.person != INT64_MAX)
		if (add_period(p, b, first, err) < 0 || cursor_step(&p->periods, err) < 0)
			return -1;
	who->period_count = (uint32_t)(b->periods.len - first);
	return 0;
}

static int tell_event(
    struct study_cdm *cdm, size_t outcome, const char *fault, const char *words, struct err *err)
{
	AUTO_FREE char *condition =
	    str_format("(%s) AND (%s)", cdm->outcome_chosen[outcome], fault);

	return study_tell_row(
	    cdm, cdm->outcome_labels[outcome], cdm->outcome_rows[outcome], condition, words, err);
}

static int add_event(struct study_people *p, struct study_batch *b, struct err *err)
{
	const struct table_query *q = p->events.q;
	size_t row = p->events.row;
	size_t outcome = (size_t)table_query_i32(q, 1)[row];
	const char *label = p->cdm->outcome_labels[outcome];
	struct study_event e;

	if (table_query_is_null(q, 2, row) || table_query_is_null(q, 3, row))
		return tell_event(
		    p->cdm, outcome, "s IS NULL OR e IS NULL", "a date is missing", err);
	e = (struct study_event){table_query_date(q, 2)[row], table_query_date(q, 3)[row]};
	if (e.end < e.start)
		return tell_event(p->cdm, outcome, "e < s", "the end is before the start", err);
	if (!study_date_ok(e.start) || !study_date_ok(e.end))
		return tell_event(p->cdm, outcome,
		    "year(s) < 1 OR year(e) > 9999 OR isinf(s) OR isinf(e)",
		    "a date is outside the years 1 to 9999", err);
	if (b->outcomes[outcome].all.len == PEOPLE_EVENTS_MAX)
		return err_set(err, ERR_LIMIT, "%s: one person has more than %d records", label,
		    PEOPLE_EVENTS_MAX);
	*vec_push(&b->outcomes[outcome].all) = e;
	p->read.events[outcome]++;
	return 0;
}

static int take_events(struct study_people *p, struct study_batch *b, int64_t id, struct err *err)
{
	while (p->events.person < id) {
		p->read.orphan_events++;
		if (cursor_step(&p->events, err) < 0)
			return -1;
	}
	while (p->events.person == id && p->events.person != INT64_MAX)
		if (add_event(p, b, err) < 0 || cursor_step(&p->events, err) < 0)
			return -1;
	return 0;
}

static int take_censor(
    struct study_people *p, struct study_person *who, int64_t id, struct err *err)
{
	const char *path = p->cdm->design->censor_path;

	who->censor = DATE_NONE;
	while (p->censor.person < id)
		if (cursor_step(&p->censor, err) < 0)
			return -1;
	if (p->censor.person != id || id == INT64_MAX)
		return 0;
	if (table_query_is_null(p->censor.q, 1, p->censor.row))
		return study_tell_row(
		    p->cdm, path, "censor", "s IS NULL", "the date is missing", err);
	who->censor = table_query_date(p->censor.q, 1)[p->censor.row];
	if (cursor_step(&p->censor, err) < 0)
		return -1;
	if (p->censor.person == id)
		return study_tell_row(p->cdm, path, "censor",
		    "person_id IN (SELECT person_id FROM censor GROUP BY ALL HAVING count(*) > 1)",
		    "its person has another date too", err);
	return 0;
}

static int check_key(struct study_people *p, int64_t id, struct err *err)
{
	if (table_query_is_null(p->persons.q, 0, p->persons.row))
		return study_tell_row(p->cdm, p->cdm->person_label, "person", "person_id IS NULL",
		    "person_id is missing", err);
	if (p->any_person && id == p->last_person)
		return study_tell_row(p->cdm, p->cdm->person_label, "person",
		    embed_find("study/sql/twice.sql").ptr,
		    "its person_id stands in another row too", err);
	if (table_query_i32(p->persons.q, 3)[p->persons.row])
		return study_tell_row(p->cdm, p->cdm->person_label, "person",
		    "NOT (year_of_birth BETWEEN 1 AND 9998 AND coalesce(month_of_birth, 1) "
		    "BETWEEN 1 AND 12 AND coalesce(day_of_birth, 1) BETWEEN 1 AND 31)",
		    "year, month or day of birth is none", err);
	p->any_person = true;
	p->last_person = id;
	return 0;
}

static int take_person(struct study_people *p, struct study_batch *b, struct err *err)
{
	struct study_person *who = &b->persons[b->count];
	int64_t id = p->persons.person;

	if (check_key(p, id, err) < 0)
		return -1;
	*who = (struct study_person){
	    .birth = table_query_is_null(p->persons.q, 1, p->persons.row)
	                 ? DATE_NONE
	                 : table_query_date(p->persons.q, 1)[p->persons.row],
	    .sex = (uint8_t)table_query_i32(p->persons.q, 2)[p->persons.row],
	};
	for (size_t o = 0; o < b->outcome_count; o++)
		b->outcomes[o].first[b->count] = (uint32_t)b->outcomes[o].all.len;
	if (take_periods(p, b, who, id, err) < 0 || take_events(p, b, id, err) < 0 ||
	    take_censor(p, who, id, err) < 0)
		return -1;
	b->count++;
	p->read.persons++;
	return cursor_step(&p->persons, err);
}

static size_t events_held(const struct study_batch *b)
{
	size_t sum = 0;

	for (size_t o = 0; o < b->outcome_count; o++)
		sum += b->outcomes[o].all.len;
	return sum;
}

/* Slices point into vectors, which must have stopped growing. */
static void finish_batch(struct study_batch *b)
{
	const struct study_span *at = b->periods.ptr;

	for (size_t i = 0; i < b->count; i++) {
		b->persons[i].periods = at;
		at += b->persons[i].period_count;
	}
	for (size_t o = 0; o < b->outcome_count; o++)
		b->outcomes[o].first[b->count] = (uint32_t)b->outcomes[o].all.len;
}

int study_people_next(struct study_people *p, struct study_batch *b, struct err *err)
{
	b->count = 0;
	b->periods.len = 0;
	for (size_t o = 0; o < b->outcome_count; o++)
		b->outcomes[o].all.len = 0;
	while (p->persons.person != INT64_MAX && b->count < PEOPLE_BATCH &&
	       events_held(b) < PEOPLE_EVENTS_MAX / 4)
		if (take_person(p, b, err) < 0)
			return -1;
	finish_batch(b);
	if (b->count)
		return 1;
	/* the last streams may hold more without a person */
	return take_periods(p, b, &(struct study_person){0}, INT64_MAX, err) < 0 ||
	               take_events(p, b, INT64_MAX, err) < 0
	           ? -1
	           : 0;
}
