#include "guard/missing.h"

#include "base/embed.h"
#include "io/csv.h"

#include <ctype.h>

static const char path[] = "guard/data/missing_words.csv";

static void add_first(struct guard_missing *m, char c)
{
	unsigned char byte = (unsigned char)c;

	m->first[byte / 64] |= 1ull << byte % 64;
}

static void add_word(struct guard_missing *m, struct view word)
{
	if (!word.len)
		return;
	map_add(&m->words, word, 1);
	m->longest = MAX(m->longest, word.len);
	add_first(m, word.ptr[0]);
	add_first(m, (char)tolower((unsigned char)word.ptr[0]));
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
		add_word(m, csv_field(r, at[0]));
	return rc;
}

void guard_missing_clear(struct guard_missing *m)
{
	map_clear(&m->words);
}

bool guard_missing_has(const struct guard_missing *m, struct view text)
{
	unsigned char first = text.len ? (unsigned char)text.ptr[0] : 0;
	char capitals[32];

	if (text.len > m->longest || text.len > sizeof(capitals) ||
	    !(m->first[first / 64] >> first % 64 & 1))
		return false;
	for (size_t i = 0; i < text.len; i++)
		capitals[i] = (char)toupper((unsigned char)text.ptr[i]);
	return map_find(&m->words, (struct view){capitals, text.len}) != NULL;
}
