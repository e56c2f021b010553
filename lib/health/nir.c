#include "health/nir.h"

#include <assert.h>

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static int two(const char *at)
{
	return (at[0] - '0') * 10 + (at[1] - '0');
}

static uint64_t load8(const char *at)
{
	uint64_t v;

	memcpy(&v, at, sizeof(v));
	return v;
}

/* Eight bytes that are all '0' to '9': high nibble 3, and still so with 6 added. */
static bool eight_digits(const char *at)
{
	const uint64_t high = 0xF0F0F0F0F0F0F0F0u, three = 0x3030303030303030u;
	uint64_t v = load8(at);

	return (v & high) == three && ((v + 0x0606060606060606u) & high) == three;
}

/* Their number, two, four, then eight digits at a time (little endian). */
static uint64_t eight_value(const char *at)
{
	uint64_t v = load8(at) & 0x0F0F0F0F0F0F0F0Fu;

	v = (v * 10 + (v >> 8)) & 0x00FF00FF00FF00FFu;
	v = (v * 100 + (v >> 16)) & 0x0000FFFF0000FFFFu;
	return (v * 10000 + (v >> 32)) & 0xFFFFFFFFu;
}

static int key_of(const char *digits, uint64_t shift)
{
	uint64_t n = eight_value(digits) / 1000 * 100000000 + eight_value(digits + 5);

	return 97 - (int)((n - shift) % 97);
}

int nir_key(const char digits[NIR_LEN])
{
	char d[NIR_LEN];

	if (is_digit(digits[6])) {
		assert(eight_digits(digits) && eight_digits(digits + 5));
		return key_of(digits, 0);
	}
	memcpy(d, digits, NIR_LEN);
	d[6] = '0';
	assert(eight_digits(d) && eight_digits(d + 5) && (digits[6] == 'A' || digits[6] == 'B'));
	return key_of(d, digits[6] == 'A' ? 1000000 : 2000000);
}

/* The characters without what only groups them; returns how many, at most NIR_KEYED_LEN + 1. */
static size_t gather(struct view text, char ret[NIR_KEYED_LEN + 1])
{
	size_t n = 0;

	for (size_t i = 0; i < text.len && n <= NIR_KEYED_LEN; i++) {
		char c = text.ptr[i];

		if (c != ' ' && c != '.' && c != '-')
			ret[n++] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
	}
	return n;
}

static enum nir_kind kind_of(char first)
{
	return (enum nir_kind)((first - '1') / 2);
}

/* Corsica's letters stand only in a number that tells a place. */
static bool characters_fit(const char *s, size_t len)
{
	bool corsica = s[0] >= '1' && s[0] <= '4' && s[5] == '2';

	if (eight_digits(s) && eight_digits(s + len - 8))
		return true;
	for (size_t i = 0; i < len; i++)
		if (!is_digit(s[i]) && !(i == 6 && corsica && (s[i] == 'A' || s[i] == 'B')))
			return false;
	return true;
}

static enum nir_fault read_month(struct nir *n)
{
	int month = two(n->digits + 3);

	if (month >= 1 && month <= 12) {
		n->month = month;
		return NIR_SOUND;
	}
	n->warnings |= NIR_ODD_MONTH;
	return (month >= 20 && month <= 42) || month >= 50 ? NIR_SOUND : NIR_WRONG_MONTH;
}

static enum nir_fault read_place(struct nir *n)
{
	int commune = two(n->digits + 8);

	memcpy(n->place, n->digits + 5, 5);
	if (memcmp(n->place, "00", 2) == 0)
		return NIR_WRONG_PLACE;
	if (memcmp(n->place, "97", 2) == 0 || memcmp(n->place, "98", 2) == 0) {
		if (n->place[2] == '0')
			return NIR_WRONG_PLACE;
	} else {
		commune += 100 * (n->place[2] - '0');
		if (commune >= 990)
			n->warnings |= NIR_NO_COMMUNE;
	}
	if (commune == 0)
		n->warnings |= NIR_NO_COMMUNE;
	return NIR_SOUND;
}

