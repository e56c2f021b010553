#include "link/review_summary.h"

#include "stats/agreement.h"
#include "stats/quantile.h"

static const struct report_column cross_columns[] = {
    {"first", "First reader", REPORT_TEXT},
    {"one", "Second: one person", REPORT_COUNT},
    {"two", "two persons", REPORT_COUNT},
    {"unsure", "cannot say", REPORT_COUNT},
};
static const struct report_column pair_columns[] = {
    {"source_l", "Source", REPORT_TEXT},
    {"id_l", "Record", REPORT_TEXT},
    {"source_r", "Source", REPORT_TEXT},
    {"id_r", "Record", REPORT_TEXT},
    {"first", "First reader", REPORT_TEXT},
    {"second", "Second reader", REPORT_TEXT},
};

static const char *const said[LINK_ANSWERS] = {"", "one person", "two persons", "cannot say"};

struct cross {
	size_t n[LINK_ANSWERS][LINK_ANSWERS];
	size_t both;
};

static struct cross cross(const struct link_review *r, const struct link_readings *two)
{
	struct cross c = {0};

	for (size_t i = 0; i < r->pairs.len; i++) {
		enum link_answer a = two->answer[0][i];
		enum link_answer b = two->answer[1][i];

		c.n[a][b]++;
		c.both += a != LINK_OPEN && b != LINK_OPEN;
	}
	return c;
}

/* Both have read it, and do not both say one person or both two. */
static bool disagree(const struct link_readings *two, size_t i)
{
	enum link_answer a = two->answer[0][i];
	enum link_answer b = two->answer[1][i];

	return a != LINK_OPEN && b != LINK_OPEN && (a != b || a == LINK_UNSURE);
}

static void add_kappa(struct report *out, const struct cross *c)
{
	const int64_t counts[2][2] = {
	    {(int64_t)c->n[LINK_ONE_PERSON][LINK_ONE_PERSON],
		(int64_t)c->n[LINK_ONE_PERSON][LINK_TWO_PERSONS]},
	    {(int64_t)c->n[LINK_TWO_PERSONS][LINK_ONE_PERSON],
		(int64_t)c->n[LINK_TWO_PERSONS][LINK_TWO_PERSONS]},
	};
	struct stats_kappa k;

	if (!stats_kappa(counts, stats_normal_quantile(0.975), &k)) {
		report_add_fact(out, "kappa", "Cohen's kappa", "%s",
		    "none: no two answers differ, or there is none");
		return;
	}
	report_add_fact(out, "agreement", "Agreement", "%.1f %%", 100 * k.observed);
	report_add_fact(out, "kappa", "Cohen's kappa", "%.3f (%.3f to %.3f)", k.kappa,
	    k.interval.lower, k.interval.upper);
}

static void add_cross(struct report *out, const struct cross *c)
{
	struct report_table *t = report_add_table(out, "answers", "Answers of both", REPORT_SHOWN,
	    cross_columns, ARRAY_LEN(cross_columns));

	for (int a = LINK_ONE_PERSON; a < LINK_ANSWERS; a++) {
		report_add_cell(out, t, "%s", said[a]);
		for (int b = LINK_ONE_PERSON; b < LINK_ANSWERS; b++)
			report_add_cell(out, t, "%zu", c->n[a][b]);
	}
}

static void add_record(
    struct report *out, struct report_table *t, const struct link_records *d, uint32_t record)
{
	AUTO_STR struct str id = {0};

	link_record_name(d, record, &id);
	report_add_cell(out, t, "%s", link_record_source(d, record) ? "right" : "left");
	report_add_cell(out, t, "%s", str_get(&id));
}

static size_t add_disagreements(
    struct report *out, const struct link_review *r, const struct link_readings *two)
{
	struct report_table *t = report_add_table(out, "disagreements", "To arbitrate",
	    REPORT_SHOWN | REPORT_EXPORTED, pair_columns, ARRAY_LEN(pair_columns));

	for (size_t i = 0; i < r->pairs.len; i++) {
		if (!disagree(two, i))
			continue;
		add_record(out, t, r->job->records, r->pairs.ptr[i].a);
		add_record(out, t, r->job->records, r->pairs.ptr[i].b);
		report_add_cell(out, t, "%s", said[two->answer[0][i]]);
		report_add_cell(out, t, "%s", said[two->answer[1][i]]);
	}
	return report_rows(t);
}

struct report *link_review_agreement(const struct link_review *r, const struct link_readings *two)
{
	struct report *out = report_new("Two readers",
	    "How well they agree on which pairs are one person, beyond chance.");
	struct cross c = cross(r, two);
	size_t open;

	report_add_fact(out, "first", "First reader", "%s", two->path[0]);
	report_add_fact(out, "second", "Second reader", "%s", two->path[1]);
	report_add_fact(
	    out, "both", "Read by both", "%zu of %zu pairs drawn", c.both, r->pairs.len);
	add_kappa(out, &c);
	add_cross(out, &c);
	open = add_disagreements(out, r, two);
	report_add_fact(out, "disagreements", "To arbitrate", "%zu pairs", open);
	report_add_note(out, "kappa and agreement are of the pairs on which both said one or two "
			     "persons; the draw has more hard pairs than the run has");
	return out;
}

void link_review_settle(struct link_review *r, const struct link_readings *two)
{
	for (size_t i = 0; i < r->pairs.len; i++) {
		struct link_review_pair *p = &r->pairs.ptr[i];

		p->settled = !disagree(two, i);
		if (p->settled)
			p->answer = two->answer[0][i] == two->answer[1][i] ? two->answer[0][i]
			                                                   : LINK_OPEN;
	}
}
