/*
 * What a scan proves. A metric names its proof: "variables", the profile that has every
 * variable; "drift", what was compared with a former delivery; or checks, each of which
 * covers the variables that it looked at.
 */
#include "guard/quantum.h"

#include "guard/document.h"

#include <string.h>

struct covered {
	size_t variables, by_proof;
};

static bool is_proof(const char *proof, const char *check)
{
	struct view rest = VIEW(proof), word;

	while (view_next(&rest, ' ', &word))
		if (view_eq(word, VIEW(check)))
			return true;
	return false;
}

static bool was_judged(const char *status)
{
	return strcmp(status, "not applicable") != 0 && strcmp(status, "error") != 0;
}

/* "table\nvariable": names have no line end as far as it matters. */
static void add_name(struct map *covered, const json_t *row, struct view name)
{
	AUTO_STR struct str key = {0};

	str_addf(&key, "%s\n%.*s", guard_row_text(row, "table"), VIEW_ARG(name));
	map_add(covered, str_view(&key), 1);
}

/* A key "A+B" covers both. */
static void add_names(struct map *covered, const json_t *row)
{
	struct view rest = VIEW(guard_row_text(row, "variable")), one;

	add_name(covered, row, rest);
	while (view_next(&rest, '+', &one))
		add_name(covered, row, one);
}

static bool proves(const json_t *row, const char *proof)
{
	if (strcmp(proof, "variables") == 0)
		return guard_row_number(row, "cells") > 0;
	if (strcmp(proof, "drift") == 0)
		return true;
	return is_proof(proof, guard_row_text(row, "check")) &&
	       was_judged(guard_row_text(row, "status"));
}

static const char *table_of(const char *proof)
{
	if (strcmp(proof, "variables") == 0)
		return "variables";
	return strcmp(proof, "drift") == 0 ? "drift" : "checks";
}

static void count_covered(struct covered *ret, const json_t *doc, const char *proof)
{
	const json_t *variables = guard_document_rows(doc, "variables");
	const json_t *rows = guard_document_rows(doc, table_of(proof));
	AUTO_MAP struct map covered = {0};
	size_t named;

	for (size_t i = 0; i < json_array_size(rows); i++)
		if (proves(json_array_get(rows, i), proof))
			add_names(&covered, json_array_get(rows, i));
	named = covered.entries.len;
	for (size_t i = 0; i < json_array_size(variables); i++) {
		const json_t *row = json_array_get(variables, i);

		add_name(&covered, row, VIEW(guard_row_text(row, "variable")));
		ret->variables++;
		ret->by_proof += covered.entries.len == named;
		named = covered.entries.len;
	}
}

static void set_level(struct quantum_label *q, struct quantum_metric *m, struct covered n)
{
	if (n.by_proof == 0)
		return;
	m->level = n.by_proof == n.variables ? 2 : 1;
	m->by = QUANTUM_BY_SCAN;
	m->evidence = arena_format(&q->arena, "scan: %zu of %zu variables", n.by_proof,
	    n.variables);
}

int quantum_scan_read(struct quantum_label *q, const json_t *const *reports,
    const char *const *names, size_t count, struct err *err)
{
	for (size_t i = 0; i < count; i++)
		if (guard_document_check(reports[i], names[i], err) < 0)
			return -1;
	for (size_t i = 0; i < q->metrics.len; i++) {
		struct quantum_metric *m = &q->metrics.ptr[i];
		struct covered n = {0};

		for (size_t k = 0; *m->proof && k < count; k++)
			count_covered(&n, reports[k], m->proof);
		set_level(q, m, n);
	}
	return 0;
}
