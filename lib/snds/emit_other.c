#include "snds/emit.h"

/*
 * RHA_NUM, RIP_NUM and RHAD_NUM have seven, six and five characters: a number
 * of (person, stay) in base 36. Five hold 15 million persons; beyond, the
 * number of a HAD stay may come again in another establishment, seldom in one.
 */
static const struct {
	size_t width;
	uint64_t stays, limit;
} numbers[] = {
    [SNDS_SSR] = {7, SNDS_OTHERS_MAX, 78364164096},
    [SNDS_HAD] = {5, SNDS_HAD_MAX, 60466176},
    [SNDS_RIP] = {6, SNDS_OTHERS_MAX, 2176782336},
};

/* The columns that the patient tables of the three fields have in common. */
struct patient_columns {
	size_t eta, nir, number, entry, exit, start, end, month, month_end, year, days;
	size_t codes[9]; /* return codes stand in one order */
};

static const struct patient_columns patient_columns[] = {
    [SNDS_SSR] = {T_SSR_C_ETA_NUM, T_SSR_C_NIR_ANO_17, T_SSR_C_RHA_NUM, T_SSR_C_ENT_DAT,
	T_SSR_C_SOR_DAT, T_SSR_C_EXE_SOI_DTD, T_SSR_C_EXE_SOI_DTF, T_SSR_C_EXE_SOI_AMD,
	T_SSR_C_EXE_SOI_AMF, T_SSR_C_SOR_ANN, T_SSR_C_SEJ_NUM,
	{T_SSR_C_NIR_RET, T_SSR_C_NAI_RET, T_SSR_C_SEX_RET, T_SSR_C_SEJ_RET, T_SSR_C_FHO_RET,
	    T_SSR_C_PMS_RET, T_SSR_C_DAT_RET, T_SSR_C_COH_NAI_RET, T_SSR_C_COH_SEX_RET}},
    [SNDS_HAD] = {T_HAD_C_ETA_NUM_EPMSI, T_HAD_C_NIR_ANO_17, T_HAD_C_RHAD_NUM,
	T_HAD_C_ENT_DAT, T_HAD_C_SOR_DAT, T_HAD_C_EXE_SOI_DTD, T_HAD_C_EXE_SOI_DTF,
	T_HAD_C_EXE_SOI_AMD, T_HAD_C_EXE_SOI_AMF, T_HAD_C_SOR_ANN, T_HAD_C_SEJ_NUM,
	{T_HAD_C_NIR_RET, T_HAD_C_NAI_RET, T_HAD_C_SEX_RET, T_HAD_C_SEJ_RET, T_HAD_C_FHO_RET,
	    T_HAD_C_PMS_RET, T_HAD_C_DAT_RET, T_HAD_C_COH_NAI_RET, T_HAD_C_COH_SEX_RET}},
    [SNDS_RIP] = {T_RIP_C_ETA_NUM_EPMSI, T_RIP_C_NIR_ANO_17, T_RIP_C_RIP_NUM,
	T_RIP_C_ENT_DAT, T_RIP_C_SOR_DAT, T_RIP_C_EXE_SOI_DTD, T_RIP_C_EXE_SOI_DTF,
	T_RIP_C_EXE_SOI_AMD, T_RIP_C_EXE_SOI_AMF, T_RIP_C_SOR_ANN, T_RIP_C_SEJ_NUM,
	{T_RIP_C_NIR_RET, T_RIP_C_NAI_RET, T_RIP_C_SEX_RET, T_RIP_C_SEJ_RET, T_RIP_C_FHO_RET,
	    T_RIP_C_PMS_RET, T_RIP_C_DAT_RET, T_RIP_C_COH_NAI_RET, T_RIP_C_COH_SEX_RET}},
};

static struct view finess(const struct snds_other_stay *s)
{
	return (struct view){s->hospital->finess, sizeof(s->hospital->finess)};
}

