/* The program itself, from a test beside it in the build folder. */
#ifndef OMOP_TESTS_PROGRAM_H
#define OMOP_TESTS_PROGRAM_H

#include "snds_fixture.h"

#include <limits.h>
#include <sys/wait.h>

static char hygie[PATH_MAX];

/* Run hygie with the words of `line`; what it prints is in out.txt. */
__attribute__((format(printf, 1, 2))) static inline void hygie_run(const char *line, ...)
{
	AUTO_STR struct str words = {0};
	char *argv[32] = {hygie};
	int argc = 1, status;
	va_list ap;
	pid_t child;

	va_start(ap, line);
	str_addvf(&words, line, ap);
	va_end(ap);
	for (char *word = strtok(words.buf, " "); word && argc < 31; word = strtok(NULL, " "))
		argv[argc++] = word;
	child = fork();
	if (child == 0) {
		if (!freopen("out.txt", "w", stdout))
			_exit(126);
		execv(hygie, argv);
		_exit(127);
	}
	assert_true(child > 0);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

/* BUILD/tests/test_omop_x -> BUILD/hygie; then `run` in a folder of its own, unless not built. */
static inline int program_run_in_temp(int (*run)(void))
{
	ssize_t n = readlink("/proc/self/exe", hygie, sizeof(hygie) - 16);
	char *slash;

	hygie[n < 0 ? 0 : n] = '\0';
	for (int up = 0; up < 2; up++)
		if ((slash = strrchr(hygie, '/')))
			*slash = '\0';
	snprintf(hygie + strlen(hygie), 16, "/hygie");
	if (access(hygie, X_OK) != 0) {
		print_message("SKIPPED: %s is not built\n", hygie);
		return 0;
	}
	return snds_run_in_temp(run);
}

/* `pattern` with each @ replaced by `word`, asked. */
static inline int64_t ask_of(const char *word, const char *pattern)
{
	AUTO_STR struct str sql = {0};

	for (const char *p = pattern; *p; p++) {
		if (*p == '@')
			str_addz(&sql, word);
		else
			str_addc(&sql, *p);
	}
	return ask(str_get(&sql));
}

#endif
