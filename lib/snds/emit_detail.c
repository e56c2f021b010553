#include "snds/emit.h"

static struct view finess(const struct snds_other_stay *o)
{
	return (struct view){o->hospital->finess, sizeof(o->hospital->finess)};
}

/* A stay has a stream of its own: rows do not depend on what else is made. */
static struct rng stream_of(const struct snds_world *w, const struct snds_person *p,
    const struct snds_other_stay *o)
{
	uint64_t stay = (uint64_t)o->field * SNDS_OTHERS_MAX + o->serial;

	return rng_at(w->seed, SNDS_STREAM_DETAIL,
	    p->index * SNDS_FIELDS * SNDS_OTHERS_MAX + stay);
}

struct week {
	const struct snds_person *p;
	const struct snds_other_stay *o;
	int number; /* from 1 */
	int days;   /* of the stay in it */
};

static void set_week(struct table_batch *b, size_t eta, size_t rha, size_t rhs,
    const struct week *k)
{
	table_batch_row(b);
	table_set_literal(b, eta, finess(k->o));
	snds_set_other_number(b, rha, k->p, k->o);
	snds_set_digits(b, rhs, (uint64_t)k->number, 3);
}

static void emit_ssr_d(struct table_batch *b, const struct week *k)
{
	for (size_t i = 0; i < k->o->das_count; i++) {
		set_week(b, T_SSR_D_ETA_NUM, T_SSR_D_RHA_NUM, T_SSR_D_RHS_NUM, k);
		table_set_literal(b, T_SSR_D_DGN_COD, k->o->das[i]);
	}
}

static void emit_csarr(struct table_batch *b, const struct snds_model *m, const struct week *k,
    struct rng *r)
{
	for (size_t i = 0; i < m->csarr.len; i++) {
		const struct snds_csarr *a = &m->csarr.ptr[i];
		unsigned acts;

		if (!view_starts(k->o->dp, a->dp))
			continue;
		acts = rng_poisson(r, a->weekly * k->days / 7);
		if (!acts)
			continue;
		set_week(b, T_SSR_CSARR_ETA_NUM, T_SSR_CSARR_RHA_NUM, T_SSR_CSARR_RHS_NUM, k);
		table_set_literal(b, T_SSR_CSARR_CSARR_COD, a->code);
		table_set_literal(b, T_SSR_CSARR_TYP_INTERV, a->intervener);
		table_set_literal(b, T_SSR_CSARR_COMP_SEM, VIEW_LIT("1"));
		table_set_int(b, T_SSR_CSARR_NBR_CSARR, acts);
		table_set_int(b, T_SSR_CSARR_ENT_DAT_DEL_UM,
		    (k->number - 1) * 7 + (int)rng_below(r, (uint32_t)k->days));
		table_set_int(b, T_SSR_CSARR_NBR_PAT_INTERV, 1);
		table_set_int(b, T_SSR_CSARR_NBR_INTERV, 1);
	}
}

static void emit_ssr_ccam(struct table_batch *b, const struct snds_model *m, const struct week *k,
    struct rng *r)
{
	for (size_t i = 0; i < m->other_acts.len; i++) {
		const struct snds_other_act *a = &m->other_acts.ptr[i];

		if (!view_eq(a->field, VIEW_LIT("SSR")) || !rng_chance(r, a->share))
			continue;
		set_week(b, T_SSR_CCAM_ETA_NUM, T_SSR_CCAM_RHA_NUM, T_SSR_CCAM_RHS_NUM, k);
		table_set_int(b, T_SSR_CCAM_CCAM_DEL_ENT_UM,
		    (k->number - 1) * 7 + (int)rng_below(r, (uint32_t)k->days));
		table_set_literal(b, T_SSR_CCAM_CCAM_ACT, a->ccam);
		table_set_literal(b, T_SSR_CCAM_CCAM_PHA_ACT, VIEW_LIT("0"));
		table_set_literal(b, T_SSR_CCAM_CCAM_COD_ACT, VIEW_LIT("1"));
		table_set_int(b, T_SSR_CCAM_CCAM_NBR_REA, 1);
		table_set_literal(b, T_SSR_CCAM_CCAM_VAL_DAT, VIEW_LIT("1"));
	}
}

