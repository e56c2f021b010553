#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "scratch.h"

#include "io/tar.h"

#include "base/str.h"
#include "io/file.h"

#include <sys/stat.h>

static void names_that_lead_elsewhere_are_not_plain(void **state)
{
	static const char *const good[] = {"a", "a/b.c", "records/x_y/000001.jsonl", "a..b"};
	static const char *const bad[] = {"", "/a", "a/", "a//b", "../a", "a/../b", ".a", "a/.b",
	    "A",
	    "a b", "a\\b", "a\nb", "\xc3\xa9"};
	char longest[TAR_NAME_MAX + 2];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(good); i++)
		assert_true(tar_name_is_plain(VIEW(good[i])));
	for (size_t i = 0; i < ARRAY_LEN(bad); i++)
		assert_false(tar_name_is_plain(VIEW(bad[i])));
	assert_false(tar_name_is_plain((struct view){"a\0b", 3}));
	memset(longest, 'a', sizeof(longest));
	assert_true(tar_name_is_plain((struct view){longest, TAR_NAME_MAX}));
	assert_false(tar_name_is_plain((struct view){longest, TAR_NAME_MAX + 1}));
}

static const uint64_t sizes[] = {0, 1, 511, 512, 513, 200000};

static void write_tar(const char *path)
{
	AUTO_TAR_WRITER struct tar_writer *w = NULL;
	struct err err = {0};

	assert_int_equal(tar_writer_open(&w, path, &err), 0);
	for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
		AUTO_FREE char *name = str_format("part/file-%zu", i);

		assert_int_equal(tar_writer_begin(w, name, sizes[i], &err), 0);
		for (uint64_t k = 0; k < sizes[i]; k++) {
			char c = (char)(k * 31 + i);

			assert_int_equal(tar_writer_add(w, (struct view){&c, 1}, &err), 0);
		}
	}
	assert_false(path_exists(path));
	assert_int_equal(tar_writer_commit(w, &err), 0);
}

static void what_is_written_is_read(void **state)
{
	const char *path = "a.tar.zst";
	AUTO_TAR_READER struct tar_reader *r = NULL;
	struct tar_file f;
	struct err err = {0};
	struct stat st;

	(void)state;
	write_tar(path);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(tar_reader_open(&r, path, &err), 0);
	for (size_t i = 0; i < ARRAY_LEN(sizes); i++) {
		unsigned char bytes[1000];
		uint64_t at = 0;
		size_t len = 1;

		assert_int_equal(tar_reader_next(r, &f, &err), 1);
		assert_int_equal(f.bytes, sizes[i]);
		while (i != 4 && len > 0) { /* one is passed over */
			assert_int_equal(tar_reader_read(r, bytes, sizeof(bytes), &len, &err), 0);
			for (size_t k = 0; k < len; k++, at++)
				assert_int_equal(bytes[k], (unsigned char)(at * 31 + i));
		}
	}
	assert_int_equal(tar_reader_next(r, &f, &err), 0);
	assert_int_equal(tar_reader_next(r, &f, &err), 0);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(names_that_lead_elsewhere_are_not_plain),
	    cmocka_unit_test_setup_teardown(what_is_written_is_read, scratch_make, scratch_remove),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
