#include "desk/route_inside.h"

#include <stdio.h>

enum { TEXT_MAX = 400 };

int desk_reading_fail(struct desk_reading *r, const char *fmt, ...)
{
	AUTO_STR struct str text = {0};
	va_list ap;

	va_start(ap, fmt);
	str_addvf(&text, fmt, ap);
	va_end(ap);
	if (r->place.len)
		return err_set(r->err, ERR_FORMAT, "%s: %s: %s", r->file, str_get(&r->place),
		    str_get(&text));
	return err_set(r->err, ERR_FORMAT, "%s: %s", r->file, str_get(&text));
}

size_t desk_reading_enter(struct desk_reading *r, const char *fmt, ...)
{
	size_t mark = r->place.len;
	va_list ap;

	if (mark && *fmt != '[')
		str_addc(&r->place, '.');
	va_start(ap, fmt);
	str_addvf(&r->place, fmt, ap);
	va_end(ap);
	return mark;
}

void desk_reading_leave(struct desk_reading *r, size_t mark)
{
	str_truncate(&r->place, mark);
}

static bool is_one_of(const char *key, const char *const *keys)
{
	for (; *keys; keys++)
		if (strcmp(key, *keys) == 0)
			return true;
	return false;
}

int desk_reading_keys(struct desk_reading *r, const json_t *j, const char *const *keys)
{
	const char *key;
	json_t *value;

	if (!json_is_object(j))
		return desk_reading_fail(r, "must be an object");
	json_object_foreach((json_t *)(uintptr_t)j, key, value)
	{
		if (!is_one_of(key, keys))
			return desk_reading_fail(r, "unknown key '%.40s'", key);
	}
	return 0;
}

static int take_text(struct desk_reading *r, const json_t *v, const char **ret)
{
	size_t len = json_is_string(v) ? json_string_length(v) : 0;

	if (!len || len > TEXT_MAX || memchr(json_string_value(v), '\0', len))
		return desk_reading_fail(r, "must be a text of 1 to %d bytes", TEXT_MAX);
	*ret = arena_strdup(r->arena, (struct view){json_string_value(v), len});
	return 0;
}

int desk_reading_text(struct desk_reading *r, const json_t *j, const char *key, bool optional,
    const char **ret)
{
	const json_t *v = json_object_get(j, key);
	size_t mark;

	*ret = NULL;
	if (!v && optional)
		return 0;
	mark = desk_reading_enter(r, "%s", key);
	if (!v)
		return desk_reading_fail(r, "is missing");
	if (take_text(r, v, ret) < 0)
		return -1;
	desk_reading_leave(r, mark);
	return 0;
}

int desk_reading_names(struct desk_reading *r, const json_t *j, const char *key,
    const char *ret[2])
{
	const json_t *v = json_object_get(j, key);
	size_t mark = desk_reading_enter(r, "%s", key);

	if (desk_reading_keys(r, v, (const char *const[]){"en", "fr", NULL}) < 0 ||
	    desk_reading_text(r, v, "en", false, &ret[0]) < 0 ||
	    desk_reading_text(r, v, "fr", false, &ret[1]) < 0)
		return -1;
	desk_reading_leave(r, mark);
	return 0;
}

int desk_reading_word(struct desk_reading *r, const json_t *j, const char *key,
    const char *const *words, size_t count, int missing, int *ret)
{
	const char *text = NULL;
	size_t mark;

	if (desk_reading_text(r, j, key, missing != -2, &text) < 0)
		return -1;
	*ret = missing;
	if (!text)
		return 0;
	for (size_t i = 0; i < count; i++)
		if (strcmp(text, words[i]) == 0) {
			*ret = (int)i;
			return 0;
		}
	mark = desk_reading_enter(r, "%s", key);
	(void)mark; /* the failure names the key */
	return desk_reading_fail(r, "no such word '%.40s'", text);
}

int desk_reading_bool(struct desk_reading *r, const json_t *j, const char *key, bool *ret)
{
	const json_t *v = json_object_get(j, key);

	if (v && !json_is_boolean(v))
		return desk_reading_fail(r, "%s must be true or false", key);
	*ret = json_is_true(v);
	return 0;
}

int desk_reading_day(struct desk_reading *r, const json_t *j, const char *key, date_t *ret)
{
	const json_t *v = json_object_get(j, key);

	*ret = DATE_NONE;
	if (!v || json_is_null(v))
		return 0;
	if (!json_is_string(v) || !date_parse(VIEW(json_string_value(v)), ret))
		return desk_reading_fail(r, "%s must be a day, as 2021-05-05", key);
	return 0;
}

int desk_reading_delay(struct desk_reading *r, const json_t *j, const char *key,
    struct desk_delay *ret)
{
	const char *text;

	*ret = (struct desk_delay){0};
	if (desk_reading_text(r, j, key, true, &text) < 0)
		return -1;
	if (!text || desk_delay_parse(VIEW(text), ret))
		return 0;
	return desk_reading_fail(r, "%s must be a delay, as '7 working days'", key);
}

int desk_reading_texts(struct desk_reading *r, const json_t *j, const char *key, size_t most,
    const char *const **ret)
{
	const json_t *v = json_object_get(j, key);
	size_t mark, count = json_array_size(v);
	const char **texts;

	*ret = NULL;
	if (!v)
		return 0;
	mark = desk_reading_enter(r, "%s", key);
	if (!json_is_array(v) || !count || count > most)
		return desk_reading_fail(r, "must be a list of 1 to %zu", most);
	texts = arena_zalloc(r->arena, count + 1, sizeof(*texts));
	for (size_t i = 0; i < count; i++) {
		size_t inner = desk_reading_enter(r, "[%zu]", i);

		if (take_text(r, json_array_get(v, i), &texts[i]) < 0)
			return -1;
		desk_reading_leave(r, inner);
	}
	desk_reading_leave(r, mark);
	*ret = texts;
	return 0;
}

int desk_reading_array(struct desk_reading *r, const json_t *j, const char *key, size_t least,
    size_t most, const json_t **ret)
{
	size_t count = json_array_size(json_object_get(j, key));

	*ret = json_object_get(j, key);
	if (!json_is_array(*ret) || count < least || count > most)
		return desk_reading_fail(r, "%s must be a list of %zu to %zu", key, least, most);
	return 0;
}
