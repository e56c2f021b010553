#include "guard/header.h"

#include <ctype.h>
#include <utf8proc.h>

enum {
	WORDS_MAX = 12,
	SHORT = 2, /* bytes of a word that tells nothing: "P", "ID" */
};

/* Letters of any script, small and without accents; VIEW_NONE for what is no UTF-8. */
static void fold_letters(struct str *ret, struct view v)
{
	utf8proc_uint8_t *folded = NULL;
	utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)v.ptr, (utf8proc_ssize_t)v.len,
	    &folded,
	    UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK | UTF8PROC_CASEFOLD);

	if (n > 0)
		str_add(ret, (struct view){(const char *)folded, (size_t)n});
	free(folded);
}

static bool is_letter(unsigned char c)
{
	return isalpha(c) || c >= 128;
}

static bool parts_words(unsigned char before, unsigned char c)
{
	return (islower(before) && isupper(c)) || (is_letter(before) && isdigit(c)) ||
	       (isdigit(before) && is_letter(c));
}

/* A blank wherever a word ends. */
static void split_words(struct str *ret, struct view name)
{
	unsigned char before = ' ';

	for (size_t i = 0; i < name.len; i++) {
		unsigned char c = (unsigned char)name.ptr[i];

		if (parts_words(before, c))
			str_addc(ret, ' ');
		str_addc(ret, is_letter(c) || isdigit(c) ? (char)c : ' ');
		before = c;
	}
}

static bool is_small_word(struct view word)
{
	static const char *const words[] = {
	    "de", "du", "des", "la", "le", "les", "l", "d", "of", "the"};

	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (view_eq(word, VIEW(words[i])))
			return true;
	return false;
}

void guard_header_fold(struct str *ret, struct view name)
{
	AUTO_STR struct str split = {0};
	AUTO_STR struct str folded = {0};
	struct view rest, word;

	split_words(&split, name);
	fold_letters(&folded, str_view(&split));
	rest = str_view(&folded);
	str_reset(ret);
	while (view_next(&rest, ' ', &word)) {
		if (!word.len || is_small_word(word))
			continue;
		if (ret->len)
			str_addc(ret, ' ');
		str_add(ret, word);
	}
}

/* Words from[0..count) are next to each other in one text. */
static struct view join(const struct view *from, size_t count)
{
	const struct view *last = &from[count - 1];

	return (struct view){from[0].ptr, (size_t)(last->ptr + last->len - from[0].ptr)};
}

static int kind_of(const struct guard_knowledge *k, struct view words)
{
	const int64_t *kind = map_find(&k->words, words);

	return kind ? (int)*kind : GUARD_NO_KIND;
}

static bool is_word_for(const struct guard_knowledge *k, int kind, const char *id)
{
	return kind != GUARD_NO_KIND && strcmp(k->kinds.ptr[kind].id, id) == 0;
}

static bool tells_nothing(const struct guard_knowledge *k, struct view word)
{
	return word.len <= SHORT || isdigit((unsigned char)word.ptr[0]) ||
	       is_word_for(k, kind_of(k, word), "person");
}

/* One word for a name is one only of a person: "nom patient", not "nom protocole". */
static bool is_of_thing(const struct guard_knowledge *k, const struct view *words, size_t count,
    int kind)
{
	if (!(k->kinds.ptr[kind].forms & GUARD_KIND_LETTERS))
		return false;
	for (size_t i = 0; i < count; i++)
		if (kind_of(k, words[i]) != kind && !tells_nothing(k, words[i]))
			return true;
	return false;
}

/* Sex, age, a day: what a single word for a number only says whose it is. */
static bool is_fact(const struct guard_kind *kind)
{
	const unsigned forms = GUARD_KIND_FEW | GUARD_KIND_AGE | GUARD_KIND_BIRTH | GUARD_KIND_DATE;

	return kind->class == GUARD_CLASS_QUASI && (kind->forms & forms);
}

/* One word for a number is not one beside another fact: "IPP_SEX_COD", "date_ins". */
static int fact_beside(const struct guard_knowledge *k, const struct view *words, size_t count,
    int kind)
{
	const struct guard_kind *number = &k->kinds.ptr[kind];

	if (number->class != GUARD_CLASS_DIRECT || !(number->forms & GUARD_KIND_CODE))
		return kind;
	for (size_t i = 0; i < count; i++) {
		int other = kind_of(k, words[i]);

		if (is_word_for(k, other, "fact"))
			return GUARD_NO_KIND;
		if (other != GUARD_NO_KIND && is_fact(&k->kinds.ptr[other]))
			return other;
	}
	return kind;
}

static int longest_kind(const struct guard_knowledge *k, const struct view *words, size_t count)
{
	for (size_t len = count; len > 0; len--)
		for (size_t at = 0; at + len <= count; at++) {
			int kind = kind_of(k, join(words + at, len));

			if (kind == GUARD_NO_KIND || is_word_for(k, kind, "person") ||
			    is_word_for(k, kind, "fact"))
				continue;
			if (len > 1)
				return kind;
			return is_of_thing(k, words, count, kind)
			           ? GUARD_NO_KIND
			           : fact_beside(k, words, count, kind);
		}
	return GUARD_NO_KIND;
}

int guard_header_kind(const struct guard_knowledge *k, struct view name)
{
	AUTO_STR struct str folded = {0};
	struct view words[WORDS_MAX], rest;
	size_t count = 0;

	guard_header_fold(&folded, name);
	rest = str_view(&folded);
	while (count < WORDS_MAX && view_next(&rest, ' ', &words[count]))
		count += words[count].len > 0;
	return longest_kind(k, words, count);
}
