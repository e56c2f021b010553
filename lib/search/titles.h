/* Sorting by title: a title's key is its place among all, without case and accents. */
#ifndef SEARCH_TITLES_H
#define SEARCH_TITLES_H

#include "base/arena.h"
#include "search/search.h"
#include "search/words.h"

struct search_title {
	struct view folded;
	uint32_t document;
};

struct search_titles {
	VEC(struct search_title) all;
	struct arena memory;
	struct search_words words;
};

void search_titles_add(struct search_titles *t, struct view title, uint32_t document);
/* Sets the key of every document that was added, and empties it. */
void search_titles_rank(struct search_titles *t, struct search *s, int sort);
void search_titles_clear(struct search_titles *t);

#endif
