#include "snds/emit.h"

/* RSA_NUM = person * 2^7 + stay: unique, ten digits for 70 million persons. */
enum { STAYS = 128 };

uint64_t snds_rsa_of(const struct snds_person *p, const struct snds_stay *s)
{
	return p->index * STAYS + s->serial;
}

struct view snds_finess_of(const struct snds_stay *s)
{
	if (s->dirt == SNDS_DIRT_FINESS)
		return s->hospital->geographic;
	return (struct view){s->hospital->finess, sizeof(s->hospital->finess)};
}

/* '8' home, '7' transfer, from and to '1' MCO or '2' SSR; '5' emergency: MS_SOR_V, MS_PRV_V. */
static void set_movements(struct table_batch *b, const struct snds_stay *s)
{
	bool leaves = !s->dead && (s->goes_on || s->exit - s->entry > 12);

	table_set_literal(b, T_MCO_B_ENT_MOD, s->comes ? VIEW_LIT("7") : VIEW_LIT("8"));
	if (s->comes)
		table_set_literal(b, T_MCO_B_ENT_PRV, VIEW_LIT("1"));
	else if (s->emergency)
		table_set_literal(b, T_MCO_B_ENT_PRV, VIEW_LIT("5"));
	table_set_literal(b, T_MCO_B_SOR_MOD,
	    s->dead ? VIEW_LIT("9") : leaves ? VIEW_LIT("7")
					     : VIEW_LIT("8"));
	if (leaves)
		table_set_literal(b, T_MCO_B_SOR_DES, s->goes_on ? VIEW_LIT("1") : VIEW_LIT("2"));
	table_set_int(b, T_MCO_B_SOR_ANN, date_to_civil(s->exit).year);
	snds_set_month_of_year(b, T_MCO_B_SOR_MOI, s->exit);
	if (!s->sessions)
		table_set_int(b, T_MCO_B_SEJ_NBJ, s->exit - s->entry);
}

static void set_patient(struct table_batch *b, const struct snds_person *p,
    const struct snds_stay *s)
{
	const struct snds_place *home = snds_place_on(&p->places, s->entry);
	int age = date_age(p->birth, s->entry);

	/* Under one year the age is in days. */
	if (age < 1)
		table_set_int(b, T_MCO_B_AGE_JOU, s->entry - p->birth);
	else
		table_set_int(b, T_MCO_B_AGE_ANN, age);
	table_set_literal(b, T_MCO_B_BDI_COD, home->commune->postcode);
	table_set_literal(b, T_MCO_B_BDI_DEP, home->department->code_mco);
	table_set_literal(b, T_MCO_B_COD_SEX, p->sex == SNDS_WOMAN ? VIEW_LIT("2") : VIEW_LIT("1"));
	if (s->newborn) {
		table_set_int(b, T_MCO_B_AGE_GES, s->weeks);
		table_set_int(b, T_MCO_B_POI_NAI, s->weight);
	}
}

/*
 * RSS_NUM is the version of the format of the RSA. ATIH changes it about once
 * a year; 224 in 2018 and one more each year is a hypothesis of hygie.
 */
static void set_version(struct table_batch *b, size_t column, const struct snds_stay *s)
{
	snds_set_digits(b, column, (uint64_t)224 - 2018 + (uint64_t)date_to_civil(s->exit).year, 3);
}

static void emit_b(struct table_batch *b, const struct snds_person *p, const struct snds_stay *s)
{
	table_batch_row(b);
	set_patient(b, p, s);
	set_movements(b, s);
	table_set_literal(b, T_MCO_B_DGN_PAL, s->dp);
	if (s->dr.len)
		table_set_literal(b, T_MCO_B_DGN_REL, s->dr);
	table_set_literal(b, T_MCO_B_ETA_NUM, snds_finess_of(s));
	snds_set_digits(b, T_MCO_B_RSA_NUM, snds_rsa_of(p, s), 10);
	table_set_int(b, T_MCO_B_GHS_NUM, s->ghs);
	table_set_literal(b, T_MCO_B_GRC_GHM, s->ghm);
	table_set_literal(b, T_MCO_B_GRG_GHM, s->ghm);
	table_set_int(b, T_MCO_B_NBR_ACT, (int64_t)s->act_count);
	table_set_int(b, T_MCO_B_NBR_DGN, (int64_t)s->das_count);
	table_set_int(b, T_MCO_B_NBR_RUM, (int64_t)s->unit_count);
	set_version(b, T_MCO_B_RSS_NUM, s);
	table_set_int(b, T_MCO_B_NBR_SEA, s->sessions);
	if (s->dirt == SNDS_DIRT_ELSEWHERE)
		table_set_literal(b, T_MCO_B_SEJ_TYP, VIEW_LIT("B"));
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
	table_set_literal(b, T_MCO_C_ETA_NUM, snds_finess_of(s));
	snds_set_digits(b, T_MCO_C_RSA_NUM, snds_rsa_of(p, s), 10);
	if (s->dirt == SNDS_DIRT_UNKNOWN_NIR)
		table_set_literal(b, T_MCO_C_NIR_ANO_17, VIEW_LIT("xxxxxxxxxxxxxxxxx"));
	else if (s->dirt != SNDS_DIRT_MISSING_KEY)
		table_set_text(b, T_MCO_C_NIR_ANO_17,
		    (struct view){s->identity->psa, SNDS_PSEUDONYM_LEN});
	if (s->newborn && p->mother != SNDS_NOBODY)
		table_set_text(b, T_MCO_C_NIR_ANO_MAM,
		    (struct view){p->mother_psa, SNDS_PSEUDONYM_LEN});
	table_set_int(b, T_MCO_C_RNG_NAI, s->identity->rank - '0');
	table_set_int(b, T_MCO_C_SEJ_NUM, s->entry - p->birth);
}

