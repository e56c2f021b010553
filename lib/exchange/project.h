/*
 * A project and its circuit: who sends what to whom. Every actor has the same
 * project file; every command asks exchange_route before it does anything, so
 * the rules of the circuits stand in one place (project.c).
 */
#ifndef EXCHANGE_PROJECT_H
#define EXCHANGE_PROJECT_H

#include "base/vec.h"
#include "exchange/names.h"

enum {
	EXCHANGE_CENTRES_MAX = 2000,
	EXCHANGE_EPOCHS_MAX = 1000,
};

/* How identifiers are hashed; `sha1-2020` is for tests of formats only. */
enum exchange_hash {
	EXCHANGE_HMAC_SHA256,
	EXCHANGE_SHA1_2020,
};

struct exchange_centre {
	char name[EXCHANGE_NAME_SIZE];
	enum exchange_step deposits; /* EXCHANGE_NIR or EXCHANGE_TRAITS */
};

struct exchange_project {
	char name[EXCHANGE_NAME_SIZE];
	enum exchange_circuit circuit;
	char controller[EXCHANGE_NAME_SIZE];
	char identity[EXCHANGE_NAME_SIZE]; /* "" where the circuit has none */
	char custodians[2][EXCHANGE_NAME_SIZE];
	VEC(struct exchange_centre) centres;
	enum exchange_hash hash;
	int64_t epoch; /* of the pseudonyms: how often they were renewed */
};

#define AUTO_EXCHANGE_PROJECT AUTO(exchange_project_clear)

/*
 * ERR_FORMAT for a file that is no project; ERR_DENIED for one that its circuit
 * forbids (a second centre in a single-centre circuit, one custodian for both
 * keys, a controller that is also the third party).
 */
MUST_CHECK int exchange_project_read(struct exchange_project *ret, const char *path,
    struct err *err);
void exchange_project_clear(struct exchange_project *p);
/* Borrowed; NULL when the project has no such centre. */
const struct exchange_centre *exchange_project_centre(const struct exchange_project *p,
    const char *name);

/* Who signs and who can open an envelope of one step; borrowed from the project. */
struct exchange_route {
	const char *sender;
	enum exchange_role sender_role;
	const char *recipient;
	enum exchange_role recipient_role;
};

/*
 * The way of `step` for the centre `subject` (the controller, from RESULT on).
 * ERR_DENIED when the circuit has no such step or the project no such centre.
 */
MUST_CHECK int exchange_route(struct exchange_route *ret, const struct exchange_project *p,
    enum exchange_step step, const char *subject, struct err *err);
/* Must all centres have arrived before one is handed on? True of the multi-centre circuits. */
bool exchange_waits_for_all(const struct exchange_project *p, enum exchange_step step);

#endif