static void emit_ssr(struct snds_sink *s, const struct snds_person *p,
    const struct snds_other_stay *o)
{
	const struct snds_model *m = s->world->model;
	struct rng r = stream_of(s->world, p, o);
	int year = date_to_civil(o->exit).year, days = o->exit - o->entry + 1;

	for (int week = 1; (week - 1) * 7 < days; week++) {
		struct week k = {p, o, week, MIN(7, days - (week - 1) * 7)};

		emit_ssr_d(s->batches[snds_sink_index(s, SNDS_T_SSR_D, year)], &k);
		emit_csarr(s->batches[snds_sink_index(s, SNDS_T_SSR_CSARR, year)], m, &k, &r);
		emit_ssr_ccam(s->batches[snds_sink_index(s, SNDS_T_SSR_CCAM, year)], m, &k, &r);
	}
}

/* One sequence and sub-sequence a stay: 0001 both. */
static void emit_had(struct snds_sink *s, const struct snds_person *p,
    const struct snds_other_stay *o)
{
	int year = date_to_civil(o->exit).year;
	struct table_batch *d = s->batches[snds_sink_index(s, SNDS_T_HAD_D, year)];
	struct table_batch *a = s->batches[snds_sink_index(s, SNDS_T_HAD_A, year)];
	const struct snds_model *m = s->world->model;
	struct rng r = stream_of(s->world, p, o);

	for (size_t i = 0; i < o->das_count; i++) {
		table_batch_row(d);
		table_set_literal(d, T_HAD_D_DGN_ASS, o->das[i]);
		table_set_literal(d, T_HAD_D_ETA_NUM_EPMSI, finess(o));
		snds_set_other_number(d, T_HAD_D_RHAD_NUM, p, o);
		table_set_literal(d, T_HAD_D_SEQ_NUM, VIEW_LIT("0001"));
		table_set_literal(d, T_HAD_D_SSEQ_NUM, VIEW_LIT("0001"));
	}
	for (size_t i = 0; i < m->other_acts.len; i++) {
		const struct snds_other_act *act = &m->other_acts.ptr[i];

		if (!view_eq(act->field, VIEW_LIT("HAD")) || !rng_chance(&r, act->share))
			continue;
		table_batch_row(a);
		table_set_literal(a, T_HAD_A_ACT_COD, VIEW_LIT("1"));
		table_set_literal(a, T_HAD_A_CCAM_COD, act->ccam);
		table_set_int(a, T_HAD_A_DEL_DEB_SSEQ,
		    (int)rng_below(&r, (uint32_t)(o->exit - o->entry + 1)));
		table_set_literal(a, T_HAD_A_ETA_NUM_EPMSI, finess(o));
		table_set_literal(a, T_HAD_A_PHA_COD, VIEW_LIT("0"));
		table_set_int(a, T_HAD_A_REAL_NBR, 1);
		snds_set_other_number(a, T_HAD_A_RHAD_NUM, p, o);
		table_set_literal(a, T_HAD_A_SEQ_NUM, VIEW_LIT("0001"));
		table_set_literal(a, T_HAD_A_SSEQ_NUM, VIEW_LIT("0001"));
		table_set_literal(a, T_HAD_A_VAL_DAT_SSEQ, VIEW_LIT("1"));
	}
}

static void emit_rip(struct snds_sink *s, const struct snds_person *p,
    const struct snds_other_stay *o)
{
	int year = date_to_civil(o->exit).year;
	struct table_batch *b = s->batches[snds_sink_index(s, SNDS_T_RIP_RSAD, year)];

	for (size_t i = 0; i < o->das_count; i++) {
		table_batch_row(b);
		table_set_literal(b, T_RIP_RSAD_ETA_NUM_EPMSI, finess(o));
		snds_set_other_number(b, T_RIP_RSAD_RIP_NUM, p, o);
		table_set_literal(b, T_RIP_RSAD_SEQ_SEQ_NUM, VIEW_LIT("001"));
		table_set_literal(b, T_RIP_RSAD_ASS_DGN, o->das[i]);
	}
}

void snds_emit_details(struct snds_sink *s, const struct snds_life *life,
    const struct snds_other_stay *o)
{
	switch (o->field) {
	case SNDS_SSR: emit_ssr(s, &life->person, o); break;
	case SNDS_HAD: emit_had(s, &life->person, o); break;
	case SNDS_RIP: emit_rip(s, &life->person, o); break;
	case SNDS_MCO:
	case SNDS_FIELDS: break;
	}
}
