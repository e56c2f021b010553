#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "scratch.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

static int fsync_failures;

/* Stands before the C library's: a disk that fails when it must keep what it took. */
int fsync(int fd)
{
	if (fsync_failures > 0) {
		fsync_failures--;
		errno = EIO;
		return -1;
	}
	return fdatasync(fd);
}

static void names(void **state)
{
	static const struct {
		const char *folder, *name, *wanted;
	} joins[] = {
	    {"a", "b", "a/b"}, {"a/", "b", "a/b"}, {"", "b", "b"}, {"/", "b", "/b"}};
	static const char *const bases[][2] = {
	    {"a/b", "b"}, {"b", "b"}, {"/a", "a"}, {"a/b/", "b/"}, {"a//b", "b"}, {"", ""}};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(joins); i++) {
		AUTO_FREE char *path = path_join(joins[i].folder, joins[i].name);

		assert_string_equal(path, joins[i].wanted);
	}
	for (size_t i = 0; i < ARRAY_LEN(bases); i++)
		assert_string_equal(path_base(bases[i][0]), bases[i][1]);
}

static void folders_are_made(void **state)
{
	struct scratch *s = *state;
	AUTO_FREE char *absolute = path_join(s->path, "x/y/");
	struct err err = {0};

	assert_int_equal(path_make_folder("a/b//c", &err), 0);
	assert_int_equal(path_make_folder("a/b/c", &err), 0);
	assert_int_equal(path_make_folder(".", &err), 0);
	assert_int_equal(path_make_folder("./d/", &err), 0);
	assert_int_equal(path_make_folder(absolute, &err), 0);
	assert_true(path_is_folder("a/b/c") && path_is_folder("d") && path_is_folder("x/y"));
	put_file("file", "");
	assert_true(path_exists("file"));
	assert_false(path_is_folder("file"));
	assert_false(path_exists("none"));
	assert_int_equal(path_make_folder("file/sub", &err), -1);
	assert_int_equal(err.code, ERR_OUTPUT);
	assert_int_equal(path_make_folder("file", &err), -1);
	assert_string_equal(err.msg, "file: cannot write: File exists");
}

static void removal_never_follows_links(void **state)
{
	struct err err = {0};

	(void)state;
	assert_int_equal(path_make_folder("keep/deep", &err), 0);
	put_file("keep/deep/data", "precious");
	assert_int_equal(path_make_folder("gone/sub/sub", &err), 0);
	put_file("gone/sub/file", "x");
	assert_int_equal(symlink("../../keep", "gone/sub/link"), 0);
	assert_int_equal(symlink("nowhere", "gone/dangling"), 0);
	assert_int_equal(symlink("keep", "link"), 0);
	assert_int_equal(path_remove("gone", &err), 0);
	assert_int_equal(path_remove("link", &err), 0);
	check_folder(".", "keep ");
	check_file("keep/deep/data", "precious");
	assert_int_equal(path_remove("none", &err), 0);
	assert_int_equal(path_remove("keep/deep/data", &err), 0);
	check_folder("keep/deep", "");
	assert_int_equal(path_remove("/proc/self/status", &err), -1);
	assert_int_equal(err.code, ERR_OUTPUT);
}

static void reading(void **state)
{
	AUTO_STR struct str text = {0};
	struct err err = {0};

	(void)state;
	put_file("f", "0123456789");
	str_addz(&text, "old");
	assert_int_equal(file_read("f", 10, &text, &err), 0);
	assert_string_equal(str_get(&text), "0123456789");
	assert_int_equal(file_read("f", 9, &text, &err), -1);
	assert_int_equal(err.code, ERR_LIMIT);
	assert_string_equal(err.msg, "f: larger than the limit of 9 bytes");
	assert_string_equal(str_get(&text), "0123456789");
	assert_int_equal(file_read("none", 9, &text, &err), -1);
	assert_int_equal(err.code, ERR_IO);
	assert_string_equal(err.msg, "none: cannot open: No such file or directory");
	assert_int_equal(file_read(".", 9, &text, &err), -1);
	assert_int_equal(err.code, ERR_IO);
	/* says that it has no size, and has one */
	assert_int_equal(file_read("/proc/self/status", 1 << 20, &text, &err), 0);
	assert_true(text.len > 0);
	put_file("f", "");
	assert_int_equal(file_read("f", 0, &text, &err), 0);
	assert_int_equal(text.len, 0);
	str_addz(&text, "still usable");
	assert_false(text.full);
}

