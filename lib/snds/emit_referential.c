#include "snds/emit.h"

#include <stdio.h>

uint32_t snds_provider_of(const struct snds_person *p, int specialty, int activity)
{
	uint32_t kind = (uint32_t)(specialty ? specialty : SNDS_SPECIALTIES + activity);
	uint32_t which = ((p->providers ^ kind * 2654435761U) >> 8) % SNDS_PROVIDERS;

	return kind * SNDS_PROVIDERS + which;
}

/* The third digit of the number by nature of activity: PFS_ACT_CAT of IR_ACT_V, one digit. */
static char category_of(uint32_t kind)
{
	static const struct {
		uint32_t from;
		char digit;
	} natures[] = {{50, '2'}, {30, '3'}, {28, '9'}, {27, '8'}, {26, '7'}, {25, '9'}, {24, '6'},
	    {20, '5'}, {0, '4'}};
	uint32_t nature = kind - SNDS_SPECIALTIES;
	size_t i = 0;

	if (kind < SNDS_SPECIALTIES)
		return kind == 36 ? '4' : '1'; /* 36: dentists who are specialists */
	while (nature < natures[i].from)
		i++;
	return natures[i].digit;
}

/* The département in two characters; overseas 9A to 9F. */
static void set_department(const struct snds_department *d, char *ret)
{
	bool overseas = view_starts(d->code, VIEW_LIT("97"));

	ret[0] = d->code_mco.ptr[0];
	ret[1] = overseas ? (char)('A' + d->code.ptr[2] - '1') : d->code_mco.ptr[1];
}

/*
 * Number of an office, eight characters: département, category, five digits.
 * It is PFS_PFS_NUM of DA_PRA_R and, the same, PFS_EXE_NUM and PFS_PRE_NUM of
 * ER_PRS_F (fiches "DA_PRA_R simplifié" and "Notions autour du professionnel de
 * santé" of Documentation-SNDS: eight digits and a key, joined without the key;
 * that the schema leaves room for nine in ER_PRS_F changes nothing).
 */
void snds_provider_number(const struct snds_department *d, uint32_t provider,
    char ret[SNDS_PROVIDER_LEN])
{
	set_department(d, ret);
	ret[2] = category_of(provider / SNDS_PROVIDERS);
	for (int i = 7; i > 2; i--, provider /= 10)
		ret[i] = (char)('0' + provider % 10);
}

void snds_see_hospital(struct snds_sink *s, enum snds_field field, const struct snds_hospital *h,
    int year)
{
	_Atomic uint32_t *word = &s->seen->hospitals[field][year - s->year_first][h->index / 32];

	if (!(*word >> h->index % 32 & 1))
		*word |= UINT32_C(1) << h->index % 32;
}

static bool seen_in(const struct snds_sink *s, int field, const struct snds_hospital *h, int year)
{
	return s->seen->hospitals[field][year - s->year_first][h->index / 32] >> h->index % 32 & 1;
}

static bool seen_ever(const struct snds_sink *s, const struct snds_hospital *h)
{
	bool seen = false;

	for (int field = 0; field < SNDS_FIELDS; field++) {
		for (int i = 0; i < s->year_count; i++)
			seen = seen || seen_in(s, field, h, s->year_first + i);
	}
	return seen;
}

/* Invented, as its number is: "HOPITAL FICTIF 001-1". */
static void set_name(struct table_batch *b, size_t column, const struct snds_department *d,
    const struct snds_hospital *h)
{
	char name[40];
	int len = snprintf(name, sizeof(name), "%s FICTIF %.3s-%zu",
	    h->is_public ? "HOPITAL" : "CLINIQUE", d->code.ptr, h->index % SNDS_HOSPITALS + 1);

	table_set_text(b, column, (struct view){name, (size_t)len});
}

