#include "snds/emit.h"

/*
 * truth/dirt: which row of which table is which fault. Two faults are not
 * listed, because the row says it itself: late_flux (FLX_DIS_DTD) and
 * sentinel_death (BEN_DCD_DTE).
 */
static struct table_batch *add_row(struct snds_sink *s, const struct snds_life *life,
    enum snds_dirt rule, struct view name)
{
	struct table_batch *b = s->batches[SNDS_TRUTH_DIRT];

	table_batch_row(b);
	table_set_int(b, TRUTH_DIRT_truth_id, (int64_t)life->person.index + 1);
	table_set_literal(b, TRUTH_DIRT_fault, VIEW(snds_dirt_name(rule)));
	table_set_literal(b, TRUTH_DIRT_table_name, name);
	return b;
}

static struct view detail_table(const struct snds_claim *c)
{
	static const char *const names[] = {"ER_CAM_F", "ER_BIO_F", "ER_TIP_F", "ER_UCD_F"};

	return c->drug ? VIEW_LIT("ER_PHA_F") : VIEW(names[c->line->table]);
}

static void emit_claim(struct snds_sink *s, const struct snds_life *life,
    const struct snds_claim *c)
{
	bool orphan = c->dirt == SNDS_DIRT_ORPHAN;
	struct snds_keys k = snds_keys_of(&life->person, c);
	struct table_batch *b = add_row(s, life, c->dirt,
	    orphan ? detail_table(c) : VIEW_LIT("ER_PRS_F"));

	snds_set_digits(b, TRUTH_DIRT_dct_ord_num, snds_keys_order(&k), 0);
	snds_set_digits(b, TRUTH_DIRT_flx_emt_ord, snds_keys_sequence(&k), 0);
	snds_set_digits(b, TRUTH_DIRT_prs_ord_num, (uint64_t)c->order, 0);
}

static void emit_stay(struct snds_sink *s, const struct snds_life *life,
    const struct snds_stay *stay)
{
	struct table_batch *b = add_row(s, life, stay->dirt, VIEW_LIT("T_MCOaaB"));

	table_set_int(b, TRUTH_DIRT_year, date_to_civil(stay->exit).year);
	table_set_literal(b, TRUTH_DIRT_eta_num, snds_finess_of(stay));
	snds_set_digits(b, TRUTH_DIRT_rsa_num, snds_rsa_of(&life->person, stay), 10);
}

/* A code of a clean stay that stands twice: `part` tells the row. */
static void emit_code(struct snds_sink *s, const struct snds_life *life,
    const struct snds_stay *stay, enum snds_dirt rule, struct view code, uint64_t part)
{
	struct table_batch *b = add_row(s, life, rule,
	    rule == SNDS_DIRT_REPEATED ? VIEW_LIT("T_MCOaaD") : VIEW_LIT("T_MCOaaA"));

	table_set_int(b, TRUTH_DIRT_year, date_to_civil(stay->exit).year);
	table_set_literal(b, TRUTH_DIRT_eta_num, snds_finess_of(stay));
	snds_set_digits(b, TRUTH_DIRT_rsa_num, snds_rsa_of(&life->person, stay), 10);
	table_set_literal(b, TRUTH_DIRT_code, code);
	snds_set_digits(b, TRUTH_DIRT_part, part, 0);
}

static void emit_codes(struct snds_sink *s, const struct snds_life *life,
    const struct snds_stay *stay)
{
	if (stay->repeats_das)
		emit_code(s, life, stay, SNDS_DIRT_REPEATED, stay->das[0], stay->das_count + 1);
	if (stay->anaesthetist)
		emit_code(s, life, stay, SNDS_DIRT_ANAESTHETIST, stay->acts[0].act->ccam, 4);
}

static void emit_contact(struct snds_sink *s, const struct snds_life *life,
    const struct snds_contact *c)
{
	struct table_batch *b = add_row(s, life, c->dirt, VIEW_LIT("T_MCOaaCSTC"));

	table_set_int(b, TRUTH_DIRT_year, date_to_civil(c->on).year);
	table_set_literal(b, TRUTH_DIRT_eta_num,
	    (struct view){c->hospital->finess, sizeof(c->hospital->finess)});
	snds_set_sequence(b, TRUTH_DIRT_number, &life->person, c);
}

