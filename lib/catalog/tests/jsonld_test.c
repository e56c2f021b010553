/*
 * JSON-LD: what the context makes of names and values, by the rules of the JSON-LD 1.1 API;
 * documents that are wrong or go beyond what is read. The W3C's tests are
 * tests/catalog_w3c_long.sh.
 */
#include "catalog/rdf.h"
#include "io/file.h"
#include "io/json.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#define A "<http://a.example/> "
#define D(name) "<http://d.example/" name "> "
#define XSD "http://www.w3.org/2001/XMLSchema#"
#define CONTEXT "{\"@context\":{\"d\":\"http://d.example/\",\"xsd\":\"" XSD "\"},"
#define NODE(inside) CONTEXT "\"@id\":\"http://a.example/\"," inside "}"

static void check_same(const char *document, const char *wanted)
{
	AUTO_GRAPH struct rdf_graph g = {0};
	AUTO_STR struct str got = {0};
	struct err err = {0};

	if (rdf_read(&g, "test", VIEW(document), RDF_JSONLD, "http://b.example/x/y?z#f", NULL,
		&err) < 0)
		fail_msg("%s", err.msg);
	rdf_index(&g);
	assert_int_equal(rdf_write(&g, RDF_NTRIPLES, &got, &err), 0);
	assert_string_equal(str_get(&got), wanted);
}