void snds_set_other_number(struct table_batch *b, size_t column, const struct snds_person *p,
    const struct snds_other_stay *s)
{
	static const char digits[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
	uint64_t n = (p->index * numbers[s->field].stays + s->serial) % numbers[s->field].limit;
	size_t width = numbers[s->field].width;
	char text[8];

	for (size_t i = width; i > 0; i--, n /= 36)
		text[i - 1] = digits[n % 36];
	table_set_text(b, column, (struct view){text, width});
}

static struct view sex_of(const struct snds_person *p)
{
	return p->sex == SNDS_WOMAN ? VIEW_LIT("2") : VIEW_LIT("1");
}

static void emit_patient(struct table_batch *b, const struct snds_person *p,
    const struct snds_other_stay *s)
{
	const struct patient_columns *c = &patient_columns[s->field];

	table_batch_row(b);
	for (size_t i = 0; i < ARRAY_LEN(c->codes); i++)
		table_set_literal(b, c->codes[i], VIEW_LIT("0"));
	table_set_literal(b, c->eta, finess(s));
	table_set_text(b, c->nir, (struct view){s->identity->psa, SNDS_PSEUDONYM_LEN});
	snds_set_other_number(b, c->number, p, s);
	table_set_date(b, c->entry, s->entry);
	table_set_date(b, c->exit, s->exit);
	table_set_date(b, c->start, s->entry);
	table_set_date(b, c->end, s->exit);
	snds_set_month(b, c->month, s->entry);
	snds_set_month(b, c->month_end, s->exit);
	table_set_int(b, c->year, date_to_civil(s->exit).year);
	snds_set_digits(b, c->days, (uint64_t)(s->entry - p->birth), 5);
}

/* Dependence from 1 (none) to 4: heavier with age. */
static struct view dependence(const struct snds_person *p, const struct snds_other_stay *s)
{
	static const char scores[] = "1234";
	int age = date_age(p->birth, s->entry);

	return (struct view){scores + (age < 60 ? 0 : age < 75 ? 1
						  : age < 88   ? 2
							       : 3),
	    1};
}

/* TYP_GEN_RHA, TYP_GEN_RSA: 1 when billing software made the row. */
static struct view made_of(const struct snds_other_stay *s)
{
	return s->dirt == SNDS_DIRT_AUTOMATIC ? VIEW_LIT("1") : VIEW_LIT("0");
}

/* One row a week of stay (RHS): RHS_NUM from 001. */
static void emit_ssr(struct table_batch *b, const struct snds_person *p,
    const struct snds_other_stay *s)
{
	static const size_t scores[] = {T_SSR_B_HAB_DEP, T_SSR_B_DPL_DEP, T_SSR_B_ALI_DEP,
	    T_SSR_B_CON_DEP, T_SSR_B_CPT_DEP, T_SSR_B_REL_DEP};
	const struct snds_place *home = snds_place_on(&p->places, s->entry);
	uint64_t weeks = (uint64_t)(s->exit - s->entry) / 7 + 1;

	for (uint64_t week = 1; week <= weeks; week++) {
		table_batch_row(b);
		table_set_literal(b, T_SSR_B_ETA_NUM, finess(s));
		table_set_literal(b, T_SSR_B_TYP_GEN_RHA, made_of(s));
		snds_set_other_number(b, T_SSR_B_RHA_NUM, p, s);
		snds_set_digits(b, T_SSR_B_RHS_NUM, week, 3);
		table_set_int(b, T_SSR_B_AGE_ANN, date_age(p->birth, s->entry));
		table_set_literal(b, T_SSR_B_COD_SEX, sex_of(p));
		table_set_literal(b, T_SSR_B_BDI_COD, home->commune->postcode);
		table_set_literal(b, T_SSR_B_BDI_DEP, home->department->code_mco);
		table_set_int(b, T_SSR_B_RHS_ANT_SEJ_ENT, (int64_t)(week - 1) * 7);
		snds_set_month(b, T_SSR_B_MOI_ANN_SOR_SEJ, s->exit);
		table_set_literal(b, T_SSR_B_HOS_TYP_UM, VIEW_LIT("1"));
		table_set_literal(b, T_SSR_B_ENT_MOD, VIEW_LIT("7"));
		table_set_literal(b, T_SSR_B_ENT_PRV, VIEW_LIT("1"));
		table_set_literal(b, T_SSR_B_SOR_MOD,
		    s->exit == p->death ? VIEW_LIT("9") : VIEW_LIT("8"));
		snds_set_month(b, T_SSR_B_MOI_ANN, s->entry + (date_t)(week - 1) * 7);
		table_set_literal(b, T_SSR_B_FP_PEC, VIEW_LIT("Z508"));
		table_set_literal(b, T_SSR_B_MOR_PRP, s->dp);
		table_set_literal(b, T_SSR_B_ETL_AFF, s->dp);
		for (size_t i = 0; i < ARRAY_LEN(scores); i++)
			table_set_literal(b, scores[i], dependence(p, s));
		table_set_int(b, T_SSR_B_NBR_DGN, (int64_t)s->das_count);
	}
}

/* PEC_PAL 09: complex dressings and specific care (IR_HAD_PEC_PAL). */
static void emit_had(struct table_batch *b, const struct snds_person *p,
    const struct snds_other_stay *s)
{
	const struct snds_place *home = snds_place_on(&p->places, s->entry);

	table_batch_row(b);
	table_set_int(b, T_HAD_B_AGE_ANN, date_age(p->birth, s->entry));
	table_set_literal(b, T_HAD_B_BDI_COD, home->commune->postcode);
	table_set_literal(b, T_HAD_B_BDI_DEP, home->department->code_mco);
	table_set_literal(b, T_HAD_B_COD_SEX, sex_of(p));
	table_set_literal(b, T_HAD_B_DGN_PAL, s->dp);
	table_set_literal(b, T_HAD_B_ENT_MOD, VIEW_LIT("7"));
	table_set_literal(b, T_HAD_B_ENT_PRV, VIEW_LIT("1"));
	table_set_literal(b, T_HAD_B_ETA_NUM_EPMSI, finess(s));
	table_set_literal(b, T_HAD_B_PEC_PAL, VIEW_LIT("09"));
	snds_set_other_number(b, T_HAD_B_RHAD_NUM, p, s);
	table_set_int(b, T_HAD_B_SEJ_NBJ, s->exit - s->entry + 1);
	table_set_literal(b, T_HAD_B_SEQ_NUM, VIEW_LIT("0001"));
	table_set_literal(b, T_HAD_B_SSEQ_NUM, VIEW_LIT("0001"));
	table_set_int(b, T_HAD_B_SOR_ANN, date_to_civil(s->exit).year);
	table_set_literal(b, T_HAD_B_SOR_MOD, s->exit == p->death ? VIEW_LIT("9") : VIEW_LIT("8"));
	snds_set_month_of_year(b, T_HAD_B_SOR_MOI, s->exit);
}

/* NAT_PEC 01: full time; SEJ_LEG 1: free care. */
static void emit_rip(struct table_batch *b, const struct snds_person *p,
    const struct snds_other_stay *s)
{
	const struct snds_place *home = snds_place_on(&p->places, s->entry);

	table_batch_row(b);
	table_set_literal(b, T_RIP_RSA_ETA_NUM_EPMSI, finess(s));
	table_set_int(b, T_RIP_RSA_AGE_ANN, date_age(p->birth, s->entry));
	table_set_literal(b, T_RIP_RSA_COD_SEX, sex_of(p));
	table_set_literal(b, T_RIP_RSA_BDI_COD, home->commune->postcode);
	table_set_literal(b, T_RIP_RSA_BDI_DEP, home->department->code_mco);
	table_set_literal(b, T_RIP_RSA_FOR_ACT, VIEW_LIT("01"));
	snds_set_other_number(b, T_RIP_RSA_RIP_NUM, p, s);
	table_set_literal(b, T_RIP_RSA_ENT_MOD, VIEW_LIT("8"));
	table_set_literal(b, T_RIP_RSA_SOR_MOD,
	    s->exit == p->death ? VIEW_LIT("9") : VIEW_LIT("8"));
	table_set_literal(b, T_RIP_RSA_SEQ_SEQ_NUM, VIEW_LIT("001"));
	table_set_int(b, T_RIP_RSA_PRE_JOU_NBJ, s->exit - s->entry + 1);
	table_set_literal(b, T_RIP_RSA_DGN_PAL, s->dp);
	table_set_int(b, T_RIP_RSA_NBR_DGN, (int64_t)s->das_count);
	table_set_literal(b, T_RIP_RSA_SEJ_LEG, VIEW_LIT("1"));
	table_set_literal(b, T_RIP_RSA_NAT_PEC, VIEW_LIT("01"));
	table_set_literal(b, T_RIP_RSA_TYP_GEN_RSA, made_of(s));
	if (s->dirt == SNDS_DIRT_TRIAL_LEAVE)
		table_set_literal(b, T_RIP_RSA_SEQ_IND, VIEW_LIT("E"));
}

void snds_emit_others(struct snds_sink *s, const struct snds_life *life)
{
	static const struct {
		enum snds_table table, patient;
		void (*emit)(struct table_batch *, const struct snds_person *,
		    const struct snds_other_stay *);
	} fields[] = {
	    [SNDS_SSR] = {SNDS_T_SSR_B, SNDS_T_SSR_C, emit_ssr},
	    [SNDS_HAD] = {SNDS_T_HAD_B, SNDS_T_HAD_C, emit_had},
	    [SNDS_RIP] = {SNDS_T_RIP_RSA, SNDS_T_RIP_C, emit_rip},
	};

	for (size_t i = 0; i < life->others.len; i++) {
		const struct snds_other_stay *o = &life->others.ptr[i];
		int year = date_to_civil(o->exit).year;

		snds_see_hospital(s, o->field, o->hospital, year);
		snds_emit_details(s, life, o);
		fields[o->field].emit(
		    s->batches[snds_sink_index(s, fields[o->field].table, year)], &life->person, o);
		emit_patient(s->batches[snds_sink_index(s, fields[o->field].patient, year)],
		    &life->person, o);
	}
}
