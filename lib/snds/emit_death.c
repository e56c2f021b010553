#include "snds/emit.h"

static struct view pseudonym(const char *p)
{
	return (struct view){p, SNDS_PSEUDONYM_LEN};
}

/* DCD_IDT_ENC has 64 characters: a hash like the others, repeated to its length. */
static void set_certificate(struct table_batch *b, size_t column, const struct snds_person *p,
    const struct snds_world *w)
{
	char text[4 * SNDS_PSEUDONYM_LEN];

	for (uint64_t i = 0; i < 4; i++)
		snds_pseudonym(w, p->index * 16 + 8 + i, text + i * SNDS_PSEUDONYM_LEN);
	table_set_text(b, column, (struct view){text, 64});
}

/* DS_LIE_V: 2 public hospital, 4 retirement home, 1 home. */
static int place_of_death(const struct snds_person *p)
{
	if (p->died_in_hospital)
		return 2;
	return date_age(p->birth, p->death) >= 80 && p->providers % 2 ? 4 : 1;
}

static void emit_certificate(struct table_batch *b, const struct snds_person *p,
    const struct snds_world *w)
{
	const struct snds_identity *id = snds_identity_on(p, p->death);
	const struct snds_place *home = snds_place_on(&p->places, p->death);

	table_batch_row(b);
	set_certificate(b, KI_CCI_R_DCD_IDT_ENC, p, w);
	table_set_int(b, KI_CCI_R_DCD_IDT_TOP, 1);
	snds_set_synthetic_id(b, KI_CCI_R_BEN_IDT_ANO, p, id);
	table_set_int(b, KI_CCI_R_BEN_IDT_TOP, id->has_nir_ano);
	if (id->has_nir_ano)
		table_set_text(b, KI_CCI_R_BEN_NIR_ANO, pseudonym(p->nir_ano));
	table_set_int(b, KI_CCI_R_FLX_PER_ANN, date_to_civil(p->death).year);
	table_set_int(b, KI_CCI_R_CER_VER_NUM, 2);
	table_set_int(b, KI_CCI_R_TRT_STA_COD, 1);
	table_set_int(b, KI_CCI_R_TYP_CER_COD, p->death - p->birth < 28 ? 2 : 1);
	table_set_int(b, KI_CCI_R_CER_SUP_TYP, p->providers % 4 == 0 ? 1 : 2);
	table_set_int(b, KI_CCI_R_TYP_VOL_COD, 1);
	table_set_literal(b, KI_CCI_R_DCD_DPT_COD, home->department->code);
	table_set_literal(b, KI_CCI_R_DCD_COM_COD, home->commune->code);
	table_set_literal(b, KI_CCI_R_BEN_RES_DPT, home->department->code);
	table_set_literal(b, KI_CCI_R_BEN_RES_COM, home->commune->code);
	table_set_date(b, KI_CCI_R_BEN_DCD_DTE, p->death);
	snds_set_month(b, KI_CCI_R_BEN_DCD_AME, p->death);
	table_set_int(b, KI_CCI_R_DCD_LIE_COD, place_of_death(p));
	table_set_int(b, KI_CCI_R_BEN_NAI_ANN, date_to_civil(p->birth).year);
	snds_set_month_of_year(b, KI_CCI_R_BEN_NAI_MOI, p->birth);
	table_set_int(b, KI_CCI_R_BEN_SEX_COD, p->sex);
	table_set_literal(b, KI_CCI_R_DCD_CIM_COD, p->cause);
	table_set_int(b, KI_CCI_R_DCD_CAU_COD, 1);
}

/* Lines of a certificate: 1 to 4 the chain, the immediate cause first; 5 what contributed. */
enum { IMMEDIATE = 1,
	UNDERLYING = 2,
	CONTRIBUTING = 5,
	CODE_LEN = 4 };

static void emit_line(struct table_batch *b, const struct snds_person *p,
    const struct snds_world *w, int line, int rank, struct view code)
{
	const struct snds_identity *id = snds_identity_on(p, p->death);

	table_batch_row(b);
	set_certificate(b, KI_ECD_R_DCD_IDT_ENC, p, w);
	table_set_int(b, KI_ECD_R_DCD_IDT_TOP, 1);
	snds_set_synthetic_id(b, KI_ECD_R_BEN_IDT_ANO, p, id);
	table_set_int(b, KI_ECD_R_BEN_IDT_TOP, id->has_nir_ano);
	if (id->has_nir_ano)
		table_set_text(b, KI_ECD_R_BEN_NIR_ANO, pseudonym(p->nir_ano));
	table_set_int(b, KI_ECD_R_FLX_PER_ANN, date_to_civil(p->death).year);
	table_set_int(b, KI_ECD_R_CER_LIG_NUM, line);
	table_set_int(b, KI_ECD_R_ECD_CAU_RNG, rank);
	table_set_literal(b, KI_ECD_R_ECD_CIM_COD,
	    (struct view){code.ptr, MIN(code.len, (size_t)CODE_LEN)});
	table_set_date(b, KI_ECD_R_BEN_DCD_DTE, p->death);
	snds_set_month(b, KI_ECD_R_BEN_DCD_AME, p->death);
}

static struct view draw_immediate(const struct snds_model *m, struct rng *r)
{
	double total = 0, at;
	size_t i = 0;

	for (size_t k = 0; k < m->immediate_causes.len; k++)
		total += m->immediate_causes.ptr[k].weight;
	at = rng_unit(r) * total;
	while (i + 1 < m->immediate_causes.len && at >= m->immediate_causes.ptr[i].weight)
		at -= m->immediate_causes.ptr[i++].weight;
	return m->immediate_causes.ptr[i].cim10;
}

/* All causes: the initial one of KI_CCI_R stands on line 2, under what it led to. */
static void emit_causes(struct table_batch *b, const struct snds_life *life,
    const struct snds_world *w)
{
	const struct snds_person *p = &life->person;
	struct rng r = rng_at(w->seed, SNDS_STREAM_CERTIFICATE, p->index);
	struct view immediate = draw_immediate(w->model, &r);
	int rank = 0;

	if (view_eq(immediate, p->cause)) {
		emit_line(b, p, w, IMMEDIATE, 1, p->cause);
	} else {
		emit_line(b, p, w, IMMEDIATE, 1, immediate);
		emit_line(b, p, w, UNDERLYING, 1, p->cause);
	}
	for (size_t i = 0; i < life->onsets.len; i++) {
		const struct snds_onset *o = &life->onsets.ptr[i];

		if (snds_lasts(o, p->death) && !view_eq(o->disease->cim10, p->cause) &&
		    rng_chance(&r, o->disease->das_share))
			emit_line(b, p, w, CONTRIBUTING, ++rank, o->disease->cim10);
	}
}

void snds_emit_death(struct snds_sink *s, const struct snds_life *life)
{
	emit_certificate(s->batches[SNDS_KI_CCI_R], &life->person, s->world);
	emit_causes(s->batches[SNDS_KI_ECD_R], life, s->world);
}