static void emit_other(struct snds_sink *s, const struct snds_life *life,
    const struct snds_other_stay *o)
{
	struct table_batch *b = add_row(s, life, o->dirt,
	    o->field == SNDS_SSR ? VIEW_LIT("T_SSRaaB") : VIEW_LIT("T_RIPaaRSA"));

	table_set_int(b, TRUTH_DIRT_year, date_to_civil(o->exit).year);
	table_set_literal(b, TRUTH_DIRT_eta_num,
	    (struct view){o->hospital->finess, sizeof(o->hospital->finess)});
	snds_set_other_number(b, TRUTH_DIRT_number, &life->person, o);
}

static void emit_exemption(struct snds_sink *s, const struct snds_life *life,
    const struct snds_exemption *e)
{
	struct table_batch *b = add_row(s, life, SNDS_DIRT_EXEMPTION, VIEW_LIT("IR_IMB_R"));

	table_set_text(b, TRUTH_DIRT_ben_nir_psa,
	    (struct view){e->identity->psa, SNDS_PSEUDONYM_LEN});
	table_set_text(b, TRUTH_DIRT_ben_rng_gem, (struct view){&e->identity->rank, 1});
	table_set_literal(b, TRUTH_DIRT_code, e->cim10);
}

static void emit_identity(struct snds_sink *s, const struct snds_life *life,
    const struct snds_identity *id, enum snds_dirt rule)
{
	struct table_batch *b = add_row(s, life, rule, VIEW_LIT("IR_BEN_R"));

	table_set_text(b, TRUTH_DIRT_ben_nir_psa, (struct view){id->psa, SNDS_PSEUDONYM_LEN});
	table_set_text(b, TRUTH_DIRT_ben_rng_gem, (struct view){&id->rank, 1});
}

static void emit_identities(struct snds_sink *s, const struct snds_life *life)
{
	const struct snds_person *p = &life->person;

	for (size_t i = 0; i < p->identity_count; i++) {
		const struct snds_identity *id = &p->identities[i];

		if (!view_eq(id->quality, VIEW_LIT("00"))) {
			emit_identity(s, life, id, SNDS_DIRT_FICTIVE_NIR);
			continue;
		}
		if (i > 0)
			emit_identity(s, life, id, SNDS_DIRT_IDENTITY);
		if (id->rank == '2')
			emit_identity(s, life, id, SNDS_DIRT_TWIN);
		if (!id->has_nir_ano)
			emit_identity(s, life, id, SNDS_DIRT_NO_NIR_ANO);
	}
}

void snds_emit_dirt(struct snds_sink *s, const struct snds_life *life)
{
	if (s->world->clean)
		return;
	for (size_t i = 0; i < life->claims.len; i++) {
		if (life->claims.ptr[i].dirt != SNDS_DIRT_COUNT)
			emit_claim(s, life, &life->claims.ptr[i]);
	}
	for (size_t i = 0; i < life->stays.len; i++) {
		if (life->stays.ptr[i].dirt != SNDS_DIRT_COUNT)
			emit_stay(s, life, &life->stays.ptr[i]);
		emit_codes(s, life, &life->stays.ptr[i]);
	}
	for (size_t i = 0; i < life->contacts.len; i++) {
		if (life->contacts.ptr[i].dirt != SNDS_DIRT_COUNT)
			emit_contact(s, life, &life->contacts.ptr[i]);
	}
	for (size_t i = 0; i < life->others.len; i++) {
		if (life->others.ptr[i].dirt != SNDS_DIRT_COUNT)
			emit_other(s, life, &life->others.ptr[i]);
	}
	for (size_t i = 0; i < life->exemptions.len; i++)
		emit_exemption(s, life, &life->exemptions.ptr[i]);
	emit_identities(s, life);
}
