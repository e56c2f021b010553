/* A database beside the one file of a test: `path`, which the test names before including this. */
#ifndef TABLE_TESTS_ONE_FILE_H
#define TABLE_TESTS_ONE_FILE_H

#include "table/db.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include <cmocka.h>

static struct table_db *db;

static int setup(void **state)
{
	struct table_options options = {.threads = 1};
	struct err err = {0};

	(void)state;
	return table_open(&db, &options, &err);
}

static int teardown(void **state)
{
	(void)state;
	table_close(&db);
	unlink(path);
	return 0;
}

#endif
