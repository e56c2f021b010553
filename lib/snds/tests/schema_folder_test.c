/* A folder of table schemas: what is understood, what is refused, in one clear error. */
#include "snds/schema_build.h"

#include "support.h"

#define TABLE(name, rest)           \
	"{\"name\": \"" name "\", " \
	"\"fields\": [{\"name\": \"A\", \"type\": \"string\"}]" rest "}"
#define LINK(from, target, to)                                        \
	", \"foreignKeys\": [{\"fields\": " from ", \"reference\": {" \
	"\"resource\": \"" target "\", \"fields\": " to "}}]"
#define FIELD(rest) "{\"name\": \"T\", \"fields\": [{\"name\": \"A\", " rest "}]}"

static int parse(const char *text, struct err *err)
{
	AUTO_SNDS_SCHEMA struct snds_schema *s = snds_schema_new("test");

	memset(err, 0, sizeof(*err));
	if (snds_schema_parse(s, "t.json", VIEW(text), err) < 0)
		return -1;
	return snds_schema_finish(s, err);
}

static void refuses_what_is_no_table(void **state)
{
	static const struct {
		const char *text, *words;
	} cases[] = {
	    {"", "t.json"},
	    {"[]", "name"},
	    {"{\"name\": \"T\"}", "fields"},
	    {"{\"name\": \"T\", \"fields\": []}", "fields"},
	    {"{\"name\": \"T\", \"fields\": 3}", "fields"},
	    {"{\"name\": \"T\", \"fields\": [3]}", "field 1"},
	    {"{\"name\": \"../x\", \"fields\": []}", "letters"},
	    {"{\"name\": 7, \"fields\": []}", "letters"},
	    {FIELD("\"type\": \"blob\""), "field 1: type"},
	    {FIELD("\"type\": \"month\""), "field 1: type"},
	    {FIELD("\"type\": null"), "field 1: type"},
	    {FIELD("\"type\": \"string\", \"length\": \"x\""), "length"},
	    {FIELD("\"type\": \"string\", \"length\": \"-1\""), "length"},
	    {FIELD("\"type\": \"string\", \"length\": 99999999999"), "length"},
	    {FIELD("\"type\": \"string\", \"dateCreated\": \"soon\""), "dateCreated"},
	    {FIELD("\"type\": \"string\", \"dateMissing\": [2012]"), "dateMissing"},
	    {"{\"name\": \"T\", \"fields\": [{\"name\": \"A\", \"type\": \"string\"}, "
	     "{\"name\": \"a\", \"type\": \"string\"}]}",
		"twice"},
	    {TABLE("T", ", \"primaryKey\": \"B\""), "primary key"},
	    {TABLE("T", ", \"primaryKey\": [1]"), "key"},
	    {TABLE("T", LINK("\"B\"", "U", "\"B\"")), "foreign key 1"},
	    {TABLE("T", ", \"foreignKeys\": [{\"fields\": \"A\"}]"), "foreign key 1"},
	    {TABLE("T", ", \"foreignKeys\": [{}]"), "foreign key 1"},
	    {TABLE("T", LINK("[\"A\", \"A\"]", "T", "\"A\"")), "both sides"},
	    {TABLE("T", LINK("\"A\"", "T", "\"Z\"")), "not in T"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct err err;

		assert_int_equal(parse(cases[i].text, &err), -1);
		if (!strstr(err.msg, cases[i].words))
			fail_msg("case %zu: '%s' does not say '%s'", i, err.msg, cases[i].words);
		assert_true(err.code == ERR_FORMAT || err.code == ERR_LIMIT);
	}
}

static void understands_keys_as_text_or_list(void **state)
{
	struct err err;

	(void)state;
	assert_int_equal(parse(TABLE("T", ", \"primaryKey\": \"A\""), &err), 0);
	assert_int_equal(parse(TABLE("T", ", \"primaryKey\": [\"a\"]"), &err), 0);
	assert_int_equal(parse(TABLE("T", LINK("\"A\"", "ELSEWHERE", "\"X\"")), &err), 0);
}

/* Three tables in a chain: integer, integer, string. All become text, with the longest length. */
static void a_key_of_two_types_is_text_everywhere(void **state)
{
	static const char chain[] =
	    "{\"name\": \"%s\", \"foreignKeys\": [{\"fields\": \"K\", "
	    "\"reference\": {\"resource\": \"%s\", \"fields\": \"K\"}}], "
	    "\"fields\": [{\"name\": \"K\", \"type\": \"%s\", \"length\": \"%d\"}]}";
	AUTO_SNDS_SCHEMA struct snds_schema *s = snds_schema_new("test");
	AUTO_FREE char *a = str_format(chain, "TA", "TB", "integer", 3);
	AUTO_FREE char *b = str_format(chain, "TB", "TC", "integer", 5);
	AUTO_FREE char *c = str_format(chain, "TC", "NOWHERE", "string", 4);
	struct err err = {0};

	(void)state;
	assert_int_equal(snds_schema_parse(s, "a", VIEW(a), &err), 0);
	assert_int_equal(snds_schema_parse(s, "b", VIEW(b), &err), 0);
	assert_int_equal(snds_schema_parse(s, "c", VIEW(c), &err), 0);
	assert_int_equal(snds_schema_finish(s, &err), 0);
	assert_int_equal(s->key_pairs, 2);
	assert_int_equal(s->mixed_pairs, 1);
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(s->columns.ptr[i].type, SNDS_STRING);
		assert_int_equal(s->columns.ptr[i].length, 5);
		assert_true(s->columns.ptr[i].digits);
	}
}

static void folders_that_hold_nothing_are_refused(void **state)
{
	struct snds_schema *s = NULL;
	struct err err = {0};

	(void)state;
	assert_int_equal(snds_schema_folder(&s, "/nonexistent/folder", &err), -1);
	assert_int_equal(err.code, ERR_IO);
	err = (struct err){0};
	assert_int_equal(snds_schema_folder(&s, HYGIE_SOURCE_DIR "/cmake", &err), -1);
	assert_int_equal(err.code, ERR_IO);
	assert_non_null(strstr(err.msg, "no table schema"));
	assert_null(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(refuses_what_is_no_table),
	    cmocka_unit_test(understands_keys_as_text_or_list),
	    cmocka_unit_test(a_key_of_two_types_is_text_everywhere),
	    cmocka_unit_test(folders_that_hold_nothing_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
