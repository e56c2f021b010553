/* The label against sums made by hand, and what forms and scans are refused. */
#include "guard/quantum_report.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static void assert_near(double found, double expected)
{
	if (fabs(found - expected) > 1e-9)
		fail_msg("%.12f, not %.12f", found, expected);
}

static void open_label(struct quantum_label *q)
{
	struct err err = {0};

	if (quantum_open(q, &err) < 0)
		fail_msg("%s", err.msg);
}

/* The weights that init.sql has: 12 dimensions, 100.01 in all. */
static void weights_are_the_specification(void **state)
{
	AUTO_QUANTUM struct quantum_label q;
	double sum = 0, levels = 0;

	(void)state;
	open_label(&q);
	assert_int_equal(q.metrics.len, 15);
	assert_int_equal(q.maturity.len, 10);
	for (size_t i = 0; i < q.metrics.len; i++) {
		struct quantum_metric *m = &q.metrics.ptr[i];

		sum += m->dimension_weight * m->metric_weight / 100;
		levels += m->highest + 1;
		for (int k = 0; k <= m->highest; k++)
			assert_non_null(m->levels[k]);
		m->level = m->highest;
	}
	assert_near(sum, 100.01);
	assert_near(levels, 3 * 4 + 11 * 3 + 2);
	assert_near(quantum_score(&q), 100);
}

static void read_form(struct quantum_label *q, const char *text, const char *expected)
{
	AUTO_JSON json_t *form = NULL;
	struct err err = {0};
	int rc;

	assert_int_equal(json_parse(&form, "f", VIEW(text), &err), 0);
	rc = quantum_form_read(q, "f", form, &err);
	assert_int_equal(rc, expected ? -1 : 0);
	if (expected)
		assert_string_equal(err.msg, expected);
}

/* coverage_rate 1 of 3 (6.47) and metadata 2 of 2 (40 % of 8.46), by hand. */
static void points_are_summed(void **state)
{
	AUTO_QUANTUM struct quantum_label q;

	(void)state;
	open_label(&q);
	read_form(&q, "{\"metrics\": [{\"metric\": \"coverage_rate\", \"level\": 1}, "
		      "{\"metric\": \"metadata\", \"level\": 2}]}",
	    NULL);
	assert_near(quantum_score(&q), (6.47 / 3 + 0.4 * 8.46) / 1.0001);
	assert_int_equal(quantum_stars(24.99), 0);
	assert_int_equal(quantum_stars(25), 1);
	assert_int_equal(quantum_stars(44.99), 1);
	assert_int_equal(quantum_stars(59.99), 2);
	assert_int_equal(quantum_stars(79.99), 3);
	assert_int_equal(quantum_stars(80), 4);
	assert_int_equal(quantum_stars(90), 5);
}

static void forms_are_read_back(void **state)
{
	AUTO_QUANTUM struct quantum_label q, again;
	AUTO_STR struct str form = {0}, copy = {0};

	(void)state;
	open_label(&q);
	open_label(&again);
	q.metrics.ptr[3].level = 2;
	q.metrics.ptr[3].evidence = "a \"page\"";
	q.maturity.ptr[9].level = 5;
	q.dataset_iri = "urn:x:y";
	quantum_form_write(&q, &form);
	read_form(&again, str_get(&form), NULL);
	quantum_form_write(&again, &copy);
	assert_string_equal(str_get(&form), str_get(&copy));
}

