#include "snds/data.h"
#include "snds/data_file.h"

#include <assert.h>

static const char *const kind_names[] = {"onset", "death", "drug", "interaction", "hospital"};

const char *snds_effect_kind_name(enum snds_effect_kind kind)
{
	return kind_names[kind];
}

static enum snds_effect_kind effect_kind(struct data_file *f, struct view name)
{
	for (size_t i = 0; i < ARRAY_LEN(kind_names); i++) {
		if (view_eq(name, VIEW(kind_names[i])))
			return (enum snds_effect_kind)i;
	}
	data_refuse(f, "unknown kind of effect");
	return SNDS_EFFECT_ONSET;
}

static size_t disease_of(const struct snds_model *m, struct view name)
{
	for (size_t i = 0; i < m->diseases.len; i++) {
		if (view_eq(m->diseases.ptr[i].name, name))
			return i;
	}
	return SNDS_NO_DISEASE;
}

static struct snds_adverse_event *event_of(struct snds_model *m, struct view name)
{
	for (size_t i = 0; i < m->events.len; i++) {
		if (view_eq(m->events.ptr[i].name, name))
			return &m->events.ptr[i];
	}
	return NULL;
}

/* The bit of a prefix of ATC codes; the molecules that begin with it get it too. */
static unsigned cause_bit(struct snds_model *m, struct view prefix)
{
	size_t i = 0;

	while (i < m->event_cause_count && !view_eq(m->event_causes[i], prefix))
		i++;
	assert(i < SNDS_EVENT_CAUSES);
	m->event_causes[i] = prefix;
	m->event_cause_count = MAX(m->event_cause_count, i + 1);
	for (size_t k = 0; k < m->molecules.len; k++) {
		if (view_starts(m->molecules.ptr[k].atc, prefix))
			m->molecules.ptr[k].causes |= 1U << i;
	}
	return 1U << i;
}

static bool is_known(struct snds_model *m, const struct snds_effect *e)
{
	switch (e->kind) {
	case SNDS_EFFECT_ONSET:
		return disease_of(m, e->cause) != SNDS_NO_DISEASE &&
		       disease_of(m, e->target) != SNDS_NO_DISEASE;
	case SNDS_EFFECT_DEATH: return disease_of(m, e->cause) != SNDS_NO_DISEASE;
	case SNDS_EFFECT_HOSPITAL: return disease_of(m, e->target) != SNDS_NO_DISEASE;
	case SNDS_EFFECT_DRUG:
	case SNDS_EFFECT_INTERACTION: return event_of(m, e->target) != NULL;
	}
	return false;
}

static int load_events(struct snds_model *m, struct err *err)
{
	static const char *const columns[] = {"name", "cim10", "ghm", "ghs", "rate", "days_mean",
	    "days_min"};
	AUTO_DATA struct data_file f;

	data_open(&f, &m->arena, "snds/data/adverse_events.csv", columns, ARRAY_LEN(columns));
	while (data_next(&f)) {
		*vec_push(&m->events) = (struct snds_adverse_event){
		    .name = data_text(&f, 0),
		    .rate = data_number(&f, 4),
		    .kind = {
			.dp = data_text(&f, 1),
			.dr = VIEW_LIT(""),
			.ghm = data_text(&f, 2),
			.ghs = data_int(&f, 3),
			.age_max = 120,
			.weight = 1,
			.days_mean = data_number(&f, 5),
			.days_min = data_int(&f, 6),
		    },
		};
	}
	return data_end(&f, err);
}

