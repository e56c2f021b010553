/*
 * Concept ids of French codes: pure functions of (vocabulary, code), so the
 * same code has the same id in every build, on every machine, without a table.
 * Ids above 2,000,000,000 are the range that OMOP leaves to local concepts;
 * all fit OMOP's 32-bit integer.
 *
 *   base            vocabulary  form of the code                     ids
 *   2,000,000,000   CIM10       letter, 2 digits, 0-3 of 0-9 or +    4,492,800
 *   2,004,492,800   CIM10       letter, 3 digits, letter: E725B        676,000
 *   2,010,000,000   CIP13       34009, CIP7, EAN-13 check digit     10,000,000
 *   2,020,000,000   UCD         7 digits (UCD7)                     10,000,000
 *   2,030,000,000   LPP         7 digits                            10,000,000
 *   2,040,000,000   CCAM        4 letters, 3 digits                102,816,000
 *   2,143,000,000   NABM        4 digits                                10,000
 *   2,143,100,000   PS_SPE      2 digits: PFS_PRA_SPE                      100
 *
 * Two codes have one id only when they are the same code: CIM-10 is read
 * without its dot, a CIP7 is the CIP13 that holds it. CCAM letters come from
 * the alphabets that each position uses (IR_CCAM_V63, ATIH 2019: 17, 21, 18
 * and 16 letters). Sources of the forms: IR_CIM_V and MS_CIM_V (SNDS
 * nomenclatures), IR_PHA_R (every one of its 23,126 codes is of that form).
 */
#ifndef OMOP_CONCEPT_ID_H
#define OMOP_CONCEPT_ID_H

#include "base/view.h"

enum omop_vocabulary {
	OMOP_CIM10,
	OMOP_CIP13,
	OMOP_UCD,
	OMOP_LPP,
	OMOP_CCAM,
	OMOP_NABM,
	OMOP_SPECIALTY,
	OMOP_VOCABULARIES,
};

enum {
	OMOP_CONCEPT_MIN = 2000000000,
	OMOP_CODE_SIZE = 16, /* longest code and NUL */
};

/* "CIM10"; what concept.vocabulary_id says. */
const char *omop_vocabulary_name(enum omop_vocabulary v);
/* The id, or 0 when `code` is not of the vocabulary's form. */
int32_t omop_concept_id(enum omop_vocabulary v, struct view code);
/*
 * The inverse: the code in its canonical spelling (CIM-10 without dot, CIP as
 * CIP13) into ret_code. false when no code has this id.
 */
bool omop_concept_code(int32_t id, enum omop_vocabulary *ret_vocabulary,
    char ret_code[OMOP_CODE_SIZE]);

#endif
