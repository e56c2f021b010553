#include "search/inside.h"

#include <assert.h>
#include <stdlib.h>

struct search *search_new(int facets, int sorts)
{
	struct search *s = mem_zalloc(1, sizeof(*s));

	assert(facets <= SEARCH_FACETS_MAX && sorts <= SEARCH_SORTS_MAX);
	s->facet_count = facets;
	s->sort_count = sorts;
	return s;
}

void search_free(struct search **s)
{
	struct search *gone = TAKE(*s);

	if (!gone)
		return;
	for (size_t i = 0; i < gone->terms.len; i++)
		vec_clear(&gone->terms.ptr[i].postings);
	for (int i = 0; i < gone->facet_count; i++) {
		map_clear(&gone->facets[i].values);
		vec_clear(&gone->facets[i].starts);
		vec_clear(&gone->facets[i].all);
	}
	for (int i = 0; i < gone->sort_count; i++)
		vec_clear(&gone->sorts[i]);
	vec_clear(&gone->terms);
	vec_clear(&gone->sorted);
	map_clear(&gone->words);
	search_words_clear(&gone->splitter);
	free(gone);
}

uint32_t search_add(struct search *s)
{
	for (int i = 0; i < s->facet_count; i++)
		*vec_push(&s->facets[i].starts) = (uint32_t)s->facets[i].all.len;
	for (int i = 0; i < s->sort_count; i++)
		*vec_push(&s->sorts[i]) = 0;
	return s->documents++;
}

uint64_t search_letters(struct view word)
{
	uint64_t letters = 0;

	for (size_t i = 0; i < word.len; i++)
		letters |= (uint64_t)1 << ((unsigned char)word.ptr[i] & 63);
	return letters;
}

static struct term *find_term(struct search *s, struct view word)
{
	size_t known = s->terms.len;
	int64_t i = map_intern(&s->words, word);

	if ((size_t)i == known)
		vec_push(&s->terms)->letters = search_letters(word);
	return &s->terms.ptr[i];
}

static void add_word(struct search *s, struct view word, int weight)
{
	struct term *t = find_term(s, word);
	uint32_t document = s->documents - 1;
	struct posting *last = t->postings.len ? &t->postings.ptr[t->postings.len - 1] : NULL;

	if (!last || last->document != document)
		*vec_push(&t->postings) = (struct posting){document, (uint8_t)weight};
	else if (last->weight < weight)
		last->weight = (uint8_t)weight;
}

void search_add_text(struct search *s, struct view text, int weight)
{
	struct view word;

	assert(s->documents > 0 && weight >= 1 && weight <= 15);
	search_words_split(&s->splitter, text);
	while (search_words_next(&s->splitter, &word))
		add_word(s, word, weight);
}

void search_add_value(struct search *s, int facet, struct view value)
{
	struct facet *f = &s->facets[facet];
	uint32_t v = (uint32_t)map_intern(&f->values, value);

	for (size_t i = f->starts.ptr[s->documents - 1]; i < f->all.len; i++)
		if (f->all.ptr[i] == v)
			return;
	*vec_push(&f->all) = v;
}

void search_set_sort(struct search *s, int sort, int64_t key)
{
	search_set_sort_of(s, s->documents - 1, sort, key);
}

void search_set_sort_of(struct search *s, uint32_t document, int sort, int64_t key)
{
	s->sorts[sort].ptr[document] = key;
}

static int by_word(const void *a, const void *b, void *arg)
{
	const struct search *s = arg;
	const uint32_t *x = a, *y = b;

	return view_cmp(s->terms.ptr[*x].word, s->terms.ptr[*y].word);
}

void search_finish(struct search *s)
{
	for (int i = 0; i < s->facet_count; i++)
		*vec_push(&s->facets[i].starts) = (uint32_t)s->facets[i].all.len;
	for (size_t i = 0; i < s->terms.len; i++) {
		s->terms.ptr[i].word = s->words.entries.ptr[i].key;
		*vec_push(&s->sorted) = (uint32_t)i;
	}
	if (s->sorted.len > 0)
		qsort_r(s->sorted.ptr, s->sorted.len, sizeof(*s->sorted.ptr), by_word, s);
}
