#include "support.h"

#include "snds/tables.h"

#include "shared_data.h"

/* The official name of a table that is made, for its schema. */
static const struct {
	enum snds_table table;
	const char *sheet;
} sheets[] = {
    {SNDS_IR_BEN_R, "IR_BEN_R"},
    {SNDS_IR_IMB_R, "IR_IMB_R"},
    {SNDS_ER_PRS_F, "ER_PRS_F"},
    {SNDS_ER_PHA_F, "ER_PHA_F"},
    {SNDS_ER_CAM_F, "ER_CAM_F"},
    {SNDS_ER_BIO_F, "ER_BIO_F"},
    {SNDS_ER_TIP_F, "ER_TIP_F"},
    {SNDS_ER_UCD_F, "ER_UCD_F"},
    {SNDS_ER_ETE_F, "ER_ETE_F"},
    {SNDS_ER_ARO_F, "ER_ARO_F"},
    {SNDS_BE_IDE_R, "BE_IDE_R"},
    {SNDS_DA_PRA_R, "DA_PRA_R"},
    {SNDS_KI_CCI_R, "KI_CCI_R"},
    {SNDS_T_MCO_A, "T_MCOaaA"},
    {SNDS_T_MCO_B, "T_MCOaaB"},
    {SNDS_T_MCO_C, "T_MCOaaC"},
    {SNDS_T_MCO_D, "T_MCOaaD"},
    {SNDS_T_MCO_UM, "T_MCOaaUM"},
    {SNDS_T_MCO_E, "T_MCOaaE"},
    {SNDS_T_MCO_MED, "T_MCOaaMED"},
    {SNDS_T_MCO_DMIP, "T_MCOaaDMIP"},
    {SNDS_T_MCO_CSTC, "T_MCOaaCSTC"},
    {SNDS_T_MCO_FMSTC, "T_MCOaaFMSTC"},
    {SNDS_T_MCO_FCSTC, "T_MCOaaFCSTC"},
    {SNDS_T_SSR_B, "T_SSRaaB"},
    {SNDS_T_SSR_C, "T_SSRaaC"},
    {SNDS_T_HAD_B, "T_HADaaB"},
    {SNDS_T_HAD_C, "T_HADaaC"},
    {SNDS_T_RIP_RSA, "T_RIPaaRSA"},
    {SNDS_T_RIP_C, "T_RIPaaC"},
    {SNDS_T_MCO_VALO, "T_MCOaaVALO"},
    {SNDS_T_MCO_FASTC, "T_MCOaaFASTC"},
    {SNDS_T_MCO_VALOACE, "T_MCOaaVALOACE"},
    {SNDS_T_SSR_D, "T_SSRaaD"},
    {SNDS_T_SSR_CSARR, "T_SSRaaCSARR"},
    {SNDS_T_SSR_CCAM, "T_SSRaaCCAM"},
    {SNDS_T_SSR_E, "T_SSRaaE"},
    {SNDS_T_HAD_D, "T_HADaaD"},
    {SNDS_T_HAD_A, "T_HADaaA"},
    {SNDS_T_HAD_E, "T_HADaaE"},
    {SNDS_T_RIP_RSAD, "T_RIPaaRSAD"},
    {SNDS_T_RIP_E, "T_RIPaaE"},
    {SNDS_KI_ECD_R, "KI_ECD_R"},
    {SNDS_CT_IDE, "CT_IDE_AAAA_GN"},
    {SNDS_CT_IND, "CT_IND_AAAA_GN"},
};

static void add_columns(struct table_db *db)
{
	(void)ask(db, VIEW("CREATE TABLE columns_made (sheet TEXT, title TEXT, place INT)"));
	for (size_t i = 0; i < ARRAY_LEN(sheets); i++) {
		const struct table_schema *s = snds_table_schema(sheets[i].table);

		for (size_t c = 0; c < s->count; c++) {
			AUTO_FREE char *sql = str_format(
			    "INSERT INTO columns_made VALUES ('%s', '%s', %zu)",
			    sheets[i].sheet, s->columns[c].name, c);

			(void)ask(db, VIEW(sql));
		}
	}
}

/* Public nomenclatures lie beside the project; without them there is nothing to compare. */
static void codes_are_valid(void **state)
{
	const char *shared = shared_data("data");
	AUTO_TABLE struct table_db *db = NULL;
	struct table_options t = {.threads = 1};
	struct err err = {0};

	(void)state;
	assert_int_equal(table_open(&db, &t, &err), 0);
	add_columns(db);
	(void)ask(db, VIEW("CREATE VIEW disease_file AS FROM "
			   "read_csv('lib/snds/data/diseases/*.csv', all_varchar = true)"));
	run_checks(db, "nomenclatures.sql", shared);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(codes_are_valid),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
