/*
 * Reading and writing RDF: hand-made cases; what is written reads back as the
 * same graph in every syntax; the order of reading changes no byte; the files
 * of the shared folder; wrong documents with line and column.
 */
#include "catalog/rdf.h"
#include "io/file.h"
#include "shared_data.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static void read_text(struct rdf_graph *g, const char *text, enum rdf_syntax syntax)
{
	struct err err = {0};

	if (rdf_read(g, "test", VIEW(text), syntax, NULL, NULL, &err) < 0)
		fail_msg("%s", err.msg);
	rdf_index(g);
}

static void write_text(struct str *out, const struct rdf_graph *g, enum rdf_syntax syntax)
{
	struct err err = {0};

	str_reset(out);
	if (rdf_write(g, syntax, out, &err) < 0)
		fail_msg("%s", err.msg);
}

/* The statements behind the prefixes. */
static const char *body(const struct str *text)
{
	const char *at = str_get(text);

	while (strncmp(at, "@prefix", 7) == 0)
		at = strchr(at, '\n') + 1;
	return at;
}

static void test_turtle(void **state)
{
	AUTO_GRAPH struct rdf_graph g = {0};
	AUTO_STR struct str out = {0};

	(void)state;
	read_text(&g,
	    "@prefix dct: <http://purl.org/dc/terms/> . @prefix ex: <https://e.example/> .\n"
	    "@prefix dcat: <http://www.w3.org/ns/dcat#> .\n"
	    "ex:b dct:title \"z\"@en , \"a\\\"\\n\"@fr ; a dcat:Dataset ; dct:x 12 , true, 1.5 ;\n"
	    "  dct:contact [ dct:y <https://e.example/a%20b> ; dct:z [ ] ] .\n"
	    "ex:a dct:same _:s . ex:b dct:same _:s .\n",
	    RDF_TURTLE);
	write_text(&out, &g, RDF_TURTLE);
	assert_string_equal(body(&out),
	    "<https://e.example/a> dct:same _:b1 .\n"
	    "<https://e.example/b> a dcat:Dataset ;\n"
	    "\tdct:contact [ dct:y <https://e.example/a%20b> ;\n"
	    "\t\tdct:z [  ] ] ;\n"
	    "\tdct:same _:b1 ;\n"
	    "\tdct:title \"a\\\"\\n\"@fr , \"z\"@en ;\n"
	    "\tdct:x \"1.5\"^^xsd:decimal , \"12\"^^xsd:integer , true .\n");
	write_text(&out, &g, RDF_NTRIPLES);
	assert_non_null(
	    strstr(str_get(&out), " <http://purl.org/dc/terms/y> <https://e.example/a%20b> .\n"));
}

/* Turtle -> syntax -> graph -> N-Triples is N-Triples of the first. */
static void check_round(const char *text, enum rdf_syntax from)
{
	static const enum rdf_syntax through[] = {RDF_TURTLE, RDF_NTRIPLES, RDF_TRIG, RDF_JSONLD};
	AUTO_GRAPH struct rdf_graph g = {0};
	AUTO_STR struct str first = {0};

	read_text(&g, text, from);
	write_text(&first, &g, RDF_NTRIPLES);
	for (size_t i = from == RDF_TRIG ? 2 : 0; i < ARRAY_LEN(through); i++) {
		AUTO_GRAPH struct rdf_graph again = {0};
		AUTO_STR struct str there = {0}, back = {0}, twice = {0};

		write_text(&there, &g, through[i]);
		read_text(&again, str_get(&there), through[i]);
		write_text(&back, &again, RDF_NTRIPLES);
		assert_string_equal(str_get(&back), str_get(&first));
		write_text(&twice, &again, through[i]);
		assert_string_equal(str_get(&twice), str_get(&there));
	}
}

