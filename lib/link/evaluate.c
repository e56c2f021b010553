#include "link/evaluate.h"

#include "base/embed.h"
#include "link/report_parts.h"
#include "link/truth.h"

#include <inttypes.h>
#include <math.h>

static const struct report_column threshold_columns[] = {
    {"threshold", "Threshold", REPORT_NUMBER},
    {"pairs", "Pairs", REPORT_COUNT},
    {"precision", "Precision", REPORT_PERCENT},
    {"recall", "Recall", REPORT_PERCENT},
    {"f1", "F1", REPORT_NUMBER},
};
static const struct report_column summary_columns[] = {
    {"what", "What", REPORT_TEXT},
    {"pairs", "Pairs", REPORT_COUNT},
    {"right", "Right", REPORT_COUNT},
    {"precision", "Precision", REPORT_PERCENT},
    {"recall", "Recall", REPORT_PERCENT},
    {"f1", "F1", REPORT_NUMBER},
};
static const struct report_column calibration_columns[] = {
    {"weight", "Weight from", REPORT_NUMBER},
    {"pairs", "Pairs", REPORT_COUNT},
    {"said", "Probability said", REPORT_PERCENT},
    {"true", "True", REPORT_PERCENT},
};

int link_evaluate(struct link_evaluation *ret, const struct link_job *job, const char *truth,
    uint32_t *entity, struct err *err)
{
	const struct link_records *r = job->records;
	struct link_evaluation e = {0};

	if (link_truth_read(r, job->spec.id, truth, entity, &e.named, err) < 0)
		return -1;
	e.true_pairs = link_true_pairs(r, job->spec.type, entity);
	e.blocked = job->spec.method == LINK_BY_WEIGHT
	                ? link_blocked_true_pairs(&job->blocking, entity)
	                : link_quality_pairs(&job->edges, job->threshold, entity, 0).right;
	e.pairs = link_quality_pairs(&job->edges, job->threshold, entity, e.true_pairs);
	e.clusters =
	    link_quality_clusters(&job->clusters, r, job->spec.type, entity, e.true_pairs);
	e.best_threshold = link_best_threshold(&job->edges, entity, e.true_pairs);
	e.best = link_quality_pairs(&job->edges, e.best_threshold, entity, e.true_pairs);
	*ret = e;
	return 0;
}

static void add_shares(struct report *r, struct report_table *t, struct link_quality q)
{
	report_add_cell(r, t, "%.6f", link_precision(q));
	report_add_cell(r, t, "%.6f", link_recall(q));
	report_add_cell(r, t, "%.4f", link_f1(q));
}

static void add_summary(struct report *r, const struct link_evaluation *e)
{
	struct report_table *t = report_add_table(r, "summary", "Against the truth",
	    REPORT_SHOWN | REPORT_EXPORTED, summary_columns, ARRAY_LEN(summary_columns));
	const struct {
		const char *what;
		struct link_quality q;
	} rows[] = {
	    {"clusters", e->clusters},
	    {"pairs at the threshold", e->pairs},
	    {"pairs at the best threshold", e->best},
	};

	for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
		report_add_cell(r, t, "%s", rows[i].what);
		report_add_cell(r, t, "%" PRIu64, rows[i].q.found);
		report_add_cell(r, t, "%" PRIu64, rows[i].q.right);
		add_shares(r, t, rows[i].q);
	}
}

static void add_thresholds(struct report *r, const struct link_evaluation *e,
    const struct link_job *job, const uint32_t *entity)
{
	struct report_table *t = report_add_table(r, "thresholds", "Over thresholds",
	    REPORT_SHOWN, threshold_columns, ARRAY_LEN(threshold_columns));
	int64_t from = (int64_t)ceil((double)job->review / LINK_BIT);

	for (int64_t bits = from; bits <= 25; bits++) {
		struct link_quality q =
		    link_quality_pairs(&job->edges, bits * LINK_BIT, entity, e->true_pairs);

		report_add_cell(r, t, "%" PRId64, bits);
		report_add_cell(r, t, "%" PRIu64, q.found);
		add_shares(r, t, q);
		if (q.found == 0)
			break; /* above it, only less */
	}
	report_add_chart(r, "over_thresholds", "Precision and recall",
	    "Precision, recall and F1 of the pairs, by threshold", "thresholds",
	    embed_find("link/data/chart_quality.json").ptr);
}

/* Pairs of each whole bit of weight: what was said, what was true. */
static void add_calibration(struct report *r, const struct link_job *job, const uint32_t *entity)
{
	struct report_table *t = report_add_table(r, "calibration", "Calibration", REPORT_DETAIL,
	    calibration_columns, ARRAY_LEN(calibration_columns));
	const struct link_edges *e = &job->edges;

	for (size_t i = 0; i < e->list.len;) {
		double bits = floor((double)e->list.ptr[i].weight / LINK_BIT);
		uint64_t right = 0;
		double said = 0;
		size_t start = i;

		for (; i < e->list.len && e->list.ptr[i].weight >= bits * LINK_BIT; i++) {
			said += link_probability(e->list.ptr[i].weight);
			right += entity[e->list.ptr[i].a] == entity[e->list.ptr[i].b];
		}
		report_add_cell(r, t, "%.0f", bits);
		report_add_cell(r, t, "%zu", i - start);
		report_add_cell(r, t, "%.6f", said / (double)(i - start));
		report_add_cell(r, t, "%.6f", (double)right / (double)(i - start));
	}
	report_add_chart(r, "calibration_chart", "Calibration",
	    "Share of true pairs by weight, beside the probability that the model says",
	    "calibration", embed_find("link/data/chart_calibration.json").ptr);
}

struct report *link_evaluation_report(const struct link_evaluation *e, const struct link_job *job,
    const uint32_t *entity, const char *truth)
{
	struct report *r = report_new("Linkage against the truth",
	    "Pairs of records of one person: how many of those said are right, and how many of "
	    "the true ones were found. Pairs never compared count as missed.");

	report_add_fact(r, "truth", "Truth", "%s", truth);
	report_add_counts(r, "named", "Records named", "%zu of %zu", e->named, job->records->count);
	report_add_counts(r, "true_pairs", "True pairs", "%" PRIu64, e->true_pairs);
	report_add_fact(r, "blocking_recall", "Blocking recall", "%.4f",
	    e->true_pairs ? (double)e->blocked / (double)e->true_pairs : 1);
	report_add_fact(r, "threshold", "Threshold", "%.2f bits",
	    (double)job->threshold / LINK_BIT);
	report_add_fact(r, "best_threshold", "Best threshold", "%.2f bits",
	    (double)e->best_threshold / LINK_BIT);
	add_summary(r, e);
	add_thresholds(r, e, job, entity);
	if (job->spec.method == LINK_BY_WEIGHT) {
		add_calibration(r, job, entity);
		link_report_weights(r, &job->model, job->records);
	}
	if (e->named < job->records->count)
		report_add_note(r, "a record that the truth does not name is a person alone");
	return r;
}
