#include "guard/drift_inside.h"

#include "guard/profile_report.h"
#include "guard/shape.h"

#include "base/embed.h"
#include "base/map.h"
#include "io/csv.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

static const char rules_file[] = "guard/data/drift.csv";

/* Nothing: never. */
static bool read_threshold(struct view v, double *ret)
{
	*ret = (double)INFINITY;
	return v.len == 0 || view_to_double(v, ret);
}

static int load_rules(struct guard_drift *d, struct err *err)
{
	static const char *const names[] = {"change", "what", "warn", "fail"};
	AUTO_CSV struct csv_reader *r = csv_open_view(rules_file, embed_find(rules_file), ',');
	size_t at[ARRAY_LEN(names)], n = 0;
	int rc;

	if (csv_header(r, names, ARRAY_LEN(names), at, err) < 0)
		return -1;
	while ((rc = csv_next(r, err)) > 0 && n < GUARD_DRIFT_KINDS) {
		struct guard_drift_rule *rule = &d->rules[n++];

		rule->id = arena_strdup(&d->arena, csv_field(r, at[0]));
		rule->what = arena_strdup(&d->arena, csv_field(r, at[1]));
		if (!read_threshold(csv_field(r, at[2]), &rule->warn) ||
		    !read_threshold(csv_field(r, at[3]), &rule->fail))
			return err_set(err, ERR_INTERNAL, "%s:%zu: no threshold", rules_file,
			    csv_line(r));
	}
	return rc < 0 ? -1 : 0;
}

enum guard_drift_status guard_drift_add(struct guard_drift *d, enum guard_drift_kind kind,
    const char *variable, const char *before, const char *after, double size)
{
	const struct guard_drift_rule *rule = &d->rules[kind];
	enum guard_drift_status status = size > rule->fail   ? GUARD_DRIFT_FAIL
	                                 : size > rule->warn ? GUARD_DRIFT_WARN
	                                                     : GUARD_DRIFT_NONE;

	if (status)
		*vec_push(&d->changes) = (struct guard_change){
		    .kind = kind,
		    .variable = arena_strdup(&d->arena, VIEW(variable)),
		    .before = arena_strdup(&d->arena, VIEW(before)),
		    .after = arena_strdup(&d->arena, VIEW(after)),
		    .size = size,
		    .status = status,
		};
	return status;
}

void guard_pair_add(struct drift_pair *p, enum guard_drift_kind kind, const char *before,
    const char *after, double size)
{
	enum guard_drift_status s =
	    guard_drift_add(p->drift, kind, p->name, before, after, size);

	p->worst = MAX(p->worst, s);
}

/* How many times one is the other; 1 where either is unknown or nothing. */
static double times(double a, double b)
{
	if (!(a > 0) || !(b > 0))
		return 1;
	return a > b ? a / b : b / a;
}

static void compare_words(struct drift_pair *p, enum guard_drift_kind kind, const char *before,
    const char *after)
{
	if (*before && *after && strcmp(before, after) != 0)
		guard_pair_add(p, kind, before, after, 1);
}

static void compare_missing(struct drift_pair *p)
{
	const struct guard_column *c = p->column;
	double before = guard_row_number(p->before, "missing");
	double after = c->cells ? 1 - (double)guard_present(c) / (double)c->cells : 0;
	AUTO_STR struct str from = {0}, to = {0};

	if (isnan(before) || c->cells == 0)
		return;
	str_addf(&from, "%.1f %%", 100 * before);
	str_addf(&to, "%.1f %%", 100 * after);
	guard_pair_add(p, GUARD_DRIFT_MISSING, str_get(&from), str_get(&to),
	    100 * fabs(after - before));
}

/* Keys grow with the file: relative to its cells where nearly all values were different. */
static void compare_distinct(struct drift_pair *p)
{
	double before = guard_row_number(p->before, "distinct");
	double cells = guard_row_number(p->before, "cells");
	double after = (double)guard_distinct_count(&p->column->values);
	bool is_key = before * 2 > cells;
	AUTO_STR struct str from = {0}, to = {0};

	if (!(cells > 0) || p->column->cells == 0)
		return;
	str_addf(&from, "%.0f", before);
	str_addf(&to, "%.0f", after);
	guard_pair_add(p, GUARD_DRIFT_DISTINCT, str_get(&from), str_get(&to),
	    is_key ? times(before / cells, after / (double)p->column->cells)
		   : times(before, after));
}

