/*
 * The tables that are made: columns with the names and in the order of the
 * official schema (indsante/synthetic-snds, Licence Ouverte), those that
 * studies use. Keys are text in every table, because FINESS numbers begin with
 * 0 and the official types of one key differ between tables.
 *
 * Each list of columns_*.h gives constants: ER_PHA_F_PHA_PRS_C13 is a column's
 * index. A table is a line of the two lists below.
 */
#ifndef SNDS_TABLES_H
#define SNDS_TABLES_H

#include "snds/columns_ben.h"
#include "snds/columns_cost.h"
#include "snds/columns_dcir.h"
#include "snds/columns_detail.h"
#include "snds/columns_mco.h"
#include "snds/columns_other.h"
#include "snds/columns_truth.h"
#include "table/writer.h"

/* Tables of the whole base: name of the file without suffix. */
#define SNDS_WHOLE_TABLES(T)                \
	T(IR_BEN_R, "IR_BEN_R")             \
	T(IR_IMB_R, "IR_IMB_R")             \
	T(ER_PRS_F, "ER_PRS_F")             \
	T(ER_PHA_F, "ER_PHA_F")             \
	T(ER_CAM_F, "ER_CAM_F")             \
	T(ER_BIO_F, "ER_BIO_F")             \
	T(ER_TIP_F, "ER_TIP_F")             \
	T(ER_UCD_F, "ER_UCD_F")             \
	T(ER_ETE_F, "ER_ETE_F")             \
	T(ER_ARO_F, "ER_ARO_F")             \
	T(KI_CCI_R, "KI_CCI_R")             \
	T(KI_ECD_R, "KI_ECD_R")             \
	T(IR_PHA_R, "IR_PHA_R")             \
	T(BE_IDE_R, "BE_IDE_R")             \
	T(DA_PRA_R, "DA_PRA_R")             \
	T(TRUTH_PERSON, "truth/person")     \
	T(TRUTH_ONSET, "truth/onset")       \
	T(TRUTH_EXPOSURE, "truth/exposure") \
	T(TRUTH_BIRTH, "truth/birth")       \
	T(TRUTH_MOVE, "truth/move")         \
	T(TRUTH_EFFECT, "truth/effect")     \
	T(TRUTH_HOSPITAL, "truth/hospital") \
	T(TRUTH_DIRT, "truth/dirt")

/* Tables of each year; @ stands for its last two digits, # for all four. */
#define SNDS_YEARLY_TABLES(T)             \
	T(T_MCO_B, "T_MCO@B")             \
	T(T_MCO_C, "T_MCO@C")             \
	T(T_MCO_D, "T_MCO@D")             \
	T(T_MCO_A, "T_MCO@A")             \
	T(T_MCO_UM, "T_MCO@UM")           \
	T(T_MCO_E, "T_MCO@E")             \
	T(T_MCO_MED, "T_MCO@MED")         \
	T(T_MCO_DMIP, "T_MCO@DMIP")       \
	T(T_MCO_CSTC, "T_MCO@CSTC")       \
	T(T_MCO_FMSTC, "T_MCO@FMSTC")     \
	T(T_MCO_FCSTC, "T_MCO@FCSTC")     \
	T(T_MCO_VALO, "T_MCO@VALO")       \
	T(T_MCO_FASTC, "T_MCO@FASTC")     \
	T(T_MCO_VALOACE, "T_MCO@VALOACE") \
	T(T_SSR_B, "T_SSR@B")             \
	T(T_SSR_C, "T_SSR@C")             \
	T(T_HAD_B, "T_HAD@B")             \
	T(T_HAD_C, "T_HAD@C")             \
	T(T_RIP_RSA, "T_RIP@RSA")         \
	T(T_RIP_C, "T_RIP@C")             \
	T(T_SSR_D, "T_SSR@D")             \
	T(T_SSR_CSARR, "T_SSR@CSARR")     \
	T(T_SSR_CCAM, "T_SSR@CCAM")       \
	T(T_SSR_E, "T_SSR@E")             \
	T(T_HAD_D, "T_HAD@D")             \
	T(T_HAD_A, "T_HAD@A")             \
	T(T_HAD_E, "T_HAD@E")             \
	T(T_RIP_RSAD, "T_RIP@RSAD")       \
	T(T_RIP_E, "T_RIP@E")             \
	T(CT_IDE, "CT_IDE_#_GN")          \
	T(CT_IND, "CT_IND_#_GN")

#define SNDS_COLUMN_INDEX(table, name, type) table##_##name,
#define SNDS_COLUMN_INDICES(table, file) enum { table##_COLUMNS(SNDS_COLUMN_INDEX) };
SNDS_WHOLE_TABLES(SNDS_COLUMN_INDICES)
SNDS_YEARLY_TABLES(SNDS_COLUMN_INDICES)

#define SNDS_TABLE_INDEX(table, file) SNDS_##table,
enum snds_table {
	SNDS_WHOLE_TABLES(SNDS_TABLE_INDEX)
	    SNDS_TABLES_WHOLE,
	SNDS_BEFORE_YEARLY = SNDS_TABLES_WHOLE - 1,
	SNDS_YEARLY_TABLES(SNDS_TABLE_INDEX)
	    SNDS_TABLES,
};
enum { SNDS_TABLES_YEARLY = SNDS_TABLES - SNDS_TABLES_WHOLE };

const struct table_schema *snds_table_schema(enum snds_table table);
/* "ER_PRS_F", "truth/person", "T_MCO18B": file name without suffix; `year` only for yearly ones. */
void snds_table_file(enum snds_table table, int year, char *ret, size_t size);

#endif