static int load_effects(struct snds_model *m, struct err *err)
{
	static const char *const columns[] = {"name", "kind", "cause", "target", "value"};
	AUTO_DATA struct data_file f;

	data_open(&f, &m->arena, "snds/data/effects.csv", columns, ARRAY_LEN(columns));
	while (data_next(&f)) {
		struct snds_effect e = {
		    .name = data_text(&f, 0),
		    .kind = effect_kind(&f, data_text(&f, 1)),
		    .cause = data_text(&f, 2),
		    .target = data_text(&f, 3),
		};

		if (!is_known(m, &e)) {
			data_refuse(&f, "unknown cause or target");
			break;
		}
		e.value = e.kind == SNDS_EFFECT_DEATH
		              ? m->diseases.ptr[disease_of(m, e.cause)].death_ratio
		              : data_number(&f, 4);
		*vec_push(&m->effects) = e;
	}
	return data_end(&f, err);
}

int data_load_effects(struct snds_model *m, struct err *err)
{
	if (load_events(m, err) < 0 ||
	    load_effects(m, err) < 0)
		return -1;
	snds_effects_apply(m);
	return 0;
}

static void apply_drugs(struct snds_model *m, const struct snds_effect *e)
{
	struct snds_adverse_event *event = event_of(m, e->target);
	struct view rest = e->cause, prefix;
	struct snds_event_ratio ratio = {.value = &e->value};

	while (view_next(&rest, '+', &prefix))
		ratio.causes |= cause_bit(m, prefix);
	assert(event->ratio_count < SNDS_EVENT_RATIOS);
	event->ratios[event->ratio_count++] = ratio;
}

static void apply(struct snds_model *m, const struct snds_effect *e)
{
	switch (e->kind) {
	case SNDS_EFFECT_ONSET:
		m->onset_ratio[disease_of(m, e->cause)][disease_of(m, e->target)] = e->value;
		break;
	case SNDS_EFFECT_DEATH:
		m->diseases.ptr[disease_of(m, e->cause)].death_ratio = e->value;
		break;
	case SNDS_EFFECT_DRUG:
	case SNDS_EFFECT_INTERACTION: apply_drugs(m, e); break;
	case SNDS_EFFECT_HOSPITAL:
		m->hospital_spread[disease_of(m, e->target)] = e->value;
		break;
	}
}

void snds_effects_apply(struct snds_model *m)
{
	for (size_t i = 0; i < SNDS_DISEASES_MAX; i++) {
		for (size_t k = 0; k < SNDS_DISEASES_MAX; k++)
			m->onset_ratio[i][k] = 1;
	}
	for (size_t i = 0; i < m->events.len; i++)
		m->events.ptr[i].ratio_count = 0;
	for (size_t i = 0; i < m->effects.len; i++)
		apply(m, &m->effects.ptr[i]);
}

/* The names of all effects are the hint. */
static int no_such(const struct snds_model *m, struct err *err)
{
	AUTO_STR struct str names = {0};

	for (size_t i = 0; i < m->effects.len; i++)
		str_addf(&names, "%s%.*s", i ? " " : "", VIEW_ARG(m->effects.ptr[i].name));
	(void)err_set(err, ERR_USAGE, "--effect names no effect");
	return err_hint(err, "effects are: %s", str_get(&names));
}

int snds_effect_plant(struct snds_model *m, struct view text, struct err *err)
{
	struct view rest = text, name;
	double value;

	if (!view_next(&rest, '=', &name) || !view_to_double(rest, &value))
		return err_set(err, ERR_USAGE, "--effect is not NAME=VALUE");
	for (size_t i = 0; i < m->effects.len; i++) {
		struct snds_effect *e = &m->effects.ptr[i];
		double least = e->kind == SNDS_EFFECT_HOSPITAL ? 0 : 0.01;

		if (!view_eq(e->name, name))
			continue;
		if (value < least || value > 100)
			return err_set(err, ERR_USAGE, "--effect %.*s: the value is not in %g..100",
			    VIEW_ARG(name), least);
		e->value = value;
		e->planted = true;
		return 0;
	}
	return no_such(m, err);
}

int snds_hospital_rank(const struct snds_hospital *h)
{
	return (int)((uint32_t)(h->index + 1) * 2654435761U >> 8) % 3 - 1;
}
