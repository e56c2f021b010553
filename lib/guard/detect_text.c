#include "guard/detect_text.h"

#include "guard/ascii.h"
#include "guard/detect.h"

#define BIT(d) (1ull << (d))

enum {
	WORDS_MIN = 4,
	PHONE_DIGITS = 10,
	RUN_MAX = 24, /* digits and what stands between them: a NIR in groups has 21 */
};

bool guard_is_plain_nir(const struct nir *nir)
{
	return nir->kind == NIR_REGISTERED && nir->month && !nir->warnings;
}

static bool is_name_byte(char c)
{
	static const bool names[256] = {
	    ['0' ... '9'] = true,
	    ['A' ... 'Z'] = true,
	    ['a' ... 'z'] = true,
	    ['.'] = true,
	    ['_'] = true,
	    ['%'] = true,
	    ['+'] = true,
	    ['-'] = true,
	};

	return names[(unsigned char)c];
}

bool guard_is_email(struct view v)
{
	const char *at = v.len ? memchr(v.ptr, '@', v.len) : NULL;
	const char *end = v.ptr + v.len;
	const char *dot;

	if (!at || at == v.ptr || end - at < 5)
		return false;
	for (const char *p = v.ptr; p < end; p++)
		if (p != at && !is_name_byte(*p))
			return false;
	for (dot = end - 1; dot > at && *dot != '.'; dot--)
		;
	return dot > at + 1 && end - dot > 2 && ascii_is_letter(dot[1]);
}

bool guard_is_url(struct view v)
{
	if (v.ptr[0] != 'h' && v.ptr[0] != 'w')
		return false;
	return view_starts(v, VIEW_LIT("http://")) || view_starts(v, VIEW_LIT("https://")) ||
	       view_starts(v, VIEW_LIT("www."));
}

/* The word around an @ of a text. */
static bool has_email(struct view v)
{
	const char *end = v.ptr + v.len;

	for (const char *at = v.ptr; (at = memchr(at, '@', (size_t)(end - at))); at++) {
		const char *from = at, *to = at + 1;

		while (from > v.ptr && is_name_byte(from[-1]))
			from--;
		while (to < end && is_name_byte(*to))
			to++;
		while (to > at && to[-1] == '.')
			to--;
		if (guard_is_email((struct view){from, (size_t)(to - from)}))
			return true;
	}
	return false;
}

static bool is_between(char c)
{
	return c == ' ' || c == '.' || c == '-';
}

/* The letters of Corsica within a number. */
static bool is_number_byte(char c)
{
	return ascii_is_digit(c) || c == 'A' || c == 'B';
}

/* Bytes of the 15 characters of a number that `v` begins with, its groups apart or not; 0: none. */
static size_t fifteen_at(struct view v)
{
	size_t taken = 0;

	for (size_t i = 0; i < v.len && i < RUN_MAX; i++) {
		if (is_between(v.ptr[i]))
			continue;
		if (!is_number_byte(v.ptr[i]))
			break;
		if (++taken == NIR_KEYED_LEN)
			return i + 1 < v.len && ascii_is_digit(v.ptr[i + 1]) ? 0 : i + 1;
	}
	return 0;
}

static bool is_plain_nir(struct view v)
{
	struct nir nir;

	return nir_parse(&nir, v) == NIR_SOUND && guard_is_plain_nir(&nir);
}

static bool begins_with_phone(struct view v)
{
	size_t digits = 0;

	if (v.len < PHONE_DIGITS || v.ptr[0] != '0' || v.ptr[1] < '1' || v.ptr[1] > '9')
		return false;
	for (size_t i = 0; i < v.len && i < RUN_MAX; i++) {
		if (is_between(v.ptr[i]))
			continue;
		if (!ascii_is_digit(v.ptr[i]))
			break;
		if (++digits == PHONE_DIGITS)
			return i + 1 == v.len || !ascii_is_digit(v.ptr[i + 1]);
	}
	return false;
}

