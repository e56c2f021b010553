/*
 * SNDS tables written by hand, for tests: every row is one call. The same
 * number `line` ties a row of ER_PHA_F to its row of ER_PRS_F.
 */
#ifndef OMOP_TESTS_SNDS_FIXTURE_H
#define OMOP_TESTS_SNDS_FIXTURE_H

#include "base/str.h"
#include "io/file.h"
#include "omop/build.h"
#include "table/query.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include <cmocka.h>

#define KEYS_HEADER                                                                \
	"DCT_ORD_NUM,FLX_DIS_DTD,FLX_EMT_NUM,FLX_EMT_ORD,FLX_EMT_TYP,FLX_TRT_DTD," \
	"ORG_CLE_NUM,PRS_ORD_NUM,REM_TYP_AFF"
#define KEYS_FORMAT "%d,2018-02-01,1,2,1,2018-01-20,01C011000,1,0"

#define RETURN_CODES "NIR_RET,NAI_RET,SEX_RET,SEJ_RET,FHO_RET,PMS_RET,DAT_RET," \
		     "COH_NAI_RET,COH_SEX_RET"
#define RETURN_OK "0,0,0,0,0,0,0,0,0"

enum {
	SNDS_BEN,
	SNDS_IMB,
	SNDS_PRS,
	SNDS_PHA,
	SNDS_CAM,
	SNDS_BIO,
	SNDS_TIP,
	SNDS_UCD,
	SNDS_ETE,
	SNDS_CCI,
	SNDS_B,
	SNDS_C,
	SNDS_D,
	SNDS_A,
	SNDS_UM,
	SNDS_MED,
	SNDS_DMIP,
	SNDS_CSTC,
	SNDS_FMSTC,
	SNDS_FCSTC,
	SNDS_SSR_B,
	SNDS_SSR_C,
	SNDS_SSR_D,
	SNDS_HAD_B,
	SNDS_HAD_C,
	SNDS_HAD_D,
	SNDS_RIP_RSA,
	SNDS_RIP_C,
	SNDS_RIP_RSAD,
	SNDS_ECD,
	SNDS_FILES,
};

static const struct {
	const char *file, *header;
} snds_files[SNDS_FILES] = {
    {"IR_BEN_R.csv", "BEN_NIR_PSA,BEN_RNG_GEM,BEN_NIR_ANO,BEN_IDT_ANO,BEN_CDI_NIR,BEN_NAI_ANN,"
		     "BEN_NAI_MOI,BEN_SEX_COD,BEN_DCD_DTE,BEN_DTE_MAJ"},
    {"IR_IMB_R.csv", "BEN_NIR_PSA,BEN_RNG_GEM,IMB_ALD_DTD,IMB_ALD_DTF,IMB_ALD_NUM,IMB_ETM_NAT,"
		     "MED_MTF_COD"},
    {"ER_PRS_F.csv", KEYS_HEADER ",BEN_NIR_PSA,BEN_RNG_GEM,EXE_SOI_DTD,PRS_NAT_REF,PRS_ACT_QTE,"
				 "DPN_QLF,PRS_DPN_QLP,CPL_MAJ_TOP,PFS_EXE_NUM,PFS_PRE_NUM"},
    {"ER_PHA_F.csv", KEYS_HEADER ",PHA_PRS_C13,PHA_ACT_QSN"},
    {"ER_CAM_F.csv", KEYS_HEADER ",CAM_PRS_IDE"},
    {"ER_BIO_F.csv", KEYS_HEADER ",BIO_PRS_IDE,BIO_ACT_QSN"},
    {"ER_TIP_F.csv", KEYS_HEADER ",TIP_PRS_IDE,TIP_ACT_QSN"},
    {"ER_UCD_F.csv", KEYS_HEADER ",UCD_UCD_COD,UCD_DLV_NBR"},
    {"ER_ETE_F.csv", KEYS_HEADER ",ETE_IND_TAA,ETB_EXE_FIN"},
    {"KI_CCI_R.csv", "BEN_IDT_ANO,BEN_NIR_ANO,BEN_DCD_DTE,DCD_CIM_COD"},
    {"T_MCO%sB.csv", "ETA_NUM,RSA_NUM,DGN_PAL,DGN_REL,GRG_GHM,GHS_NUM,SEJ_TYP,ENT_MOD,SOR_MOD"},
    {"T_MCO%sC.csv", "ETA_NUM,RSA_NUM,NIR_ANO_17,RNG_NAI,EXE_SOI_DTD,EXE_SOI_DTF," RETURN_CODES},
    {"T_MCO%sD.csv", "ETA_NUM,RSA_NUM,ASS_DGN"},
    {"T_MCO%sA.csv", "ETA_NUM,RSA_NUM,CDC_ACT,ENT_DAT_DEL,NBR_EXE_ACT"},
    {"T_MCO%sUM.csv", "ETA_NUM,RSA_NUM,UM_ORD_NUM,AUT_TYP1_UM,DGN_PAL,DGN_REL,PAR_DUR_SEJ"},
    {"T_MCO%sMED.csv", "ETA_NUM,RSA_NUM,UCD_UCD_COD,ADM_NBR,DELAI"},
    {"T_MCO%sDMIP.csv", "ETA_NUM,RSA_NUM,LPP_COD,NBR_POS,DELAI"},
    {"T_MCO%sCSTC.csv", "ETA_NUM,SEQ_NUM,NIR_ANO_17,RNG_NAI,EXE_SOI_DTD,EXE_SOI_DTF,NIR_RET,"
			"NAI_RET,SEX_RET,IAS_RET,ENT_DAT_RET"},
    {"T_MCO%sFMSTC.csv", "ETA_NUM,SEQ_NUM,CCAM_COD,DEL_DAT_ENT"},
    {"T_MCO%sFCSTC.csv", "ETA_NUM,SEQ_NUM,ACT_COD,ACT_NBR,DEL_DAT_ENT,EXE_SPE,HON_MNT,AMO_MNR"},
    {"T_SSR%sB.csv", "ETA_NUM,RHA_NUM,RHS_NUM,FP_PEC,MOR_PRP,ETL_AFF,GRG_GME,TYP_GEN_RHA,ENT_MOD,"
		     "SOR_MOD"},
    {"T_SSR%sC.csv", "ETA_NUM,RHA_NUM,NIR_ANO_17,EXE_SOI_DTD,EXE_SOI_DTF," RETURN_CODES},
    {"T_SSR%sD.csv", "ETA_NUM,RHA_NUM,DGN_COD"},
    {"T_HAD%sB.csv", "ETA_NUM_EPMSI,RHAD_NUM,SEQ_NUM,SSEQ_NUM,DGN_PAL,PEC_PAL,ENT_MOD,SOR_MOD"},
    {"T_HAD%sC.csv", "ETA_NUM_EPMSI,RHAD_NUM,NIR_ANO_17,EXE_SOI_DTD,EXE_SOI_DTF," RETURN_CODES},
    {"T_HAD%sD.csv", "ETA_NUM_EPMSI,RHAD_NUM,DGN_ASS"},
    {"T_RIP%sRSA.csv", "ETA_NUM_EPMSI,RIP_NUM,SEQ_SEQ_NUM,DGN_PAL,NAT_PEC,SEQ_IND,TYP_GEN_RSA,"
		       "ENT_MOD,SOR_MOD"},
    {"T_RIP%sC.csv", "ETA_NUM_EPMSI,RIP_NUM,NIR_ANO_17,EXE_SOI_DTD,EXE_SOI_DTF," RETURN_CODES},
    {"T_RIP%sRSAD.csv", "ETA_NUM_EPMSI,RIP_NUM,ASS_DGN"},
    {"KI_ECD_R.csv", "BEN_IDT_ANO,BEN_NIR_ANO,BEN_DCD_DTE,ECD_CIM_COD"},
};

