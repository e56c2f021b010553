#include "base/embed.h"
#include "base/opt.h"
#include "io/file.h"
#include "snds/cohort_json.h"

static const char *const shipped[] = {
    "asthma",
    "breast_cancer",
    "delivery",
    "depression",
    "diabetes",
    "heart_failure",
    "kidney_transplant",
    "myocardial_infarction",
    "parkinson",
    "stroke",
    NULL,
};

static int read_head(struct cohort_reader *r, const json_t *o)
{
	struct snds_cohort_spec *spec = r->spec;
	int version = 0;

	spec->id = 1;
	if (cohort_get_int(r, o, "hygie_cohort", 1, INT32_MAX, &version, NULL) < 0)
		return -1;
	if (version != SNDS_COHORT_VERSION) {
		(void)cohort_wrong(r, "not a cohort of this version");
		return err_hint(r->err, "it begins with \"hygie_cohort\": %d", SNDS_COHORT_VERSION);
	}
	if (cohort_get_text(r, o, "name", &spec->name) < 0 ||
	    cohort_get_text(r, o, "title", &spec->title) < 0 ||
	    cohort_get_text(r, o, "description", &spec->description) < 0 ||
	    cohort_get_int(r, o, "id", 1, INT32_MAX, &spec->id, NULL) < 0 ||
	    cohort_get_texts(r, o, "sources", NULL, NULL, &spec->sources) < 0 ||
	    cohort_get_texts(r, o, "simplified", NULL, NULL, &spec->simplified) < 0)
		return -1;
	if (!spec->name || !cohort_is_name(VIEW(spec->name)))
		return cohort_wrong(r, "no 'name' of small letters, digits and '_', at most %d",
		    SNDS_COHORT_NAME_MAX);
	spec->title = spec->title ? spec->title : spec->name;
	spec->description = spec->description ? spec->description : "";
	return 0;
}

static int read_index(struct cohort_reader *r, const json_t *o)
{
	struct snds_cohort_spec *spec = r->spec;
	size_t len = cohort_enter(r, "index");
	int pick = 0;

	if (!o)
		return cohort_wrong(r, "missing");
	if (cohort_check_keys(r, o, "set|event|gap_days|day") < 0 ||
	    cohort_get_word(r, o, "event", "first|last|each", &pick) < 0 ||
	    cohort_get_int(r, o, "gap_days", 1, SNDS_COHORT_DAYS_MAX, &spec->gap_days, NULL) < 0 ||
	    cohort_get_date(r, o, "day", &spec->index_day) < 0)
		return -1;
	spec->pick = (enum snds_cohort_pick)pick;
	spec->has_index_set = spec->index_day == DATE_NONE;
	if (!spec->has_index_set && json_object_size(o) > 1)
		return cohort_wrong(r, "other keys beside 'day'");
	if (spec->has_index_set && cohort_get_set(r, o, "set", &spec->index_set) < 0)
		return -1;
	cohort_leave(r, len);
	return 0;
}

static int read_exit_set(struct cohort_reader *r, const json_t *o)
{
	struct snds_cohort_exit exit = {0};

	if (cohort_check_keys(r, o, "set|from_days") < 0 ||
	    cohort_get_set(r, o, "set", &exit.set) < 0 ||
	    cohort_get_int(r, o, "from_days", 0, SNDS_COHORT_DAYS_MAX, &exit.from_days, NULL) < 0)
		return -1;
	*vec_push(&r->spec->exits) = exit;
	return 0;
}

static int read_exit(struct cohort_reader *r, const json_t *o)
{
	const json_t *sets = json_object_get(o, "sets");
	size_t len = cohort_enter(r, "exit");

	r->spec->exit_days = -1;
	if (o && (cohort_check_keys(r, o, "days|sets") < 0 ||
		     cohort_get_int(r, o, "days", 0, SNDS_COHORT_DAYS_MAX, &r->spec->exit_days,
			 NULL) < 0))
		return -1;
	if (sets && (!json_is_array(sets) || json_array_size(sets) > SNDS_COHORT_SETS_MAX))
		return cohort_wrong(r, "'sets' is not a list");
	for (size_t i = 0; i < json_array_size(sets); i++) {
		size_t inner = cohort_enter(r, "sets");

		(void)cohort_enter_at(r, i);
		if (read_exit_set(r, json_array_get(sets, i)) < 0)
			return -1;
		cohort_leave(r, inner);
	}
	cohort_leave(r, len);
	return 0;
}

static int read_spec(struct cohort_reader *r, const json_t *o)
{
	const json_t *steps = json_object_get(o, "steps");
	const json_t *sets = json_object_get(o, "sets");
	int keep = SNDS_COHORT_EACH;

	r->spec->index_day = DATE_NONE;
	if (cohort_check_keys(r, o,
		"hygie_cohort|name|title|description|id|sources|simplified|sets|index|steps|keep|"
		"exit") < 0 ||
	    read_head(r, o) < 0 || (sets && cohort_read_sets(r, sets) < 0) ||
	    read_index(r, json_object_get(o, "index")) < 0 ||
	    (steps && cohort_read_steps(r, steps) < 0) ||
	    cohort_get_word(r, o, "keep", "first|last|all", &keep) < 0)
		return -1;
	r->spec->keep = (enum snds_cohort_pick)keep;
	return read_exit(r, json_object_get(o, "exit"));
}

