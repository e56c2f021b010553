#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/command.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

struct args {
	int64_t count;
	bool found;
	int fail;
};

static int run_print(void *args, struct err *err)
{
	const struct args *a = args;

	(void)err;
	for (int64_t i = 0; i < a->count; i++)
		puts("a line of output");
	return a->found ? 1 : 0;
}

static int run_fail(void *args, struct err *err)
{
	const struct args *a = args;

	(void)err_set(err, (enum err_code)a->fail, "it failed");
	return err_hint(err, "mend it");
}

static const struct args print_defaults = {.count = 2};
static const struct opt print_opts[] = {
    {
	.name = "count",
	.kind = OPT_INT,
	.offset = offsetof(struct args, count),
	.value = "N",
	.help = "lines",
    },
    {
	.name = "found",
	.kind = OPT_FLAG,
	.offset = offsetof(struct args, found),
	.help = "findings",
    },
    {0},
};
static const struct opt fail_opts[] = {
    {
	.name = "as",
	.kind = OPT_CHOICE,
	.offset = offsetof(struct args, fail),
	.value = "none|usage|io|format|limit|denied|output|internal|cancelled",
	.help = "code",
    },
    {0},
};
static const struct command cmd_demo_fail = {
    .name = "demo fail",
    .summary = "fails on demand",
    .opts = fail_opts,
    .args_size = sizeof(struct args),
    .run = run_fail,
};
static const struct command cmd_demo_print = {
    .name = "demo print",
    .summary = "prints lines",
    .about = "It prints as many lines as it is told to.",
    .opts = print_opts,
    .args_size = sizeof(struct args),
    .defaults = &print_defaults,
    .run = run_print,
};
static const struct command cmd_plain = {
    .name = "plain",
    .summary = "prints nothing",
    .opts = print_opts,
    .args_size = sizeof(struct args),
    .run = run_print,
};
static const struct command *const all[] = {&cmd_demo_fail, &cmd_demo_print, &cmd_plain, NULL};

static char out_text[8192];
static char err_text[8192];

static void slurp(int fd, char *text, size_t size)
{
	ssize_t n = pread(fd, text, size - 1, 0);

	assert_true(n >= 0);
	text[n] = '\0';
	close(fd);
}

static int child(const char *line, int out, int err)
{
	char text[256];
	char *argv[16] = {text};
	char *rest;
	int argc = 1;

	snprintf(text, sizeof(text), "hygie %s", line);
	(void)strtok_r(text, " ", &rest);
	while (argc < 15 && (argv[argc] = strtok_r(NULL, " ", &rest)))
		argc++;
	dup2(out, STDOUT_FILENO);
	dup2(err, STDERR_FILENO);
	return command_main(all, argc, argv);
}

/* The exit status; what it printed stands in out_text and err_text. */
static int hygie_to(const char *line, int out)
{
	int err = fileno(tmpfile());
	int status;
	pid_t pid;

	fflush(NULL);
	pid = fork();
	if (pid == 0)
		exit(child(line, out, err));
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	slurp(err, err_text, sizeof(err_text));
	return WEXITSTATUS(status);
}

static int hygie(const char *line)
{
	int out = fileno(tmpfile());
	int status = hygie_to(line, out);

	slurp(out, out_text, sizeof(out_text));
	return status;
}

static void overview(void **state)
{
	AUTO_STR struct str text = {0};

	(void)state;
	command_overview(all, &text);
	assert_non_null(strstr(str_get(&text), "  hygie demo print  prints lines\n"));
	assert_non_null(strstr(str_get(&text), "  hygie plain       prints nothing\n"));
	assert_int_equal(hygie(""), 0);
	assert_string_equal(out_text, str_get(&text));
	assert_int_equal(hygie("help"), 0);
	assert_string_equal(out_text, str_get(&text));
	assert_int_equal(hygie("--help"), 0);
	assert_string_equal(out_text, str_get(&text));
	assert_string_equal(err_text, "");
}

