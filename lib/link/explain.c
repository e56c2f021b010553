#include "link/explain.h"

#include "base/embed.h"
#include "io/file.h"
#include "link/report_parts.h"
#include "link/write.h"

#include <math.h>

static const struct report_column term_columns[] = {
    {"place", NULL, REPORT_COUNT},
    {"term", "Term", REPORT_TEXT},
    {"level", "What is alike", REPORT_TEXT},
    {"weight", "Bits", REPORT_NUMBER},
    {"before", NULL, REPORT_NUMBER},
    {"after", "Sum", REPORT_NUMBER},
};

void link_explanation_clear(struct link_explanation *e)
{
	vec_clear(&e->terms);
	e->weight = 0;
}

static void add_term(struct link_explanation *e, const char *name, const char *level,
    bool frequency, int64_t weight)
{
	*vec_push(&e->terms) = (struct link_term){.name = name,
	    .level = level,
	    .frequency = frequency,
	    .weight = weight,
	    .before = e->weight,
	    .after = e->weight + weight};
	e->weight += weight;
}

void link_explain(struct link_explanation *e, const struct link_job *job, uint32_t a, uint32_t b)
{
	const struct link_model *m = &job->model;
	const uint32_t *row_a = link_row(job->records, a);
	const uint32_t *row_b = link_row(job->records, b);
	struct link_comparer c;

	link_comparer_init(&c, job->records, m->comparison, m->comparisons);
	add_term(e, "prior", "of two random records", false, m->prior);
	for (size_t i = 0; i < m->comparisons; i++) {
		const struct link_comparison *cmp = &m->comparison[i];
		const char *name = job->records->field[cmp->field].column;
		unsigned level = link_compare_rows(&c, cmp, i, row_a, row_b);

		add_term(e, name, level ? cmp->level[level].label : "missing", false,
		    m->weights[i].level[level]);
		if (level == 1)
			add_term(e, name, "how frequent the value is", true,
			    link_frequency_term(m, i, level, row_a[cmp->field]));
	}
	link_comparer_clear(&c);
}

static int find_record(const struct link_job *job, int source, const char *name, uint32_t *ret,
    struct err *err)
{
	int64_t record = link_record_find(job->records, source, VIEW(name));

	if (record < 0)
		return err_set(err, ERR_USAGE, "%s: it has no such record",
		    job->records->paths[source]);
	*ret = (uint32_t)record;
	return 0;
}

static bool is_pair(struct link_source *s, const int column[5], const char *const want[4])
{
	for (int i = 0; i < 4; i++)
		if (!view_eq(link_source_field(s, (size_t)column[i]), VIEW(want[i])))
			return false;
	return true;
}

/* The same of a linkage that is kept: its pairs are in memory. */
static int kept_weight(const struct link_job *job, uint32_t a, uint32_t b, int64_t *ret,
    char decision[16])
{
	for (size_t i = 0; i < job->edges.list.len; i++) {
		const struct link_edge *e = &job->edges.list.ptr[i];
		const char *name = link_decision_name(link_decide(job, e));

		if (e->a != MIN(a, b) || e->b != MAX(a, b))
			continue;
		*ret = e->weight;
		memcpy(decision, name, strlen(name) + 1);
		return 1;
	}
	return 0;
}

