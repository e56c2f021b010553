#include "snds/emit.h"

/* BEN_DCD_DTE of the living: https://entraide.health-data-hub.fr/t/validite-externe-du-snds/1984 */
static date_t sentinel(void)
{
	return date_from_civil(1600, 1, 1);
}

static struct view pseudonym(const char *p)
{
	return (struct view){p, SNDS_PSEUDONYM_LEN};
}

static struct view rank_of(const struct snds_identity *id)
{
	return id->rank == '2' ? VIEW_LIT("2") : VIEW_LIT("1");
}

void snds_set_synthetic_id(struct table_batch *b, size_t column, const struct snds_person *p,
    const struct snds_identity *id)
{
	char text[SNDS_PSEUDONYM_LEN + 1];

	memcpy(text, id->has_nir_ano ? p->nir_ano : id->psa, SNDS_PSEUDONYM_LEN);
	text[SNDS_PSEUDONYM_LEN] = id->rank;
	table_set_text(b, column,
	    (struct view){text, SNDS_PSEUDONYM_LEN + (id->has_nir_ano ? 0 : 1)});
}

static void set_death(struct table_batch *b, const struct snds_person *p,
    const struct snds_world *w)
{
	date_t death = p->death == DATE_NONE && !w->clean ? sentinel() : p->death;

	if (death == DATE_NONE)
		return;
	table_set_date(b, IR_BEN_R_BEN_DCD_DTE, death);
	snds_set_month(b, IR_BEN_R_BEN_DCD_AME, death);
}

static void emit_ben(struct table_batch *b, const struct snds_person *p,
    const struct snds_identity *id, const struct snds_world *w)
{
	const struct snds_place *home = snds_place_on(&p->places, p->exit);

	table_batch_row(b);
	table_set_text(b, IR_BEN_R_BEN_NIR_PSA, pseudonym(id->psa));
	table_set_literal(b, IR_BEN_R_BEN_RNG_GEM, rank_of(id));
	if (id->has_nir_ano)
		table_set_text(b, IR_BEN_R_BEN_NIR_ANO, pseudonym(p->nir_ano));
	snds_set_synthetic_id(b, IR_BEN_R_BEN_IDT_ANO, p, id);
	table_set_int(b, IR_BEN_R_BEN_IDT_TOP, id->has_nir_ano);
	table_set_text(b, IR_BEN_R_ASS_NIR_ANO, pseudonym(id->insured));
	table_set_date(b, IR_BEN_R_BEN_IDT_MAJ, w->end);
	table_set_literal(b, IR_BEN_R_BEN_CDI_NIR, id->quality);
	table_set_int(b, IR_BEN_R_BEN_NAI_ANN, date_to_civil(p->birth).year);
	snds_set_month_of_year(b, IR_BEN_R_BEN_NAI_MOI, p->birth);
	table_set_int(b, IR_BEN_R_BEN_SEX_COD, p->sex);
	set_death(b, p, w);
	table_set_literal(b, IR_BEN_R_ORG_AFF_BEN, home->department->organism);
	table_set_literal(b, IR_BEN_R_BEN_RES_DPT, home->department->code);
	table_set_literal(b, IR_BEN_R_BEN_RES_COM, home->commune->code);
	table_set_int(b, IR_BEN_R_BEN_TOP_CNS, id->last_flux != DATE_NONE);
	if (id->last_flux != DATE_NONE)
		table_set_date(b, IR_BEN_R_MAX_TRT_DTD, id->last_flux);
	table_set_literal(b, IR_BEN_R_ORG_CLE_NEW, home->department->organism);
	table_set_date(b, IR_BEN_R_BEN_DTE_INS, id->from);
	table_set_date(b, IR_BEN_R_BEN_DTE_MAJ, w->end);
}

/* ALD are granted for ten years here: from 2011 on, five years, then renewed for ten. */
static void emit_imb(struct table_batch *b, const struct snds_person *p,
    const struct snds_onset *o)
{
	const struct snds_identity *id = snds_identity_on(p, o->ald_from);

	table_batch_row(b);
	table_set_text(b, IR_IMB_R_BEN_NIR_PSA, pseudonym(id->psa));
	table_set_literal(b, IR_IMB_R_BEN_RNG_GEM, rank_of(id));
	table_set_date(b, IR_IMB_R_IMB_ALD_DTD, o->ald_from);
	table_set_date(b, IR_IMB_R_IMB_ALD_DTF, date_add_years(o->ald_from, 10));
	table_set_int(b, IR_IMB_R_IMB_ALD_NUM, o->disease->ald);
	table_set_int(b, IR_IMB_R_IMB_ETM_NAT, 41);
	table_set_date(b, IR_IMB_R_INS_DTE, o->ald_from);
	table_set_literal(b, IR_IMB_R_MED_MTF_COD, o->disease->cim10);
	table_set_literal(b, IR_IMB_R_MED_NCL_IDT, VIEW_LIT("CIM10"));
	table_set_date(b, IR_IMB_R_UPD_DTE, o->ald_from);
}

/* IMB_ETM_NAT 47: long care that exempts from nothing (IR_ETM_V). */
static void emit_exemption(struct table_batch *b, const struct snds_exemption *e)
{
	table_batch_row(b);
	table_set_text(b, IR_IMB_R_BEN_NIR_PSA, pseudonym(e->identity->psa));
	table_set_literal(b, IR_IMB_R_BEN_RNG_GEM, rank_of(e->identity));
	table_set_date(b, IR_IMB_R_IMB_ALD_DTD, e->from);
	table_set_date(b, IR_IMB_R_IMB_ALD_DTF, date_add_years(e->from, 3));
	table_set_int(b, IR_IMB_R_IMB_ETM_NAT, 47);
	table_set_date(b, IR_IMB_R_INS_DTE, e->from);
	table_set_literal(b, IR_IMB_R_MED_MTF_COD, e->cim10);
	table_set_literal(b, IR_IMB_R_MED_NCL_IDT, VIEW_LIT("CIM10"));
	table_set_date(b, IR_IMB_R_UPD_DTE, e->from);
}

void snds_emit_persons(struct snds_sink *s, const struct snds_life *life)
{
	const struct snds_person *p = &life->person;

	for (size_t i = 0; i < p->identity_count; i++)
		emit_ben(s->batches[SNDS_IR_BEN_R], p, &p->identities[i], s->world);
	for (size_t i = 0; i < life->onsets.len; i++) {
		if (life->onsets.ptr[i].ald_from != DATE_NONE)
			emit_imb(s->batches[SNDS_IR_IMB_R], p, &life->onsets.ptr[i]);
	}
	for (size_t i = 0; i < life->exemptions.len; i++)
		emit_exemption(s->batches[SNDS_IR_IMB_R], &life->exemptions.ptr[i]);
	if (p->death != DATE_NONE)
		snds_emit_death(s, life);
}
