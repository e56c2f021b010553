/* Where cells end: cases by hand, and the fast version beside the plain one. */
#include "io/scan.h"

#include "base/base.h"
#include "base/rng.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

enum { LONGEST = 600 };

static void assert_ends(const char *text, const char *marks, unsigned seen, enum scan_state state)
{
	struct scan s = {.separator = ',', .quote = '"'};
	uint32_t ends[LONGEST];
	size_t n = scan_ends(&s, (const unsigned char *)text, strlen(text), ends);
	size_t expected = 0;

	for (size_t i = 0; marks[i]; i++) {
		if (marks[i] != '^')
			continue;
		assert_true(expected < n);
		assert_int_equal(ends[expected++], i);
	}
	assert_int_equal(n, expected);
	assert_int_equal(s.seen, seen);
	assert_int_equal(s.state, state);
}

static void cells_by_hand(void **state)
{
	(void)state;
	assert_ends("", "", 0, SCAN_START);
	assert_ends("a,b\nc", " ^ ^ ", 0, SCAN_PLAIN);
	assert_ends(",,\n", "^^^", 0, SCAN_START);
	assert_ends("\"a,b\",c\n", "     ^ ^", 0, SCAN_START);
	assert_ends("\"a\nb\"\n", "     ^", 0, SCAN_START);
	assert_ends("\"a\"\"b\",c", "      ^ ", 0, SCAN_PLAIN);
	assert_ends("a\"b,c\"d\n", "   ^   ^", SCAN_STRAY_QUOTE, SCAN_START);
	assert_ends("\"a\"b,\"\n", "    ^  ", SCAN_STRAY_QUOTE, SCAN_QUOTED);
	assert_ends("\"a\"\r\nb\r\n", "    ^  ^", SCAN_CR, SCAN_START);
	assert_ends("\"a\r\"", "    ", 0, SCAN_CLOSED);
	assert_ends("\xc3\xa9,", "  ^", SCAN_HIGH, SCAN_START);
}

static void a_file_without_quotes_has_none(void **state)
{
	struct scan s = {.separator = '\t'};
	static const unsigned char text[] = "\"a\tb\"\n";
	uint32_t ends[8];

	(void)state;
	assert_int_equal(scan_ends(&s, text, 6, ends), 2);
	assert_int_equal(ends[0], 2);
	assert_int_equal(s.seen, 0);
}

/* Text of bytes that matter, with `rare` of 8 quotes. */
static size_t make_text(struct rng *r, unsigned char *text)
{
	static const char kinds[] = "aaaaaaaabcd,,\n\n\"\"\"\"\r\x80";
	uint32_t kind_count = 10 + rng_below(r, sizeof(kinds) - 10);
	size_t len = rng_below(r, LONGEST);

	for (size_t i = 0; i < len; i++)
		text[i] = (unsigned char)kinds[rng_below(r, kind_count)];
	return len;
}

/* Cells as a writer would quote them. */
static size_t make_cells(struct rng *r, unsigned char *text)
{
	size_t len = 0;

	while (len + 16 < LONGEST) {
		bool quoted = rng_chance(r, 0.5);

		text[len] = '"';
		len += quoted;
		for (uint32_t i = rng_below(r, 9); i > 0; i--) {
			text[len++] = quoted && rng_chance(r, 0.2) ? ',' : 'x';
			if (quoted && rng_chance(r, 0.1))
				text[len++] = '"', text[len++] = '"';
			if (len + 8 >= LONGEST)
				break;
		}
		text[len] = '"';
		len += quoted;
		text[len++] = rng_chance(r, 0.2) ? '\n' : ',';
	}
	return len;
}

static void assert_same(const unsigned char *text, size_t len, size_t cut)
{
	struct scan plain = {.separator = ',', .quote = '"'};
	struct scan fast = plain;
	uint32_t expected[LONGEST], ends[LONGEST];
	size_t n = scan_ends_plain(&plain, text, len, expected);
	size_t first = scan_ends(&fast, text, cut, ends);
	size_t all = first + scan_ends(&fast, text + cut, len - cut, ends + first);

	assert_int_equal(all, n);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(ends[i] + (i < first ? 0 : cut), expected[i]);
	assert_int_equal(fast.state, plain.state);
	assert_int_equal(fast.seen, plain.seen);
}

static void the_fast_version_says_what_the_plain_one_says(void **state)
{
	(void)state;
	for (uint64_t i = 0; i < 40000; i++) {
		struct rng r = rng_at(7, 0, i);
		unsigned char text[LONGEST + 16];
		size_t len = i % 2 ? make_text(&r, text) : make_cells(&r, text);

		assert_same(text, len, len ? rng_below(&r, (uint32_t)len) : 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(cells_by_hand),
	    cmocka_unit_test(a_file_without_quotes_has_none),
	    cmocka_unit_test(the_fast_version_says_what_the_plain_one_says),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
