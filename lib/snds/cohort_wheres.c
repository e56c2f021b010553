#include "snds/cohort_json.h"

static const char where_keys[] =
    "all|any|not|set|age|sex|departments|communes|observed|index";

static int read_where(struct cohort_reader *r, const json_t *value, int depth, size_t *ret);

static bool is_place(struct view code)
{
	for (size_t i = 0; i < code.len; i++)
		if (!strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", code.ptr[i]))
			return false;
	return code.len <= 5;
}

static int read_parts(struct cohort_reader *r, const json_t *list, int depth,
    struct snds_cohort_where *w)
{
	if (!json_is_array(list) || json_array_size(list) == 0)
		return cohort_wrong(r, "not a list of conditions");
	for (size_t i = 0; i < json_array_size(list); i++) {
		size_t inner = cohort_enter_at(r, i);
		size_t part;

		if (read_where(r, json_array_get(list, i), depth + 1, &part) < 0)
			return -1;
		*vec_push(&w->parts) = part;
		cohort_leave(r, inner);
	}
	return 0;
}

static int read_not(struct cohort_reader *r, const json_t *value, int depth,
    struct snds_cohort_where *w)
{
	size_t part;

	if (read_where(r, value, depth + 1, &part) < 0)
		return -1;
	*vec_push(&w->parts) = part;
	return 0;
}

/* "days" or "at_most_days": how many distinct days; without both at least one. */
static int read_events(struct cohort_reader *r, const json_t *o, struct snds_cohort_where *w)
{
	const int max = SNDS_COHORT_DAYS_MAX;

	w->min = 1;
	if (cohort_check_keys(r, o,
		"set|from_days|to_days|overlaps|from|to|days|at_most_days") < 0 ||
	    cohort_get_set(r, o, "set", &w->set) < 0 ||
	    cohort_get_window(r, o, &w->window) < 0 ||
	    cohort_get_period(r, o, &w->from, &w->to) < 0 ||
	    cohort_get_int(r, o, "days", 0, max, &w->min, &w->has_min) < 0 ||
	    cohort_get_int(r, o, "at_most_days", 0, max, &w->max, &w->has_max) < 0)
		return -1;
	if (w->has_max && !w->has_min)
		w->min = 0;
	if (w->has_max && w->min > w->max)
		return cohort_wrong(r, "'days' is more than 'at_most_days'");
	return 0;
}

static int read_range(struct cohort_reader *r, const json_t *o, const char *low, const char *high,
    int max, struct snds_cohort_where *w)
{
	AUTO_FREE char *keys = str_format("%s|%s", low, high);

	if (cohort_check_keys(r, o, keys) < 0 ||
	    cohort_get_int(r, o, low, 0, max, &w->min, &w->has_min) < 0 ||
	    cohort_get_int(r, o, high, 0, max, &w->max, &w->has_max) < 0)
		return -1;
	if (!w->has_min && !w->has_max)
		return cohort_wrong(r, "neither '%s' nor '%s'", low, high);
	return 0;
}

static int read_age(struct cohort_reader *r, const json_t *o, struct snds_cohort_where *w)
{
	if (read_range(r, o, "min", "max", 200, w) < 0)
		return -1;
	if (w->has_min && w->has_max && w->min > w->max)
		return cohort_wrong(r, "'min' is more than 'max'");
	return 0;
}

static int read_index(struct cohort_reader *r, const json_t *o, struct snds_cohort_where *w)
{
	if (cohort_check_keys(r, o, "from|to") < 0 ||
	    cohort_get_period(r, o, &w->from, &w->to) < 0)
		return -1;
	if (w->from == DATE_NONE && w->to == DATE_NONE)
		return cohort_wrong(r, "neither 'from' nor 'to'");
	return 0;
}

/* Those whose value is read from the object around it. */
static int read_member(struct cohort_reader *r, const json_t *o, struct snds_cohort_where *w)
{
	int sex = 0;

	if (w->kind == SNDS_COHORT_DEPARTMENTS)
		return cohort_get_texts(r, o, "departments", is_place, "a département", &w->places);
	if (w->kind == SNDS_COHORT_COMMUNES)
		return cohort_get_texts(r, o, "communes", is_place, "a commune", &w->places);
	if (w->kind == SNDS_COHORT_EVENTS)
		return read_events(r, o, w);
	if (cohort_get_word(r, o, "sex", "male|female", &sex) < 0)
		return -1;
	w->sex = sex + 1;
	return 0;
}

/* Those that have a value of their own, whose path is entered. */
static int read_value(struct cohort_reader *r, const json_t *value, int depth,
    struct snds_cohort_where *w)
{
	if (w->kind == SNDS_COHORT_ALL || w->kind == SNDS_COHORT_ANY)
		return read_parts(r, value, depth, w);
	if (w->kind == SNDS_COHORT_NOT)
		return read_not(r, value, depth, w);
	if (w->kind == SNDS_COHORT_AGE)
		return read_age(r, value, w);
	if (w->kind == SNDS_COHORT_OBSERVED)
		return read_range(r, value, "before", "after", SNDS_COHORT_DAYS_MAX, w);
	return read_index(r, value, w);
}

static const struct {
	const char *key;
	enum snds_cohort_kind kind;
	bool own; /* it has a value of its own, and no key beside it */
} kinds[] = {
    {"all", SNDS_COHORT_ALL, true},
    {"any", SNDS_COHORT_ANY, true},
    {"not", SNDS_COHORT_NOT, true},
    {"set", SNDS_COHORT_EVENTS, false},
    {"age", SNDS_COHORT_AGE, true},
    {"sex", SNDS_COHORT_SEX, false},
    {"departments", SNDS_COHORT_DEPARTMENTS, false},
    {"communes", SNDS_COHORT_COMMUNES, false},
    {"observed", SNDS_COHORT_OBSERVED, true},
    {"index", SNDS_COHORT_INDEX, true},
};

static int read_kind(struct cohort_reader *r, const json_t *o, size_t kind, int depth,
    struct snds_cohort_where *w)
{
	size_t len;

	w->kind = kinds[kind].kind;
	if (w->kind != SNDS_COHORT_EVENTS && cohort_check_keys(r, o, kinds[kind].key) < 0)
		return -1;
	if (!kinds[kind].own)
		return read_member(r, o, w);
	len = cohort_enter(r, kinds[kind].key);
	if (read_value(r, json_object_get(o, kinds[kind].key), depth, w) < 0)
		return -1;
	cohort_leave(r, len);
	return 0;
}

/* The name alone of a set: any event of it. */
static int read_name(struct cohort_reader *r, const json_t *name, struct snds_cohort_where *w)
{
	w->kind = SNDS_COHORT_EVENTS;
	w->min = 1;
	return cohort_find_set(r, name, &w->set);
}

static int read_object(struct cohort_reader *r, const json_t *o, int depth,
    struct snds_cohort_where *w)
{
	if (!json_is_object(o))
		return cohort_wrong(r, "not a condition");
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (json_object_get(o, kinds[i].key))
			return read_kind(r, o, i, depth, w);
	(void)cohort_wrong(r, "not a condition");
	return err_hint(r->err, "it has one of these keys: %s", where_keys);
}

static int read_where(struct cohort_reader *r, const json_t *value, int depth, size_t *ret)
{
	struct snds_cohort_where w = {.from = DATE_NONE, .to = DATE_NONE};
	int rc;

	if (depth > SNDS_COHORT_DEPTH_MAX)
		return cohort_wrong(r, "more than %d conditions deep", SNDS_COHORT_DEPTH_MAX);
	rc = json_is_string(value) ? read_name(r, value, &w) : read_object(r, value, depth, &w);
	if (rc == 0 && r->spec->wheres.len == SNDS_COHORT_ITEMS_MAX)
		rc = cohort_wrong(r, "more than %d conditions", SNDS_COHORT_ITEMS_MAX);
	if (rc < 0) {
		vec_clear(&w.parts);
		vec_clear(&w.places.items);
		return -1;
	}
	*ret = r->spec->wheres.len;
	*vec_push(&r->spec->wheres) = w;
	return 0;
}

static int read_step(struct cohort_reader *r, const json_t *o)
{
	struct snds_cohort_step step = {0};
	const json_t *where = json_object_get(o, "where");
	size_t len;

	if (cohort_check_keys(r, o, "label|where") < 0 ||
	    cohort_get_text(r, o, "label", &step.label) < 0)
		return -1;
	if (!step.label || !where)
		return cohort_wrong(r, "'%s' is missing", step.label ? "where" : "label");
	len = cohort_enter(r, "where");
	if (read_where(r, where, 1, &step.where) < 0)
		return -1;
	cohort_leave(r, len);
	*vec_push(&r->spec->steps) = step;
	return 0;
}

int cohort_read_steps(struct cohort_reader *r, const json_t *steps)
{
	size_t len = cohort_enter(r, "steps");

	if (!json_is_array(steps) || json_array_size(steps) > SNDS_COHORT_STEPS_MAX)
		return cohort_wrong(r, "not a list of at most %d steps", SNDS_COHORT_STEPS_MAX);
	for (size_t i = 0; i < json_array_size(steps); i++) {
		size_t inner = cohort_enter_at(r, i);

		if (read_step(r, json_array_get(steps, i)) < 0)
			return -1;
		cohort_leave(r, inner);
	}
	cohort_leave(r, len);
	return 0;
}
