#include "omop/concept_id.h"

#include <stdio.h>

enum {
	CIM10_BASE = OMOP_CONCEPT_MIN,
	CIM10_SUFFIX = 12, /* none, 0-9, + */
	CIM10_LETTER_BASE = CIM10_BASE + 2600 * CIM10_SUFFIX * CIM10_SUFFIX * CIM10_SUFFIX,
	CIM10_LETTER_END = CIM10_LETTER_BASE + 26000 * 26,
	CIP_BASE = 2010000000,
	UCD_BASE = 2020000000,
	LPP_BASE = 2030000000,
	CCAM_BASE = 2040000000,
	NABM_BASE = 2143000000,
	SPECIALTY_BASE = 2143100000,
	SEVEN_DIGITS = 10000000,
};

/* Letters seen at each position of the 8,156 acts of IR_CCAM_V63. */
static const char *const ccam_letters[4] = {
    "ABCDEFGHJKLMNPQYZ",
    "ABCDEFGHJKLMNPQRSTVYZ",
    "ABCDEFGHJKLMNPQRSY",
    "ABCDEFGHJKLMNPXY",
};

static const char *const names[OMOP_VOCABULARIES] = {
    [OMOP_CIM10] = "CIM10",
    [OMOP_CIP13] = "CIP13",
    [OMOP_UCD] = "UCD",
    [OMOP_LPP] = "LPP",
    [OMOP_CCAM] = "CCAM",
    [OMOP_NABM] = "NABM",
    [OMOP_SPECIALTY] = "PS_SPE",
};

const char *omop_vocabulary_name(enum omop_vocabulary v)
{
	return names[v];
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return c >= 'A' && c <= 'Z';
}

/* `n` digits as a number, or -1. */
static int32_t digits(const char *p, size_t n)
{
	int32_t value = 0;

	for (size_t i = 0; i < n; i++) {
		if (!is_digit(p[i]))
			return -1;
		value = value * 10 + (p[i] - '0');
	}
	return value;
}

/* Without the dot and in capitals; 0 when it is too long to be a code. */
static size_t cim10_plain(struct view code, char ret[6])
{
	size_t n = 0;

	for (size_t i = 0; i < code.len; i++) {
		char c = code.ptr[i];

		if (c == '.' && i == 3)
			continue;
		if (n == 6)
			return 0;
		ret[n++] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
	}
	return n;
}

static int suffix_value(char c)
{
	if (is_digit(c))
		return 1 + c - '0';
	return c == '+' ? 11 : -1;
}

static int32_t cim10_id(struct view code)
{
	char c[6] = {0};
	size_t n = cim10_plain(code, c);
	int32_t root, suffix = 0;

	if (n < 3 || !is_letter(c[0]) || digits(c + 1, 2) < 0)
		return 0;
	root = (c[0] - 'A') * 100 + digits(c + 1, 2);
	if (n == 5 && is_digit(c[3]) && is_letter(c[4]))
		return CIM10_LETTER_BASE + (root * 10 + (c[3] - '0')) * 26 + (c[4] - 'A');
	for (size_t i = 3; i < 6; i++) {
		int value = i < n ? suffix_value(c[i]) : 0;

		if (value < 0)
			return 0;
		suffix = suffix * CIM10_SUFFIX + value;
	}
	return CIM10_BASE + root * CIM10_SUFFIX * CIM10_SUFFIX * CIM10_SUFFIX + suffix;
}

/* GS1 check digit of the 12 digits before it. */
static char ean13_check(const char *p)
{
	int sum = 0;

	for (int i = 0; i < 12; i++)
		sum += (p[i] - '0') * (i % 2 ? 3 : 1);
	return (char)('0' + (10 - sum % 10) % 10);
}

static int32_t cip_id(struct view code)
{
	static const struct view prefix = {"34009", 5};
	int32_t cip7;

	if (code.len == 7) {
		cip7 = digits(code.ptr, 7);
		return cip7 < 0 ? 0 : CIP_BASE + cip7;
	}
	if (code.len != 13 || !view_starts(code, prefix))
		return 0;
	cip7 = digits(code.ptr + 5, 7);
	if (cip7 < 0 || code.ptr[12] != ean13_check(code.ptr))
		return 0;
	return CIP_BASE + cip7;
}

static int32_t number_id(int32_t base, size_t width, struct view code)
{
	int32_t number = code.len == width ? digits(code.ptr, width) : -1;

	return number < 0 ? 0 : base + number;
}

static int32_t ccam_id(struct view code)
{
	int32_t number, letters = 0;

	if (code.len != 7)
		return 0;
	for (int i = 0; i < 4; i++) {
		const char *alphabet = ccam_letters[i];
		const char *at = code.ptr[i] ? strchr(alphabet, code.ptr[i]) : NULL;

		if (!at)
			return 0;
		letters = letters * (int32_t)strlen(alphabet) + (int32_t)(at - alphabet);
	}
	number = digits(code.ptr + 4, 3);
	return number < 0 ? 0 : CCAM_BASE + letters * 1000 + number;
}

