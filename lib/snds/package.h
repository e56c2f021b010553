/*
 * The schema of the SNDS as a Frictionless Data Package
 * (https://datapackage.org/standard/data-package/), for readers that know no
 * SNDS: one resource a file of a delivery, its nomenclatures in "hygie:lists".
 *
 * "hygie:loose": cells are read as hygie reads the SNDS (check.h);
 * "hygie:plain", "hygie:listPlain": 01 is 1; "hygie:optional": an extract may lack
 * the column; "hygie:advice": what the schema says of lengths, codes, years is
 * often not kept by the SNDS itself, so it warns only.
 */
#ifndef SNDS_PACKAGE_H
#define SNDS_PACKAGE_H

#include "snds/schema.h"

/*
 * `files`: names of tables without folder and endings; those that the schema does not know
 * get no resource. Years that other tables of the product have get one with advice.
 * ERR_FORMAT when no file has the name of a table. Reads the nomenclatures in use.
 */
MUST_CHECK int snds_package_write(struct str *ret, struct snds_schema *schema,
    const char *const *files, size_t count, struct err *err);

#endif
