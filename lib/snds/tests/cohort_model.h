/*
 * The language of cohorts, slow and obvious: it walks the JSON itself and
 * looks at every event of every person again for each question.
 */
#ifndef SNDS_TESTS_COHORT_MODEL_H
#define SNDS_TESTS_COHORT_MODEL_H

#include "cohort_world.h"
#include "io/json.h"

enum { MODEL_FAR = 2932896 }; /* 9999-12-31 */

struct model_row {
	int person;
	date_t first, last;
};

struct model_rows {
	VEC(struct model_row) items;
};

struct model {
	const struct world *world;
	const json_t *spec;
};

static inline void model_add(struct model_rows *rows, struct model_row row)
{
	for (size_t i = 0; i < rows->items.len; i++)
		if (rows->items.ptr[i].person == row.person &&
		    rows->items.ptr[i].first == row.first && rows->items.ptr[i].last == row.last)
			return;
	*vec_push(&rows->items) = row;
}

static inline int model_int(const json_t *o, const char *key, int fallback)
{
	const json_t *n = json_object_get(o, key);

	return n ? (int)json_integer_value(n) : fallback;
}

static inline bool model_true(const json_t *o, const char *key)
{
	return json_is_true(json_object_get(o, key));
}

static inline const char *model_text(const json_t *o, const char *key, const char *fallback)
{
	const json_t *t = json_object_get(o, key);

	return t ? json_string_value(t) : fallback;
}

static inline date_t model_date(const json_t *o, const char *key, date_t fallback)
{
	const char *text = model_text(o, key, NULL);
	date_t day;

	if (!text)
		return fallback;
	assert_true(date_parse(VIEW(text), &day));
	return day;
}

/* Is the code one of the list, or does it begin as one with a star? */
static inline bool model_listed(const json_t *list, const char *code, bool all_begin)
{
	for (size_t i = 0; code && i < json_array_size(list); i++) {
		const char *item = json_string_value(json_array_get(list, i));
		char plain[32];
		size_t len = 0;

		for (const char *c = item; *c; c++)
			if (*c != '.' && *c != '*')
				plain[len++] = *c;
		plain[len] = '\0';
		if (strchr(item, '*') || all_begin ? strncmp(code, plain, len) == 0
						   : strcmp(code, plain) == 0)
			return true;
	}
	return false;
}

static inline bool model_matches(const json_t *o, const struct world_event *e)
{
	const json_t *codes = json_object_get(o, "codes"), *atc = json_object_get(o, "atc");
	const json_t *value = json_object_get(o, "value");
	bool named = false;

	for (size_t i = 0; i < json_array_size(json_object_get(o, "events")); i++)
		named |= strcmp(json_string_value(json_array_get(json_object_get(o, "events"), i)),
			     e->category) == 0;
	return named && e->value >= model_int(value, "min", 0) &&
	       e->value <= model_int(value, "max", 1000) &&
	       e->first >= model_date(o, "from", -MODEL_FAR) &&
	       e->first <= model_date(o, "to", MODEL_FAR) &&
	       ((!codes && !atc) || model_listed(codes, e->code, false) ||
		   model_listed(atc, e->atc, true)) &&
	       !model_listed(json_object_get(o, "not_codes"), e->code, false) &&
	       !model_listed(json_object_get(o, "not_atc"), e->atc, true);
}

static inline void model_set(const struct model *m, const char *name, struct model_rows *ret);

static inline bool model_in(const json_t *o, const struct model_row *b, date_t day)
{
	date_t reached = model_true(o, "overlaps") ? b->last : b->first;

	return reached >= day + model_int(o, "from_days", -MODEL_FAR / 2) &&
	       b->first <= day + model_int(o, "to_days", MODEL_FAR / 2);
}

static inline bool model_near(const json_t *link, const struct model_row *a,
    const struct model_row *b)
{
	if (model_true(link, "during"))
		return b->first <= a->last &&
		       (model_true(link, "overlaps") ? b->last : b->first) >= a->first;
	return model_in(link, b, a->first);
}

static inline int model_days_near(const struct model *m, const json_t *link,
    const struct model_row *a)
{
	struct model_rows other = {0}, days = {0};
	int n;

	model_set(m, model_text(link, "set", NULL), &other);
	for (size_t i = 0; i < other.items.len; i++)
		if (other.items.ptr[i].person == a->person &&
		    model_near(link, a, &other.items.ptr[i]))
			model_add(&days,
			    (struct model_row){a->person, other.items.ptr[i].first, 0});
	n = (int)days.items.len;
	vec_clear(&other.items);
	vec_clear(&days.items);
	return n;
}

static inline bool model_linked(const struct model *m, const json_t *o, const struct model_row *a)
{
	const json_t *with = json_object_get(o, "with"), *without = json_object_get(o, "without");

	for (size_t i = 0; i < json_array_size(with); i++)
		if (model_days_near(m, json_array_get(with, i), a) <
		    model_int(json_array_get(with, i), "days", 1))
			return false;
	for (size_t i = 0; i < json_array_size(without); i++)
		if (model_days_near(m, json_array_get(without, i), a) >=
		    model_int(json_array_get(without, i), "days", 1))
			return false;
	return true;
}

