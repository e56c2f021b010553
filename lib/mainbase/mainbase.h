/*
 * The main base of the SNDS, ready for a question: a folder of its tables
 * becomes persons and their care, with each business rule applied in one place
 * and counted.
 *
 *   folder ─ source.h ─► views ─ sql/ with filters.h ─► tables of `db`
 *
 *   mainbase_open      span, person, pseudonym, psa_person
 *   mainbase_make      a table of care:
 *     taa              the nine keys of care that an establishment bills by activity
 *     reimbursement    the view prs: rows of ER_PRS_F with person_id and filter
 *     consultation     person_id, day, executor, nature, specialty
 *     drug             person_id, day, code (CIP13), prescriber, executor, boxes
 *     town_act         person_id, day, code, prescriber, executor, quantity, obs_end
 *     biology, device, town_ucd   the same; codes of CCAM, NABM, LPP, UCD7
 *     stay             year, eta, rsa, person_id, days, diagnoses, group
 *     diagnosis        of stays, with their position
 *     act              of stays (CCAM)
 *     unit_stay        units of a stay, in their order, with days and diagnoses
 *     hospital_drug, hospital_device   of a stay: person_id, day, code (UCD7, LPP), quantity
 *     outpatient       year, eta, number, person_id, days: hospital care without a stay
 *     outpatient_act, outpatient_fee   its CCAM acts; its consultations and fees
 *     ssr_stay, had_stay, psychiatry_stay   year, eta, number, person_id, days, kind, modes
 *     ssr_diagnosis, had_diagnosis, psychiatry_diagnosis   their codes with position
 *     death_cause      every cause on the certificate
 *     ald              person_id, first_day, last_day, code (CIM-10)
 *
 * A table of the folder is opened and checked when the first SQL file that
 * names its view is run, so a question pays for the tables it needs.
 *
 * Memory: persons are held; what is made is stored in `db` and dropped by who
 * needs it no more. ER_PRS_F is never stored, only read.
 */
#ifndef MAINBASE_MAINBASE_H
#define MAINBASE_MAINBASE_H

#include "base/progress.h"
#include "mainbase/filters.h"
#include "mainbase/source.h"

struct mainbase_options {
	const char *from;           /* folder of SNDS tables */
	date_t first_day, last_day; /* of the data; DATE_NONE: the manifest's, otherwise care's */
	const char *without;        /* filters to switch off, commas between; NULL: none */
	struct progress *progress;
};

struct mainbase {
	struct table_db *db; /* the caller's */
	struct progress *progress;
	struct mainbase_source source;
	date_t first_day, last_day;
	struct mainbase_filters filters;
	struct mainbase_words words;
	uint64_t made; /* bit i: table i of care.c is there */
};

#define AUTO_MAINBASE AUTO(mainbase_close)

/*
 * ERR_IO, ERR_FORMAT: the folder (source.h). ERR_USAGE: `without`, days. Later
 * calls may find a table wrong (ERR_FORMAT). Clear it even when this fails.
 */
MUST_CHECK int mainbase_open(struct mainbase *ret, struct table_db *db,
    const struct mainbase_options *o, struct err *err);
void mainbase_close(struct mainbase *b);
/* Make a table of care, what it needs first; nothing when it is there. */
MUST_CHECK int mainbase_make(struct mainbase *b, const char *table, struct err *err);
/* An SQL file with the words of the filters filled in; the views snds_... that it names exist. */
MUST_CHECK int mainbase_run(struct mainbase *b, const char *file, struct table_params params,
    struct err *err);

#endif
