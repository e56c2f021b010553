/*
 * Clerical review without a reader: which characters are marked, which pairs
 * are drawn, and labels that come back as they were written.
 */
#include "base/cancel.h"
#include "link/review_diff.h"
#include "link/review_keys.h"
#include "link/review_labels.h"
#include "link/review_screen.h"
#include "link/review_summary.h"
#include "world.h"

#include <math.h>
#include <sys/stat.h>

/* The marks of a text: "." none, "'" spelling, "^" different. */
static const char *marks_of(const struct link_glyphs *g, char out[64])
{
	size_t i = 0;

	for (; i < g->list.len && i < 63; i++)
		out[i] = ".'^"[g->list.ptr[i].mark];
	out[i] = '\0';
	return out;
}

static void marks(void **state)
{
	static const struct {
		const char *a, *b, *of_a, *of_b;
		enum link_alike alike;
	} cases[] = {
	    {"Lyon", "Lyon", "....", "....", LINK_ALIKE_SAME},
	    {"Hélène", "HELENE", ".'''''", ".'''''", LINK_ALIKE_SPELLING},
	    {"Dupre", "Dupree", ".....", ".....^", LINK_ALIKE_DIFFERENT},
	    {"1951-03-07", "1951-07-03", "......^..^", "......^..^", LINK_ALIKE_DIFFERENT},
	    {"Martin", "Leroy", "^^^^^^", "^^^^^", LINK_ALIKE_DIFFERENT},
	    {"", "Nantes", "", "......", LINK_ALIKE_MISSING},
	    {"", "", "", "", LINK_ALIKE_MISSING},
	    {"Jean-Paul", "Jean Paul", "....^....", "....^....", LINK_ALIKE_DIFFERENT},
	    {"e\xcc\x81t\xc3\xa9", "\xc3\xa9t\xc3\xa9", "'..", "'..", LINK_ALIKE_SPELLING},
	    {"a\tb", "a b", ".^.", ".^.", LINK_ALIKE_DIFFERENT},
	};
	AUTO_LINK_GLYPHS struct link_glyphs a = {0};
	AUTO_LINK_GLYPHS struct link_glyphs b = {0};
	char text[64];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		enum link_alike alike =
		    link_review_diff(VIEW(cases[i].a), VIEW(cases[i].b), &a, &b);

		assert_string_equal(marks_of(&a, text), cases[i].of_a);
		assert_string_equal(marks_of(&b, text), cases[i].of_b);
		assert_int_equal(alike, cases[i].alike);
	}
}

static size_t skip_different(const struct link_glyphs *g, size_t i)
{
	while (i < g->list.len && g->list.ptr[i].mark == LINK_MARK_DIFFERENT)
		i++;
	return i;
}

/* What is not marked as different is the same sequence on both sides. */
static void unmarked_agree(void **state)
{
	(void)state;
	for (uint64_t n = 0; n < 3000; n++) {
		struct rng r = rng_at(5, 1, n);
		char text[2][24];
		struct link_glyphs side[2] = {0};
		size_t i = 0, j = 0;

		for (int k = 0; k < 2; k++) {
			size_t len = 1 + rng_below(&r, 20);

			for (size_t c = 0; c < len; c++)
				text[k][c] = "abAB1 -"[rng_below(&r, 7)];
			text[k][len] = '\0';
		}
		(void)link_review_diff(VIEW(text[0]), VIEW(text[1]), &side[0], &side[1]);
		for (;;) {
			i = skip_different(&side[0], i);
			j = skip_different(&side[1], j);
			if (i == side[0].list.len || j == side[1].list.len)
				break;
			assert_int_equal(side[0].list.ptr[i].fold, side[1].list.ptr[j].fold);
			assert_int_equal(side[0].list.ptr[i].mark, side[1].list.ptr[j].mark);
			i++;
			j++;
		}
		assert_true(i == side[0].list.len && j == side[1].list.len);
		link_glyphs_clear(&side[0]);
		link_glyphs_clear(&side[1]);
	}
}

/* A run of a small world, with a folder that holds its pairs. */
struct stage {
	char folder[32];
	struct link_job job;
};

