#include "guard/missing.h"

#include "base/embed.h"
#include "io/csv.h"

#include <ctype.h>

static const char path[] = "guard/data/missing_words.csv";

static int add_word(struct guard_missing *m, struct view word, struct err *err)
{
	unsigned char first;

	if (!word.len)
		return 0;
	if (word.len > GUARD_MISSING_MAX)
		return err_set(err, ERR_FORMAT, "%s: a word has more than %d bytes", path,
		    GUARD_MISSING_MAX);
	first = (unsigned char)word.ptr[0];
	map_add(&m->words, word, 1);
	m->lengths[first] |= 1u << word.len;
	m->lengths[tolower(first)] |= 1u << word.len;
	return 0;
}

int guard_missing_load(struct guard_missing *m, struct err *err)
{
	static const char *const names[] = {"word"};
	AUTO_CSV struct csv_reader *r = csv_open_view(path, embed_find(path), ',');
	size_t at[1];
	int rc;

	if (csv_header(r, names, 1, at, err) < 0)
		return -1;
	while ((rc = csv_next(r, err)) > 0)
		if (add_word(m, csv_field(r, at[0]), err) < 0)
			return -1;
	return rc;
}

void guard_missing_clear(struct guard_missing *m)
{
	map_clear(&m->words);
}

bool guard_missing_looks_up(const struct guard_missing *m, struct view text)
{
	char capitals[GUARD_MISSING_MAX];

	for (size_t i = 0; i < text.len; i++)
		capitals[i] = (char)toupper((unsigned char)text.ptr[i]);
	return map_find(&m->words, (struct view){capitals, text.len}) != NULL;
}