int snds_cohort_spec_parse(struct snds_cohort_spec *ret, const char *name, struct view text,
    const struct mainbase_events *events, struct err *err)
{
	struct cohort_reader r = {.spec = ret, .events = events, .file = name, .err = err};
	AUTO_JSON json_t *tree = NULL;
	int rc;

	memset(ret, 0, sizeof(*ret));
	if (text.len > SNDS_COHORT_BYTES_MAX)
		return err_set(err, ERR_LIMIT, "%s: larger than the limit of %d bytes", name,
		    SNDS_COHORT_BYTES_MAX);
	if (json_parse(&tree, name, text, err) < 0)
		return -1;
	ret->text = arena_strdup(&ret->arena, text);
	str_addc(&r.path, '$');
	rc = read_spec(&r, tree);
	str_clear(&r.path);
	if (rc < 0)
		snds_cohort_spec_clear(ret);
	return rc;
}

void cohort_set_clear(struct snds_cohort_set *set)
{
	struct snds_cohort_texts *texts[] = {
	    &set->events, &set->codes, &set->not_codes, &set->atc, &set->not_atc};

	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		vec_clear(&texts[i]->items);
	vec_clear(&set->any_of);
	vec_clear(&set->links);
}

void snds_cohort_spec_clear(struct snds_cohort_spec *spec)
{
	for (size_t i = 0; i < spec->sets.len; i++)
		cohort_set_clear(&spec->sets.ptr[i]);
	vec_clear(&spec->sets);
	for (size_t i = 0; i < spec->wheres.len; i++) {
		vec_clear(&spec->wheres.ptr[i].parts);
		vec_clear(&spec->wheres.ptr[i].places.items);
	}
	vec_clear(&spec->wheres);
	vec_clear(&spec->steps);
	vec_clear(&spec->exits);
	vec_clear(&spec->sources.items);
	vec_clear(&spec->simplified.items);
	arena_clear(&spec->arena);
	memset(spec, 0, sizeof(*spec));
}

static const char *period_label(struct snds_cohort_spec *spec, date_t from, date_t to)
{
	char first[DATE_TEXT_SIZE], last[DATE_TEXT_SIZE];
	AUTO_STR struct str label = {0};

	str_addz(&label, "index date");
	if (from != DATE_NONE)
		str_addf(&label, " from %s", date_format(from, first));
	if (to != DATE_NONE)
		str_addf(&label, " to %s", date_format(to, last));
	return arena_strdup(&spec->arena, str_view(&label));
}

void snds_cohort_spec_add_period(struct snds_cohort_spec *spec, date_t from, date_t to)
{
	struct snds_cohort_step step = {period_label(spec, from, to), spec->wheres.len};

	if (from == DATE_NONE && to == DATE_NONE)
		return;
	*vec_push(&spec->wheres) =
	    (struct snds_cohort_where){.kind = SNDS_COHORT_INDEX, .from = from, .to = to};
	(void)vec_push(&spec->steps);
	memmove(&spec->steps.ptr[1], &spec->steps.ptr[0], (spec->steps.len - 1) * sizeof(step));
	spec->steps.ptr[0] = step;
}

const char *snds_cohort_shipped(size_t index)
{
	return index < ARRAY_LEN(shipped) ? shipped[index] : NULL;
}

struct view snds_cohort_shipped_text(const char *name)
{
	for (size_t i = 0; shipped[i]; i++)
		if (strcmp(shipped[i], name) == 0) {
			AUTO_FREE char *path = str_format("snds/data/cohorts/%s.json", name);

			return embed_find(path);
		}
	return VIEW_NONE;
}

static int unknown(const char *spec, struct err *err)
{
	const char *nearest = opt_nearest(spec, shipped);

	(void)err_set(err, ERR_USAGE, "no file and no cohort of hygie is named '%s'", spec);
	if (nearest)
		return err_hint(err, "is it %s? --list shows those of hygie", nearest);
	return err_hint(err, "--list shows those of hygie");
}

int snds_cohort_spec_read(struct snds_cohort_spec *ret, const char *spec,
    const struct mainbase_events *events, struct err *err)
{
	struct view text = snds_cohort_shipped_text(spec);
	AUTO_STR struct str file = {0};

	if (text.ptr)
		return snds_cohort_spec_parse(ret, spec, text, events, err);
	if (!path_exists(spec))
		return unknown(spec, err);
	if (file_read(spec, SNDS_COHORT_BYTES_MAX, &file, err) < 0)
		return -1;
	return snds_cohort_spec_parse(ret, spec, str_view(&file), events, err);
}