struct snds {
	struct str text[SNDS_FILES];
	const char *mco_year; /* "18" */
	date_t first_day, last_day;
};

static inline void snds_init(struct snds *s)
{
	*s = (struct snds){.mco_year = "18"};
	s->first_day = date_from_civil(2018, 1, 1);
	s->last_day = date_from_civil(2018, 12, 31);
	for (int i = 0; i < SNDS_FILES; i++)
		str_addf(&s->text[i], "%s\n", snds_files[i].header);
}

static inline void snds_clear(struct snds *s)
{
	for (int i = 0; i < SNDS_FILES; i++)
		str_clear(&s->text[i]);
}

#define AUTO_SNDS AUTO(snds_clear)

__attribute__((format(printf, 3, 4))) static inline void snds_row(struct snds *s, int table,
    const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	str_addvf(&s->text[table], fmt, ap);
	va_end(ap);
	str_addc(&s->text[table], '\n');
}

/* A living man born in May 1950, one pseudonym, real identity. */
static inline void snds_person(struct snds *s, const char *psa)
{
	snds_row(s, SNDS_BEN, "%s,1,ano-%s,idt-%s,00,1950,5,1,1600-01-01,", psa, psa, psa);
}

static inline void snds_care(struct snds *s, int line, const char *psa, const char *day,
    int nature, int quantity, const char *executor)
{
	snds_row(s, SNDS_PRS, KEYS_FORMAT ",%s,1,%s,%d,%d,0,0,0,%s,pre", line, psa, day, nature,
	    quantity, executor);
}

static inline void snds_drug(struct snds *s, int line, const char *psa, const char *day,
    const char *cip, int boxes)
{
	snds_care(s, line, psa, day, 3313, boxes, "pharmacy");
	snds_row(s, SNDS_PHA, KEYS_FORMAT ",%s,%d", line, cip, boxes);
}

/* A good stay of the hospital 010000123 with one diagnosis. */
static inline void snds_stay(struct snds *s, const char *rsa, const char *psa, const char *entry,
    const char *exit, const char *diagnosis)
{
	snds_row(s, SNDS_B, "010000123,%s,%s,,05M042,1234,,8,8", rsa, diagnosis);
	snds_row(s, SNDS_C, "010000123,%s,%s,,%s,%s," RETURN_OK, rsa, psa, entry, exit);
}

