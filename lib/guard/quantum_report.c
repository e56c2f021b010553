#include "guard/quantum_report.h"

#include <string.h>

static const struct report_column metric_columns[] = {
    {"metric", NULL, REPORT_TEXT},
    {"category", NULL, REPORT_TEXT},
    {"dimension", NULL, REPORT_TEXT},
    {"name", "Metric", REPORT_WORDS},
    {"level", "Level", REPORT_NUMBER},
    {"highest", "Of", REPORT_NUMBER},
    {"means", "Which means", REPORT_WORDS},
    {"by", "By", REPORT_WORDS},
    {"points", "Points", REPORT_NUMBER},
    {"points_max", "Of", REPORT_NUMBER},
    {"evidence", NULL, REPORT_TEXT},
};

static const struct report_column dimension_columns[] = {
    {"category", "Category", REPORT_WORDS},
    {"dimension", "Dimension", REPORT_WORDS},
    {"points", "Points", REPORT_NUMBER},
    {"points_max", "Of", REPORT_NUMBER},
    {"share", "Share", REPORT_PERCENT},
};

static const struct report_column step_columns[] = {
    {"metric", NULL, REPORT_TEXT},
    {"name", "Metric", REPORT_WORDS},
    {"next", "Next level", REPORT_WORDS},
    {"gain", "Points more", REPORT_NUMBER},
};

static const struct report_column maturity_columns[] = {
    {"dimension", NULL, REPORT_TEXT},
    {"title", "Dimension", REPORT_WORDS},
    {"level", "Level", REPORT_NUMBER},
    {"means", "Which means", REPORT_WORDS},
};

static const char *by_name(enum quantum_proof by)
{
	switch (by) {
	case QUANTUM_BY_SCAN: return "scan";
	case QUANTUM_BY_FORM: return "form";
	case QUANTUM_UNPROVEN:
	default: return "";
	}
}

static void add_level(struct report *doc, struct report_table *t, int level)
{
	if (level == QUANTUM_NO_LEVEL)
		report_add_cell(doc, t, "%s", "");
	else
		report_add_cell(doc, t, "%d", level);
}

static void add_metrics(struct report *doc, const struct quantum_label *q)
{
	struct report_table *t = report_add_table(doc, "metrics", "Metrics",
	    REPORT_SHOWN | REPORT_EXPORTED, metric_columns, ARRAY_LEN(metric_columns));

	for (size_t i = 0; i < q->metrics.len; i++) {
		const struct quantum_metric *m = &q->metrics.ptr[i];

		report_add_cell(doc, t, "%s", m->id);
		report_add_cell(doc, t, "%s", m->category);
		report_add_cell(doc, t, "%s", m->dimension);
		report_add_cell(doc, t, "%s", m->name);
		add_level(doc, t, m->level);
		report_add_cell(doc, t, "%d", m->highest);
		report_add_cell(doc, t, "%s", m->level < 0 ? "not told" : m->levels[m->level]);
		report_add_cell(doc, t, "%s", by_name(m->by));
		report_add_cell(doc, t, "%.2f", quantum_points(q, m));
		report_add_cell(doc, t, "%.2f", quantum_points_max(q, m));
		report_add_cell(doc, t, "%s", m->evidence);
	}
}

/* Metrics of a dimension stand one after the other. */
static void add_dimensions(struct report *doc, const struct quantum_label *q)
{
	struct report_table *t = report_add_table(doc, "dimensions", "Dimensions", REPORT_DETAIL,
	    dimension_columns, ARRAY_LEN(dimension_columns));

	for (size_t i = 0, next; i < q->metrics.len; i = next) {
		const struct quantum_metric *m = &q->metrics.ptr[i];
		double points = 0, max = 0;

		for (next = i; next < q->metrics.len &&
			       strcmp(q->metrics.ptr[next].dimension, m->dimension) == 0;
		     next++) {
			points += quantum_points(q, &q->metrics.ptr[next]);
			max += quantum_points_max(q, &q->metrics.ptr[next]);
		}
		report_add_cell(doc, t, "%s", m->category);
		report_add_cell(doc, t, "%s", m->dimension);
		report_add_cell(doc, t, "%.2f", points);
		report_add_cell(doc, t, "%.2f", max);
		report_add_cell(doc, t, "%.6f", points / max);
	}
}

