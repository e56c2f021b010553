#include "io/file.h"
#include "report/report.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[] = "/tmp/hygie-emit-XXXXXX";

/* The code with which report_emit fails when standard output is `path`. */
static int emit_to(const char *path, const struct report_output *o)
{
	int status = 0;
	pid_t child = fork();

	assert_true(child >= 0);
	if (child == 0) {
		AUTO_REPORT struct report *r = report_new("T", "A lede.");
		struct err err = {0};
		int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);

		if (fd < 0 || dup2(fd, STDOUT_FILENO) < 0)
			_exit(100);
		_exit(report_emit(r, o, &err) < 0 ? (int)err.code : 0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void check_file(const char *path, const char *text)
{
	AUTO_STR struct str bytes = {0};
	struct err err = {0};

	assert_int_equal(file_read(path, 1 << 20, &bytes, &err), 0);
	assert_string_equal(str_get(&bytes), text);
}

static void prints_and_writes(void **state)
{
	AUTO_FREE char *out = path_join(folder, "out");
	AUTO_FREE char *page = path_join(folder, "page.html");
	struct report_output o = {.html_path = page};

	(void)state;
	assert_int_equal(emit_to(out, &o), 0);
	check_file(out, "T\nA lede.\n");
	assert_true(path_exists(page));
	o = (struct report_output){.format = REPORT_AS_CSV};
	assert_int_equal(emit_to(out, &o), 0);
	check_file(out, "");
}

static void a_full_disk_is_told(void **state)
{
	struct report_output o = {.format = REPORT_AS_JSON};

	(void)state;
	if (access("/dev/full", W_OK) != 0)
		skip();
	assert_int_equal(emit_to("/dev/full", &o), ERR_OUTPUT);
}

static void prints_nothing_without_the_page(void **state)
{
	AUTO_FREE char *out = path_join(folder, "silent");
	AUTO_FREE char *page = path_join(folder, "missing/page.html");
	struct report_output o = {.html_path = page};

	(void)state;
	assert_int_equal(emit_to(out, &o), ERR_OUTPUT);
	check_file(out, "");
	assert_false(path_exists(page));
}

static int make_folder(void **state)
{
	(void)state;
	return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
	struct err err = {0};

	(void)state;
	return path_remove(folder, &err);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(prints_and_writes),
	    cmocka_unit_test(a_full_disk_is_told),
	    cmocka_unit_test(prints_nothing_without_the_page),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
