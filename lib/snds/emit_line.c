#include "snds/emit.h"

static void emit_cam(struct table_batch *b,
    const struct snds_claim *c, const struct snds_keys *k)
{
	table_batch_row(b);
	table_set_literal(b, ER_CAM_F_CAM_ACT_COD, VIEW_LIT("1"));
	table_set_double(b, ER_CAM_F_CAM_ACT_PRU, c->price);
	table_set_literal(b, ER_CAM_F_CAM_CAB_IND, VIEW_LIT("N"));
	table_set_int(b, ER_CAM_F_CAM_ORD_NUM, 1);
	table_set_literal(b, ER_CAM_F_CAM_PRS_IDE, c->line->code);
	table_set_double(b, ER_CAM_F_CAM_REM_BSE, c->price * c->quantity);
	table_set_literal(b, ER_CAM_F_CAM_REM_COD, VIEW_LIT("N"));
	table_set_int(b, ER_CAM_F_CAM_TRT_PHA, 0);
	table_set_literal(b, ER_CAM_F_ORG_CLE_NEW, k->place->department->organism);
	snds_set_keys(b, ER_CAM_F_DCT_ORD_NUM, k, c);
}

static void emit_bio(struct table_batch *b,
    const struct snds_claim *c, const struct snds_keys *k)
{
	table_batch_row(b);
	table_set_int(b, ER_BIO_F_BIO_ACT_QSN, c->quantity);
	table_set_int(b, ER_BIO_F_BIO_ORD_NUM, 1);
	table_set_int(b, ER_BIO_F_BIO_PRS_IDE, c->line->number);
	table_set_literal(b, ER_BIO_F_ORG_CLE_NEW, k->place->department->organism);
	snds_set_keys(b, ER_BIO_F_DCT_ORD_NUM, k, c);
}

/* TIP_PRS_TYP: 1 bought (IR_PRF_V). */
static void emit_tip(struct table_batch *b,
    const struct snds_claim *c, const struct snds_keys *k)
{
	table_batch_row(b);
	table_set_double(b, ER_TIP_F_LPP_ECT_MNT, 0);
	table_set_double(b, ER_TIP_F_LPP_ECU_MNT, 0);
	table_set_literal(b, ER_TIP_F_ORG_CLE_NEW, k->place->department->organism);
	table_set_date(b, ER_TIP_F_TIP_ACL_DTD, c->on);
	table_set_date(b, ER_TIP_F_TIP_ACL_DTF, c->on);
	table_set_double(b, ER_TIP_F_TIP_ACT_PRU, c->price);
	table_set_int(b, ER_TIP_F_TIP_ACT_QSN, c->quantity);
	table_set_int(b, ER_TIP_F_TIP_ORD_NUM, 1);
	table_set_int(b, ER_TIP_F_TIP_PRS_IDE, c->line->number);
	table_set_int(b, ER_TIP_F_TIP_PRS_TYP, 1);
	table_set_double(b, ER_TIP_F_TIP_PUB_PRX, c->price);
	snds_set_keys(b, ER_TIP_F_DCT_ORD_NUM, k, c);
}

/* UCD_TOP_UCD: 0 handed out by a hospital (IR_TCU_V). */
static void emit_ucd(struct table_batch *b,
    const struct snds_claim *c, const struct snds_keys *k)
{
	table_batch_row(b);
	table_set_literal(b, ER_UCD_F_ORG_CLE_NEW, k->place->department->organism);
	table_set_double(b, ER_UCD_F_UCD_ACH_PRU, c->price);
	table_set_double(b, ER_UCD_F_UCD_CAL_PRU, c->price);
	table_set_int(b, ER_UCD_F_UCD_DLV_NBR, c->quantity);
	table_set_double(b, ER_UCD_F_UCD_FAC_PRU, c->price);
	table_set_double(b, ER_UCD_F_UCD_FRC_COE, 1);
	table_set_int(b, ER_UCD_F_UCD_LGN_NUM, 1);
	table_set_double(b, ER_UCD_F_UCD_MAR_MNT, 0);
	table_set_int(b, ER_UCD_F_UCD_ORD_NUM, 1);
	table_set_int(b, ER_UCD_F_UCD_TOP_UCD, 0);
	table_set_double(b, ER_UCD_F_UCD_TTF_MNT, c->price * c->quantity);
	table_set_literal(b, ER_UCD_F_UCD_UCD_COD, c->line->code);
	snds_set_keys(b, ER_UCD_F_DCT_ORD_NUM, k, c);
}

void snds_emit_line(struct snds_sink *s, const struct snds_claim *c, const struct snds_keys *k)
{
	switch (c->line->table) {
	case SNDS_LINE_CAM: emit_cam(s->batches[SNDS_ER_CAM_F], c, k); break;
	case SNDS_LINE_BIO: emit_bio(s->batches[SNDS_ER_BIO_F], c, k); break;
	case SNDS_LINE_TIP: emit_tip(s->batches[SNDS_ER_TIP_F], c, k); break;
	case SNDS_LINE_UCD: emit_ucd(s->batches[SNDS_ER_UCD_F], c, k); break;
	}
}

/*
 * ETE_IND_TAA: 1 public, 2 private (IR_TAA_V). MDT_COD: 3 full stay, 4 day
 * stay, 7 external (IR_MDT_V). MFT_COD: 3 public, 7 by contract (IR_MFT_V).
 * ETE_CAT_COD: 355 hospital, 365 private (IR_CET_V).
 */
void snds_emit_establishment(struct table_batch *b, const struct snds_claim *c,
    const struct snds_keys *k)
{
	const struct snds_hospital *h = c->stay ? c->stay->hospital : c->contact->hospital;
	int treatment = 7;

	table_batch_row(b);
	if (c->stay) {
		treatment = c->stay->entry == c->stay->exit ? 4 : 3;
		table_set_int(b, ER_ETE_F_ETE_GHS_NUM, c->stay->ghs);
		table_set_literal(b, ER_ETE_F_ETE_MCO_DDP,
		    c->stay->ghm.ptr[2] == 'C' ? VIEW_LIT("C") : VIEW_LIT("M"));
	} else {
		table_set_int(b, ER_ETE_F_ETE_GHS_NUM, 0);
		table_set_literal(b, ER_ETE_F_ETE_MCO_DDP, VIEW_LIT("Z"));
	}
	table_set_literal(b, ER_ETE_F_ETB_EXE_FIN, (struct view){h->finess, 8});
	table_set_int(b, ER_ETE_F_ETE_CAT_COD, h->is_public ? 355 : 365);
	table_set_int(b, ER_ETE_F_ETE_IND_TAA, h->is_public ? 1 : 2);
	table_set_int(b, ER_ETE_F_ETE_TYP_COD, h->is_public ? 1 : 4);
	table_set_int(b, ER_ETE_F_MDT_COD, treatment);
	table_set_int(b, ER_ETE_F_MFT_COD, h->is_public ? 3 : 7);
	table_set_literal(b, ER_ETE_F_ORG_CLE_NEW, k->place->department->organism);
	table_set_int(b, ER_ETE_F_PRS_PPU_SEC, h->is_public ? 1 : 2);
	snds_set_keys(b, ER_ETE_F_DCT_ORD_NUM, k, c);
}
