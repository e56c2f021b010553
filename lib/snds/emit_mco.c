#include "snds/emit.h"

/* RSA_NUM = person * 2^7 + stay: unique, ten digits for 70 million persons. */
enum { STAYS = 128 };

static uint64_t rsa_of(const struct snds_person *p, const struct snds_stay *s)
{
	return p->index * STAYS + s->serial;
}

static struct view finess_of(const struct snds_stay *s)
{
	return (struct view){s->hospital->finess, sizeof(s->hospital->finess)};
}

/* '8' home or '7' transfer; MS_SOR_V, MS_PRV_V. */
static void set_movements(struct table_batch *b, const struct snds_stay *s)
{
	bool transfer = !s->dead && s->exit - s->entry > 12;

	table_set_literal(b, T_MCO_B_ENT_MOD, VIEW_LIT("8"));
	if (s->emergency)
		table_set_literal(b, T_MCO_B_ENT_PRV, VIEW_LIT("5"));
	table_set_literal(b, T_MCO_B_SOR_MOD,
	    s->dead ? VIEW_LIT("9") : transfer ? VIEW_LIT("7")
					       : VIEW_LIT("8"));
	if (transfer)
		table_set_literal(b, T_MCO_B_SOR_DES, VIEW_LIT("2"));
	table_set_int(b, T_MCO_B_SOR_ANN, date_to_civil(s->exit).year);
	snds_set_month_of_year(b, T_MCO_B_SOR_MOI, s->exit);
	if (!s->sessions)
		table_set_int(b, T_MCO_B_SEJ_NBJ, s->exit - s->entry);
}

static void set_patient(struct table_batch *b, const struct snds_person *p,
    const struct snds_stay *s)
{
	int age = date_age(p->birth, s->entry);

	/* Under one year the age is in days. */
	if (age < 1)
		table_set_int(b, T_MCO_B_AGE_JOU, s->entry - p->birth);
	else
		table_set_int(b, T_MCO_B_AGE_ANN, age);
	table_set_literal(b, T_MCO_B_BDI_COD, p->commune->postcode);
	table_set_literal(b, T_MCO_B_BDI_DEP, p->department->code_mco);
	table_set_literal(b, T_MCO_B_COD_SEX, p->sex == SNDS_WOMAN ? VIEW_LIT("2") : VIEW_LIT("1"));
	if (s->newborn) {
		table_set_int(b, T_MCO_B_AGE_GES, s->weeks);
		table_set_int(b, T_MCO_B_POI_NAI, s->weight);
	}
}

static void emit_b(struct table_batch *b, const struct snds_person *p, const struct snds_stay *s)
{
	table_batch_row(b);
	set_patient(b, p, s);
	set_movements(b, s);
	table_set_literal(b, T_MCO_B_DGN_PAL, s->dp);
	if (s->dr.len)
		table_set_literal(b, T_MCO_B_DGN_REL, s->dr);
	table_set_literal(b, T_MCO_B_ETA_NUM, finess_of(s));
	snds_set_digits(b, T_MCO_B_RSA_NUM, rsa_of(p, s), 10);
	table_set_int(b, T_MCO_B_GHS_NUM, s->ghs);
	table_set_literal(b, T_MCO_B_GRC_GHM, s->ghm);
	table_set_literal(b, T_MCO_B_GRG_GHM, s->ghm);
	table_set_int(b, T_MCO_B_NBR_ACT, (int64_t)s->act_count);
	table_set_int(b, T_MCO_B_NBR_DGN, (int64_t)s->das_count);
	table_set_int(b, T_MCO_B_NBR_RUM, 1);
	table_set_int(b, T_MCO_B_NBR_SEA, s->sessions);
	table_set_int(b, T_MCO_B_TYP_GEN_RSA, 0);
	table_set_int(b, T_MCO_B_UHCD_TOP, 0);
}