static void test_round(void **state)
{
	(void)state;
	check_round(
	    "<urn:x:a> <urn:x:p> _:a . _:a <urn:x:p> _:b . _:b <urn:x:p> _:a .", RDF_TURTLE);
	check_round("<urn:x:a> <urn:x:p> ( 1 2 ( 3 [] ) \"x\"@fr-FR ) .", RDF_TURTLE);
	check_round("[] <urn:x:p> [ <urn:x:p> [ <urn:x:q> \"1\" , \"2\" ] ] .", RDF_TURTLE);
	check_round("_:a <urn:x:p> _:a .", RDF_NTRIPLES);
	check_round("<urn:x:a> <urn:x:p> \"\\u0001\\u00E9\\U0001F600\\\\\" .", RDF_NTRIPLES);
	check_round("<urn:x:g> { <urn:x:a> <urn:x:p> _:x . } _:x <urn:x:q> <urn:x:a> .", RDF_TRIG);
	check_round("", RDF_TURTLE);
}

static void test_order(void **state)
{
	static const char *const lines[] = {"_:x <urn:p:1> _:y .", "_:y <urn:p:1> _:z .",
	    "_:z <urn:p:1> _:x .", "_:x <urn:p:2> \"a\" .", "_:y <urn:p:2> \"b\" .",
	    "<urn:a:1> <urn:p:3> _:z .", "<urn:a:2> <urn:p:3> _:z ."};
	AUTO_STR struct str first = {0};

	(void)state;
	for (size_t turn = 0; turn < ARRAY_LEN(lines); turn++) {
		AUTO_GRAPH struct rdf_graph g = {0};
		AUTO_STR struct str text = {0}, out = {0};

		for (size_t i = 0; i < ARRAY_LEN(lines); i++)
			str_addf(&text, "%s\n", lines[(i * 3 + turn) % ARRAY_LEN(lines)]);
		read_text(&g, str_get(&text), RDF_NTRIPLES);
		write_text(turn ? &out : &first, &g, RDF_TURTLE);
		if (turn)
			assert_string_equal(str_get(&out), str_get(&first));
	}
}

