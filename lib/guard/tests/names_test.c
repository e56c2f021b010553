/* Which first rows are names of variables, and that no value of a person is told as a name. */
#include "guard/names.h"
#include "guard/report.h"

#include "io/file.h"

#include "folder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

static struct guard_missing missing;
static struct guard_knowledge knowledge;

static void assert_names(const char *text, enum guard_names expected)
{
	assert_int_equal(
	    guard_names_find(VIEW(text), true, ';', '"', &missing, &knowledge), expected);
}

static void names_need_evidence(void **state)
{
	(void)state;
	assert_names("id;age\n1;30\n", GUARD_NAMES_YES);
	assert_names("ville;pays\nParis;France\n", GUARD_NAMES_YES);
	assert_names("BEN_RES_DPT;XX_YY\nA;B\n", GUARD_NAMES_YES);
	assert_names("Ort;Land\nBerlin;DE\nBonn;DE\n", GUARD_NAMES_YES);
	assert_names("a;b\n1;2\n", GUARD_NAMES_YES);
	assert_names("Florence;Rose\n12;13\n", GUARD_NAMES_YES); /* over numbers */
	assert_names("nom;prenom\nMARTIN;Jean\nnom;prenom\nPETIT;Anne\n", GUARD_NAMES_YES);
	/* tables without a row: of the SNDS, of OMOP */
	assert_names("ETA_NUM;ALI_DEP;CON_DEP;REL_DEP;AGE_ANN\n", GUARD_NAMES_YES);
	assert_names("ancestor_concept_id;descendant_concept_id;min_levels_of_separation;"
		     "max_levels_of_separation\n",
	    GUARD_NAMES_YES);
	assert_names("1;2\n3;4\n", GUARD_NAMES_NOT);
	assert_names("a;2018-01-01\nb;2018-01-02\n", GUARD_NAMES_NOT);
	assert_names(";;a\n1;2;3\n", GUARD_NAMES_NOT);
}

static void a_person_is_no_name(void **state)
{
	static const char *const rows[] = {
	    "MARTIN;PARIS\n",
	    "MARTIN;PARIS\nPETIT;LYON\nDURAND;METZ\n",
	    "Martin;Jean\npetit;anne\n",
	    "martin;dupont\npetit;durand\n",
	    "Jean-Pierre;X_Y\nAnne;Z_Z\n",
	    "sexe;Monique\nF;Anne\n",
	    "marie_dupont\n",
	    "jean_dupont;anne_petit;x_y\n",
	    "jean_dupont;marie_durand;anne_petit;paul_martin\n",
	    "MARTIN;F;veuve\nPETIT;M;veuf\nX;F;veuve\n",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(rows); i++)
		assert_names(rows[i], GUARD_NAMES_DOUBT);
	assert_names("jean.martin@example.org;x_y\n1;2\n", GUARD_NAMES_NOT);
	assert_names("06 12 34 56 78;x_y\na;b\n", GUARD_NAMES_NOT);
	assert_names("255081416802538;x_y\na;b\n", GUARD_NAMES_NOT);
}

/* The whole way: no word of the first row stands in any face of the document. */
static void reports_have_no_value(void **state)
{
	static const char text[] = "ZERBINATI;Wolfgang;Quimper\nPETIT;Yves;Brest\n";
	static const char *const words[] = {
	    "ZERBINATI", "Wolfgang", "Quimper", "PETIT", "Yves", "Brest"};
	static struct progress progress;
	struct guard_csv_options o = {.threads = 1,
	    .memory_bytes = 1 << 24,
	    .row_max = 1 << 20,
	    .column_max = 100,
	    .progress = &progress};
	AUTO_GUARD_CSV struct guard_csv c = {0};
	AUTO_FINDINGS struct guard_findings findings = {0};
	AUTO_REPORT struct report *doc = NULL;
	AUTO_STR struct str out = {0};
	struct guard_risk risk = {0};
	struct err err = {0};

	(void)state;
	assert_int_equal(file_write("names.csv", VIEW(text), &err), 0);
	assert_int_equal(guard_csv_scan(&c, "names.csv", &o, &err), 0);
	guard_findings_make(&findings, &c, &knowledge);
	doc = guard_report(&c, &findings, &risk, "names.csv");
	report_to_json(doc, &out);
	report_to_csv(doc, &out);
	report_to_html(doc, &out);
	report_to_terminal(doc, 80, false, &out);
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		assert_null(strstr(str_get(&out), words[i]));
	assert_non_null(strstr(str_get(&out), "--header yes"));
}

static int start(void **state)
{
	struct err err = {0};

	(void)state;
	return guard_missing_load(&missing, &err) < 0 ||
	       guard_knowledge_load(&knowledge, &err) < 0;
}

static int stop(void **state)
{
	(void)state;
	guard_missing_clear(&missing);
	guard_knowledge_clear(&knowledge);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(names_need_evidence),
	    cmocka_unit_test(a_person_is_no_name),
	    cmocka_unit_test(reports_have_no_value),
	};

	int failed;

	if (!folder_enter())
		return 1;
	failed = cmocka_run_group_tests(tests, start, stop);
	return folder_leave() ? failed : 1;
}