/* IDE_PSH_CAT as in IR_CET_V, IDE_PSH_MFT as in IR_MFT_V, IDE_ETA_TYP: 1 public, 4 private. */
static void emit_ide(struct table_batch *b, const struct snds_department *d,
    const struct snds_hospital *h)
{
	const struct snds_commune *c = &d->communes.ptr[0];
	char commune[5];

	memcpy(commune, d->code_mco.ptr, 2);
	memcpy(commune + 2, c->code.ptr, 3);
	table_batch_row(b);
	table_set_literal(b, BE_IDE_R_IDE_ETA_NUM, (struct view){h->finess, sizeof(h->finess)});
	table_set_literal(b, BE_IDE_R_IDE_ETA_NU8, (struct view){h->finess, 8});
	set_name(b, BE_IDE_R_IDE_ETA_NOM, d, h);
	table_set_literal(b, BE_IDE_R_IDE_BDI_COD, c->postcode);
	set_name(b, BE_IDE_R_IDE_CPT_RSC, d, h);
	table_set_text(b, BE_IDE_R_IDE_INS_COM, (struct view){commune, sizeof(commune)});
	table_set_literal(b, BE_IDE_R_IDE_PSH_CAT,
	    h->is_public ? VIEW_LIT("355") : VIEW_LIT("365"));
	table_set_literal(b, BE_IDE_R_IDE_PSH_MFT, h->is_public ? VIEW_LIT("3") : VIEW_LIT("7"));
	table_set_literal(b, BE_IDE_R_IDE_ETA_TYP, h->is_public ? VIEW_LIT("1") : VIEW_LIT("4"));
	table_set_literal(b, BE_IDE_R_IDE_IMP_DPT, d->code);
}

/* The establishments of a year have the same columns in each field, in two orders. */
static const struct {
	enum snds_table table;
	size_t year, finess, finess8, region, name, status, valid;
} establishments[] = {
    [SNDS_MCO] = {SNDS_T_MCO_E, T_MCO_E_ANN_TRT, T_MCO_E_ETA_NUM, T_MCO_E_ETB_EXE_FIN,
	T_MCO_E_REG_ETA, T_MCO_E_SOC_RAI, T_MCO_E_STA_ETA, T_MCO_E_VAL_ETA},
    [SNDS_SSR] = {SNDS_T_SSR_E, T_SSR_E_ANN_TRT, T_SSR_E_ETA_NUM, T_SSR_E_ETB_EXE_FIN,
	T_SSR_E_REG_ETA, T_SSR_E_SOC_RAI, T_SSR_E_STA_ETA, T_SSR_E_VAL_ETA},
    [SNDS_HAD] = {SNDS_T_HAD_E, T_HAD_E_ANN_TRT, T_HAD_E_ETA_NUM, T_HAD_E_ETB_EXE_FIN,
	T_HAD_E_REG_ETA, T_HAD_E_SOC_RAI, T_HAD_E_STA_ETA, T_HAD_E_VAL_ETA},
    [SNDS_RIP] = {SNDS_T_RIP_E, T_RIP_E_ANN_TRT, T_RIP_E_ETA_NUM, T_RIP_E_ETB_EXE_FIN,
	T_RIP_E_REG_ETA, T_RIP_E_SOC_RAI, T_RIP_E_STA_ETA, T_RIP_E_VAL_ETA},
};

static void emit_e(struct snds_sink *s, int field, const struct snds_department *d,
    const struct snds_hospital *h, int year)
{
	struct table_batch *b =
	    s->batches[snds_sink_index(s, establishments[field].table, year)];

	table_batch_row(b);
	snds_set_digits(b, establishments[field].year, (uint64_t)year, 4);
	table_set_literal(b, establishments[field].finess,
	    (struct view){h->finess, sizeof(h->finess)});
	table_set_literal(b, establishments[field].finess8, (struct view){h->finess, 8});
	table_set_literal(b, establishments[field].region, d->region);
	set_name(b, establishments[field].name, d, h);
	table_set_literal(b, establishments[field].status,
	    h->is_public ? VIEW_LIT("CH") : VIEW_LIT("PRI"));
	table_set_literal(b, establishments[field].valid, VIEW_LIT("VALIDE"));
}

