#include "snds/emit.h"

/*
 * Statements are numbered through the whole base: person * 2^14 + statement.
 * DCT_ORD_NUM has its nine low digits, FLX_EMT_ORD the rest, so the nine keys
 * are unique with no state shared between persons: 70 million persons reach
 * 1.15e12, that is FLX_EMT_ORD 1147.
 */
static const uint64_t STATEMENTS = 1 << 14, NINE_DIGITS = 1000000000;

struct snds_keys snds_keys_of(const struct snds_person *p, const struct snds_claim *c)
{
	struct civil day = date_to_civil(c->on);
	date_t month = date_from_civil(day.year, day.month, 1);
	struct snds_keys k = {
	    .statement = p->index * STATEMENTS + c->statement,
	    .place = snds_place_on(&p->places, c->on),
	};

	k.flux = date_add_months(month, c->delay);
	k.treated = MAX(c->on, k.flux - 1 - (date_t)(k.statement % 12));
	return k;
}

uint64_t snds_keys_order(const struct snds_keys *k)
{
	return k->statement % NINE_DIGITS;
}

uint64_t snds_keys_sequence(const struct snds_keys *k)
{
	return 1 + k->statement / NINE_DIGITS;
}

void snds_set_keys(struct table_batch *b, size_t first, const struct snds_keys *k,
    const struct snds_claim *c)
{
	snds_set_digits(b, first, snds_keys_order(k), 0);
	table_set_date(b, first + 1, k->flux);
	table_set_literal(b, first + 2, k->place->department->emitter);
	snds_set_digits(b, first + 3, snds_keys_sequence(k), 0);
	table_set_literal(b, first + 4, VIEW_LIT("1"));
	table_set_date(b, first + 5, k->treated);
	table_set_literal(b, first + 6, k->place->department->organism);
	snds_set_digits(b, first + 7, (uint64_t)c->order, 0);
	table_set_literal(b, first + 8, VIEW_LIT("0"));
}

static void set_provider(struct snds_sink *s, struct table_batch *b, size_t column,
    const struct snds_person *p, const struct snds_department *d, int specialty, int activity)
{
	uint32_t provider = snds_provider_of(p, specialty, activity);
	size_t bit = d->index * SNDS_PROVIDER_KINDS * SNDS_PROVIDERS + provider;
	char number[SNDS_PROVIDER_LEN];

	if (!(s->seen->providers[bit / 32] >> bit % 32 & 1))
		s->seen->providers[bit / 32] |= UINT32_C(1) << bit % 32;
	snds_provider_number(d, provider, number);
	table_set_text(b, column, (struct view){number, sizeof(number)});
}

static void set_beneficiary(struct table_batch *b, const struct snds_person *p,
    const struct snds_claim *c, const struct snds_place *home)
{
	table_set_int(b, ER_PRS_F_BEN_CMU_TOP, p->complementary);
	table_set_int(b, ER_PRS_F_BEN_NAI_ANN, date_to_civil(p->birth).year);
	table_set_text(b, ER_PRS_F_BEN_NIR_PSA,
	    (struct view){c->identity->psa, SNDS_PSEUDONYM_LEN});
	table_set_literal(b, ER_PRS_F_BEN_RNG_GEM,
	    c->identity->rank == '2' ? VIEW_LIT("2") : VIEW_LIT("1"));
	table_set_literal(b, ER_PRS_F_BEN_RES_COM, home->commune->code);
	table_set_literal(b, ER_PRS_F_BEN_RES_DPT, home->department->code);
	table_set_int(b, ER_PRS_F_BEN_SEX_COD, p->sex);
	table_set_literal(b, ER_PRS_F_ORG_AFF_BEN, home->department->organism);
}

/* IR_EXO_V: 42 for an ALD. */
static int exemption_of(const struct snds_claim *c)
{
	return c->ald ? 42 : c->exemption;
}

/*
 * PRS_PAI_MNT is what was asked: the base and the overrun. What was paid of it
 * is BSE_REM_MNT, or CPL_REM_MNT for a supplement (majoration).
 */
