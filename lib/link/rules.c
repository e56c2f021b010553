/*
 * For each rule the records are sorted by a hash of its fields; inside a run
 * of equal hashes the values are compared.
 */
#include "link/rules.h"

#include "base/cancel.h"
#include "link/sort.h"
#include "link/sort_edges.h"

void link_rules_clear(struct link_rules *rules)
{
	vec_clear(&rules->list);
}

static void add_rule(struct link_rules *rules, uint32_t fields, unsigned step)
{
	*vec_push(&rules->list) = (struct link_rule){.fields = fields, .step = step};
}

static int fields_of_key(const struct link_key *key, const struct link_records *r,
    uint32_t *ret, struct err *err)
{
	*ret = 0;
	for (size_t i = 0; i < key->columns; i++) {
		uint32_t bit = 0;

		for (size_t f = 0; f < r->fields && !bit; f++)
			if (view_eq_nocase(VIEW(key->column[i]), VIEW(r->field[f].column)))
				bit = (uint32_t)1 << f;
		if (!bit)
			return err_set(err, ERR_FORMAT, "key column \"%s\" is no field to compare",
			    key->column[i]);
		*ret |= bit;
	}
	return 0;
}

static uint32_t all_fields(const struct link_records *r)
{
	uint32_t fields = 0;

	for (size_t f = 0; f < r->fields; f++)
		if (r->known[f])
			fields |= (uint32_t)1 << f;
	return fields;
}

static int make_exact(struct link_rules *ret, const struct link_spec *spec,
    const struct link_records *r, struct err *err)
{
	for (size_t k = 0; k < spec->keys.len; k++) {
		uint32_t fields;

		if (fields_of_key(&spec->keys.ptr[k], r, &fields, err) < 0)
			return -1;
		add_rule(ret, fields, ret->steps++);
	}
	if (spec->keys.len)
		return 0;
	for (size_t f = 0; f < r->fields; f++)
		if (r->field[f].kind == LINK_IDENTIFIER && r->known[f])
			add_rule(ret, (uint32_t)1 << f, ret->steps++);
	add_rule(ret, all_fields(r), ret->steps++);
	return 0;
}

/* All choices of `take` bits of `fields`, the first ones first. */
static int add_choices(struct link_rules *ret, uint32_t fields, unsigned take, uint32_t chosen,
    struct err *err)
{
	if (take == 0) {
		if (ret->list.len == LINK_RULES_MAX)
			return err_set(err, ERR_LIMIT, "a cascade of more than %d rules",
			    LINK_RULES_MAX);
		add_rule(ret, chosen, ret->steps - 1);
		return 0;
	}
	for (; (unsigned)__builtin_popcount(fields) >= take; fields &= fields - 1)
		if (add_choices(ret, fields & (fields - 1), take - 1,
			chosen | (fields & -fields), err) < 0)
			return -1;
	return 0;
}

/* Of three or four criteria one may differ, of more two. */
static unsigned default_drop(unsigned criteria)
{
	return MIN(2u, (criteria - 1) / 2);
}

static int make_cascade(struct link_rules *ret, const struct link_spec *spec,
    const struct link_records *r, struct err *err)
{
	uint32_t fields = all_fields(r);
	unsigned drop;

	if (spec->keys.len > 1)
		return err_set(err, ERR_FORMAT, "a cascade has one key: its criteria");
	if (spec->keys.len && fields_of_key(&spec->keys.ptr[0], r, &fields, err) < 0)
		return -1;
	ret->criteria = (unsigned)__builtin_popcount(fields);
	drop = spec->drop ? spec->drop : ret->criteria ? default_drop(ret->criteria)
	                                               : 0;
	if (drop >= ret->criteria)
		return err_set(err, ERR_FORMAT, "%u of %u criteria cannot be dropped", drop,
		    ret->criteria);
	for (unsigned k = 0; k <= drop; k++) {
		ret->steps++;
		if (add_choices(ret, fields, ret->criteria - k, 0, err) < 0)
			return -1;
	}
	return 0;
}

int link_rules_make(struct link_rules *ret, const struct link_spec *spec,
    const struct link_records *r, struct err *err)
{
	int rc;

	*ret = (struct link_rules){0};
	rc = spec->method == LINK_BY_CASCADE ? make_cascade(ret, spec, r, err)
	                                     : make_exact(ret, spec, r, err);
	if (rc < 0)
		link_rules_clear(ret);
	return rc;
}

