/* What a recipient reads: an opened envelope as CSV, in a private file. */
#ifndef EXCHANGE_OPENED_H
#define EXCHANGE_OPENED_H

#include "exchange/pseudonymise.h"

/*
 * RESULT, OUTCOMES and REKEYED for the controller, TRAITS for the identity
 * service (which may link them with an engine of its own). ERR_DENIED for the
 * other steps: nobody reads numbers or tokens. The file is 0600 and appears
 * whole; `ret_rows` is how many it has.
 */
MUST_CHECK int exchange_open_csv(const struct exchange_work *w, const char *path,
    const char *out, uint64_t *ret_rows, struct err *err);

#endif