/* RFC 3986, section 5.4, and bases without a path; in each syntax the same. */
static void test_resolve(void **state)
{
	static const char rfc[] = "http://a/b/c/d;p?q";
	static const struct {
		const char *base, *reference, *wanted;
	} cases[] = {{rfc, "g:h", "g:h"}, {rfc, "g", "http://a/b/c/g"},
	    {rfc, "./g", "http://a/b/c/g"}, {rfc, "g/", "http://a/b/c/g/"},
	    {rfc, "/g", "http://a/g"}, {rfc, "//g", "http://g"},
	    {rfc, "?y", "http://a/b/c/d;p?y"}, {rfc, "g?y", "http://a/b/c/g?y"},
	    {rfc, "#s", "http://a/b/c/d;p?q#s"}, {rfc, "g#s", "http://a/b/c/g#s"},
	    {rfc, "g?y#s", "http://a/b/c/g?y#s"}, {rfc, ";x", "http://a/b/c/;x"},
	    {rfc, "g;x", "http://a/b/c/g;x"}, {rfc, "", rfc}, {rfc, ".", "http://a/b/c/"},
	    {rfc, "./", "http://a/b/c/"}, {rfc, "..", "http://a/b/"}, {rfc, "../", "http://a/b/"},
	    {rfc, "../g", "http://a/b/g"}, {rfc, "../..", "http://a/"},
	    {rfc, "../../g", "http://a/g"}, {rfc, "../../../g", "http://a/g"},
	    {rfc, "/./g", "http://a/g"}, {rfc, "/../g", "http://a/g"},
	    {rfc, "g.", "http://a/b/c/g."}, {rfc, "..g", "http://a/b/c/..g"},
	    {rfc, "./../g", "http://a/b/g"}, {rfc, "./g/.", "http://a/b/c/g/"},
	    {rfc, "g/./h", "http://a/b/c/g/h"}, {rfc, "g/../h", "http://a/b/c/h"},
	    {rfc, "g;x=1/./y", "http://a/b/c/g;x=1/y"}, {rfc, "g;x=1/../y", "http://a/b/c/y"},
	    {rfc, "g?y/../x", "http://a/b/c/g?y/../x"},
	    {rfc, "g#s/../x", "http://a/b/c/g#s/../x"}, {"http://a", "g", "http://a/g"},
	    {"http://a?x", "../g", "http://a/g"}, {"urn:a:b", "#s", "urn:a:b#s"}};
	static const struct {
		enum rdf_syntax syntax;
		const char *before, *behind;
	} syntaxes[] = {{RDF_TURTLE, "<urn:x:a> <urn:x:p> <", "> ."},
	    {RDF_JSONLD, "{\"@id\": \"urn:x:a\", \"urn:x:p\": {\"@id\": \"", "\"}}"},
	    {RDF_XML,
		"<r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:p='urn:x:'>"
		"<r:Description r:about='urn:x:a'><p:p r:resource='",
		"'/></r:Description></r:RDF>"}};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases) * ARRAY_LEN(syntaxes); i++) {
		const char *wanted = cases[i / ARRAY_LEN(syntaxes)].wanted;
		AUTO_GRAPH struct rdf_graph g = {0};
		AUTO_STR struct str text = {0};
		struct err err = {0};

		str_addf(&text, "%s%s%s", syntaxes[i % ARRAY_LEN(syntaxes)].before,
		    cases[i / ARRAY_LEN(syntaxes)].reference,
		    syntaxes[i % ARRAY_LEN(syntaxes)].behind);
		if (rdf_read(&g, "test", str_view(&text), syntaxes[i % ARRAY_LEN(syntaxes)].syntax,
			cases[i / ARRAY_LEN(syntaxes)].base, NULL, &err) < 0)
			fail_msg("%s: %s", str_get(&text), err.msg);
		if (!rdf_find_iri(&g, VIEW(wanted)))
			fail_msg("%s: not %s", str_get(&text), wanted);
	}
}

/* Blank nodes of documents and of copied graphs are never one by their names. */
static void test_apart(void **state)
{
	AUTO_GRAPH struct rdf_graph g = {0}, one = {0}, other = {0}, all = {0};

	(void)state;
	read_text(&g, "_:1x <https://e.example/p> 1 .", RDF_TURTLE);
	for (int i = 2; i <= 10; i++)
		read_text(&g, "", RDF_TURTLE);
	read_text(&g, "_:x <https://e.example/p> 2 .", RDF_TURTLE);
	assert_int_not_equal(g.quads.ptr[0].subject, g.quads.ptr[1].subject);
	read_text(&one, "_:x <https://e.example/p> 1 .", RDF_TURTLE);
	read_text(&other, "_:x <https://e.example/p> 2 .", RDF_TURTLE);
	rdf_copy(&all, &one);
	rdf_copy(&all, &other);
	rdf_index(&all);
	assert_int_equal(all.quads.len, 2);
	assert_int_not_equal(all.quads.ptr[0].subject, all.quads.ptr[1].subject);
}

