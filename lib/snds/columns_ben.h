/* The beneficiary, the long-term diseases, deaths, cartography of diseases. For tables.h. */
#ifndef SNDS_COLUMNS_BEN_H
#define SNDS_COLUMNS_BEN_H

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

#define KI_ECD_R_COLUMNS(C)            \
	C(KI_ECD_R, DCD_IDT_ENC, TEXT) \
	C(KI_ECD_R, DCD_IDT_TOP, I32)  \
	C(KI_ECD_R, BEN_IDT_ANO, TEXT) \
	C(KI_ECD_R, BEN_IDT_TOP, I32)  \
	C(KI_ECD_R, BEN_NIR_ANO, TEXT) \
	C(KI_ECD_R, FLX_PER_ANN, I32)  \
	C(KI_ECD_R, CER_LIG_NUM, I32)  \
	C(KI_ECD_R, ECD_CAU_RNG, I32)  \
	C(KI_ECD_R, ECD_CIM_COD, TEXT) \
	C(KI_ECD_R, BEN_DCD_DTE, DATE) \
	C(KI_ECD_R, BEN_DCD_AME, TEXT)

#define CT_IDE_COLUMNS(C)            \
	C(CT_IDE, id_carto, TEXT)    \
	C(CT_IDE, ben_nir_psa, TEXT) \
	C(CT_IDE, ben_rng_gem, TEXT) \
	C(CT_IDE, version, TEXT)

#define CT_IND_COLUMNS(C)                \
	C(CT_IND, id_carto, TEXT)        \
	C(CT_IND, ben_sex_cod, I32)      \
	C(CT_IND, ben_nai_ann, I32)      \
	C(CT_IND, age, I32)              \
	C(CT_IND, cla_age_5, TEXT)       \
	C(CT_IND, new_cod_reg, TEXT)     \
	C(CT_IND, dpt, TEXT)             \
	C(CT_IND, ben_dcd_dte, DATE)     \
	C(CT_IND, dcd_3112, I32)         \
	C(CT_IND, top_CvIDM_aig, I32)    \
	C(CT_IND, top_CvCoron_chr, I32)  \
	C(CT_IND, top_CvAVC_aig, I32)    \
	C(CT_IND, top_CvAVC_seq, I32)    \
	C(CT_IND, top_CvIC_aig, I32)     \
	C(CT_IND, top_CvIC_chr, I32)     \
	C(CT_IND, top_FAntiHTA_med, I32) \
	C(CT_IND, top_FDiabet_ind, I32)  \
	C(CT_IND, top_CanSeiF_act, I32)  \
	C(CT_IND, top_CanSeiF_sur, I32)  \
	C(CT_IND, top_CanAutr_act, I32)  \
	C(CT_IND, top_CanAutr_sur, I32)  \
	C(CT_IND, top_PDepNev_ind, I32)  \
	C(CT_IND, top_NParkin_ind, I32)  \
	C(CT_IND, top_ABPCOIr_ind, I32)  \
	C(CT_IND, top_RDialyse_ind, I32) \
	C(CT_IND, top_Rtrans_aig, I32)   \
	C(CT_IND, top_Rtrans_chr, I32)   \
	C(CT_IND, top_Materni_ind, I32)  \
	C(CT_IND, version, TEXT)

#endif