static double compare_pair(struct drift_pair *p)
{
	const char *precision = guard_precision(p->column, &p->drift->arena);
	double psi = (double)NAN;

	compare_words(p, GUARD_DRIFT_TYPE, guard_row_text(p->before, "type"),
	    guard_type_name(guard_column_type(p->column)));
	compare_missing(p);
	compare_distinct(p);
	if (strcmp(guard_row_text(p->before, "type"),
		guard_type_name(guard_column_type(p->column))) != 0)
		return psi;
	compare_words(p, GUARD_DRIFT_PRECISION, guard_row_text(p->before, "precision"),
	    precision);
	psi = guard_pair_distribution(p);
	guard_pair_months(p);
	return psi;
}

static void compare_rows(struct guard_drift *d, const json_t *before, const struct guard_csv *c)
{
	const char *text = guard_row_text(json_object_get(before, "facts"), "rows");
	AUTO_STR struct str after = {0};
	double rows;

	if (!view_to_double(VIEW(text), &rows))
		return;
	str_addf(&after, "%" PRIu64, c->structure.rows);
	guard_drift_add(d, GUARD_DRIFT_ROWS, "", text, str_get(&after),
	    times(rows, (double)c->structure.rows));
}

static void index_names(struct map *ret, const json_t *rows)
{
	for (size_t i = 0; i < json_array_size(rows); i++)
		map_add(ret, VIEW(guard_row_text(json_array_get(rows, i), "variable")),
		    (int64_t)i);
}

static void open_tables(struct drift_before *ret, const json_t *before)
{
	static const char *const names[DRIFT_TABLES] = {
	    [DRIFT_HISTOGRAM] = "histogram",
	    [DRIFT_FREQUENT] = "frequent",
	    [DRIFT_PERIODS] = "periods",
	};

	for (int i = 0; i < DRIFT_TABLES; i++) {
		ret->rows[i] = guard_document_rows(before, names[i]);
		index_names(&ret->first[i], ret->rows[i]);
	}
}

static void compare_columns(struct guard_drift *d, const json_t *before,
    const struct guard_csv *c, const struct guard_findings *f)
{
	struct drift_before tables = {0};
	const json_t *rows = guard_document_rows(before, "variables");
	struct guard_told told = guard_told_from(c, f);
	AUTO_MAP struct map names = {0};

	open_tables(&tables, before);
	index_names(&names, rows);
	for (size_t i = 0; i < c->dialect.names.len; i++) {
		const int64_t *at = map_find(&names, c->dialect.names.ptr[i]);
		struct drift_pair p = {
		    .drift = d,
		    .tables = &tables,
		    .csv = c,
		    .column = &c->columns[i],
		    .name = arena_strdup(&d->arena, c->dialect.names.ptr[i]),
		    .telling = guard_telling_of(&f->columns.ptr[i], told),
		};
		double psi;

		if (!at) {
			guard_drift_add(d, GUARD_DRIFT_VARIABLE_NEW, p.name, "", p.name, 1);
			continue;
		}
		p.before = json_array_get(rows, (size_t)*at);
		psi = compare_pair(&p);
		*vec_push(&d->compared) = (struct guard_compared){
		    .column = i, .before = p.before, .psi = psi, .status = p.worst};
	}
	for (int i = 0; i < DRIFT_TABLES; i++)
		map_clear(&tables.first[i]);
}

static void find_gone(struct guard_drift *d, const json_t *before, const struct guard_csv *c)
{
	const json_t *rows = guard_document_rows(before, "variables");
	AUTO_MAP struct map names = {0};

	for (size_t i = 0; i < c->dialect.names.len; i++)
		map_add(&names, c->dialect.names.ptr[i], 1);
	for (size_t i = 0; i < json_array_size(rows); i++) {
		const char *name = guard_row_text(json_array_get(rows, i), "variable");

		if (!map_find(&names, VIEW(name)))
			guard_drift_add(d, GUARD_DRIFT_VARIABLE_GONE, name, name, "", 1);
	}
}

int guard_drift_find(struct guard_drift *ret, const json_t *before, const char *name,
    const struct guard_csv *c, const struct guard_findings *f, struct err *err)
{
	*ret = (struct guard_drift){0};
	if (guard_document_check(before, name, err) < 0 || load_rules(ret, err) < 0)
		return -1;
	compare_rows(ret, before, c);
	find_gone(ret, before, c);
	compare_columns(ret, before, c, f);
	return 0;
}

void guard_drift_clear(struct guard_drift *d)
{
	vec_clear(&d->changes);
	vec_clear(&d->compared);
	arena_clear(&d->arena);
}

bool guard_drift_fails(const struct guard_drift *d)
{
	for (size_t i = 0; i < d->changes.len; i++)
		if (d->changes.ptr[i].status == GUARD_DRIFT_FAIL)
			return true;
	return false;
}
