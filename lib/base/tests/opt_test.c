#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/opt.h"

#include <stdio.h>

struct args {
	bool force;
	const char *out;
	struct opt_list with;
	int64_t patients;
	int64_t least;
	uint64_t memory;
	date_t start;
	int format;
	const char *input;
	struct opt_list rest;
};

#define FORMATS "table|json|csv"
#define RANGE .min = 1, .max = 1000
#define AT(member) .offset = offsetof(struct args, member)

static const char long_help[] = "what to print, and in which of the forms that people and programs"
				" read most readily it is to be printed";
static const struct opt table[] = {
    {.name = "force", .kind = OPT_FLAG, AT(force), .help = "replace an existing folder"},
    {.name = "out", .kind = OPT_TEXT, AT(out), .value = "DIR", .help = "to make", .required = true},
    {.name = "with", .kind = OPT_LIST, AT(with), .value = "NAME", .help = "also with"},
    {.name = "patients", .kind = OPT_INT, AT(patients), .value = "N", .help = "how many", RANGE},
    {.name = "least", .kind = OPT_INT, AT(least), .value = "N", .help = "at least", .min = 5},
    {.name = "memory", .kind = OPT_SIZE, AT(memory), .value = "SIZE", .help = "memory to use"},
    {.name = "start", .kind = OPT_DATE, AT(start), .value = "DATE", .help = "first day"},
    {.name = "format", .kind = OPT_CHOICE, AT(format), .value = FORMATS, .help = long_help},
    {.kind = OPT_TEXT, AT(input), .value = "INPUT", .help = "what to read", .required = true},
    {.kind = OPT_LIST, AT(rest), .value = "FILE", .help = "more"},
    {0},
};

static const struct args defaults = {.patients = 100, .least = 5, .memory = 2ull << 30};

/* Words apart by blanks, as a shell would hand them over. */
static int parse(const char *line, struct args *a, struct err *err)
{
	static char text[512];
	char *argv[32];
	char *rest;
	int argc = 0;

	assert_true(strlen(line) < sizeof(text));
	memcpy(text, line, strlen(line) + 1);
	for (char *w = strtok_r(text, " ", &rest); w; w = strtok_r(NULL, " ", &rest))
		argv[argc++] = w;
	*a = defaults;
	*err = (struct err){0};
	return opt_parse(table, argc, argv, a, err);
}

static void every_kind(void **state)
{
	static const char line[] = "--force --out dir --with x --with=y --patients 12"
				   " --least=9000000000 --memory 512M --start 2018-01-31"
				   " --format csv in f1 f2 f3";
	struct args a;
	struct err err;

	(void)state;
	assert_int_equal(parse(line, &a, &err), 0);
	assert_true(a.force);
	assert_string_equal(a.out, "dir");
	assert_int_equal(a.with.items.len, 2);
	assert_string_equal(a.with.items.ptr[1], "y");
	assert_int_equal(a.patients, 12);
	assert_int_equal(a.least, 9000000000);
	assert_int_equal(a.memory, 536870912);
	assert_int_equal(a.start, 17562); /* date -d 2018-01-31 +%s / 86400 */
	assert_int_equal(a.format, 2);
	assert_string_equal(a.input, "in");
	assert_int_equal(a.rest.items.len, 3);
	assert_string_equal(a.rest.items.ptr[2], "f3");
	opt_clear(table, &a);
	assert_int_equal(a.rest.items.len, 0);
}

static void defaults_stay(void **state)
{
	struct args a;
	struct err err;

	(void)state;
	assert_int_equal(parse("in --out=a=b", &a, &err), 0);
	assert_string_equal(a.out, "a=b");
	assert_false(a.force);
	assert_int_equal(a.patients, 100);
	assert_int_equal(a.format, 0);
	opt_clear(table, &a);
}

