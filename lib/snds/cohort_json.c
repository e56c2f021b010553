#include "snds/cohort_json.h"

void cohort_wrong_(struct cohort_reader *r, const char *fmt, ...)
{
	AUTO_STR struct str text = {0};
	va_list ap;

	va_start(ap, fmt);
	str_addvf(&text, fmt, ap);
	va_end(ap);
	(void)err_set(r->err, ERR_FORMAT, "%s: %s: %s", r->file, str_get(&r->path),
	    str_get(&text));
}

size_t cohort_enter(struct cohort_reader *r, const char *key)
{
	size_t len = r->path.len;

	str_addf(&r->path, ".%s", key);
	return len;
}

size_t cohort_enter_at(struct cohort_reader *r, size_t index)
{
	size_t len = r->path.len;

	str_addf(&r->path, "[%zu]", index);
	return len;
}

void cohort_leave(struct cohort_reader *r, size_t len)
{
	r->path.len = len;
	r->path.buf[len] = '\0';
}

bool cohort_is_name(struct view name)
{
	if (name.len == 0 || name.len > SNDS_COHORT_NAME_MAX || name.ptr[0] < 'a' ||
	    name.ptr[0] > 'z')
		return false;
	for (size_t i = 0; i < name.len; i++)
		if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789_", name.ptr[i]))
			return false;
	return true;
}

static bool is_word(const char *words, struct view word, int *ret_index)
{
	struct view rest = VIEW(words);
	struct view one;

	for (*ret_index = 0; view_next(&rest, '|', &one); (*ret_index)++)
		if (view_eq(one, word))
			return true;
	return false;
}

/* A key that is no name may be anything, a person's number too: it is not told. */
static int unknown_key(struct cohort_reader *r, const char *key, const char *keys)
{
	if (cohort_is_name(VIEW(key)))
		(void)cohort_wrong(r, "unknown key '%s'", key);
	else
		(void)cohort_wrong(r, "a key that is not of the language");
	return err_hint(r->err, "keys here are: %s", keys);
}

int cohort_check_keys(struct cohort_reader *r, const json_t *object, const char *keys)
{
	const char *key;
	json_t *value;
	int index;

	if (!json_is_object(object))
		return cohort_wrong(r, "not an object");
	json_object_foreach((json_t *)(uintptr_t)object, key, value)
	{
		if (!is_word(keys, VIEW(key), &index))
			return unknown_key(r, key, keys);
	}
	return 0;
}

/* A member; its path is entered when it is there. */
static const json_t *member(struct cohort_reader *r, const json_t *object, const char *key,
    size_t *ret_len)
{
	const json_t *value = json_object_get(object, key);

	*ret_len = value ? cohort_enter(r, key) : r->path.len;
	return value;
}

static struct view text_of(const json_t *value)
{
	return (struct view){json_string_value(value), json_string_length(value)};
}

int cohort_get_text(struct cohort_reader *r, const json_t *object, const char *key,
    const char **ret)
{
	size_t len;
	const json_t *value = member(r, object, key, &len);

	if (value && (!json_is_string(value) || json_string_length(value) == 0))
		return cohort_wrong(r, "not a text");
	if (value)
		*ret = arena_strdup(&r->spec->arena, text_of(value));
	cohort_leave(r, len);
	return 0;
}

int cohort_get_word(struct cohort_reader *r, const json_t *object, const char *key,
    const char *words, int *ret)
{
	size_t len;
	const json_t *value = member(r, object, key, &len);
	int index;

	if (value && (!json_is_string(value) || !is_word(words, text_of(value), &index)))
		return cohort_wrong(r, "not one of %s", words);
	if (value)
		*ret = index;
	cohort_leave(r, len);
	return 0;
}

int cohort_get_int(struct cohort_reader *r, const json_t *object, const char *key, int min,
    int max, int *ret, bool *ret_has)
{
	size_t len;
	const json_t *value = member(r, object, key, &len);
	json_int_t n = json_integer_value(value);

	if (value && (!json_is_integer(value) || n < min || n > max))
		return cohort_wrong(r, "not a whole number from %d to %d", min, max);
	if (value)
		*ret = (int)n;
	if (ret_has)
		*ret_has = value != NULL;
	cohort_leave(r, len);
	return 0;
}

