#include "snds/cohort_json.h"

static const char set_keys[] =
    "events|codes|not_codes|atc|not_atc|value|from|to|any_of|of|with|without|days|within_days|"
    "dated|source";

/* Letters, digits and "+", dots beside; "*" at the end. */
static bool is_code(struct view code)
{
	if (code.len && code.ptr[code.len - 1] == '*')
		code.len--;
	for (size_t i = 0; i < code.len; i++)
		if (!strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.+", code.ptr[i]))
			return false;
	return code.len > 0 && code.len <= 20;
}

/* A beginning of an ATC code, the star may be left out. */
static bool is_atc(struct view code)
{
	if (code.len && code.ptr[code.len - 1] == '*')
		code.len--;
	return code.len <= 7 && !memchr(code.ptr, '.', code.len) &&
	       !memchr(code.ptr, '+', code.len) && is_code(code);
}

/* The base spells codes without dots. */
static void drop_dots(struct cohort_reader *r, struct snds_cohort_texts *codes)
{
	for (size_t i = 0; i < codes->items.len; i++) {
		struct view rest = VIEW(codes->items.ptr[i]);
		struct view piece;
		AUTO_STR struct str plain = {0};

		while (view_next(&rest, '.', &piece))
			str_add(&plain, piece);
		codes->items.ptr[i] = arena_strdup(&r->spec->arena, str_view(&plain));
	}
}

static const char *codes_of(const struct mainbase_events *e, const char *category)
{
	const struct mainbase_event *event = mainbase_events_find(e, VIEW(category));

	return event ? event->codes : NULL;
}

static int check_categories(struct cohort_reader *r, const struct snds_cohort_set *set)
{
	size_t len = cohort_enter(r, "events");

	for (size_t i = 0; i < set->events.items.len; i++) {
		size_t inner = cohort_enter_at(r, i);
		AUTO_STR struct str names = {0};

		if (!codes_of(r->events, set->events.items.ptr[i])) {
			for (size_t k = 0; k < r->events->items.len; k++)
				str_addf(&names, "%s%s", k ? ", " : "",
				    r->events->items.ptr[k].category);
			(void)cohort_wrong(r, "not a category of events");
			return err_hint(r->err, "they are: %s", str_get(&names));
		}
		cohort_leave(r, inner);
	}
	cohort_leave(r, len);
	return 0;
}

/* Only drugs have an ATC. */
static int check_atc(struct cohort_reader *r, const struct snds_cohort_set *set)
{
	if (set->atc.items.len + set->not_atc.items.len == 0)
		return 0;
	r->spec->needs_atc = true;
	for (size_t i = 0; i < set->events.items.len; i++) {
		struct view codes = VIEW(codes_of(r->events, set->events.items.ptr[i]));

		if (!view_starts(codes, VIEW_LIT("CIP")) && !view_starts(codes, VIEW_LIT("UCD")))
			return cohort_wrong(r, "'atc' beside events that are no drugs");
	}
	return 0;
}

static int read_value(struct cohort_reader *r, const json_t *object, struct snds_cohort_set *set)
{
	const json_t *value = json_object_get(object, "value");
	int min = 0, max = 0;
	size_t len;

	if (!value)
		return 0;
	len = cohort_enter(r, "value");
	if (cohort_check_keys(r, value, "min|max") < 0 ||
	    cohort_get_int(r, value, "min", 0, INT32_MAX, &min, &set->has_min) < 0 ||
	    cohort_get_int(r, value, "max", 0, INT32_MAX, &max, &set->has_max) < 0)
		return -1;
	set->value_min = min;
	set->value_max = max;
	if (!set->has_min && !set->has_max)
		return cohort_wrong(r, "neither 'min' nor 'max'");
	cohort_leave(r, len);
	return 0;
}

static int read_events(struct cohort_reader *r, const json_t *o, struct snds_cohort_set *set)
{
	static const char code[] = "a code: capitals, digits, '*' at the end for what begins so";
	static const char atc[] = "an ATC code, or how it begins";

	if (cohort_get_texts(r, o, "events", NULL, NULL, &set->events) < 0 ||
	    check_categories(r, set) < 0 ||
	    cohort_get_texts(r, o, "codes", is_code, code, &set->codes) < 0 ||
	    cohort_get_texts(r, o, "not_codes", is_code, code, &set->not_codes) < 0 ||
	    cohort_get_texts(r, o, "atc", is_atc, atc, &set->atc) < 0 ||
	    cohort_get_texts(r, o, "not_atc", is_atc, atc, &set->not_atc) < 0 ||
	    check_atc(r, set) < 0 || read_value(r, o, set) < 0 ||
	    cohort_get_text(r, o, "source", &set->source) < 0 ||
	    cohort_get_period(r, o, &set->from, &set->to) < 0)
		return -1;
	drop_dots(r, &set->codes);
	drop_dots(r, &set->not_codes);
	return 0;
}

static int read_any_of(struct cohort_reader *r, const json_t *list, struct snds_cohort_set *set)
{
	size_t len = cohort_enter(r, "any_of");

	if (!json_is_array(list) || json_array_size(list) < 2 ||
	    json_array_size(list) > SNDS_COHORT_SETS_MAX)
		return cohort_wrong(r, "not a list of 2 to %d names of sets", SNDS_COHORT_SETS_MAX);
	for (size_t i = 0; i < json_array_size(list); i++) {
		size_t inner = cohort_enter_at(r, i);
		size_t part;

		if (cohort_find_set(r, json_array_get(list, i), &part) < 0)
			return -1;
		*vec_push(&set->any_of) = part;
		cohort_leave(r, inner);
	}
	cohort_leave(r, len);
	return 0;
}

static int read_link(struct cohort_reader *r, const json_t *o, struct snds_cohort_link *link)
{
	struct snds_cohort_window *w = &link->window;

	link->days = 1;
	if (cohort_check_keys(r, o, "set|from_days|to_days|overlaps|during|days") < 0 ||
	    cohort_get_set(r, o, "set", &link->set) < 0 || cohort_get_window(r, o, w) < 0 ||
	    cohort_get_bool(r, o, "during", &w->during) < 0 ||
	    cohort_get_int(r, o, "days", 1, SNDS_COHORT_DAYS_MAX, &link->days, NULL) < 0)
		return -1;
	if (w->during && (w->has_from || w->has_to))
		return cohort_wrong(r, "'during' beside 'from_days' or 'to_days'");
	return 0;
}

static int read_links(struct cohort_reader *r, const json_t *o, const char *key, bool absent,
    struct snds_cohort_set *set)
{
	const json_t *list = json_object_get(o, key);
	size_t len;

	if (!list)
		return 0;
	len = cohort_enter(r, key);
	if (!json_is_array(list) || json_array_size(list) == 0 ||
	    json_array_size(list) > SNDS_COHORT_SETS_MAX)
		return cohort_wrong(r, "not a list of 1 to %d objects", SNDS_COHORT_SETS_MAX);
	for (size_t i = 0; i < json_array_size(list); i++) {
		size_t inner = cohort_enter_at(r, i);
		struct snds_cohort_link link = {.absent = absent};

		if (read_link(r, json_array_get(list, i), &link) < 0)
			return -1;
		*vec_push(&set->links) = link;
		cohort_leave(r, inner);
	}
	cohort_leave(r, len);
	return 0;
}

static int read_of(struct cohort_reader *r, const json_t *o, struct snds_cohort_set *set)
{
	set->has_of = true;
	if (cohort_get_set(r, o, "of", &set->of) < 0 ||
	    read_links(r, o, "with", false, set) < 0 ||
	    read_links(r, o, "without", true, set) < 0)
		return -1;
	return 0;
}

static int read_days(struct cohort_reader *r, const json_t *o, struct snds_cohort_set *set)
{
	const int max = SNDS_COHORT_DAYS_MAX;
	int dated = 0;
	bool has_days, has_within;

	set->days = 1;
	if (cohort_get_int(r, o, "days", 1, max, &set->days, &has_days) < 0 ||
	    cohort_get_int(r, o, "within_days", 1, max, &set->within_days, &has_within) < 0 ||
	    cohort_get_word(r, o, "dated", "reached|start", &dated) < 0)
		return -1;
	set->dated_start = dated == 1;
	if (set->days == 1 && (has_within || json_object_get(o, "dated")))
		return cohort_wrong(r, "'within_days' or 'dated' without 'days' of 2 or more");
	return 0;
}

/* A set is of one of three kinds; the keys of the others are refused. */
static int read_kind(struct cohort_reader *r, const json_t *o, struct snds_cohort_set *set)
{
	const json_t *any = json_object_get(o, "any_of");

	if (json_object_get(o, "events"))
		return cohort_check_keys(r, o,
			   "events|codes|not_codes|atc|not_atc|value|from|to|days|within_days|"
			   "dated|source") < 0
		           ? -1
		           : read_events(r, o, set);
	if (any)
		return cohort_check_keys(r, o, "any_of|days|within_days|dated") < 0
		           ? -1
		           : read_any_of(r, any, set);
	if (json_object_get(o, "of"))
		return cohort_check_keys(r, o, "of|with|without|days|within_days|dated") < 0
		           ? -1
		           : read_of(r, o, set);
	return cohort_wrong(r, "none of 'events', 'any_of' and 'of'");
}

static int read_set(struct cohort_reader *r, const json_t *o, const char *name)
{
	struct snds_cohort_set set = {.from = DATE_NONE, .to = DATE_NONE};

	set.name = arena_strdup(&r->spec->arena, VIEW(name));
	if (cohort_check_keys(r, o, set_keys) < 0 || read_kind(r, o, &set) < 0 ||
	    read_days(r, o, &set) < 0) {
		cohort_set_clear(&set);
		return -1;
	}
	*vec_push(&r->spec->sets) = set;
	return 0;
}

int cohort_read_sets(struct cohort_reader *r, const json_t *sets)
{
	size_t len = cohort_enter(r, "sets");
	const char *name;
	json_t *o;

	if (!json_is_object(sets) || json_object_size(sets) == 0 ||
	    json_object_size(sets) > SNDS_COHORT_SETS_MAX)
		return cohort_wrong(r, "not an object of 1 to %d sets", SNDS_COHORT_SETS_MAX);
	json_object_foreach((json_t *)(uintptr_t)sets, name, o)
	{
		size_t inner;

		if (!cohort_is_name(VIEW(name)))
			return cohort_wrong(r, "a set whose name is not small letters, digits "
					       "and '_', at most %d",
			    SNDS_COHORT_NAME_MAX);
		inner = cohort_enter(r, name);
		if (read_set(r, o, name) < 0)
			return -1;
		cohort_leave(r, inner);
	}
	cohort_leave(r, len);
	return 0;
}
