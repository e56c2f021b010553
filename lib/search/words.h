/*
 * Text as words to search by: without case, accents, ligatures and signs.
 * "L'Œdème cérébral" gives "l", "oedeme", "cerebral".
 */
#ifndef SEARCH_WORDS_H
#define SEARCH_WORDS_H

#include "base/str.h"

enum { SEARCH_WORD_MAX = 64 }; /* bytes; longer words are cut */

struct search_words {
	struct str text; /* the words, each ended by a NUL */
	size_t at;
};

#define AUTO_SEARCH_WORDS AUTO(search_words_clear)

void search_words_clear(struct search_words *w);
/* What is no UTF-8 is left out. */
void search_words_split(struct search_words *w, struct view text);
/* The next word, until the next split; false: no more. */
bool search_words_next(struct search_words *w, struct view *ret);

/*
 * How many letters must be changed, added, left out or swapped with their
 * neighbour (optimal string alignment) to turn a into b; limit + 1 when more
 * than `limit`. Both at most SEARCH_WORD_MAX bytes.
 */
int search_distance(struct view a, struct view b, int limit);

#endif