/* 0: a value is missing. */
static uint32_t key_of(const uint32_t *row, uint32_t fields)
{
	uint64_t x = 0;

	for (; fields; fields &= fields - 1) {
		uint32_t value = row[__builtin_ctz(fields)];

		if (!value)
			return 0;
		x = (x ^ value) * UINT64_C(0x9E3779B97F4A7C15);
		x ^= x >> 29;
	}
	return (uint32_t)(x >> 32) | 1;
}

static uint32_t same_fields(const struct link_records *r, uint32_t a, uint32_t b)
{
	const uint32_t *x = link_row(r, a);
	const uint32_t *y = link_row(r, b);
	uint32_t same = 0;

	for (size_t f = 0; f < r->fields; f++)
		same |= (uint32_t)(x[f] && x[f] == y[f]) << f;
	return same;
}

struct finder {
	struct link_edges *edges;
	const struct link_rules *rules;
	const struct link_records *r;
	const struct link_score *s;
	bool across;
	struct link_keyed *items;
};

/* Whether a rule holds, and none before it. */
static bool is_first(const struct finder *f, size_t rule, uint32_t same)
{
	size_t i = 0;

	while (i < rule && (f->rules->list.ptr[i].fields & ~same))
		i++;
	return i == rule && !(f->rules->list.ptr[rule].fields & ~same);
}

static int take_pair(struct finder *f, size_t rule, uint32_t a, uint32_t b, struct err *err)
{
	f->edges->compared++;
	if (!is_first(f, rule, same_fields(f->r, a, b)))
		return 0;
	if (f->s->most_kept && f->edges->list.len >= f->s->most_kept) {
		err_set_(err, ERR_LIMIT, "more than %llu pairs share a key",
		    (unsigned long long)f->s->most_kept);
		return err_hint(err, "name more fields in the keys, or drop fewer criteria");
	}
	*vec_push(&f->edges->list) = (struct link_edge){.a = a,
	    .b = b,
	    .weight = (int32_t)(f->rules->steps - f->rules->list.ptr[rule].step) * LINK_BIT};
	return 0;
}

/* Records ascend in a run of equal keys, those of the left file first. */
static int take_run(struct finder *f, size_t rule, size_t start, size_t end, struct err *err)
{
	size_t right = start;

	while (f->across && right < end && !link_record_source(f->r, f->items[right].record))
		right++;
	for (size_t i = start; i < (f->across ? right : end); i++)
		for (size_t j = f->across ? right : i + 1; j < end; j++)
			if (take_pair(f, rule, f->items[i].record, f->items[j].record, err) < 0)
				return -1;
	return 0;
}

static int take_rule(struct finder *f, size_t rule, struct err *err)
{
	size_t n = 0;

	for (size_t i = 0; i < f->r->count; i++) {
		uint32_t key = key_of(link_row(f->r, i), f->rules->list.ptr[rule].fields);

		if (key)
			f->items[n++] = (struct link_keyed){key, (uint32_t)i};
	}
	link_sort_on(f->s->threads, f->items, n);
	for (size_t start = 0, end; start < n; start = end) {
		end = start + 1;
		while (end < n && f->items[end].key == f->items[start].key)
			end++;
		if (take_run(f, rule, start, end, err) < 0)
			return -1;
	}
	progress_add(f->s->progress, 1);
	return cancel_check(err);
}

int link_rules_pairs(struct link_edges *ret, const struct link_rules *rules,
    const struct link_records *r, const struct link_score *s, struct err *err)
{
	struct finder f = {.edges = ret,
	    .rules = rules,
	    .r = r,
	    .s = s,
	    .across = s->blocking->type == LINK_LINK_ONLY};
	int rc = 0;

	f.items = mem_alloc((r->count + 1) * sizeof(*f.items));
	for (size_t i = 0; rc == 0 && i < rules->list.len; i++)
		rc = take_rule(&f, i, err);
	free(f.items);
	link_sort_edges(ret->list.ptr, ret->list.len);
	return rc;
}

void link_rules_step_name(const struct link_rules *rules, const struct link_records *r,
    unsigned step, struct str *out)
{
	const char *plus = "";

	if (rules->criteria) {
		str_addf(out, step ? "%u" : "all %u", rules->criteria - step);
		str_addf(out, step ? " of %u criteria" : " criteria", rules->criteria);
		return;
	}
	for (uint32_t fields = rules->list.ptr[step].fields; fields; fields &= fields - 1) {
		str_addf(out, "%s%s", plus, r->field[__builtin_ctz(fields)].column);
		plus = " + ";
	}
}
