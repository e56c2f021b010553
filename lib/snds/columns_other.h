/* PMSI: rehabilitation (SSR), hospital at home (HAD), psychiatry (RIM-P). For tables.h. */
#ifndef SNDS_COLUMNS_OTHER_H
#define SNDS_COLUMNS_OTHER_H

#define T_SSR_B_COLUMNS(C)                \
	C(T_SSR_B, ETA_NUM, TEXT)         \
	C(T_SSR_B, GRG_GME, TEXT)         \
	C(T_SSR_B, TYP_GEN_RHA, TEXT)     \
	C(T_SSR_B, RHA_NUM, TEXT)         \
	C(T_SSR_B, RHS_NUM, TEXT)         \
	C(T_SSR_B, AGE_ANN, I32)          \
	C(T_SSR_B, COD_SEX, TEXT)         \
	C(T_SSR_B, BDI_COD, TEXT)         \
	C(T_SSR_B, BDI_DEP, TEXT)         \
	C(T_SSR_B, RHS_ANT_SEJ_ENT, I32)  \
	C(T_SSR_B, MOI_ANN_SOR_SEJ, TEXT) \
	C(T_SSR_B, HOS_TYP_UM, TEXT)      \
	C(T_SSR_B, ENT_MOD, TEXT)         \
	C(T_SSR_B, ENT_PRV, TEXT)         \
	C(T_SSR_B, SOR_MOD, TEXT)         \
	C(T_SSR_B, SEJ_ANT, I32)          \
	C(T_SSR_B, MOI_ANN, TEXT)         \
	C(T_SSR_B, FP_PEC, TEXT)          \
	C(T_SSR_B, MOR_PRP, TEXT)         \
	C(T_SSR_B, ETL_AFF, TEXT)         \
	C(T_SSR_B, HAB_DEP, TEXT)         \
	C(T_SSR_B, DPL_DEP, TEXT)         \
	C(T_SSR_B, ALI_DEP, TEXT)         \
	C(T_SSR_B, CON_DEP, TEXT)         \
	C(T_SSR_B, CPT_DEP, TEXT)         \
	C(T_SSR_B, REL_DEP, TEXT)         \
	C(T_SSR_B, NBR_DGN, I32)

#define T_SSR_C_COLUMNS(C)            \
	C(T_SSR_C, ETA_NUM, TEXT)     \
	C(T_SSR_C, NIR_RET, TEXT)     \
	C(T_SSR_C, NAI_RET, TEXT)     \
	C(T_SSR_C, SEX_RET, TEXT)     \
	C(T_SSR_C, SEJ_RET, TEXT)     \
	C(T_SSR_C, FHO_RET, TEXT)     \
	C(T_SSR_C, PMS_RET, TEXT)     \
	C(T_SSR_C, DAT_RET, TEXT)     \
	C(T_SSR_C, COH_NAI_RET, TEXT) \
	C(T_SSR_C, COH_SEX_RET, TEXT) \
	C(T_SSR_C, NIR_ANO_17, TEXT)  \
	C(T_SSR_C, SEJ_NUM, TEXT)     \
	C(T_SSR_C, RHA_NUM, TEXT)     \
	C(T_SSR_C, ENT_DAT, DATE)     \
	C(T_SSR_C, SOR_DAT, DATE)     \
	C(T_SSR_C, EXE_SOI_AMD, TEXT) \
	C(T_SSR_C, EXE_SOI_AMF, TEXT) \
	C(T_SSR_C, EXE_SOI_DTD, DATE) \
	C(T_SSR_C, EXE_SOI_DTF, DATE) \
	C(T_SSR_C, SOR_ANN, I32)

#define T_HAD_B_COLUMNS(C)              \
	C(T_HAD_B, AGE_ANN, I32)        \
	C(T_HAD_B, BDI_COD, TEXT)       \
	C(T_HAD_B, BDI_DEP, TEXT)       \
	C(T_HAD_B, COD_SEX, TEXT)       \
	C(T_HAD_B, DGN_PAL, TEXT)       \
	C(T_HAD_B, ENT_MOD, TEXT)       \
	C(T_HAD_B, ENT_PRV, TEXT)       \
	C(T_HAD_B, ETA_NUM_EPMSI, TEXT) \
	C(T_HAD_B, PEC_PAL, TEXT)       \
	C(T_HAD_B, RHAD_NUM, TEXT)      \
	C(T_HAD_B, SEJ_NBJ, I32)        \
	C(T_HAD_B, SEQ_NUM, TEXT)       \
	C(T_HAD_B, SOR_ANN, I32)        \
	C(T_HAD_B, SOR_MOD, TEXT)       \
	C(T_HAD_B, SOR_MOI, TEXT)       \
	C(T_HAD_B, SSEQ_NUM, TEXT)

