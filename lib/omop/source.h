/*
 * The SNDS side: a folder of IR_BEN_R, IR_IMB_R, ER_PRS_F, ER_PHA_F, KI_CCI_R
 * and T_MCOaaA/B/C/D of every year becomes the views that sql/ reads
 * (snds_ben, snds_imb, snds_prs, snds_pha, snds_cci, snds_mco_a..d). Keys are
 * text, so leading zeros count; numbers and dates are checked.
 */
#ifndef OMOP_SOURCE_H
#define OMOP_SOURCE_H

#include "table/db.h"

struct omop_source_info {
	int first_year, last_year;  /* of the MCO files */
	bool has_causes;            /* KI_CCI_R is there; the one table that may be missing */
	date_t first_day, last_day; /* of the data, from DIR/manifest.json; DATE_NONE: not told */
	char manifest_sha256[65];   /* of DIR/manifest.json; "" when there is none */
};

/*
 * ERR_IO: not a folder of tables. ERR_FORMAT: a missing table or column, a
 * value that does not fit, a primary key with several rows. Needs
 * sql/macros.sql in `db`.
 */
MUST_CHECK int omop_source_open(struct table_db *db, const char *folder,
    struct omop_source_info *ret, struct err *err);

#endif
