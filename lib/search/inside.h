/* What an index is; for the files of lib/search. */
#ifndef SEARCH_INSIDE_H
#define SEARCH_INSIDE_H

#include "base/map.h"
#include "search/search.h"
#include "search/words.h"

/* A document that holds a word, and the weight of its best text. */
struct posting {
	uint32_t document;
	uint8_t weight;
};

struct term {
	struct view word;
	uint64_t letters; /* which of 64 classes of letters it has: a quick no */
	VEC(struct posting) postings;
};

struct facet {
	struct map values;    /* of all, in order of first sight */
	VEC(uint32_t) starts; /* of each document in `all`; one more at the end */
	VEC(uint32_t) all;    /* values by document */
};

struct search {
	int facet_count, sort_count;
	uint32_t documents;
	struct map words; /* index of terms */
	VEC(struct term) terms;
	VEC(uint32_t) sorted; /* terms by word, for prefixes */
	struct facet facets[SEARCH_FACETS_MAX];
	VEC(int64_t) sorts[SEARCH_SORTS_MAX];
	struct search_words splitter;
};

uint64_t search_letters(struct view word);
/* Adds to scores[document] what the words of the query give; 0 stays: not found. */
void search_score(const struct search *s, struct view text, float *scores);

#endif
