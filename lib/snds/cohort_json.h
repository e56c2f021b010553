/*
 * Reading one JSON object after the other and knowing where: the path of what
 * is read now stands in every message. For cohort_*.c only.
 */
#ifndef SNDS_COHORT_JSON_H
#define SNDS_COHORT_JSON_H

#include "io/json.h"
#include "snds/cohort_spec.h"

struct cohort_reader {
	struct snds_cohort_spec *spec;
	const struct mainbase_events *events;
	const char *file;
	struct str path; /* "$.sets.drugs" */
	struct err *err;
};

/* ERR_FORMAT "FILE: PATH: ..."; returns -1. */
#define cohort_wrong(r, ...) (cohort_wrong_((r), __VA_ARGS__), -1)
void cohort_wrong_(struct cohort_reader *r, const char *fmt, ...) ATTR_PRINTF(2, 3);

/* Into a member or an element; the way back is str.len as it was before. */
size_t cohort_enter(struct cohort_reader *r, const char *key);
size_t cohort_enter_at(struct cohort_reader *r, size_t index);
void cohort_leave(struct cohort_reader *r, size_t len);

/* Lower case letters, digits, "_"; a letter first. */
bool cohort_is_name(struct view name);
/* An object, with no key beside `keys` ("a|b|c"). */
MUST_CHECK int cohort_check_keys(struct cohort_reader *r, const json_t *object, const char *keys);
/* The getters leave what they fill as it was when the key is absent. */
MUST_CHECK int cohort_get_text(struct cohort_reader *r, const json_t *object, const char *key,
    const char **ret);
/* One of `words` ("a|b|c"), as its index. */
MUST_CHECK int cohort_get_word(struct cohort_reader *r, const json_t *object, const char *key,
    const char *words, int *ret);
MUST_CHECK int cohort_get_int(struct cohort_reader *r, const json_t *object, const char *key,
    int min, int max, int *ret, bool *ret_has);
MUST_CHECK int cohort_get_bool(struct cohort_reader *r, const json_t *object, const char *key,
    bool *ret);
MUST_CHECK int cohort_get_date(struct cohort_reader *r, const json_t *object, const char *key,
    date_t *ret);
/* "from" and "to", in this order. */
MUST_CHECK int cohort_get_period(struct cohort_reader *r, const json_t *object, date_t *ret_from,
    date_t *ret_to);
/* The texts of an array; `accept` may be NULL, else what it refuses is `what` no more. */
MUST_CHECK int cohort_get_texts(struct cohort_reader *r, const json_t *object, const char *key,
    bool (*accept)(struct view), const char *what, struct snds_cohort_texts *ret);
/* The set a text names, one of those read so far. */
MUST_CHECK int cohort_get_set(struct cohort_reader *r, const json_t *object, const char *key,
    size_t *ret);
MUST_CHECK int cohort_find_set(struct cohort_reader *r, const json_t *name, size_t *ret);
/* "from_days", "to_days", "overlaps". */
MUST_CHECK int cohort_get_window(struct cohort_reader *r, const json_t *object,
    struct snds_cohort_window *ret);

/* cohort_spec.c, cohort_sets.c, cohort_wheres.c */
void cohort_set_clear(struct snds_cohort_set *set);
MUST_CHECK int cohort_read_sets(struct cohort_reader *r, const json_t *sets);
MUST_CHECK int cohort_read_steps(struct cohort_reader *r, const json_t *steps);

#endif
