#include "link/standard.h"

#include <utf8proc.h>

static void add_ascii(struct str *out, uint8_t c)
{
	if (c >= 'a' && c <= 'z')
		c = (uint8_t)(c - 'a' + 'A');
	if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))
		str_addc(out, (char)c);
	else if (out->len && out->buf[out->len - 1] != ' ')
		str_addc(out, ' ');
}

/* Letters that no decomposition opens. */
static const char *ligature(utf8proc_int32_t code)
{
	switch (code) {
	case 0x153:
	case 0x152: return "OE";
	case 0xe6:
	case 0xc6: return "AE";
	case 0xdf: return "SS";
	case 0xf8:
	case 0xd8: return "O";
	case 0x142:
	case 0x141: return "L";
	case 0x111:
	case 0x110:
	case 0xf0:
	case 0xd0: return "D";
	case 0xfe:
	case 0xde: return "TH";
	case 0x131: return "I";
	default: return NULL;
	}
}

static bool is_letter(utf8proc_int32_t code)
{
	utf8proc_category_t c = utf8proc_category(code);

	return c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_LO;
}

/* One character that is not ASCII: its parts without marks. */
static void add_wide(struct str *out, utf8proc_int32_t code)
{
	utf8proc_int32_t parts[32];
	int boundary = 0;
	utf8proc_ssize_t n;

	n = utf8proc_decompose_char(code, parts, 32,
	    (utf8proc_option_t)(UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK),
	    &boundary);
	for (utf8proc_ssize_t i = 0; i < MIN(n, (utf8proc_ssize_t)32); i++) {
		utf8proc_uint8_t bytes[4];

		if (ligature(parts[i]))
			str_addz(out, ligature(parts[i]));
		else if (parts[i] < 0x80)
			add_ascii(out, (uint8_t)parts[i]);
		else if (is_letter(parts[i]))
			str_add(out, (struct view){(char *)bytes,
					 (size_t)utf8proc_encode_char(
					     utf8proc_toupper(parts[i]), bytes)});
		else
			add_ascii(out, ' ');
	}
}

/* Letters and digits in upper case, one space between words. */
static void fold(struct view raw, struct str *out)
{
	const uint8_t *at = (const uint8_t *)raw.ptr;
	utf8proc_ssize_t left = (utf8proc_ssize_t)raw.len;

	str_reset(out);
	while (left > 0) {
		utf8proc_int32_t code = *at;
		utf8proc_ssize_t n = *at < 0x80 ? 1 : utf8proc_iterate(at, left, &code);

		if (n < 1 || code < 0x80)
			add_ascii(out, n < 1 ? ' ' : (uint8_t)code);
		else
			add_wide(out, code);
		at += MAX(n, (utf8proc_ssize_t)1);
		left -= MAX(n, (utf8proc_ssize_t)1);
	}
	if (out->len && out->buf[out->len - 1] == ' ')
		out->buf[--out->len] = 0;
}

/* Civil titles: no part of a name. */
static bool is_title(struct view word)
{
	static const char *const titles[] = {
	    "M", "MR", "MRS", "MME", "MLLE", "MISS", "MS", "DR", "PR", "MONSIEUR", "MADAME"};

	for (size_t i = 0; i < ARRAY_LEN(titles); i++)
		if (view_eq(word, VIEW(titles[i])))
			return true;
	return false;
}

static void put_word(struct str *out, struct view word)
{
	if (out->len)
		str_addc(out, ' ');
	if (view_eq(word, VIEW_LIT("ST")))
		str_addz(out, "SAINT");
	else if (view_eq(word, VIEW_LIT("STE")))
		str_addz(out, "SAINTE");
	else
		str_add(out, word);
}

static void standard_name(struct view raw, bool titles, struct str *out)
{
	AUTO_STR struct str folded = {0};
	struct view rest, word;

	fold(raw, &folded);
	str_reset(out);
	rest = str_view(&folded);
	while (view_next(&rest, ' ', &word))
		/* "M." before a name is a title; alone it is an initial */
		if (!titles || !is_title(word) || (rest.len == 0 && out->len == 0))
			put_word(out, word);
}

static void standard_code(struct view raw, struct str *out)
{
	size_t n = 0;

	fold(raw, out);
	for (size_t i = 0; i < out->len; i++)
		if (out->buf[i] != ' ')
			out->buf[n++] = out->buf[i];
	if (out->buf)
		out->buf[n] = 0;
	out->len = n;
}

static void standard_sex(struct view raw, struct str *out)
{
	static const char *const male[] = {"M", "1", "H", "MALE", "HOMME", "MASCULIN", "MAN"};
	static const char *const female[] = {"F", "2", "FEMALE", "FEMME", "FEMININ", "W", "WOMAN"};
	char sex = 0;

	standard_code(raw, out);
	for (size_t i = 0; i < ARRAY_LEN(male); i++) {
		if (view_eq(str_view(out), VIEW(male[i])))
			sex = 'M';
		if (view_eq(str_view(out), VIEW(female[i])))
			sex = 'F';
	}
	str_reset(out);
	if (sex)
		str_addc(out, sex);
}

