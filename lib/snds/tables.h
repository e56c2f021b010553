/*
 * The tables that are made: columns with the names and in the order of the
 * official schema (indsante/synthetic-snds, Licence Ouverte), those that
 * studies use. Keys are text in every table, because FINESS numbers begin with
 * 0 and the official types of one key differ between tables.
 *
 * Each list gives constants: ER_PHA_F_PHA_PRS_C13 is a column's index.
 */
#ifndef SNDS_TABLES_H
#define SNDS_TABLES_H

#include "table/writer.h"

#define IR_BEN_R_COLUMNS(C)            \
	C(IR_BEN_R, BEN_NIR_PSA, TEXT) \
	C(IR_BEN_R, BEN_RNG_GEM, TEXT) \
	C(IR_BEN_R, BEN_NIR_ANO, TEXT) \
	C(IR_BEN_R, BEN_IDT_ANO, TEXT) \
	C(IR_BEN_R, BEN_IDT_TOP, I32)  \
	C(IR_BEN_R, ASS_NIR_ANO, TEXT) \
	C(IR_BEN_R, BEN_IDT_MAJ, DATE) \
	C(IR_BEN_R, BEN_CDI_NIR, TEXT) \
	C(IR_BEN_R, BEN_NAI_ANN, I32)  \
	C(IR_BEN_R, BEN_NAI_MOI, TEXT) \
	C(IR_BEN_R, BEN_SEX_COD, I32)  \
	C(IR_BEN_R, BEN_DCD_DTE, DATE) \
	C(IR_BEN_R, BEN_DCD_AME, TEXT) \
	C(IR_BEN_R, ORG_AFF_BEN, TEXT) \
	C(IR_BEN_R, BEN_RES_DPT, TEXT) \
	C(IR_BEN_R, BEN_RES_COM, TEXT) \
	C(IR_BEN_R, BEN_TOP_CNS, I32)  \
	C(IR_BEN_R, MAX_TRT_DTD, DATE) \
	C(IR_BEN_R, ORG_CLE_NEW, TEXT) \
	C(IR_BEN_R, BEN_DTE_INS, DATE) \
	C(IR_BEN_R, BEN_DTE_MAJ, DATE)

#define IR_IMB_R_COLUMNS(C)            \
	C(IR_IMB_R, BEN_NIR_PSA, TEXT) \
	C(IR_IMB_R, BEN_RNG_GEM, TEXT) \
	C(IR_IMB_R, IMB_ALD_DTD, DATE) \
	C(IR_IMB_R, IMB_ALD_DTF, DATE) \
	C(IR_IMB_R, IMB_ALD_NUM, I32)  \
	C(IR_IMB_R, IMB_ETM_NAT, I32)  \
	C(IR_IMB_R, IMB_MLP_BTR, TEXT) \
	C(IR_IMB_R, IMB_MLP_TAB, TEXT) \
	C(IR_IMB_R, IMB_SDR_LOP, TEXT) \
	C(IR_IMB_R, INS_DTE, DATE)     \
	C(IR_IMB_R, MED_MTF_COD, TEXT) \
	C(IR_IMB_R, MED_NCL_IDT, TEXT) \
	C(IR_IMB_R, UPD_DTE, DATE)

#define DCIR_KEY_COLUMNS(C, T)  \
	C(T, DCT_ORD_NUM, TEXT) \
	C(T, FLX_DIS_DTD, DATE) \
	C(T, FLX_EMT_NUM, TEXT) \
	C(T, FLX_EMT_ORD, TEXT) \
	C(T, FLX_EMT_TYP, TEXT) \
	C(T, FLX_TRT_DTD, DATE) \
	C(T, ORG_CLE_NUM, TEXT) \
	C(T, PRS_ORD_NUM, TEXT) \
	C(T, REM_TYP_AFF, TEXT)

