/*
 * Validation: the tables hold together; each kind of breach, hand-made; what a
 * level of access asks for; lexical forms; the published examples.
 */
#include "catalog/lexical.h"
#include "catalog/rdf.h"
#include "catalog/validate_report.h"
#include "shared_data.h"

#include <string.h>

static struct catalog_rules rules;

static int setup(void **state)
{
	struct err err = {0};

	(void)state;
	return catalog_rules_read(&rules, &err);
}

static int teardown(void **state)
{
	(void)state;
	catalog_rules_clear(&rules);
	return 0;
}

#define HEAD                                                                                       \
	"@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> . " \
	"@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . "                                      \
	"@prefix h: <http://healthdataportal.eu/ns/health#> . "                                    \
	"@prefix a: <http://publications.europa.eu/resource/authority/> . "                        \
	"<urn:x:d> a dcat:Dataset . "

static void read_graph(struct rdf_graph *g, const char *text)
{
	AUTO_FREE char *whole = str_format("%s%s", HEAD, text);
	struct err err = {0};

	if (rdf_read(g, "test", VIEW(whole), RDF_TURTLE, NULL, NULL, &err) < 0)
		fail_msg("%s", err.msg);
	rdf_index(g);
}

/* How often a property breaks with this code. */
static size_t count(const char *text, const char *property, const char *code)
{
	AUTO_GRAPH struct rdf_graph g = {0};
	AUTO_CATALOG_VERDICT struct catalog_verdict v = {0};
	size_t found = 0;

	read_graph(&g, text);
	catalog_validate(&v, &g, &rules, CATALOG_R8);
	for (size_t i = 0; i < v.findings.len; i++) {
		const struct catalog_finding *f = &v.findings.ptr[i];
		const char *name = f->rule == UINT32_MAX ? "" : rules.rules.ptr[f->rule].name;

		found += strcmp(f->code, code) == 0 && strcmp(name, property) == 0;
	}
	return found;
}

static void test_tables(void **state)
{
	(void)state;
	assert_true(rules.rules.len > 100);
	for (size_t i = 0; i < rules.rules.len; i++) {
		const struct catalog_rule *r = &rules.rules.ptr[i];

		assert_true(rdf_iri_is_valid(VIEW(r->property[0])));
		assert_true(*r->label[0] && *r->label[1] && *r->source);
		assert_true(!r->vocabulary || catalog_find_vocabulary(&rules, r->vocabulary));
		assert_true(!r->value || catalog_find_concept(&rules, VIEW(r->value)));
	}
	for (size_t i = 0; i < rules.concepts.len; i++) {
		const struct catalog_concept *c = &rules.concepts.ptr[i];

		assert_non_null(catalog_find_vocabulary(&rules, c->vocabulary));
		assert_true(rdf_iri_is_valid(VIEW(c->iri)) && *c->label[0] && *c->label[1]);
	}
	/* article 51(1) of Regulation (EU) 2025/327 has the letters (a) to (q) */
	size_t categories = 0;
	for (size_t i = 0; i < rules.concepts.len; i++)
		categories += strcmp(rules.concepts.ptr[i].vocabulary, "healthcategories") == 0;
	assert_int_equal(categories, 17);
}

