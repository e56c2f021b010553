#include "snds/schema_build.h"

#include "io/file.h"
#include "support.h"

#include "shared_data.h"

#include <stdio.h>

static struct snds_schema *builtin(void)
{
	struct snds_schema *s = NULL;
	struct err err = {0};

	if (snds_schema_builtin(&s, &err) < 0)
		fail_msg("%s", err.msg);
	return s;
}

/* The official folder; the test is skipped without it. */
static struct snds_schema *official(void)
{
	const char *folder = shared_data("data/snds");
	struct snds_schema *s = NULL;
	struct err err = {0};

	if (snds_schema_folder(&s, folder, &err) < 0)
		fail_msg("%s", err.msg);
	return s;
}

static void loads_the_tables_that_studies_use(void **state)
{
	AUTO_SNDS_SCHEMA struct snds_schema *s = builtin();
	const struct snds_schema_table *prs = snds_schema_table(s, VIEW_LIT("er_prs_f"));
	const struct snds_schema_column *sex;

	(void)state;
	assert_int_equal(s->tables.len, 72);
	assert_non_null(prs);
	/* The reference: 122 columns, a key of 9. */
	assert_int_equal(prs->count, 122);
	assert_int_equal(prs->key.len, 9);
	sex = snds_schema_column(s, prs, VIEW_LIT("BEN_SEX_COD"));
	assert_non_null(sex);
	assert_string_equal(sex->nomenclature, "IR_SEX_V");
	assert_int_equal(sex->length, 1);
	assert_null(snds_schema_column(s, prs, VIEW_LIT("ETA_NUM")));
	assert_null(snds_schema_table(s, VIEW_LIT("ER_XXX_F")));
}

static void labels_are_short_and_in_two_languages(void **state)
{
	AUTO_SNDS_SCHEMA struct snds_schema *s = builtin();

	(void)state;
	for (size_t i = 0; i < s->tables.len; i++) {
		for (int lang = 0; lang < SNDS_LANGS; lang++) {
			const char *label = s->tables.ptr[i].label.text[lang];

			assert_true(*label != '\0');
			assert_true(strlen(label) <= 80); /* bytes: 60 characters */
		}
	}
	for (size_t i = 0; i < s->columns.len; i++) {
		const struct snds_label *l = &s->columns.ptr[i].label;

		assert_int_equal(*l->text[SNDS_FR] == '\0', *l->text[SNDS_EN] == '\0');
		if (s->columns.ptr[i].key)
			assert_true(*l->text[SNDS_FR] != '\0');
	}
}

/* Nothing that links tables has two types, and a code list stands behind its name. */
static void linked_columns_agree(void **state)
{
	AUTO_SNDS_SCHEMA struct snds_schema *s = builtin();

	(void)state;
	assert_true(s->links.len > 70);
	for (size_t i = 0; i < s->links.len; i++) {
		const struct snds_link *l = &s->links.ptr[i];

		for (size_t k = 0; k < l->count; k++) {
			const struct snds_schema_column *a = &s->columns.ptr[l->from[k]];
			const struct snds_schema_column *b = &s->columns.ptr[l->to[k]];

			assert_int_equal(a->type, b->type);
			assert_int_equal(a->length, b->length);
		}
	}
	for (size_t i = 0; i < s->nomenclatures.len; i++)
		assert_true(s->nomenclatures.ptr[i].codes.len > 1);
}

static void finds_yearly_tables_by_their_files(void **state)
{
	AUTO_SNDS_SCHEMA struct snds_schema *s = builtin();
	static const struct {
		const char *file, *table; /* NULL: none */
		int year;
	} cases[] = {
	    {"T_MCO18B", "T_MCOaaB", 2018},
	    {"t_mco07um", "T_MCOaaUM", 2007},
	    {"T_MCOaaB", "T_MCOaaB", 0},
	    {"T_RIP20R3AD", "T_RIPaaR3AD", 2020},
	    {"CT_IDE_2018_G8", "CT_IDE_AAAA_GN", 2018},
	    {"CT_IDE_2018_G12", "CT_IDE_AAAA_GN", 2018},
	    {"ER_PRS_F", "ER_PRS_F", 0},
	    {"T_MCO8B", NULL, 0},
	    {"T_MCO188B", NULL, 0},
	    {"T_MCO18", NULL, 0},
	    {"T_MCO18BX", NULL, 0},
	    {"CT_IDE_2018_G", NULL, 0},
	    {"", NULL, 0},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		int year = -1;
		const struct snds_schema_table *t =
		    snds_schema_match(s, VIEW(cases[i].file), &year);

		assert_int_equal(t != NULL, cases[i].table != NULL);
		if (t)
			assert_string_equal(t->name, cases[i].table);
		assert_int_equal(year, cases[i].year);
	}
}

