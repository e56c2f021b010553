/*
 * Strict reading of a small JSON file: every step knows the place it is at, and
 * the first failure stays ("tariff.json: prices[3].cents: ..."). Getters return
 * something harmless after a failure; whoever reads asks `failed` at the end.
 */
#ifndef DESK_FORM_JSON_H
#define DESK_FORM_JSON_H

#include "base/arena.h"
#include "base/date.h"
#include "io/json.h"

struct desk_words {
	const char *in[2]; /* English, French; NULL: none */
};

struct desk_in {
	const char *file;
	struct arena *arena; /* texts are copied here */
	struct err *err;
	struct str place;
	bool failed;
};

#define AUTO_DESK_IN AUTO(desk_in_clear)

void desk_in_clear(struct desk_in *in);
/* ERR_FORMAT "FILE: PLACE: ...", unless something failed before; -1. */
int desk_in_fail(struct desk_in *in, const char *fmt, ...) ATTR_PRINTF(2, 3);
/* Into a part of the file; the mark to come back to. */
size_t desk_in_enter(struct desk_in *in, const char *fmt, ...) ATTR_PRINTF(2, 3);
void desk_in_leave(struct desk_in *in, size_t mark);

/* It is an object that has no other keys than these, which spaces part. */
void desk_in_keys(struct desk_in *in, const json_t *j, const char *keys);
/* NULL: it is missing, and may be. No NUL inside, at most `max` bytes, never "". */
const char *desk_in_text(struct desk_in *in, const json_t *j, const char *key, size_t max,
    bool required);
/* Lower-case letters, digits, '_' and '-', up to 60. */
const char *desk_in_id(struct desk_in *in, const json_t *j, const char *key);
/* {"en": ..., "fr": ...}: both. */
struct desk_words desk_in_words(struct desk_in *in, const json_t *j, const char *key,
    bool required);
/* `fallback` when it is missing; must be there when the fallback is below `min`. */
int64_t desk_in_int(struct desk_in *in, const json_t *j, const char *key, int64_t min,
    int64_t max, int64_t fallback);
bool desk_in_bool(struct desk_in *in, const json_t *j, const char *key);
/* DATE_NONE: missing or null, and may be. */
date_t desk_in_day(struct desk_in *in, const json_t *j, const char *key, bool required);
/* An array of `least` to `most`; NULL when it is missing and least is 0. */
const json_t *desk_in_list(struct desk_in *in, const json_t *j, const char *key, size_t least,
    size_t most);
/* Index of the word, `missing` without one; it must be there when that is -1. */
int desk_in_choice(struct desk_in *in, const json_t *j, const char *key,
    const char *const *words, size_t count, int missing);

#endif
