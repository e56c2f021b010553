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

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static char test_folder[64];
static char test_place[256];

/* Runs the words of argv; what it prints is in `out` (may be NULL). false: it failed. */
static inline bool test_program(const char *const *argv, char *out, size_t size)
{
	int ends[2], status = -1;
	size_t len = 0;
	ssize_t n;
	pid_t child;

	if (pipe2(ends, O_CLOEXEC) != 0)
		return false;
	child = fork();
	if (child == 0) {
		dup2(ends[1], STDOUT_FILENO);
		execvp(argv[0], (char *const *)(uintptr_t)argv);
		_exit(127);
	}
	close(ends[1]);
	while (out && len + 1 < size && (n = read(ends[0], out + len, size - 1 - len)) > 0)
		len += (size_t)n;
	if (out)
		out[len] = '\0';
	close(ends[0]);
	return child > 0 && waitpid(child, &status, 0) == child && status == 0;
}

/* The test's own server: start, down, up or stop. false: no server here. */
static inline bool test_postgres(const char *verb, char *out, size_t size)
{
	char folder[80];
	const char *argv[] = {HYGIE_SOURCE_DIR "/tests/postgres", verb, folder, NULL};

	snprintf(folder, sizeof(folder), "%s/pg", test_folder);
	return test_program(argv, out, size);
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
	if (test_postgres("start", test_place, sizeof(test_place))) {
		test_place[strcspn(test_place, "\n")] = '\0';
		print_message("PostgreSQL\n");
		failed += _cmocka_run_group_tests(name, tests, len, NULL, NULL);
		test_postgres("stop", NULL, 0);
	} else {
		print_message("SKIPPED: PostgreSQL\n");
	}
	test_program((const char *[]){"rm", "-rf", test_folder, NULL}, NULL, 0);
	return failed;
}

#define run_on_both_stores(tests, len) run_on_both_stores_(#tests, tests, len)

#endif
