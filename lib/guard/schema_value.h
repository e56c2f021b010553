/* One cell, read as a field says. */
#ifndef GUARD_SCHEMA_VALUE_H
#define GUARD_SCHEMA_VALUE_H

#include "guard/schema.h"

#include "base/str.h"

/* Whether the cell stands for nothing; ptr NULL always does. */
bool guard_field_is_missing(const struct guard_field *f, struct view cell);
/* Kind GUARD_VALUE_NONE: not of the field's type and format. `scratch` is the caller's. */
void guard_field_value(const struct guard_field *f, struct view cell, struct str *scratch,
    struct guard_typed *ret);
/*
 * A value as bytes that are equal for equal values: "12", "01" as 1 where the field is
 * plain, days as their number. Borrowed from the value or `out`.
 */
struct view guard_typed_spell(const struct guard_field *f, const struct guard_typed *v,
    struct str *out);
/* "007", "7.0" as "7"; what is no such number as it is. */
struct view guard_plain(struct view text);
bool guard_list_has(const struct guard_list *list, const struct guard_field *f,
    const struct guard_typed *v, struct str *scratch);
/* <0, 0, >0; of one kind, not TEXT: assert. */
int guard_typed_cmp(const struct guard_typed *a, const struct guard_typed *b);

/* PCRE2, the whole text must match; ERR_FORMAT with the place in the pattern. */
MUST_CHECK int guard_regex_new(struct guard_regex **ret, struct view pattern, struct err *err);
void guard_regex_free(struct guard_regex *p);
/* On any thread. What takes more than a million steps does not match. */
bool guard_regex_matches(const struct guard_regex *p, struct view text);

#endif
