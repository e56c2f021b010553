#include "snds/tables.h"

#include <stdio.h>

#define COLUMN(table, name, type) {#name, TABLE_TYPE_##type},

static const struct table_column ir_ben_r[] = {IR_BEN_R_COLUMNS(COLUMN)};
static const struct table_column ir_imb_r[] = {IR_IMB_R_COLUMNS(COLUMN)};
static const struct table_column er_prs_f[] = {ER_PRS_F_COLUMNS(COLUMN)};
static const struct table_column er_pha_f[] = {ER_PHA_F_COLUMNS(COLUMN)};
static const struct table_column ki_cci_r[] = {KI_CCI_R_COLUMNS(COLUMN)};
static const struct table_column truth_person[] = {TRUTH_PERSON_COLUMNS(COLUMN)};
static const struct table_column truth_onset[] = {TRUTH_ONSET_COLUMNS(COLUMN)};
static const struct table_column truth_exposure[] = {TRUTH_EXPOSURE_COLUMNS(COLUMN)};
static const struct table_column t_mco_b[] = {T_MCO_B_COLUMNS(COLUMN)};
static const struct table_column t_mco_c[] = {T_MCO_C_COLUMNS(COLUMN)};
static const struct table_column t_mco_d[] = {T_MCO_D_COLUMNS(COLUMN)};
static const struct table_column t_mco_a[] = {T_MCO_A_COLUMNS(COLUMN)};

#define SCHEMA(name, columns)                     \
	{                                         \
		name, columns, ARRAY_LEN(columns) \
	}

static const struct table_schema schemas[SNDS_TABLES] = {
    [SNDS_IR_BEN_R] = SCHEMA("IR_BEN_R", ir_ben_r),
    [SNDS_IR_IMB_R] = SCHEMA("IR_IMB_R", ir_imb_r),
    [SNDS_ER_PRS_F] = SCHEMA("ER_PRS_F", er_prs_f),
    [SNDS_ER_PHA_F] = SCHEMA("ER_PHA_F", er_pha_f),
    [SNDS_KI_CCI_R] = SCHEMA("KI_CCI_R", ki_cci_r),
    [SNDS_TRUTH_PERSON] = SCHEMA("truth/person", truth_person),
    [SNDS_TRUTH_ONSET] = SCHEMA("truth/onset", truth_onset),
    [SNDS_TRUTH_EXPOSURE] = SCHEMA("truth/exposure", truth_exposure),
    [SNDS_T_MCO_B] = SCHEMA("B", t_mco_b),
    [SNDS_T_MCO_C] = SCHEMA("C", t_mco_c),
    [SNDS_T_MCO_D] = SCHEMA("D", t_mco_d),
    [SNDS_T_MCO_A] = SCHEMA("A", t_mco_a),
};

const struct table_schema *snds_table_schema(enum snds_table table)
{
	return &schemas[table];
}

void snds_table_file(enum snds_table table, int year, char *ret, size_t size)
{
	const char *name = schemas[table].name;

	if (table < SNDS_TABLES_WHOLE)
		snprintf(ret, size, "%s", name);
	else
		snprintf(ret, size, "T_MCO%02d%s", year % 100, name);
}