static void emit_rank(struct table_batch *b, const struct snds_hospital *h)
{
	table_batch_row(b);
	table_set_literal(b, TRUTH_HOSPITAL_eta_num, (struct view){h->finess, sizeof(h->finess)});
	table_set_int(b, TRUTH_HOSPITAL_fatality_rank, snds_hospital_rank(h));
}

static void emit_hospital(struct snds_sink *s, const struct snds_department *d,
    const struct snds_hospital *h)
{
	if (seen_ever(s, h)) {
		emit_ide(s->batches[SNDS_BE_IDE_R], d, h);
		emit_rank(s->batches[SNDS_TRUTH_HOSPITAL], h);
	}
	for (int field = 0; field < SNDS_FIELDS; field++) {
		for (int year = s->year_first; year < s->year_first + s->year_count; year++) {
			if (seen_in(s, field, h, year))
				emit_e(s, field, d, h, year);
		}
	}
}

/* Sex, birth and place are a function of the number; EXC_EXC_NAT 1 and CNV_CNV_COD 1: usual. */
static void emit_professional(struct table_batch *b, const struct snds_world *w,
    const struct snds_department *d, uint32_t provider)
{
	struct rng r = rng_at(w->seed, SNDS_STREAM_PROVIDER,
	    d->index * SNDS_PROVIDER_KINDS * SNDS_PROVIDERS + provider);
	const struct snds_commune *c = &d->communes.ptr[rng_below(&r, (uint32_t)d->communes.len)];
	int year = date_to_civil(w->end).year;
	uint32_t kind = provider / SNDS_PROVIDERS;
	char number[SNDS_PROVIDER_LEN];

	snds_provider_number(d, provider, number);
	table_batch_row(b);
	table_set_literal(b, DA_PRA_R_DTE_MOI_FIN, VIEW_LIT("12"));
	table_set_int(b, DA_PRA_R_DTE_ANN_TRT, year);
	table_set_text(b, DA_PRA_R_PFS_PFS_NUM, (struct view){number, sizeof(number)});
	table_set_literal(b, DA_PRA_R_IPP_SEX_COD,
	    rng_chance(&r, 0.5) ? VIEW_LIT("2") : VIEW_LIT("1"));
	table_set_int(b, DA_PRA_R_IPP_ANN_NAI, year - 28 - (int)rng_below(&r, 40));
	snds_set_digits(b, DA_PRA_R_PFS_PRA_SPE,
	    kind < SNDS_SPECIALTIES ? kind : kind - SNDS_SPECIALTIES, 2);
	table_set_literal(b, DA_PRA_R_CNV_CNV_COD, VIEW_LIT("1"));
	table_set_literal(b, DA_PRA_R_EXC_EXC_NAT, VIEW_LIT("1"));
	table_set_text(b, DA_PRA_R_STA_PFS_NUM, (struct view){number, sizeof(number)});
	table_set_literal(b, DA_PRA_R_PFS_EXC_COM, c->code);
	table_set_literal(b, DA_PRA_R_PFS_COD_POS, c->postcode);
}

static void emit_professionals(struct snds_sink *s, const struct snds_department *d)
{
	size_t first = d->index * SNDS_PROVIDER_KINDS * SNDS_PROVIDERS;

	for (uint32_t i = 0; i < SNDS_PROVIDER_KINDS * SNDS_PROVIDERS; i++) {
		if (s->seen->providers[(first + i) / 32] >> (first + i) % 32 & 1)
			emit_professional(s->batches[SNDS_DA_PRA_R], s->world, d, i);
	}
}

void snds_emit_referentials(struct snds_sink *s)
{
	const struct snds_model *m = s->world->model;

	for (size_t i = 0; i < m->departments.len; i++) {
		const struct snds_department *d = &m->departments.ptr[i];

		for (size_t h = 0; h < d->hospital_count; h++)
			emit_hospital(s, d, &d->hospitals[h]);
		emit_professionals(s, d);
	}
	snds_emit_drugs(s);
}
