/*
 * The two custodians' work.
 *
 * Stage 1 hashes the numbers of NIR rows, envelope by envelope. Stage 2 hashes
 * again, and only then finds who came from several centres: by the person's own
 * NIR; where a row has none, by the triplet if exactly one own NIR in the
 * project goes with it; else by the triplet and a twin's rank. What belongs to
 * several persons stays apart and is told as such.
 *
 * Stage 2 keeps, for the rows without an own NIR only, their triplets and the
 * persons these lead to: at most 24 bytes a row; and 8 bytes a row to count the
 * persons. Rows are read again instead of being kept.
 */
#ifndef EXCHANGE_PSEUDONYMISE_H
#define EXCHANGE_PSEUDONYMISE_H

#include "base/progress.h"
#include "exchange/envelope.h"
#include "exchange/ledger.h"
#include "exchange/row.h"

struct exchange_counts {
	uint64_t rows;
	uint64_t by_class[256]; /* exchange_class letters */
	uint64_t persons;       /* stage 2: different pseudonyms */
};

struct exchange_work {
	const struct exchange_project *project;
	const struct exchange_directory *directory;
	const struct exchange_key *key;
	struct exchange_ledger *ledger; /* of the actor; NULL: nothing is remembered */
	bool again;                     /* work although this or another one was worked on before */
	struct progress *progress;
};

/*
 * Each of these returns 1, and does nothing, when the ledger says that just
 * these envelopes were worked on before and `out` is there. When it says that
 * others were, of the same centre, that is ERR_DENIED unless `again`: a centre
 * that deposits twice can find out who is in the base.
 */

/* A NIR envelope in, a TOKENS envelope out, at `out`. */
MUST_CHECK int exchange_hash_first(const struct exchange_work *w, const char *path,
    const char *out, struct exchange_counts *ret, struct err *err);
/*
 * The TOKENS envelopes of all the project's centres in (ERR_DENIED when one is
 * missing or comes twice), one RESULT envelope out.
 */
MUST_CHECK int exchange_hash_second(const struct exchange_work *w, const char *const *paths,
    size_t count, const char *out, struct exchange_counts *ret, struct err *err);
/*
 * PSEUDONYMS of epoch `from` in, REKEYED to the project's epoch out. A row that
 * is no pseudonym is ERR_FORMAT, by number. Never 1: it may be asked again.
 */
MUST_CHECK int exchange_renew(const struct exchange_work *w, const char *path, int64_t from,
    const char *out, struct exchange_counts *ret, struct err *err);

/* What the ledger says of an input: 1 done before and `out` is there, 0 to do, -1. */
MUST_CHECK int exchange_work_begin(const struct exchange_work *w,
    const struct exchange_envelope *input, const char *out, struct err *err);
/* Remember that an input was worked on. */
MUST_CHECK int exchange_work_end(const struct exchange_work *w,
    const struct exchange_envelope *input, struct err *err);

#endif
