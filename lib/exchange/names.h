/*
 * The words of the exchange: who takes part, what a project's circuit is, what
 * an envelope carries. Numbers are those of docs/exchange-format.md.
 */
#ifndef EXCHANGE_NAMES_H
#define EXCHANGE_NAMES_H

#include "base/view.h"

enum { EXCHANGE_NAME_SIZE = 33 }; /* of an actor or a project, with its NUL */

enum exchange_role {
	EXCHANGE_CENTRE = 1,
	EXCHANGE_CONTROLLER,
	EXCHANGE_IDENTITY,  /* CNAV, INSEE: traits to NIR */
	EXCHANGE_CUSTODIAN, /* holds one of the two keys of the pseudonyms */
};

/*
 * The circuits of the CNIL's guide "Modalités de circulation du NIR pour la
 * recherche en santé" (December 2020), with its own abbreviations.
 */
enum exchange_circuit {
	EXCHANGE_DIRECT = 1,           /* RT: the controller holds the NIR */
	EXCHANGE_SINGLE,               /* CU: one centre holds the NIR */
	EXCHANGE_MULTI,                /* MC: several centres, centralised */
	EXCHANGE_RECONSTRUCTION,       /* RN: the NIR is found from traits */
	EXCHANGE_MULTI_RECONSTRUCTION, /* MC+RN: centralised, then reconstructed */
};

enum exchange_step {
	EXCHANGE_NIR = 1,    /* subject number and NIR, to the first custodian */
	EXCHANGE_TRAITS,     /* subject number and civil status, to the identity service */
	EXCHANGE_TOKENS,     /* hashed once, to the second custodian */
	EXCHANGE_RESULT,     /* subject number and project pseudonym, to the controller */
	EXCHANGE_OUTCOMES,   /* what the identity service found, to the controller */
	EXCHANGE_PSEUDONYMS, /* pseudonyms to be renewed, to the second custodian */
	EXCHANGE_REKEYED,    /* old and new pseudonyms, to the controller */
};

/* "" for a number that has no word; 0 for a word that has no number. */
const char *exchange_role_name(enum exchange_role role);
enum exchange_role exchange_role_find(const char *name);
const char *exchange_circuit_name(enum exchange_circuit circuit);
enum exchange_circuit exchange_circuit_find(const char *name);
const char *exchange_step_name(enum exchange_step step);
enum exchange_step exchange_step_find(const char *name);

/* 1 to 32 of a-z, 0-9, '-' and '_', a letter or digit first: safe as a file's name. */
bool exchange_name_valid(const char *name);

#endif
