#include "report/summarised.h"

#include <stdarg.h>
#include <stdio.h>

struct summarised *summarised_new(const char *cdm_name)
{
	struct summarised *s = mem_zalloc(1, sizeof(*s));

	s->cdm_name = arena_strdup(&s->arena, VIEW(cdm_name));
	return s;
}

void summarised_free(struct summarised **s)
{
	if (!*s)
		return;
	vec_clear(&(*s)->rows);
	vec_clear(&(*s)->settings);
	arena_clear(&(*s)->arena);
	free(*s);
	*s = NULL;
}

void summarised_set(struct summarised *s, int result_id, const char *name, const char *type,
    const char *fmt, ...)
{
	AUTO_STR struct str value = {0};
	va_list ap;

	va_start(ap, fmt);
	str_addvf(&value, fmt, ap);
	va_end(ap);
	*vec_push(&s->settings) = (struct summarised_setting){
	    result_id, name, type, arena_strdup(&s->arena, str_view(&value))};
}

const char *const *summarised_fields(const struct summarised *s, size_t index)
{
	static _Thread_local const char *fields[SUMMARISED_COLUMNS];
	static _Thread_local char id[16];

	if (index < s->rows.len) {
		const struct summarised_row *r = &s->rows.ptr[index];
		const char *const row[SUMMARISED_COLUMNS] = {id, s->cdm_name, r->group_name,
		    r->group_level, r->strata_name, r->strata_level, r->variable_name,
		    r->variable_level, r->estimate_name, r->estimate_type, r->estimate_value,
		    r->additional_name, r->additional_level};

		snprintf(id, sizeof(id), "%d", r->result_id);
		memcpy(fields, row, sizeof(fields));
	} else {
		const struct summarised_setting *e = &s->settings.ptr[index - s->rows.len];
		const char *const row[SUMMARISED_COLUMNS] = {id, s->cdm_name, "overall", "overall",
		    "overall", "overall", "settings", "overall", e->name, e->type, e->value,
		    "overall", "overall"};

		snprintf(id, sizeof(id), "%d", e->result_id);
		memcpy(fields, row, sizeof(fields));
	}
	return fields;
}
