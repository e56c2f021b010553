#include "snds/emit.h"

/* SEQ_NUM has eight characters: person * 2^6 + contact in base 32 leaves room for 70 million. */
enum { CONTACTS = 64,
	SEQ_LEN = 8 };

void snds_set_sequence(struct table_batch *b, size_t column, const struct snds_person *p,
    const struct snds_contact *c)
{
	static const char digits[] = "0123456789ABCDEFGHIJKLMNOPQRSTUV";
	uint64_t number = p->index * CONTACTS + c->serial;
	char text[SEQ_LEN];

	for (size_t i = SEQ_LEN; i > 0; i--, number /= 32)
		text[i - 1] = digits[number % 32];
	table_set_text(b, column, (struct view){text, SEQ_LEN});
}

static struct view finess(const struct snds_contact *c)
{
	return (struct view){c->hospital->finess, sizeof(c->hospital->finess)};
}

static struct view pseudonym(const struct snds_contact *c)
{
	return (struct view){c->identity->psa, SNDS_PSEUDONYM_LEN};
}

static void emit_cstc(struct table_batch *b, const struct snds_person *p,
    const struct snds_contact *c)
{
	static const size_t codes[] = {T_MCO_CSTC_ENT_DAT_RET, T_MCO_CSTC_IAS_RET,
	    T_MCO_CSTC_NAI_RET, T_MCO_CSTC_NIR_RET, T_MCO_CSTC_SEX_RET};

	size_t wrong = c->dirt == SNDS_DIRT_CONTACT_CODE ? (size_t)c->on % ARRAY_LEN(codes)
	                                                 : ARRAY_LEN(codes);

	table_batch_row(b);
	for (size_t i = 0; i < ARRAY_LEN(codes); i++)
		table_set_literal(b, codes[i], i == wrong ? VIEW_LIT("1") : VIEW_LIT("0"));
	table_set_date(b, T_MCO_CSTC_ENT_DAT, c->on);
	table_set_date(b, T_MCO_CSTC_SOR_DAT, c->on);
	table_set_date(b, T_MCO_CSTC_EXE_SOI_DTD, c->on);
	table_set_date(b, T_MCO_CSTC_EXE_SOI_DTF, c->on);
	snds_set_month(b, T_MCO_CSTC_EXE_SOI_AMD, c->on);
	snds_set_month(b, T_MCO_CSTC_EXE_SOI_AMF, c->on);
	table_set_literal(b, T_MCO_CSTC_ETA_NUM, finess(c));
	table_set_text(b, T_MCO_CSTC_NIR_ANO_17, pseudonym(c));
	table_set_literal(b, T_MCO_CSTC_RNG_NAI,
	    c->identity->rank == '2' ? VIEW_LIT("2") : VIEW_LIT("1"));
	snds_set_digits(b, T_MCO_CSTC_SEJ_NUM, (uint64_t)(c->on - p->birth), 5);
	snds_set_sequence(b, T_MCO_CSTC_SEQ_NUM, p, c);
}

/* TYP_ART: M for CCAM, C for fees (MS_ENR_V); PSH_MDT 07: external. */
static void emit_fmstc(struct table_batch *b, const struct snds_person *p,
    const struct snds_contact *c)
{
	table_batch_row(b);
	table_set_literal(b, T_MCO_FMSTC_ACV_ACT, VIEW_LIT("1"));
	table_set_literal(b, T_MCO_FMSTC_CCAM_COD, c->line->code);
	table_set_int(b, T_MCO_FMSTC_DEL_DAT_ENT, 0);
	table_set_literal(b, T_MCO_FMSTC_ETA_NUM, finess(c));
	table_set_literal(b, T_MCO_FMSTC_ETA_NUM_GEO, finess(c));
	table_set_literal(b, T_MCO_FMSTC_NUM_FAC, VIEW_LIT("001"));
	table_set_literal(b, T_MCO_FMSTC_PHA_ACT, VIEW_LIT("0"));
	table_set_literal(b, T_MCO_FMSTC_PSH_MDT, VIEW_LIT("07"));
	snds_set_sequence(b, T_MCO_FMSTC_SEQ_NUM, p, c);
	table_set_int(b, T_MCO_FMSTC_SOR_ANN, date_to_civil(c->on).year);
	snds_set_month_of_year(b, T_MCO_FMSTC_SOR_MOI, c->on);
	table_set_literal(b, T_MCO_FMSTC_TYP_ART, VIEW_LIT("M"));
	table_set_text(b, T_MCO_FMSTC_NIR_ANO_17, pseudonym(c));
}

