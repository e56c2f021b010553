/*
 * Any bytes as a Table Schema or Data Package, then as cells of its fields: read or refused,
 * and what was read is spelled and compared.
 */
#include "guard/schema_value.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_cells(const struct guard_field *f, struct view cell)
{
	AUTO_STR struct str scratch = {0};
	AUTO_STR struct str spelled = {0};
	struct guard_typed v;

	if (guard_field_is_missing(f, cell))
		return;
	guard_field_value(f, cell, &scratch, &v);
	(void)guard_typed_spell(f, &v, &spelled);
	if (v.kind >= GUARD_VALUE_INTEGER && guard_typed_cmp(&v, &v) != 0)
		abort();
	if (f->list)
		(void)guard_list_has(f->list, f, &v, &spelled);
	if (f->pattern)
		(void)guard_regex_matches(f->pattern, cell);
}

/* The beginning of the text, at every length. */
static void read_fields(const struct guard_fields *fields, struct view text)
{
	for (size_t f = 0; f < fields->len; f++)
		for (size_t n = 0; n < MIN(text.len, (size_t)40); n++)
			read_cells(&fields->ptr[f], (struct view){text.ptr, n});
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_SCHEMA struct guard_schema s = {0};
	struct view text = {(const char *)data, size};
	struct err err = {0};

	if (guard_schema_parse(&s, "fuzz", NULL, text, &err) < 0) {
		if (err.code != ERR_FORMAT && err.code != ERR_LIMIT)
			abort();
		return 0;
	}
	for (size_t t = 0; t < s.tables.len; t++)
		read_fields(&s.tables.ptr[t].fields, text);
	return 0;
}