static void test_breaches(void **state)
{
	static const struct {
		const char *text, *property, *code;
	} cases[] = {
	    {"", "dct:title", "missing"},
	    {"<urn:x:d> dct:title <urn:x:t> .", "dct:title", "not_literal"},
	    {"<urn:x:d> h:hasStructuredData \"true\" .", "healthdcatap:hasStructuredData",
		"not_boolean"},
	    {"<urn:x:d> h:hasStructuredData true .", "healthdcatap:hasVariables", "missing"},
	    {"<urn:x:d> h:numberOfRecords 5 .", "healthdcatap:numberOfRecords", "not_count"},
	    {"<urn:x:d> h:numberOfRecords \"-5\"^^xsd:nonNegativeInteger .",
		"healthdcatap:numberOfRecords", "not_count"},
	    {"<urn:x:d> h:healthCategory <urn:x:none> .", "healthdcatap:healthCategory",
		"unknown_term"},
	    {"<urn:x:d> dcat:theme "
	     "<http://publications.europa.eu/resource/authority/data-theme/TECH> .",
		"dcat:theme", "lacks_value"},
	    {"<urn:x:d> h:hdab <urn:x:a> , <urn:x:b> .", "healthdcatap:hdab", "too_many"},
	    {"<urn:x:d> dcat:contactPoint <urn:x:c> .", "dcat:contactPoint", "wrong_class"},
	    {"<urn:x:d> dct:issued \"2020-13-01\"^^xsd:date .", "dct:issued", "not_date"},
	    {"<urn:x:d> dcat:distribution \"x\" .", "dcat:distribution", "not_node"},
	    {"<urn:x:d> dct:publisher <urn:x:p> .", "cv:contactPoint", "missing"},
	    {"<urn:x:d> dcat:inSeries <urn:x:d> .", "", "cycle"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		if (count(cases[i].text, cases[i].property, cases[i].code) != 1)
			fail_msg("case %zu: %s %s", i, cases[i].property, cases[i].code);
}

/* Key words are mandatory from NON_PUBLIC on; without a level, the strictest counts. */
static void test_access(void **state)
{
#define LEVEL(x)                      \
	"<urn:x:d> dct:accessRights " \
	"<http://publications.europa.eu/resource/authority/access-right/" x "> ."
	(void)state;
	assert_int_equal(count("", "dcat:keyword", "missing"), 1);
	assert_int_equal(count(LEVEL("NON_PUBLIC"), "dcat:keyword", "missing"), 1);
	assert_int_equal(count(LEVEL("PUBLIC"), "dcat:keyword", "missing"), 0);
	assert_int_equal(count(LEVEL("PUBLIC"), "dcat:keyword", "advised"), 1);
	assert_int_equal(count(LEVEL("RESTRICTED"), "dcat:keyword", "missing"), 0);
	assert_int_equal(count(LEVEL("SECRET"), "dct:accessRights", "unknown_term"), 1);
}

static void test_lexical(void **state)
{
	static const struct {
		const char *text, *type;
		bool good;
	} cases[] = {{"P1Y2M3DT4H5M6.7S", "duration", true}, {"PT", "duration", false},
	    {"P1S", "duration", false}, {"PT1M1H", "duration", false}, {"-P1D", "duration", true},
	    {"1.", "decimal", true}, {".5", "decimal", true}, {"1e3", "decimal", false},
	    {"-0.1", "decimal", true}, {"007", "nonNegativeInteger", true},
	    {"+7", "nonNegativeInteger", true}, {"7.0", "nonNegativeInteger", false},
	    {"yes", "boolean", false}, {"1", "boolean", true}};
	static const struct {
		const char *text, *type;
		bool good;
	} days[] = {{"2020-02-29", "date", true}, {"2021-02-29", "date", false},
	    {"2020-02-28+01:00", "date", true}, {"2020-02", "gYearMonth", true},
	    {"2020", "gYear", true}, {"20", "gYear", false},
	    {"2020-01-01T10:00:00.5Z", "dateTime", true}, {"2020-01-01T10:00", "dateTime", false},
	    {"2020-01-01", "dateTime", false}};
	AUTO_GRAPH struct rdf_graph g = {0};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases) + ARRAY_LEN(days); i++) {
		bool day = i >= ARRAY_LEN(cases);
		const char *text = day ? days[i - ARRAY_LEN(cases)].text : cases[i].text;
		const char *name = day ? days[i - ARRAY_LEN(cases)].type : cases[i].type;
		bool good = day ? days[i - ARRAY_LEN(cases)].good : cases[i].good;
		AUTO_FREE char *iri = str_format("http://www.w3.org/2001/XMLSchema#%s", name);
		uint32_t id = rdf_literal(&g, VIEW(text), rdf_iri(&g, VIEW(iri)), VIEW_NONE);

		if ((day ? lexical_is_date(&g, id) : lexical_is(&g, id, name)) != good)
			fail_msg("%s as %s", text, name);
	}
}

/* The published example that keeps to all shapes; its words in French. */
static void test_shared(void **state)
{
	AUTO_GRAPH struct rdf_graph g = {0};
	AUTO_CATALOG_VERDICT struct catalog_verdict v = {0};
	AUTO_STR struct str words = {0};
	struct err err = {0};
	const char *path = shared_data("data/catalog/minimal-superset-nonpublic.ttl");

	(void)state;
	assert_int_equal(rdf_read_file(&g, path, RDF_TURTLE, NULL, NULL, &err), 0);
	rdf_index(&g);
	catalog_validate(&v, &g, &rules, CATALOG_R8 | CATALOG_R5 | CATALOG_HDH);
	assert_int_equal(v.counts[CATALOG_VIOLATION], 0);
	assert_int_equal(v.conforming, 1);
	catalog_finding_words(&words, &v.findings.ptr[0], &rules, 1);
	assert_non_null(strstr(str_get(&words), " : est recommandé"));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {cmocka_unit_test(test_tables),
	    cmocka_unit_test(test_breaches), cmocka_unit_test(test_access),
	    cmocka_unit_test(test_lexical), cmocka_unit_test(test_shared)};

	return cmocka_run_group_tests(tests, setup, teardown);
}
