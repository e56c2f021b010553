#include "study/labels.h"

void study_label_interval(enum study_interval unit, struct study_span span, struct str *out)
{
	char start[DATE_TEXT_SIZE], end[DATE_TEXT_SIZE];
	struct civil c = date_to_civil(span.start);
	int year, week;
	bool whole = unit != STUDY_OVERALL && calendar_floor(unit, span.start) == span.start &&
	             calendar_next(unit, span.start) - 1 == span.end;

	if (!whole) {
		str_addz(out, date_format(span.start, start));
		if (span.end != span.start)
			str_addf(out, " to %s", date_format(span.end, end));
		return;
	}
	switch (unit) {
	case STUDY_YEARS: str_addf(out, "%04d", c.year); return;
	case STUDY_QUARTERS: str_addf(out, "%04d Q%d", c.year, (c.month + 2) / 3); return;
	case STUDY_MONTHS: str_addf(out, "%04d-%02d", c.year, c.month); return;
	case STUDY_WEEKS:
		date_iso_week(span.start, &year, &week);
		str_addf(out, "%04d-W%02d", year, week);
		return;
	case STUDY_OVERALL: return;
	}
}

/* In which of its parts the denominators differ. */
struct differ {
	bool age, sex, prior;
};

static struct differ differences(const struct study_design *d)
{
	const struct study_denominator *first = &d->denominators.ptr[0];
	struct differ x = {0};

	for (size_t i = 1; i < d->denominators.len; i++) {
		const struct study_denominator *n = &d->denominators.ptr[i];

		x.age |= n->min_age != first->min_age || n->max_age != first->max_age;
		x.sex |= n->sex != first->sex;
		x.prior |= n->prior_days != first->prior_days;
	}
	return x;
}

static void add(struct str *out, size_t start, const char *fmt, ...) ATTR_PRINTF(3, 4);

static void add(struct str *out, size_t start, const char *fmt, ...)
{
	va_list ap;

	if (out->len > start)
		str_addz(out, ", ");
	va_start(ap, fmt);
	str_addvf(out, fmt, ap);
	va_end(ap);
}

static const char *sex_word(enum study_sex sex)
{
	return sex == STUDY_BOTH ? "both sexes" : sex == STUDY_MALE ? "men"
	                                                            : "women";
}

static void describe(const struct study_denominator *n, struct differ say, struct str *out)
{
	size_t start = out->len;

	if (say.sex)
		add(out, start, "%s", sex_word(n->sex));
	if (say.age && n->max_age == STUDY_AGE_MAX)
		add(out, start, "%d years and over", n->min_age);
	else if (say.age)
		add(out, start, "%d to %d years", n->min_age, n->max_age);
	if (say.prior)
		add(out, start, "observed %d days before", n->prior_days);
}

void study_label_population(const struct study_design *d, size_t index, struct str *out)
{
	size_t start = out->len;

	describe(&d->denominators.ptr[index], differences(d), out);
	if (out->len == start)
		str_addz(out, "all");
}

void study_label_shared(const struct study_design *d, struct str *out)
{
	const struct study_denominator *n = &d->denominators.ptr[0];
	struct differ x = differences(d);
	struct differ say = {
	    .age = !x.age && (n->min_age > 0 || n->max_age < STUDY_AGE_MAX),
	    .sex = !x.sex && n->sex != STUDY_BOTH,
	    .prior = !x.prior && n->prior_days > 0,
	};

	describe(n, say, out);
}
