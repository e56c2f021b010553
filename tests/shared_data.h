/*
 * Public data for tests: read in place, in ../shared or where HYGIE_SHARED
 * says, and skipped loudly when it is not there.
 */
#ifndef TESTS_SHARED_DATA_H
#define TESTS_SHARED_DATA_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

/*
 * The path of shared/PATH ("data/omop/gibleed"); without such a file the test
 * ends as skipped. Static buffers, four in turn: skip() jumps over frees.
 */
static inline const char *shared_data(const char *path)
{
	static char kept[4][4096];
	static unsigned turn;
	char *full = kept[turn++ % 4];
	const char *root = getenv("HYGIE_SHARED");

	snprintf(full, sizeof(kept[0]), "%s/%s", root ? root : HYGIE_SOURCE_DIR "/../shared", path);
	if (access(full, R_OK) != 0) {
		print_message("SKIPPED: no %s (HYGIE_SHARED names the folder)\n", full);
		skip();
	}
	return full;
}

#endif