#define ER_PRS_F_COLUMNS(C)              \
	C(ER_PRS_F, BEN_CMU_TOP, I32)    \
	C(ER_PRS_F, BEN_NAI_ANN, I32)    \
	C(ER_PRS_F, BEN_NIR_PSA, TEXT)   \
	C(ER_PRS_F, BEN_RNG_GEM, TEXT)   \
	C(ER_PRS_F, BEN_RES_COM, TEXT)   \
	C(ER_PRS_F, BEN_RES_DPT, TEXT)   \
	C(ER_PRS_F, BEN_SEX_COD, I32)    \
	C(ER_PRS_F, ORG_AFF_BEN, TEXT)   \
	C(ER_PRS_F, EXE_SOI_AMD, TEXT)   \
	C(ER_PRS_F, EXE_SOI_DTD, DATE)   \
	C(ER_PRS_F, EXE_SOI_DTF, DATE)   \
	C(ER_PRS_F, PRE_PRE_DTD, DATE)   \
	C(ER_PRS_F, PRS_HOS_DTD, DATE)   \
	C(ER_PRS_F, BSE_REM_BSE, DOUBLE) \
	C(ER_PRS_F, BSE_REM_MNT, DOUBLE) \
	C(ER_PRS_F, BSE_REM_SGN, I32)    \
	C(ER_PRS_F, CPL_REM_MNT, DOUBLE) \
	C(ER_PRS_F, PRS_ACT_COG, DOUBLE) \
	C(ER_PRS_F, PRS_ACT_NBR, DOUBLE) \
	C(ER_PRS_F, PRS_ACT_QTE, DOUBLE) \
	C(ER_PRS_F, PRS_PAI_MNT, DOUBLE) \
	C(ER_PRS_F, RGM_COD, I32)        \
	C(ER_PRS_F, BSE_PRS_NAT, I32)    \
	C(ER_PRS_F, CPL_MAJ_TOP, I32)    \
	C(ER_PRS_F, CPL_PRS_NAT, I32)    \
	C(ER_PRS_F, DPN_QLF, I32)        \
	C(ER_PRS_F, EXO_MTF, I32)        \
	C(ER_PRS_F, PRS_DPN_QLP, I32)    \
	C(ER_PRS_F, PRS_NAT_REF, I32)    \
	C(ER_PRS_F, RGO_ASU_NAT, I32)    \
	C(ER_PRS_F, RGO_REM_TAU, DOUBLE) \
	C(ER_PRS_F, ETB_PRE_FIN, TEXT)   \
	C(ER_PRS_F, PFS_EXE_NUM, TEXT)   \
	C(ER_PRS_F, PFS_PRE_NUM, TEXT)   \
	C(ER_PRS_F, PSE_ACT_NAT, I32)    \
	C(ER_PRS_F, PSE_SPE_COD, I32)    \
	C(ER_PRS_F, PSP_ACT_NAT, I32)    \
	C(ER_PRS_F, PSP_SPE_COD, I32)    \
	DCIR_KEY_COLUMNS(C, ER_PRS_F)

#define ER_PHA_F_COLUMNS(C)              \
	C(ER_PHA_F, ORG_CLE_NEW, TEXT)   \
	C(ER_PHA_F, PHA_ACT_PRU, DOUBLE) \
	C(ER_PHA_F, PHA_ACT_QSN, I32)    \
	C(ER_PHA_F, PHA_CPA_PCP, TEXT)   \
	C(ER_PHA_F, PHA_DEC_QSU, I32)    \
	C(ER_PHA_F, PHA_DEC_TOP, TEXT)   \
	C(ER_PHA_F, PHA_MOD_PRN, TEXT)   \
	C(ER_PHA_F, PHA_ORD_NUM, I32)    \
	C(ER_PHA_F, PHA_PRS_C13, I64)    \
	C(ER_PHA_F, PHA_PRS_IDE, I32)    \
	C(ER_PHA_F, PHA_SEQ_RNV, I32)    \
	C(ER_PHA_F, PHA_SUB_MTF, I32)    \
	DCIR_KEY_COLUMNS(C, ER_PHA_F)

#define T_MCO_B_COLUMNS(C)           \
	C(T_MCO_B, AGE_ANN, I32)     \
	C(T_MCO_B, AGE_GES, I32)     \
	C(T_MCO_B, AGE_JOU, I32)     \
	C(T_MCO_B, BDI_COD, TEXT)    \
	C(T_MCO_B, BDI_DEP, TEXT)    \
	C(T_MCO_B, COD_SEX, TEXT)    \
	C(T_MCO_B, DGN_PAL, TEXT)    \
	C(T_MCO_B, DGN_REL, TEXT)    \
	C(T_MCO_B, ENT_MOD, TEXT)    \
	C(T_MCO_B, ENT_PRV, TEXT)    \
	C(T_MCO_B, ETA_NUM, TEXT)    \
	C(T_MCO_B, GHS_NUM, I32)     \
	C(T_MCO_B, GRC_GHM, TEXT)    \
	C(T_MCO_B, GRG_GHM, TEXT)    \
	C(T_MCO_B, NBR_ACT, I32)     \
	C(T_MCO_B, NBR_DGN, I32)     \
	C(T_MCO_B, NBR_RUM, I32)     \
	C(T_MCO_B, NBR_SEA, I32)     \
	C(T_MCO_B, POI_NAI, I32)     \
	C(T_MCO_B, RSA_NUM, TEXT)    \
	C(T_MCO_B, RSS_NUM, TEXT)    \
	C(T_MCO_B, SEJ_NBJ, I32)     \
	C(T_MCO_B, SEJ_TYP, TEXT)    \
	C(T_MCO_B, SOR_ANN, I32)     \
	C(T_MCO_B, SOR_DES, TEXT)    \
	C(T_MCO_B, SOR_MOD, TEXT)    \
	C(T_MCO_B, SOR_MOI, TEXT)    \
	C(T_MCO_B, TYP_GEN_RSA, I32) \
	C(T_MCO_B, UHCD_TOP, I32)

