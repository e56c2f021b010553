#include "base/rng.h"
#include "report/report.h"
#include "report/text.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const struct report_column columns[] = {
    {"region", "Région", REPORT_TEXT},
    {"since", "Since", REPORT_DATE},
    {"persons", "Persons", REPORT_COUNT},
    {"rate", "Per 100 000 years", REPORT_NUMBER},
    {"share", "Share", REPORT_PERCENT},
};

static struct report *small(void)
{
	static const char *const cells[] = {
	    "Île-de-France",
	    "2018-01-01",
	    "12345678",
	    "701.8",
	    "0.61",
	    "Provence-Alpes-Côte d’Azur",
	    "2019-04-30",
	    "<5",
	    "-",
	    "",
	    "東京",
	    "",
	    "1000",
	    "9422.80",
	    "0.00001",
	};
	struct report *r = report_new("Étude d’essai", "Two sentences. Here is the second.");
	struct report_table *t;

	report_add_fact(r, "database", "Database", "SNDS");
	report_add_fact(r, "seuil", "Seuil été", "%d", 5);
	t = report_add_table(r, "regions", "By region", REPORT_SHOWN | REPORT_EXPORTED, columns,
	    ARRAY_LEN(columns));
	for (size_t i = 0; i < ARRAY_LEN(cells); i++)
		report_add_cell(r, t, "%s", cells[i]);
	t = report_add_table(r, "folded", "Not in the terminal", REPORT_DETAIL, columns, 1);
	report_add_cell(r, t, "invisible");
	report_add_note(r, "Counts below %d are not shown.", 5);
	return r;
}

#define HEAD                                   \
	"Étude d’essai\n"                   \
	"Two sentences. Here is the second.\n" \
	"\n"                                   \
	"Database   SNDS\n"                    \
	"Seuil été  5\n"                     \
	"\n"                                   \
	"By region\n"

#define FOOT \
	"\n" \
	"- Counts below 5 are not shown.\n"

static void check_face(size_t width, const char *face)
{
	AUTO_REPORT struct report *r = small();
	AUTO_STR struct str out = {0};

	report_to_terminal(r, width, false, &out);
	assert_string_equal(str_get(&out), face);
}

static void prints_side_by_side(void **state)
{
	(void)state;
	check_face(100, HEAD
	    "Région                      Since          Persons  Per 100 000 years    Share\n"
	    "──────────────────────────  ──────────  ──────────  ─────────────────  ───────\n"
	    "Île-de-France               2018-01-01  12 345 678              701.8   61.0 %\n"
	    "Provence-Alpes-Côte d’Azur  2019-04-30          <5                  -\n"
	    "東京                                         1 000           9 422.80  0.001 %\n" FOOT);
}

static void breaks_labels_then_cuts_texts(void **state)
{
	(void)state;
	check_face(64, HEAD
	    "                                                    Per\n"
	    "                                                100 000\n"
	    "Région                 Since          Persons     years    Share\n"
	    "─────────────────────  ──────────  ──────────  ────────  ───────\n"
	    "Île-de-France          2018-01-01  12 345 678     701.8   61.0 %\n"
	    "Provence-Alpes-Côte…   2019-04-30          <5         -\n"
	    "東京                                    1 000  9 422.80  0.001 %\n" FOOT);
}

static void lists_rows_when_nothing_fits(void **state)
{
	(void)state;
	check_face(40, HEAD
	    "─ 1 ────────────────────────────────────\n"
	    "Région             Île-de-France\n"
	    "Since              2018-01-01\n"
	    "Persons            12 345 678\n"
	    "Per 100 000 years  701.8\n"
	    "Share              61.0 %\n"
	    "─ 2 ────────────────────────────────────\n"
	    "Région             Provence-Alpes-Côte\n"
	    "                   d’Azur\n"
	    "Since              2019-04-30\n"
	    "Persons            <5\n"
	    "Per 100 000 years  -\n"
	    "Share\n"
	    "─ 3 ────────────────────────────────────\n"
	    "Région             東京\n"
	    "Since\n"
	    "Persons            1 000\n"
	    "Per 100 000 years  9 422.80\n"
	    "Share              0.001 %\n" FOOT);
}

static void says_constant_texts_once_when_narrow(void **state)
{
	static const char *const cells[] = {"mi", "2018-01-01", "12", "mi", "2019-01-01", "7"};
	AUTO_REPORT struct report *r = report_new("Narrow", "");
	AUTO_STR struct str out = {0};
	struct report_table *t = report_add_table(r, "t", "Table", REPORT_SHOWN, columns, 3);

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cells); i++)
		report_add_cell(r, t, "%s", cells[i]);
	report_to_terminal(r, 22, false, &out);
	assert_string_equal(str_get(&out), "Narrow\n"
					   "\n"
					   "Table\n"
					   "Région: mi\n"
					   "Since       Persons\n"
					   "──────────  ───────\n"
					   "2018-01-01       12\n"
					   "2019-01-01        7\n");
}

