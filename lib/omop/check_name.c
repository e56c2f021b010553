/* How checks are called, in messages, reports and the Dashboard's files. */
#include "omop/check.h"

const char *omop_status_name(enum omop_check_status status)
{
	static const char *const names[OMOP_STATUSES] = {
	    [OMOP_PASS] = "pass",
	    [OMOP_FAIL] = "fail",
	    [OMOP_NOT_APPLICABLE] = "not applicable",
	    [OMOP_ERROR] = "error",
	};

	return names[status];
}

const char *omop_severity_name(enum omop_severity severity)
{
	static const char *const names[OMOP_SEVERITIES] = {
	    [OMOP_FATAL] = "fatal",
	    [OMOP_CONVENTION] = "convention",
	    [OMOP_CHARACTERIZATION] = "characterization",
	};

	return names[severity];
}

const char *omop_check_level_name(enum omop_check_level level)
{
	static const char *const names[] = {
	    [OMOP_LEVEL_TABLE] = "TABLE",
	    [OMOP_LEVEL_FIELD] = "FIELD",
	    [OMOP_LEVEL_CONCEPT] = "CONCEPT",
	};

	return names[level];
}

const char *omop_cdm_version_name(enum omop_cdm_version version)
{
	return version == OMOP_CDM_53 ? "5.3" : "5.4";
}

double omop_check_share(const struct omop_check *c)
{
	return c->denominator > 0 ? (double)c->violated / (double)c->denominator : 0.0;
}

static void add_case(struct str *out, const char *text, char first, char last, int shift)
{
	for (; text && *text; text++)
		str_addc(out, *text >= first && *text <= last ? (char)(*text + shift) : *text);
}

static void add_upper(struct str *out, const char *text)
{
	add_case(out, text, 'a', 'z', 'A' - 'a');
}

char *omop_check_id(const struct omop_check_result *r, const struct omop_check *c)
{
	const struct omop_check_type *t = &r->types[c->kind];
	const char *const parts[] = {omop_check_level_name(t->level), t->name, c->table, c->field,
	    c->concept_ids};
	struct str out = {0};

	for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
		if (!parts[i])
			continue;
		if (out.len)
			str_addc(&out, '_');
		add_case(&out, parts[i], 'A', 'Z', 'a' - 'A');
	}
	return str_take(&out);
}

static void add_word(struct str *out, const struct omop_check *c, struct view word)
{
	if (view_eq(word, VIEW_LIT("table"))) {
		add_upper(out, c->table);
	} else if (view_eq(word, VIEW_LIT("field"))) {
		add_upper(out, c->field);
	} else if (view_eq(word, VIEW_LIT("value"))) {
		str_addz(out, c->value ? c->value : "");
	} else if (view_eq(word, VIEW_LIT("concept"))) {
		str_addf(out, "%s (%s)", c->concept_ids, c->concept_name);
	} else if (c->other_field) {
		if (strcmp(c->other_table, c->table) != 0) {
			add_upper(out, c->other_table);
			str_addc(out, '.');
		}
		add_upper(out, c->other_field);
	}
}

char *omop_check_description(const struct omop_check_result *r, const struct omop_check *c)
{
	struct view text = VIEW(r->types[c->kind].description);
	struct view piece;
	struct str out = {0};
	bool inside = false;

	while (view_next(&text, '@', &piece)) {
		if (inside)
			add_word(&out, c, piece);
		else
			str_add(&out, piece);
		inside = !inside;
	}
	return str_take(&out);
}