int32_t omop_concept_id(enum omop_vocabulary v, struct view code)
{
	switch (v) {
	case OMOP_CIM10: return cim10_id(code);
	case OMOP_CIP13: return cip_id(code);
	case OMOP_UCD: return number_id(UCD_BASE, 7, code);
	case OMOP_LPP: return number_id(LPP_BASE, 7, code);
	case OMOP_CCAM: return ccam_id(code);
	case OMOP_NABM: return number_id(NABM_BASE, 4, code);
	case OMOP_SPECIALTY: return number_id(SPECIALTY_BASE, 2, code);
	case OMOP_VOCABULARIES: break;
	}
	return 0;
}

static bool cim10_code(int32_t n, char *ret)
{
	const int32_t per_root = CIM10_SUFFIX * CIM10_SUFFIX * CIM10_SUFFIX;
	int32_t root = n / per_root;
	int divisor = CIM10_SUFFIX * CIM10_SUFFIX;
	int at = snprintf(ret, OMOP_CODE_SIZE, "%c%02d", 'A' + root / 100, root % 100);
	bool ended = false;

	for (int32_t suffix = n % per_root; divisor > 0; divisor /= CIM10_SUFFIX) {
		int value = suffix / divisor % CIM10_SUFFIX;

		if (value > 0 && ended)
			return false;
		ended = value == 0;
		if (value > 0)
			ret[at++] = value == 11 ? '+' : (char)('0' + value - 1);
	}
	ret[at] = '\0';
	return true;
}

static bool cim10_letter_code(int32_t n, char *ret)
{
	int32_t stem = n / 26;

	snprintf(ret, OMOP_CODE_SIZE, "%c%03d%c", 'A' + stem / 1000, stem % 1000, 'A' + n % 26);
	return true;
}

static bool cip_code(int32_t n, char *ret)
{
	snprintf(ret, OMOP_CODE_SIZE, "34009%07d", n);
	ret[12] = ean13_check(ret);
	ret[13] = '\0';
	return true;
}

static bool seven_code(int32_t n, char *ret)
{
	snprintf(ret, OMOP_CODE_SIZE, "%07d", n);
	return true;
}

static bool four_code(int32_t n, char *ret)
{
	snprintf(ret, OMOP_CODE_SIZE, "%04d", n);
	return true;
}

static bool two_code(int32_t n, char *ret)
{
	snprintf(ret, OMOP_CODE_SIZE, "%02d", n);
	return true;
}

static bool ccam_code(int32_t n, char *ret)
{
	int32_t letters = n / 1000;

	for (int i = 3; i >= 0; i--) {
		int32_t size = (int32_t)strlen(ccam_letters[i]);

		ret[i] = ccam_letters[i][letters % size];
		letters /= size;
	}
	snprintf(ret + 4, OMOP_CODE_SIZE - 4, "%03d", n % 1000);
	return true;
}

static const struct block {
	int32_t base, end;
	enum omop_vocabulary vocabulary;
	bool (*code)(int32_t n, char *ret);
} blocks[] = {
    {CIM10_BASE, CIM10_LETTER_BASE, OMOP_CIM10, cim10_code},
    {CIM10_LETTER_BASE, CIM10_LETTER_END, OMOP_CIM10, cim10_letter_code},
    {CIP_BASE, CIP_BASE + SEVEN_DIGITS, OMOP_CIP13, cip_code},
    {UCD_BASE, UCD_BASE + SEVEN_DIGITS, OMOP_UCD, seven_code},
    {LPP_BASE, LPP_BASE + SEVEN_DIGITS, OMOP_LPP, seven_code},
    {CCAM_BASE, CCAM_BASE + 17 * 21 * 18 * 16 * 1000, OMOP_CCAM, ccam_code},
    {NABM_BASE, NABM_BASE + 10000, OMOP_NABM, four_code},
    {SPECIALTY_BASE, SPECIALTY_BASE + 100, OMOP_SPECIALTY, two_code},
};

bool omop_concept_code(int32_t id, enum omop_vocabulary *ret_vocabulary,
    char ret_code[OMOP_CODE_SIZE])
{
	for (size_t i = 0; i < ARRAY_LEN(blocks); i++) {
		char code[OMOP_CODE_SIZE];

		if (id < blocks[i].base || id >= blocks[i].end)
			continue;
		if (!blocks[i].code(id - blocks[i].base, code))
			return false;
		*ret_vocabulary = blocks[i].vocabulary;
		memcpy(ret_code, code, OMOP_CODE_SIZE);
		return true;
	}
	return false;
}