static uint64_t find_numbers(struct view v)
{
	uint64_t found = 0;
	bool before = false; /* a digit or letter stands before */

	for (size_t i = 0; i + PHONE_DIGITS <= v.len; i++) {
		struct view rest = {v.ptr + i, v.len - i};
		size_t n = !before && ascii_is_digit(v.ptr[i]) ? fifteen_at(rest) : 0;

		found |= n ? BIT(GUARD_TEXT_FIFTEEN) : 0;
		if (n && is_plain_nir((struct view){rest.ptr, n})) {
			found |= BIT(GUARD_TEXT_NIR);
			i += n - 1;
		} else if (!before && begins_with_phone(rest)) {
			found |= BIT(GUARD_TEXT_PHONE);
		}
		before = ascii_is_alnum(v.ptr[i]);
	}
	return found;
}

/* The first byte, in small letters, and the length before anything else. */
static bool is_any(struct view word, const struct view *list, size_t count)
{
	char first = (char)(word.ptr[0] | 0x20);

	for (size_t i = 0; i < count; i++)
		if (list[i].len == word.len && list[i].ptr[0] == first &&
		    view_eq_nocase(word, list[i]))
			return true;
	return false;
}

#define WORD(w)                  \
	{                        \
		w, sizeof(w) - 1 \
	}

static bool is_street(struct view word)
{
	static const struct view words[] = {WORD("rue"), WORD("avenue"), WORD("av"), WORD("av."),
	    WORD("boulevard"), WORD("bd"), WORD("chemin"), WORD("impasse"),
	    WORD("allée"), WORD("allee"), WORD("place"), WORD("quai"),
	    WORD("route"), WORD("square"), WORD("cours"), WORD("faubourg"),
	    WORD("lotissement"), WORD("résidence"), WORD("residence"), WORD("lieu-dit")};

	return is_any(word, words, ARRAY_LEN(words));
}

/* The letters that begin a title. */
static bool may_be_title(struct view word)
{
	char first = (char)(word.ptr[0] | 0x20);

	return first == 'm' || first == 'd' || first == 'p';
}

static bool is_title(struct view word)
{
	static const struct view words[] = {WORD("m."), WORD("mr"), WORD("mr."), WORD("mme"),
	    WORD("mme."), WORD("mlle"), WORD("dr"), WORD("dr."),
	    WORD("pr"), WORD("pr."), WORD("madame"), WORD("monsieur"),
	    WORD("docteur"), WORD("professeur")};

	return may_be_title(word) && is_any(word, words, ARRAY_LEN(words));
}

static uint64_t look_at_words(struct view v)
{
	struct view word;
	uint64_t found = 0;
	size_t words = 0;
	bool number = false, title = false;

	while (view_next(&v, ' ', &word)) {
		if (!word.len)
			continue;
		if (number && is_street(word))
			found |= BIT(GUARD_STREET);
		if (title && ascii_is_upper(word.ptr[0]))
			found |= BIT(GUARD_TEXT_NAME);
		number = number || ascii_is_digit(word.ptr[0]);
		title = is_title(word);
		words += ascii_is_letter(word.ptr[0]) || (unsigned char)word.ptr[0] >= 128;
	}
	return found | (words >= WORDS_MIN ? BIT(GUARD_WORDS) : 0);
}

static bool is_blob(struct view v)
{
	size_t odd = 0;

	if (v.len < GUARD_BLOB_MIN || memchr(v.ptr, ' ', v.len))
		return false;
	for (size_t i = 0; i < v.len; i++)
		odd += !ascii_is_alnum(v.ptr[i]) && !strchr("+/=_-", v.ptr[i]);
	return odd == 0;
}

uint64_t guard_detect_text(const struct guard_cell *c)
{
	struct view v = c->text;
	uint64_t found = 0;

	if (is_blob(v))
		return BIT(GUARD_BLOB);
	if (!c->short_enough || c->bytes.at)
		found |= has_email(v) ? BIT(GUARD_TEXT_EMAIL) : 0;
	if (!c->short_enough || c->bytes.digits >= PHONE_DIGITS)
		found |= find_numbers(v);
	if (!c->short_enough || c->bytes.blanks)
		found |= look_at_words(v);
	return found;
}
