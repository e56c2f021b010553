/* Any bytes as a cohort: a specification whose numbers point inside it, or one error. */
#include "snds/cohort_spec.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_set(const struct snds_cohort_spec *spec, size_t index)
{
	const struct snds_cohort_set *set = &spec->sets.ptr[index];

	if (set->days < 1 || (set->has_of && set->of >= index) ||
	    !(set->events.items.len || set->has_of || set->any_of.len >= 2))
		abort();
	for (size_t i = 0; i < set->any_of.len; i++)
		if (set->any_of.ptr[i] >= index)
			abort();
	for (size_t i = 0; i < set->links.len; i++)
		if (set->links.ptr[i].set >= index || set->links.ptr[i].days < 1)
			abort();
}

static void check_where(const struct snds_cohort_spec *spec, size_t index)
{
	const struct snds_cohort_where *w = &spec->wheres.ptr[index];

	if (w->kind == SNDS_COHORT_EVENTS && w->set >= spec->sets.len)
		abort();
	if (w->kind <= SNDS_COHORT_NOT && w->parts.len == 0)
		abort();
	for (size_t i = 0; i < w->parts.len; i++)
		if (w->parts.ptr[i] >= index)
			abort();
}

static void check(const struct snds_cohort_spec *spec)
{
	for (size_t i = 0; i < spec->sets.len; i++)
		check_set(spec, i);
	for (size_t i = 0; i < spec->wheres.len; i++)
		check_where(spec, i);
	for (size_t i = 0; i < spec->steps.len; i++)
		if (spec->steps.ptr[i].where >= spec->wheres.len || !spec->steps.ptr[i].label)
			abort();
	for (size_t i = 0; i < spec->exits.len; i++)
		if (spec->exits.ptr[i].set >= spec->sets.len)
			abort();
	if (!spec->name || !spec->title ||
	    (spec->has_index_set ? spec->index_set >= spec->sets.len
				 : spec->index_day == DATE_NONE))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct mainbase_events events;
	AUTO_COHORT_SPEC struct snds_cohort_spec spec = {0};
	struct err err = {0};

	if (events.items.len == 0 && mainbase_events_load(&events, &err) < 0)
		abort();
	if (snds_cohort_spec_parse(&spec, "fuzz", (struct view){(const char *)data, size}, &events,
		&err) < 0) {
		if (err.code == ERR_NONE || err.msg[0] == '\0')
			abort();
		return 0;
	}
	check(&spec);
	return 0;
}
