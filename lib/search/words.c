#include "search/words.h"

#include <utf8proc.h>

void search_words_clear(struct search_words *w)
{
	str_clear(&w->text);
}

static bool is_word(utf8proc_int32_t rune)
{
	switch ((int)utf8proc_category(rune)) {
	case UTF8PROC_CATEGORY_LU:
	case UTF8PROC_CATEGORY_LL:
	case UTF8PROC_CATEGORY_LT:
	case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_LO:
	case UTF8PROC_CATEGORY_ND:
	case UTF8PROC_CATEGORY_NL:
	case UTF8PROC_CATEGORY_NO: return true;
	default: return false;
	}
}

/* utf8proc leaves these, as Unicode has no decomposition of them. */
static const char *ligature(utf8proc_int32_t rune)
{
	switch (rune) {
	case 0xe6: return "ae";
	case 0x153: return "oe";
	case 0xdf: return "ss";
	case 0xf8: return "o";
	case 0x142: return "l";
	default: return NULL;
	}
}

struct splitter {
	struct str *out;
	size_t start; /* of the word in the making */
};

static void end_word(struct splitter *s)
{
	if (s->out->len == s->start)
		return;
	str_addc(s->out, '\0');
	s->start = s->out->len;
}

static void add_rune(struct splitter *s, utf8proc_int32_t rune)
{
	utf8proc_uint8_t bytes[4];
	const char *letters = ligature(rune);
	struct view v = letters ? VIEW(letters)
	                        : (struct view){(const char *)bytes,
				      (size_t)utf8proc_encode_char(rune, bytes)};

	if (!is_word(rune))
		end_word(s);
	else if (s->out->len - s->start + v.len <= SEARCH_WORD_MAX)
		str_add(s->out, v);
}

/* One rune as the letters it stands for, without case and marks. */
static void fold_rune(struct splitter *s, utf8proc_int32_t rune)
{
	enum { ROOM = 32 };
	utf8proc_int32_t out[ROOM];
	int state = 0;
	utf8proc_ssize_t n = utf8proc_decompose_char(rune, out, ROOM,
	    UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK |
		UTF8PROC_IGNORE,
	    &state);

	for (utf8proc_ssize_t i = 0; i < n && i < ROOM; i++)
		add_rune(s, out[i]);
}

/* Most of a text. The same as fold_rune, which is twenty times slower. */
static void add_ascii(struct splitter *s, char c)
{
	if (c >= 'A' && c <= 'Z')
		c = (char)(c | 0x20);
	if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')))
		end_word(s);
	else if (s->out->len - s->start < SEARCH_WORD_MAX)
		str_addc(s->out, c);
}

static void split_runes(struct splitter *s, struct view text)
{
	while (text.len > 0) {
		if ((unsigned char)*text.ptr < 0x80) {
			add_ascii(s, *text.ptr);
			text.ptr++;
			text.len--;
			continue;
		}
		utf8proc_int32_t rune;
		utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)text.ptr,
		    (utf8proc_ssize_t)text.len, &rune);

		if (n > 0)
			fold_rune(s, rune);
		else
			n = 1;
		text.ptr += n;
		text.len -= (size_t)n;
	}
}

void search_words_split(struct search_words *w, struct view text)
{
	struct splitter s = {.out = &w->text};

	str_reset(&w->text);
	w->at = 0;
	split_runes(&s, text);
	end_word(&s);
}

bool search_words_next(struct search_words *w, struct view *ret)
{
	if (w->at >= w->text.len)
		return false;
	*ret = VIEW(w->text.buf + w->at);
	w->at += ret->len + 1;
	return true;
}

static int least(int a, int b, int c)
{
	return MIN(a, MIN(b, c));
}

/* Three rows of the table at a time; bytes stand for letters (accents are gone). */
int search_distance(struct view a, struct view b, int limit)
{
	int rows[3][SEARCH_WORD_MAX + 1];
	int *before = rows[0], *last = rows[1], *row = rows[2];

	if ((a.len > b.len ? a.len - b.len : b.len - a.len) > (size_t)limit)
		return limit + 1;
	for (size_t j = 0; j <= b.len; j++)
		last[j] = (int)j;
	for (size_t i = 1; i <= a.len; i++) {
		int best = row[0] = (int)i, *spare = before;

		for (size_t j = 1; j <= b.len; j++) {
			int cost = a.ptr[i - 1] != b.ptr[j - 1];

			row[j] = least(last[j] + 1, row[j - 1] + 1, last[j - 1] + cost);
			if (i > 1 && j > 1 && a.ptr[i - 1] == b.ptr[j - 2] &&
			    a.ptr[i - 2] == b.ptr[j - 1])
				row[j] = MIN(row[j], before[j - 2] + 1);
			best = MIN(best, row[j]);
		}
		if (best > limit)
			return limit + 1;
		before = last;
		last = row;
		row = spare;
	}
	return MIN(last[b.len], limit + 1);
}
