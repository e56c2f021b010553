#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/cancel.h"
#include "scratch.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>

/* The next call but `n` of each fails once; 0: none. These stand before the C library's. */
static int fail_fsync, fail_rename;
static bool no_exchange;

static bool is_due(int *countdown)
{
	if (*countdown == 0 || --*countdown > 0)
		return false;
	errno = EIO;
	return true;
}

int fsync(int fd)
{
	return is_due(&fail_fsync) ? -1 : fdatasync(fd);
}

int rename(const char *from, const char *to)
{
	return is_due(&fail_rename) ? -1 : renameat(AT_FDCWD, from, AT_FDCWD, to);
}

int renameat2(int from_fd, const char *from, int to_fd, const char *to, unsigned flags)
{
	if (no_exchange) {
		errno = EINVAL;
		return -1;
	}
	return (int)syscall(SYS_renameat2, from_fd, from, to_fd, to, flags);
}

static void put_in(const char *folder, const char *name, const char *text)
{
	AUTO_FREE char *path = path_join(folder, name);

	put_file(path, text);
}

/* A folder such as an earlier run made. */
static void put_result(const char *folder)
{
	struct err err = {0};

	assert_int_equal(path_make_folder(folder, &err), 0);
	put_in(folder, OUT_FOLDER_MANIFEST, "{}");
	put_in(folder, "data", "old");
}

MUST_CHECK static int make(const char *target, bool replace, struct err *err)
{
	AUTO_OUT_FOLDER struct out_folder o = {0};
	AUTO_FREE char *sub = NULL;

	if (out_folder_open(&o, target, replace, err) < 0)
		return -1;
	put_in(o.path, OUT_FOLDER_MANIFEST, "{}");
	put_in(o.path, "data", "new");
	sub = path_join(o.path, "sub");
	if (path_make_folder(sub, err) < 0)
		return -1;
	put_in(sub, "deep", "deep");
	return out_folder_commit(&o, err);
}

static const char force[] = "choose another folder, or --force to replace it";
static const char other[] = "choose another folder: only one with a manifest.json is replaced";

static void check_refused(const char *target, bool replace, const char *msg, const char *hint)
{
	struct err err = {0};

	assert_int_equal(make(target, replace, &err), -1);
	assert_int_equal(err.code, ERR_USAGE);
	assert_string_equal(err.msg, msg);
	assert_string_equal(err.hint, hint);
}

static void every_way_to_name_it(void **state)
{
	struct scratch *s = *state;
	AUTO_FREE char *absolute = path_join(s->path, "h");
	const char *targets[] = {"a", "b/", "./c", "d/.", "e//./", "x/y/f", "./x/../g", absolute};
	struct err err = {0};

	for (size_t i = 0; i < ARRAY_LEN(targets); i++) {
		AUTO_FREE char *deep = path_join(targets[i], "sub/deep");

		assert_int_equal(make(targets[i], false, &err), 0);
		check_file(deep, "deep");
	}
	check_folder(".", "a b c d e g h x ");
	check_folder("x/y", "f ");
	check_folder("a", "data manifest.json sub ");
}

static void no_names(void **state)
{
	static const char *const targets[] = {"", ".", "..", "/", "//", "/.", "a/..", "./", "../"};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(targets); i++) {
		struct err err = {0};

		assert_int_equal(make(targets[i], true, &err), -1);
		assert_int_equal(err.code, ERR_USAGE);
		assert_string_equal(err.hint, "name a new folder");
	}
	check_folder(".", "");
}

static void an_empty_folder_is_taken(void **state)
{
	struct err err = {0};

	(void)state;
	assert_int_equal(mkdir("out", 0777), 0);
	assert_int_equal(make("out", false, &err), 0);
	check_file("out/data", "new");
	assert_int_equal(mkdir("other", 0777), 0);
	assert_int_equal(make("other", true, &err), 0);
	check_folder(".", "other out ");
}

static void what_is_there_stays(void **state)
{
	struct err err = {0};

	(void)state;
	put_result("out");
	check_refused("out", false, "out exists", force);
	check_refused("out/", false, "out exists", force);
	check_file("out/data", "old");
	assert_int_equal(path_make_folder("home", &err), 0);
	put_file("home/.thesis", "years of work");
	check_refused("home", false, "home exists", force);
	check_refused("home", true, "home is not a folder hygie made", other);
	assert_int_equal(mkdir("home/manifest.json", 0777), 0);
	check_refused("home", true, "home is not a folder hygie made", other);
	check_file("home/.thesis", "years of work");
	put_file("file", "text");
	check_refused("file", true, "file exists and is not a folder", "");
	assert_int_equal(symlink("nowhere", "link"), 0);
	check_refused("link", true, "link is a link that leads nowhere", "");
	check_folder(".", "file home link out ");
}

