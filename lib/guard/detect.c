#include "guard/detect.h"

#include "guard/ascii.h"
#include "guard/detect_text.h"
#include "guard/luhn.h"
#include "health/finess.h"
#include "health/nir.h"

#define BIT(d) (1ull << (d))

enum { IBAN_MIN = 15,
	IBAN_MAX = 34 };

static const char *const names[GUARD_DETECTORS] = {
    [GUARD_NIR] = "nir",
    [GUARD_NIR_ODD] = "nir_odd",
    [GUARD_NIR_SHORT] = "nir_short",
    [GUARD_FIFTEEN] = "fifteen",
    [GUARD_RPPS] = "rpps",
    [GUARD_FINESS] = "finess",
    [GUARD_ADELI] = "adeli",
    [GUARD_SIREN] = "siren",
    [GUARD_SIRET] = "siret",
    [GUARD_PHONE] = "phone",
    [GUARD_EMAIL] = "email",
    [GUARD_URL] = "url",
    [GUARD_IP] = "ip",
    [GUARD_IBAN] = "iban",
    [GUARD_PASSPORT] = "passport",
    [GUARD_ID_CARD] = "id_card",
    [GUARD_PLATE] = "plate",
    [GUARD_POSTCODE] = "postcode",
    [GUARD_UUID] = "uuid",
    [GUARD_HASH] = "hash",
    [GUARD_PSEUDONYM] = "pseudonym",
    [GUARD_BLOB] = "blob",
    [GUARD_COORDINATE] = "coordinate",
    [GUARD_TEXT_NIR] = "text_nir",
    [GUARD_TEXT_FIFTEEN] = "text_fifteen",
    [GUARD_TEXT_EMAIL] = "text_email",
    [GUARD_TEXT_PHONE] = "text_phone",
    [GUARD_TEXT_NAME] = "text_name",
    [GUARD_WORDS] = "words",
    [GUARD_STREET] = "street",
};

const char *guard_detector_name(enum guard_detector d)
{
	return names[d];
}

/* 01-19, 2A, 2B, 20-95, 97, 98 (99: abroad, in ADELI and postcodes not). */
static bool begins_with_department(struct view v)
{
	int tens = v.ptr[0] - '0', ones = v.ptr[1] - '0';
	int n = tens * 10 + ones;

	if (v.ptr[0] == '2' && (v.ptr[1] == 'A' || v.ptr[1] == 'B'))
		return true;
	return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 && n >= 1 && n <= 98 && n != 96;
}

static uint64_t detect_nine_digits(struct view v)
{
	/* a FINESS of digits alone has Luhn's key too */
	uint64_t found = guard_luhn(v) ? BIT(GUARD_SIREN) | BIT(GUARD_FINESS) : 0;

	found |= begins_with_department(v) ? BIT(GUARD_ADELI) : 0;
	return found;
}

/* 13 or 15 characters. */
static uint64_t detect_nir(struct view v)
{
	struct nir nir;
	enum nir_fault fault = nir_parse(&nir, v);
	bool is_plain = fault == NIR_SOUND && guard_is_plain_nir(&nir);

	if (fault > NIR_WRONG_KEY)
		return v.len == NIR_KEYED_LEN ? BIT(GUARD_FIFTEEN) : 0;
	if (nir.key == NIR_KEY_NONE)
		return is_plain ? BIT(GUARD_NIR_SHORT) : 0;
	if (fault == NIR_WRONG_KEY)
		return BIT(GUARD_FIFTEEN);
	return BIT(GUARD_FIFTEEN) | (is_plain ? BIT(GUARD_NIR) : BIT(GUARD_NIR_ODD));
}

uint64_t guard_detect_digits(struct view v)
{
	switch (v.len) {
	case 5: return begins_with_department(v) ? BIT(GUARD_POSTCODE) : 0;
	case 9: return detect_nine_digits(v);
	case 10: return v.ptr[0] == '0' && v.ptr[1] != '0' ? BIT(GUARD_PHONE) : 0;
	case 11: return guard_luhn(v) ? BIT(GUARD_RPPS) : 0;
	case 12: return BIT(GUARD_ID_CARD);
	case 13:
	case 15: return detect_nir(v);
	case 14: return guard_luhn(v) ? BIT(GUARD_SIRET) : 0;
	case 32:
	case 40:
	case 64: return BIT(GUARD_HASH);
	default: return 0;
	}
}

