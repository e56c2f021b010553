/*
 * Quality on public truth by defaults alone, as a user gets it: `hygie link
 * run`, then `hygie link evaluate`. Pairwise F1 of the pairs at the default
 * threshold and of the clusters; pairs never compared count as missed. Bars of
 * the project beside them, and what was measured for Splink's recipe on the
 * same files (best F1 over all thresholds).
 *
 * The files are looked for in ../shared, or where HYGIE_SHARED says.
 */
#include "base/progress.h"
#include "io/csv.h"
#include "io/file.h"

#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

struct set {
	const char *name, *left, *right;
	bool own_truth; /* a column of the file; else the ids of Febrl tell */
	double bar, anchor;
};

static const struct set sets[] = {
    {"Febrl 3", "febrl_dataset3.csv", NULL, false, 0.997, 0.9958},
    {"Febrl 4", "febrl_dataset4a.csv", "febrl_dataset4b.csv", false, 0.999, 0.9987},
    {"fake_1000", "splink_fake_1000.csv", NULL, true, 0.88, 0.8591},
    {"historical_50k", "splink_historical_figures_with_errors_50k.csv", NULL, true, 0.82,
	0.7660},
};

static char *shared(const char *name)
{
	const char *folder = getenv("HYGIE_SHARED");

	return name ? str_format("%s/data/link/%s", folder ? folder : "../shared", name) : NULL;
}

/* rec-ENTITY-org, rec-ENTITY-dup-N */
static int add_truth(struct str *out, const char *path, struct err *err)
{
	AUTO_CSV struct csv_reader *csv = NULL;
	int rc;

	if (csv_open(&csv, path, ',', err) < 0 || csv_next(csv, err) < 0)
		return -1;
	while ((rc = csv_next(csv, err)) > 0) {
		struct view id = view_trim(csv_field(csv, 0));
		struct view rest = id;
		struct view piece = VIEW_NONE;

		for (int i = 0; i < 2; i++)
			if (!view_next(&rest, '-', &piece))
				return err_set(err, ERR_FORMAT, "%s: an id of Febrl", path);
		str_addf(out, "%.*s,%.*s\n", VIEW_ARG(id), VIEW_ARG(piece));
	}
	return rc;
}

static int make_truth(const char *left, const char *right, const char *path, struct err *err)
{
	AUTO_STR struct str text = {0};

	str_addz(&text, "rec_id,cluster\n");
	if (add_truth(&text, left, err) < 0 || (right && add_truth(&text, right, err) < 0))
		return -1;
	return file_write(path, str_view(&text), err);
}

static int run(const char *const *argv, const char *out, struct err *err)
{
	pid_t child = fork();
	int status = 1;

	if (child == 0) {
		if (!freopen(out, "w", stdout))
			_exit(126);
		execvp(argv[0], (char *const *)(uintptr_t)argv);
		_exit(127);
	}
	if (waitpid(child, &status, 0) < 0 || status)
		return err_set(err, ERR_INTERNAL, "hygie %s failed", argv[2]);
	return 0;
}

/* The last column, F1, of the rows "clusters" and "pairs at the threshold". */
static int read_f1(const char *path, double *ret_clusters, double *ret_pairs, struct err *err)
{
	AUTO_CSV struct csv_reader *csv = NULL;
	double f1[2] = {0, 0};

	if (csv_open(&csv, path, ',', err) < 0 || csv_next(csv, err) < 0)
		return -1;
	for (int i = 0; i < 2; i++)
		if (csv_next(csv, err) <= 0 ||
		    !view_to_double(csv_field(csv, csv_count(csv) - 1), &f1[i]))
			return err_set(err, ERR_FORMAT, "%s: no F1", path);
	*ret_clusters = f1[0];
	*ret_pairs = f1[1];
	return 0;
}

static int measure(const struct set *s, struct err *err)
{
	const char *hygie = getenv("HYGIE") ? getenv("HYGIE") : "build/hygie";
	AUTO_FREE char *left = shared(s->left);
	AUTO_FREE char *right = shared(s->right);
	const char *truth = s->own_truth ? left : "build/bench/link-truth.csv";
	const char *const link[] = {hygie, "link", "run", "--out", "build/bench/link-quality",
	    "--force", "--quiet", left, right, NULL};
	const char *const evaluate[] = {hygie, "link", "evaluate", "build/bench/link-quality",
	    "--truth", truth, "--format", "csv", "--quiet", NULL};
	int64_t start = time_now_ns();
	double clusters, pairs, seconds;

	if ((!s->own_truth && make_truth(left, right, truth, err) < 0) ||
	    run(link, "/dev/null", err) < 0)
		return -1;
	seconds = (double)(time_now_ns() - start) / 1e9;
	if (run(evaluate, "build/bench/link-quality.csv", err) < 0 ||
	    read_f1("build/bench/link-quality.csv", &clusters, &pairs, err) < 0)
		return -1;
	printf("%-16s F1 of pairs %.4f  of clusters %.4f  bar %.3f  Splink's recipe %.4f  %5.1f s "
	       "wall%s\n",
	    s->name, pairs, clusters, s->bar, s->anchor, seconds,
	    pairs < s->bar ? "  BELOW THE BAR" : "");
	fflush(stdout);
	return 0;
}

int main(void)
{
	struct err err = {0};

	if (path_make_folder("build/bench", &err) < 0)
		return 1;
	for (size_t i = 0; i < ARRAY_LEN(sets); i++) {
		AUTO_FREE char *left = shared(sets[i].left);

		if (!path_exists(left)) {
			printf("%-16s skipped: no %s\n", sets[i].name, left);
		} else if (measure(&sets[i], &err) < 0) {
			fprintf(stderr, "bench: %s\n", err.msg);
			return 1;
		}
	}
	return 0;
}
