/* What a run tells: what was compared, what was found, and what is not known. */
#include "base/embed.h"
#include "link/expect.h"
#include "link/report_parts.h"
#include "link/run.h"
#include "link/write.h"

#include <inttypes.h>

static const struct report_column pass_columns[] = {
    {"pass", "Pass", REPORT_TEXT},
    {"pairs", "Pairs in its blocks", REPORT_COUNT},
    {"largest", "Largest block", REPORT_COUNT},
    {"split", "Blocks split", REPORT_COUNT},
    {"left_out", "Pairs left out by splits", REPORT_COUNT},
};
static const struct report_column threshold_columns[] = {
    {"threshold", "Threshold", REPORT_NUMBER},
    {"pairs", "Pairs", REPORT_COUNT},
    {"precision", "Expected precision", REPORT_PERCENT},
    {"found", "Expected share found", REPORT_PERCENT},
    {"unlinkable", "Records that cannot reach it", REPORT_PERCENT},
};
static void add_passes(struct report *r, const struct link_job *job)
{
	struct report_table *t = report_add_table(
	    r, "passes", "Blocking", REPORT_SHOWN, pass_columns, ARRAY_LEN(pass_columns));

	for (size_t p = 0; p < job->blocking.passes; p++) {
		const struct link_pass *pass = &job->blocking.pass[p];
		AUTO_STR struct str name = {0};

		link_pass_name(&job->blocking, pass, &name);
		report_add_cell(r, t, "%s", str_get(&name));
		report_add_cell(r, t, "%" PRIu64, pass->pairs);
		report_add_cell(r, t, "%" PRIu64, pass->largest);
		report_add_cell(r, t, "%zu", pass->split_blocks);
		report_add_cell(r, t, "%" PRIu64, pass->left_out);
	}
}

static void add_thresholds(struct report *r, const struct link_job *job)
{
	struct link_expectation steps[LINK_EXPECT_STEPS];
	size_t n = link_expect(job, steps);
	struct report_table *t = report_add_table(r, "thresholds", "Threshold selection",
	    REPORT_SHOWN | REPORT_EXPORTED, threshold_columns, ARRAY_LEN(threshold_columns));

	for (size_t i = 0; i < n; i++) {
		report_add_cell(r, t, "%.0f", (double)steps[i].threshold / LINK_BIT);
		report_add_cell(r, t, "%" PRIu64, steps[i].pairs);
		report_add_cell(r, t, "%.4f", steps[i].precision);
		report_add_cell(r, t, "%.4f", steps[i].found);
		report_add_cell(r, t, "%.4f", steps[i].unlinkable);
		if (steps[i].pairs == 0)
			break; /* above it, only less */
	}
	report_add_chart(r, "threshold_selection", "Threshold selection",
	    "Expected precision and share found, by threshold, as the model believes; and the "
	    "records that no pair could lift to it",
	    "thresholds", embed_find("link/data/chart_thresholds.json").ptr);
}

static void add_facts(struct report *r, const struct link_job *job, const char *out)
{
	const struct link_records *d = job->records;
	uint64_t decisions[LINK_DECISIONS] = {0};
	double possible = (double)link_possible_pairs(d, job->spec.type);

	for (size_t i = 0; i < job->edges.list.len; i++)
		decisions[link_decide(job, &job->edges.list.ptr[i])]++;
	report_add_fact(r, "left", "Left", "%s, %s records", d->paths[0],
	    report_grouped(r, d->left));
	if (d->paths[1])
		report_add_fact(
		    r, "right", "Right", "%s, %s records", d->paths[1],
		    report_grouped(r, d->count - d->left));
	report_add_fact(r, "out", "Results", "%s", out);
	report_add_counts(r, "compared", "Pairs compared", "%" PRIu64 " of %.0f",
	    job->edges.compared, possible);
	report_add_fact(r, "recall", "Expected blocking recall", "%.1f %%",
	    100 * job->blocking.expected_recall);
	report_add_counts(r, "expected", "True pairs expected", "%.0f",
	    job->model.lambda * possible);
	report_add_fact(r, "threshold", "Linked from", "%.2f bits",
	    (double)job->threshold / LINK_BIT);
	report_add_counts(r, "linked", "Pairs linked", "%" PRIu64, decisions[LINK_LINKED]);
	report_add_counts(r, "apart", "Above it, kept apart", "%" PRIu64, decisions[LINK_APART]);
	report_add_counts(r, "review", "For review", "%" PRIu64 ", from %.2f bits",
	    decisions[LINK_REVIEW], (double)job->review / LINK_BIT);
	report_add_counts(r, "clusters", "Clusters", "%zu, of %zu records, the largest of %zu",
	    job->clusters.count, job->clusters.linked, job->clusters.largest);
	if (job->spec.type == LINK_LINK_ONLY)
		report_add_counts(r, "ties", "Ties", "%zu", job->clusters.ties);
}

static void add_notes(struct report *r, const struct link_job *job)
{
	uint64_t left_out = 0;

	for (size_t p = 0; p < job->blocking.passes; p++)
		left_out += job->blocking.pass[p].left_out;
	for (size_t i = 0; i < job->spec.unused.len; i++)
		report_add_note(r, "column \"%s\" is not compared", job->spec.unused.ptr[i]);
	for (size_t c = 0; job->trained && c < job->model.comparisons; c++)
		if (!job->model.trained[c])
			report_add_note(r, "comparison \"%s\" keeps its assumed m: too few pairs",
			    job->records->field[job->model.comparison[c].field].column);
	for (size_t c = 0; c < job->model.comparisons; c++) {
		const struct link_comparison *cmp = &job->model.comparison[c];

		if (cmp->told_by >= 0)
			report_add_note(r,
			    "\"%s\" tells much of what \"%s\" tells: it counts only where "
			    "that one differs",
			    job->records->field[cmp->field].column,
			    job->records->field[cmp->told_by].column);
	}
	if (left_out)
		report_add_note(r,
		    "oversized blocks were split: %" PRIu64
		    " pairs were left out of their pass; --pairs raises the budget",
		    left_out);
	if (job->clusters.too_large)
		report_add_note(r,
		    "%zu pairs would have made a component beyond the limit and were not followed",
		    job->clusters.too_large);
	report_add_note(r, "precision, share found and true pairs are what the model expects, "
			   "without truth; hygie link evaluate compares with truth");
}

struct report *link_run_report(const struct link_job *job, const char *out)
{
	struct report *r = report_new("Record linkage",
	    "Which records are of one person, by the weight of what agrees and differs.");

	add_facts(r, job, out);
	add_thresholds(r, job);
	link_report_weights(r, &job->model, job->records);
	add_passes(r, job);
	link_report_fields(r, job->records);
	link_report_sizes(r, &job->clusters, job->records->count);
	add_notes(r, job);
	return r;
}
