#include "search/titles.h"

#include <stdlib.h>

void search_titles_add(struct search_titles *t, struct view title, uint32_t document)
{
	AUTO_STR struct str folded = {0};
	struct view word;

	search_words_split(&t->words, title);
	while (search_words_next(&t->words, &word)) {
		str_add(&folded, word);
		str_addc(&folded, ' ');
	}
	*vec_push(&t->all) =
	    (struct search_title){arena_view(&t->memory, str_view(&folded)), document};
}

static int by_title(const void *a, const void *b)
{
	const struct search_title *x = a, *y = b;
	int order = view_cmp(x->folded, y->folded);

	return order ? order : x->document < y->document ? -1
	                                                 : 1;
}

void search_titles_rank(struct search_titles *t, struct search *s, int sort)
{
	if (t->all.len > 0)
		qsort(t->all.ptr, t->all.len, sizeof(*t->all.ptr), by_title);
	for (size_t n = 0; n < t->all.len; n++)
		search_set_sort_of(s, t->all.ptr[n].document, sort, (int64_t)n);
	search_titles_clear(t);
}

void search_titles_clear(struct search_titles *t)
{
	vec_clear(&t->all);
	arena_clear(&t->memory);
	search_words_clear(&t->words);
}
