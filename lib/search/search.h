/*
 * Full text with facets over what fits in memory: some hundred thousand sheets.
 *
 * A document has weighted texts, values of facets and sort keys. A query finds
 * the documents that hold each of its words: the word itself, one that begins
 * with it (the last word, which may still be in the making), or one that
 * differs by a typing mistake (one letter from 4 letters on, two from 8 on).
 * Values of one facet widen a search, facets narrow it; the counts of a facet
 * are those of the search without its own choice, so a person sees what else
 * there is.
 *
 * Ranking: for each word its rarity (BM25's idf) times the weight of the texts
 * that hold it; prefix and mistaken matches count less. Ties are in the order
 * of adding. The same index and query give the same result.
 */
#ifndef SEARCH_SEARCH_H
#define SEARCH_SEARCH_H

#include "base/vec.h"
#include "base/view.h"

enum {
	SEARCH_FACETS_MAX = 32,
	SEARCH_SORTS_MAX = 8,
	SEARCH_QUERY_WORDS = 16, /* of a query; what follows is not looked at */
};

struct search;

#define AUTO_SEARCH AUTO(search_free)

/* Building: documents are numbered 0, 1, ... in order. */
struct search *search_new(int facets, int sorts);
void search_free(struct search **s);
/* Begins the next document, and returns its number. */
uint32_t search_add(struct search *s);
/* weight 1..15; of several texts with a word the largest counts. */
void search_add_text(struct search *s, struct view text, int weight);
/* A document may have several values of a facet; a value twice counts once. */
void search_add_value(struct search *s, int facet, struct view value);
void search_set_sort(struct search *s, int sort, int64_t key);
/* The same of any document there is: for orders that are known last. */
void search_set_sort_of(struct search *s, uint32_t document, int sort, int64_t key);
/* After the last document, before the first query. Queries may run side by side. */
void search_finish(struct search *s);

struct search_choice {
	int facet;
	struct view value;
};

struct search_query {
	struct view text; /* "" finds all */
	const struct search_choice *choices;
	size_t choice_count;
	int sort; /* -1: by rank (by number without text); else by that key */
	bool descending;
	size_t offset, limit;
};

struct search_count {
	struct view value; /* borrowed from the index */
	uint32_t documents;
	bool chosen;
};

struct search_result {
	size_t total;
	VEC(uint32_t) documents; /* offset.. of them, at most limit */
	int facets;
	struct {
		VEC(struct search_count) counts; /* most first, then by value; chosen ones always */
	} facet[SEARCH_FACETS_MAX];
};

#define AUTO_SEARCH_RESULT AUTO(search_result_clear)

void search_result_clear(struct search_result *r);
void search_run(const struct search *s, const struct search_query *q, struct search_result *ret);

#endif