/* The first one may come again, at the end. */
static void emit_d(struct table_batch *b, const struct snds_person *p, const struct snds_stay *s)
{
	for (size_t i = 0; i < s->das_count + s->repeats_das; i++) {
		table_batch_row(b);
		table_set_literal(b, T_MCO_D_ASS_DGN, s->das[i < s->das_count ? i : 0]);
		table_set_int(b, T_MCO_D_DGN_ASS_NUM, (int64_t)i + 1);
		table_set_literal(b, T_MCO_D_ETA_NUM, snds_finess_of(s));
		snds_set_digits(b, T_MCO_D_RSA_NUM, snds_rsa_of(p, s), 10);
		set_version(b, T_MCO_D_RSS_NUM, s);
	}
}

/* Activity 4 is the anaesthetist's part of the first act. */
static void emit_a(struct table_batch *b, const struct snds_person *p, const struct snds_stay *s)
{
	for (size_t i = 0; i < s->act_count + s->anaesthetist; i++) {
		bool again = i == s->act_count;
		const struct snds_stay_act *a = &s->acts[again ? 0 : i];

		table_batch_row(b);
		table_set_literal(b, T_MCO_A_ACV_ACT, again ? VIEW_LIT("4") : a->act->activity);
		table_set_literal(b, T_MCO_A_CDC_ACT, a->act->ccam);
		table_set_literal(b, T_MCO_A_PHA_ACT, a->act->phase);
		table_set_literal(b, T_MCO_A_CMP_DAT, VIEW_LIT("0"));
		table_set_int(b, T_MCO_A_ENT_DAT_DEL, a->day);
		table_set_int(b, T_MCO_A_NBR_EXE_ACT, a->count);
		table_set_literal(b, T_MCO_A_ETA_NUM, snds_finess_of(s));
		snds_set_digits(b, T_MCO_A_RSA_NUM, snds_rsa_of(p, s), 10);
		set_version(b, T_MCO_A_RSS_NUM, s);
		table_set_literal(b, T_MCO_A_RUM_SEQ,
		    s->unit_count > 1 && a->day > 0 ? VIEW_LIT("02") : VIEW_LIT("01"));
	}
}

/* The acts of the first day are those of a first unit of one day. */
static int acts_in(const struct snds_stay *s, size_t unit)
{
	int n = 0;

	for (size_t i = 0; i < s->act_count; i++)
		n += s->unit_count == 1 || (s->acts[i].day > 0) == (unit > 0);
	return n;
}

/* Associated diagnoses belong to the unit of the main diagnosis, which is the last. */
static void emit_um(struct table_batch *b, const struct snds_person *p, const struct snds_stay *s)
{
	for (size_t i = 0; i < s->unit_count; i++) {
		const struct snds_unit *u = &s->units[i];
		bool last = i + 1 == s->unit_count;

		table_batch_row(b);
		table_set_int(b, T_MCO_UM_ACT_RUM_NBR, acts_in(s, i));
		if (u->type.len)
			table_set_literal(b, T_MCO_UM_AUT_TYP1_UM, u->type);
		table_set_int(b, T_MCO_UM_DGN_ASS_NBR, last ? (int64_t)s->das_count : 0);
		table_set_literal(b, T_MCO_UM_DGN_PAL, u->dp);
		if (last && s->dr.len)
			table_set_literal(b, T_MCO_UM_DGN_REL, s->dr);
		table_set_literal(b, T_MCO_UM_ETA_NUM, snds_finess_of(s));
		table_set_literal(b, T_MCO_UM_ETA_NUM_GEO,
		    s->hospital->geographic.len ? s->hospital->geographic : snds_finess_of(s));
		table_set_int(b, T_MCO_UM_PAR_DUR_SEJ, u->days);
		snds_set_digits(b, T_MCO_UM_RSA_NUM, snds_rsa_of(p, s), 10);
		set_version(b, T_MCO_UM_RSS_NUM, s);
		table_set_int(b, T_MCO_UM_UM_ORD_NUM, (int64_t)i + 1);
	}
}