static inline void snds_write(const struct snds *s, const char *folder)
{
	struct err err = {0};

	assert_int_equal(path_make_folder(folder, &err), 0);
	for (int i = 0; i < SNDS_FILES; i++) {
		AUTO_STR struct str name = {0};
		const char *mark = strchr(snds_files[i].file, '%');

		if (!s->text[i].len) /* a table the test leaves out */
			continue;
		str_addz(&name, folder);
		str_addc(&name, '/');
		if (mark)
			str_addf(&name, "%.5s%s%s", snds_files[i].file, s->mco_year, mark + 2);
		else
			str_addz(&name, snds_files[i].file);
		assert_int_equal(file_write(str_get(&name), str_view(&s->text[i]), &err), 0);
	}
}

/* Build `in` into `out`; the caller looks at the outcome. */
static inline int snds_try(const struct snds *s, const char *in, const char *out,
    struct omop_result *ret, struct err *err)
{
	struct omop_build_options o = {
	    .from = in,
	    .out = out,
	    .replace = true,
	    .first_day = s->first_day,
	    .last_day = s->last_day,
	    .threads = 2,
	};

	snds_write(s, in);
	return omop_build(&o, ret, err);
}

/* Build "in" into "cdm"; it must work. */
static inline void snds_build(const struct snds *s, struct omop_result *ret)
{
	struct err err = {0};

	assert_int_equal(path_remove("in", &err), 0);
	if (snds_try(s, "in", "cdm", ret, &err) < 0)
		fail_msg("%s", err.msg);
}

/* What a filter did: "removed of rows in". */
static inline void filters_assert(const struct mainbase_filters *filters, const char *stage,
    const char *id, int64_t removed, int64_t rows_in)
{
	for (size_t i = 0; i < filters->items.len; i++) {
		const struct mainbase_filter *f = &filters->items.ptr[i];

		if (strcmp(f->stage, stage) != 0 || strcmp(f->id, id) != 0)
			continue;
		if (f->removed != removed || f->rows_in != rows_in)
			fail_msg("%s of %s: removed %lld of %lld, expected %lld of %lld", id, stage,
			    (long long)f->removed, (long long)f->rows_in, (long long)removed,
			    (long long)rows_in);
		return;
	}
	fail_msg("no filter %s of stage %s", id, stage);
}

static inline void assert_filter(const struct omop_result *r, const char *stage, const char *id,
    int64_t removed, int64_t rows_in)
{
	filters_assert(&r->base.filters, stage, id, removed, rows_in);
}

/* person, death and so on are the files of "cdm". */
static inline int cdm_views(struct table_db *db, struct err *err)
{
	static const char *const tables[] = {
	    "person",
	    "observation_period",
	    "visit_occurrence",
	    "condition_occurrence",
	    "drug_exposure",
	    "procedure_occurrence",
	    "death",
	    "cdm_source",
	    "concept",
	    "concept_relationship",
	    "visit_detail",
	    "device_exposure",
	    "measurement",
	    "observation",
	    "location",
	    "care_site",
	    "provider",
	    "cost",
	    "drug_era",
	    "condition_era",
	    "dose_era",
	};

	for (size_t i = 0; i < ARRAY_LEN(tables); i++) {
		AUTO_FREE char *sql = str_format("CREATE VIEW %s AS SELECT * FROM 'cdm/%s.parquet'",
		    tables[i], tables[i]);

		if (path_exists("cdm/person.parquet") &&
		    table_run(db, tables[i], VIEW(sql), TABLE_NO_PARAMS, NULL, err) < 0)
			return -1;
	}
	return 0;
}

/* The number that a query over the tables of "cdm" answers with. */
static inline int64_t ask(const char *sql)
{
	struct err err = {0};
	AUTO_TABLE struct table_db *db = NULL;
	struct table_options options = {.threads = 1};
	int64_t n = -1;

	if (table_open(&db, &options, &err) < 0 || cdm_views(db, &err) < 0 ||
	    table_run(db, "test", VIEW(sql), TABLE_NO_PARAMS, &n, &err) < 0)
		fail_msg("%s: %s", sql, err.msg);
	return n;
}

/* Rows of a table of "cdm" that satisfy a condition. */
static inline void assert_rows(const char *table, const char *where, int64_t rows)
{
	AUTO_FREE char *sql = str_format("SELECT count(*) FROM %s WHERE %s", table, where);
	int64_t n = ask(sql);

	if (n != rows)
		fail_msg("%s: %lld rows, expected %lld, where %s", table, (long long)n,
		    (long long)rows, where);
}

static inline int snds_run_in_temp(int (*run)(void))
{
	char folder[] = "/tmp/hygie-omop-XXXXXX";
	char home[4096];
	struct err err = {0};
	int failed;

	if (!getcwd(home, sizeof(home)) || !mkdtemp(folder) || chdir(folder) != 0)
		return 1;
	failed = run();
	if (chdir(home) != 0 || path_remove(folder, &err) < 0)
		return 1;
	return failed;
}

#endif
