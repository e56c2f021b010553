/* Details of stays of rehabilitation, hospital at home, psychiatry; their establishments.
 * For tables.h. */
#ifndef SNDS_COLUMNS_DETAIL_H
#define SNDS_COLUMNS_DETAIL_H

#define T_SSR_D_COLUMNS(C)        \
	C(T_SSR_D, ETA_NUM, TEXT) \
	C(T_SSR_D, RHA_NUM, TEXT) \
	C(T_SSR_D, RHS_NUM, TEXT) \
	C(T_SSR_D, DGN_COD, TEXT)

#define T_SSR_CSARR_COLUMNS(C)              \
	C(T_SSR_CSARR, ETA_NUM, TEXT)       \
	C(T_SSR_CSARR, RHA_NUM, TEXT)       \
	C(T_SSR_CSARR, RHS_NUM, TEXT)       \
	C(T_SSR_CSARR, CSARR_COD, TEXT)     \
	C(T_SSR_CSARR, TYP_INTERV, TEXT)    \
	C(T_SSR_CSARR, NBR_CSARR, I32)      \
	C(T_SSR_CSARR, COMP_SEM, TEXT)      \
	C(T_SSR_CSARR, ENT_DAT_DEL_UM, I32) \
	C(T_SSR_CSARR, NBR_PAT_INTERV, I32) \
	C(T_SSR_CSARR, NBR_INTERV, I32)

#define T_SSR_CCAM_COLUMNS(C)               \
	C(T_SSR_CCAM, ETA_NUM, TEXT)        \
	C(T_SSR_CCAM, RHA_NUM, TEXT)        \
	C(T_SSR_CCAM, RHS_NUM, TEXT)        \
	C(T_SSR_CCAM, CCAM_DEL_ENT_UM, I32) \
	C(T_SSR_CCAM, CCAM_ACT, TEXT)       \
	C(T_SSR_CCAM, CCAM_PHA_ACT, TEXT)   \
	C(T_SSR_CCAM, CCAM_COD_ACT, TEXT)   \
	C(T_SSR_CCAM, CCAM_NBR_REA, I32)    \
	C(T_SSR_CCAM, CCAM_VAL_DAT, TEXT)

#define T_SSR_E_COLUMNS(C)        \
	C(T_SSR_E, ETA_NUM, TEXT) \
	C(T_SSR_E, SOC_RAI, TEXT) \
	C(T_SSR_E, REG_ETA, TEXT) \
	C(T_SSR_E, ANN_TRT, TEXT) \
	C(T_SSR_E, STA_ETA, TEXT) \
	C(T_SSR_E, VAL_ETA, TEXT) \
	C(T_SSR_E, ETB_EXE_FIN, TEXT)

#define T_HAD_D_COLUMNS(C)              \
	C(T_HAD_D, DGN_ASS, TEXT)       \
	C(T_HAD_D, ETA_NUM_EPMSI, TEXT) \
	C(T_HAD_D, RHAD_NUM, TEXT)      \
	C(T_HAD_D, SEQ_NUM, TEXT)       \
	C(T_HAD_D, SSEQ_NUM, TEXT)

#define T_HAD_A_COLUMNS(C)              \
	C(T_HAD_A, ACT_COD, TEXT)       \
	C(T_HAD_A, CCAM_COD, TEXT)      \
	C(T_HAD_A, DEL_DEB_SSEQ, I32)   \
	C(T_HAD_A, ETA_NUM_EPMSI, TEXT) \
	C(T_HAD_A, PHA_COD, TEXT)       \
	C(T_HAD_A, REAL_NBR, I32)       \
	C(T_HAD_A, RHAD_NUM, TEXT)      \
	C(T_HAD_A, SEQ_NUM, TEXT)       \
	C(T_HAD_A, SSEQ_NUM, TEXT)      \
	C(T_HAD_A, VAL_DAT_SSEQ, TEXT)

#define T_HAD_E_COLUMNS(C)            \
	C(T_HAD_E, ANN_TRT, TEXT)     \
	C(T_HAD_E, ETA_NUM, TEXT)     \
	C(T_HAD_E, ETB_EXE_FIN, TEXT) \
	C(T_HAD_E, REG_ETA, TEXT)     \
	C(T_HAD_E, SOC_RAI, TEXT)     \
	C(T_HAD_E, STA_ETA, TEXT)     \
	C(T_HAD_E, VAL_ETA, TEXT)

#define T_RIP_RSAD_COLUMNS(C)              \
	C(T_RIP_RSAD, ETA_NUM_EPMSI, TEXT) \
	C(T_RIP_RSAD, RIP_NUM, TEXT)       \
	C(T_RIP_RSAD, SEQ_SEQ_NUM, TEXT)   \
	C(T_RIP_RSAD, ASS_DGN, TEXT)

#define T_RIP_E_COLUMNS(C)        \
	C(T_RIP_E, ETA_NUM, TEXT) \
	C(T_RIP_E, SOC_RAI, TEXT) \
	C(T_RIP_E, REG_ETA, TEXT) \
	C(T_RIP_E, ANN_TRT, TEXT) \
	C(T_RIP_E, STA_ETA, TEXT) \
	C(T_RIP_E, VAL_ETA, TEXT) \
	C(T_RIP_E, ETB_EXE_FIN, TEXT)

#endif
