#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/rng.h"
#include "io/json.h"
#include "scratch.h"

#include <float.h>
#include <math.h>
#include <signal.h>
#include <sys/wait.h>

static void check_bad(struct view text, enum err_code code, const char *wanted)
{
	AUTO_JSON json_t *tree = NULL;
	struct err err = {0};

	assert_int_equal(json_parse(&tree, "t", text, &err), -1);
	assert_null(tree);
	assert_int_equal(err.code, code);
	assert_string_equal(err.msg, wanted);
}

static void reading(void **state)
{
	AUTO_JSON json_t *tree = NULL;
	struct err err = {0};

	(void)state;
	put_file("t.json", "\xEF\xBB\xBF{\"a\": [1, 2.5, \"\\u00e9\"], \"b\": null}\n");
	assert_int_equal(json_read(&tree, "t.json", &err), 0);
	assert_int_equal(json_integer_value(json_array_get(json_object_get(tree, "a"), 0)), 1);
	assert_string_equal(json_string_value(json_array_get(json_object_get(tree, "a"), 2)),
	    "\xC3\xA9");
	assert_true(json_is_null(json_object_get(tree, "b")));
}

static void bad_text(void **state)
{
	AUTO_JSON json_t *tree = NULL;
	struct err err = {0};

	(void)state;
	check_bad(VIEW_NONE, ERR_FORMAT, "t: line 1, column 0: the text ends too early");
	check_bad(VIEW("{\n \"a\": secret}"), ERR_FORMAT, "t: line 2, column 12: not JSON");
	check_bad(VIEW("[1, 2"), ERR_FORMAT, "t: line 1, column 5: the text ends too early");
	check_bad(VIEW("[1] 2"), ERR_FORMAT, "t: line 1, column 5: text behind the end");
	check_bad(VIEW("[\"\xFF\"]"), ERR_FORMAT, "t: line 1, column 2: a byte that is not UTF-8");
	check_bad(VIEW("{\"secret\": 1,\n\"secret\": 2}"), ERR_FORMAT,
	    "t: line 2, column 8: a key that stands there twice");
	check_bad(VIEW("[99999999999999999999]"), ERR_FORMAT,
	    "t: line 1, column 21: a number out of range");
	check_bad(VIEW("[1e999]"), ERR_FORMAT, "t: line 1, column 6: a number out of range");
	check_bad(VIEW("{\"\\u0000\": 1}"), ERR_FORMAT,
	    "t: line 1, column 9: a NUL character in a key");
	check_bad(VIEW("[1,]"), ERR_FORMAT, "t: line 1, column 4: not JSON");
	check_bad(VIEW("3"), ERR_FORMAT, "t: line 1, column 1: not JSON");
	assert_int_equal(json_read(&tree, "none.json", &err), -1);
	assert_int_equal(err.code, ERR_IO);
}

static void limits(void **state)
{
	AUTO_STR struct str text = {0};

	(void)state;
	str_pad(&text, '[', 100000);
	check_bad(str_view(&text), ERR_LIMIT, "t: line 1, column 2049: nested too deeply");
	str_reset(&text);
	str_pad(&text, ' ', JSON_FILE_MAX + 1);
	check_bad(str_view(&text), ERR_LIMIT, "t: larger than the limit of 67108864 bytes");
}

static void write_sample(struct json_writer *w)
{
	json_begin_object(w);
	json_key(w, "n");
	json_add_int(w, INT64_MIN);
	json_key(w, "list");
	json_begin_array(w);
	json_add_bool(w, true);
	json_add_null(w);
	json_begin_object(w);
	json_end_object(w);
	json_begin_array(w);
	json_end_array(w);
	json_end_array(w);
	json_key(w, "raw");
	json_add_raw(w, VIEW("{\"x\":1}"));
	json_key(w, "quo\"te");
	json_add_text(w, VIEW("t"));
	json_end_object(w);
}

static void layout(void **state)
{
	static const char on_one_line[] = "{\"n\":-9223372036854775808,\"list\":[true,null,{},[]],"
					  "\"raw\":{\"x\":1},\"quo\\\"te\":\"t\"}";
	AUTO_STR struct str line = {0}, lines = {0};
	AUTO_JSON json_t *a = NULL, *b = NULL;
	struct err err = {0};

	(void)state;
	write_sample(&(struct json_writer){.out = &line});
	assert_string_equal(str_get(&line), on_one_line);
	write_sample(&(struct json_writer){.out = &lines, .indent = 2});
	assert_string_equal(str_get(&lines), "{\n"
					     "  \"n\": -9223372036854775808,\n"
					     "  \"list\": [\n"
					     "    true,\n"
					     "    null,\n"
					     "    {},\n"
					     "    []\n"
					     "  ],\n"
					     "  \"raw\": {\"x\":1},\n"
					     "  \"quo\\\"te\": \"t\"\n"
					     "}");
	assert_int_equal(json_parse(&a, "line", str_view(&line), &err), 0);
	assert_int_equal(json_parse(&b, "lines", str_view(&lines), &err), 0);
	assert_true(json_equal(a, b));
}

static void check_text(struct view text, const char *wanted)
{
	AUTO_STR struct str out = {0};

	json_add_text(&(struct json_writer){.out = &out}, text);
	assert_string_equal(str_get(&out), wanted);
}

#define R "\xEF\xBF\xBD"