static inline void model_raw(const struct model *m, const json_t *o, struct model_rows *ret)
{
	const json_t *any = json_object_get(o, "any_of");
	struct model_rows of = {0};

	for (int i = 0; json_object_get(o, "events") && i < WORLD_EVENTS; i++) {
		const struct world_event *e = &m->world->events[i];

		if (model_matches(o, e))
			model_add(ret, (struct model_row){e->person, e->first,
					   e->last == DATE_NONE ? MODEL_FAR : e->last});
	}
	for (size_t i = 0; i < json_array_size(any); i++)
		model_set(m, json_string_value(json_array_get(any, i)), ret);
	if (json_object_get(o, "of"))
		model_set(m, model_text(o, "of", NULL), &of);
	for (size_t i = 0; i < of.items.len; i++)
		if (model_linked(m, o, &of.items.ptr[i]))
			model_add(ret, of.items.ptr[i]);
	vec_clear(&of.items);
}

/* How many distinct days of the person lie in start..end? */
static inline int model_count(const struct model_rows *rows, int person, date_t start, date_t end)
{
	int n = 0;

	for (date_t day = start; day <= end; day++) {
		bool found = false;

		for (size_t i = 0; i < rows->items.len; i++)
			found |= rows->items.ptr[i].person == person &&
			         rows->items.ptr[i].first == day;
		n += found;
	}
	return n;
}

/* Each pair of days between which, both counted, there are just so many. */
static inline void model_days(const json_t *o, const struct model_rows *raw,
    struct model_rows *ret)
{
	int days = model_int(o, "days", 1), within = model_int(o, "within_days", MODEL_FAR);
	bool start = strcmp(model_text(o, "dated", "reached"), "start") == 0;

	for (size_t i = 0; i < raw->items.len; i++)
		for (size_t k = 0; k < raw->items.len; k++) {
			const struct model_row *a = &raw->items.ptr[i], *b = &raw->items.ptr[k];
			date_t day = start ? a->first : b->first;

			if (a->person == b->person && a->first < b->first &&
			    b->first - a->first <= within &&
			    model_count(raw, a->person, a->first, b->first) == days)
				model_add(ret, (struct model_row){a->person, day, day});
		}
}

static inline void model_set(const struct model *m, const char *name, struct model_rows *ret)
{
	const json_t *o = json_object_get(json_object_get(m->spec, "sets"), name);
	struct model_rows raw = {0};

	if (model_int(o, "days", 1) == 1) {
		model_raw(m, o, ret);
		return;
	}
	model_raw(m, o, &raw);
	model_days(o, &raw, ret);
	vec_clear(&raw.items);
}

static inline bool model_where(const struct model *m, const json_t *w, int person, date_t day);

static inline bool model_parts(const struct model *m, const json_t *list, bool all, int person,
    date_t day)
{
	for (size_t i = 0; i < json_array_size(list); i++)
		if (model_where(m, json_array_get(list, i), person, day) != all)
			return !all;
	return all;
}

static inline bool model_events(const struct model *m, const json_t *w, int person, date_t day)
{
	const json_t *most = json_object_get(w, "at_most_days");
	struct model_rows rows = {0}, days = {0};
	int n;

	model_set(m, model_text(w, "set", NULL), &rows);
	for (size_t i = 0; i < rows.items.len; i++) {
		const struct model_row *b = &rows.items.ptr[i];
		date_t reached = model_true(w, "overlaps") ? b->last : b->first;

		if (b->person == person && model_in(w, b, day) &&
		    reached >= model_date(w, "from", -MODEL_FAR) &&
		    b->first <= model_date(w, "to", MODEL_FAR))
			model_add(&days, (struct model_row){person, b->first, 0});
	}
	n = (int)days.items.len;
	vec_clear(&rows.items);
	vec_clear(&days.items);
	return n >= model_int(w, "days", most ? 0 : 1) &&
	       n <= model_int(w, "at_most_days", MODEL_FAR);
}

static inline bool model_any_event(const struct model *m, const char *set, int person)
{
	struct model_rows rows = {0};
	bool found = false;

	model_set(m, set, &rows);
	for (size_t i = 0; i < rows.items.len; i++)
		found |= rows.items.ptr[i].person == person;
	vec_clear(&rows.items);
	return found;
}

static inline bool model_place(const json_t *list, const struct world_person *p)
{
	return p->department >= 0 && model_listed(list, world_departments[p->department], false);
}

