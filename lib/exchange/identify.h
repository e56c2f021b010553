/*
 * The identity service: traits in, NIR out, for certain outcomes only.
 *
 * Outcomes are those of the RNIPP query that FranceConnect uses. Who finds is
 * an interface: the civil status matcher below, a file of links made by another
 * engine (exchange_links_open), or anything else that fills a struct
 * exchange_matcher.
 */
#ifndef EXCHANGE_IDENTIFY_H
#define EXCHANGE_IDENTIFY_H

#include "exchange/pseudonymise.h"

enum exchange_outcome {
	EXCHANGE_IDENTIFIED = 'i',  /* identifie: a NIR */
	EXCHANGE_RECTIFIED = 'r',   /* identifie_rectifie: a NIR, a trait was corrected */
	EXCHANGE_USED_NAME = 'u',   /* identifie_nom_usage_seul */
	EXCHANGE_ONE_ECHO = 'e',    /* echo_unique: for review */
	EXCHANGE_SOME_ECHOES = 'm', /* echos_multiples */
	EXCHANGE_NO_ECHO = 'a',     /* aucun_echo */
	EXCHANGE_REJECTED = 'x',    /* rejet: too little to ask with */
};

/* "identifie", ...; NULL for a letter that is none. */
const char *exchange_outcome_name(int letter);
/* Only these two give a NIR without a person's decision. */
bool exchange_outcome_is_certain(enum exchange_outcome outcome);

struct exchange_traits {
	struct view idacc, centre;
	struct view birth_name, used_name, given_names;
	struct view birth_date; /* AAAAMMJJ */
	struct view sex;        /* "1", "2" or empty */
	struct view birth_place;
};

struct exchange_identity {
	enum exchange_outcome outcome;
	bool deceased;
	char nir[14]; /* of a certain outcome, and of echo_unique; else "" */
	char birth_date[9];
	char sex; /* '1', '2', 0 unknown */
};

struct exchange_matcher {
	void *ctx;
	int (*find)(void *ctx, const struct exchange_traits *t, struct exchange_identity *ret,
	    struct err *err);
};

/*
 * The reference population and a matcher on it.
 *
 * CSV: nir, birth_name, given_names, birth_date, sex, and, when there, used_name,
 * birth_place, deceased (1 or a date: yes). Memory: about 200 bytes a person.
 */
struct exchange_population;

#define AUTO_EXCHANGE_POPULATION AUTO(exchange_population_free)

MUST_CHECK int exchange_population_read(struct exchange_population **ret, const char *path,
    char separator, struct progress *progress, struct err *err);
void exchange_population_free(struct exchange_population **p);
size_t exchange_population_count(const struct exchange_population *p);
/* Borrows the population. civil.c says how it decides. */
struct exchange_matcher exchange_civil_matcher(struct exchange_population *p);

/*
 * Links that another engine found, in a CSV file with idacc, nir, outcome and,
 * when there, centre, birth_date, sex, deceased: one row a subject number. Who
 * is not in it is aucun_echo.
 *
 * Or the pairs.csv of a run of hygie link with the traits on the left (id:
 * idacc) and the register on the right (id: nir): the best pair counts, certain
 * from 10 bits on if the next person is 6 bits away, an echo from 0 on.
 */
struct exchange_links;

#define AUTO_EXCHANGE_LINKS AUTO(exchange_links_free)

MUST_CHECK int exchange_links_read(struct exchange_links **ret, const char *path, char separator,
    struct err *err);
void exchange_links_free(struct exchange_links **l);
struct exchange_matcher exchange_links_matcher(struct exchange_links *l);
/* Who is not in the links is asked of `otherwise` (borrowed): decisions of persons come first. */
void exchange_links_otherwise(struct exchange_links *l, const struct exchange_matcher *otherwise);

struct exchange_found {
	uint64_t rows;
	uint64_t by_outcome[256];
	uint64_t deceased;
};

/*
 * A TRAITS envelope in; out of it a NIR envelope to the first custodian (certain
 * outcomes only) at `out_nir` and an OUTCOMES envelope to the controller at
 * `out_outcomes`. `review` (may be NULL) is a private CSV file of the identity
 * service: subject numbers and NIRs of echo_unique. 1 when it was done before.
 */
MUST_CHECK int exchange_identify(const struct exchange_work *w, const char *path,
    const struct exchange_matcher *matcher, const char *out_nir, const char *out_outcomes,
    const char *review, struct exchange_found *ret, struct err *err);

#endif
