/*
 * Rows that SAS marks as deleted but leaves in a sas7bdat file. ReadStat 1.1 does not know them.
 *
 * Sources: the format as github.com/FredHutch/sas7bdat-specification has it (bit 7 of the type of
 * a page: behind its rows stands a bitmap of deleted ones); ReadStat's pull request 366
 * (compressed rows: 5 for 4 in their pointer); epam/parso, SasFileParser.readDeletedInfo.
 */
#ifndef GUARD_SAS_DELETED_H
#define GUARD_SAS_DELETED_H

#include "base/vec.h"

#include <stdbool.h>
#include <stdint.h>

struct guard_sas_deleted {
	VEC(uint64_t) rows;  /* from 0, ascending: as ReadStat numbers them */
	VEC(uint64_t) marks; /* bytes of the file that say 5, where ReadStat wants 4 */
	uint64_t told;       /* how many the file says there are */
	size_t next;         /* for guard_sas_is_deleted */
};

/* Of the file at `fd`, whose position is lost. Empty for what is no such file or has none. */
void guard_sas_deleted_find(struct guard_sas_deleted *ret, int fd);
void guard_sas_deleted_clear(struct guard_sas_deleted *d);
/* Whether all that the file tells of were found: else none may be left out. */
bool guard_sas_deleted_is_sure(const struct guard_sas_deleted *d);
/* `row` never descends. */
bool guard_sas_is_deleted(struct guard_sas_deleted *d, uint64_t row);
/* Bytes that were read from `at`: as they would be were no row deleted. */
void guard_sas_undelete(const struct guard_sas_deleted *d, unsigned char *bytes, uint64_t at,
    uint64_t len);

#endif
