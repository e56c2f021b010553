/*
 * Sheets made up for tests and demos: of the shape and size of the public
 * register, without a person, a real body or a real project. Sheet n depends
 * on the seed and n only.
 */
#ifndef REGISTER_SYNTH_H
#define REGISTER_SYNTH_H

#include "register/export.h"

enum { REGISTER_SYNTH_MAX = 1000000 };

struct register_synth {
	uint64_t seed;
	size_t projects;
	date_t today; /* what has ended, what is late */
	/* inside */
	json_t *words;
};

#define AUTO_REGISTER_SYNTH AUTO(register_synth_close)

void register_synth_open(struct register_synth *s, uint64_t seed, size_t projects, date_t today);
void register_synth_close(struct register_synth *s);
/* As `sheet` of register_rows; ctx is the struct register_synth. */
MUST_CHECK int register_synth_sheet(void *ctx, size_t n, json_t **ret, struct err *err);

#endif
