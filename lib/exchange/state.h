/*
 * The exchange itself: a folder that holds ciphertext and a ledger, nothing
 * else.
 *
 *   DIR/ledger             see ledger.h
 *   DIR/envelopes/HASH     each envelope received, named by its hash
 *
 * An envelope is written, synced and renamed before its line is added, so a run
 * killed at any moment leaves a folder that the next run goes on with; a file
 * without a line is what such a run left and is removed.
 */
#ifndef EXCHANGE_STATE_H
#define EXCHANGE_STATE_H

#include "exchange/ledger.h"

struct exchange_state;

#define AUTO_EXCHANGE_STATE AUTO(exchange_state_close)

MUST_CHECK int exchange_state_open(struct exchange_state **ret, const char *folder,
    struct err *err);
void exchange_state_close(struct exchange_state **s);

enum exchange_receipt {
	EXCHANGE_NEW,
	EXCHANGE_KNOWN, /* the same bytes lie here already: nothing was done */
};

/*
 * Check the envelope at `path` as exchange_envelope_open does and keep it.
 * ERR_DENIED for one that was handed on before (a replay), and for a second one
 * of the same step and subject unless `replace` and the first is still here.
 */
MUST_CHECK int exchange_state_receive(struct exchange_state *s, const char *path,
    const struct exchange_project *project, const struct exchange_directory *directory,
    bool replace, enum exchange_receipt *ret, struct exchange_manifest *ret_manifest,
    struct err *err);

/* One envelope the project waits for, and how far it is. */
enum exchange_progress {
	EXCHANGE_AWAITED,
	EXCHANGE_HERE,
	EXCHANGE_HANDED_ON,
};

struct exchange_status {
	enum exchange_step step;
	const char *subject; /* borrowed from the project */
	const char *sender;
	const char *recipient;
	enum exchange_progress progress;
	uint64_t count;  /* of an envelope that came */
	char hash[65];   /* the same; "" before */
	bool is_waiting; /* here, and kept until all centres are */
	bool is_purged;  /* handed on, and removed since */
};

struct exchange_status_list {
	VEC(struct exchange_status) items;
};

/* Every envelope of the project's circuit, in the order of its steps. */
MUST_CHECK int exchange_state_status(const struct exchange_state *s,
    const struct exchange_project *project, struct exchange_status_list *ret, struct err *err);
/*
 * Hand on what can be: a copy at OUT/RECIPIENT/PROJECT-STEP-SUBJECT.envelope.
 * Each envelope is checked again before. Those already handed on are copied
 * again when their file is missing. `ret_count` is how many were handed on now.
 */
MUST_CHECK int exchange_state_forward(struct exchange_state *s,
    const struct exchange_project *project, const struct exchange_directory *directory,
    const char *out, size_t *ret_count, struct err *err);

/*
 * The project has its result: remove its envelopes that were handed on, as the circuits ask of
 * every actor. The ledger stays, so replays are still refused. ERR_DENIED before the result was
 * handed on. `ret_count` is how many were removed now.
 */
MUST_CHECK int exchange_state_purge(struct exchange_state *s,
    const struct exchange_project *project, size_t *ret_count, struct err *err);

#endif