int cohort_get_bool(struct cohort_reader *r, const json_t *object, const char *key, bool *ret)
{
	size_t len;
	const json_t *value = member(r, object, key, &len);

	if (value && !json_is_boolean(value))
		return cohort_wrong(r, "not true or false");
	if (value)
		*ret = json_is_true(value);
	cohort_leave(r, len);
	return 0;
}

/* From 1800: further back no arithmetic of the SQL is wanted. */
int cohort_get_date(struct cohort_reader *r, const json_t *object, const char *key, date_t *ret)
{
	size_t len;
	const json_t *value = member(r, object, key, &len);
	date_t day = 0;

	if (value && (!json_is_string(value) || !date_parse(text_of(value), &day) ||
			 day < date_from_civil(1800, 1, 1) || day > date_from_civil(2999, 12, 31)))
		return cohort_wrong(r, "not a day such as 2018-01-31");
	if (value)
		*ret = day;
	cohort_leave(r, len);
	return 0;
}

int cohort_get_period(struct cohort_reader *r, const json_t *object, date_t *ret_from,
    date_t *ret_to)
{
	if (cohort_get_date(r, object, "from", ret_from) < 0 ||
	    cohort_get_date(r, object, "to", ret_to) < 0)
		return -1;
	if (*ret_from != DATE_NONE && *ret_to != DATE_NONE && *ret_from > *ret_to)
		return cohort_wrong(r, "'from' is after 'to'");
	return 0;
}

static int add_text(struct cohort_reader *r, const json_t *value, bool (*accept)(struct view),
    const char *what, struct snds_cohort_texts *ret)
{
	struct view text = text_of(value);

	if (!json_is_string(value) || text.len == 0)
		return cohort_wrong(r, "not a text");
	if (accept && !accept(text))
		return cohort_wrong(r, "not %s", what);
	*vec_push(&ret->items) = arena_strdup(&r->spec->arena, text);
	return 0;
}

int cohort_get_texts(struct cohort_reader *r, const json_t *object, const char *key,
    bool (*accept)(struct view), const char *what, struct snds_cohort_texts *ret)
{
	size_t len, inner;
	const json_t *list = member(r, object, key, &len);

	if (list && (!json_is_array(list) || json_array_size(list) == 0 ||
			json_array_size(list) > SNDS_COHORT_ITEMS_MAX))
		return cohort_wrong(r, "not a list of 1 to %d texts", SNDS_COHORT_ITEMS_MAX);
	for (size_t i = 0; list && i < json_array_size(list); i++) {
		inner = cohort_enter_at(r, i);
		if (add_text(r, json_array_get(list, i), accept, what, ret) < 0)
			return -1;
		cohort_leave(r, inner);
	}
	cohort_leave(r, len);
	return 0;
}

int cohort_find_set(struct cohort_reader *r, const json_t *name, size_t *ret)
{
	if (!json_is_string(name))
		return cohort_wrong(r, "not the name of a set");
	for (*ret = 0; *ret < r->spec->sets.len; ++*ret)
		if (view_eq(VIEW(r->spec->sets.ptr[*ret].name), text_of(name)))
			return 0;
	(void)cohort_wrong(r, "no set above has this name");
	return err_hint(r->err, "a set is defined in \"sets\", above those that name it");
}

int cohort_get_set(struct cohort_reader *r, const json_t *object, const char *key, size_t *ret)
{
	size_t len;
	const json_t *value = member(r, object, key, &len);

	if (!value)
		return cohort_wrong(r, "'%s' is missing", key);
	if (cohort_find_set(r, value, ret) < 0)
		return -1;
	cohort_leave(r, len);
	return 0;
}

int cohort_get_window(struct cohort_reader *r, const json_t *object,
    struct snds_cohort_window *ret)
{
	const int max = SNDS_COHORT_DAYS_MAX;

	if (cohort_get_int(r, object, "from_days", -max, max, &ret->from_days, &ret->has_from) <
		0 ||
	    cohort_get_int(r, object, "to_days", -max, max, &ret->to_days, &ret->has_to) < 0 ||
	    cohort_get_bool(r, object, "overlaps", &ret->overlaps) < 0)
		return -1;
	if (ret->has_from && ret->has_to && ret->from_days > ret->to_days)
		return cohort_wrong(r, "'from_days' is after 'to_days'");
	return 0;
}