static void texts(void **state)
{
	(void)state;
	check_text(VIEW_NONE, "\"\"");
	check_text(VIEW("\" \\ / \n \r \t"), "\"\\\" \\\\ / \\n \\r \\t\"");
	check_text(VIEW_LIT("\0\1\x1F\x7F"), "\"\\u0000\\u0001\\u001f\x7F\"");
	check_text(VIEW("\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x98\x80 \xF4\x8F\xBF\xBF"),
	    "\"\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x98\x80 \xF4\x8F\xBF\xBF\"");
}

/* Unicode 15, section 3.9, tables 3-8 to 3-11: one U+FFFD a maximal subpart. */
static void invalid_utf8(void **state)
{
	(void)state;
	check_text(VIEW("\xC0\xAF\xE0\x80\xBF\xF0\x81\x82\x41"), "\"" R R R R R R R R "A\"");
	check_text(VIEW("\xED\xA0\x80\xED\xBF\xBF\xED\xAF\x41"), "\"" R R R R R R R R "A\"");
	check_text(VIEW("\xF4\x91\x92\x93\xFF\x41\x80\xBF\x42"), "\"" R R R R R "A" R R "B\"");
	check_text(VIEW("\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41"), "\"" R R R R "A\"");
	check_text(VIEW("\xE2\x82"), "\"" R "\"");
}

static void check_double(double d, const char *wanted)
{
	AUTO_STR struct str out = {0};

	json_add_double(&(struct json_writer){.out = &out}, d);
	assert_string_equal(str_get(&out), wanted);
}

static void doubles(void **state)
{
	(void)state;
	check_double(0, "0");
	check_double(-0.0, "0");
	check_double(3, "3");
	check_double(-2.5, "-2.5");
	check_double(100, "100");
	check_double(0.1, "0.1");
	check_double(0.1 + 0.2, "0.30000000000000004");
	check_double(1 / 3.0, "0.3333333333333333");
	check_double(12345.678, "12345.678");
	check_double(1e-5, "0.00001");
	check_double(1.5e-5, "0.000015");
	check_double(9.5e-6, "9.5e-6");
	check_double(1e14, "100000000000000");
	check_double(1e14 + 0.5, "100000000000000.5");
	check_double(999999999999999, "999999999999999");
	check_double(999999999999999.9, "999999999999999.9");
	check_double(1e15, "1e15");
	check_double(0x1p53, "9.007199254740992e15");
	check_double(DBL_MAX, "1.7976931348623157e308");
	check_double(DBL_MIN, "2.2250738585072014e-308");
	check_double(-1e21, "-1e21");
	check_double((double)NAN, "null");
	check_double((double)INFINITY, "null");
	check_double(-(double)INFINITY, "null");
}

/* Any bits at all: what is written is valid JSON and reads back equal. */
static void doubles_read_back(void **state)
{
	(void)state;
	for (uint64_t i = 0; i < 100000; i++) {
		AUTO_STR struct str out = {0};
		AUTO_JSON json_t *tree = NULL;
		struct json_writer w = {.out = &out};
		struct rng r = rng_at(9, 0, i);
		uint64_t bits = i % 2 ? rng_u64(&r) : rng_u64(&r) >> 12; /* subnormal */
		struct err err = {0};
		double d, normal;

		memcpy(&d, &bits, sizeof(d));
		if (!isfinite(d))
			continue;
		normal = ldexp(rng_normal(&r), 10);
		json_begin_array(&w);
		json_add_double(&w, d);
		json_add_double(&w, normal);
		json_end_array(&w);
		assert_int_equal(json_parse(&tree, "t", str_view(&out), &err), 0);
		assert_true(json_number_value(json_array_get(tree, 0)) == d);
		assert_true(json_number_value(json_array_get(tree, 1)) == normal);
	}
}

static void end_nothing(struct json_writer *w)
{
	json_end_array(w);
}

static void end_another(struct json_writer *w)
{
	json_begin_array(w);
	json_end_object(w);
}

static void value_without_key(struct json_writer *w)
{
	json_begin_object(w);
	json_add_null(w);
}

static void key_in_array(struct json_writer *w)
{
	json_begin_array(w);
	json_key(w, "k");
}

static void key_without_value(struct json_writer *w)
{
	json_begin_object(w);
	json_key(w, "k");
	json_end_object(w);
}

static void too_deep(struct json_writer *w)
{
	for (int i = 0; i <= JSON_DEPTH_MAX; i++)
		json_begin_array(w);
}

/* Wrong use is a defect of ours, and ends the program. */
static void misuse(void **state)
{
	static void (*const uses[])(struct json_writer *) = {end_nothing, end_another,
	    value_without_key, key_in_array, key_without_value, too_deep};

	(void)state;
	fflush(NULL);
	for (size_t i = 0; i < ARRAY_LEN(uses); i++) {
		int status;
		pid_t child = fork();

		if (child == 0) {
			struct str out = {0};

			close(STDERR_FILENO);
			uses[i](&(struct json_writer){.out = &out});
			_exit(0);
		}
		assert_int_equal(waitpid(child, &status, 0), child);
		assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
	}
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, scratch_make, scratch_remove)

int main(void)
{
	const struct CMUnitTest tests[] = {
	    TEST(reading),
	    cmocka_unit_test(bad_text),
	    cmocka_unit_test(limits),
	    cmocka_unit_test(layout),
	    cmocka_unit_test(texts),
	    cmocka_unit_test(invalid_utf8),
	    cmocka_unit_test(doubles),
	    cmocka_unit_test(doubles_read_back),
	    cmocka_unit_test(misuse),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
