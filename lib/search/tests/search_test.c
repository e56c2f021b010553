#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/rng.h"
#include "search/search.h"
#include "search/words.h"

static void check_words(const char *text, const char *wanted)
{
	AUTO_SEARCH_WORDS struct search_words w = {0};
	AUTO_STR struct str all = {0};
	struct view word;

	search_words_split(&w, VIEW(text));
	while (search_words_next(&w, &word))
		str_addf(&all, "%s%.*s", all.len ? " " : "", VIEW_ARG(word));
	assert_string_equal(str_get(&all), wanted);
}

static void words_are_folded(void **state)
{
	(void)state;
	check_words("L'Œdème cérébral", "l oedeme cerebral");
	check_words("  COVID-19,  p53; n°12", "covid 19 p53 n 12");
	check_words("Straße ŁÓDŹ Ægir Ø", "strasse lodz aegir o");
	check_words("", "");
	check_words("a\xff"
		    "b",
	    "ab");
	check_words("fi\xcc\x81n \xef\xac\x81n", "fin fin");
}

/* Optimal string alignment by its definition, all of the table. */
static int slow_distance(const char *a, const char *b)
{
	int t[20][20], n = (int)strlen(a), m = (int)strlen(b);

	for (int i = 0; i <= n; i++)
		for (int j = 0; j <= m; j++) {
			int cost = i && j && a[i - 1] != b[j - 1];

			t[i][j] = i == 0 ? j : j == 0 ? i
			                              : t[i - 1][j - 1] + cost;
			if (i && j) {
				t[i][j] = MIN(t[i][j], t[i - 1][j] + 1);
				t[i][j] = MIN(t[i][j], t[i][j - 1] + 1);
			}
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				t[i][j] = MIN(t[i][j], t[i - 2][j - 2] + 1);
		}
	return t[n][m];
}

static void distances_are_those_of_the_definition(void **state)
{
	struct rng r = rng_at(1, 2, 3);

	(void)state;
	for (int round = 0; round < 20000; round++) {
		char a[12] = "", b[12] = "";
		int wanted, limit = (int)rng_below(&r, 4);

		for (uint64_t i = rng_below(&r, 9); i > 0; i--)
			a[i - 1] = (char)('a' + rng_below(&r, 3));
		for (uint64_t i = rng_below(&r, 9); i > 0; i--)
			b[i - 1] = (char)('a' + rng_below(&r, 3));
		wanted = slow_distance(a, b);
		assert_int_equal(search_distance(VIEW(a), VIEW(b), limit),
		    wanted > limit ? limit + 1 : wanted);
	}
}

enum { STATUS,
	DOMAIN };

static const struct {
	const char *title, *summary, *status, *domains[3];
	int year;
} sheets[] = {
    {"Diabète de type 2 et insuffisance cardiaque", "suivi dans le SNDS", "open",
	{"Diabète", "Cardiologie"}, 2021},
    {"Cancer du sein : dépistage organisé", "diabète parmi les comorbidités", "closed",
	{"Cancers"}, 2019},
    {"Sclérose en plaques", "traitements", "open", {"Neurologie"}, 2020},
    {"Insulinothérapie du diabétique", "base nationale", "open", {"Diabète"}, 2023},
};

static struct search *make_index(void)
{
	struct search *s = search_new(2, 1);

	for (size_t i = 0; i < ARRAY_LEN(sheets); i++) {
		search_add(s);
		search_add_text(s, VIEW(sheets[i].title), 8);
		search_add_text(s, VIEW(sheets[i].summary), 2);
		search_add_value(s, STATUS, VIEW(sheets[i].status));
		for (int k = 0; sheets[i].domains[k]; k++)
			search_add_value(s, DOMAIN, VIEW(sheets[i].domains[k]));
		search_set_sort(s, 0, sheets[i].year);
	}
	search_finish(s);
	return s;
}