static void hidden_columns_are_not_for_people(void **state)
{
	static const struct report_column two[] = {
	    {"word", "Word", REPORT_TEXT}, {"code", NULL, REPORT_COUNT}};
	AUTO_REPORT struct report *r = report_new("Hidden", "");
	AUTO_STR struct str out = {0};
	AUTO_STR struct str json = {0};
	struct report_table *t = report_add_table(r, "t", "Table", REPORT_SHOWN, two, 2);

	(void)state;
	report_add_cell(r, t, "seen");
	report_add_cell(r, t, "4711");
	report_to_terminal(r, 80, false, &out);
	report_to_json(r, &json);
	assert_null(strstr(str_get(&out), "4711"));
	assert_non_null(strstr(str_get(&json), "4711"));
}

static void no_rows(void **state)
{
	AUTO_REPORT struct report *r = report_new("Nothing", "");
	AUTO_STR struct str out = {0};

	(void)state;
	report_add_table(r, "none", "Empty", REPORT_SHOWN, columns, 2);
	report_to_terminal(r, 10, false, &out);
	assert_string_equal(str_get(&out),
	    "Nothing\n\nEmpty\nRégion  Since\n──────  ─────\n(no rows)\n");
}

static void counts_what_it_leaves_out(void **state)
{
	static const char *const formats[] = {"csv", "json"};
	AUTO_REPORT struct report *r = report_new("Long", "");
	AUTO_STR struct str out = {0};
	const char *text;
	size_t lines = 0;

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct report_table *t = report_add_table(r, formats[i], formats[i], REPORT_SHOWN,
		    columns, 1);

		for (size_t row = 0; row < (i ? 61 : 1260); row++)
			report_add_cell(r, t, "row %zu", row);
	}
	report_to_terminal(r, 80, false, &out);
	text = str_get(&out);
	assert_non_null(strstr(text, "\nrow 59\n… 1 200 more rows: --format csv prints all\n"));
	assert_non_null(strstr(text, "\nrow 59\n… 1 more row: --format json prints all\n"));
	for (; (text = strstr(text, "\nrow ")); text++)
		lines++;
	assert_int_equal(lines, 120);
}

/* Take the SGR sequences away and the plain face remains. */
static void colour_adds_only_styles(void **state)
{
	AUTO_REPORT struct report *r = small();
	AUTO_STR struct str plain = {0};
	AUTO_STR struct str colour = {0};
	AUTO_STR struct str bare = {0};

	(void)state;
	report_to_terminal(r, 64, false, &plain);
	report_to_terminal(r, 64, true, &colour);
	assert_null(strchr(str_get(&plain), '\033'));
	assert_non_null(strstr(str_get(&colour), "\033[1mBy region\033[0m\n"));
	for (const char *p = str_get(&colour); *p; p++) {
		if (*p == '\033')
			p = strchr(p, 'm');
		else
			str_addc(&bare, *p);
	}
	assert_string_equal(str_get(&bare), str_get(&plain));
}

static void add_noise(struct report *r, struct report_table *t, struct rng *g)
{
	char bytes[24];
	size_t n = rng_below(g, sizeof(bytes));

	for (size_t i = 0; i < n; i++)
		bytes[i] = (char)(1 + rng_below(g, 255));
	bytes[n] = '\0';
	report_add_cell(r, t, "%s", bytes);
}

static void check_printable(struct view rest)
{
	size_t len;

	for (; rest.len; rest = (struct view){rest.ptr + len, rest.len - len}) {
		uint32_t code = report_char_first(rest, &len);

		assert_true(code == '\n' || !report_char_is_control(code));
		assert_true(code != 0xFFFD || len == 3);
	}
}

/* Whatever the cells hold: valid UTF-8, no control but newlines, no line too wide. */
static void no_cell_controls_the_terminal(void **state)
{
	(void)state;
	for (uint64_t seed = 0; seed < 200; seed++) {
		AUTO_REPORT struct report *r = report_new("\033]0;title\a", "lede\r\033[2J");
		AUTO_STR struct str out = {0};
		struct rng g = rng_at(seed, 1, 0);
		struct report_table *t = report_add_table(r, "t", "t", REPORT_SHOWN, columns, 3);
		struct view rest;
		struct view line;

		for (size_t i = 0; i < 30; i++)
			add_noise(r, t, &g);
		report_to_terminal(r, 40, false, &out);
		check_printable(str_view(&out));
		rest = str_view(&out);
		while (view_next(&rest, '\n', &line))
			assert_true(report_text_width(line) <= 40);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(prints_side_by_side),
	    cmocka_unit_test(breaks_labels_then_cuts_texts),
	    cmocka_unit_test(lists_rows_when_nothing_fits),
	    cmocka_unit_test(says_constant_texts_once_when_narrow),
	    cmocka_unit_test(hidden_columns_are_not_for_people),
	    cmocka_unit_test(no_rows),
	    cmocka_unit_test(counts_what_it_leaves_out),
	    cmocka_unit_test(colour_adds_only_styles),
	    cmocka_unit_test(no_cell_controls_the_terminal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
