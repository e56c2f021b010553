#include "guard/check.h"

#include "base/embed.h"
#include "io/csv.h"

#include <assert.h>

static const char file[] = "guard/data/checks.csv";

static const char *const severities[GUARD_SEVERITIES] = {"note", "warning", "error"};

const char *guard_severity_name(enum guard_severity s)
{
	return severities[s];
}

bool guard_severity_parse(struct view name, enum guard_severity *ret)
{
	for (int s = 0; s < GUARD_SEVERITIES; s++) {
		if (!view_eq(name, VIEW(severities[s])))
			continue;
		*ret = (enum guard_severity)s;
		return true;
	}
	return false;
}

const char *guard_status_name(enum guard_status s)
{
	static const char *const names[GUARD_STATUSES] = {
	    [GUARD_PASS] = "pass",
	    [GUARD_WARN] = "warn",
	    [GUARD_FAIL] = "fail",
	    [GUARD_NOT_APPLICABLE] = "not applicable",
	    [GUARD_BROKEN] = "error",
	};

	return names[s];
}

static int read_fact(struct guard_checks *c, struct csv_reader *csv, const size_t *at,
    struct err *err)
{
	struct guard_check_fact *f = vec_push(&c->facts);
	const char **texts[] = {&f->id, &f->category, &f->context, &f->dimension, &f->what};
	static const size_t from[] = {0, 1, 2, 3, 6};

	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		*texts[i] = arena_strdup(&c->arena, csv_field(csv, at[from[i]]));
	if (!guard_severity_parse(csv_field(csv, at[4]), &f->severity) ||
	    !view_to_double(csv_field(csv, at[5]), &f->threshold))
		return err_set(err, ERR_INTERNAL, "%s: line %zu", file, csv_line(csv));
	return 0;
}

int guard_checks_open(struct guard_checks *c, struct err *err)
{
	static const char *const names[] = {
	    "check", "category", "context", "dimension", "severity", "threshold", "what"};
	AUTO_CSV struct csv_reader *csv = csv_open_view(file, embed_find(file), ',');
	size_t at[ARRAY_LEN(names)];
	int rc;

	*c = (struct guard_checks){0};
	if (csv_header(csv, names, ARRAY_LEN(names), at, err) < 0)
		return -1;
	while ((rc = csv_next(csv, err)) > 0)
		if (read_fact(c, csv, at, err) < 0)
			return -1;
	return rc;
}

void guard_checks_clear(struct guard_checks *c)
{
	vec_clear(&c->facts);
	vec_clear(&c->list);
	arena_clear(&c->arena);
}

const struct guard_check_fact *guard_check_find(const struct guard_checks *c, const char *id)
{
	for (size_t i = 0; i < c->facts.len; i++)
		if (strcmp(c->facts.ptr[i].id, id) == 0)
			return &c->facts.ptr[i];
	return NULL;
}

struct guard_check *guard_check_add(struct guard_checks *c, const char *id, const char *table,
    struct view variable, uint64_t of, const struct guard_rows *rows)
{
	const struct guard_check_fact *fact = guard_check_find(c, id);
	struct guard_check *check = vec_push(&c->list);

	assert(fact);
	*check = (struct guard_check){
	    .fact = fact,
	    .id = fact->id,
	    .category = fact->category,
	    .what = fact->what,
	    .table = arena_strdup(&c->arena, VIEW(table)),
	    .variable = arena_strdup(&c->arena, variable),
	    .severity = fact->severity,
	    .threshold = fact->threshold,
	    .of = of,
	    .detail = "",
	};
	if (rows)
		check->rows = *rows;
	guard_check_judge(check);
	return check;
}

double guard_check_percent(const struct guard_check *check)
{
	return check->of ? 100.0 * (double)check->rows.count / (double)check->of : 0;
}

void guard_check_judge(struct guard_check *check)
{
	static const enum guard_status beyond[GUARD_SEVERITIES] = {
	    GUARD_PASS, GUARD_WARN, GUARD_FAIL};

	if (check->of == 0 && check->rows.count == 0)
		check->status = GUARD_NOT_APPLICABLE;
	else if (check->rows.count && guard_check_percent(check) > check->threshold)
		check->status = beyond[check->severity];
	else
		check->status = GUARD_PASS;
}

void guard_check_break(struct guard_checks *c, struct guard_check *check, const char *why)
{
	check->status = GUARD_BROKEN;
	check->detail = arena_strdup(&c->arena, VIEW(why));
}

size_t guard_checks_count(const struct guard_checks *c, enum guard_status status)
{
	size_t n = 0;

	for (size_t i = 0; i < c->list.len; i++)
		n += c->list.ptr[i].status == status;
	return n;
}

bool guard_checks_fail(const struct guard_checks *c)
{
	return guard_checks_count(c, GUARD_FAIL) || guard_checks_count(c, GUARD_BROKEN);
}
