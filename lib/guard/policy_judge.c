#include "guard/policy.h"

#include "base/map.h"

#include <inttypes.h>
#include <string.h>

enum { NAMES_TOLD = 3 };

static const struct report_column columns[] = {
    {"rule", "Rule", REPORT_TEXT},
    {"verdict", "Verdict", REPORT_WORDS},
    {"reason", "Reason", REPORT_WORDS},
    {"rows", "Times", REPORT_COUNT},
    {"of", "Of", REPORT_TEXT},
};

/* What a rule found. */
struct matched {
	uint64_t rows;
	struct map names; /* first cells of the first rows, each once */
};

static const struct report_table *find_table(const struct report *doc, const char *id)
{
	for (size_t i = 0; i < doc->tables.len; i++)
		if (strcmp(doc->tables.ptr[i]->id, id) == 0)
			return doc->tables.ptr[i];
	return NULL;
}

static bool has_word(const struct guard_condition *c, const char *text)
{
	for (size_t i = 0; i < c->word_count; i++)
		if (strcmp(c->words[i], text) == 0)
			return true;
	return false;
}

/* A cell without a number is neither above nor below. */
static bool holds(const struct guard_condition *c, const char *text)
{
	double x;

	switch (c->comparison) {
	case GUARD_ONE_OF: return has_word(c, text);
	case GUARD_NONE_OF: return !has_word(c, text);
	case GUARD_ABOVE: return view_to_double(VIEW(text), &x) && x > c->limit;
	case GUARD_BELOW: return view_to_double(VIEW(text), &x) && x < c->limit;
	default: return false;
	}
}

static size_t find_column(const struct report_table *t, const char *name)
{
	size_t i = 0;

	while (i < t->column_count && strcmp(t->columns[i].name, name) != 0)
		i++;
	return i;
}

static const char *cell(const struct report_table *t, size_t row, size_t column)
{
	return t->cells.ptr[row * t->column_count + column];
}

static bool holds_row(const struct guard_policy_rule *r, const struct report_table *t, size_t row)
{
	for (size_t i = 0; i < r->where.len; i++) {
		const struct guard_condition *c = &r->where.ptr[i];

		if (!holds(c, cell(t, row, find_column(t, c->column))))
			return false;
	}
	return true;
}

/* Of which: the variable where the table has one. */
static void add_name(struct matched *m, const struct report_table *t, size_t row)
{
	size_t column = find_column(t, "variable");
	const char *name = cell(t, row, column < t->column_count ? column : 0);

	m->rows++;
	if (*name && m->names.entries.len <= NAMES_TOLD)
		map_add(&m->names, VIEW(name), 1);
}

static int no_column(struct err *err, const struct guard_policy *p,
    const struct guard_policy_rule *r, const char *column)
{
	return err_set(err, ERR_FORMAT, "%s: rules[%td].where.%s is no column of %s", p->name,
	    r - p->rules.ptr, column, r->table);
}

static int match_table(struct matched *ret, const struct report_table *t,
    const struct guard_policy *p, const struct guard_policy_rule *r, struct err *err)
{
	for (size_t i = 0; i < r->where.len; i++)
		if (find_column(t, r->where.ptr[i].column) == t->column_count)
			return no_column(err, p, r, r->where.ptr[i].column);
	for (size_t row = 0; row < report_rows(t); row++)
		if (holds_row(r, t, row))
			add_name(ret, t, row);
	return 0;
}

static const char *find_fact(const struct report *doc, const char *key)
{
	for (size_t i = 0; i < doc->facts.len; i++)
		if (strcmp(doc->facts.ptr[i].key, key) == 0)
			return doc->facts.ptr[i].value;
	return NULL;
}

/* The facts are one row; one that is not told holds for nothing. */
static void match_facts(struct matched *ret, const struct report *doc,
    const struct guard_policy_rule *r)
{
	for (size_t i = 0; i < r->where.len; i++) {
		const char *value = find_fact(doc, r->where.ptr[i].column);

		if (!value || !holds(&r->where.ptr[i], value))
			return;
	}
	ret->rows = 1;
}

static int match_rule(struct matched *ret, const struct report *doc,
    const struct guard_policy *p, const struct guard_policy_rule *r, struct err *err)
{
	const struct report_table *t = find_table(doc, r->table);

	if (r->is_without)
		ret->rows = !t;
	else if (strcmp(r->table, "facts") == 0)
		match_facts(ret, doc, r);
	else if (t)
		return match_table(ret, t, p, r, err);
	return 0;
}

static void add_names(struct report *doc, struct report_table *t, const struct matched *m)
{
	AUTO_STR struct str text = {0};

	for (size_t i = 0; i < MIN(m->names.entries.len, (size_t)NAMES_TOLD); i++)
		str_addf(&text, "%s%.*s", i ? ", " : "", VIEW_ARG(m->names.entries.ptr[i].key));
	if (m->names.entries.len > NAMES_TOLD)
		str_addz(&text, " …");
	report_add_cell(doc, t, "%s", str_get(&text));
}

static void tell(struct report *doc, struct report_table *t, const struct guard_policy_rule *r,
    const struct matched *m)
{
	report_add_cell(doc, t, "%s", r->id);
	report_add_cell(doc, t, "%s", guard_verdict_name(r->verdict));
	report_add_cell(doc, t, "%s", r->reason);
	report_add_cell(doc, t, "%" PRIu64, m->rows);
	add_names(doc, t, m);
}

static int judge_rule(enum guard_verdict *worst, struct report *doc, struct report_table *t,
    const struct guard_policy *p, const struct guard_policy_rule *r, enum guard_verdict only,
    struct err *err)
{
	struct matched m = {0};
	int rc = r->verdict == only ? match_rule(&m, doc, p, r, err) : 0;

	if (rc == 0 && r->verdict == only && m.rows >= r->rows) {
		tell(doc, t, r, &m);
		*worst = MAX(*worst, r->verdict);
	}
	map_clear(&m.names);
	return rc;
}

int guard_policy_judge(enum guard_verdict *ret, struct report *doc, const struct guard_policy *p,
    struct err *err)
{
	struct report_table *t = report_add_table(doc, "verdict", "Verdict", REPORT_SHOWN,
	    columns, ARRAY_LEN(columns));
	enum guard_verdict worst = GUARD_ADMIT;

	for (int only = GUARD_REFUSE; only > GUARD_ADMIT; only--)
		for (size_t i = 0; i < p->rules.len; i++)
			if (judge_rule(&worst, doc, t, p, &p->rules.ptr[i],
				(enum guard_verdict)only, err) < 0)
				return -1;
	report_add_word(doc, "policy", "Policy", p->title);
	report_add_word(doc, "verdict", "Verdict", guard_verdict_name(worst));
	*ret = worst;
	return 0;
}
