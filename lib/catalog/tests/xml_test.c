/*
 * RDF/XML: a dataset as a portal has it, hand-made; other encodings; documents that are
 * wrong, or want to grow, or to look elsewhere. The W3C's tests are tests/catalog_w3c_long.sh.
 */
#include "catalog/rdf.h"
#include "io/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#define SPACES \
	"xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:d='http://d.example/' "
#define OPEN "<rdf:RDF " SPACES ">"
#define CLOSE "</rdf:RDF>"
#define NODE(inside) \
	OPEN "<rdf:Description rdf:about='http://a.example/'>" inside "</rdf:Description>" CLOSE

static char *triples(const struct rdf_graph *g)
{
	AUTO_STR struct str out = {0};
	struct err err = {0};

	assert_int_equal(rdf_write(g, RDF_NTRIPLES, &out, &err), 0);
	return mem_strdup(str_get(&out));
}

static void check_same(struct view document, const char *wanted)
{
	AUTO_GRAPH struct rdf_graph g = {0};
	AUTO_FREE char *got = NULL;
	struct err err = {0};

	if (rdf_read(&g, "test", document, RDF_XML, "http://b.example/x/y?z", NULL, &err) < 0)
		fail_msg("%s", err.msg);
	rdf_index(&g);
	got = triples(&g);
	assert_string_equal(got, wanted);
}

#define A "<http://a.example/> "
#define D(name) "<http://d.example/" name "> "
#define XSD "http://www.w3.org/2001/XMLSchema#"

