/* The words of --denominator: age bands x sexes x prior observation. */
#include "study/design.h"

enum { LIST_MAX = 50 };

struct choices {
	struct {
		int min, max;
	} ages[LIST_MAX];
	enum study_sex sexes[3];
	int priors[LIST_MAX];
	size_t age_count, sex_count, prior_count;
};

static int bad(const char *text, const char *why, struct err *err)
{
	(void)err_set(err, ERR_USAGE, "--denominator: '%s' %s", text, why);
	return err_hint(err, "say for example age:0-17,18-64,65-150/sex:both,female/prior:0,365");
}

static bool add_age(struct choices *c, struct view item)
{
	struct view rest = item;
	struct view low;
	int64_t min, max;

	if (c->age_count == LIST_MAX || !view_next(&rest, '-', &low) || !rest.ptr ||
	    !view_to_i64(low, &min) || !view_to_i64(rest, &max) || min < 0 || max < min ||
	    max > STUDY_AGE_MAX)
		return false;
	c->ages[c->age_count].min = (int)min;
	c->ages[c->age_count++].max = (int)max;
	return true;
}

static bool add_sex(struct choices *c, struct view item)
{
	static const char *const words[][3] = {
	    {"both", "Both", "B"}, {"male", "Male", "M"}, {"female", "Female", "F"}};

	if (c->sex_count == 3)
		return false;
	for (size_t s = 0; s < 3; s++) {
		for (size_t w = 0; w < 3; w++) {
			if (view_eq(item, VIEW(words[s][w]))) {
				c->sexes[c->sex_count++] = (enum study_sex)s;
				return true;
			}
		}
	}
	return false;
}

static bool add_prior(struct choices *c, struct view item)
{
	int64_t days;

	if (c->prior_count == LIST_MAX || !view_to_i64(item, &days) || days < 0 || days > 100000)
		return false;
	c->priors[c->prior_count++] = (int)days;
	return true;
}

static int parse_part(struct choices *c, struct view part, const char *text, struct err *err)
{
	struct view rest = part;
	struct view word, item;

	if (!view_next(&rest, ':', &word) || !rest.ptr)
		return bad(text, "has a part without ':'", err);
	while (view_next(&rest, ',', &item)) {
		item = view_trim(item);
		if (view_eq(word, VIEW_LIT("age"))) {
			if (!add_age(c, item))
				return bad(
				    text, "has an age band that is not MIN-MAX within 0-150", err);
		} else if (view_eq(word, VIEW_LIT("sex"))) {
			if (!add_sex(c, item))
				return bad(text, "has a sex that is not both, male or female", err);
		} else if (view_eq(word, VIEW_LIT("prior"))) {
			if (!add_prior(c, item))
				return bad(text,
				    "has prior observation that is not a number of days", err);
		} else {
			return bad(text, "has a part that is not age, sex or prior", err);
		}
	}
	return 0;
}

static void add(struct study_design *d, struct study_denominator n)
{
	*vec_push(&d->denominators) = n;
}

static void cross(struct study_design *d, const struct choices *c)
{
	for (size_t a = 0; a < c->age_count; a++)
		for (size_t s = 0; s < c->sex_count; s++)
			for (size_t p = 0; p < c->prior_count; p++)
				add(d, (struct study_denominator){.min_age = c->ages[a].min,
					   .max_age = c->ages[a].max,
					   .sex = c->sexes[s],
					   .prior_days = c->priors[p]});
}

int study_design_add_denominators(struct study_design *d, const char *text, struct err *err)
{
	struct choices c = {0};
	struct view rest = VIEW(text);
	struct view part;

	while (rest.len && view_next(&rest, '/', &part))
		if (parse_part(&c, part, text, err) < 0)
			return -1;
	if (c.age_count == 0)
		(void)add_age(&c, VIEW_LIT("0-150")); /* always fits */
	if (c.sex_count == 0)
		c.sexes[c.sex_count++] = STUDY_BOTH;
	if (c.prior_count == 0)
		c.prior_count = 1;
	if (d->denominators.len + c.age_count * c.sex_count * c.prior_count >
	    STUDY_DENOMINATORS_MAX)
		return err_set(err, ERR_USAGE, "--denominator: more than %d combinations",
		    STUDY_DENOMINATORS_MAX);
	cross(d, &c);
	return 0;
}