static void names_the_sibling_of_a_year(void **state)
{
	static const struct {
		const char *pattern, *own, *file, *wanted;
	} cases[] = {
	    {"T_MCOaaB", "T_MCOaaC", "T_MCO18C", "T_MCO18B"},
	    {"CT_IDE_AAAA_GN", "CT_IND_AAAA_GN", "CT_IND_2018_G12", "CT_IDE_2018_G12"},
	    {"IR_BEN_R", "T_MCOaaC", "T_MCO18C", "IR_BEN_R"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		AUTO_STR struct str out = {0};

		snds_schema_sibling(&out, cases[i].pattern, cases[i].own, cases[i].file);
		assert_string_equal(str_get(&out), cases[i].wanted);
	}
}

static void knows_years_of_existence(void **state)
{
	const struct snds_life_span span = {2008, 2015, 2012, 2013};
	const struct snds_life_span always = {0};

	(void)state;
	assert_false(snds_life_span_has(&span, 2007));
	assert_true(snds_life_span_has(&span, 2008));
	assert_false(snds_life_span_has(&span, 2012));
	assert_true(snds_life_span_has(&span, 2014));
	assert_true(snds_life_span_has(&span, 2015));
	assert_false(snds_life_span_has(&span, 2016));
	assert_true(snds_life_span_has(&span, 0));
	assert_true(snds_life_span_has(&always, 1999));
}

/* The figures of the reference: 191 tables, 4,853 columns; 430 linked pairs, 55 disagree. */
static void reads_the_official_folder(void **state)
{
	AUTO_SNDS_SCHEMA struct snds_schema *s = official();
	struct snds_nomenclature *sex = snds_schema_nomenclature(s, VIEW_LIT("IR_SEX_V"));
	struct err err = {0};

	(void)state;
	assert_int_equal(s->tables.len, 191);
	assert_int_equal(s->columns.len, 4853);
	assert_int_equal(s->key_pairs, 430);
	assert_int_equal(s->mixed_pairs, 55);
	assert_int_equal(s->nomenclatures.len, 175);
	assert_non_null(sex);
	assert_int_equal(snds_nomenclature_load(s, sex, &err), 0);
	assert_int_equal(sex->codes.len, 4);
}

/* What travels in the program is what the official schema says. */
static void builtin_agrees_with_the_official_folder(void **state)
{
	AUTO_SNDS_SCHEMA struct snds_schema *theirs = official();
	AUTO_SNDS_SCHEMA struct snds_schema *ours = builtin();

	(void)state;
	for (size_t i = 0; i < ours->tables.len; i++) {
		const struct snds_schema_table *a = &ours->tables.ptr[i];
		const struct snds_schema_table *b = snds_schema_table(theirs, VIEW(a->name));

		assert_non_null(b);
		assert_int_equal(a->count, b->count);
		assert_int_equal(a->key.len, b->key.len);
		for (size_t c = 0; c < a->count; c++) {
			const struct snds_schema_column *x = &ours->columns.ptr[a->first + c];
			const struct snds_schema_column *y = &theirs->columns.ptr[b->first + c];

			assert_string_equal(x->name, y->name);
			assert_int_equal(x->declared, y->declared);
			assert_int_equal(x->type, y->type);
			assert_int_equal(x->key, y->key);
			assert_string_equal(x->nomenclature, y->nomenclature);
			assert_memory_equal(&x->years, &y->years, sizeof(x->years));
		}
	}
	for (size_t i = 0; i < ours->nomenclatures.len; i++) {
		const struct snds_nomenclature *a = &ours->nomenclatures.ptr[i];
		struct snds_nomenclature *b = snds_schema_nomenclature(theirs, VIEW(a->name));
		struct err err = {0};

		assert_non_null(b);
		assert_int_equal(snds_nomenclature_load(theirs, b, &err), 0);
		assert_int_equal(a->codes.len, b->codes.len);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(loads_the_tables_that_studies_use),
	    cmocka_unit_test(labels_are_short_and_in_two_languages),
	    cmocka_unit_test(linked_columns_agree),
	    cmocka_unit_test(finds_yearly_tables_by_their_files),
	    cmocka_unit_test(names_the_sibling_of_a_year),
	    cmocka_unit_test(knows_years_of_existence),
	    cmocka_unit_test(reads_the_official_folder),
	    cmocka_unit_test(builtin_agrees_with_the_official_folder),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
