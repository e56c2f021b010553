/* Filling a schema. For schema*.c and rules*.c. */
#ifndef GUARD_SCHEMA_BUILD_H
#define GUARD_SCHEMA_BUILD_H

#include "guard/schema.h"

#include "io/json.h"

/*
 * One field descriptor. `missing`: what stands for nothing unless the field says another.
 * `path` is where the descriptor stands, for messages. On failure *ret is cleared by
 * guard_field_clear too.
 */
MUST_CHECK int guard_field_parse(struct guard_schema *s, struct guard_field *ret,
    const json_t *json, const struct guard_texts *missing, const char *path, struct err *err);
void guard_field_clear(struct guard_field *f);
void guard_fields_clear(struct guard_fields *fields);
/* constraints and categories, once type and format are known */
MUST_CHECK int guard_field_parse_constraints(struct guard_schema *s, struct guard_field *f,
    const json_t *json, struct err *err);
/* An array of texts, or of objects with a "value"; absent: nothing is changed. */
MUST_CHECK int guard_json_texts(struct guard_schema *s, const json_t *json, const char *key,
    struct guard_texts *ret, const char *path, struct err *err);
/* *ret stays when the key is absent. */
MUST_CHECK int guard_json_text(struct guard_schema *s, const json_t *json, const char *key,
    const char **ret, const char *path, struct err *err);
MUST_CHECK int guard_json_flag(const json_t *json, const char *key, bool *ret, const char *path,
    struct err *err);
/* ERR_FORMAT "PATH.KEY: RULE". */
int guard_schema_error(struct err *err, const char *path, const char *key, const char *rule);

/* Missing values, fields, keys of one Table Schema; links are for when all tables are known. */
MUST_CHECK int guard_table_parse(struct guard_schema *s, struct guard_table *t, const json_t *json,
    const char *path, struct err *err);
MUST_CHECK int guard_table_parse_links(struct guard_schema *s, size_t table, const json_t *json,
    const char *path, struct err *err);

struct guard_list *guard_schema_list(struct guard_schema *s, const char *name,
    enum guard_list_by by);
void guard_schema_key_names(struct guard_schema *s, const struct guard_table *t,
    struct guard_key *key);

#endif