static void test_wrong(void **state)
{
	static const struct {
		const char *text, *message;
		enum err_code code;
	} cases[] = {
	    {"<urn:a:b> <urn:a:c> .", "test: line 1, column ", ERR_FORMAT},
	    {"<urn:a:b> <urn:a:c> <urn:a:d> .\n<urn:a:b> <urn:a:c> \"x .\n",
		"test: line 2, column ", ERR_FORMAT},
	    {"<urn:a:b> <urn:a:c> \"x\" .\n\n<a b> <urn:a:c> 1 .", "test: line 3, column ",
		ERR_FORMAT},
	    {"<urn:a:b> <urn:a:c> 1 .\n<urn:a\\u0020b> <urn:a:c> 1 .", "test: line 2, column ",
		ERR_FORMAT},
	    {"<urn:a:b> <urn:a:c> 1 .\n<rel> <urn:a:c> 1 .", "test: line 2, column ", ERR_FORMAT},
	    {"<urn:a:b> <urn:a:c> 1 .\nno:where <urn:a:c> 1 .", "test: line 2, column ",
		ERR_FORMAT},
	    {"<urn:a:b> <urn:a:c> \"a\n\" .", "test: line 1, column ", ERR_FORMAT},
	    {"<urn:a:b> <urn:a:c> \"long long long long long long long long long long long\" .",
		"test: line 1, column ", ERR_LIMIT},
	    {"<urn:a:b> <urn:a:c> [<urn:a:c> [<urn:a:c> [<urn:a:c> [] ] ] ] .",
		"test: line 1, column ", ERR_LIMIT},
	    {"<urn:a:b> <urn:a:c> 1,2,3,4,5,6,7,8,9 .", "test: line 1, column ", ERR_LIMIT},
	    {"<urn:a:b> <urn:a:c> \"\xff\" .", "test: line 1, column ", ERR_FORMAT},
	};
	struct rdf_limits limits = {.literal_bytes = 48, .quads = 8, .nesting = 3};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		AUTO_GRAPH struct rdf_graph g = {0};
		struct err err = {0};

		if (rdf_read(&g, "test", VIEW(cases[i].text), RDF_TURTLE, NULL, &limits, &err) == 0)
			fail_msg("case %zu is accepted", i);
		if (err.code != cases[i].code ||
		    strncmp(err.msg, cases[i].message, strlen(cases[i].message)) != 0)
			fail_msg("case %zu: %d %s", i, err.code, err.msg);
	}
}

/* Brackets in texts, comments and IRIs do not count. */
static void test_brackets(void **state)
{
	AUTO_GRAPH struct rdf_graph g = {0};
	struct rdf_limits limits = {.nesting = 1};
	struct err err = {0};

	(void)state;
	assert_int_equal(rdf_read(&g, "test",
			     VIEW("# [[[[ ((( \n<urn:a:[[b> <urn:a:c> \"[[[\\\"[[\" , '((' , '' , "
				  "\"\"\"[[\"[[\"\"[\\\"\"\"\" , \"\" , [ <urn:a:c> 1 ] . "
				  "<urn:a:b> <urn:a:c> [ ] ."),
			     RDF_TURTLE, NULL, &limits, &err),
	    0);
	assert_int_equal(g.quads.len, 8);
}

static void test_shared(void **state)
{
	static const struct {
		const char *name;
		size_t quads;
	} files[] = {{"minimal-superset-nonpublic.ttl", 103}, {"dataset_health.ttl", 220},
	    {"healthDCATAP_RDF_template.ttl", 429}, {"ma3u-catalog.ttl", 9247}};
	char path[400];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(files); i++) {
		AUTO_GRAPH struct rdf_graph g = {0}, again = {0};
		AUTO_STR struct str first = {0}, back = {0}, turtle = {0};
		struct err err = {0};

		snprintf(path, sizeof(path), "data/catalog/%s", files[i].name);
		if (rdf_read_file(
			&g, shared_data(path), RDF_TURTLE, "https://base.example/", NULL, &err) < 0)
			fail_msg("%s", err.msg);
		rdf_index(&g);
		assert_int_equal(g.quads.len, files[i].quads);
		write_text(&first, &g, RDF_NTRIPLES);
		write_text(&turtle, &g, RDF_TURTLE);
		read_text(&again, str_get(&turtle), RDF_TURTLE);
		write_text(&back, &again, RDF_NTRIPLES);
		assert_string_equal(str_get(&back), str_get(&first));
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {cmocka_unit_test(test_turtle),
	    cmocka_unit_test(test_round), cmocka_unit_test(test_order),
	    cmocka_unit_test(test_apart),
	    cmocka_unit_test(test_resolve),
	    cmocka_unit_test(test_wrong), cmocka_unit_test(test_brackets),
	    cmocka_unit_test(test_shared)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
