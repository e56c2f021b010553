#include "snds/emit.h"

/* truth_id counts persons from 1. */
static int64_t truth_id(const struct snds_person *p)
{
	return (int64_t)p->index + 1;
}

/* One row a pseudonym: all that the person is called in the tables. */
static void emit_person(struct table_batch *b, const struct snds_person *p)
{
	for (size_t i = 0; i < p->identity_count; i++) {
		const struct snds_identity *id = &p->identities[i];

		table_batch_row(b);
		table_set_int(b, TRUTH_PERSON_truth_id, truth_id(p));
		table_set_text(b, TRUTH_PERSON_ben_nir_ano,
		    (struct view){p->nir_ano, SNDS_PSEUDONYM_LEN});
		table_set_text(b, TRUTH_PERSON_ben_nir_psa,
		    (struct view){id->psa, SNDS_PSEUDONYM_LEN});
		table_set_text(b, TRUTH_PERSON_ben_rng_gem, (struct view){&id->rank, 1});
		table_set_literal(b, TRUTH_PERSON_ben_cdi_nir, id->quality);
		table_set_date(b, TRUTH_PERSON_birth_date, p->birth);
		table_set_int(b, TRUTH_PERSON_sex, p->sex);
		table_set_date(b, TRUTH_PERSON_entry_date, p->entry);
		table_set_date(b, TRUTH_PERSON_exit_date, p->exit);
		if (p->death == DATE_NONE)
			continue;
		table_set_date(b, TRUTH_PERSON_death_date, p->death);
		table_set_literal(b, TRUTH_PERSON_death_cause, p->cause);
	}
}

/* An adverse event is an onset too: its stay is the only one. */
static void emit_events(struct table_batch *b, const struct snds_life *life)
{
	for (size_t i = 0; i < life->events.len; i++) {
		const struct snds_event *e = &life->events.ptr[i];

		table_batch_row(b);
		table_set_int(b, TRUTH_ONSET_truth_id, truth_id(&life->person));
		table_set_literal(b, TRUTH_ONSET_disease, e->kind->name);
		table_set_literal(b, TRUTH_ONSET_cim10, e->kind->kind.dp);
		table_set_date(b, TRUTH_ONSET_onset_date, e->on);
		table_set_int(b, TRUTH_ONSET_prevalent, 0);
		if (e->told)
			table_set_date(b, TRUTH_ONSET_first_sign, e->on);
	}
}

static void emit_birth(struct table_batch *b, const struct snds_person *p)
{
	if (p->mother == SNDS_NOBODY)
		return;
	table_batch_row(b);
	table_set_int(b, TRUTH_BIRTH_truth_id, truth_id(p));
	table_set_int(b, TRUTH_BIRTH_mother_truth_id, (int64_t)p->mother + 1);
	table_set_date(b, TRUTH_BIRTH_birth_date, p->birth);
}

static void emit_moves(struct table_batch *b, const struct snds_person *p)
{
	for (size_t i = 0; i < p->places.count; i++) {
		const struct snds_place *home = &p->places.items[i];
		bool left = i + 1 < p->places.count && p->places.items[i + 1].from <= p->entry;

		if (left || home->from > p->exit)
			continue;
		table_batch_row(b);
		table_set_int(b, TRUTH_MOVE_truth_id, truth_id(p));
		table_set_date(b, TRUTH_MOVE_from_date, MAX(home->from, p->entry));
		table_set_literal(b, TRUTH_MOVE_ben_res_dpt, home->department->code);
		table_set_literal(b, TRUTH_MOVE_ben_res_com, home->commune->code);
	}
}

static void emit_effect(struct table_batch *b, const struct snds_effect *e)
{
	table_batch_row(b);
	table_set_literal(b, TRUTH_EFFECT_effect, e->name);
	table_set_literal(b, TRUTH_EFFECT_kind, VIEW(snds_effect_kind_name(e->kind)));
	table_set_literal(b, TRUTH_EFFECT_cause, e->cause);
	table_set_literal(b, TRUTH_EFFECT_target, e->target);
	table_set_double(b, TRUTH_EFFECT_value, e->value);
	table_set_int(b, TRUTH_EFFECT_planted, e->planted);
}

void snds_emit_effects(struct snds_sink *s)
{
	const struct snds_model *m = s->world->model;

	for (size_t i = 0; i < m->effects.len; i++)
		emit_effect(s->batches[SNDS_TRUTH_EFFECT], &m->effects.ptr[i]);
}

void snds_emit_truth(struct snds_sink *s, const struct snds_life *life)
{
	struct table_batch *onsets = s->batches[SNDS_TRUTH_ONSET];
	struct table_batch *exposures = s->batches[SNDS_TRUTH_EXPOSURE];

	emit_person(s->batches[SNDS_TRUTH_PERSON], &life->person);
	emit_birth(s->batches[SNDS_TRUTH_BIRTH], &life->person);
	emit_moves(s->batches[SNDS_TRUTH_MOVE], &life->person);
	emit_events(onsets, life);
	for (size_t i = 0; i < life->onsets.len; i++) {
		const struct snds_onset *o = &life->onsets.ptr[i];

		table_batch_row(onsets);
		table_set_int(onsets, TRUTH_ONSET_truth_id, truth_id(&life->person));
		table_set_literal(onsets, TRUTH_ONSET_disease, o->disease->name);
		table_set_literal(onsets, TRUTH_ONSET_cim10, o->disease->cim10);
		table_set_date(onsets, TRUTH_ONSET_onset_date, o->on);
		table_set_int(onsets, TRUTH_ONSET_prevalent, o->prevalent);
		if (o->first_sign != DATE_NONE)
			table_set_date(onsets, TRUTH_ONSET_first_sign, o->first_sign);
	}
	for (size_t i = 0; i < life->exposures.len; i++) {
		const struct snds_exposure *e = &life->exposures.ptr[i];

		table_batch_row(exposures);
		table_set_int(exposures, TRUTH_EXPOSURE_truth_id, truth_id(&life->person));
		table_set_literal(exposures, TRUTH_EXPOSURE_atc, e->atc);
		table_set_date(exposures, TRUTH_EXPOSURE_start_date, e->start);
		table_set_date(exposures, TRUTH_EXPOSURE_end_date, e->end);
	}
}
