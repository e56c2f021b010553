/* A depositor's file becomes an envelope. */
#ifndef EXCHANGE_SEAL_H
#define EXCHANGE_SEAL_H

#include "exchange/input.h"
#include "exchange/pseudonymise.h"

/*
 * Check the file (exchange_input_check), then seal it to whom the circuit says,
 * at `out`. The step of `o` says what it is. 1 when the key folder's ledger
 * knows just this file as sealed and `out` is there. ERR_DENIED when the circuit
 * forbids it; then the file was not even opened.
 */
MUST_CHECK int exchange_seal(const struct exchange_work *w,
    const struct exchange_input_options *o, const char *out,
    struct exchange_input_report *report, struct exchange_manifest *ret, struct err *err);

#endif