static void set_amounts(struct table_batch *b, const struct snds_claim *c)
{
	double due = snds_cents(c->price * c->quantity);
	double paid = snds_cents(due * c->rate / 100);
	bool supplement = c->supplement != 0;

	table_set_double(b, ER_PRS_F_BSE_REM_BSE, supplement ? 0 : due);
	table_set_double(b, ER_PRS_F_BSE_REM_MNT, supplement ? 0 : paid);
	table_set_int(b, ER_PRS_F_BSE_REM_SGN, c->quantity < 0 ? 2 : 1);
	table_set_double(b, ER_PRS_F_CPL_REM_BSE, supplement ? due : 0);
	table_set_double(b, ER_PRS_F_CPL_REM_MNT, supplement ? paid : 0);
	table_set_double(b, ER_PRS_F_PRS_ACT_COG, c->quantity);
	table_set_double(b, ER_PRS_F_PRS_ACT_NBR, c->quantity);
	table_set_double(b, ER_PRS_F_PRS_ACT_QTE, c->quantity);
	table_set_double(b, ER_PRS_F_PRS_PAI_MNT, snds_cents(due + c->over * c->quantity));
	table_set_int(b, ER_PRS_F_RGM_COD, 100);
	table_set_double(b, ER_PRS_F_RGO_REM_TAU, c->rate);
	table_set_int(b, ER_PRS_F_RGO_ASU_NAT, 10);
	table_set_int(b, ER_PRS_F_EXO_MTF, exemption_of(c));
}

/* ARO_REM_TYP 5: the co-payment that CMU-C pays (IR_TYR_V). */
static void emit_aro(struct table_batch *b, const struct snds_claim *c, const struct snds_keys *k)
{
	double due = snds_cents(c->price * c->quantity);

	table_batch_row(b);
	table_set_int(b, ER_ARO_F_ARO_ASU_NAT, 10);
	table_set_int(b, ER_ARO_F_ARO_ORD_NUM, 1);
	table_set_int(b, ER_ARO_F_ARO_PRS_NAT, c->nature);
	table_set_double(b, ER_ARO_F_ARO_REM_BSE, due);
	table_set_double(b, ER_ARO_F_ARO_REM_MNT,
	    snds_cents(due - snds_cents(due * c->rate / 100)));
	table_set_double(b, ER_ARO_F_ARO_REM_PRU, c->price);
	table_set_int(b, ER_ARO_F_ARO_REM_SGN, c->quantity < 0 ? 2 : 1);
	table_set_double(b, ER_ARO_F_ARO_REM_TAU, 100 - c->rate);
	table_set_int(b, ER_ARO_F_ARO_REM_TYP, 5);
	table_set_literal(b, ER_ARO_F_ORG_CLE_NEW, k->place->department->organism);
	snds_set_keys(b, ER_ARO_F_DCT_ORD_NUM, k, c);
}

/* A supplement (majoration) is a row of its own: CPL_MAJ_TOP = 2. */
static void set_nature(struct table_batch *b, const struct snds_claim *c)
{
	int qualifier = c->counted_twice ? 71 : 0;

	table_set_int(b, ER_PRS_F_PRS_NAT_REF, c->nature);
	table_set_int(b, ER_PRS_F_BSE_PRS_NAT, c->supplement ? 0 : c->nature);
	table_set_int(b, ER_PRS_F_CPL_PRS_NAT, c->supplement);
	table_set_int(b, ER_PRS_F_CPL_MAJ_TOP, c->supplement ? 2 : 0);
	table_set_int(b, ER_PRS_F_DPN_QLF, qualifier);
	table_set_int(b, ER_PRS_F_PRS_DPN_QLP, qualifier);
}

static void set_dates(struct table_batch *b, const struct snds_claim *c)
{
	snds_set_month(b, ER_PRS_F_EXE_SOI_AMD, c->on);
	table_set_date(b, ER_PRS_F_EXE_SOI_DTD, c->stay ? c->stay->entry : c->on);
	table_set_date(b, ER_PRS_F_EXE_SOI_DTF, c->on);
	table_set_date(b, ER_PRS_F_PRE_PRE_DTD, c->prescribed);
	if (c->stay)
		table_set_date(b, ER_PRS_F_PRS_HOS_DTD, c->stay->entry);
}

static const struct snds_hospital *hospital_of(const struct snds_claim *c)
{
	return c->stay ? c->stay->hospital : c->contact ? c->contact->hospital
	                                                : NULL;
}

