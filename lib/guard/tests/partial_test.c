/*
 * Parts of a table scanned apart and merged are the scan of the whole: the same JSON, for
 * random cuts in any order. And no value of a person stands in a part.
 */
#include "guard/check_profile.h"
#include "guard/check_report.h"
#include "guard/classes.h"
#include "guard/partial.h"
#include "guard/report.h"

#include "base/hash.h"
#include "base/rng.h"
#include "base/secret.h"
#include "base/version.h"
#include "health/nir.h"
#include "io/file.h"

#include "folder.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

enum { ROWS = 6000,
	PARTS_MAX = 7 };

static struct progress progress;
static struct guard_knowledge knowledge;
static const unsigned char *key; /* NULL: parts are not sealed, and have no attributes */
static struct str table;
static size_t starts[ROWS + 2]; /* bytes where rows begin; the first is the header's */

/* Day, establishment, value and unit: some not filled. */
static void add_examination(struct str *s, struct rng *r)
{
	unsigned month = rng_below(r, 12), site = rng_below(r, 4);

	str_addf(s, "2019-%02u-%02u;H%u;", 1 + month, 1 + rng_below(r, 28), site);
	str_addf(s, "%s%u.%u;%s;", site == 2 && month > 6 ? "" : "1", 1 + rng_below(r, 9),
	    rng_below(r, 10), month > 9 ? "" : rng_below(r, 3) ? "mmol/L"
							       : "g/L");
}

static void add_row(struct str *s, struct rng *r, int row)
{
	char head[NIR_LEN + 1];

	snprintf(head, sizeof(head), "%u%02u%02u%02u%03u%03u", 1 + rng_below(r, 2),
	    rng_below(r, 100), 1 + rng_below(r, 12), 1 + rng_below(r, 19), 1 + rng_below(r, 900),
	    1 + rng_below(r, 999));
	str_addf(s, "%d;%s%02d;DUPONT%04u;Anne;", 700000 + row, head, nir_key(head),
	    rng_below(r, 5000));
	str_addf(s, "%02u/%02u/19%02u;%c;", 1 + rng_below(r, 28), 1 + rng_below(r, 12),
	    10 + rng_below(r, 90), "FM"[rng_below(r, 2)]);
	str_addf(s, "%u,%u;%s;", 40 + rng_below(r, 80), rng_below(r, 10),
	    rng_below(r, 20) ? "consultation" : "hors secteur");
	str_addf(s, "%u;d.%u@ex.fr;", rng_below(r, 50) ? rng_below(r, 99) : 999,
	    rng_below(r, 100000));
	add_examination(s, r);
	str_addf(s, "\"vu le \"\"%u\"\" au lit\"", rng_below(r, 100000));
	if (rng_below(r, 500) == 0)
		str_addz(s, ";trop");
	if (rng_below(r, 700) == 0)
		str_add(s, (struct view){"\0", 1});
	str_addz(s, rng_below(r, 900) ? "\n" : "\r\n");
	if (rng_below(r, 800) == 0)
		str_addz(s, "\n");
}

static void make_table(void)
{
	struct err err = {0};

	str_addz(&table, "id_patient;nir;nom;prenom;date_naissance;sexe;poids;acte;age;"
			 "email;date_soin;centre;creat;creat_unite;note\n");
	for (int row = 0; row < ROWS; row++) {
		struct rng r = rng_at(31, 0, (uint64_t)row);

		starts[row] = table.len;
		add_row(&table, &r, row);
	}
	starts[ROWS] = table.len;
	assert_int_equal(file_write("whole.csv", str_view(&table), &err), 0);
}

static struct guard_csv_options options(void)
{
	return (struct guard_csv_options){
	    .threads = 2,
	    .memory_bytes = 1 << 26,
	    .row_max = 1 << 20,
	    .column_max = 100,
	    .header = GUARD_HEADER_FIND,
	    .progress = &progress,
	};
}

static void to_json(struct str *ret, const struct guard_csv *c, const struct guard_risk *risk,
    const struct guard_diversity *diversity)
{
	AUTO_FINDINGS struct guard_findings f = {0};
	AUTO_CHECKS struct guard_checks checks = {0};
	AUTO_REPORT struct report *report = NULL;
	struct err err = {0};

	assert_int_equal(guard_checks_open(&checks, &err), 0);
	guard_findings_make(&f, c, &knowledge);
	guard_check_profile(&checks, c, &f, "", false, 20000);
	report = guard_report(c, &f, risk, "table");
	guard_report_checks(report, &checks, false);
	guard_report_diversity(report, diversity, c);
	report_to_json(report, ret);
}

