/*
 * A French population of civil status and files of it with errors, truth
 * included: what linkage is tried on. No real person is behind any row.
 *
 * People are pure functions of (seed, number): given names by sex and decade of
 * birth as INSEE counts them, surnames by Zipf's law, communes by population, a
 * NIR that no other of them has, twins, siblings and homonyms. Records are pure
 * functions of (seed, number) too: a person as a centre has written it, each error
 * of data/synth_errors.csv with its rate. So time is linear, memory does not grow,
 * and any number of threads gives the same bytes.
 */
#ifndef LINK_SYNTH_H
#define LINK_SYNTH_H

#include "base/progress.h"
#include "base/vec.h"
#include "io/made.h"
#include "report/report.h"
#include "table/db.h"

/* In the order of data/synth_errors.csv. */
enum link_synth_error {
	SYNTH_SURNAME_MISSING,
	SYNTH_SURNAME_USED,
	SYNTH_SURNAME_HALF,
	SYNTH_SURNAME_REVERSED,
	SYNTH_SURNAME_PARTICLE,
	SYNTH_SURNAME_JOINED,
	SYNTH_SURNAME_HYPHEN,
	SYNTH_SURNAME_TYPO,
	SYNTH_SURNAME_SOUND,
	SYNTH_SURNAME_CUT,
	SYNTH_USED_MISSING,
	SYNTH_GIVEN_MISSING,
	SYNTH_GIVEN_FIRST_ONLY,
	SYNTH_GIVEN_SECOND_FIRST,
	SYNTH_GIVEN_VARIANT,
	SYNTH_GIVEN_HYPHEN,
	SYNTH_GIVEN_INITIAL,
	SYNTH_GIVEN_TYPO,
	SYNTH_NAMES_SWAPPED,
	SYNTH_SEX_MISSING,
	SYNTH_SEX_INVERTED,
	SYNTH_DATE_MISSING,
	SYNTH_DATE_JANUARY,
	SYNTH_DATE_DECEMBER,
	SYNTH_DATE_LUNAR,
	SYNTH_DATE_SWAPPED,
	SYNTH_DATE_DIGIT,
	SYNTH_DATE_YEAR,
	SYNTH_PLACE_MISSING,
	SYNTH_PLACE_MODERN,
	SYNTH_PLACE_FORMER,
	SYNTH_PLACE_CITY,
	SYNTH_PLACE_COUNTRY,
	SYNTH_PLACE_UNKNOWN,
	SYNTH_PLACE_OTHER,
	SYNTH_PLACE_SAINT,
	SYNTH_NIR_MISSING,
	SYNTH_NIR_PARENT,
	SYNTH_NIR_DIGIT,
	SYNTH_NIR_NEIGHBOURS,
	SYNTH_NIR_CORSICA,
	SYNTH_NIR_LETTER,
	SYNTH_NIR_KEYLESS,
	SYNTH_ERRORS,
};

enum {
	SYNTH_RECORDS_MAX = 1000000000,
	SYNTH_CENTRES_MAX = 200,
	/* Beyond, a month of a place could need more than 999 numbers. */
	SYNTH_PEOPLE_MAX = 30000000,
};

struct link_synth_options {
	uint64_t records;
	int centres;       /* 1: one file, in which people repeat; else one each, none does */
	double duplicates; /* share of records whose person has an earlier one: 0 to 0.95 */
	double error_rate; /* times the rates of the model; 0: none */
	uint64_t seed;
	bool nir;    /* a column of NIRs */
	bool people; /* people.csv: who they are, without errors */
	const char *out;
	bool replace;
	enum table_format format;
	int threads;
};

struct link_synth_count {
	uint64_t applies; /* records it could happen to */
	uint64_t applied;
};

struct link_synth_result {
	uint64_t people;  /* that the records are drawn from */
	uint64_t present; /* with a record at least */
	uint64_t records;
	uint64_t faulty; /* records with an error at least */
	double rates[SYNTH_ERRORS];
	const char *names[SYNTH_ERRORS];
	struct link_synth_count errors[SYNTH_ERRORS];
	VEC(struct made_file) files;
	struct arena texts;
};

#define AUTO_LINK_SYNTH AUTO(link_synth_clear)

void link_synth_clear(struct link_synth_result *r);
/* A folder: records or centre_01..., truth, people, manifest.json. `progress` may be NULL. */
MUST_CHECK int link_synth_run(const struct link_synth_options *o, struct link_synth_result *ret,
    struct progress *progress, struct err *err);
struct report *link_synth_report(const struct link_synth_options *o,
    const struct link_synth_result *r);

#endif
