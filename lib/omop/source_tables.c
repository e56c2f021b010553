#include "omop/source_tables.h"

#define TEXT(column)                                      \
	{                                                 \
		.name = (column), .type = TABLE_TYPE_TEXT \
	}
#define WHOLE(column)                                    \
	{                                                \
		.name = (column), .type = TABLE_TYPE_I64 \
	}
#define NUMBER(column)                                      \
	{                                                   \
		.name = (column), .type = TABLE_TYPE_DOUBLE \
	}
#define DAY(column)                                       \
	{                                                 \
		.name = (column), .type = TABLE_TYPE_DATE \
	}
#define MAYBE(column, kind)                                                   \
	{                                                                     \
		.name = (column), .type = TABLE_TYPE_##kind, .optional = true \
	}

#define DCIR_KEY                                                                         \
	"DCT_ORD_NUM, FLX_DIS_DTD, FLX_EMT_NUM, FLX_EMT_ORD, FLX_EMT_TYP, FLX_TRT_DTD, " \
	"ORG_CLE_NUM, PRS_ORD_NUM, REM_TYP_AFF"

static const struct table_need ben[] = {
    TEXT("BEN_NIR_PSA"),
    WHOLE("BEN_RNG_GEM"),
    MAYBE("BEN_NIR_ANO", TEXT),
    MAYBE("BEN_IDT_ANO", TEXT),
    MAYBE("BEN_CDI_NIR", TEXT),
    WHOLE("BEN_NAI_ANN"),
    MAYBE("BEN_NAI_MOI", I64),
    WHOLE("BEN_SEX_COD"),
    DAY("BEN_DCD_DTE"),
    MAYBE("BEN_DTE_MAJ", DATE),
};

static const struct table_need imb[] = {
    TEXT("BEN_NIR_PSA"),
    WHOLE("BEN_RNG_GEM"),
    DAY("IMB_ALD_DTD"),
    MAYBE("IMB_ALD_DTF", DATE),
    WHOLE("IMB_ETM_NAT"),
    TEXT("MED_MTF_COD"),
};

static const struct table_need prs[] = {
    WHOLE("DCT_ORD_NUM"),
    DAY("FLX_DIS_DTD"),
    WHOLE("FLX_EMT_NUM"),
    WHOLE("FLX_EMT_ORD"),
    WHOLE("FLX_EMT_TYP"),
    DAY("FLX_TRT_DTD"),
    TEXT("ORG_CLE_NUM"),
    WHOLE("PRS_ORD_NUM"),
    WHOLE("REM_TYP_AFF"),
    TEXT("BEN_NIR_PSA"),
    WHOLE("BEN_RNG_GEM"),
    DAY("EXE_SOI_DTD"),
    WHOLE("PRS_NAT_REF"),
    NUMBER("PRS_ACT_QTE"),
    WHOLE("DPN_QLF"),
    WHOLE("PRS_DPN_QLP"),
    WHOLE("CPL_MAJ_TOP"),
    TEXT("PFS_EXE_NUM"),
    MAYBE("PFS_PRE_NUM", TEXT),
};

static const struct table_need pha[] = {
    WHOLE("DCT_ORD_NUM"),
    DAY("FLX_DIS_DTD"),
    WHOLE("FLX_EMT_NUM"),
    WHOLE("FLX_EMT_ORD"),
    WHOLE("FLX_EMT_TYP"),
    DAY("FLX_TRT_DTD"),
    TEXT("ORG_CLE_NUM"),
    WHOLE("PRS_ORD_NUM"),
    WHOLE("REM_TYP_AFF"),
    WHOLE("PHA_PRS_C13"),
    MAYBE("PHA_PRS_IDE", I64),
    WHOLE("PHA_ACT_QSN"),
};

static const struct table_need cci[] = {
    TEXT("BEN_IDT_ANO"),
    MAYBE("BEN_NIR_ANO", TEXT),
    DAY("BEN_DCD_DTE"),
    TEXT("DCD_CIM_COD"),
};

static const struct table_need mco_b[] = {
    TEXT("ETA_NUM"),
    TEXT("RSA_NUM"),
    TEXT("DGN_PAL"),
    MAYBE("DGN_REL", TEXT),
    TEXT("GRG_GHM"),
    MAYBE("GHS_NUM", I64),
    MAYBE("SEJ_TYP", TEXT),
    MAYBE("ENT_MOD", TEXT),
    MAYBE("SOR_MOD", TEXT),
};

static const struct table_need mco_c[] = {
    TEXT("ETA_NUM"),
    TEXT("RSA_NUM"),
    TEXT("NIR_ANO_17"),
    MAYBE("RNG_NAI", I64),
    DAY("EXE_SOI_DTD"),
    DAY("EXE_SOI_DTF"),
    TEXT("NIR_RET"),
    TEXT("NAI_RET"),
    TEXT("SEX_RET"),
    TEXT("SEJ_RET"),
    TEXT("FHO_RET"),
    TEXT("PMS_RET"),
    MAYBE("DAT_RET", TEXT),
    MAYBE("COH_NAI_RET", TEXT),
    MAYBE("COH_SEX_RET", TEXT),
};

static const struct table_need mco_d[] = {
    TEXT("ETA_NUM"),
    TEXT("RSA_NUM"),
    TEXT("ASS_DGN"),
};

static const struct table_need mco_a[] = {
    TEXT("ETA_NUM"),
    TEXT("RSA_NUM"),
    TEXT("CDC_ACT"),
    MAYBE("ENT_DAT_DEL", I32),
    MAYBE("NBR_EXE_ACT", I32),
};

const struct omop_snds_table omop_snds_tables[] = {
    {"IR_BEN_R", "snds_ben", "BEN_NIR_PSA, BEN_RNG_GEM", false, ben, ARRAY_LEN(ben)},
    {"IR_IMB_R", "snds_imb", NULL, false, imb, ARRAY_LEN(imb)},
    {"ER_PRS_F", "snds_prs", DCIR_KEY, false, prs, ARRAY_LEN(prs)},
    {"ER_PHA_F", "snds_pha", NULL, false, pha, ARRAY_LEN(pha)},
    {"KI_CCI_R", "snds_cci", NULL, true, cci, ARRAY_LEN(cci)},
};
const size_t omop_snds_table_count = ARRAY_LEN(omop_snds_tables);

const struct omop_snds_table omop_mco_tables[] = {
    {"B", "snds_mco_b", "ETA_NUM, RSA_NUM", false, mco_b, ARRAY_LEN(mco_b)},
    {"C", "snds_mco_c", "ETA_NUM, RSA_NUM", false, mco_c, ARRAY_LEN(mco_c)},
    {"D", "snds_mco_d", NULL, false, mco_d, ARRAY_LEN(mco_d)},
    {"A", "snds_mco_a", NULL, false, mco_a, ARRAY_LEN(mco_a)},
};
const size_t omop_mco_table_count = ARRAY_LEN(omop_mco_tables);