/* A stray stay fails one of the controls of chaining, which one depends on its number. */
static void set_return_codes(struct table_batch *b, const struct snds_stay *s)
{
	static const size_t codes[] = {T_MCO_C_NIR_RET, T_MCO_C_NAI_RET, T_MCO_C_SEX_RET,
	    T_MCO_C_SEJ_RET, T_MCO_C_FHO_RET, T_MCO_C_PMS_RET, T_MCO_C_DAT_RET,
	    T_MCO_C_COH_NAI_RET, T_MCO_C_COH_SEX_RET};
	size_t wrong = s->dirt == SNDS_DIRT_RETURN_CODE
	                   ? (size_t)s->entry % ARRAY_LEN(codes)
	                   : ARRAY_LEN(codes);

	for (size_t i = 0; i < ARRAY_LEN(codes); i++)
		table_set_literal(b, codes[i], i == wrong ? VIEW_LIT("1") : VIEW_LIT("0"));
}

static void emit_c(struct table_batch *b, const struct snds_person *p, const struct snds_stay *s)
{
	table_batch_row(b);
	set_return_codes(b, s);
	table_set_date(b, T_MCO_C_ENT_DAT, s->entry);
	table_set_date(b, T_MCO_C_SOR_DAT, s->exit);
	table_set_date(b, T_MCO_C_EXE_SOI_DTD, s->entry);
	table_set_date(b, T_MCO_C_EXE_SOI_DTF, s->exit);
	table_set_literal(b, T_MCO_C_ETA_NUM, finess_of(s));
	snds_set_digits(b, T_MCO_C_RSA_NUM, rsa_of(p, s), 10);
	if (s->dirt == SNDS_DIRT_UNKNOWN_NIR)
		table_set_literal(b, T_MCO_C_NIR_ANO_17, VIEW_LIT("xxxxxxxxxxxxxxxxx"));
	else
		table_set_text(b, T_MCO_C_NIR_ANO_17,
		    (struct view){s->identity->psa, SNDS_PSEUDONYM_LEN});
	table_set_int(b, T_MCO_C_RNG_NAI, s->identity->rank - '0');
	table_set_int(b, T_MCO_C_SEJ_NUM, s->entry - p->birth);
}

static void emit_d(struct table_batch *b, const struct snds_person *p, const struct snds_stay *s)
{
	for (size_t i = 0; i < s->das_count; i++) {
		table_batch_row(b);
		table_set_literal(b, T_MCO_D_ASS_DGN, s->das[i]);
		table_set_int(b, T_MCO_D_DGN_ASS_NUM, (int64_t)i + 1);
		table_set_literal(b, T_MCO_D_ETA_NUM, finess_of(s));
		snds_set_digits(b, T_MCO_D_RSA_NUM, rsa_of(p, s), 10);
	}
}

static void emit_a(struct table_batch *b, const struct snds_person *p, const struct snds_stay *s)
{
	for (size_t i = 0; i < s->act_count; i++) {
		const struct snds_stay_act *a = &s->acts[i];

		table_batch_row(b);
		table_set_literal(b, T_MCO_A_ACV_ACT, a->act->activity);
		table_set_literal(b, T_MCO_A_CDC_ACT, a->act->ccam);
		table_set_literal(b, T_MCO_A_PHA_ACT, a->act->phase);
		table_set_literal(b, T_MCO_A_CMP_DAT, VIEW_LIT("0"));
		table_set_int(b, T_MCO_A_ENT_DAT_DEL, a->day);
		table_set_int(b, T_MCO_A_NBR_EXE_ACT, a->count);
		table_set_literal(b, T_MCO_A_ETA_NUM, finess_of(s));
		snds_set_digits(b, T_MCO_A_RSA_NUM, rsa_of(p, s), 10);
		table_set_literal(b, T_MCO_A_RUM_SEQ, VIEW_LIT("01"));
	}
}

void snds_emit_stays(struct snds_sink *s, const struct snds_life *life)
{
	const struct snds_person *p = &life->person;

	for (size_t i = 0; i < life->stays.len; i++) {
		const struct snds_stay *stay = &life->stays.ptr[i];
		int year = date_to_civil(stay->exit).year;

		emit_b(s->batches[snds_sink_index(s, SNDS_T_MCO_B, year)], p, stay);
		emit_c(s->batches[snds_sink_index(s, SNDS_T_MCO_C, year)], p, stay);
		emit_d(s->batches[snds_sink_index(s, SNDS_T_MCO_D, year)], p, stay);
		emit_a(s->batches[snds_sink_index(s, SNDS_T_MCO_A, year)], p, stay);
	}
}