static void scan_whole(struct str *ret)
{
	AUTO_GUARD_CSV struct guard_csv c = {0};
	struct guard_csv_options o = options();
	struct guard_diversity diversity = {0};
	struct guard_risk risk;
	struct err err = {0};

	assert_int_equal(guard_csv_scan(&c, "whole.csv", &o, &err), 0);
	assert_int_equal(guard_risk_name(&risk, &c, "sexe,age", &err), 0);
	if (key)
		assert_int_equal(
		    guard_diversity_name(&diversity, &risk, &c, "acte,poids", &err), 0);
	assert_int_equal(guard_classes_measure(&risk, &diversity, &c, "whole.csv", &o, &err), 0);
	to_json(ret, &c, &risk, &diversity);
}

/* Rows from..to as part `number`; the first has the header. */
static void scan_part(struct str *ret, uint64_t number, size_t from, size_t to, int threads)
{
	AUTO_PARTIAL struct guard_partial p = {.number = number};
	AUTO_FINDINGS struct guard_findings f = {0};
	struct guard_csv_options o = options();
	struct err err = {0};

	o.threads = threads;
	o.dialect_of = "whole.csv";
	o.is_later_part = number > 1;
	from = number > 1 ? starts[from] : 0;
	assert_int_equal(file_write("part.csv",
			     (struct view){str_get(&table) + from, starts[to] - from}, &err),
	    0);
	assert_int_equal(guard_csv_scan(&p.csv, "part.csv", &o, &err), 0);
	assert_int_equal(guard_risk_name(&p.risk, &p.csv, "sexe,age", &err), 0);
	if (key)
		assert_int_equal(
		    guard_diversity_name(&p.diversity, &p.risk, &p.csv, "acte,poids", &err), 0);
	assert_int_equal(
	    guard_classes_count(&p.risk, &p.diversity, &p.csv, "part.csv", &o, p.tallies,
		p.pairs, &err),
	    0);
	guard_findings_make(&f, &p.csv, &knowledge);
	guard_partial_format(&p, &f, &knowledge, key, ret);
}

static void merge(struct str *ret, struct str *written, size_t count)
{
	struct guard_partial parts[PARTS_MAX] = {0};
	AUTO_PARTIAL struct guard_partial whole = {0};
	struct err err = {0};

	for (size_t i = 0; i < count; i++)
		assert_int_equal(
		    guard_partial_parse(&parts[i], str_view(&written[i]), "part", key, &err), 0);
	if (guard_partial_merge(&whole, parts, count, &err) < 0)
		fail_msg("%s", err.msg);
	to_json(ret, &whole.csv, &whole.risk, &whole.diversity);
}

