/*
 * Identifiers are planted and found, clean twins are not taken for them. All
 * are made here from a seed, under headers that say what they hold, that say
 * little, and that say nothing.
 */
#include "guard/evidence.h"
#include "guard/header.h"

#include "io/file.h"
#include "planted.h"

#include "folder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

enum { ROWS = 300,
	SEEDS = 20 };

static struct guard_knowledge knowledge;
static struct guard_missing missing;
static struct progress progress;

enum headers { CLEAR,
	VAGUE,
	MEANINGLESS };

static void add_header(struct str *s, const struct planted *p, enum headers headers, size_t at)
{
	if (headers == MEANINGLESS)
		str_addf(s, "x%zu", at);
	else
		str_addz(s, headers == CLEAR ? p->clear : p->vague);
}

static void write_columns(const struct planted *p, size_t count, enum headers headers,
    uint64_t seed)
{
	AUTO_STR struct str text = {0};
	struct err err = {0};

	for (size_t i = 0; i < count; i++) {
		str_addz(&text, i ? "|" : "");
		add_header(&text, &p[i], headers, i);
	}
	str_addc(&text, '\n');
	for (size_t row = 0; row < ROWS; row++)
		for (size_t i = 0; i < count; i++) {
			struct rng r = rng_at(seed, i, row);

			p[i].make(&text, &r);
			str_addc(&text, i + 1 < count ? '|' : '\n');
		}
	assert_int_equal(file_write("planted.csv", str_view(&text), &err), 0);
}

static void find(struct guard_csv *c, struct guard_findings *f)
{
	struct guard_csv_options o = {
	    .threads = 1,
	    .memory_bytes = 1 << 28,
	    .row_max = 1 << 24,
	    .column_max = 100,
	    .progress = &progress,
	};
	struct err err = {0};

	if (guard_csv_scan(c, "planted.csv", &o, &err) < 0)
		fail_msg("%s", err.msg);
	guard_findings_make(f, c, &knowledge);
}

static void check_planted(const struct planted *p, const struct guard_evidence *e,
    enum headers headers, uint64_t seed)
{
	int kind = guard_kind_find(&knowledge, VIEW(p->kind));
	enum guard_class class = knowledge.kinds.ptr[kind].class;

	if (headers != CLEAR && !p->is_strong)
		return;
	if (!e->kind || e->class != class)
		fail_msg("seed %d, headers %d: %s is %s", (int)seed, headers, p->clear,
		    e->kind ? e->kind->id : "nothing");
	if (headers == CLEAR && strcmp(e->kind->id, p->kind) != 0)
		fail_msg("seed %d: %s is %s", (int)seed, p->clear, e->kind->id);
}

static void what_is_planted_is_found(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= SEEDS; seed++)
		for (int headers = CLEAR; headers <= MEANINGLESS; headers++) {
			AUTO_GUARD_CSV struct guard_csv c = {0};
			AUTO_FINDINGS struct guard_findings f = {0};

			write_columns(planted, ARRAY_LEN(planted), (enum headers)headers, seed);
			find(&c, &f);
			assert_int_equal(f.columns.len, ARRAY_LEN(planted));
			for (size_t i = 0; i < ARRAY_LEN(planted); i++)
				check_planted(&planted[i], &f.columns.ptr[i],
				    (enum headers)headers, seed);
			assert_true(guard_has_direct(&f));
		}
}

static void clean_twins_stay_clean(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= SEEDS; seed++)
		for (int headers = CLEAR; headers <= MEANINGLESS; headers += MEANINGLESS) {
			AUTO_GUARD_CSV struct guard_csv c = {0};
			AUTO_FINDINGS struct guard_findings f = {0};

			write_columns(clean, ARRAY_LEN(clean), (enum headers)headers, seed);
			find(&c, &f);
			assert_int_equal(f.columns.len, ARRAY_LEN(clean));
			for (size_t i = 0; i < ARRAY_LEN(clean); i++)
				if (f.columns.ptr[i].kind &&
				    f.columns.ptr[i].class == GUARD_CLASS_DIRECT)
					fail_msg("seed %d, headers %d: %s is %s: %s", (int)seed,
					    headers, clean[i].clear, f.columns.ptr[i].kind->id,
					    f.columns.ptr[i].reason);
			assert_false(guard_has_direct(&f));
		}
}

/* In a column of other numbers, in comments: one is enough, and its row is told. */
static void one_nir_is_found(void **state)
{
	static const char *const kinds[] = {"text_identity", "nir"};
	struct rng r = rng_at(7, 0, 0);
	struct err err = {0};

	(void)state;
	for (int column = 0; column < 2; column++) {
		AUTO_STR struct str text = {0};
		AUTO_GUARD_CSV struct guard_csv c = {0};
		AUTO_FINDINGS struct guard_findings f = {0};

		str_addz(&text, "x0|x1\n");
		for (int row = 1; row <= 20000; row++) {
			plain_text(&text, &r);
			if (row == 12345 && column == 0) {
				str_addc(&text, ' ');
				add_nir(&text, &r);
			}
			str_addc(&text, '|');
			if (row == 12345 && column == 1)
				add_nir(&text, &r);
			else
				digits8(&text, &r);
			str_addc(&text, '\n');
		}
		assert_int_equal(file_write("planted.csv", str_view(&text), &err), 0);
		find(&c, &f);
		assert_non_null(f.columns.ptr[column].kind);
		assert_string_equal(f.columns.ptr[column].kind->id, kinds[column]);
		assert_int_equal(f.columns.ptr[column].matches.count, 1);
		assert_int_equal(f.columns.ptr[column].matches.first[0], 12345);
	}
}

