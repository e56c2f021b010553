/*
 * Any words of --outcome, --denominator and --washout, one a line: a design, or
 * a usage error that leaves the design as it was.
 */
#include "base/str.h"
#include "study/design.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_denominator(const struct study_denominator *d)
{
	if (d->min_age < 0 || d->max_age < d->min_age || d->max_age > STUDY_AGE_MAX ||
	    d->prior_days < 0)
		abort();
}

static void check_outcome(const struct study_outcome *o)
{
	bool file = o->kind == STUDY_COHORT;

	if (!o->name || file != (o->path != NULL) ||
	    file == (o->concept_ids.len + o->codes.len > 0))
		abort();
	for (size_t i = 0; i < o->codes.len; i++)
		if (!*o->codes.ptr[i])
			abort();
}

static void try_line(struct study_design *d, const char *line)
{
	size_t outcomes = d->outcomes.len;
	size_t denominators = d->denominators.len;
	struct err err = {0};

	if (study_design_add_outcome(d, line, &err) == 0)
		check_outcome(&d->outcomes.ptr[d->outcomes.len - 1]);
	else if (err.code != ERR_USAGE || d->outcomes.len != outcomes)
		abort();
	if (study_design_add_denominators(d, line, &err) < 0 &&
	    (err.code != ERR_USAGE || d->denominators.len != denominators))
		abort();
	if (study_design_set_washout(d, line, &err) == 0 && d->washout_days < STUDY_WASHOUT_INF)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_DESIGN struct study_design d = {.start = DATE_NONE, .end = DATE_NONE};
	struct view rest = {(const char *)data, size};
	struct view line;
	struct err err = {0};

	while (view_next(&rest, '\n', &line)) {
		AUTO_FREE char *text = str_format("%.*s", VIEW_ARG(line));

		try_line(&d, text);
	}
	for (size_t i = 0; i < d.denominators.len; i++)
		check_denominator(&d.denominators.ptr[i]);
	if (study_design_check(&d, &err) < 0 && err.code != ERR_USAGE)
		abort();
	return 0;
}
