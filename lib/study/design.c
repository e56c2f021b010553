#include "study/design.h"

void study_design_clear(struct study_design *d)
{
	for (size_t i = 0; i < d->outcomes.len; i++) {
		vec_clear(&d->outcomes.ptr[i].concept_ids);
		vec_clear(&d->outcomes.ptr[i].codes);
	}
	vec_clear(&d->outcomes);
	vec_clear(&d->denominators);
	arena_clear(&d->arena);
}

const char *study_interval_name(enum study_interval interval)
{
	static const char *const names[] = {"weeks", "months", "quarters", "years", "overall"};

	return names[interval];
}

const char *study_sex_name(enum study_sex sex)
{
	static const char *const names[] = {"Both", "Male", "Female"};

	return names[sex];
}

static int bad_outcome(const char *text, const char *why, struct err *err)
{
	(void)err_set(err, ERR_USAGE, "--outcome: '%s' %s", text, why);
	return err_hint(err,
	    "say condition:ID[,ID], drug:ID, procedure:ID, condition:I21* (a concept "
	    "code, * for what begins so) or cohort:FILE, each with NAME= before it if "
	    "you like");
}

static bool parse_kind(struct view word, enum study_outcome_kind *ret)
{
	static const char *const words[] = {"condition", "drug", "procedure", "cohort"};

	for (size_t i = 0; i < ARRAY_LEN(words); i++) {
		if (view_eq(word, VIEW(words[i]))) {
			*ret = (enum study_outcome_kind)i;
			return true;
		}
	}
	return false;
}

/* The word before the colon and what stands behind it. */
static bool split_colon(struct view text, struct view *ret_word, struct view *ret_rest)
{
	*ret_rest = text;
	return view_next(ret_rest, ':', ret_word) && ret_rest->ptr;
}

static int parse_concepts(struct study_design *d, struct study_outcome *o, struct view list,
    const char *text, struct err *err)
{
	struct view item;

	while (view_next(&list, ',', &item)) {
		int64_t id;

		item = view_trim(item);
		if (!item.len)
			return bad_outcome(text, "has an empty concept", err);
		if (view_to_i64(item, &id))
			*vec_push(&o->concept_ids) = id;
		else
			*vec_push(&o->codes) = arena_strdup(&d->arena, item);
	}
	return 0;
}

/* "condition:192671" without a name of its own is "condition_192671". */
static const char *default_name(struct study_design *d, struct view spec)
{
	char *name = arena_strdup(&d->arena, spec);
	char *slash = strrchr(name, '/');
	char *dot;

	if (strncmp(name, "cohort:", 7) == 0) {
		name = slash ? slash + 1 : name + 7;
		dot = strchr(name, '.');
		if (dot && dot > name)
			*dot = '\0';
	}
	for (char *p = name; *p; p++)
		if (strchr(":,* ", *p))
			*p = '_';
	return name;
}

int study_design_add_outcome(struct study_design *d, const char *text, struct err *err)
{
	struct view spec = VIEW(text);
	struct view rest = spec;
	struct view name = VIEW_NONE;
	struct view word;
	struct study_outcome *o;
	enum study_outcome_kind kind;

	if (d->outcomes.len == STUDY_OUTCOMES_MAX)
		return err_set(err, ERR_USAGE, "--outcome: more than %d", STUDY_OUTCOMES_MAX);
	if (view_next(&rest, '=', &name) && rest.ptr && !memchr(name.ptr, ':', name.len))
		spec = rest;
	else
		name = VIEW_NONE;
	if (name.ptr && (!name.len || memmem(name.ptr, name.len, " &&& ", 5)))
		return bad_outcome(text, "has no name that results can carry", err);
	if (!split_colon(spec, &word, &rest) || !parse_kind(word, &kind) || rest.len == 0)
		return bad_outcome(text, "is no outcome", err);
	o = vec_push(&d->outcomes);
	o->kind = kind;
	o->name = name.ptr ? arena_strdup(&d->arena, name) : default_name(d, spec);
	if (kind == STUDY_COHORT) {
		o->path = arena_strdup(&d->arena, rest);
		return 0;
	}
	if (parse_concepts(d, o, rest, text, err) == 0)
		return 0;
	vec_clear(&o->concept_ids);
	vec_clear(&o->codes);
	d->outcomes.len--;
	return -1;
}

int study_design_set_washout(struct study_design *d, const char *text, struct err *err)
{
	int64_t days;

	if (strcmp(text, "inf") == 0 || strcmp(text, "Inf") == 0) {
		d->washout_days = STUDY_WASHOUT_INF;
		return 0;
	}
	if (!view_to_i64(VIEW(text), &days) || days < 0 || days > 100000)
		return err_set(
		    err, ERR_USAGE, "--washout: '%s' is not a number of days or 'inf'", text);
	d->washout_days = (int)days;
	return 0;
}

static int check_names(const struct study_design *d, struct err *err)
{
	for (size_t i = 0; i < d->outcomes.len; i++) {
		for (size_t j = 0; j < i; j++) {
			if (strcmp(d->outcomes.ptr[i].name, d->outcomes.ptr[j].name) != 0)
				continue;
			(void)err_set(err, ERR_USAGE, "--outcome: two are called '%s'",
			    d->outcomes.ptr[i].name);
			return err_hint(err, "give each a name: NAME=%s", "condition:...");
		}
	}
	return 0;
}

int study_design_check(const struct study_design *d, struct err *err)
{
	if (d->outcomes.len == 0)
		return err_set(err, ERR_USAGE, "--outcome is missing");
	if (d->start != DATE_NONE && d->end != DATE_NONE && d->start > d->end)
		return err_set(err, ERR_USAGE, "--start is later than --end");
	if (d->prevalence == STUDY_POINT && d->point != STUDY_POINT_START &&
	    d->interval == STUDY_OVERALL)
		return err_set(
		    err, ERR_USAGE, "--point: only start has a meaning with --interval overall");
	return check_names(d, err);
}
