#include "report/summarised.h"

#include "io/csv.h"

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

const char *summarised_setting_get(const struct summarised *s, int result_id, const char *name)
{
	for (size_t i = 0; i < s->settings.len; i++) {
		const struct summarised_setting *e = &s->settings.ptr[i];

		if (e->result_id == result_id && strcmp(e->name, name) == 0)
			return e->value;
	}
	return "";
}

static void add_record(struct str *out, const char *const *fields, size_t count)
{
	for (size_t i = 0; i < count; i++)
		csv_add_field(out, VIEW(fields[i]), i == 0);
	csv_add_end(out);
}

void summarised_to_csv(const struct summarised *s, struct str *out)
{
	static const char *const header[] = {"result_id", "cdm_name", "group_name", "group_level",
	    "strata_name", "strata_level", "variable_name", "variable_level", "estimate_name",
	    "estimate_type", "estimate_value", "additional_name", "additional_level"};
	char id[16];

	add_record(out, header, ARRAY_LEN(header));
	for (size_t i = 0; i < s->rows.len; i++) {
		const struct summarised_row *r = &s->rows.ptr[i];
		const char *const fields[] = {id, s->cdm_name, r->group_name, r->group_level,
		    r->strata_name, r->strata_level, r->variable_name, r->variable_level,
		    r->estimate_name, r->estimate_type, r->estimate_value, r->additional_name,
		    r->additional_level};

		snprintf(id, sizeof(id), "%d", r->result_id);
		add_record(out, fields, ARRAY_LEN(fields));
	}
	for (size_t i = 0; i < s->settings.len; i++) {
		const struct summarised_setting *e = &s->settings.ptr[i];
		const char *const fields[] = {id, "", "overall", "overall", "overall", "overall",
		    "settings", "", e->name, e->type, e->value, "overall", "overall"};

		snprintf(id, sizeof(id), "%d", e->result_id);
		add_record(out, fields, ARRAY_LEN(fields));
	}
}
