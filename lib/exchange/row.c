#include "exchange/row.h"

#include <assert.h>

struct shape {
	enum exchange_field field;
	size_t size;
};

enum { SHAPE_MAX = 9 };

static const struct shape shapes[][SHAPE_MAX] = {
    [EXCHANGE_NIR] = {{EXCHANGE_F_IDACC, 64}, {EXCHANGE_F_INSURED, 15}, {EXCHANGE_F_OWN, 15},
	{EXCHANGE_F_BIRTH_DATE, 8}, {EXCHANGE_F_SEX, 1}, {EXCHANGE_F_TWIN, 1},
	{EXCHANGE_F_INSURED_CLASS, 1}, {EXCHANGE_F_OWN_CLASS, 1}},
    [EXCHANGE_TRAITS] = {{EXCHANGE_F_IDACC, 64}, {EXCHANGE_F_BIRTH_NAME, 80},
	{EXCHANGE_F_USED_NAME, 80}, {EXCHANGE_F_GIVEN_NAMES, 100}, {EXCHANGE_F_BIRTH_DATE, 8},
	{EXCHANGE_F_SEX, 1}, {EXCHANGE_F_BIRTH_PLACE, 5}},
    [EXCHANGE_TOKENS] = {{EXCHANGE_F_IDACC, 64}, {EXCHANGE_F_TRIPLET, EXCHANGE_TOKEN_BYTES},
	{EXCHANGE_F_PERSON, EXCHANGE_TOKEN_BYTES}, {EXCHANGE_F_TWIN, 1}, {EXCHANGE_F_CLASS, 1}},
    [EXCHANGE_RESULT] = {{EXCHANGE_F_CENTRE, 32}, {EXCHANGE_F_IDACC, 64},
	{EXCHANGE_F_PSEUDONYM, 32}, {EXCHANGE_F_CLASS, 1}},
    [EXCHANGE_OUTCOMES] = {{EXCHANGE_F_IDACC, 64}, {EXCHANGE_F_OUTCOME, 1},
	{EXCHANGE_F_DECEASED, 1}},
    [EXCHANGE_PSEUDONYMS] = {{EXCHANGE_F_PSEUDONYM, 32}},
    [EXCHANGE_REKEYED] = {{EXCHANGE_F_PSEUDONYM, 32}, {EXCHANGE_F_RENEWED, 32}},
};

static const char *const names[EXCHANGE_FIELDS] = {
    [EXCHANGE_F_IDACC] = "idacc",
    [EXCHANGE_F_INSURED] = "nir_insured",
    [EXCHANGE_F_OWN] = "nir",
    [EXCHANGE_F_BIRTH_DATE] = "birth_date",
    [EXCHANGE_F_SEX] = "sex",
    [EXCHANGE_F_TWIN] = "twin_rank",
    [EXCHANGE_F_INSURED_CLASS] = "nir_insured_class",
    [EXCHANGE_F_OWN_CLASS] = "nir_class",
    [EXCHANGE_F_BIRTH_NAME] = "birth_name",
    [EXCHANGE_F_USED_NAME] = "used_name",
    [EXCHANGE_F_GIVEN_NAMES] = "given_names",
    [EXCHANGE_F_BIRTH_PLACE] = "birth_place",
    [EXCHANGE_F_TRIPLET] = "triplet",
    [EXCHANGE_F_PERSON] = "person",
    [EXCHANGE_F_CLASS] = "class",
    [EXCHANGE_F_CENTRE] = "centre",
    [EXCHANGE_F_PSEUDONYM] = "pseudonym",
    [EXCHANGE_F_RENEWED] = "new_pseudonym",
    [EXCHANGE_F_OUTCOME] = "outcome",
    [EXCHANGE_F_DECEASED] = "deceased",
};

const char *exchange_class_name(int letter)
{
	static const char *const words[256] = {
	    [EXCHANGE_BY_PERSON] = "own_nir",
	    [EXCHANGE_BY_JOIN] = "triplet_of_own_nir",
	    [EXCHANGE_BY_TRIPLET] = "triplet",
	    [EXCHANGE_BY_TWIN] = "triplet_and_rank",
	    [EXCHANGE_TWINS] = "twins",
	    [EXCHANGE_NIR_ABSENT] = "no_nir",
	    [EXCHANGE_NIR_INVALID] = "invalid_nir",
	    [EXCHANGE_NIR_FICTITIOUS] = "fictitious_nir",
	};

	return words[letter & 255];
}

size_t exchange_row_size(enum exchange_step step)
{
	size_t size = 0;

	for (size_t i = 0; i < SHAPE_MAX; i++)
		size += shapes[step][i].size;
	return size;
}

/* Where the field begins; its size into *ret. */
static size_t place_of(enum exchange_step step, enum exchange_field field, size_t *ret)
{
	size_t at = 0;

	for (size_t i = 0; i < SHAPE_MAX && shapes[step][i].size; i++) {
		if (shapes[step][i].field == field) {
			*ret = shapes[step][i].size;
			return at;
		}
		at += shapes[step][i].size;
	}
	*ret = 0;
	return 0;
}

size_t exchange_field_size(enum exchange_step step, enum exchange_field field)
{
	size_t size;

	(void)place_of(step, field, &size);
	return size;
}

const unsigned char *exchange_row_bytes(enum exchange_step step, const unsigned char *row,
    enum exchange_field field)
{
	size_t size;
	size_t at = place_of(step, field, &size);

	assert(size);
	return row + at;
}

struct view exchange_row_get(enum exchange_step step, const unsigned char *row,
    enum exchange_field field)
{
	size_t size;
	size_t at = place_of(step, field, &size);

	while (size && row[at + size - 1] == '\0')
		size--;
	return (struct view){(const char *)row + at, size};
}

void exchange_row_set(enum exchange_step step, unsigned char *row, enum exchange_field field,
    struct view text)
{
	size_t size;
	size_t at = place_of(step, field, &size);

	assert(text.len <= size);
	memset(row + at, 0, size);
	if (text.len)
		memcpy(row + at, text.ptr, text.len);
}

const char *exchange_field_name(enum exchange_field field)
{
	return names[field];
}
