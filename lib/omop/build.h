/*
 * SNDS to OMOP CDM 5.4.
 *
 *   folder of SNDS tables ─ mainbase.h ─► persons and care, filtered
 *                           ─ sql/, codes.h, vocabulary.h ─► visits, concepts
 *                           ─ write.h ─► CDM folder
 *
 * Memory is bounded by memory_bytes: beyond it the database spills into the
 * folder in the making. The bytes of the result depend on the input alone,
 * not on threads.
 */
#ifndef OMOP_BUILD_H
#define OMOP_BUILD_H

#include "mainbase/mainbase.h"
#include "omop/codes.h"

struct omop_build_options {
	const char *from; /* folder of SNDS tables */
	const char *out;  /* CDM folder to make */
	bool replace;     /* an existing one */
	enum table_format files;
	date_t first_day, last_day; /* of the data; DATE_NONE: the manifest's, otherwise care's */
	const char *without;        /* filters to switch off, commas between; NULL: none */
	const char *vocabulary;     /* folder of Athena with CONCEPT.csv; NULL: none */
	int threads;
	uint64_t memory_bytes;
	struct progress *progress;
};

struct omop_written {
	const char *table; /* arena */
	const char *file;
	int64_t rows;
	uint64_t bytes;
	char sha256[65];
};

/* What was made; omop_result_clear when done. */
struct omop_result {
	struct arena arena;
	struct mainbase base;
	struct omop_code_count codes[OMOP_VOCABULARIES];
	bool has_vocabulary;
	VEC(struct omop_written) files;
};

#define AUTO_OMOP_RESULT AUTO(omop_result_clear)

/*
 * Make the CDM folder: whole or not at all. ERR_IO, ERR_FORMAT: the input (see
 * source.h). ERR_USAGE: `out` exists. ERR_IO, ERR_FORMAT: vocabulary.h.
 */
MUST_CHECK int omop_build(const struct omop_build_options *o, struct omop_result *ret,
    struct err *err);
void omop_result_clear(struct omop_result *r);

#endif