/* The stored weight of a pair: 1, or 0 when it was not kept. */
static int stored_weight(const struct link_job *job, uint32_t a, uint32_t b, int64_t *ret,
    char decision[16], struct err *err)
{
	static const char *const names[] = {
	    "source_l", "id_l", "source_r", "id_r", "weight", "decision"};
	AUTO_FREE char *csv = path_join(job->folder, "pairs.csv");
	AUTO_FREE char *parquet = path_join(job->folder, "pairs.parquet");
	AUTO_LINK_SOURCE struct link_source *s = NULL;
	AUTO_STR struct str id_a = {0};
	AUTO_STR struct str id_b = {0};
	int column[6];
	double bits;
	int rc;

	link_record_name(job->records, MIN(a, b), &id_a);
	link_record_name(job->records, MAX(a, b), &id_b);
	if (link_source_open(&s, path_exists(csv) ? csv : parquet, err) < 0)
		return -1;
	for (int i = 0; i < 6; i++)
		if ((column[i] = link_source_find(s, VIEW(names[i]))) < 0)
			return err_set(
			    err, ERR_FORMAT, "%s: pairs without \"%s\"", job->folder, names[i]);
	while ((rc = link_source_next(s, err)) > 0) {
		const char *want[4] = {
		    link_record_source(job->records, MIN(a, b)) ? "right" : "left", str_get(&id_a),
		    link_record_source(job->records, MAX(a, b)) ? "right" : "left", str_get(&id_b)};
		struct view said;

		if (!is_pair(s, column, want))
			continue;
		if (!view_to_double(link_source_field(s, (size_t)column[4]), &bits))
			return err_set(err, ERR_FORMAT, "%s: a weight is no number", job->folder);
		*ret = llround(bits * LINK_BIT);
		said = link_source_field(s, (size_t)column[5]);
		memcpy(decision, said.ptr, MIN(said.len, (size_t)15));
		return 1;
	}
	return rc;
}

static void add_terms(struct report *r, const struct link_explanation *e)
{
	struct report_table *t = report_add_table(r, "terms", "What adds up",
	    REPORT_SHOWN | REPORT_EXPORTED, term_columns, ARRAY_LEN(term_columns));
	char buf[LINK_BITS_TEXT];

	for (size_t i = 0; i < e->terms.len; i++) {
		const struct link_term *term = &e->terms.ptr[i];

		report_add_cell(r, t, "%zu", i);
		report_add_cell(r, t, "%s%s", term->name, term->frequency ? " (frequency)" : "");
		report_add_cell(r, t, "%s", term->level);
		report_add_cell(r, t, "%s", link_bits(term->weight, buf));
		report_add_cell(r, t, "%s", link_bits(term->before, buf));
		report_add_cell(r, t, "%s", link_bits(term->after, buf));
	}
	report_add_chart(r, "waterfall", "Waterfall",
	    "From the prior to the weight of the pair, one step a term", "terms",
	    embed_find("link/data/chart_waterfall.json").ptr);
}

static struct report *make_report(const struct link_explanation *e, bool stored, int64_t weight,
    const char *decision)
{
	struct report *r = report_new(
	    "Why this weight", "Each term in bits; the sum is the weight of the pair.");
	char buf[LINK_BITS_TEXT];

	report_add_fact(r, "weight", "Weight", "%s", link_bits(e->weight, buf));
	report_add_fact(r, "probability", "Probability", "%.6f", link_probability(e->weight));
	if (stored) {
		report_add_fact(r, "stored", "Stored weight", "%s", link_bits(weight, buf));
		report_add_fact(r, "decision", "Decision", "%s", decision);
	} else {
		report_add_fact(r, "stored", "Stored weight", "%s",
		    "none: below the review threshold, or never a candidate");
	}
	add_terms(r, e);
	return r;
}

int link_explain_report(struct report **ret, const struct link_job *job, const char *a,
    const char *b, struct err *err)
{
	struct link_explanation e = {0};
	char decision[16] = "";
	int64_t stored = 0;
	uint32_t ra, rb;
	int has;

	if (job->spec.method != LINK_BY_WEIGHT)
		return err_set(err, ERR_USAGE,
		    "%s: a run by rules has no weights; its pairs name the step", job->folder);
	if (find_record(job, 0, a, &ra, err) < 0 ||
	    find_record(job, job->spec.type == LINK_LINK_ONLY, b, &rb, err) < 0)
		return -1;
	if (ra == rb)
		return err_set(err, ERR_USAGE, "a record and itself are no pair");
	has = job->kept.changes.len ? kept_weight(job, ra, rb, &stored, decision)
	                            : stored_weight(job, ra, rb, &stored, decision, err);
	if (has < 0)
		return -1;
	link_explain(&e, job, ra, rb);
	if (has && stored != e.weight) {
		link_explanation_clear(&e);
		return err_set(err, ERR_INTERNAL, "%s: the terms do not add up to the weight",
		    job->folder);
	}
	*ret = make_report(&e, has > 0, stored, decision);
	link_explanation_clear(&e);
	return 0;
}