static void stage_open(struct stage *s)
{
	AUTO_STR struct str text = {0};
	AUTO_FREE char *input = NULL;
	AUTO_FREE char *out = NULL;
	struct link_run o = {.threshold = 0, .review = -8, .most_kept = 1000000, .threads = 2};
	struct err err = {0};

	*s = (struct stage){.folder = "/tmp/hygie-review-XXXXXX"};
	assert_non_null(mkdtemp(s->folder));
	input = path_join(s->folder, "people.csv");
	out = path_join(s->folder, "run");
	str_addz(&text, "id,first_name,surname,dob,sex,postcode\n");
	for (uint64_t i = 0; i < 1200; i++)
		add_person(&text, 3, i, 401);
	assert_int_equal(file_write(input, str_view(&text), &err), 0);
	o.left = input;
	o.out = out;
	if (link_run(&s->job, &o, &err) < 0)
		fail_msg("%s", err.msg);
	s->job.folder = mem_strdup(out);
}

static void stage_close(struct stage *s)
{
	struct err err = {0};

	link_job_clear(&s->job);
	assert_int_equal(path_remove(s->folder, &err), 0);
}

static bool holds(const struct link_review *r, const struct link_review_pair *p)
{
	for (size_t i = 0; i < r->pairs.len; i++)
		if (r->pairs.ptr[i].a == p->a && r->pairs.ptr[i].b == p->b)
			return true;
	return false;
}

static void draws(void **state)
{
	AUTO_LINK_REVIEW struct link_review few = {0}, many = {0}, other = {0}, all = {0};
	struct stage s;
	struct err err = {0};
	size_t linked = 0, alike = 0;

	(void)state;
	stage_open(&s);
	assert_int_equal(link_review_draw(&few, &s.job, 7, 60, &err), 0);
	assert_int_equal(link_review_draw(&many, &s.job, 7, 150, &err), 0);
	assert_int_equal(link_review_draw(&other, &s.job, 8, 60, &err), 0);
	assert_int_equal(link_review_draw(&all, &s.job, 7, 100000, &err), 0);
	assert_int_equal(few.pairs.len, 60);
	assert_int_equal(many.pairs.len, 150);
	assert_int_equal(all.pairs.len, s.job.edges.list.len);
	for (size_t i = 0; i < few.pairs.len; i++) {
		assert_true(holds(&many, &few.pairs.ptr[i]));
		linked += few.pairs.ptr[i].decision == LINK_LINKED;
		alike += holds(&other, &few.pairs.ptr[i]);
	}
	assert_int_equal(linked, 30);
	assert_true(alike < 50);
	for (size_t i = 0; i < all.strata.len; i++) {
		assert_int_equal(all.strata.ptr[i].drawn, all.strata.ptr[i].pairs);
		assert_true(few.strata.ptr[i].drawn >=
			    MIN((uint64_t)LINK_REVIEW_LEAST, few.strata.ptr[i].pairs));
	}
	for (size_t i = 0; i < all.pairs.len; i++) {
		const struct link_review_pair *p = &all.pairs.ptr[i];
		const struct link_stratum *of = &all.strata.ptr[p->stratum];

		assert_true(p->weight >= of->from && p->weight < of->to);
		assert_int_equal(of->linked, p->decision == LINK_LINKED);
	}
	stage_close(&s);
}

/* Sum of squares over pairs that may be drawn or not, in deviations. */
static double unlikeliness(const struct link_job *job, const unsigned *times, unsigned seeds,
    uint64_t wanted, size_t *ret_pairs)
{
	AUTO_LINK_REVIEW struct link_review r = {0};
	struct err err = {0};
	double chi = 0;

	*ret_pairs = 0;
	assert_int_equal(link_review_draw(&r, job, 1, wanted, &err), 0);
	for (size_t e = 0; e < job->edges.list.len; e++)
		for (size_t k = 0; k < r.strata.len; k++) {
			const struct link_stratum *of = &r.strata.ptr[k];
			const struct link_edge *edge = &job->edges.list.ptr[e];
			double p = (double)of->drawn / (double)of->pairs;
			double d = times[e] - seeds * p;

			if (edge->weight < of->from || edge->weight >= of->to ||
			    of->linked != (link_decide(job, edge) == LINK_LINKED) || p == 1)
				continue;
			chi += d * d / (seeds * p * (1 - p));
			++*ret_pairs;
		}
	return chi;
}

