#include "io/json_in.h"

enum { ID_MAX = 60,
	WORDS_MAX = 4000 };

void json_in_clear(struct json_in *in)
{
	str_clear(&in->place);
}

int json_in_fail(struct json_in *in, const char *fmt, ...)
{
	AUTO_STR struct str text = {0};
	va_list ap;

	if (in->failed)
		return -1;
	in->failed = true;
	va_start(ap, fmt);
	str_addvf(&text, fmt, ap);
	va_end(ap);
	return err_set(in->err, ERR_FORMAT, "%s: %s%s%s", in->file, str_get(&in->place),
	    in->place.len ? ": " : "", str_get(&text));
}

size_t json_in_enter(struct json_in *in, const char *fmt, ...)
{
	size_t mark = in->place.len;
	va_list ap;

	if (mark && *fmt != '[')
		str_addc(&in->place, '.');
	va_start(ap, fmt);
	str_addvf(&in->place, fmt, ap);
	va_end(ap);
	return mark;
}

void json_in_leave(struct json_in *in, size_t mark)
{
	str_truncate(&in->place, mark);
}

static void fail_at(struct json_in *in, const char *key, const char *what)
{
	size_t mark = json_in_enter(in, "%s", key);

	json_in_fail(in, "%s", what);
	json_in_leave(in, mark);
}

static bool has_word(struct view words, struct view wanted)
{
	struct view word;

	while (view_next(&words, ' ', &word))
		if (view_eq(word, wanted))
			return true;
	return false;
}

void json_in_keys(struct json_in *in, const json_t *j, const char *keys)
{
	const char *key;
	json_t *value;

	if (!json_is_object(j)) {
		json_in_fail(in, "must be an object");
		return;
	}
	json_object_foreach((json_t *)(uintptr_t)j, key, value)
	{
		if (!has_word(VIEW(keys), VIEW(key)))
			json_in_fail(in, "unknown key '%.40s'", key);
	}
}

static bool is_text(const json_t *v, size_t max)
{
	size_t len = json_is_string(v) ? json_string_length(v) : 0;

	return len > 0 && len <= max && !memchr(json_string_value(v), '\0', len);
}

static const char *take_text(struct json_in *in, const json_t *v, const char *key, size_t max)
{
	AUTO_FREE char *what = NULL;

	if (is_text(v, max))
		return arena_strdup(in->arena,
		    (struct view){json_string_value(v), json_string_length(v)});
	what = str_format("must be a text of 1 to %zu bytes", max);
	fail_at(in, key, what);
	return "";
}

const char *json_in_text(struct json_in *in, const json_t *j, const char *key, size_t max,
    bool required)
{
	const json_t *v = json_object_get(j, key);

	if (v)
		return take_text(in, v, key, max);
	if (!required)
		return NULL;
	fail_at(in, key, "is missing");
	return "";
}

const char *json_in_id(struct json_in *in, const json_t *j, const char *key)
{
	const char *id = json_in_text(in, j, key, ID_MAX, true);

	if (id[strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789_-")] || *id == '_')
		fail_at(in, key, "must be of lower-case letters, digits, '_' and '-'");
	return id;
}

struct json_words json_in_words(struct json_in *in, const json_t *j, const char *key,
    bool required)
{
	const json_t *v = json_object_get(j, key);
	struct json_words words = {{NULL, NULL}};
	size_t mark;

	if (!v && !required)
		return words;
	mark = json_in_enter(in, "%s", key);
	json_in_keys(in, v, "en fr");
	words.in[0] = json_in_text(in, v, "en", WORDS_MAX, true);
	words.in[1] = json_in_text(in, v, "fr", WORDS_MAX, true);
	json_in_leave(in, mark);
	return words;
}

int64_t json_in_int(struct json_in *in, const json_t *j, const char *key, int64_t min,
    int64_t max, int64_t fallback)
{
	const json_t *v = json_object_get(j, key);
	int64_t n = json_integer_value(v);

	if (!v && fallback >= min)
		return fallback;
	if (!v) {
		fail_at(in, key, "is missing");
	} else if (!json_is_integer(v) || n < min || n > max) {
		AUTO_FREE char *what = str_format("must be a whole number from %lld to %lld",
		    (long long)min, (long long)max);

		fail_at(in, key, what);
	}
	return in->failed ? MAX(min, 0) : n;
}

bool json_in_bool(struct json_in *in, const json_t *j, const char *key)
{
	const json_t *v = json_object_get(j, key);

	if (v && !json_is_boolean(v))
		fail_at(in, key, "must be true or false");
	return json_is_true(v);
}

date_t json_in_day(struct json_in *in, const json_t *j, const char *key, bool required)
{
	const json_t *v = json_object_get(j, key);
	date_t day = DATE_NONE;

	if (json_is_null(v))
		v = NULL;
	if (!v && required)
		fail_at(in, key, "is missing");
	if (v && (!is_text(v, DATE_TEXT_SIZE) || !date_parse(VIEW(json_string_value(v)), &day)))
		fail_at(in, key, "must be a day, as 2029-03-26");
	return in->failed ? DATE_NONE : day;
}

const json_t *json_in_list(struct json_in *in, const json_t *j, const char *key, size_t least,
    size_t most)
{
	const json_t *v = json_object_get(j, key);

	if (!v && least == 0)
		return NULL;
	if (!json_is_array(v) || json_array_size(v) < least || json_array_size(v) > most) {
		AUTO_FREE char *what = str_format("must be a list of %zu to %zu", least, most);

		fail_at(in, key, what);
		return NULL;
	}
	return v;
}

const char *const *json_in_texts(struct json_in *in, const json_t *j, const char *key,
    size_t least, size_t most, size_t max)
{
	const json_t *list = json_in_list(in, j, key, least, most), *v;
	const char **all;
	size_t i;

	if (!list)
		return NULL;
	all = arena_zalloc(in->arena, json_array_size(list) + 1, sizeof(*all));
	json_array_foreach(list, i, v)
	{
		AUTO_FREE char *place = str_format("%s[%zu]", key, i);

		all[i] = take_text(in, v, place, max);
	}
	return all;
}

int json_in_choice(struct json_in *in, const json_t *j, const char *key,
    const char *const *words, size_t count, int missing)
{
	const char *text = json_in_text(in, j, key, ID_MAX, missing == -1);

	if (!text)
		return missing;
	for (size_t i = 0; i < count; i++)
		if (strcmp(text, words[i]) == 0)
			return (int)i;
	fail_at(in, key, "no such word");
	return 0;
}