static void two_dashes_end_the_options(void **state)
{
	struct args a;
	struct err err;

	(void)state;
	assert_int_equal(parse("--out d -- --force -- x", &a, &err), 0);
	assert_string_equal(a.input, "--force");
	assert_int_equal(a.rest.items.len, 2);
	assert_string_equal(a.rest.items.ptr[0], "--");
	assert_false(a.force);
	opt_clear(table, &a);
}

static void sizes(void **state)
{
	static const struct {
		const char *line;
		uint64_t bytes;
	} cases[] = {
	    {"--memory 1", 1},
	    {"--memory 5B", 5},
	    {"--memory 1K", 1024},
	    {"--memory 1kb", 1024},
	    {"--memory 3g", 3221225472},
	    {"--memory 2TB", 2199023255552},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		char line[64];
		struct args a;
		struct err err;

		snprintf(line, sizeof(line), "in --out d %s", cases[i].line);
		assert_int_equal(parse(line, &a, &err), 0);
		assert_int_equal(a.memory, cases[i].bytes);
	}
}

static void bad_lines(void **state)
{
	static const struct {
		const char *line;
		const char *msg;
		const char *hint;
	} cases[] = {
	    {"in", "--out DIR is missing", ""},
	    {"--out d", "INPUT is missing", ""},
	    {"in --out", "--out needs a value: DIR", ""},
	    {"in --force=yes", "--force takes no value", ""},
	    {"in --patients many", "--patients: 'many' is not a whole number", ""},
	    {"in --patients 1.5", "--patients: '1.5' is not a whole number", ""},
	    {"in --patients 0", "--patients: '0' is not in 1..1000", ""},
	    {"in --patients 1001", "--patients: '1001' is not in 1..1000", ""},
	    {"in --least 4", "--least: '4' is not at least 5", ""},
	    {"in --memory big", "--memory: 'big' is not a size such as 512M or 4G", ""},
	    {"in --memory 0", "--memory: '0' is not a size such as 512M or 4G", ""},
	    {"in --memory -1K", "--memory: '-1K' is not a size such as 512M or 4G", ""},
	    {"in --memory 9999999999T",
		"--memory: '9999999999T' is not a size such as 512M or 4G", ""},
	    {"in --memory M", "--memory: 'M' is not a size such as 512M or 4G", ""},
	    {"in --start 2018-02-30", "--start: '2018-02-30' is not a date such as 2018-01-31", ""},
	    {"in --format xml", "--format: 'xml' is not one of table|json|csv", ""},
	    {"in --format js", "--format: 'js' is not one of table|json|csv", ""},
	    {"in --patiens 5", "unknown option '--patiens'", "did you mean '--patients'?"},
	    {"in --fromat=csv", "unknown option '--fromat'", "did you mean '--format'?"},
	    {"in --hlep", "unknown option '--hlep'", "did you mean '--help'?"},
	    {"in --zzzzzzzz", "unknown option '--zzzzzzzz'", ""},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct args a;
		struct err err;

		assert_int_equal(parse(cases[i].line, &a, &err), -1);
		assert_int_equal(err.code, ERR_USAGE);
		assert_string_equal(err.msg, cases[i].msg);
		assert_string_equal(err.hint, cases[i].hint);
		opt_clear(table, &a);
	}
}

static void yes_need_not_be_said(void **state)
{
	struct yes_no {
		int whole;
		const char *file;
	} a;
	const struct opt yes_no[] = {
	    {.name = "whole", .kind = OPT_CHOICE, .offset = 0, .value = "yes|no", .help = "whole"},
	    {.kind = OPT_TEXT, .offset = offsetof(struct yes_no, file), .value = "FILE"},
	    {0},
	};
	static const struct {
		const char *argv[3];
		int argc, whole;
		bool file;
	} cases[] = {
	    {{"--whole"}, 1, 0, false},
	    {{"--whole", "no"}, 2, 1, false},
	    {{"--whole=no", "f"}, 2, 1, true},
	    {{"--whole", "f"}, 2, 0, true},
	    {{"--whole", "yes", "f"}, 3, 0, true},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct err err = {0};
		char *argv[3];

		memcpy(argv, cases[i].argv, sizeof(argv));
		a.whole = -1;
		a.file = NULL;
		assert_int_equal(opt_parse(yes_no, cases[i].argc, argv, &a, &err), 0);
		assert_int_equal(a.whole, cases[i].whole);
		assert_int_equal(a.file != NULL, cases[i].file);
	}
}