static void set_professionals(struct snds_sink *s, struct table_batch *b,
    const struct snds_person *p, const struct snds_claim *c, const struct snds_department *d)
{
	const struct snds_hospital *hospital = hospital_of(c);
	int specialty = c->by_doctor ? 1 : c->specialty;
	int activity = c->by_doctor ? 0 : c->activity;

	if (c->specialty || c->activity) {
		set_provider(s, b, ER_PRS_F_PFS_EXE_NUM, p, d, c->specialty, c->activity);
		set_provider(s, b, ER_PRS_F_PFS_PRE_NUM, p, d, specialty, activity);
	}
	table_set_int(b, ER_PRS_F_PSE_SPE_COD, c->specialty);
	table_set_int(b, ER_PRS_F_PSE_ACT_NAT, c->activity);
	table_set_int(b, ER_PRS_F_PSP_SPE_COD, specialty);
	table_set_int(b, ER_PRS_F_PSP_ACT_NAT, activity);
	if (hospital) /* ETB_PRE_FIN is a FINESS number without its key */
		table_set_literal(b, ER_PRS_F_ETB_PRE_FIN, (struct view){hospital->finess, 8});
}

static void emit_prs(struct snds_sink *s, const struct snds_person *p, const struct snds_claim *c,
    const struct snds_keys *k)
{
	struct table_batch *b = s->batches[SNDS_ER_PRS_F];

	table_batch_row(b);
	set_beneficiary(b, p, c, k->place);
	set_dates(b, c);
	set_amounts(b, c);
	set_nature(b, c);
	set_professionals(s, b, p, c, k->place->department);
	snds_set_keys(b, ER_PRS_F_DCT_ORD_NUM, k, c);
}

/* CIP7 is what stands between 34009 and the key of these CIP13. */
static void emit_pha(struct table_batch *b, const struct snds_claim *c,
    const struct snds_keys *k)
{
	table_batch_row(b);
	table_set_literal(b, ER_PHA_F_ORG_CLE_NEW, k->place->department->organism);
	table_set_double(b, ER_PHA_F_PHA_ACT_PRU, c->drug->price);
	table_set_int(b, ER_PHA_F_PHA_ACT_QSN, c->quantity);
	table_set_literal(b, ER_PHA_F_PHA_CPA_PCP, VIEW_LIT("0"));
	table_set_int(b, ER_PHA_F_PHA_DEC_QSU, 0);
	table_set_literal(b, ER_PHA_F_PHA_DEC_TOP, VIEW_LIT("Z"));
	table_set_literal(b, ER_PHA_F_PHA_MOD_PRN, VIEW_LIT("Z"));
	table_set_int(b, ER_PHA_F_PHA_ORD_NUM, 1);
	table_set_int(b, ER_PHA_F_PHA_PRS_C13, c->drug->cip13);
	table_set_int(b, ER_PHA_F_PHA_PRS_IDE, c->drug->cip13 / 10 % 10000000);
	table_set_int(b, ER_PHA_F_PHA_SEQ_RNV, 0);
	table_set_int(b, ER_PHA_F_PHA_SUB_MTF, 0);
	snds_set_keys(b, ER_PHA_F_DCT_ORD_NUM, k, c);
}

void snds_emit_claims(struct snds_sink *s, struct snds_life *life)
{
	struct snds_person *p = &life->person;
	const struct snds_identity *first = p->identities;

	for (size_t i = 0; i < life->claims.len; i++) {
		const struct snds_claim *c = &life->claims.ptr[i];
		struct snds_identity *id = &p->identities[c->identity - first];
		struct snds_keys k = snds_keys_of(p, c);

		if (c->drug)
			emit_pha(s->batches[SNDS_ER_PHA_F], c, &k);
		if (c->line)
			snds_emit_line(s, c, &k);
		if (c->dirt == SNDS_DIRT_ORPHAN)
			continue;
		emit_prs(s, p, c, &k);
		if (p->complementary && c->rate < 100 && !c->counted_twice)
			emit_aro(s->batches[SNDS_ER_ARO_F], c, &k);
		if ((c->stay || c->contact) && !c->no_establishment)
			snds_emit_establishment(s->batches[SNDS_ER_ETE_F], c, &k);
		id->last_flux = MAX(id->last_flux, k.treated);
	}
}
