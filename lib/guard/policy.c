#include "guard/policy.h"

#include "base/embed.h"

#include <string.h>

enum { RULES_MAX = 1000 };

/* Those that a scan can have: another name is a slip of the pen. */
static const char *const tables[] = {"faults", "sensitive", "risk", "diversity", "variables",
    "frequent", "patterns", "histogram", "periods", "findings", "checks", "changes", "drift",
    "files", "facts"};

static int refuse(struct err *err, const struct guard_policy *p, const char *place,
    const char *why)
{
	(void)err_set(err, ERR_FORMAT, "%s: %s %s", p->name, place, why);
	return -1;
}

static int check_keys(const struct guard_policy *p, const char *place, const json_t *object,
    const char *const *keys, struct err *err)
{
	const char *key;
	json_t *value;

	if (!json_is_object(object))
		return refuse(err, p, place, "is no object");
	json_object_foreach((json_t *)(uintptr_t)object, key, value)
	{
		size_t i = 0;

		while (keys[i] && strcmp(keys[i], key) != 0)
			i++;
		if (!keys[i])
			return refuse(err, p, place, "has a key that is not known");
	}
	return 0;
}

static int get_text(struct guard_policy *p, const char **ret, const char *place,
    const json_t *object, const char *key, struct err *err)
{
	const char *text = json_string_value(json_object_get(object, key));

	if (!text || !*text)
		return refuse(err, p, arena_format(&p->arena, "%s.%s", place, key), "is no text");
	*ret = arena_strdup(&p->arena, VIEW(text));
	return 0;
}

static const char *word_of(struct guard_policy *p, const json_t *value)
{
	if (json_is_string(value))
		return arena_strdup(&p->arena, VIEW(json_string_value(value)));
	if (json_is_integer(value))
		return arena_format(&p->arena, "%lld", (long long)json_integer_value(value));
	return NULL;
}

/* A word, or a list of them. */
static int read_words(struct guard_policy *p, struct guard_condition *c, const char *place,
    const json_t *value, struct err *err)
{
	size_t count = json_is_array(value) ? json_array_size(value) : 1;

	if (count == 0)
		return refuse(err, p, place, "is an empty list");
	c->words = arena_zalloc(&p->arena, count, sizeof(*c->words));
	c->word_count = count;
	for (size_t i = 0; i < count; i++) {
		const json_t *item = json_is_array(value) ? json_array_get(value, i) : value;

		c->words[i] = word_of(p, item);
		if (!c->words[i])
			return refuse(err, p, place, "is no text and no whole number");
	}
	return 0;
}

static int read_comparison(struct guard_policy *p, struct guard_condition *c, const char *place,
    const json_t *value, struct err *err)
{
	const json_t *above = json_object_get(value, "above");
	const json_t *below = json_object_get(value, "below");
	const json_t *none_of = json_object_get(value, "none_of");

	if (json_object_size(value) != 1 || (!above && !below && !none_of))
		return refuse(err, p, place, "has not one of above, below, none_of");
	if (none_of) {
		c->comparison = GUARD_NONE_OF;
		return read_words(p, c, place, none_of, err);
	}
	c->comparison = above ? GUARD_ABOVE : GUARD_BELOW;
	if (!json_is_number(above ? above : below))
		return refuse(err, p, place, "is compared with what is no number");
	c->limit = json_number_value(above ? above : below);
	return 0;
}

static int read_where(struct guard_policy *p, struct guard_policy_rule *r, const char *place,
    const json_t *where, struct err *err)
{
	const char *column;
	json_t *value;

	if (!where)
		return 0;
	if (!json_is_object(where))
		return refuse(err, p, place, "is no object");
	json_object_foreach((json_t *)(uintptr_t)where, column, value)
	{
		struct guard_condition *c = vec_push(&r->where);
		const char *here = arena_format(&p->arena, "%s.%s", place, column);

		c->column = arena_strdup(&p->arena, VIEW(column));
		if (json_is_object(value) ? read_comparison(p, c, here, value, err) < 0
					  : read_words(p, c, here, value, err) < 0)
			return -1;
	}
	return 0;
}

static int read_verdict(struct guard_policy *p, struct guard_policy_rule *r, const char *place,
    const json_t *item, struct err *err)
{
	const char *text = json_string_value(json_object_get(item, "verdict"));

	for (int v = GUARD_REVIEW; text && v <= GUARD_REFUSE; v++)
		if (strcmp(text, guard_verdict_name((enum guard_verdict)v)) == 0) {
			r->verdict = (enum guard_verdict)v;
			return 0;
		}
	return refuse(err, p, arena_format(&p->arena, "%s.verdict", place),
	    "is neither review nor refuse");
}