static void force_replaces_a_result(void **state)
{
	struct err err = {0};

	(void)state;
	for (int i = 0; i < 2; i++) {
		no_exchange = i;
		put_result("out");
		put_file("out/more", "goes away");
		assert_int_equal(make("out", true, &err), 0);
		check_file("out/data", "new");
		check_folder("out", "data manifest.json sub ");
		check_folder(".", "out ");
	}
	no_exchange = false;
}

static void a_link_stays_a_link(void **state)
{
	struct stat st;
	struct err err = {0};

	(void)state;
	assert_int_equal(mkdir("disk", 0777), 0);
	put_result("disk/real");
	assert_int_equal(symlink("disk/real", "out"), 0);
	assert_int_equal(make("out/", true, &err), 0);
	assert_int_equal(lstat("out", &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	check_file("disk/real/data", "new");
	check_folder("disk", "real ");
	check_folder(".", "disk out ");
}

static void discard_leaves_nothing(void **state)
{
	struct out_folder o = {0};
	struct err err = {0};

	(void)state;
	out_folder_discard(&o);
	assert_int_equal(out_folder_open(&o, "out", false, &err), 0);
	assert_string_equal(o.target, "out");
	assert_string_equal(o.path, ".out.partial");
	put_in(o.path, "data", "half");
	out_folder_discard(&o);
	check_folder(".", "");
	out_folder_discard(&o);
	put_result("out");
	assert_int_equal(out_folder_open(&o, "out", true, &err), 0);
	out_folder_discard(&o);
	check_folder("out", "data manifest.json ");
	check_folder(".", "out ");
}

static void discard_after_commit_keeps_it(void **state)
{
	struct out_folder o = {0};
	struct err err = {0};

	(void)state;
	assert_int_equal(out_folder_open(&o, "out", false, &err), 0);
	assert_int_equal(out_folder_commit(&o, &err), 0);
	assert_null(o.path);
	assert_string_equal(o.target, "out");
	out_folder_discard(&o);
	check_folder(".", "out ");
}

static void one_run_at_a_time(void **state)
{
	static const char wait[] = "wait for its end, or choose another folder";
	AUTO_OUT_FOLDER struct out_folder o = {0};
	struct err err = {0};
	int status;
	pid_t child;

	(void)state;
	assert_int_equal(out_folder_open(&o, "out", false, &err), 0);
	put_in(o.path, "data", "mine");
	check_refused("out", false, "out is being written by another run", wait);
	fflush(NULL);
	child = fork();
	if (child == 0)
		_exit(make("./out", true, &err) < 0 && err.code == ERR_USAGE ? 7 : 0);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 7);
	assert_int_equal(out_folder_commit(&o, &err), 0);
	check_file("out/data", "mine");
	check_folder(".", "out ");
}

/* Killed without a word, in the middle of writing. */
static void kill_child(const char *target)
{
	int status;
	pid_t child;

	fflush(NULL);
	child = fork();
	if (child == 0) {
		struct out_folder o = {0};
		struct err err = {0};

		if (out_folder_open(&o, target, true, &err) < 0)
			_exit(1);
		put_in(o.path, "data", "half");
		put_in(o.path, "rubbish", "half");
		kill(getpid(), SIGKILL);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
}

static void a_killed_run_does_no_harm(void **state)
{
	struct err err = {0};

	(void)state;
	kill_child("out");
	assert_false(path_exists("out"));
	put_result("out");
	kill_child("out");
	check_file("out/data", "old");
	check_folder(".", ".out.lock .out.partial out ");
	assert_int_equal(make("out", true, &err), 0);
	check_folder("out", "data manifest.json sub ");
	check_folder(".", "out ");
}

/* Killed between the two renames of a file system that cannot exchange. */
static void an_old_folder_comes_back(void **state)
{
	struct err err = {0};

	(void)state;
	put_result(".out.hygie-old");
	check_refused("out", false, "out exists", force);
	check_file("out/data", "old");
	put_result(".out.hygie-old");
	assert_int_equal(make("out", true, &err), 0);
	check_file("out/data", "new");
	check_folder(".", "out ");
}

static void leftovers_that_are_links(void **state)
{
	struct err err = {0};

	(void)state;
	assert_int_equal(mkdir("victim", 0777), 0);
	put_file("victim/data", "precious");
	assert_int_equal(symlink("victim", ".out.partial"), 0);
	assert_int_equal(make("out", false, &err), 0);
	check_folder("victim", "data ");
	assert_int_equal(symlink("victim/data", ".other.lock"), 0);
	assert_int_equal(make("other", false, &err), -1);
	assert_int_equal(err.code, ERR_OUTPUT);
	check_file("victim/data", "precious");
}

static void appeared_meanwhile(void **state)
{
	AUTO_OUT_FOLDER struct out_folder o = {0};
	struct err err = {0};

	(void)state;
	assert_int_equal(out_folder_open(&o, "out", false, &err), 0);
	put_result("out");
	assert_int_equal(out_folder_commit(&o, &err), -1);
	assert_int_equal(err.code, ERR_USAGE);
	check_file("out/data", "old");
}

static void ctrl_c(void **state)
{
	struct err err = {0};

	(void)state;
	put_result("out");
	cancel_set(true);
	assert_int_equal(make("out", true, &err), -1);
	cancel_set(false);
	assert_int_equal(err.code, ERR_CANCELLED);
	check_file("out/data", "old");
	check_folder(".", "out ");
}

/* Each sync and each rename fails once: the old folder or the new, and no third. */
static void every_step_fails_once(int *countdown, bool plain)
{
	int failures = 0;

	no_exchange = plain;
	for (;; failures++) {
		struct err err = {0};
		int rc;

		put_result("out");
		*countdown = failures + 1;
		rc = make("out", true, &err);
		if (*countdown > 0) {
			assert_int_equal(rc, 0);
			break;
		}
		if (rc < 0) {
			assert_int_equal(err.code, ERR_OUTPUT);
			assert_string_equal(err.msg, "out: cannot write: Input/output error");
		}
		if (rc < 0 && path_exists("out/sub"))
			check_folder("out", "data manifest.json sub ");
		else if (rc < 0)
			check_folder("out", "data manifest.json ");
		else
			check_file("out/data", "new");
		assert_int_equal(make("out", true, &err), 0);
		check_folder(".", "out ");
	}
	*countdown = 0;
	no_exchange = false;
	/* three files and two folders are synced, then the parent */
	assert_int_equal(failures, countdown == &fail_fsync ? 6 : plain ? 3
									: 0);
}

static void failures_leave_old_or_new(void **state)
{
	(void)state;
	every_step_fails_once(&fail_fsync, false);
	every_step_fails_once(&fail_rename, false);
	every_step_fails_once(&fail_rename, true);
}

static void write_text(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	if (fd < 0)
		return;
	(void)!write(fd, text, strlen(text));
	close(fd);
}

/* A disk of 128 KB that only this process sees; false where that is not allowed. */
static bool mount_small_disk(const char *path)
{
	char map[32];
	unsigned uid = getuid(), gid = getgid();

	if (unshare(CLONE_NEWNS) != 0) {
		if (unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0)
			return false;
		write_text("/proc/self/setgroups", "deny");
		snprintf(map, sizeof(map), "0 %u 1", uid);
		write_text("/proc/self/uid_map", map);
		snprintf(map, sizeof(map), "0 %u 1", gid);
		write_text("/proc/self/gid_map", map);
	}
	return mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
	       mount("tmpfs", path, "tmpfs", 0, "size=128k") == 0;
}

enum { SKIPPED = 77,
	BLOCKS = 40 };

/* Runs in a child; 0 when all is well, else the number of the check. */
static int fill_the_disk(void)
{
	char block[4096] = {1};
	struct view bytes = {block, sizeof(block)};
	struct out_folder o = {0};
	struct err err = {0};
	int rc = 0;

	if (mkdir("disk", 0777) != 0 || !mount_small_disk("disk") || chdir("disk") != 0)
		return SKIPPED;
	put_result("out");
	if (out_folder_open(&o, "out", true, &err) < 0)
		return 1;
	for (int i = 0; i < BLOCKS && rc == 0; i++) {
		AUTO_FREE char *path = str_format("%s/%d", o.path, i);

		rc = file_write(path, bytes, &err);
	}
	if (rc == 0 || err.code != ERR_OUTPUT || !strstr(err.msg, "No space left on device"))
		return 2;
	out_folder_discard(&o);
	check_folder(".", "out ");
	check_file("out/data", "old");
	return make("out", true, &err) < 0 ? 3 : 0;
}

static void full_disk(void **state)
{
	int status;
	pid_t child;

	(void)state;
	fflush(NULL);
	child = fork();
	if (child == 0)
		_exit(fill_the_disk());
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	if (WEXITSTATUS(status) == SKIPPED) {
		print_message("SKIPPED: a full disk needs the right to mount a tmpfs\n");
		skip();
	}
	assert_int_equal(WEXITSTATUS(status), 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_make, scratch_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(every_way_to_name_it),
	    TEST(no_names),
	    TEST(an_empty_folder_is_taken),
	    TEST(what_is_there_stays),
	    TEST(force_replaces_a_result),
	    TEST(a_link_stays_a_link),
	    TEST(discard_leaves_nothing),
	    TEST(discard_after_commit_keeps_it),
	    TEST(one_run_at_a_time),
	    TEST(a_killed_run_does_no_harm),
	    TEST(an_old_folder_comes_back),
	    TEST(leftovers_that_are_links),
	    TEST(appeared_meanwhile),
	    TEST(ctrl_c),
	    TEST(failures_leave_old_or_new),
	    TEST(full_disk),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
