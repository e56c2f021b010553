/* A folder of its own for each test, which is its working directory. */
#ifndef IO_TESTS_SCRATCH_H
#define IO_TESTS_SCRATCH_H

#include "io/file.h"

#include <dirent.h>
#include <stdio.h>
#include <unistd.h>

struct scratch {
	char path[64];
};

static inline int scratch_make(void **state)
{
	struct scratch *s = mem_zalloc(1, sizeof(*s));

	snprintf(s->path, sizeof(s->path), "/tmp/hygie-io-XXXXXX");
	*state = s;
	return mkdtemp(s->path) && chdir(s->path) == 0 ? 0 : -1;
}

static inline int scratch_remove(void **state)
{
	struct scratch *s = *state;
	struct err err = {0};
	int rc = chdir("/") < 0 || path_remove(s->path, &err) < 0 ? -1 : 0;

	free(s);
	return rc;
}

static inline void put_file(const char *path, const char *text)
{
	FILE *out = fopen(path, "we");

	assert_non_null(out);
	fputs(text, out);
	assert_int_equal(fclose(out), 0);
}

static inline void check_file(const char *path, const char *wanted)
{
	AUTO_STR struct str text = {0};
	struct err err = {0};

	assert_int_equal(file_read(path, 1 << 20, &text, &err), 0);
	assert_string_equal(str_get(&text), wanted);
}

/* Names in byte order, hidden ones too, a blank behind each. */
static inline void check_folder(const char *path, const char *wanted)
{
	AUTO_STR struct str names = {0};
	struct dirent **entries;
	int n = scandir(path, &entries, NULL, alphasort);

	assert_true(n >= 2);
	for (int i = 0; i < n; i++) {
		if (strcmp(entries[i]->d_name, ".") != 0 && strcmp(entries[i]->d_name, "..") != 0)
			str_addf(&names, "%s ", entries[i]->d_name);
		free(entries[i]);
	}
	free(entries);
	assert_string_equal(str_get(&names), wanted);
}

#endif
