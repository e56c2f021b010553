#include "search/inside.h"

#include <math.h>

/* What a match is worth beside the word itself, which is worth 1. */
static const float prefix_worth = 0.6F, mistake_worth = 0.3F;

/* BM25 (Robertson, Zaragoza 2009), its idf as Lucene has it: never below 0. */
static float rarity(const struct search *s, size_t found)
{
	return (float)log1p(((double)s->documents - (double)found + 0.5) /
			    ((double)found + 0.5));
}

/* What one word of the query gives each document: of several terms the best counts. */
struct word_scores {
	const struct search *s;
	float *best; /* by document */
	bool found;
};

static void add_term(struct word_scores *w, const struct term *t, float worth)
{
	float each = worth * rarity(w->s, t->postings.len);

	for (size_t i = 0; i < t->postings.len; i++) {
		const struct posting *p = &t->postings.ptr[i];
		float score = each * (float)p->weight;

		w->best[p->document] = MAX(w->best[p->document], score);
	}
	w->found |= t->postings.len > 0;
}

/* The first of the sorted terms that is not below `word`. */
static size_t lower_bound(const struct search *s, struct view word)
{
	size_t low = 0, high = s->sorted.len;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (view_cmp(s->terms.ptr[s->sorted.ptr[middle]].word, word) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void add_prefixes(struct word_scores *w, struct view word)
{
	const struct search *s = w->s;

	for (size_t i = lower_bound(s, word); i < s->sorted.len; i++) {
		const struct term *t = &s->terms.ptr[s->sorted.ptr[i]];

		if (!view_starts(t->word, word))
			return;
		if (t->word.len > word.len)
			add_term(w, t, prefix_worth);
	}
}

static int allowed_mistakes(struct view word)
{
	return word.len >= 8 ? 2 : word.len >= 4;
}

/* A letter changed costs at most one class here and one there. */
static bool may_be_near(uint64_t a, uint64_t b, int limit)
{
	return __builtin_popcountll(a & ~b) <= limit && __builtin_popcountll(b & ~a) <= limit;
}

static void add_mistakes(struct word_scores *w, struct view word)
{
	int limit = allowed_mistakes(word);
	uint64_t letters = search_letters(word);

	for (size_t i = 0; limit > 0 && i < w->s->terms.len; i++) {
		const struct term *t = &w->s->terms.ptr[i];

		if (may_be_near(letters, t->letters, limit) && !view_eq(t->word, word) &&
		    search_distance(word, t->word, limit) <= limit)
			add_term(w, t, mistake_worth);
	}
}

static void score_word(struct word_scores *w, struct view word, bool is_last)
{
	const int64_t *i = map_find(&w->s->words, word);

	if (i)
		add_term(w, &w->s->terms.ptr[*i], 1);
	if (is_last)
		add_prefixes(w, word);
	/* Who wrote a word that exists meant it. */
	if (!w->found)
		add_mistakes(w, word);
}

/* Only documents that hold this word too. */
static void narrow(const struct search *s, const float *best, bool is_first, float *scores)
{
	for (uint32_t d = 0; d < s->documents; d++)
		scores[d] = best[d] > 0 && (is_first || scores[d] > 0) ? scores[d] + best[d] : 0;
}

void search_score(const struct search *s, struct view text, float *scores)
{
	AUTO_SEARCH_WORDS struct search_words words = {0};
	struct view all[SEARCH_QUERY_WORDS];
	float *best = mem_zalloc(s->documents ? s->documents : 1, sizeof(*best));
	int n = 0;

	search_words_split(&words, text);
	while (n < SEARCH_QUERY_WORDS && search_words_next(&words, &all[n]))
		n++;
	for (int i = 0; i < n; i++) {
		struct word_scores w = {.s = s, .best = best};

		memset(best, 0, s->documents * sizeof(*best));
		score_word(&w, all[i], i == n - 1);
		narrow(s, best, i == 0, scores);
	}
	for (uint32_t d = 0; n == 0 && d < s->documents; d++)
		scores[d] = 1;
	free(best);
}