/* PRS_TYP 06: drugs beside the tariff. UCD_COD is UCD13 without its leading zeros, UCD7. */
static void emit_med(struct table_batch *b, const struct snds_person *p, const struct snds_stay *s)
{
	for (size_t i = 0; i < s->drug_count; i++) {
		const struct snds_hospital_drug *d = s->drugs[i];

		table_batch_row(b);
		snds_set_month_of_year(b, T_MCO_MED_ADM_MOIS, s->entry);
		table_set_double(b, T_MCO_MED_ADM_NBR, d->units);
		table_set_double(b, T_MCO_MED_ADM_NBR_PRI, d->units * d->price);
		table_set_int(b, T_MCO_MED_ANN, date_to_civil(s->exit).year);
		table_set_int(b, T_MCO_MED_DAT_ADM_ANN, date_to_civil(s->entry).year);
		table_set_int(b, T_MCO_MED_DELAI, 0);
		table_set_literal(b, T_MCO_MED_ETA_NUM, snds_finess_of(s));
		snds_set_month_of_year(b, T_MCO_MED_MOI, s->exit);
		table_set_int(b, T_MCO_MED_NBR_SEJ, 1);
		table_set_literal(b, T_MCO_MED_PRS_TYP, VIEW_LIT("06"));
		snds_set_digits(b, T_MCO_MED_RSA_NUM, snds_rsa_of(p, s), 10);
		table_set_literal(b, T_MCO_MED_UCD_UCD_COD, d->ucd);
		table_set_literal(b, T_MCO_MED_UCD_COD, (struct view){d->ucd.ptr + 6, 7});
	}
}

/* PRS_TYP 06, as the drugs: devices beside the tariff. */
static void emit_dmip(struct table_batch *b, const struct snds_person *p,
    const struct snds_stay *s)
{
	for (size_t i = 0; i < s->device_count; i++) {
		const struct snds_hospital_device *d = s->devices[i];

		table_batch_row(b);
		table_set_int(b, T_MCO_DMIP_ANN, date_to_civil(s->exit).year);
		table_set_int(b, T_MCO_DMIP_DAT_POS_ANN, date_to_civil(s->entry).year);
		table_set_int(b, T_MCO_DMIP_DELAI, 0);
		table_set_literal(b, T_MCO_DMIP_ETA_NUM, snds_finess_of(s));
		snds_set_digits(b, T_MCO_DMIP_LPP_COD, (uint64_t)d->lpp, 7);
		snds_set_month_of_year(b, T_MCO_DMIP_MOI, s->exit);
		snds_set_month_of_year(b, T_MCO_DMIP_MOI_POS, s->entry);
		table_set_int(b, T_MCO_DMIP_NBR_POS, (int64_t)d->units);
		table_set_double(b, T_MCO_DMIP_NBR_POS_PRI, d->units * d->price);
		table_set_literal(b, T_MCO_DMIP_PRS_TYP, VIEW_LIT("06"));
		snds_set_digits(b, T_MCO_DMIP_RSA_NUM, snds_rsa_of(p, s), 10);
		table_set_int(b, T_MCO_DMIP_TIP_PRS_IDE, d->lpp);
	}
}

static void emit_stay(struct snds_sink *s, const struct snds_person *p,
    const struct snds_stay *stay)
{
	static const struct {
		enum snds_table table;
		void (*emit)(struct table_batch *, const struct snds_person *,
		    const struct snds_stay *);
	} parts[] = {
	    {SNDS_T_MCO_B, emit_b},
	    {SNDS_T_MCO_C, emit_c},
	    {SNDS_T_MCO_D, emit_d},
	    {SNDS_T_MCO_A, emit_a},
	    {SNDS_T_MCO_UM, emit_um},
	    {SNDS_T_MCO_MED, emit_med},
	    {SNDS_T_MCO_DMIP, emit_dmip},
	};
	int year = date_to_civil(stay->exit).year;

	snds_see_hospital(s, SNDS_MCO, stay->hospital, year);
	for (size_t i = 0; i < ARRAY_LEN(parts); i++)
		parts[i].emit(s->batches[snds_sink_index(s, parts[i].table, year)], p, stay);
	if (stay->hospital->is_public)
		snds_emit_stay_cost(s, p, stay);
}

void snds_emit_stays(struct snds_sink *s, const struct snds_life *life)
{
	for (size_t i = 0; i < life->stays.len; i++)
		emit_stay(s, &life->person, &life->stays.ptr[i]);
}