static void standard_email(struct view raw, struct str *out)
{
	raw = view_trim(raw);
	str_reset(out);
	for (size_t i = 0; i < raw.len; i++) {
		char c = raw.ptr[i];

		str_addc(out, c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c);
	}
}

/* The numbers of a text, up to three; how many digits each has. */
static int numbers_of(struct view raw, int ret_value[3], int ret_digits[3])
{
	int n = 0;

	for (size_t i = 0; i < raw.len; i++) {
		bool digit = raw.ptr[i] >= '0' && raw.ptr[i] <= '9';
		bool first = digit && (i == 0 || raw.ptr[i - 1] < '0' || raw.ptr[i - 1] > '9');

		if (first && ++n > 3)
			return 0;
		if (first)
			ret_value[n - 1] = ret_digits[n - 1] = 0;
		if (digit && ++ret_digits[n - 1] <= 8)
			ret_value[n - 1] = ret_value[n - 1] * 10 + (raw.ptr[i] - '0');
	}
	return n;
}

/* AAAAMMJJ or JJMMAAAA without separators: the year is the part that can be one. */
static void split_digits(int number, int *year, int *month, int *day)
{
	*year = number / 10000;
	*month = number / 100 % 100;
	*day = number % 100;
	if ((*year < 1300 || *year > 2200) && number % 10000 >= 1300 && number % 10000 <= 2200) {
		*day = number / 1000000;
		*month = number / 10000 % 100;
		*year = number % 10000;
	}
}

static void standard_date(struct view raw, struct str *out)
{
	int value[3], digits[3];
	int year = 0, month = 0, day = 0;
	int n = numbers_of(view_trim(raw), value, digits);

	str_reset(out);
	if (n == 3 && digits[0] >= 3) {
		year = value[0];
		month = value[1];
		day = digits[2] > 2 ? 0 : value[2];
	} else if (n == 3 && digits[2] >= 3) {
		day = value[0];
		month = value[1];
		year = value[2];
	} else if (n == 1 && digits[0] == 8) {
		split_digits(value[0], &year, &month, &day);
	} else if (n == 1 && digits[0] == 6) {
		year = value[0] / 100;
		month = value[0] % 100;
	} else if (n == 1 && digits[0] == 4) {
		year = value[0];
	} else if (n == 2 && digits[0] == 4) {
		year = value[0];
		month = value[1];
	} else if (n == 2 && digits[1] == 4) {
		year = value[1];
		month = value[0];
	}
	if (year > 9999 || (year == 0 && month == 0 && day == 0))
		return;
	str_addf(out, "%04d%02d%02d", year, MIN(month, 99), MIN(day, 99));
}

void link_standard(enum link_kind kind, struct view raw, struct str *out)
{
	switch (kind) {
	case LINK_GIVEN:
	case LINK_SURNAME:
	case LINK_USED:
	case LINK_FULL: standard_name(raw, true, out); return;
	case LINK_PLACE:
	case LINK_ADDRESS:
	case LINK_CATEGORY: standard_name(raw, false, out); return;
	case LINK_DATE: standard_date(raw, out); return;
	case LINK_SEX: standard_sex(raw, out); return;
	case LINK_EMAIL: standard_email(raw, out); return;
	case LINK_IDENTIFIER:
	case LINK_NUMBER:
	case LINK_POSTCODE:
	case LINK_PHONE: standard_code(raw, out); return;
	case LINK_IGNORE:
	case LINK_ID:
	case LINK_KINDS: break;
	}
	str_reset(out);
}

/* Classes of consonants: French and English sounds that are often mixed up; 0 is silent. */
static const char classes[26] = {
    /* A */ 0, 'P', 'K', 'T', 0, 'F', 'J', 0, 0, 'J', 'K', 'L', 'M',
    /* N */ 'M', 0, 'P', 'K', 'R', 'S', 'T', 0, 'F', 'F', 'K', 0, 'S'};

uint32_t link_sound(struct view standard)
{
	uint32_t hash = 0;
	char last = 0;

	for (size_t i = 0; i < standard.len; i++) {
		char c = standard.ptr[i];
		char sound;

		if (c < 'A' || c > 'Z')
			continue;
		sound = classes[c - 'A'];
		/* soft C and G, PH */
		if (i + 1 < standard.len && strchr("EIY", standard.ptr[i + 1]) && c == 'C')
			sound = 'S';
		if (c == 'P' && i + 1 < standard.len && standard.ptr[i + 1] == 'H')
			sound = 'F';
		if (!hash && !sound)
			sound = 'A'; /* a vowel at the start is heard */
		if (sound && sound != last)
			hash = hash * 31 + (uint32_t)(uint8_t)sound;
		last = sound;
	}
	return hash;
}
