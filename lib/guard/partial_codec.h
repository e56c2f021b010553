/*
 * One description of a record serves to write and to read it: each field is
 * passed to the function of its type, which puts it out or fills it in. A fault
 * while reading is kept: fields are 0 then, and nothing behind it is read.
 *
 * Numbers are LEB128, seven bits a byte, the lowest first; doubles eight bytes,
 * little-endian; bytes their number first.
 */
#ifndef GUARD_PARTIAL_CODEC_H
#define GUARD_PARTIAL_CODEC_H

#include "base/arena.h"
#include "base/str.h"

struct guard_codec {
	struct str *out; /* NULL: reading */
	struct view in;  /* what is left */
	bool bad;
};

/* Counts of things: none is as high, so that sums of them fit. */
static const uint64_t GUARD_CODEC_COUNT = 1ull << 48;

bool guard_codec_reads(const struct guard_codec *c);
/* Notes a fault unless `ok`; whether all is well so far. */
bool guard_codec_check(struct guard_codec *c, bool ok);
/* At most `max`. */
void guard_codec_number(struct guard_codec *c, uint64_t *x, uint64_t max);
void guard_codec_count(struct guard_codec *c, uint64_t *x);
void guard_codec_size(struct guard_codec *c, size_t *x, uint64_t max);
void guard_codec_int(struct guard_codec *c, int *x, int min, int max);
void guard_codec_flag(struct guard_codec *c, bool *x);
/* Not NaN. */
void guard_codec_double(struct guard_codec *c, double *x);
/* Borrowed from the input. */
void guard_codec_bytes(struct guard_codec *c, struct view *x, size_t max);
/* `n` numbers of which most are 0: how many are not, then place and number of each. */
void guard_codec_sparse(struct guard_codec *c, uint64_t *x, size_t n);

#endif