#define T_HAD_C_COLUMNS(C)              \
	C(T_HAD_C, ETA_NUM_EPMSI, TEXT) \
	C(T_HAD_C, NIR_RET, TEXT)       \
	C(T_HAD_C, NAI_RET, TEXT)       \
	C(T_HAD_C, SEX_RET, TEXT)       \
	C(T_HAD_C, SEJ_RET, TEXT)       \
	C(T_HAD_C, FHO_RET, TEXT)       \
	C(T_HAD_C, PMS_RET, TEXT)       \
	C(T_HAD_C, DAT_RET, TEXT)       \
	C(T_HAD_C, COH_NAI_RET, TEXT)   \
	C(T_HAD_C, COH_SEX_RET, TEXT)   \
	C(T_HAD_C, NIR_ANO_17, TEXT)    \
	C(T_HAD_C, SEJ_NUM, TEXT)       \
	C(T_HAD_C, RHAD_NUM, TEXT)      \
	C(T_HAD_C, ENT_DAT, DATE)       \
	C(T_HAD_C, SOR_DAT, DATE)       \
	C(T_HAD_C, EXE_SOI_DTD, DATE)   \
	C(T_HAD_C, EXE_SOI_DTF, DATE)   \
	C(T_HAD_C, EXE_SOI_AMD, TEXT)   \
	C(T_HAD_C, EXE_SOI_AMF, TEXT)   \
	C(T_HAD_C, RNG_NAI, TEXT)       \
	C(T_HAD_C, SOR_ANN, I32)

#define T_RIP_RSA_COLUMNS(C)              \
	C(T_RIP_RSA, ETA_NUM_EPMSI, TEXT) \
	C(T_RIP_RSA, AGE_ANN, I32)        \
	C(T_RIP_RSA, COD_SEX, TEXT)       \
	C(T_RIP_RSA, BDI_COD, TEXT)       \
	C(T_RIP_RSA, BDI_DEP, TEXT)       \
	C(T_RIP_RSA, FOR_ACT, TEXT)       \
	C(T_RIP_RSA, RIP_NUM, TEXT)       \
	C(T_RIP_RSA, ENT_MOD, TEXT)       \
	C(T_RIP_RSA, ENT_PRV, TEXT)       \
	C(T_RIP_RSA, SOR_MOD, TEXT)       \
	C(T_RIP_RSA, SEQ_IND, TEXT)       \
	C(T_RIP_RSA, SEQ_SEQ_NUM, TEXT)   \
	C(T_RIP_RSA, PRE_JOU_NBJ, I32)    \
	C(T_RIP_RSA, TYP_GEN_RSA, TEXT)   \
	C(T_RIP_RSA, DGN_PAL, TEXT)       \
	C(T_RIP_RSA, NBR_DGN, I32)        \
	C(T_RIP_RSA, SEJ_LEG, TEXT)       \
	C(T_RIP_RSA, NAT_PEC, TEXT)

#define T_RIP_C_COLUMNS(C)              \
	C(T_RIP_C, ETA_NUM_EPMSI, TEXT) \
	C(T_RIP_C, NIR_RET, TEXT)       \
	C(T_RIP_C, NAI_RET, TEXT)       \
	C(T_RIP_C, SEX_RET, TEXT)       \
	C(T_RIP_C, SEJ_RET, TEXT)       \
	C(T_RIP_C, FHO_RET, TEXT)       \
	C(T_RIP_C, PMS_RET, TEXT)       \
	C(T_RIP_C, DAT_RET, TEXT)       \
	C(T_RIP_C, COH_NAI_RET, TEXT)   \
	C(T_RIP_C, COH_SEX_RET, TEXT)   \
	C(T_RIP_C, NIR_ANO_17, TEXT)    \
	C(T_RIP_C, SEJ_NUM, TEXT)       \
	C(T_RIP_C, RIP_NUM, TEXT)       \
	C(T_RIP_C, ENT_DAT, DATE)       \
	C(T_RIP_C, SOR_DAT, DATE)       \
	C(T_RIP_C, EXE_SOI_DTD, DATE)   \
	C(T_RIP_C, EXE_SOI_DTF, DATE)   \
	C(T_RIP_C, EXE_SOI_AMD, TEXT)   \
	C(T_RIP_C, EXE_SOI_AMF, TEXT)   \
	C(T_RIP_C, SOR_ANN, I32)

#endif
