/* A folder for what a test writes, its working directory as long as it runs. */
#ifndef GUARD_TESTS_FOLDER_H
#define GUARD_TESTS_FOLDER_H

#include "io/file.h"

#include <stdlib.h>
#include <unistd.h>

static char test_folder[] = "/tmp/hygie-guard-XXXXXX";

static inline bool folder_enter(void)
{
	return mkdtemp(test_folder) && chdir(test_folder) == 0;
}

static inline bool folder_leave(void)
{
	struct err err = {0};

	return chdir("/") == 0 && path_remove(test_folder, &err) == 0;
}

#endif