static void test_same(void **state)
{
	static const struct {
		const char *document, *wanted;
	} cases[] = {
	    {NODE("<d:p>t&amp;<![CDATA[<]]></d:p>"), A D("p") "\"t&<\" .\n"},
	    {NODE("<d:p/><d:q rdf:resource='../a'/>"),
		A D("p") "\"\" .\n" A D("q") "<http://b.example/a> .\n"},
	    {NODE("<d:p xml:lang='fr'>t</d:p><d:p xml:lang=''>u</d:p>"),
		A D("p") "\"t\"@fr .\n" A D("p") "\"u\" .\n"},
	    {NODE("<d:p rdf:datatype='" XSD "int'> 1 </d:p>"),
		A D("p") "\" 1 \"^^<" XSD "int> .\n"},
	    {NODE("<d:p>\n <rdf:Description rdf:about='#i'/>\n</d:p>"),
		A D("p") "<http://b.example/x/y?z#i> .\n"},
	    {NODE("<d:p rdf:parseType='Resource'><d:q>1</d:q></d:p>"),
		A D("p") "_:b1 .\n_:b1 " D("q") "\"1\" .\n"},
	    {NODE("<d:p d:q='1'/>"), A D("p") "_:b1 .\n_:b1 " D("q") "\"1\" .\n"},
	    {NODE("<d:p rdf:parseType='Literal'><d:b z='1' a='&lt;'/>&gt;</d:p>"),
		A D("p") "\"<d:b xmlns:d=\\\"http://d.example/\\\" a=\\\"&lt;\\\" z=\\\"1\\\">"
			 "</d:b>&gt;\"^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#"
			 "XMLLiteral> .\n"},
	    {"<!DOCTYPE x [<!ENTITY e 'http://e.example/'>]>" NODE("<d:p rdf:resource='&e;f'/>"),
		A D("p") "<http://e.example/f> .\n"},
	    {"<!DOCTYPE x SYSTEM 'http://127.0.0.1:1/never-fetched'>" NODE("<d:p>1</d:p>"),
		A D("p") "\"1\" .\n"},
	    {"<!DOCTYPE x SYSTEM 'x.dtd' [<!ENTITY e 'http://e.example/'>]>" NODE(
		 "<d:p rdf:resource='&e;?a&amp;b&#99;'/>"),
		A D("p") "<http://e.example/?a&bc> .\n"},
	    {"<?xml version='1.0' encoding='iso-8859-1'?>" NODE("<d:p>\xe9</d:p>"),
		A D("p") "\"\xc3\xa9\" .\n"},
	    {"<d:C " SPACES "rdf:about='http://a.example/'/>",
		A "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://d.example/C> .\n"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		check_same(VIEW(cases[i].document), cases[i].wanted);
}

static void test_utf16(void **state)
{
	const char *text = NODE("<d:p>1</d:p>");
	AUTO_STR struct str wide = {0};

	(void)state;
	str_add(&wide, (struct view){"\xff\xfe", 2});
	for (const char *c = text; *c; c++) {
		str_addc(&wide, *c);
		str_addc(&wide, '\0');
	}
	check_same(str_view(&wide), A D("p") "\"1\" .\n");
}

static void test_wrong(void **state)
{
	static const struct {
		const char *text, *message;
		enum err_code code;
	} cases[] = {
	    {"", "test: line 1, column 1: no element found", ERR_FORMAT},
	    {"<html><p></html>", "test: line 1, column 1: a name without a namespace", ERR_FORMAT},
	    {OPEN "\n<d:C>", "test: line 2, column 6: ", ERR_FORMAT},
	    {OPEN "\n  text" CLOSE, "test: line 2, column 1: text where none", ERR_FORMAT},
	    {NODE("<d:p rdf:resource='http://a.example/b c'/>"), "test: line 1", ERR_FORMAT},
	    {NODE("<d:p rdf:about='x'/>"), "test: line 1", ERR_FORMAT},
	    {NODE("<d:p x='x'/>"), "test: line 1", ERR_FORMAT},
	    {NODE("<d:p xml:lang='f r'>x</d:p>"), "test: line 1", ERR_FORMAT},
	    {NODE("<d:p><d:C/><d:C/></d:p>"), "test: line 1", ERR_FORMAT},
	    {NODE("<d:p>x<d:C/></d:p>"), "test: line 1", ERR_FORMAT},
	    {NODE("<d:p><d:C/>x</d:p>"), "test: line 1", ERR_FORMAT},
	    {NODE("<d:p rdf:datatype='" XSD "int'><d:C/></d:p>"), "test: line 1", ERR_FORMAT},
	    {NODE("<d:p rdf:resource='x' rdf:nodeID='y'/>"), "test: line 1", ERR_FORMAT},
	    {NODE("<d:p rdf:parseType='Resource' d:q=''/>"), "test: line 1", ERR_FORMAT},
	    {NODE("<d:p>&nbsp;</d:p>"), "test: line 1", ERR_FORMAT},
	    {NODE("<d:p>\xff</d:p>"), "test: line 1", ERR_FORMAT},
	    {NODE("<d:p rdf:ID='x'/><d:p rdf:ID='x'/>"), "test: line 1", ERR_FORMAT},
	    {NODE("<d:p>long long long long long long long long long long long</d:p>"),
		"test: line 1", ERR_LIMIT},
	    {NODE("<d:p rdf:resource='http://long.example/long-long-long-long-long-long-long'/>"),
		"test: line 1", ERR_LIMIT},
	    {NODE("<d:p rdf:parseType='Literal'><a><a><a><a><a><a><a/></a></a></a></a></a></a>"
		  "</d:p>"),
		"test: line 1", ERR_LIMIT},
	    {NODE("<d:p><d:C><d:p><d:C><d:p><d:C/></d:p></d:C></d:p></d:C></d:p>"), "test: line 1",
		ERR_LIMIT},
	    {NODE("<d:p/><d:q/><d:r/><d:s/><d:t/><d:u/>"), "test: line 1", ERR_LIMIT},
	    /* what is elsewhere, what grows */
	    {"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/hostname'>]>" NODE("<d:p>&e;</d:p>"),
		"test: line 1", ERR_FORMAT},
	    {"<!DOCTYPE x [<!ENTITY % e SYSTEM 'http://127.0.0.1:1/'> %e;]>" NODE("<d:p/>"),
		"test: line 1", ERR_FORMAT},
	    {"<!DOCTYPE x SYSTEM 'x.dtd'>" NODE("<d:p>&e;</d:p>"), "test: line 1", ERR_FORMAT},
	    {"<!DOCTYPE x SYSTEM 'x.dtd'>" NODE("<d:p rdf:resource='&e;x'/>"), "test: line 1",
		ERR_FORMAT},
	    {"<!DOCTYPE x [<!ENTITY e '<d:p/>'>]>" NODE("&e;"), "test: line 1", ERR_FORMAT},
	    {"<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]>" NODE("<d:p>&b;</d:p>"),
		"test: line 1", ERR_FORMAT},
	    {"<!DOCTYPE x [<!ATTLIST d:C d:p CDATA 'much'>]>" NODE("<d:p/>"), "test: line 1",
		ERR_FORMAT},
	};
	struct rdf_limits limits = {.literal_bytes = 52, .quads = 5, .nesting = 3};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		AUTO_GRAPH struct rdf_graph g = {0};
		struct err err = {0};

		if (rdf_read(&g, "test", VIEW(cases[i].text), RDF_XML, "http://b.example/", &limits,
			&err) == 0)
			fail_msg("case %zu is accepted", i);
		if (err.code != cases[i].code ||
		    strncmp(err.msg, cases[i].message, strlen(cases[i].message)) != 0)
			fail_msg("case %zu: %d %s", i, err.code, err.msg);
	}
}

/* Entities that would make 64 MB out of 1 MB; a comment that never ends. */
static void test_growth(void **state)
{
	AUTO_STR struct str text = {0};
	struct rdf_limits limits = {.literal_bytes = 1 << 30};

	(void)state;
	for (int turn = 0; turn < 2; turn++) {
		AUTO_GRAPH struct rdf_graph g = {0};
		struct err err = {0};

		str_reset(&text);
		if (turn) {
			str_addz(&text, OPEN "<!--");
			limits.literal_bytes = 1 << 16;
		} else {
			str_addf(&text, "<!DOCTYPE x [<!ENTITY e '%0256d'>]>" OPEN "<d:C><d:p>", 1);
		}
		for (int i = 0; i < 250000; i++)
			str_addz(&text, turn ? "word" : "&e;");
		str_addz(&text, turn ? "-->" CLOSE : "</d:p></d:C>" CLOSE);
		assert_int_equal(
		    rdf_read(&g, "test", str_view(&text), RDF_XML, NULL, &limits, &err), -1);
		assert_int_equal(err.code, turn ? ERR_LIMIT : ERR_FORMAT);
		assert_true(g.quads.len <= 1);
	}
}

/* As a stream, in pieces that cut tags, the same as at once. */
static void test_file(void **state)
{
	AUTO_GRAPH struct rdf_graph g = {0}, again = {0};
	AUTO_STR struct str text = {0};
	AUTO_FREE char *one = NULL, *two = NULL;
	char path[] = "/tmp/hygie-xml-XXXXXX.rdf";
	struct err err = {0};
	int fd = mkstemps(path, 4);

	(void)state;
	str_addz(&text, OPEN);
	for (int i = 0; i < 3000; i++)
		str_addf(&text, "<d:C rdf:about='http://a.example/%d'><d:p>%d</d:p></d:C>\n", i, i);
	str_addz(&text, CLOSE);
	assert_int_equal(write(fd, str_get(&text), text.len), (ssize_t)text.len);
	close(fd);
	assert_int_equal(rdf_syntax_of(path), RDF_XML);
	assert_int_equal(rdf_read_file(&g, path, RDF_XML, NULL, NULL, &err), 0);
	assert_int_equal(
	    rdf_read(&again, "test", str_view(&text), RDF_XML, NULL, NULL, &err), 0);
	unlink(path);
	rdf_index(&g);
	rdf_index(&again);
	one = triples(&g);
	two = triples(&again);
	assert_int_equal(g.quads.len, 6000);
	assert_string_equal(one, two);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {cmocka_unit_test(test_same),
	    cmocka_unit_test(test_utf16), cmocka_unit_test(test_wrong),
	    cmocka_unit_test(test_growth), cmocka_unit_test(test_file)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