/* The documents found, as digits in their order. */
static const char *found(const struct search *s, struct search_query q)
{
	static char text[16];
	AUTO_SEARCH_RESULT struct search_result r = {0};

	q.limit = q.limit ? q.limit : 10;
	search_run(s, &q, &r);
	for (size_t i = 0; i < r.documents.len; i++)
		text[i] = (char)('0' + r.documents.ptr[i]);
	text[r.documents.len] = '\0';
	return text;
}

static const char *by_text(const struct search *s, const char *text)
{
	return found(s, (struct search_query){.text = VIEW(text), .sort = -1});
}

static void words_find_documents(void **state)
{
	AUTO_SEARCH struct search *s = make_index();

	(void)state;
	assert_string_equal(by_text(s, ""), "0123");
	assert_string_equal(by_text(s, "  ,; "), "0123");
	assert_string_equal(by_text(s, "diabete cardiaque"), "0");
	assert_string_equal(by_text(s, "SCLEROSE"), "2");
	assert_string_equal(by_text(s, "nothing"), "");
	/* The title before the summary. */
	assert_string_equal(by_text(s, "diabète suivi"), "0");
	assert_string_equal(by_text(s, "diabete du"), "1");
	/* The last word may be in the making; the rarer word counts more. */
	assert_string_equal(by_text(s, "diab"), "301");
	assert_string_equal(by_text(s, "diabete"), "01");
	/* Mistakes, where the word itself is not. */
	assert_string_equal(by_text(s, "sclerosse"), "2");
	assert_string_equal(by_text(s, "scleroes"), "2");
	assert_string_equal(by_text(s, "snsd"), "0");
	assert_string_equal(by_text(s, "sdn"), "");
}

static void facets_narrow_and_widen(void **state)
{
	AUTO_SEARCH struct search *s = make_index();
	const struct search_choice open = {STATUS, VIEW_LIT("open")};
	const struct search_choice two[] = {{DOMAIN, VIEW_LIT("Diabète")},
	    {DOMAIN, VIEW_LIT("Neurologie")}};
	const struct search_choice none = {DOMAIN, VIEW_LIT("unknown")};
	AUTO_SEARCH_RESULT struct search_result r = {0};
	struct search_query q = {.choices = &open, .choice_count = 1, .sort = -1, .limit = 10};

	(void)state;
	assert_string_equal(found(s, q), "023");
	q.choices = two;
	q.choice_count = 2;
	assert_string_equal(found(s, q), "023");
	q.choice_count = 1;
	search_run(s, &q, &r);
	q.choices = &none;
	assert_string_equal(found(s, q), "");
	assert_int_equal(r.total, 2);
	/* Of its own facet all values are counted, of others those found. */
	assert_int_equal(r.facet[DOMAIN].counts.len, 4);
	assert_true(view_eq(r.facet[DOMAIN].counts.ptr[0].value, VIEW("Diabète")));
	assert_int_equal(r.facet[DOMAIN].counts.ptr[0].documents, 2);
	assert_true(r.facet[DOMAIN].counts.ptr[0].chosen);
	assert_int_equal(r.facet[STATUS].counts.len, 1);
	assert_int_equal(r.facet[STATUS].counts.ptr[0].documents, 2);
}

static void results_are_sorted_and_paged(void **state)
{
	AUTO_SEARCH struct search *s = make_index();
	struct search_query q = {.sort = 0};

	(void)state;
	assert_string_equal(found(s, q), "1203");
	q.descending = true;
	assert_string_equal(found(s, q), "3021");
	q.offset = 1;
	q.limit = 2;
	assert_string_equal(found(s, q), "02");
	q.offset = 9;
	assert_string_equal(found(s, q), "");
}

static void an_empty_index_answers(void **state)
{
	AUTO_SEARCH struct search *s = search_new(1, 0);

	(void)state;
	search_finish(s);
	assert_string_equal(by_text(s, "a"), "");
	assert_string_equal(by_text(s, ""), "");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(words_are_folded),
	    cmocka_unit_test(distances_are_those_of_the_definition),
	    cmocka_unit_test(words_find_documents),
	    cmocka_unit_test(facets_narrow_and_widen),
	    cmocka_unit_test(results_are_sorted_and_paged),
	    cmocka_unit_test(an_empty_index_answers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