static void headers_tell_kinds(void **state)
{
	static const struct {
		const char *name, *kind;
	} cases[] = {
	    {"NIR", "nir"},
	    {"Num\xc3\xa9ro de s\xc3\xa9"
	     "curit\xc3\xa9 sociale",
		"nir"},
	    {"dateDeNaissance", "birth_date"},
	    {"DATENAISSANCE", "birth_date"},
	    {"nom", "surname"},
	    {"NOM2", "surname"},
	    {"nom_mere", "surname"},
	    {"nom_protocole", NULL},
	    {"nom_commune", "commune"},
	    {"nom_etablissement", "thing"},
	    {"concept_name", "thing"},
	    {"BEN_NIR_PSA", "pseudonym"},
	    /* of the SNDS: no numbers of persons */
	    {"IDE_INS_COM", "thing"},
	    {"EXE_INS_DPT", "thing"},
	    {"BEN_DTE_INS", NULL},
	    {"IPP_ANN_NAI", "birth_date"},
	    {"IPP_SEX_COD", "sex"},
	    {"RAT_IPP_TAU", NULL},
	    {"IPP_IRR_CRY", "pseudonym"},
	    {"BEN_NIR_IDT", "pseudonym"},
	    {"BEN_CDI_NIR", "thing"},
	    {"NIR_RET", "thing"},
	    {"GRE_RPPS_VER", NULL},
	    {"date_ins", NULL},
	    {"NIR_cle", "nir"},
	    {"ipp_mere", "ipp"},
	    {"adresse_mail", "email"},
	    {"CIM10", "diagnosis"},
	    {"code_postal", "postcode"},
	    {"nombre", NULL},
	    {"tension", NULL},
	    {"", NULL},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		int kind = guard_header_kind(&knowledge, VIEW(cases[i].name));
		const char *id =
		    kind == GUARD_NO_KIND ? "nothing" : knowledge.kinds.ptr[kind].id;

		if (strcmp(id, cases[i].kind ? cases[i].kind : "nothing") != 0)
			fail_msg("'%s' is %s", cases[i].name, id);
	}
}

/* Binomial tails: the sum over all counts, in Python. */
static void chance_is_bounded(void **state)
{
	static const struct {
		uint64_t m, n;
		double p, exact;
	} cases[] = {
	    {1, 1, 0.00025, 0.00025},
	    {3, 1000, 0.00025, 2.158e-3},
	    {10, 10, 0.1, 1e-10},
	    {5, 300, 0.01, 0.1840},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		double chance = guard_chance(cases[i].m, cases[i].n, cases[i].p);

		assert_true(chance >= cases[i].exact * 0.99 && chance <= 1);
	}
	assert_true(guard_chance(3, 1000, 0.00025) < 2.3e-3);
	assert_true(guard_chance(UINT64_C(4000000000), UINT64_C(8000000000), 0.1) < 1e-12);
}

/* What data/detectors.csv says of random numbers, tried with a million of each length. */
static void random_rates_hold(void **state)
{
	static const struct {
		enum guard_detector detector;
		void (*make)(struct str *s, struct rng *r);
	} cases[] = {
	    {GUARD_NIR, digits15},
	    {GUARD_NIR_ODD, digits15},
	    {GUARD_NIR_SHORT, digits13},
	    {GUARD_PHONE, digits10},
	    {GUARD_RPPS, digits11},
	    {GUARD_SIRET, digits14},
	    {GUARD_SIREN, digits9},
	    {GUARD_FINESS, digits9},
	    {GUARD_ADELI, digits9},
	    {GUARD_IBAN, like_iban},
	};
	const double draws = 1e6;

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		struct rng r = rng_at(11, i, 0);
		AUTO_STR struct str text = {0};
		double hits = 0, declared = 0;

		for (double n = 0; n < draws; n++) {
			struct guard_cell c;

			str_reset(&text);
			cases[i].make(&text, &r);
			guard_cell_read(&c, str_view(&text), &missing);
			hits += (double)(guard_detect(&c) >> cases[i].detector & 1);
		}
		for (size_t k = 0; k < knowledge.rules.len; k++)
			if (knowledge.rules.ptr[k].detector == cases[i].detector)
				declared = knowledge.rules.ptr[k].random;
		if (hits / draws > declared * 1.05 || hits / draws < declared * 0.85)
			fail_msg("%s: %g, not %g", guard_detector_name(cases[i].detector),
			    hits / draws, declared);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(headers_tell_kinds),
	    cmocka_unit_test(chance_is_bounded),
	    cmocka_unit_test(random_rates_hold),
	    cmocka_unit_test(what_is_planted_is_found),
	    cmocka_unit_test(clean_twins_stay_clean),
	    cmocka_unit_test(one_nir_is_found),
	};
	struct err err = {0};
	int failed;

	if (guard_knowledge_load(&knowledge, &err) < 0 || guard_missing_load(&missing, &err) < 0)
		return 1;
	if (!load_first_names() || !folder_enter())
		return 1;
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	guard_knowledge_clear(&knowledge);
	guard_missing_clear(&missing);
	forget_first_names();
	return folder_leave() ? failed : 1;
}
