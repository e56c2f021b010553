/*
 * Public truth sets, linked by defaults alone: pairwise F1 at the default
 * threshold, of pairs and of clusters; what was never compared counts as
 * missed. The bars stand above the anchors measured for Splink's recipe on the
 * same files (docs/link-evaluate.md).
 */
#include "link/evaluate.h"
#include "link/truth.h"
#include "shared_data.h"

#include "base/threads.h"
#include "io/file.h"

struct bar {
	const char *left, *right, *truth;
	double pairs, clusters;
};

/* The truth of Febrl is in its ids: rec-ENTITY-org, rec-ENTITY-dup-N. */
static char *febrl_truth(const char *folder, const char *const *files, size_t count)
{
	AUTO_STR struct str text = {0};
	char *path = str_format("%s/truth.csv", folder);
	struct err err = {0};

	str_addz(&text, "rec_id,cluster\n");
	for (size_t i = 0; i < count && files[i]; i++) {
		AUTO_LINK_SOURCE struct link_source *s = NULL;

		assert_int_equal(link_source_open(&s, files[i], &err), 0);
		while (link_source_next(s, &err) > 0) {
			struct view id = link_source_field(s, 0);
			struct view rest = id;
			struct view piece;

			assert_true(view_next(&rest, '-', &piece) && view_next(&rest, '-', &piece));
			str_addf(&text, "%.*s,%.*s\n", VIEW_ARG(id), VIEW_ARG(piece));
		}
	}
	assert_int_equal(file_write(path, str_view(&text), &err), 0);
	return path;
}

static void check_bar(const struct bar *bar)
{
	AUTO_LINK_JOB struct link_job job = {0};
	char folder[] = "/tmp/hygie-link-XXXXXX";
	const char *const files[] = {bar->left, bar->right};
	AUTO_FREE char *truth = NULL;
	AUTO_FREE char *out = NULL;
	struct link_run o = {.left = bar->left,
	    .right = bar->right,
	    .review = -5,
	    .threads = threads_default()};
	struct link_evaluation e;
	struct err err = {0};
	uint32_t *entity;

	assert_non_null(mkdtemp(folder));
	out = str_format("%s/out", folder);
	o.out = out;
	truth = bar->truth ? mem_strdup(bar->truth) : febrl_truth(folder, files, 2);
	if (link_run(&job, &o, &err) < 0)
		fail_msg("%s", err.msg);
	entity = mem_alloc(job.records->count * sizeof(*entity));
	if (link_evaluate(&e, &job, truth, entity, &err) < 0)
		fail_msg("%s", err.msg);
	print_message("%s: pairs F1 %.4f, clusters F1 %.4f, blocking recall %.4f\n", bar->left,
	    link_f1(e.pairs), link_f1(e.clusters), (double)e.blocked / (double)e.true_pairs);
	free(entity);
	assert_int_equal(path_remove(folder, &err), 0);
	assert_true(link_f1(e.pairs) >= bar->pairs);
	assert_true(link_f1(e.clusters) >= bar->clusters);
}

static void test_febrl3(void **state)
{
	(void)state; /* cmocka's */
	check_bar(&(struct bar){.left = shared_data("data/link/febrl_dataset3.csv"),
	    .pairs = 0.999,
	    .clusters = 0.999});
}

static void test_febrl4(void **state)
{
	(void)state; /* cmocka's */
	check_bar(&(struct bar){.left = shared_data("data/link/febrl_dataset4a.csv"),
	    .right = shared_data("data/link/febrl_dataset4b.csv"),
	    .pairs = 0.999,
	    .clusters = 0.9995});
}

static void test_fake_1000(void **state)
{
	const char *path = shared_data("data/link/splink_fake_1000.csv");

	(void)state; /* cmocka's */
	check_bar(&(struct bar){.left = path, .truth = path, .pairs = 0.92, .clusters = 0.96});
}

static void test_historical_50k(void **state)
{
	const char *path = shared_data("data/link/splink_historical_figures_with_errors_50k.csv");

	(void)state; /* cmocka's */
	check_bar(&(struct bar){.left = path, .truth = path, .pairs = 0.87, .clusters = 0.91});
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_febrl3),
	    cmocka_unit_test(test_febrl4),
	    cmocka_unit_test(test_fake_1000),
	    cmocka_unit_test(test_historical_50k),
	};

	return cmocka_run_group_tests_name("quality", tests, NULL, NULL);
}
