/*
 * Strict reading of a small JSON file: every step knows the place it is at, and
 * the first failure stays ("tariff.json: prices[3].cents: ..."). Getters return
 * something harmless after a failure; whoever reads asks `failed` at the end.
 */
#ifndef IO_JSON_IN_H
#define IO_JSON_IN_H

#include "base/arena.h"
#include "base/date.h"
#include "io/json.h"

/* A text for people. */
struct json_words {
	const char *in[2]; /* English, French; NULL: none */
};

struct json_in {
	const char *file;
	struct arena *arena; /* texts are copied here */
	struct err *err;
	struct str place;
	bool failed;
};

#define AUTO_JSON_IN AUTO(json_in_clear)

void json_in_clear(struct json_in *in);
/* ERR_FORMAT "FILE: PLACE: ...", unless something failed before; -1. */
int json_in_fail(struct json_in *in, const char *fmt, ...) ATTR_PRINTF(2, 3);
/* Into a part of the file; the mark to come back to. */
size_t json_in_enter(struct json_in *in, const char *fmt, ...) ATTR_PRINTF(2, 3);
void json_in_leave(struct json_in *in, size_t mark);

/* It is an object that has no other keys than these, which spaces part. */
void json_in_keys(struct json_in *in, const json_t *j, const char *keys);
/* NULL: it is missing, and may be. No NUL inside, at most `max` bytes, never "". */
const char *json_in_text(struct json_in *in, const json_t *j, const char *key, size_t max,
    bool required);
/* Lower-case letters, digits, '_' and '-', up to 60. */
const char *json_in_id(struct json_in *in, const json_t *j, const char *key);
/* {"en": ..., "fr": ...}: both. */
struct json_words json_in_words(struct json_in *in, const json_t *j, const char *key,
    bool required);
/* `fallback` when it is missing; must be there when the fallback is below `min`. */
int64_t json_in_int(struct json_in *in, const json_t *j, const char *key, int64_t min,
    int64_t max, int64_t fallback);
bool json_in_bool(struct json_in *in, const json_t *j, const char *key);
/* DATE_NONE: missing or null, and may be. */
date_t json_in_day(struct json_in *in, const json_t *j, const char *key, bool required);
/* An array of `least` to `most`; NULL when it is missing and least is 0. */
const json_t *json_in_list(struct json_in *in, const json_t *j, const char *key, size_t least,
    size_t most);
/* A list of `least` to `most` texts up to `max` bytes, NULL at its end; NULL as above. */
const char *const *json_in_texts(struct json_in *in, const json_t *j, const char *key,
    size_t least, size_t most, size_t max);
/* Index of the word, `missing` without one; it must be there when that is -1. */
int json_in_choice(struct json_in *in, const json_t *j, const char *key,
    const char *const *words, size_t count, int missing);

#endif