static int by_size(const void *a, const void *b)
{
	const size_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

static void parts_are_the_whole(void **state)
{
	AUTO_STR struct str expected = {0};

	(void)state;
	scan_whole(&expected);
	for (uint64_t world = 0; world < 21; world++) {
		struct rng r = rng_at(32, world, 0);
		size_t count = 1 + world % PARTS_MAX, cuts[PARTS_MAX + 1] = {0};
		struct str written[PARTS_MAX] = {0};
		AUTO_STR struct str found = {0};

		for (size_t i = 1; i < count; i++)
			cuts[i] = rng_below(&r, ROWS + 1);
		cuts[count] = ROWS;
		qsort(cuts, count, sizeof(*cuts), by_size);
		for (size_t i = 0; i < count; i++)
			scan_part(&written[i], i + 1, cuts[i], cuts[i + 1], 1 + (int)(world % 2));
		for (size_t i = count; i > 1; i--) {
			size_t k = rng_below(&r, (uint32_t)i);
			struct str t = written[i - 1];

			written[i - 1] = written[k];
			written[k] = t;
		}
		merge(&found, written, count);
		if (!view_eq(str_view(&found), str_view(&expected)))
			fail_msg("seed %d", (int)world);
		for (size_t i = 0; i < count; i++)
			str_clear(&written[i]);
	}
}

static bool holds(struct view bytes, struct view word)
{
	return memmem(bytes.ptr, bytes.len, word.ptr, word.len) != NULL;
}

/* Each cell of five bytes and more of columns that are not frequent words. */
static void no_value_of_a_person_stands_there(void **state)
{
	static const bool is_private[] = {
	    true, true, true, false, true, false, false, false, false, true, true};
	AUTO_STR struct str written = {0};
	size_t looked = 0;

	(void)state;
	scan_part(&written, 1, 0, ROWS / 10, 1);
	assert_true(holds(str_view(&written), VIEW_LIT("consultation")));
	for (size_t row = 0; row < ROWS / 10; row++) {
		struct view line = {str_get(&table) + starts[row], starts[row + 1] - starts[row]};
		struct view cell;

		for (size_t i = 0; i < ARRAY_LEN(is_private) && view_next(&line, ';', &cell); i++) {
			if (!is_private[i] || cell.len < 5)
				continue;
			assert_false(holds(str_view(&written), cell));
			looked++;
		}
	}
	assert_true(looked > 2000);
}

static void the_lowest_identifier_is_not_told(void **state)
{
	AUTO_STR struct str written = {0};
	AUTO_PARTIAL struct guard_partial p = {0};
	struct err err = {0};

	(void)state;
	scan_part(&written, 1, 0, ROWS, 1);
	assert_int_equal(guard_partial_parse(&p, str_view(&written), "part", key, &err), 0);
	assert_true(p.csv.columns[0].numbers.min < 700000 * 1.02);
	assert_true(p.csv.columns[0].numbers.min > 700000 * 0.98);
	assert_false(p.csv.columns[0].numbers.min >= 700000 &&
		     p.csv.columns[0].numbers.min <= 700000);
	assert_int_equal(date_to_civil(p.csv.columns[4].day_min).month, 1);
	assert_int_equal(date_to_civil(p.csv.columns[4].day_min).day, 1);
}

/* With the classes' sensitive values, which stand in sealed parts only. */
static void sealed_parts_are_the_whole(void **state)
{
	static const unsigned char keys[2][SECRET_KEY_SIZE] = {"one", "another"};
	AUTO_STR struct str written = {0};
	AUTO_PARTIAL struct guard_partial p = {0};
	struct err err = {0};

	key = keys[0];
	parts_are_the_whole(state);
	scan_part(&written, 1, 0, 300, 1);
	assert_int_equal(
	    guard_partial_parse(&p, str_view(&written), "part", keys[1], &err), -1);
	assert_int_equal(err.code, ERR_USAGE);
	assert_int_equal(guard_partial_parse(&p, str_view(&written), "part", NULL, &err), -1);
	assert_int_equal(err.code, ERR_USAGE);
	assert_null(memmem(written.buf, written.len, "date_naissance", 14));
	key = NULL;
}

static void threads_do_not_matter(void **state)
{
	AUTO_STR struct str one = {0};
	AUTO_STR struct str two = {0};

	(void)state;
	scan_part(&one, 1, 0, ROWS, 1);
	scan_part(&two, 1, 0, ROWS, 2);
	assert_true(view_eq(str_view(&one), str_view(&two)));
}

static void parts_must_fit(void **state)
{
	struct str written[3] = {0};
	struct guard_partial parts[3] = {0};
	AUTO_PARTIAL struct guard_partial whole = {0};
	struct err err = {0};

	(void)state;
	scan_part(&written[0], 1, 0, 100, 1);
	scan_part(&written[1], 3, 100, 200, 1);
	for (size_t i = 0; i < 2; i++)
		assert_int_equal(
		    guard_partial_parse(&parts[i], str_view(&written[i]), "part", key, &err), 0);
	assert_int_equal(guard_partial_merge(&whole, parts, 2, &err), -1);
	assert_int_equal(err.code, ERR_USAGE);
	for (size_t i = 0; i < 3; i++) {
		guard_partial_clear(&parts[i]);
		str_clear(&written[i]);
	}
}

static void damage_is_seen(void **state)
{
	AUTO_STR struct str written = {0};
	struct err err = {0};

	(void)state;
	scan_part(&written, 1, 0, 50, 1);
	for (size_t i = 0; i < 2000; i++) {
		struct rng r = rng_at(33, 0, i);
		AUTO_STR struct str bad = {0};
		AUTO_PARTIAL struct guard_partial p = {0};

		str_add(&bad, str_view(&written));
		if (i % 2)
			str_truncate(&bad, rng_below(&r, (uint32_t)bad.len));
		else
			bad.buf[rng_below(&r, (uint32_t)bad.len)] ^= (char)(1 + rng_below(&r, 255));
		assert_int_equal(guard_partial_parse(&p, str_view(&bad), "part", key, &err), -1);
		assert_int_equal(err.code, ERR_FORMAT);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(parts_are_the_whole),
	    cmocka_unit_test(sealed_parts_are_the_whole),
	    cmocka_unit_test(no_value_of_a_person_stands_there),
	    cmocka_unit_test(the_lowest_identifier_is_not_told),
	    cmocka_unit_test(threads_do_not_matter),
	    cmocka_unit_test(parts_must_fit),
	    cmocka_unit_test(damage_is_seen),
	};
	struct err err = {0};
	int failed;

	if (!folder_enter() || guard_knowledge_load(&knowledge, &err) < 0)
		return 1;
	make_table();
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	guard_knowledge_clear(&knowledge);
	str_clear(&table);
	return folder_leave() ? failed : 1;
}