static void bad_forms_are_refused(void **state)
{
	static const char *const cases[][2] = {
	    {"[]", "f: the form is no object"},
	    {"{\"metrix\": []}", "f: the form has a key that is not known"},
	    {"{\"metrics\": {}}", "f: metrics is no list"},
	    {"{\"metrics\": [3]}", "f: metrics[0] is no object"},
	    {"{\"metrics\": [{\"metric\": \"x\"}]}", "f: metrics[0].metric is not known"},
	    {"{\"metrics\": [{\"level\": 1}]}", "f: metrics[0].metric is not known"},
	    {"{\"metrics\": [{\"metric\": \"metadata\", \"level\": 3}]}",
		"f: metrics[0].level is none of 0 to 2"},
	    {"{\"metrics\": [{\"metric\": \"metadata\", \"level\": 1.5}]}",
		"f: metrics[0].level is none of 0 to 2"},
	    {"{\"metrics\": [{\"metric\": \"metadata\"}, {\"metric\": \"metadata\"}]}",
		"f: metrics[1].metric stands there twice"},
	    {"{\"metrics\": [{\"metric\": \"metadata\", \"evidence\": 1}]}",
		"f: metrics[0].evidence is no text"},
	    {"{\"maturity\": [{\"dimension\": \"model\", \"level\": 0}]}",
		"f: maturity[0].level is none of 1 to 5"},
	    {"{\"maturity\": [{\"dimension\": \"x\"}]}", "f: maturity[0].dimension is not known"},
	    {"{\"dataset\": {\"iri\": \"no iri\"}}", "f: dataset.iri is no IRI"},
	    {"{\"dataset\": {\"iri\": \"http://x/> . <\"}}", "f: dataset.iri is no IRI"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		AUTO_QUANTUM struct quantum_label q;

		open_label(&q);
		read_form(&q, cases[i][0], cases[i][1]);
	}
}

static int level_of(const struct quantum_label *q, const char *id)
{
	for (size_t i = 0; i < q->metrics.len; i++)
		if (strcmp(q->metrics.ptr[i].id, id) == 0)
			return q->metrics.ptr[i].level;
	return -2;
}

/* Two variables; one was judged by its type, the other's check did not apply. */
static void scans_prove_what_they_cover(void **state)
{
	static const char text[] =
	    "{\"tables\": [{\"id\": \"variables\", \"rows\": [{\"variable\": \"a\", \"cells\": 3}, "
	    "{\"variable\": \"b\", \"cells\": 3}]}, {\"id\": \"checks\", \"rows\": ["
	    "{\"check\": \"schema.type\", \"variable\": \"a\", \"status\": \"fail\"}, "
	    "{\"check\": \"schema.type\", \"variable\": \"b\", \"status\": \"not applicable\"}, "
	    "{\"check\": \"rule.row\", \"variable\": \"a+b\", \"status\": \"pass\"}]}]}";
	AUTO_QUANTUM struct quantum_label q;
	AUTO_JSON json_t *doc = NULL, *none = NULL;
	struct err err = {0};
	const char *name = "s";

	(void)state;
	open_label(&q);
	assert_int_equal(json_parse(&doc, "s", VIEW(text), &err), 0);
	assert_int_equal(quantum_scan_read(&q, (const json_t *const *)&doc, &name, 1, &err), 0);
	assert_int_equal(level_of(&q, "completeness"), 2);
	assert_int_equal(level_of(&q, "precision"), 2);
	assert_int_equal(level_of(&q, "validity"), 1);
	assert_int_equal(level_of(&q, "consistency"), 2);
	assert_int_equal(level_of(&q, "coherence"), QUANTUM_NO_LEVEL);
	assert_int_equal(level_of(&q, "accuracy"), QUANTUM_NO_LEVEL);
	/* a form may say more than the scan when it tells why, never less */
	read_form(&q, "{\"metrics\": [{\"metric\": \"validity\", \"level\": 2}, "
		      "{\"metric\": \"precision\", \"level\": 0, \"evidence\": \"x\"}]}",
	    NULL);
	assert_int_equal(level_of(&q, "validity"), 1);
	assert_int_equal(level_of(&q, "precision"), 2);
	read_form(&q, "{\"metrics\": [{\"metric\": \"validity\", \"level\": 2, "
		      "\"evidence\": \"report of the producer\"}]}",
	    NULL);
	assert_int_equal(level_of(&q, "validity"), 2);
	assert_int_equal(json_parse(&none, "s", VIEW("{}"), &err), 0);
	assert_int_equal(quantum_scan_read(&q, (const json_t *const *)&none, &name, 1, &err), -1);
	assert_string_equal(err.msg, "s: is no document of a scan");
}

static void pictures_are_plain(void **state)
{
	AUTO_QUANTUM struct quantum_label q;
	AUTO_STR struct str svg = {0};

	(void)state;
	open_label(&q);
	quantum_draw(&q, &svg);
	assert_true(report_svg_is_plain(str_get(&svg)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(weights_are_the_specification),
	    cmocka_unit_test(points_are_summed),
	    cmocka_unit_test(forms_are_read_back),
	    cmocka_unit_test(bad_forms_are_refused),
	    cmocka_unit_test(scans_prove_what_they_cover),
	    cmocka_unit_test(pictures_are_plain),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