static void test_same(void **state)
{
	static const struct {
		const char *document, *wanted;
	} cases[] = {
	    {NODE("\"d:p\":\"t\",\"d:q\":{\"@id\":\"../a\"}"),
		A D("p") "\"t\" .\n" A D("q") "<http://b.example/a> .\n"},
	    {NODE("\"d:p\":[{\"@value\":\"t\",\"@language\":\"fr\"},true,null]"),
		A D("p") "\"t\"@fr .\n" A D("p") "\"true\"^^<" XSD "boolean> .\n"},
	    {NODE("\"d:p\":[-0.0,1.5]"),
		A D("p") "\"0\"^^<" XSD "integer> .\n" A D("p") "\"1.5E0\"^^<" XSD "double> .\n"},
	    {NODE("\"d:p\":1e20"), A D("p") "\"100000000000000000000\"^^<" XSD "integer> .\n"},
	    {NODE("\"d:p\":1e21"), A D("p") "\"1.0E21\"^^<" XSD "double> .\n"},
	    {NODE("\"d:p\":{\"@value\":2,\"@type\":\"xsd:double\"}"),
		A D("p") "\"2.0E0\"^^<" XSD "double> .\n"},
	    {"{\"@context\":{\"@language\":\"fr\",\"q\":{\"@id\":\"http://d.example/q\","
	     "\"@language\":\"en\"}},\"@id\":\"http://a.example/\",\"q\":\"t\"}",
		A D("q") "\"t\"@en .\n"},
	    {NODE("\"d:p\":{\"@list\":[\"t\"]}"),
		A D("p") "_:b1 .\n_:b1 <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> \"t\" .\n"
			 "_:b1 <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> "
			 "<http://www.w3.org/1999/02/22-rdf-syntax-ns#nil> .\n"},
	    {"{\"@context\":{\"@vocab\":\"http://d.example/\",\"id\":\"@id\",\"p\":{\"@type\":"
	     "\"@id\"},\"q\":{\"@language\":\"en\"},\"no\":null},\"id\":\"\",\"p\":\"#i\","
	     "\"no\":\"nothing\"}",
		"<http://b.example/x/y?z> " D("p") "<http://b.example/x/y?z#i> .\n"},
	    {"{\"@context\":{\"@base\":\"http://c.example/e#f\"},\"@id\":\"\","
	     "\"http://d.example/p\":{\"@id\":\"g\"}}",
		"<http://c.example/e> " D("p") "<http://c.example/g> .\n"},
	    {"[]", ""},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		check_same(cases[i].document, cases[i].wanted);
}

static void check_wrong(const char *text, enum err_code code, const char *message)
{
	static const struct rdf_limits limits = {.literal_bytes = 48, .quads = 4, .nesting = 2};
	AUTO_GRAPH struct rdf_graph g = {0};
	struct err err = {0};

	if (rdf_read(&g, "test", VIEW(text), RDF_JSONLD, NULL, &limits, &err) == 0)
		fail_msg("%s is accepted", text);
	if (err.code != code || strncmp(err.msg, message, strlen(message)) != 0)
		fail_msg("%s: %d %s", text, err.code, err.msg);
}

static void test_wrong(void **state)
{
	static const char *const beyond[] = {
	    "{\"@context\":\"https://c.example/c.jsonld\",\"@id\":\"http://a.example/\"}",
	    "{\"@context\":{\"p\":\"q\",\"q\":\"p\"},\"p\":1}",
	    "{\"@context\":{\"p\":{\"@container\":\"@index\",\"@id\":\"http://d.example/p\"}}}",
	    NODE("\"@reverse\":{}"),
	    NODE("\"d:p\":{\"@context\":{},\"@id\":\"http://a.example/\"}"),
	    NODE("\"d:p\":{\"@value\":\"x\",\"@type\":\"@json\"}"),
	    NODE("\"d:p\":{\"@value\":\"x\",\"@language\":\"f r\"}"),
	    NODE("\"d:p\":{\"@id\":\"http://a.example/b c\"}"),
	    NODE("\"d:p\":{\"@id\":\"relative\"}"),
	    NODE("\"d:p\":{\"@list\":[[1]]}"),
	    NODE("\"d:p\":[[[[[[1]]]]]]"),
	    NODE("\"_:p\":1"),
	    "{\"@id\":1}",
	    "[1]",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(beyond); i++)
		check_wrong(beyond[i], ERR_FORMAT, "test: node ");
	check_wrong(NODE("\"d:p\":[1,2,3,4,5]"), ERR_LIMIT, "test: node 1: ");
	check_wrong(NODE("\"d:p\":\"long long long long long long long long long long\""),
	    ERR_LIMIT, "test: node 1: ");
	check_wrong("{\"a\":1,\n\"a\":2}", ERR_FORMAT, "test: line 2, ");
	check_wrong("{\"a\":", ERR_FORMAT, "test: line 1, ");
	check_wrong("{\"a\":\"\xff\"}", ERR_FORMAT, "test: line 1, ");
}

/* Bytes that cannot be had, and more of them than are read: the name once, no place. */
static void test_bytes(void **state)
{
	static const unsigned char cut[] = {0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3};
	static const char *const ends[] = {".jsonld.gz", ".rdf.gz", ".nt.gz"};
	AUTO_STR struct str blanks = {0};

	(void)state;
	str_pad(&blanks, ' ', JSON_FILE_MAX + 1);
	for (size_t i = 0; i <= ARRAY_LEN(ends); i++) {
		const char *end = i < ARRAY_LEN(ends) ? ends[i] : ".jsonld";
		AUTO_FREE char *path = str_format("/tmp/hygie-jsonld-XXXXXX%s", end);
		int fd = mkstemps(path, (int)strlen(end));
		AUTO_FREE char *head = str_format("%s: ", path);
		AUTO_GRAPH struct rdf_graph g = {0};
		struct err err = {0};
		struct view bytes = i < ARRAY_LEN(ends)
		                        ? (struct view){(const char *)cut, sizeof(cut)}
		                        : str_view(&blanks);

		assert_int_equal(write(fd, bytes.ptr, bytes.len), (ssize_t)bytes.len);
		close(fd);
		assert_int_equal(rdf_read_file(&g, path, (enum rdf_syntax)rdf_syntax_of(path), NULL,
				     NULL, &err),
		    -1);
		unlink(path);
		assert_ptr_equal(strstr(err.msg, head), err.msg);
		assert_null(strstr(err.msg + 1, head));
		assert_null(strstr(err.msg, "line "));
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {cmocka_unit_test(test_same),
	    cmocka_unit_test(test_wrong), cmocka_unit_test(test_bytes)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
