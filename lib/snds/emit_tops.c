#include "snds/emit.h"

/*
 * Cartography of diseases: one row a person and year, tops of the modelled
 * diseases. An acute top is of the year of the stay, a chronic one of the
 * years after; the truth stands behind them, not the algorithms of Cnam.
 */
static const struct top {
	const char *disease;
	size_t column;
	bool first, later; /* set in the year of the onset, in later years */
} tops[] = {
    {"myocardial_infarction", CT_IND_top_CvIDM_aig, true, false},
    {"myocardial_infarction", CT_IND_top_CvCoron_chr, false, true},
    {"ischaemic_stroke", CT_IND_top_CvAVC_aig, true, false},
    {"ischaemic_stroke", CT_IND_top_CvAVC_seq, false, true},
    {"heart_failure", CT_IND_top_CvIC_aig, true, false},
    {"heart_failure", CT_IND_top_CvIC_chr, false, true},
    {"hypertension", CT_IND_top_FAntiHTA_med, true, true},
    {"diabetes_type_2", CT_IND_top_FDiabet_ind, true, true},
    {"breast_cancer", CT_IND_top_CanSeiF_act, true, false},
    {"breast_cancer", CT_IND_top_CanSeiF_sur, false, true},
    {"depression", CT_IND_top_PDepNev_ind, true, true},
    {"parkinson", CT_IND_top_NParkin_ind, true, true},
    {"copd", CT_IND_top_ABPCOIr_ind, true, true},
    {"asthma", CT_IND_top_ABPCOIr_ind, true, true},
    {"sarcoma", CT_IND_top_CanAutr_act, true, false},
    {"sarcoma", CT_IND_top_CanAutr_sur, false, true},
    {"kidney_failure", CT_IND_top_RDialyse_ind, true, true},
    {"graft_loss", CT_IND_top_RDialyse_ind, true, true},
    {"kidney_transplant", CT_IND_top_Rtrans_aig, true, false},
    {"kidney_transplant", CT_IND_top_Rtrans_chr, false, true},
};

static void set_tops(struct table_batch *b, const struct snds_life *life, int year)
{
	date_t first = date_from_civil(year, 1, 1), last = date_from_civil(year, 12, 31);

	for (size_t i = 0; i < ARRAY_LEN(tops); i++)
		table_set_int(b, tops[i].column, 0);
	for (size_t i = 0; i < life->onsets.len; i++) {
		const struct snds_onset *o = &life->onsets.ptr[i];
		bool now = o->on >= first;

		if (o->on > last || (o->until != DATE_NONE && o->until < first))
			continue;
		for (size_t k = 0; k < ARRAY_LEN(tops); k++) {
			if (view_eq(o->disease->name, VIEW(tops[k].disease)) &&
			    (now ? tops[k].first : tops[k].later))
				table_set_int(b, tops[k].column, 1);
		}
	}
}

static bool gives_birth(const struct snds_life *life, int year)
{
	for (size_t i = 0; i < life->births.count; i++) {
		if (date_to_civil(life->births.items[i].on).year == year)
			return true;
	}
	return false;
}

/* "00-04", "05-09" ... "95et+". */
static void set_age_band(struct table_batch *b, size_t column, int age)
{
	static const char bands[] =
	    "00-0405-0910-1415-1920-2425-2930-3435-3940-4445-49"
	    "50-5455-5960-6465-6970-7475-7980-8485-8990-9495et+";
	size_t band = (size_t)MIN(age, 95) / 5;

	table_set_literal(b, column, (struct view){bands + 5 * band, 5});
}

static void emit_year(struct table_batch *b, const struct snds_life *life, int year)
{
	const struct snds_person *p = &life->person;
	struct civil birth = date_to_civil(p->birth);
	date_t last = date_from_civil(year, 12, 31);
	const struct snds_place *home = snds_place_on(&p->places, MIN(last, p->exit));

	table_batch_row(b);
	table_set_text(b, CT_IND_id_carto, (struct view){p->nir_ano, SNDS_PSEUDONYM_LEN});
	table_set_int(b, CT_IND_ben_sex_cod, p->sex);
	table_set_int(b, CT_IND_ben_nai_ann, birth.year);
	table_set_int(b, CT_IND_age, year - birth.year);
	set_age_band(b, CT_IND_cla_age_5, year - birth.year);
	table_set_literal(b, CT_IND_new_cod_reg, home->department->region);
	table_set_literal(b, CT_IND_dpt, home->department->code);
	if (p->death != DATE_NONE && p->death <= last)
		table_set_date(b, CT_IND_ben_dcd_dte, p->death);
	table_set_int(b, CT_IND_dcd_3112, p->death != DATE_NONE && p->death <= last);
	set_tops(b, life, year);
	table_set_int(b, CT_IND_top_Materni_ind, gives_birth(life, year));
	table_set_literal(b, CT_IND_version, VIEW_LIT("G8"));
}

/* One row a pseudonym and year: id_carto leads from one to the other. */
static void emit_ids(struct table_batch *b, const struct snds_person *p)
{
	for (size_t i = 0; i < p->identity_count; i++) {
		const struct snds_identity *id = &p->identities[i];

		if (!view_eq(id->quality, VIEW_LIT("00")))
			continue;
		table_batch_row(b);
		table_set_text(b, CT_IDE_id_carto, (struct view){p->nir_ano, SNDS_PSEUDONYM_LEN});
		table_set_text(b, CT_IDE_ben_nir_psa, (struct view){id->psa, SNDS_PSEUDONYM_LEN});
		table_set_literal(b, CT_IDE_ben_rng_gem,
		    id->rank == '2' ? VIEW_LIT("2") : VIEW_LIT("1"));
		table_set_literal(b, CT_IDE_version, VIEW_LIT("G8"));
	}
}

void snds_emit_tops(struct snds_sink *s, const struct snds_life *life)
{
	const struct snds_person *p = &life->person;
	int first = date_to_civil(p->entry).year, last = date_to_civil(p->exit).year;

	for (int year = first; year <= last; year++) {
		emit_ids(s->batches[snds_sink_index(s, SNDS_CT_IDE, year)], p);
		emit_year(s->batches[snds_sink_index(s, SNDS_CT_IND, year)], life, year);
	}
}