static int read_table(struct guard_policy *p, struct guard_policy_rule *r, const char *place,
    const json_t *item, struct err *err)
{
	bool has_table = json_object_get(item, "table") != NULL;
	const char *key = has_table ? "table" : "without";

	r->is_without = !has_table;
	if (has_table && json_object_get(item, "without"))
		return refuse(err, p, place, "has both table and without");
	if (get_text(p, &r->table, place, item, key, err) < 0)
		return -1;
	if (r->is_without && (json_object_get(item, "where") || json_object_get(item, "rows")))
		return refuse(err, p, place, "has without, and where or rows");
	for (size_t i = 0; i < ARRAY_LEN(tables); i++)
		if (strcmp(tables[i], r->table) == 0)
			return 0;
	return refuse(err, p, arena_format(&p->arena, "%s.%s", place, key),
	    "is no table of a scan");
}

static int read_rows(struct guard_policy *p, struct guard_policy_rule *r, const char *place,
    const json_t *item, struct err *err)
{
	const json_t *rows = json_object_get(item, "rows");

	r->rows = 1;
	if (!rows)
		return 0;
	if (!json_is_integer(rows) || json_integer_value(rows) < 1)
		return refuse(err, p, arena_format(&p->arena, "%s.rows", place),
		    "is no number from 1 on");
	r->rows = (uint64_t)json_integer_value(rows);
	return 0;
}

static int read_rule(struct guard_policy *p, const char *place, const json_t *item,
    struct err *err)
{
	static const char *const keys[] = {
	    "id", "table", "without", "where", "rows", "verdict", "reason", NULL};
	struct guard_policy_rule *r = vec_push(&p->rules);

	if (check_keys(p, place, item, keys, err) < 0 ||
	    get_text(p, &r->id, place, item, "id", err) < 0 ||
	    get_text(p, &r->reason, place, item, "reason", err) < 0 ||
	    read_table(p, r, place, item, err) < 0 ||
	    read_rows(p, r, place, item, err) < 0 ||
	    read_where(p, r, arena_format(&p->arena, "%s.where", place),
		json_object_get(item, "where"), err) < 0 ||
	    read_verdict(p, r, place, item, err) < 0)
		return -1;
	for (size_t i = 0; i + 1 < p->rules.len; i++)
		if (strcmp(p->rules.ptr[i].id, r->id) == 0)
			return refuse(err, p, arena_format(&p->arena, "%s.id", place),
			    "is that of another rule");
	return 0;
}

int guard_policy_parse(struct guard_policy *ret, const char *name, const json_t *json,
    struct err *err)
{
	static const char *const keys[] = {"policy", "rules", NULL};
	const json_t *rules = json_object_get(json, "rules");

	*ret = (struct guard_policy){0};
	ret->name = arena_strdup(&ret->arena, VIEW(name));
	if (check_keys(ret, "the policy", json, keys, err) < 0 ||
	    get_text(ret, &ret->title, "the policy", json, "policy", err) < 0)
		return -1;
	if (!json_is_array(rules) || json_array_size(rules) == 0 ||
	    json_array_size(rules) > RULES_MAX)
		return refuse(err, ret, "rules", "is no list of 1 to 1000 rules");
	for (size_t i = 0; i < json_array_size(rules); i++)
		if (read_rule(ret, arena_format(&ret->arena, "rules[%zu]", i),
			json_array_get(rules, i), err) < 0)
			return -1;
	return 0;
}

int guard_policy_read(struct guard_policy *ret, const char *path, struct err *err)
{
	static const char file[] = "guard/data/policy_default.json";
	bool is_default = strcmp(path, "default") == 0;
	AUTO_JSON json_t *json = NULL;

	*ret = (struct guard_policy){0};
	if (is_default ? json_parse(&json, file, embed_find(file), err) < 0
		       : json_read(&json, path, err) < 0)
		return -1;
	return guard_policy_parse(ret, path, json, err);
}

void guard_policy_clear(struct guard_policy *p)
{
	for (size_t i = 0; i < p->rules.len; i++)
		vec_clear(&p->rules.ptr[i].where);
	vec_clear(&p->rules);
	arena_clear(&p->arena);
}

const char *guard_verdict_name(enum guard_verdict v)
{
	static const char *const names[] = {"admit", "review", "refuse"};

	return names[v];
}
