/* Children that end in every way, and what a confined one may not do; the test is its own child. */
#include "io/child.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

static const struct child_limits limits = {
    .memory_bytes = (uint64_t)1 << 30,
    .cpu_seconds = 1,
    .silent_seconds = 3,
};

/* What was refused, a letter each. */
static int try_all(void)
{
	struct str found = {0};
	int fd = open("/tmp/child_test_must_not_be", O_WRONLY | O_CREAT, 0600);

	str_addc(&found, fd < 0 ? 'w' : '-');
	str_addc(&found, socket(AF_UNIX, SOCK_STREAM, 0) < 0 ? 's' : '-');
	str_addc(&found, execl("/bin/true", "true", (char *)NULL) < 0 ? 'x' : '-');
	str_addc(&found, rename("/tmp/child_test_a", "/tmp/child_test_b") < 0 && errno == EPERM
			     ? 'r'
			     : '-');
	str_addc(&found, open("/dev/null", O_RDONLY) >= 0 ? 'o' : '-');
	return child_send(7, str_view(&found)) ? 0 : 1;
}

static int be_child(const char *how)
{
	volatile unsigned spin = 0;

	child_confine(limits);
	if (strcmp(how, "try") == 0)
		return try_all();
	if (strcmp(how, "fail") == 0)
		return 3;
	if (strcmp(how, "garbage") == 0)
		return write(CHILD_OUT, "this is no frame at all, sorry", 30) == 30 ? 0 : 1;
	if (strcmp(how, "half") == 0)
		return write(CHILD_OUT, "hgf1", 4) == 4 ? 0 : 1;
	if (strcmp(how, "segv") == 0)
		(void)signal(SIGSEGV, SIG_DFL), (void)raise(SIGSEGV);
	if (strcmp(how, "sleep") == 0)
		(void)sleep(60);
	while (strcmp(how, "spin") == 0)
		spin++;
	return child_send(1, VIEW_LIT("one")) && child_send(2, VIEW_LIT("")) ? 0 : 1;
}

static enum child_end run(const char *how, struct str *ret_frames)
{
	const char *args[] = {"child_test", "--child", how, NULL};
	AUTO_CHILD struct child *c = NULL;
	int in = open("/dev/null", O_RDONLY | O_CLOEXEC);
	struct err err = {0};
	struct view bytes;
	uint32_t kind;

	assert_int_equal(child_start(&c, "/proc/self/exe", args, in, limits, &err), 0);
	(void)close(in);
	while (child_next(c, &kind, &bytes, &err) > 0)
		str_addf(ret_frames, "%u:%.*s;", kind, VIEW_ARG(bytes));
	return child_stop(c);
}

static void every_end_is_told(void **state)
{
	static const struct {
		const char *how;
		enum child_end end;
		const char *frames;
	} cases[] = {
	    {"well", CHILD_DONE, "1:one;2:;"},
	    {"fail", CHILD_FAILED, ""},
	    {"garbage", CHILD_CRASHED, ""},
	    {"half", CHILD_CRASHED, ""},
	    {"segv", CHILD_CRASHED, ""},
	    {"sleep", CHILD_ENDLESS, ""},
	    {"spin", CHILD_ENDLESS, ""},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		AUTO_STR struct str frames = {0};

		assert_int_equal(run(cases[i].how, &frames), cases[i].end);
		assert_string_equal(str_get(&frames), cases[i].frames);
	}
}

static void a_confined_child_can_only_read(void **state)
{
	AUTO_STR struct str frames = {0};

	(void)state;
	assert_int_equal(run("try", &frames), CHILD_DONE);
	assert_string_equal(str_get(&frames), "7:wsxro;");
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_end_is_told),
	    cmocka_unit_test(a_confined_child_can_only_read),
	};

	if (argc == 3 && strcmp(argv[1], "--child") == 0)
		return be_child(argv[2]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