static void large_files_come_back(void **state)
{
	AUTO_STR struct str out = {0}, in = {0};
	struct err err = {0};

	(void)state;
	for (int i = 0; i < 300000; i++)
		str_addc(&out, (char)(i * 7));
	assert_int_equal(file_write("f", str_view(&out), &err), 0);
	assert_int_equal(file_read("f", 300000, &in, &err), 0);
	assert_true(view_eq(str_view(&in), str_view(&out)));
	assert_int_equal(file_read("f", 299999, &in, &err), -1);
	assert_int_equal(file_read("f", 65536, &in, &err), -1);
	check_folder(".", "f ");
}

static void writing_replaces(void **state)
{
	struct stat st;
	struct err err = {0};
	mode_t mask = umask(027);

	(void)state;
	put_file(".f.partial", "left by a killed run, and longer than what comes now");
	assert_int_equal(file_write("f", VIEW("one"), &err), 0);
	check_file("f", "one");
	assert_int_equal(file_write("f", VIEW_NONE, &err), 0);
	check_file("f", "");
	assert_int_equal(path_make_folder("sub", &err), 0);
	assert_int_equal(file_write("sub/g", VIEW("two"), &err), 0);
	check_file("sub/g", "two");
	check_folder("sub", "g ");
	assert_int_equal(stat("sub/g", &st), 0);
	assert_int_equal(st.st_mode & 0777, 0640);
	check_folder(".", "f sub ");
	umask(mask);
}

static void a_link_stays_a_link(void **state)
{
	struct stat st;
	struct err err = {0};

	(void)state;
	assert_int_equal(path_make_folder("elsewhere", &err), 0);
	put_file("elsewhere/f", "old");
	assert_int_equal(symlink("elsewhere/f", "link"), 0);
	assert_int_equal(file_write("link", VIEW("new"), &err), 0);
	check_file("elsewhere/f", "new");
	assert_int_equal(lstat("link", &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	check_folder("elsewhere", "f ");
}

static void a_partial_link_is_no_way_out(void **state)
{
	struct err err = {0};

	(void)state;
	put_file("victim", "precious");
	assert_int_equal(symlink("victim", ".f.partial"), 0);
	assert_int_equal(file_write("f", VIEW("x"), &err), -1);
	check_file("victim", "precious");
}

static void failures_leave_nothing(void **state)
{
	struct err err = {0};

	(void)state;
	put_file("f", "old");
	fsync_failures = 1;
	assert_int_equal(file_write("f", VIEW("new"), &err), -1);
	assert_int_equal(err.code, ERR_OUTPUT);
	assert_string_equal(err.msg, "f: cannot write: Input/output error");
	check_file("f", "old");
	check_folder(".", "f ");
	assert_int_equal(file_write("none/f", VIEW("x"), &err), -1);
	assert_string_equal(err.msg, "none/f: cannot write: No such file or directory");
	assert_int_equal(file_write(".", VIEW("x"), &err), -1);
	assert_string_equal(err.msg, ".: cannot write: Is a directory");
	assert_int_equal(file_write("", VIEW("x"), &err), -1);
	assert_int_equal(file_write("f/x", VIEW("x"), &err), -1);
	check_folder(".", "f ");
}

static void full_disk(void **state)
{
	struct stat st;
	struct err err = {0};

	(void)state;
	assert_int_equal(symlink("/dev/full", "link"), 0);
	assert_int_equal(file_write("/dev/full", VIEW("x"), &err), -1);
	assert_int_equal(err.code, ERR_OUTPUT);
	assert_string_equal(err.msg, "/dev/full: cannot write: No space left on device");
	assert_string_equal(err.hint, "free some space, or write to another disk");
	assert_int_equal(file_write("link", VIEW("x"), &err), -1);
	assert_int_equal(stat("/dev/full", &st), 0);
	assert_true(S_ISCHR(st.st_mode));
	check_folder(".", "link ");
}

static void a_pipe_is_written_to(void **state)
{
	char path[32], text[8] = "";
	struct err err = {0};
	int ends[2];

	(void)state;
	assert_int_equal(pipe(ends), 0);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", ends[1]);
	assert_int_equal(file_write(path, VIEW("hello"), &err), 0);
	assert_int_equal(read(ends[0], text, sizeof(text) - 1), 5);
	assert_string_equal(text, "hello");
	close(ends[0]);
	close(ends[1]);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_make, scratch_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(names),
	    TEST(folders_are_made),
	    TEST(removal_never_follows_links),
	    TEST(reading),
	    TEST(large_files_come_back),
	    TEST(writing_replaces),
	    TEST(a_link_stays_a_link),
	    TEST(a_partial_link_is_no_way_out),
	    TEST(failures_leave_nothing),
	    TEST(full_disk),
	    TEST(a_pipe_is_written_to),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
