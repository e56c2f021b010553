#include "guard/rules.h"

#include "guard/schema_build.h"

#include "io/file.h"

void guard_rules_clear(struct guard_rules *r)
{
	guard_schema_clear(&r->types);
	vec_clear(&r->list);
}

/* "tables": each is a Table Schema, of which the fields are taken. */
static int parse_tables(struct guard_rules *r, json_t *tables, struct err *err)
{
	const char *name;
	json_t *json;

	if (tables && !json_is_object(tables))
		return guard_schema_error(err, "", "tables", "not an object");
	json_object_foreach(tables, name, json)
	{
		struct guard_table *t = vec_push(&r->types.tables);
		AUTO_FREE char *path = str_format("tables.%s", name);

		t->name = arena_strdup(&r->types.arena, VIEW(name));
		t->path = "";
		if (guard_table_parse(&r->types, t, json, path, err) < 0)
			return -1;
	}
	return 0;
}

static int parse_numbers(struct guard_own_rule *rule, const json_t *json, const char *severity,
    const char *path, struct err *err)
{
	const json_t *threshold = json_object_get(json, "threshold");

	if (!guard_severity_parse(VIEW(severity), &rule->severity))
		return guard_schema_error(err, path, "severity", "none of note, warning, error");
	if (threshold && !json_is_number(threshold))
		return guard_schema_error(err, path, "threshold", "not a number");
	rule->threshold = threshold ? json_number_value(threshold) : 0;
	if (rule->threshold < 0 || rule->threshold > 100)
		return guard_schema_error(err, path, "threshold", "not a percentage");
	return 0;
}

static bool is_category(const char *word)
{
	return strcmp(word, "conformance") == 0 || strcmp(word, "completeness") == 0 ||
	       strcmp(word, "plausibility") == 0;
}

/* A misspelt property is not to be passed over. */
static int check_names(json_t *json, const char *path, struct err *err)
{
	static const char *const known[] = {"id", "table", "that", "message", "severity",
	    "threshold", "category", "description"};
	const char *name;
	json_t *value;

	json_object_foreach(json, name, value)
	{
		bool found = false;

		for (size_t i = 0; i < ARRAY_LEN(known); i++)
			found = found || strcmp(name, known[i]) == 0;
		if (!found)
			return guard_schema_error(err, path, name, "no property of a rule");
	}
	return 0;
}

static int parse_rule(struct guard_rules *r, json_t *json, struct map *ids, const char *path,
    struct err *err)
{
	struct guard_own_rule *rule = vec_push(&r->list);
	struct guard_schema *s = &r->types;
	const char *severity = "error";

	*rule = (struct guard_own_rule){.table = "", .category = "plausibility"};
	if (!json_is_object(json))
		return guard_schema_error(err, path, "", "not an object");
	if (check_names(json, path, err) < 0 ||
	    guard_json_text(s, json, "id", &rule->id, path, err) < 0 ||
	    guard_json_text(s, json, "table", &rule->table, path, err) < 0 ||
	    guard_json_text(s, json, "that", &rule->that, path, err) < 0 ||
	    guard_json_text(s, json, "message", &rule->message, path, err) < 0 ||
	    guard_json_text(s, json, "category", &rule->category, path, err) < 0 ||
	    guard_json_text(s, json, "severity", &severity, path, err) < 0)
		return -1;
	if (!rule->id || !*rule->id)
		return guard_schema_error(err, path, "id", "is missing");
	if (!rule->that)
		return guard_schema_error(err, path, "that", "is missing");
	if (map_find(ids, VIEW(rule->id)))
		return guard_schema_error(err, path, "id", "stands there twice");
	(void)map_intern(ids, VIEW(rule->id));
	if (!is_category(rule->category))
		return guard_schema_error(err, path, "category",
		    "none of conformance, completeness, plausibility");
	return parse_numbers(rule, json, severity, path, err);
}

static int parse_rules(struct guard_rules *r, json_t *json, struct err *err)
{
	AUTO_MAP struct map ids = {0};
	json_t *rules = json_object_get(json, "rules");

	if (!json_is_array(rules) || json_array_size(rules) == 0)
		return guard_schema_error(err, "", "rules", "not a list of rules");
	if (json_array_size(rules) > GUARD_RULES_MAX)
		return err_set(err, ERR_LIMIT, "rules: more than %d", GUARD_RULES_MAX);
	for (size_t i = 0; i < json_array_size(rules); i++) {
		AUTO_FREE char *path = str_format("rules[%zu]", i);

		if (parse_rule(r, json_array_get(rules, i), &ids, path, err) < 0)
			return -1;
	}
	return 0;
}

int guard_rules_parse(struct guard_rules *ret, const char *name, struct view text, struct err *err)
{
	AUTO_JSON json_t *json = NULL;

	*ret = (struct guard_rules){0};
	ret->types.name = arena_strdup(&ret->types.arena, VIEW(name));
	if (json_parse(&json, name, text, err) < 0)
		return -1;
	if (parse_tables(ret, json_object_get(json, "tables"), err) < 0 ||
	    parse_rules(ret, json, err) < 0)
		return err_wrap(err, "%s", name);
	return 0;
}

int guard_rules_read(struct guard_rules *ret, const char *path, struct err *err)
{
	AUTO_STR struct str text = {0};

	*ret = (struct guard_rules){0};
	if (file_read(path, JSON_FILE_MAX, &text, err) < 0)
		return -1;
	return guard_rules_parse(ret, path, str_view(&text), err);
}