static void help(void **state)
{
	AUTO_STR struct str text = {0};

	(void)state;
	command_help(&cmd_demo_print, &text);
	assert_string_equal(str_get(&text),
	    "hygie demo print: prints lines\n"
	    "\n"
	    "usage: hygie demo print [--count N] [--found]\n"
	    "\n"
	    "It prints as many lines as it is told to.\n"
	    "\n"
	    "  --count N               lines (default 2)\n"
	    "  --found                 findings\n");
	assert_int_equal(hygie("demo print --help"), 0);
	assert_string_equal(out_text, str_get(&text));
	assert_int_equal(hygie("help demo print"), 0);
	assert_string_equal(out_text, str_get(&text));
	assert_int_equal(hygie("demo print --count x -h"), 0);
	assert_string_equal(out_text, str_get(&text));
}

static void a_group_lists_its_commands(void **state)
{
	(void)state;
	assert_int_equal(hygie("demo"), 0);
	assert_string_equal(out_text, "  hygie demo fail   fails on demand\n"
				      "  hygie demo print  prints lines\n");
	assert_int_equal(hygie("demo --help"), 0);
	assert_null(strstr(out_text, "plain"));
}

static void version(void **state)
{
	(void)state;
	assert_int_equal(hygie("--version"), 0);
	assert_memory_equal(out_text, "hygie ", 6);
}

static void results(void **state)
{
	(void)state;
	assert_int_equal(hygie("demo print"), 0);
	assert_string_equal(out_text, "a line of output\na line of output\n");
	assert_int_equal(hygie("demo print --count=1 --found"), 1);
	assert_string_equal(out_text, "a line of output\n");
	assert_int_equal(hygie("plain"), 0);
	assert_string_equal(out_text, "");
}

static void failures(void **state)
{
	static const struct {
		const char *line;
		int status;
	} cases[] = {
	    {"demo fail --as usage", 2},
	    {"demo fail --as io", 3},
	    {"demo fail --as format", 3},
	    {"demo fail --as limit", 3},
	    {"demo fail --as denied", 4},
	    {"demo fail --as output", 5},
	    {"demo fail --as internal", 5},
	    {"demo fail --as cancelled", 130},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		assert_int_equal(hygie(cases[i].line), cases[i].status);
		assert_string_equal(out_text, "");
		assert_string_equal(err_text, "hygie: it failed\n  mend it\n");
	}
}

static void wrong_words(void **state)
{
	static const struct {
		const char *line;
		const char *text;
	} cases[] = {
	    {"plian", "hygie: unknown command 'plian'\n  did you mean 'hygie plain'?\n"},
	    {"demo pritn",
		"hygie: unknown command 'demo pritn'\n  did you mean 'hygie demo print'?\n"},
	    {"help plian", "hygie: unknown command 'plian'\n  did you mean 'hygie plain'?\n"},
	    {"plain --fuond", "hygie: unknown option '--fuond'\n  did you mean '--found'?\n"},
	    {"qqqqqqqqqq",
		"hygie: unknown command 'qqqqqqqqqq'\n  'hygie help' lists the commands\n"},
	    {"plain --count x", "hygie: --count: 'x' is not a whole number\n"
				"  'hygie help plain' lists the options\n"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		assert_int_equal(hygie(cases[i].line), 2);
		assert_string_equal(out_text, "");
		assert_string_equal(err_text, cases[i].text);
	}
}

/* Little output fails when it is flushed at the end, much of it on the way. */
static void full_disk(void **state)
{
	static const char *const lines[] = {"demo print", "demo print --count 5000",
	    "demo print --count 5001 --found", "help", "demo print --help", "--version", "demo"};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(lines); i++) {
		int full = open("/dev/full", O_WRONLY | O_CLOEXEC);

		assert_true(full >= 0);
		assert_int_equal(hygie_to(lines[i], full), 5);
		assert_string_equal(err_text, "hygie: cannot write to standard output\n");
		close(full);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(overview),
	    cmocka_unit_test(help),
	    cmocka_unit_test(a_group_lists_its_commands),
	    cmocka_unit_test(version),
	    cmocka_unit_test(results),
	    cmocka_unit_test(failures),
	    cmocka_unit_test(wrong_words),
	    cmocka_unit_test(full_disk),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