#define T_MCO_C_COLUMNS(C)            \
	C(T_MCO_C, COH_NAI_RET, TEXT) \
	C(T_MCO_C, COH_SEX_RET, TEXT) \
	C(T_MCO_C, DAT_RET, TEXT)     \
	C(T_MCO_C, ENT_DAT, DATE)     \
	C(T_MCO_C, ETA_NUM, TEXT)     \
	C(T_MCO_C, EXE_SOI_DTD, DATE) \
	C(T_MCO_C, EXE_SOI_DTF, DATE) \
	C(T_MCO_C, FHO_RET, TEXT)     \
	C(T_MCO_C, NAI_RET, TEXT)     \
	C(T_MCO_C, NIR_ANO_17, TEXT)  \
	C(T_MCO_C, NIR_ANO_MAM, TEXT) \
	C(T_MCO_C, NIR_RET, TEXT)     \
	C(T_MCO_C, PMS_RET, TEXT)     \
	C(T_MCO_C, RNG_NAI, I32)      \
	C(T_MCO_C, RSA_NUM, TEXT)     \
	C(T_MCO_C, SEJ_NUM, I32)      \
	C(T_MCO_C, SEJ_RET, TEXT)     \
	C(T_MCO_C, SEX_RET, TEXT)     \
	C(T_MCO_C, SOR_DAT, DATE)

#define T_MCO_D_COLUMNS(C)           \
	C(T_MCO_D, ASS_DGN, TEXT)    \
	C(T_MCO_D, DGN_ASS_NUM, I32) \
	C(T_MCO_D, ETA_NUM, TEXT)    \
	C(T_MCO_D, RSA_NUM, TEXT)    \
	C(T_MCO_D, RSS_NUM, TEXT)

#define T_MCO_A_COLUMNS(C)           \
	C(T_MCO_A, ACV_ACT, TEXT)    \
	C(T_MCO_A, CDC_ACT, TEXT)    \
	C(T_MCO_A, CMP_DAT, TEXT)    \
	C(T_MCO_A, DOC_ACT, TEXT)    \
	C(T_MCO_A, ENT_DAT_DEL, I32) \
	C(T_MCO_A, ETA_NUM, TEXT)    \
	C(T_MCO_A, EXT_PMSI, TEXT)   \
	C(T_MCO_A, NBR_EXE_ACT, I32) \
	C(T_MCO_A, PHA_ACT, TEXT)    \
	C(T_MCO_A, RSA_NUM, TEXT)    \
	C(T_MCO_A, RSS_NUM, TEXT)    \
	C(T_MCO_A, RUM_SEQ, TEXT)

#define KI_CCI_R_COLUMNS(C)            \
	C(KI_CCI_R, DCD_IDT_ENC, TEXT) \
	C(KI_CCI_R, DCD_IDT_TOP, I32)  \
	C(KI_CCI_R, BEN_IDT_ANO, TEXT) \
	C(KI_CCI_R, BEN_IDT_TOP, I32)  \
	C(KI_CCI_R, BEN_NIR_ANO, TEXT) \
	C(KI_CCI_R, FLX_PER_ANN, I32)  \
	C(KI_CCI_R, CER_VER_NUM, I32)  \
	C(KI_CCI_R, TRT_STA_COD, I32)  \
	C(KI_CCI_R, TYP_CER_COD, I32)  \
	C(KI_CCI_R, CER_SUP_TYP, I32)  \
	C(KI_CCI_R, TYP_VOL_COD, I32)  \
	C(KI_CCI_R, DCD_DPT_COD, TEXT) \
	C(KI_CCI_R, DCD_COM_COD, TEXT) \
	C(KI_CCI_R, BEN_RES_DPT, TEXT) \
	C(KI_CCI_R, BEN_RES_COM, TEXT) \
	C(KI_CCI_R, BEN_DCD_DTE, DATE) \
	C(KI_CCI_R, BEN_DCD_AME, TEXT) \
	C(KI_CCI_R, DCD_LIE_COD, I32)  \
	C(KI_CCI_R, BEN_NAI_ANN, I32)  \
	C(KI_CCI_R, BEN_NAI_MOI, TEXT) \
	C(KI_CCI_R, BEN_SEX_COD, I32)  \
	C(KI_CCI_R, DCD_CIM_COD, TEXT) \
	C(KI_CCI_R, DCD_CAU_COD, I32)