static struct view letters_of(int nature)
{
	switch (nature) {
	case 1111: return VIEW_LIT("C");
	case 1113: return VIEW_LIT("CNP");
	case 1321: return VIEW_LIT("ADC");
	case 1324: return VIEW_LIT("ADE");
	case 1351: return VIEW_LIT("ADI");
	case 1352: return VIEW_LIT("ATM");
	default: return VIEW_LIT("CS");
	}
}

static void emit_fcstc(struct table_batch *b, const struct snds_person *p,
    const struct snds_contact *c)
{
	table_batch_row(b);
	table_set_literal(b, T_MCO_FCSTC_ACT_COD, letters_of(c->nature));
	table_set_double(b, T_MCO_FCSTC_ACT_COE, 1);
	table_set_int(b, T_MCO_FCSTC_ACT_DNB, 1);
	table_set_int(b, T_MCO_FCSTC_ACT_NBR, 1);
	table_set_double(b, T_MCO_FCSTC_AMO_MNR, (double)(int)(c->price * c->rate + 0.5) / 100);
	table_set_int(b, T_MCO_FCSTC_DEL_DAT_ENT, 0);
	table_set_literal(b, T_MCO_FCSTC_ETA_NUM, finess(c));
	table_set_literal(b, T_MCO_FCSTC_ETA_NUM_GEO, finess(c));
	snds_set_digits(b, T_MCO_FCSTC_EXE_SPE, (uint64_t)c->specialty, 2);
	table_set_double(b, T_MCO_FCSTC_HON_MNT, c->price);
	table_set_literal(b, T_MCO_FCSTC_NUM_FAC, VIEW_LIT("001"));
	table_set_double(b, T_MCO_FCSTC_PRI_UNI, c->price);
	table_set_literal(b, T_MCO_FCSTC_PSH_MDT, VIEW_LIT("07"));
	table_set_double(b, T_MCO_FCSTC_REM_BAS, c->price);
	table_set_int(b, T_MCO_FCSTC_REM_TAU, c->rate);
	snds_set_sequence(b, T_MCO_FCSTC_SEQ_NUM, p, c);
	table_set_int(b, T_MCO_FCSTC_SOR_ANN, date_to_civil(c->on).year);
	snds_set_month_of_year(b, T_MCO_FCSTC_SOR_MOI, c->on);
	table_set_literal(b, T_MCO_FCSTC_TYP_ART, VIEW_LIT("C"));
	table_set_text(b, T_MCO_FCSTC_NIR_ANO_17, pseudonym(c));
}

/* Every contact has its fee; an act has its CCAM code too. */
void snds_emit_contacts(struct snds_sink *s, const struct snds_life *life)
{
	const struct snds_person *p = &life->person;

	for (size_t i = 0; i < life->contacts.len; i++) {
		const struct snds_contact *c = &life->contacts.ptr[i];
		int year = date_to_civil(c->on).year;

		snds_see_hospital(s, SNDS_MCO, c->hospital, year);
		emit_cstc(s->batches[snds_sink_index(s, SNDS_T_MCO_CSTC, year)], p, c);
		emit_fcstc(s->batches[snds_sink_index(s, SNDS_T_MCO_FCSTC, year)], p, c);
		if (c->line && c->line->table == SNDS_LINE_CAM)
			emit_fmstc(s->batches[snds_sink_index(s, SNDS_T_MCO_FMSTC, year)], p, c);
		snds_emit_contact_cost(s, p, c);
	}
}
