/*
 * What one cell tells its column: read once, then counted as often as the same
 * cell comes.
 */
#ifndef GUARD_FACTS_H
#define GUARD_FACTS_H

#include "guard/detect.h"

enum guard_oddity {
	GUARD_HIGH_BYTES = 1,
	GUARD_CONTROL = 2,
	GUARD_PADDED = 4,
	GUARD_INVALID_UTF8 = 8,
};

struct guard_facts {
	uint64_t hash;  /* of the whole cell */
	uint64_t found; /* guard_detect's bits */
	double number;  /* of the three numbers */
	size_t len;
	date_t day; /* of the dates, as in struct guard_cell */
	int month;
	uint8_t form; /* enum guard_form */
	uint8_t decimals;
	uint8_t odd; /* guard_oddity bits: of texts */
};

/* Digits alone, and no day. */
static inline bool guard_is_number(struct view text, const struct guard_bytes *bytes)
{
	return bytes->digits == text.len && text.len && text.len <= GUARD_NUMBER_DIGITS &&
	       text.len != GUARD_DAY_DIGITS;
}

/* `text` is unquoted, `hash` its hash_xxh3, `bytes` counted of it. */
void guard_facts_read(struct guard_facts *ret, struct view text, uint64_t hash,
    const struct guard_bytes *bytes, const struct guard_missing *missing);

#endif
