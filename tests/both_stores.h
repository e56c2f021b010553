/*
 * The same test on SQLite and on PostgreSQL: a group of cmocka tests runs once
 * for each, in a new place. Without a PostgreSQL server on the machine its
 * half is left out, loudly.
 *
 *   static const struct CMUnitTest tests[] = {cmocka_unit_test(...)};
 *   return run_on_both_stores(tests, ARRAY_LEN(tests));
 *
 * test_place is where to open the store.
 */
#ifndef TESTS_BOTH_STORES_H
#define TESTS_BOTH_STORES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char test_folder[64];
static char test_place[256];

static inline void test_shell(const char *fmt, ...)
{
	char command[1024];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(command, sizeof(command), fmt, ap);
	va_end(ap);
	if (system(command) != 0)
		fprintf(stderr, "failed: %s\n", command);
}

/* false: no server here. */
static inline bool test_start_postgres(void)
{
	char command[512];
	FILE *out;
	bool here;

	snprintf(command, sizeof(command), "%s/tests/postgres start %s/pg", HYGIE_SOURCE_DIR,
	    test_folder);
	out = popen(command, "r");
	here = out && fgets(test_place, sizeof(test_place), out);
	test_place[strcspn(test_place, "\n")] = '\0';
	return out && pclose(out) == 0 && here;
}

static inline int run_on_both_stores_(const char *name, const struct CMUnitTest *tests, size_t len)
{
	int failed;

	snprintf(test_folder, sizeof(test_folder), "/tmp/hygie-store-XXXXXX");
	if (!mkdtemp(test_folder) || chmod(test_folder, 0711) != 0)
		return 1;
	snprintf(test_place, sizeof(test_place), "%s/hub.db", test_folder);
	print_message("SQLite\n");
	failed = _cmocka_run_group_tests(name, tests, len, NULL, NULL);
	if (test_start_postgres()) {
		print_message("PostgreSQL\n");
		failed += _cmocka_run_group_tests(name, tests, len, NULL, NULL);
		test_shell("%s/tests/postgres stop %s/pg", HYGIE_SOURCE_DIR, test_folder);
	} else {
		print_message("SKIPPED: PostgreSQL\n");
	}
	test_shell("rm -rf %s", test_folder);
	return failed;
}

#define run_on_both_stores(tests, len) run_on_both_stores_(#tests, tests, len)

#endif