/* 'a' for a letter, '0' for a digit, else the byte; up to 16 of them. */
static void make_pattern(struct view v, char pattern[17])
{
	size_t n = MIN(v.len, 16);

	for (size_t i = 0; i < n; i++) {
		char c = v.ptr[i];

		pattern[i] = ascii_is_digit(c) ? '0' : ascii_is_letter(c) ? 'a'
		                                                          : c;
	}
	pattern[n] = '\0';
}

static bool is_plate(const char *pattern, size_t len)
{
	switch (len) {
	case 7: return memcmp(pattern, "aa000aa", 7) == 0;
	case 9:
		return memcmp(pattern, "aa-000-aa", 9) == 0 ||
		       memcmp(pattern, "aa 000 aa", 9) == 0 ||
		       memcmp(pattern, "000 aa 00", 9) == 0;
	case 10:
		return memcmp(pattern, "000 aaa 00", 10) == 0 ||
		       memcmp(pattern, "0000 aa 00", 10) == 0;
	default: return false;
	}
}

/* One word of letters and digits, up to 16. */
static uint64_t detect_short_word(struct view v)
{
	char pattern[17];
	uint64_t found = 0;

	if (v.len == 7 || v.len == 9 || v.len == 10) {
		make_pattern(v, pattern);
		found |= v.len == 9 && memcmp(pattern, "00aa00000", 9) == 0 ? BIT(GUARD_PASSPORT)
		                                                            : 0;
		found |= is_plate(pattern, v.len) ? BIT(GUARD_PLATE) : 0;
	}
	if (v.len == 9 && v.ptr[0] == '2' && finess_valid(v))
		found |= BIT(GUARD_FINESS) | BIT(GUARD_ADELI);
	if ((v.len == 13 || v.len == 15) && ascii_is_letter(v.ptr[6]))
		found |= detect_nir(v);
	return found;
}

static bool is_hexadecimal(struct view v)
{
	for (size_t i = 0; i < v.len; i++)
		if (!ascii_is_hexadecimal(v.ptr[i]))
			return false;
	return true;
}

static bool is_hash_length(size_t len)
{
	return len == 32 || len == 40 || len == 56 || len == 64 || len == 96 || len == 128;
}

/* ISO 7064 mod 97-10: the first four characters go last, letters are 10..35. */
static bool is_iban(struct view v)
{
	unsigned rest = 0;

	if (v.len < IBAN_MIN || v.len > IBAN_MAX || !ascii_is_upper(v.ptr[0]) ||
	    !ascii_is_upper(v.ptr[1]) || !ascii_is_digit(v.ptr[2]))
		return false;
	for (size_t i = 0; i < v.len; i++) {
		char c = v.ptr[(i + 4) % v.len];

		if (!ascii_is_alnum(c))
			return false;
		rest = ascii_is_digit(c) ? (rest * 10 + (unsigned)(c - '0')) % 97
		                         : (rest * 100 + (unsigned)(c & ~0x20) - 'A' + 10) % 97;
	}
	return rest == 1;
}

/* One word of letters and digits, longer than 16. */
static uint64_t detect_long_word(const struct guard_cell *c)
{
	struct view v = c->text;

	if (is_iban(v))
		return BIT(GUARD_IBAN);
	if (is_hash_length(v.len) && is_hexadecimal(v))
		return BIT(GUARD_HASH);
	if (v.len >= GUARD_BLOB_MIN)
		return BIT(GUARD_BLOB);
	return c->bytes.digits >= 2 && c->bytes.upper + c->bytes.lower >= 2
	           ? BIT(GUARD_PSEUDONYM)
	           : 0;
}

/* The text without blanks, dots and hyphens, when it has few and fits. */
static struct view squeeze(struct view v, char *buf, size_t size)
{
	size_t n = 0;

	for (size_t i = 0; i < v.len; i++) {
		if (v.ptr[i] == ' ' || v.ptr[i] == '.' || v.ptr[i] == '-')
			continue;
		if (n == size)
			return VIEW_NONE;
		buf[n++] = v.ptr[i];
	}
	return (struct view){buf, n};
}

static struct view behind(struct view v, const char *prefix)
{
	size_t n = strlen(prefix);

	return view_starts(v, VIEW(prefix)) ? (struct view){v.ptr + n, v.len - n} : VIEW_NONE;
}

/* The nine digits behind 0, +33 or 0033 (and a zero that some leave there). */
static bool is_phone(struct view v)
{
	static const char *const prefixes[] = {"+330", "+33", "00330", "0033", "0"};
	struct view rest = VIEW_NONE;

	for (size_t i = 0; i < ARRAY_LEN(prefixes) && rest.len != 9; i++)
		rest = behind(v, prefixes[i]);
	if (rest.len != 9 || rest.ptr[0] < '1')
		return false;
	for (size_t i = 0; i < rest.len; i++)
		if (!ascii_is_digit(rest.ptr[i]))
			return false;
	return true;
}

