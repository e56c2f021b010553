/*
 * A zip archive in memory (libzip; APPNOTE.TXT 6.3.3), read within limits. What
 * it says of its sizes are claims: only bytes that came out count.
 */
#ifndef IO_ZIP_IN_H
#define IO_ZIP_IN_H

#include "base/view.h"

struct zip_in;

#define AUTO_ZIP_IN AUTO(zip_in_close)

/* The bytes stay the caller's, and there for as long. ERR_FORMAT: no archive; ERR_LIMIT. */
MUST_CHECK int zip_in_open(struct zip_in **ret, struct view bytes, size_t parts_max,
    struct err *err);
void zip_in_close(struct zip_in **z);
size_t zip_in_count(const struct zip_in *z);
/* Of the part `i`; "" when it has none. */
const char *zip_in_name(const struct zip_in *z, size_t i);
/* The part of that name, -1: none. */
int64_t zip_in_find(const struct zip_in *z, const char *name);

/* Takes the next bytes of a part; -1 stops, with err set. */
typedef int zip_in_take(void *ctx, struct view bytes, struct err *err);

struct zip_in_part {
	uint64_t most;  /* bytes that may come out of it */
	uint64_t ratio; /* and how many a packed byte, once 1 MiB is out; 0: any number */
	zip_in_take *take;
	void *ctx;
};

/* ERR_FORMAT: encrypted, damaged, neither stored nor deflated; ERR_LIMIT: too much comes out. */
MUST_CHECK int zip_in_read(struct zip_in *z, size_t i, const struct zip_in_part *p,
    struct err *err);
/* Is it stored as it is? */
bool zip_in_is_stored(const struct zip_in *z, size_t i);

#endif
