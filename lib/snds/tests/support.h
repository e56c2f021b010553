/* Scratch folders and files of checks, for the tests of snds. */
#ifndef SNDS_TESTS_SUPPORT_H
#define SNDS_TESTS_SUPPORT_H

#include "io/file.h"
#include "snds/synth.h"
#include "table/db.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

enum { CHECKS_MAX_BYTES = 1 << 20 };

/* One statement; its first value must be an integer. */
static inline int64_t ask(struct table_db *db, struct view sql)
{
	struct err err = {0};
	int64_t n = -1;

	if (table_run(db, "check", sql, TABLE_NO_PARAMS, &n, &err) < 0)
		fail_msg("%s\n%.*s", err.msg, VIEW_ARG(sql));
	return n;
}

/* The next "-- check: name" block of a file; false at the end. */
static inline bool next_check(const char **rest, char *name, size_t size, struct view *ret_sql)
{
	static const char mark[] = "-- check: ";
	const char *start = strstr(*rest, mark), *line, *end;

	if (!start)
		return false;
	start += strlen(mark);
	line = strchr(start, '\n');
	end = strstr(line, mark);
	snprintf(name, size, "%.*s", (int)(line - start), start);
	*ret_sql = (struct view){line, end ? (size_t)(end - line) : strlen(line)};
	*rest = line;
	return true;
}

/* Run every check of lib/snds/tests/FILE; `shared` stands for :shared, may be NULL. */
static inline void run_checks(struct table_db *db, const char *file, const char *shared)
{
	AUTO_STR struct str text = {0};
	AUTO_FREE char *path = str_format("%s/lib/snds/tests/%s", HYGIE_SOURCE_DIR, file);
	struct err err = {0};
	const char *rest;
	struct view sql;
	char name[200];
	int wrong = 0, run = 0;

	assert_int_equal(file_read(path, CHECKS_MAX_BYTES, &text, &err), 0);
	rest = str_get(&text);
	while (next_check(&rest, name, sizeof(name), &sql)) {
		AUTO_STR struct str filled = {0};
		int64_t n;

		while (sql.len) {
			bool here = view_starts(sql, VIEW_LIT(":shared")) && shared;

			str_add(&filled, here ? VIEW(shared) : (struct view){sql.ptr, 1});
			sql.ptr += here ? 7 : 1;
			sql.len -= here ? 7 : 1;
		}
		n = ask(db, str_view(&filled));
		if (n != 0)
			print_error("%s: %lld\n", name, (long long)n);
		wrong += n != 0;
		run++;
	}
	assert_true(run > 0);
	assert_int_equal(wrong, 0);
}

#endif
