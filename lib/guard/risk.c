#include "guard/risk.h"

void guard_risk_propose(struct guard_risk *ret, const struct guard_findings *f)
{
	*ret = (struct guard_risk){0};
	for (size_t i = 0; i < f->columns.len && ret->count < GUARD_RISK_VARIABLES; i++) {
		const struct guard_evidence *e = &f->columns.ptr[i];

		if (e->kind && e->class == GUARD_CLASS_QUASI && e->confidence > GUARD_LOW)
			ret->variables[ret->count++] = i;
	}
}

bool guard_risk_has(const struct guard_risk *r, size_t column)
{
	for (size_t i = 0; i < r->count; i++)
		if (r->variables[i] == column)
			return true;
	return false;
}

int guard_column_named(size_t *ret, const struct guard_csv *c, struct view name, struct err *err)
{
	for (*ret = 0; *ret < c->dialect.names.len; (*ret)++)
		if (view_eq_nocase(c->dialect.names.ptr[*ret], name))
			return 0;
	return err_set(err, ERR_USAGE, "the file has no variable '%.*s'", VIEW_ARG(name));
}

static int add_name(struct guard_risk *ret, const struct guard_csv *c, struct view name,
    struct err *err)
{
	size_t column;

	if (ret->count == GUARD_RISK_VARIABLES)
		return err_set(err, ERR_USAGE, "more than %d variables to judge together",
		    GUARD_RISK_VARIABLES);
	if (guard_column_named(&column, c, name, err) < 0)
		return -1;
	if (guard_risk_has(ret, column))
		return err_set(err, ERR_USAGE, "variable '%.*s' is named twice", VIEW_ARG(name));
	ret->variables[ret->count++] = column;
	return 0;
}

int guard_risk_name(struct guard_risk *ret, const struct guard_csv *c, const char *names,
    struct err *err)
{
	struct view rest = VIEW(names), name;

	*ret = (struct guard_risk){0};
	while (view_next(&rest, ',', &name))
		if (add_name(ret, c, view_trim(name), err) < 0)
			return -1;
	return 0;
}

size_t guard_risk_classes_max(size_t variables, uint64_t memory_bytes)
{
	/* tables are a quarter full at least, and while one grows there are two of it */
	return MAX(memory_bytes / 2 / (variables + 1) / (6 * sizeof(struct guard_tally_slot)),
	    (uint64_t)1024);
}

static void read_tally(struct guard_risk_set *ret, const struct guard_tally *t)
{
	uint64_t rows = 0, unique = 0, below = 0;

	ret->k_min = UINT64_MAX;
	for (size_t i = 0; i < t->slot_count; i++) {
		uint64_t n = t->slots[i].count;

		if (!n)
			continue;
		rows += n;
		unique += n == 1;
		below += n < GUARD_RISK_CELL ? n : 0;
		ret->k_min = MIN(ret->k_min, n);
	}
	ret->k_min = rows ? ret->k_min : 0;
	ret->unique = rows ? (double)unique / (double)rows : 0;
	ret->below = rows ? (double)below / (double)rows : 0;
	ret->classes = (uint64_t)t->kept << t->level;
	ret->is_exact = t->level == 0;
}

void guard_risk_judge(struct guard_risk *r, const struct guard_csv *c,
    const struct guard_tally *tallies)
{
	r->rows = guard_data_rows(&c->structure);
	for (size_t i = 0; r->count && i <= r->count; i++) {
		r->sets[i].without = i ? i - 1 : r->count;
		read_tally(&r->sets[i], &tallies[i]);
	}
}

size_t guard_risk_costliest(const struct guard_risk *r)
{
	size_t best = 1;

	for (size_t i = 2; i <= r->count; i++)
		if (r->sets[i].below < r->sets[best].below ||
		    (r->sets[i].below == r->sets[best].below &&
			r->sets[i].unique < r->sets[best].unique))
			best = i;
	return best;
}
