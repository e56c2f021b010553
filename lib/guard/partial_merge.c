#include "guard/partial.h"

#include "base/str.h"

#include <inttypes.h>
#include <stdlib.h>

static void shift_rows(struct guard_rows *r, uint64_t by)
{
	for (size_t i = 0; i < MIN(r->count, GUARD_ROWS_TOLD); i++)
		r->first[i] += by;
}

static void merge_places(struct guard_places *to, struct guard_places *from,
    const struct guard_structure *before)
{
	shift_rows(&from->rows, before->rows);
	for (size_t i = 0; i < GUARD_ROWS_TOLD; i++)
		from->at[i] += before->bytes;
	guard_places_merge(to, from);
}

static void merge_structure(struct guard_structure *s, struct guard_structure *from)
{
	merge_places(&s->blank, &from->blank, s);
	merge_places(&s->short_rows, &from->short_rows, s);
	merge_places(&s->long_rows, &from->long_rows, s);
	merge_places(&s->nul, &from->nul, s);
	merge_places(&s->bad_line, &from->bad_line, s);
	merge_places(&s->deep_line, &from->deep_line, s);
	merge_places(&s->twice, &from->twice, s);
	if (!s->cut && from->cut)
		s->cut_at = s->bytes + from->cut_at;
	s->bytes += from->bytes;
	s->rows += from->rows;
	s->crlf += from->crlf;
	s->lf += from->lf;
	s->seen |= from->seen;
	s->no_last_line_end = s->no_last_line_end || from->no_last_line_end;
	s->open_quote = s->open_quote || from->open_quote;
	s->cut = s->cut || from->cut;
	s->end = MAX(s->end, from->end);
	s->deleted += from->deleted;
	s->left_out += from->left_out;
	if (!s->cut)
		s->cut_at = s->bytes;
}

static void shift_column(struct guard_column *c, uint64_t by)
{
	for (int i = 0; i < GUARD_DETECTORS; i++)
		shift_rows(&c->detected[i], by);
	for (size_t i = 0; i < c->values.slot_count; i++)
		c->values.slots[i].first_row += by;
}

static bool is_unnamed(struct view name, size_t column)
{
	AUTO_FREE char *unnamed = str_format("column %zu", column + 1);

	return view_eq(name, VIEW(unnamed));
}

/* A part may hide a name that is a value of it: another tells it. */
static int merge_names(struct guard_dialect *to, const struct guard_dialect *from, struct err *err)
{
	if (to->names.len != from->names.len)
		return err_set(err, ERR_FORMAT, "a part has %zu variables, another %zu",
		    to->names.len, from->names.len);
	for (size_t i = 0; i < to->names.len; i++) {
		struct view *name = &to->names.ptr[i];

		if (is_unnamed(*name, i))
			*name = arena_view(&to->arena, from->names.ptr[i]);
		else if (!view_eq(*name, from->names.ptr[i]) && !is_unnamed(from->names.ptr[i], i))
			return err_set(err, ERR_FORMAT,
			    "parts are of different tables: variable %zu has another name", i + 1);
	}
	return 0;
}

static bool same_risk(const struct guard_partial *a, const struct guard_partial *b)
{
	if (a->risk.count != b->risk.count)
		return false;
	for (size_t i = 0; i < a->risk.count; i++)
		if (a->risk.variables[i] != b->risk.variables[i])
			return false;
	return a->risk.count == 0 || a->tallies[0].max == b->tallies[0].max;
}

static bool same_attributes(const struct guard_partial *a, const struct guard_partial *b)
{
	if (a->diversity.count != b->diversity.count)
		return false;
	for (size_t i = 0; i < a->diversity.count; i++)
		if (a->diversity.attributes[i].column != b->diversity.attributes[i].column ||
		    a->pairs[i].max != b->pairs[i].max)
			return false;
	return true;
}

static bool same_options(const struct guard_partial *a, const struct guard_partial *b)
{
	return a->structure_only == b->structure_only && a->csv.format == b->csv.format &&
	       (a->csv.dialect.names.len == 0 ||
		   (a->csv.columns[0].values.max == b->csv.columns[0].values.max &&
		       a->csv.joint.months.max == b->csv.joint.months.max));
}

/* Parts that were looked at alone may see other roles: then nothing is told of any. */
static void merge_joint(struct guard_csv *to, const struct guard_csv *from)
{
	if (guard_roles_same(&to->roles, &from->roles)) {
		guard_joint_merge(&to->joint, &from->joint);
		return;
	}
	guard_roles_init(&to->roles);
	to->roles.differ = true;
	guard_joint_clear(&to->joint);
}

static int merge_part(struct guard_partial *ret, struct guard_partial *p, struct err *err)
{
	if (merge_names(&ret->csv.dialect, &p->csv.dialect, err) < 0)
		return -1;
	if (!same_risk(ret, p) || !same_attributes(ret, p) || !same_options(ret, p)) {
		(void)err_set(err, ERR_USAGE, "parts were made with different options");
		return err_hint(err, "the same --risk, --attributes, --memory and --structure for "
				     "all of them");
	}
	for (size_t i = 0; i < p->csv.dialect.names.len; i++) {
		shift_column(&p->csv.columns[i], ret->csv.structure.rows);
		guard_column_merge(&ret->csv.columns[i], &p->csv.columns[i]);
		for (int k = 0; ret->csv.kinds && p->csv.kinds && k < JSON_LINE_KINDS; k++)
			ret->csv.kinds[i].count[k] += p->csv.kinds[i].count[k];
	}
	merge_structure(&ret->csv.structure, &p->csv.structure);
	guard_tally_merge(&ret->csv.rows, &p->csv.rows);
	merge_joint(&ret->csv, &p->csv);
	for (size_t i = 0; ret->risk.count && i <= ret->risk.count; i++)
		guard_tally_merge(&ret->tallies[i], &p->tallies[i]);
	for (size_t i = 0; i < ret->diversity.count; i++)
		guard_tally_merge(&ret->pairs[i], &p->pairs[i]);
	return 0;
}

static int by_number(const void *a, const void *b)
{
	const struct guard_partial *x = a, *y = b;

	return x->number < y->number ? -1 : x->number > y->number;
}

/* By their numbers, 1 to `count`, if any has one. */
static int order(struct guard_partial *parts, size_t count, struct err *err)
{
	bool any = false;

	for (size_t i = 0; i < count; i++)
		any = any || parts[i].number;
	if (!any)
		return 0;
	qsort(parts, count, sizeof(*parts), by_number);
	for (size_t i = 0; i < count; i++)
		if (parts[i].number != i + 1)
			return err_set(err, ERR_USAGE,
			    "part %zu is missing or another is there twice", i + 1);
	return 0;
}

int guard_partial_merge(struct guard_partial *ret, struct guard_partial *parts, size_t count,
    struct err *err)
{
	if (order(parts, count, err) < 0)
		return -1;
	*ret = parts[0];
	parts[0] = (struct guard_partial){0};
	for (size_t i = 1; i < count; i++) {
		if (merge_part(ret, &parts[i], err) < 0)
			return -1;
		guard_partial_clear(&parts[i]);
	}
	guard_csv_hide_names(&ret->csv);
	guard_risk_judge(&ret->risk, &ret->csv, ret->tallies);
	guard_diversity_judge(&ret->diversity, ret->pairs);
	return 0;
}