static inline bool model_where(const struct model *m, const json_t *w, int person, date_t day)
{
	const struct world_person *p = &m->world->persons[person];
	const json_t *v;

	if (json_is_string(w))
		return model_any_event(m, json_string_value(w), person);
	if ((v = json_object_get(w, "all")))
		return model_parts(m, v, true, person, day);
	if ((v = json_object_get(w, "any")))
		return model_parts(m, v, false, person, day);
	if ((v = json_object_get(w, "not")))
		return !model_where(m, v, person, day);
	if (json_object_get(w, "set"))
		return model_events(m, w, person, day);
	if ((v = json_object_get(w, "age")))
		return date_age(p->birth, day) >= model_int(v, "min", 0) &&
		       date_age(p->birth, day) <= model_int(v, "max", 200);
	if ((v = json_object_get(w, "sex")))
		return p->sex == (strcmp(json_string_value(v), "male") == 0 ? 1 : 2);
	if ((v = json_object_get(w, "departments")))
		return model_place(v, p);
	if ((v = json_object_get(w, "observed")))
		return day - p->obs_start >= model_int(v, "before", 0) &&
		       p->obs_end - day >= model_int(v, "after", 0);
	v = json_object_get(w, "index");
	return day >= model_date(v, "from", -MODEL_FAR) && day <= model_date(v, "to", MODEL_FAR);
}

/* The events that open an entry: those too near behind another day of the set do not. */
static inline void model_openers(const struct model *m, const json_t *index,
    struct model_rows *ret)
{
	struct model_rows rows = {0};
	int gap = model_int(index, "gap_days", 0);

	model_set(m, model_text(index, "set", NULL), &rows);
	for (size_t i = 0; i < rows.items.len; i++) {
		struct model_row row = rows.items.ptr[i];
		bool near = false;

		for (size_t k = 0; k < rows.items.len; k++) {
			const struct model_row *other = &rows.items.ptr[k];

			near |= other->person == row.person && other->first < row.first &&
			        row.first - other->first <= gap;
		}
		if (!near)
			model_add(ret, row);
	}
	vec_clear(&rows.items);
}

static inline void model_entries(const struct model *m, int person, struct model_rows *ret)
{
	const struct world_person *p = &m->world->persons[person];
	const json_t *index = json_object_get(m->spec, "index");
	date_t day = model_date(index, "day", DATE_NONE);
	struct model_rows rows = {0};

	if (day != DATE_NONE && day >= p->obs_start && day <= p->obs_end)
		model_add(ret, (struct model_row){person, day, 0});
	if (day != DATE_NONE)
		return;
	model_openers(m, index, &rows);
	for (size_t i = 0; i < rows.items.len; i++) {
		const struct model_row *row = &rows.items.ptr[i];

		if (row->person == person && row->first <= p->obs_end && row->last >= p->obs_start)
			model_add(ret,
			    (struct model_row){person, MAX(row->first, p->obs_start), 0});
	}
	vec_clear(&rows.items);
}

/* Only the first or the last day; "each" and "all": all of them. */
static inline void model_pick(struct model_rows *rows, const char *word)
{
	for (size_t i = 1; i < rows->items.len && *word != 'e' && *word != 'a'; i++) {
		date_t day = rows->items.ptr[i].first;
		bool better = *word == 'f' ? day < rows->items.ptr[0].first
		                           : day > rows->items.ptr[0].first;

		if (better)
			rows->items.ptr[0].first = day;
	}
	if (*word != 'e' && *word != 'a' && rows->items.len)
		rows->items.len = 1;
}

static inline date_t model_exit(const struct model *m, int person, date_t day)
{
	const json_t *o = json_object_get(m->spec, "exit");
	const json_t *sets = json_object_get(o, "sets");
	date_t end = m->world->persons[person].obs_end;

	end = MIN(end, day + model_int(o, "days", MODEL_FAR / 2));
	for (size_t i = 0; i < json_array_size(sets); i++) {
		const json_t *s = json_array_get(sets, i);
		struct model_rows rows = {0};

		model_set(m, model_text(s, "set", NULL), &rows);
		for (size_t k = 0; k < rows.items.len; k++)
			if (rows.items.ptr[k].person == person &&
			    rows.items.ptr[k].first >= day + model_int(s, "from_days", 0))
				end = MIN(end, rows.items.ptr[k].first);
		vec_clear(&rows.items);
	}
	return end;
}

static inline bool model_passes(const struct model *m, int person, date_t day)
{
	const json_t *steps = json_object_get(m->spec, "steps");

	for (size_t i = 0; i < json_array_size(steps); i++)
		if (!model_where(m, json_object_get(json_array_get(steps, i), "where"), person,
			day))
			return false;
	return true;
}

/* The cohort: person, index date, exit date. */
static inline void model_run(const struct model *m, struct model_rows *ret)
{
	for (int person = 0; person < WORLD_PERSONS; person++) {
		struct model_rows entries = {0}, passed = {0};

		model_entries(m, person, &entries);
		model_pick(&entries,
		    model_text(json_object_get(m->spec, "index"), "event", "first"));
		for (size_t i = 0; i < entries.items.len; i++)
			if (model_passes(m, person, entries.items.ptr[i].first))
				model_add(&passed, entries.items.ptr[i]);
		model_pick(&passed, model_text(m->spec, "keep", "all"));
		for (size_t i = 0; i < passed.items.len; i++) {
			date_t day = passed.items.ptr[i].first;

			model_add(ret, (struct model_row){person, day, model_exit(m, person, day)});
		}
		vec_clear(&entries.items);
		vec_clear(&passed.items);
	}
}

#endif