/* Of NIR and NIA: birth, place and order. */
static enum nir_fault read_birth(struct nir *n)
{
	enum nir_fault fault = read_month(n);

	n->year = two(n->digits + 1);
	if (memcmp(n->digits + 1, "555555", 6) == 0)
		n->warnings |= NIR_FICTITIOUS;
	if (memcmp(n->digits + 10, "000", 3) == 0)
		n->warnings |= NIR_NO_ORDER;
	return fault ? fault : read_place(n);
}

static enum nir_fault read_provisional(struct nir *n)
{
	n->year = -1;
	if (n->digits[1] == '0' && n->kind == NIR_PROVISIONAL)
		n->warnings |= NIR_OLD_KIND;
	else if (n->digits[1] != '1' && n->digits[1] != '2')
		return NIR_WRONG_KIND;
	return NIR_SOUND;
}

/* Straight into *ret: a copy at the end would cost as much as all the rest. */
static enum nir_fault read_gathered(struct nir *ret, const char *s, size_t len)
{
	enum nir_fault fault;

	if (len != NIR_LEN && len != NIR_KEYED_LEN)
		return NIR_WRONG_LENGTH;
	if (!characters_fit(s, len))
		return NIR_WRONG_CHARACTER;
	if (s[0] < '1' || s[0] > '8')
		return NIR_WRONG_FIRST;
	*ret = (struct nir){
	    .kind = kind_of(s[0]),
	    .key = len == NIR_KEYED_LEN ? two(s + NIR_LEN) : NIR_KEY_NONE,
	    .sex = (s[0] - '0') % 2 ? 'M' : 'F',
	};
	memcpy(ret->digits, s, NIR_LEN);
	fault = ret->kind <= NIR_AWAITING ? read_birth(ret) : read_provisional(ret);
	if (fault)
		return fault;
	return ret->key == NIR_KEY_NONE || ret->key == nir_key(s) ? NIR_SOUND : NIR_WRONG_KEY;
}

enum nir_fault nir_parse(struct nir *ret, struct view text)
{
	char s[NIR_KEYED_LEN + 1];
	size_t len;

	/* As most are written: nothing between the groups. */
	if ((text.len == NIR_KEYED_LEN || text.len == NIR_LEN) && eight_digits(text.ptr) &&
	    eight_digits(text.ptr + text.len - 8))
		return read_gathered(ret, text.ptr, text.len);
	len = gather(text, s);
	return read_gathered(ret, s, len);
}

static void letters_to_digits(char *s, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (s[i] == 'O')
			s[i] = '0';
		else if (s[i] == 'I' || s[i] == 'L')
			s[i] = '1';
	}
}

static bool read_keyed(struct nir *ret, const char *s, size_t len)
{
	struct nir n;

	if (len != NIR_KEYED_LEN || read_gathered(&n, s, len) != NIR_SOUND)
		return false;
	*ret = n;
	return true;
}

bool nir_repair(struct nir *ret, struct view text)
{
	char s[NIR_KEYED_LEN + 1];
	size_t len = gather(text, s);

	if (read_keyed(ret, s, len))
		return false; /* nothing to repair */
	letters_to_digits(s, len);
	if (read_keyed(ret, s, len))
		return true;
	if (len != NIR_KEYED_LEN || s[5] != '2' || s[6] != '0')
		return false;
	s[6] = 'A';
	if (read_keyed(ret, s, len))
		return true;
	s[6] = 'B';
	return read_keyed(ret, s, len);
}

const char *nir_fault_name(enum nir_fault fault)
{
	static const char *const names[NIR_FAULTS] = {
	    "sound",
	    "wrong_key",
	    "wrong_length",
	    "wrong_character",
	    "wrong_first",
	    "wrong_month",
	    "wrong_place",
	    "wrong_kind",
	};

	return names[fault];
}

const char *nir_warning_name(unsigned bit)
{
	static const char *const names[NIR_WARNING_BITS] = {"odd_month", "no_commune", "no_order",
	    "place_unknown", "place_year", "old_kind", "fictitious"};
	int at = __builtin_ctz(bit);

	assert(bit && at < NIR_WARNING_BITS);
	return names[at];
}
