#include "snds/emit.h"

/* VALO 1: valued; 0: not, because the group has no tariff. */
static void emit_valo(struct table_batch *b, const struct snds_person *p,
    const struct snds_stay *s, const struct snds_bill *bill)
{
	double base = bill->stay + bill->days, aside = bill->drugs + bill->devices;
	double insured = snds_cents(bill->stay * bill->rate / 100);
	double insured_days = snds_cents(bill->days * bill->rate / 100);

	table_batch_row(b);
	table_set_literal(b, T_MCO_VALO_ETA_NUM, snds_finess_of(s));
	snds_set_digits(b, T_MCO_VALO_RSA_NUM, snds_rsa_of(p, s), 10);
	table_set_int(b, T_MCO_VALO_ETE_GHS_NUM, s->ghs);
	snds_set_digits(b, T_MCO_VALO_GHS_NUM, (uint64_t)s->ghs, 4);
	table_set_int(b, T_MCO_VALO_NBEXH, bill->extra_days);
	table_set_int(b, T_MCO_VALO_PONDER, MAX(1, s->sessions));
	table_set_double(b, T_MCO_VALO_TAUX2, bill->rate);
	table_set_double(b, T_MCO_VALO_MNT_GHS_BR, bill->stay);
	table_set_double(b, T_MCO_VALO_MNT_EXH_BR, bill->days);
	table_set_double(b, T_MCO_VALO_MNT_TOT_BR, snds_cents(base + aside));
	table_set_double(b, T_MCO_VALO_MNT_GHS_AM, insured);
	table_set_double(b, T_MCO_VALO_MNT_EXH_AM, insured_days);
	table_set_double(b, T_MCO_VALO_MNT_MON, bill->drugs);
	table_set_double(b, T_MCO_VALO_MNT_DMI, bill->devices);
	table_set_double(b, T_MCO_VALO_MNT_18, bill->lump);
	table_set_double(b, T_MCO_VALO_MNT_FJ2, bill->daily);
	table_set_double(b, T_MCO_VALO_MNT_TOT_AM,
	    snds_cents(insured + insured_days + aside - bill->lump));
	table_set_double(b, T_MCO_VALO_MNT_RAC,
	    snds_cents(base - insured - insured_days + bill->lump + bill->daily));
	table_set_literal(b, T_MCO_VALO_VALO, bill->stay > 0 ? VIEW_LIT("1") : VIEW_LIT("0"));
}

void snds_emit_stay_cost(struct snds_sink *s, const struct snds_person *p,
    const struct snds_stay *stay)
{
	size_t index = snds_sink_index(s, SNDS_T_MCO_VALO, date_to_civil(stay->exit).year);
	struct snds_bill bill;

	snds_bill_of(s->world->model, stay, &bill);
	emit_valo(s->batches[index], p, stay, &bill);
}

static struct view finess(const struct snds_contact *c)
{
	return (struct view){c->hospital->finess, sizeof(c->hospital->finess)};
}

static double paid(const struct snds_contact *c)
{
	return snds_cents(c->price * c->rate / 100);
}

/* The head of the invoice (TYP_ART A, MS_ENR_V): its fees together. */
static void emit_fastc(struct table_batch *b, const struct snds_person *p,
    const struct snds_contact *c)
{
	const struct snds_place *home = snds_place_on(&p->places, c->on);

	table_batch_row(b);
	table_set_int(b, T_MCO_FASTC_AGE_ANN, date_age(p->birth, c->on));
	table_set_literal(b, T_MCO_FASTC_BDI_COD, home->commune->postcode);
	table_set_literal(b, T_MCO_FASTC_BDI_DEP, home->department->code_mco);
	table_set_literal(b, T_MCO_FASTC_COD_SEX,
	    p->sex == SNDS_WOMAN ? VIEW_LIT("2") : VIEW_LIT("1"));
	table_set_literal(b, T_MCO_FASTC_ETA_NUM, finess(c));
	table_set_literal(b, T_MCO_FASTC_ETA_NUM_GEO, finess(c));
	table_set_double(b, T_MCO_FASTC_HON_MNT, c->price);
	table_set_double(b, T_MCO_FASTC_HON_AM_MNR, paid(c));
	table_set_double(b, T_MCO_FASTC_HON_OC_MNR, snds_cents(c->price - paid(c)));
	table_set_literal(b, T_MCO_FASTC_NUM_FAC, VIEW_LIT("001"));
	table_set_literal(b, T_MCO_FASTC_RNG_NAI,
	    c->identity->rank == '2' ? VIEW_LIT("2") : VIEW_LIT("1"));
	snds_set_sequence(b, T_MCO_FASTC_SEQ_NUM, p, c);
	table_set_int(b, T_MCO_FASTC_SOR_ANN, date_to_civil(c->on).year);
	snds_set_month_of_year(b, T_MCO_FASTC_SOR_MOI, c->on);
	table_set_literal(b, T_MCO_FASTC_TYP_ART, VIEW_LIT("A"));
	table_set_text(b, T_MCO_FASTC_NIR_ANO_17,
	    (struct view){c->identity->psa, SNDS_PSEUDONYM_LEN});
}

static void emit_valoace(struct table_batch *b, const struct snds_person *p,
    const struct snds_contact *c)
{
	bool ccam = c->line && c->line->table == SNDS_LINE_CAM;

	table_batch_row(b);
	table_set_literal(b, T_MCO_VALOACE_ETA_NUM, finess(c));
	snds_set_sequence(b, T_MCO_VALOACE_SEQ_NUM, p, c);
	table_set_double(b, T_MCO_VALOACE_mnt_br, c->price);
	table_set_double(b, T_MCO_VALOACE_mnt_br_ccam, ccam ? c->price : 0);
	table_set_double(b, T_MCO_VALOACE_mnt_br_ngap, ccam ? 0 : c->price);
	table_set_double(b, T_MCO_VALOACE_MNT_RAC, snds_cents(c->price - paid(c)));
	table_set_double(b, T_MCO_VALOACE_mnt_remb, paid(c));
	table_set_double(b, T_MCO_VALOACE_mnt_remb_ccam, ccam ? paid(c) : 0);
	table_set_double(b, T_MCO_VALOACE_mnt_remb_ngap, ccam ? 0 : paid(c));
	table_set_double(b, T_MCO_VALOACE_mnt_val, paid(c));
	table_set_double(b, T_MCO_VALOACE_mnt_val_ccam, ccam ? paid(c) : 0);
	table_set_double(b, T_MCO_VALOACE_mnt_val_ngap, ccam ? 0 : paid(c));
	table_set_literal(b, T_MCO_VALOACE_valo, VIEW_LIT("1"));
}

void snds_emit_contact_cost(struct snds_sink *s, const struct snds_person *p,
    const struct snds_contact *c)
{
	int year = date_to_civil(c->on).year;

	emit_fastc(s->batches[snds_sink_index(s, SNDS_T_MCO_FASTC, year)], p, c);
	emit_valoace(s->batches[snds_sink_index(s, SNDS_T_MCO_VALOACE, year)], p, c);
}