#define TRUTH_PERSON_COLUMNS(C)            \
	C(TRUTH_PERSON, truth_id, I64)     \
	C(TRUTH_PERSON, ben_nir_ano, TEXT) \
	C(TRUTH_PERSON, ben_nir_psa, TEXT) \
	C(TRUTH_PERSON, ben_rng_gem, TEXT) \
	C(TRUTH_PERSON, ben_cdi_nir, TEXT) \
	C(TRUTH_PERSON, birth_date, DATE)  \
	C(TRUTH_PERSON, sex, I32)          \
	C(TRUTH_PERSON, entry_date, DATE)  \
	C(TRUTH_PERSON, exit_date, DATE)   \
	C(TRUTH_PERSON, death_date, DATE)  \
	C(TRUTH_PERSON, death_cause, TEXT)

#define TRUTH_ONSET_COLUMNS(C)           \
	C(TRUTH_ONSET, truth_id, I64)    \
	C(TRUTH_ONSET, disease, TEXT)    \
	C(TRUTH_ONSET, cim10, TEXT)      \
	C(TRUTH_ONSET, onset_date, DATE) \
	C(TRUTH_ONSET, prevalent, I32)

#define TRUTH_EXPOSURE_COLUMNS(C)           \
	C(TRUTH_EXPOSURE, truth_id, I64)    \
	C(TRUTH_EXPOSURE, atc, TEXT)        \
	C(TRUTH_EXPOSURE, start_date, DATE) \
	C(TRUTH_EXPOSURE, end_date, DATE)

#define SNDS_COLUMN_INDEX(table, name, type) table##_##name,

enum { IR_BEN_R_COLUMNS(SNDS_COLUMN_INDEX) };
enum { IR_IMB_R_COLUMNS(SNDS_COLUMN_INDEX) };
enum { ER_PRS_F_COLUMNS(SNDS_COLUMN_INDEX) };
enum { ER_PHA_F_COLUMNS(SNDS_COLUMN_INDEX) };
enum { T_MCO_B_COLUMNS(SNDS_COLUMN_INDEX) };
enum { T_MCO_C_COLUMNS(SNDS_COLUMN_INDEX) };
enum { T_MCO_D_COLUMNS(SNDS_COLUMN_INDEX) };
enum { T_MCO_A_COLUMNS(SNDS_COLUMN_INDEX) };
enum { KI_CCI_R_COLUMNS(SNDS_COLUMN_INDEX) };
enum { TRUTH_PERSON_COLUMNS(SNDS_COLUMN_INDEX) };
enum { TRUTH_ONSET_COLUMNS(SNDS_COLUMN_INDEX) };
enum { TRUTH_EXPOSURE_COLUMNS(SNDS_COLUMN_INDEX) };

/* The tables of the whole base, then those that each year has. */
enum snds_table {
	SNDS_IR_BEN_R,
	SNDS_IR_IMB_R,
	SNDS_ER_PRS_F,
	SNDS_ER_PHA_F,
	SNDS_KI_CCI_R,
	SNDS_TRUTH_PERSON,
	SNDS_TRUTH_ONSET,
	SNDS_TRUTH_EXPOSURE,
	SNDS_TABLES_WHOLE,
	SNDS_T_MCO_B = SNDS_TABLES_WHOLE,
	SNDS_T_MCO_C,
	SNDS_T_MCO_D,
	SNDS_T_MCO_A,
	SNDS_TABLES,
};
enum { SNDS_TABLES_YEARLY = SNDS_TABLES - SNDS_TABLES_WHOLE };

const struct table_schema *snds_table_schema(enum snds_table table);
/* "ER_PRS_F", "truth/person", "T_MCO18B": file name without suffix; `year` only for yearly ones. */
void snds_table_file(enum snds_table table, int year, char *ret, size_t size);

#endif