/* What else than blanks, dots and hyphens the numbers of detect_grouped have at most. */
static bool may_be_grouped(const struct guard_bytes *b)
{
	size_t letters = (size_t)b->upper + b->lower, odd = (size_t)b->at + b->others;

	return letters + odd <= 1 || (!odd && b->digits + letters >= IBAN_MIN);
}

/* Numbers written in groups: 1 84 12 76 451 089 46, 06.12.34.56.78, FR76 3000 … */
static uint64_t detect_grouped(const struct guard_cell *c)
{
	const struct guard_bytes *b = &c->bytes;
	char buf[40];
	struct view v = squeeze(c->text, buf, sizeof(buf));

	if (!v.len)
		return 0;
	if (b->digits + (size_t)1 >= v.len && (v.len == 13 || v.len == 15))
		return detect_nir(v);
	if (b->digits >= 9 && is_phone(v))
		return BIT(GUARD_PHONE);
	if (!b->points && !b->dashes && b->digits == v.len && (v.len == 9 || v.len == 14))
		return guard_luhn(v) ? BIT(v.len == 9 ? GUARD_SIREN : GUARD_SIRET) : 0;
	return is_iban(v) ? BIT(GUARD_IBAN) : 0;
}

static bool is_ip(struct view v)
{
	struct view part;
	int parts = 0;

	while (view_next(&v, '.', &part)) {
		int64_t n;

		if (part.len > 3 || !view_to_i64(part, &n) || n < 0 || n > 255)
			return false;
		parts++;
	}
	return parts == 4;
}

static bool is_uuid(struct view v)
{
	for (size_t i = 0; i < v.len; i++) {
		bool dash = i == 8 || i == 13 || i == 18 || i == 23;

		if (dash ? v.ptr[i] != '-' : !ascii_is_hexadecimal(v.ptr[i]))
			return false;
	}
	return v.len == 36;
}

/* "48.8566, 2.3522": degrees with three decimals at least. */
static bool is_coordinate(struct view v)
{
	struct view first;
	double degrees;
	int parts = 0;

	while (view_next(&v, v.len && memchr(v.ptr, ';', v.len) ? ';' : ',', &first)) {
		struct view number = view_trim(first);
		const char *point = number.len ? memchr(number.ptr, '.', number.len) : NULL;

		if (!point || number.ptr + number.len - point < 4 ||
		    !view_to_double(number, &degrees) || degrees < -180 || degrees > 180)
			return false;
		parts++;
	}
	return parts == 2;
}

static uint64_t detect_marked(const struct guard_cell *c)
{
	const struct guard_bytes *b = &c->bytes;
	uint64_t found = 0;

	if (b->at == 1 && b->blanks == 0 && guard_is_email(c->text))
		return BIT(GUARD_EMAIL);
	if (b->points == 3 && b->digits + 3u == c->text.len && is_ip(c->text))
		found |= BIT(GUARD_IP);
	if (b->dashes == 4 && is_uuid(c->text))
		found |= BIT(GUARD_UUID);
	if (b->points >= 2 && b->digits >= 8 && is_coordinate(c->text))
		found |= BIT(GUARD_COORDINATE);
	if (b->lower >= 3 && guard_is_url(c->text))
		found |= BIT(GUARD_URL);
	return found;
}

static uint64_t detect_word(const struct guard_cell *c)
{
	return c->text.len <= 16 ? detect_short_word(c->text) : detect_long_word(c);
}

uint64_t guard_detect(const struct guard_cell *c)
{
	const struct guard_bytes *b = &c->bytes;
	size_t letters = (size_t)b->upper + b->lower;
	uint64_t found = 0;

	if (guard_form_is_missing(c->form))
		return 0;
	if (!c->short_enough)
		return guard_detect_text(c);
	if (b->digits == c->text.len)
		return guard_detect_digits(c->text);
	if (b->digits + letters == c->text.len)
		return b->digits ? detect_word(c) : 0;
	if (guard_form_is_number(c->form) || guard_form_is_date(c->form))
		return 0;
	if (b->digits >= 4 && may_be_grouped(b))
		found |= detect_grouped(c);
	if (b->digits >= 3 && c->text.len <= 16)
		found |= detect_short_word(c->text);
	found |= detect_marked(c);
	return found ? found : guard_detect_text(c);
}
