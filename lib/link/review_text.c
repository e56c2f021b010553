#include "link/review_text.h"

#include "base/embed.h"
#include "io/csv.h"

#include <assert.h>

void link_texts_open(struct link_texts *t, enum link_lang lang)
{
	AUTO_CSV struct csv_reader *csv = csv_open_view(
	    "texts", embed_find("link/data/review_texts.csv"), ',');
	struct err err = {0};
	int rc = csv_next(csv, &err);

	*t = (struct link_texts){.lang = lang};
	while (rc > 0 && (rc = csv_next(csv, &err)) > 0) {
		struct view text = csv_field(csv, 1 + (size_t)lang);

		(void)map_intern(&t->keys, csv_field(csv, 0));
		*vec_push(&t->texts) = arena_strdup(&t->arena, text);
	}
	assert(rc == 0 && t->keys.entries.len == t->texts.len);
}

void link_texts_clear(struct link_texts *t)
{
	map_clear(&t->keys);
	vec_clear(&t->texts);
	arena_clear(&t->arena);
}

const char *link_text(const struct link_texts *t, const char *key)
{
	const int64_t *at = map_find(&t->keys, VIEW(key));

	assert(at);
	return t->texts.ptr[*at];
}