/* Each pair of a stratum is as likely to be drawn as the others. */
static void fair(void **state)
{
	enum { SEEDS = 400,
		WANTED = 40 };
	struct stage s;
	struct err err = {0};
	unsigned *times;
	double chi;
	size_t n;

	(void)state;
	stage_open(&s);
	times = mem_zalloc(s.job.edges.list.len, sizeof(*times));
	for (uint64_t seed = 1; seed <= SEEDS; seed++) {
		AUTO_LINK_REVIEW struct link_review r = {0};

		assert_int_equal(link_review_draw(&r, &s.job, seed, WANTED, &err), 0);
		for (size_t i = 0; i < r.pairs.len; i++)
			for (size_t e = 0; e < s.job.edges.list.len; e++)
				times[e] += s.job.edges.list.ptr[e].a == r.pairs.ptr[i].a &&
				            s.job.edges.list.ptr[e].b == r.pairs.ptr[i].b;
	}
	chi = unlikeliness(&s.job, times, SEEDS, WANTED, &n);
	/* chi-square of about n degrees of freedom: mean n, deviation sqrt(2n) */
	printf("fair: chi-square %.1f of %zu pairs\n", chi, n);
	assert_true(fabs(chi - (double)n) < 5 * sqrt(2 * (double)n));
	free(times);
	stage_close(&s);
}

static void round_trip(void **state)
{
	AUTO_LINK_REVIEW struct link_review r = {0};
	AUTO_LINK_LABEL_FILE struct link_label_file f = {0};
	enum link_answer answer[50];
	struct stage s;
	struct stat st;
	struct err err = {0};
	char *path;

	(void)state;
	stage_open(&s);
	path = path_join(s.folder, "labels.csv");
	assert_int_equal(link_review_draw(&r, &s.job, 7, 50, &err), 0);
	for (size_t i = 0; i < r.pairs.len; i++)
		r.pairs.ptr[i].answer = (enum link_answer)(i % LINK_ANSWERS);
	assert_int_equal(link_review_save(&r, path, &err), 0);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(link_label_file_read(&f, path, false, &err), 0);
	assert_int_equal(link_label_file_match(&f, &r, answer, &err), 0);
	for (size_t i = 0; i < r.pairs.len; i++)
		assert_int_equal(answer[i], i % LINK_ANSWERS);
	/* one run's labels are not another's */
	r.population[0] = r.population[0] == 'a' ? 'b' : 'a';
	assert_int_equal(link_label_file_match(&f, &r, answer, &err), -1);
	assert_int_equal(err.code, ERR_USAGE);
	free(path);
	stage_close(&s);
}

static void damaged(void **state)
{
#define HEAD "source_l,id_l,source_r,id_r,clerical_match_score,stands_for,draw\n"
#define DRAW "4.5,0123456789abcdef-1-200\n"
	static const struct {
		const char *bytes, *message;
	} cases[] = {
	    {"id_l,id_r\n1,2\n", "source_l"},
	    {HEAD "left,1,left,2,1," DRAW "left,1,le", "line 3"},
	    {HEAD "left,1,left,2,yes," DRAW, "line 2"},
	    {HEAD "left,1,left,2,1,1,\n", "line 2"},
	    {HEAD "left,1,left,2,1,1,0123456789abcdef-1-0\n", "line 2"},
	    {HEAD "left,1,left,2,1,,0123456789abcdeX-1-9\n", "line 2"},
	    {HEAD "left,1,left,2,1," DRAW "left,1,left,2,0," DRAW, "line 3"},
	    {HEAD "left,1,left,2,1," DRAW "left,1,left,3,0,4,0123456789abcdef-2-200\n", "line 3"},
	    {HEAD "left,1,left,2,1,-1,0123456789abcdef-1-200\n", "line 2"},
	    {"", "labels"},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		AUTO_LINK_LABEL_FILE struct link_label_file f = {0};
		struct err err = {0};

		assert_int_equal(
		    link_label_file_parse(&f, "labels", VIEW(cases[i].bytes), &err), -1);
		assert_int_equal(err.code, ERR_FORMAT);
		assert_non_null(strstr(err.msg, cases[i].message));
		assert_null(strstr(err.msg, "yes"));
	}
}

static void words(void **state)
{
	(void)state;
	assert_int_equal(link_press_of_word(VIEW("y")), LINK_KEY_YES);
	assert_int_equal(link_press_of_word(VIEW("OUI")), LINK_KEY_YES);
	assert_int_equal(link_press_of_word(VIEW("non")), LINK_KEY_NO);
	assert_int_equal(link_press_of_word(VIEW("?")), LINK_KEY_UNSURE);
	assert_int_equal(link_press_of_word(VIEW("\177")), LINK_KEY_BACK);
	assert_int_equal(link_press_of_word(VIEW("")), LINK_KEY_OTHER);
	assert_int_equal(link_press_of_word(VIEW("yn")), LINK_KEY_OTHER);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(marks),
	    cmocka_unit_test(unmarked_agree),
	    cmocka_unit_test(draws),
	    cmocka_unit_test(fair),
	    cmocka_unit_test(round_trip),
	    cmocka_unit_test(damaged),
	    cmocka_unit_test(words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
