/* Who may read a file while it is written. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "io/out_file.h"
#include "scratch.h"

#include <sys/stat.h>
#include <unistd.h>

/* What is private before this is called was so from the first moment. */
int fchmod(int fd, mode_t mode)
{
	(void)fd;
	assert_int_equal(mode, 0600);
	return 0;
}

static void a_private_file_is_born_so(void **state)
{
	AUTO_OUT_FILE struct out_file o = {0};
	struct err err = {0};
	mode_t before = umask(0);
	struct stat st;

	(void)state;
	assert_int_equal(out_file_open_private(&o, "private", &err), 0);
	umask(before);
	assert_int_equal(stat(o.partial, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(out_file_add(&o, VIEW_LIT("secret"), &err), 0);
	assert_int_equal(out_file_commit(&o, &err), 0);
	assert_int_equal(stat("private", &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
}

/* Somebody else may have put it there. */
static void a_link_is_not_followed(void **state)
{
	AUTO_OUT_FILE struct out_file o = {0};
	struct err err = {0};

	(void)state;
	put_file("other", "theirs");
	assert_int_equal(symlink("other", ".file.partial"), 0);
	assert_int_equal(out_file_open(&o, "file", &err), -1);
	assert_int_equal(err.code, ERR_OUTPUT);
	check_file("other", "theirs");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(
		a_private_file_is_born_so, scratch_make, scratch_remove),
	    cmocka_unit_test_setup_teardown(a_link_is_not_followed, scratch_make, scratch_remove),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
