#include "guard/diversity.h"

#include <math.h>

static const double THREE = 3;

void guard_diversity_propose(struct guard_diversity *ret, const struct guard_risk *risk,
    const struct guard_findings *f)
{
	*ret = (struct guard_diversity){0};
	for (size_t i = 0; risk->count && i < f->columns.len; i++) {
		const struct guard_evidence *e = &f->columns.ptr[i];

		if (ret->count < GUARD_DIVERSITY_ATTRIBUTES && e->kind &&
		    e->class == GUARD_CLASS_SENSITIVE && e->confidence > GUARD_LOW &&
		    !guard_is_hidden(e) && !guard_risk_has(risk, i))
			ret->attributes[ret->count++].column = i;
	}
}

static bool has_attribute(const struct guard_diversity *d, size_t column)
{
	for (size_t i = 0; i < d->count; i++)
		if (d->attributes[i].column == column)
			return true;
	return false;
}

int guard_diversity_name(struct guard_diversity *ret, const struct guard_risk *risk,
    const struct guard_csv *c, const char *names, struct err *err)
{
	struct view rest = VIEW(names), name;
	size_t column;

	*ret = (struct guard_diversity){0};
	while (view_next(&rest, ',', &name)) {
		name = view_trim(name);
		if (guard_column_named(&column, c, name, err) < 0)
			return -1;
		if (has_attribute(ret, column) || guard_risk_has(risk, column))
			return err_set(err, ERR_USAGE, "variable '%.*s' is named twice",
			    VIEW_ARG(name));
		if (ret->count == GUARD_DIVERSITY_ATTRIBUTES)
			return err_set(err, ERR_USAGE, "more than %d attributes",
			    GUARD_DIVERSITY_ATTRIBUTES);
		ret->attributes[ret->count++].column = column;
	}
	return 0;
}

static uint64_t class_of(const struct guard_tally_slot *s)
{
	return s->key >> GUARD_CLASS_SHIFT;
}

/* One class: slots of the same 40 bits. */
static void read_class(struct guard_diverse *ret, const struct guard_tally_slot *slots,
    size_t values, uint64_t *one, uint64_t *few)
{
	uint64_t rows = 0;
	double entropy = 0;

	for (size_t i = 0; i < values; i++)
		rows += slots[i].count;
	for (size_t i = 0; i < values && values > 1; i++) {
		double share = (double)slots[i].count / (double)rows;

		entropy -= share * log(share);
	}
	*one += values == 1 ? rows : 0;
	*few += (double)values < THREE ? rows : 0;
	ret->least = ret->classes ? MIN(ret->least, values) : values;
	ret->least_spread = ret->classes ? fmin(ret->least_spread, exp(entropy)) : exp(entropy);
	ret->classes++;
}

static void read_tally(struct guard_diverse *ret, struct guard_tally *t)
{
	size_t n = guard_tally_sort(t);
	uint64_t rows = 0, one = 0, few = 0;

	if (n == 0)
		return;
	for (size_t i = 0; i < n; i++)
		rows += t->slots[i].count;
	for (size_t i = 0, next; i < n; i = next) {
		next = i + 1;
		while (next < n && class_of(&t->slots[next]) == class_of(&t->slots[i]))
			next++;
		read_class(ret, t->slots + i, next - i, &one, &few);
	}
	ret->one_value = (double)one / (double)rows;
	ret->below_three = (double)few / (double)rows;
	ret->is_exact = t->level == 0;
	ret->classes <<= t->level;
}

void guard_diversity_judge(struct guard_diversity *d, struct guard_tally *tallies)
{
	for (size_t i = 0; i < d->count; i++)
		read_tally(&d->attributes[i], &tallies[i]);
}