static double gain_of(const struct quantum_label *q, const struct quantum_metric *m)
{
	return MAX(m->level, 0) == m->highest ? 0 : quantum_points_max(q, m) / m->highest;
}

/* The most useful first; of the same use as in the label. */
static void add_steps(struct report *doc, const struct quantum_label *q)
{
	struct report_table *t = report_add_table(doc, "steps", "What would raise it most",
	    REPORT_SHOWN, step_columns, ARRAY_LEN(step_columns));
	double below = 101;

	for (size_t n = 0; n < 5; n++) {
		double best = 0;

		for (size_t i = 0; i < q->metrics.len; i++) {
			double gain = gain_of(q, &q->metrics.ptr[i]);

			best = gain < below && gain > best ? gain : best;
		}
		for (size_t i = 0; best > 0 && i < q->metrics.len; i++) {
			const struct quantum_metric *m = &q->metrics.ptr[i];

			if (gain_of(q, m) < best || gain_of(q, m) > best)
				continue;
			report_add_cell(doc, t, "%s", m->id);
			report_add_cell(doc, t, "%s", m->name);
			report_add_cell(doc, t, "%s", m->levels[MAX(m->level, 0) + 1]);
			report_add_cell(doc, t, "%.2f", best);
		}
		below = best;
	}
}

static void add_maturity(struct report *doc, const struct quantum_label *q)
{
	static const char *const means[] = {
	    "", "initial", "emerging, documented", "defined", "managed", "optimised"};
	struct report_table *t;

	if (quantum_maturity_sum(q) == 0)
		return;
	t = report_add_table(doc, "maturity", "Maturity of the holder", REPORT_SHOWN,
	    maturity_columns, ARRAY_LEN(maturity_columns));
	for (size_t i = 0; i < q->maturity.len; i++) {
		const struct quantum_maturity *m = &q->maturity.ptr[i];

		report_add_cell(doc, t, "%s", m->id);
		report_add_cell(doc, t, "%s", m->title);
		add_level(doc, t, m->level);
		report_add_cell(doc, t, "%s", m->level < 0 ? "not told" : means[m->level]);
	}
}

static size_t told(const struct quantum_label *q)
{
	size_t n = 0;

	for (size_t i = 0; i < q->metrics.len; i++)
		n += q->metrics.ptr[i].level != QUANTUM_NO_LEVEL;
	return n;
}

struct report *quantum_report(const struct quantum_label *q)
{
	struct report *doc = report_new("QUANTUM label",
	    "Quality and utility of the dataset, self-declared: by what a scan proves and by what "
	    "its holder tells.");
	double score = quantum_score(q);
	int stars = quantum_stars(score);
	AUTO_STR struct str svg = {0};

	if (*q->dataset_title)
		report_add_fact(doc, "title", "Dataset", "%s", q->dataset_title);
	if (*q->dataset_iri)
		report_add_fact(doc, "iri", "Address", "%s", q->dataset_iri);
	report_add_counts(doc, "score", "Score", "%.2f", score);
	report_add_fact(doc, "stars", "Stars", "%d", stars);
	report_add_counts(doc, "told", "Metrics told", "%zu of %zu", told(q), q->metrics.len);
	if (quantum_maturity_sum(q))
		report_add_counts(doc, "maturity", "Maturity", "%d of %zu",
		    quantum_maturity_sum(q), q->maturity.len * QUANTUM_MATURITY_HIGHEST);
	quantum_draw(q, &svg);
	report_add_svg(doc, "sunburst", "Where the points are",
	    arena_format(&doc->arena, "%.1f of 100 points, %d star%s: inside the categories, "
				      "around them their dimensions, as wide as they weigh, as "
				      "strong as their points",
		score, stars, stars == 1 ? "" : "s"),
	    str_get(&svg));
	add_steps(doc, q);
	add_metrics(doc, q);
	add_dimensions(doc, q);
	add_maturity(doc, q);
	report_add_note(doc,
	    "a metric that is not told counts 0; stars from 25, 45, 60, 80 and 90 points");
	return doc;
}