/* Whether a file can be written is known before the work begins. */
static void an_output_has_its_folder(void **state)
{
	struct {
		const char *report;
	} a = {0};
	const struct opt page[] = {
	    {.name = "report", .kind = OPT_OUTPUT, .value = "FILE"},
	    {0},
	};
	char option[] = "--report", good[] = "page.html", bad[] = "no-such-folder/page.html";
	struct err err = {0};

	(void)state;
	assert_int_equal(opt_parse(page, 2, (char *[]){option, good}, &a, &err), 0);
	assert_string_equal(a.report, good);
	assert_int_equal(opt_parse(page, 2, (char *[]){option, bad}, &a, &err), -1);
	assert_int_equal(err.code, ERR_OUTPUT);
	assert_string_equal(a.report, good);
}

static void too_many_arguments(void **state)
{
	static const struct opt none[] = {{0}};
	char word[] = "extra";
	char *argv[] = {word};
	struct err err = {0};

	(void)state;
	assert_int_equal(opt_parse(none, 1, argv, NULL, &err), -1);
	assert_string_equal(err.msg, "unexpected argument 'extra'");
	assert_int_equal(opt_parse(none, 0, argv, NULL, &err), 0);
}

static void synopsis(void **state)
{
	AUTO_STR struct str s = {0};

	(void)state;
	opt_synopsis(table, &s);
	assert_string_equal(str_get(&s),
	    " [--force] --out DIR [--with NAME] [--patients N] [--least N] [--memory SIZE]"
	    " [--start DATE] [--format table|json|csv] INPUT [FILE...]");
}

static void help(void **state)
{
	AUTO_STR struct str s = {0};
	struct view rest, line;

	(void)state;
	opt_help(table, &defaults, &s);
	assert_non_null(strstr(str_get(&s), "\n  --out DIR               to make\n"));
	assert_non_null(strstr(str_get(&s), "  --patients N            how many (default 100)\n"));
	assert_non_null(strstr(str_get(&s), "--memory SIZE           memory to use (default 2G)"));
	assert_non_null(strstr(str_get(&s), "(default table)\n"));
	assert_non_null(strstr(str_get(&s), "  FILE...                 more\n"));
	rest = str_view(&s);
	while (view_next(&rest, '\n', &line))
		assert_true(line.len <= 79);
}

static void nearest(void **state)
{
	static const char *const words[] = {"snds synth", "omop build", "study incidence", NULL};
	char endless[301] = "";

	(void)state;
	assert_string_equal(opt_nearest("snds snyth", words), "snds synth");
	assert_string_equal(opt_nearest("omopbuild", words), "omop build");
	assert_string_equal(opt_nearest("study incidense", words), "study incidence");
	assert_null(opt_nearest("xyz", words));
	memset(endless, 'x', sizeof(endless) - 1);
	assert_null(opt_nearest(endless, words));
	assert_null(opt_nearest("", words));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_kind),
	    cmocka_unit_test(defaults_stay),
	    cmocka_unit_test(two_dashes_end_the_options),
	    cmocka_unit_test(sizes),
	    cmocka_unit_test(bad_lines),
	    cmocka_unit_test(yes_need_not_be_said),
	    cmocka_unit_test(an_output_has_its_folder),
	    cmocka_unit_test(too_many_arguments),
	    cmocka_unit_test(synopsis),
	    cmocka_unit_test(help),
	    cmocka_unit_test(nearest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
