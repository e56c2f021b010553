#include "desk/source.h"

#include "base/embed.h"

#include <assert.h>
#include <pthread.h>

static json_t *kept; /* of the process */
static const json_t *words;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void)
{
	struct err err = {0};
	int failed =
	    json_parse(&kept, "source_fr.json", embed_find("desk/data/source_fr.json"), &err);

	assert(failed == 0);
	(void)failed; /* a defect of the build: the tests load it */
	words = json_object_get(kept, "words");
}

/* "[V]", "[R]", "[P: why]", with the blank before them. */
static size_t mark_at(struct view text)
{
	size_t at = text.len && *text.ptr == ' ';
	const char *end;

	if (text.len < at + 3 || text.ptr[at] != '[' || !strchr("VRP", text.ptr[at + 1]) ||
	    (text.ptr[at + 2] != ']' && text.ptr[at + 2] != ':' && text.ptr[at + 2] != ' ' &&
		text.ptr[at + 2] != ','))
		return 0;
	end = memchr(text.ptr, ']', text.len);
	return end ? (size_t)(end - text.ptr) + 1 : 0;
}

/* The French of what stands at the beginning; *ret_len: how much it is. */
static const char *french_of(struct view text, size_t *ret_len)
{
	const json_t *pair;
	size_t i;

	json_array_foreach(words, i, pair)
	{
		const char *english = json_string_value(json_array_get(pair, 0));

		if (view_starts(text, VIEW(english))) {
			*ret_len = strlen(english);
			return json_string_value(json_array_get(pair, 1));
		}
	}
	return NULL;
}

static void strip_marks(struct view source, struct str *out)
{
	while (source.len) {
		size_t len = mark_at(source);

		if (!len)
			str_addc(out, *source.ptr);
		len = MAX(len, (size_t)1);
		source = (struct view){source.ptr + len, source.len - len};
	}
}

void desk_source_text(struct view source, enum desk_language language, struct str *out)
{
	AUTO_STR struct str plain = {0};
	struct view rest;

	pthread_once(&once, load);
	strip_marks(source, &plain);
	rest = str_view(&plain);
	if (language != DESK_FRENCH) {
		str_add(out, rest);
		return;
	}
	while (rest.len) {
		size_t len = 1;
		const char *french = french_of(rest, &len);

		if (french)
			str_addz(out, french);
		else
			str_addc(out, *rest.ptr);
		rest = (struct view){rest.ptr + len, rest.len - len};
	}
}
