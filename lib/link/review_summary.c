#include "link/review_summary.h"

#include "link/report_parts.h"
#include "stats/proportion.h"

#include <inttypes.h>

static const struct report_column stratum_columns[] = {
    {"from", "Weight from", REPORT_NUMBER},
    {"to", "to", REPORT_NUMBER},
    {"linked", "Linked", REPORT_TEXT},
    {"pairs", "Pairs", REPORT_COUNT},
    {"drawn", "Drawn", REPORT_COUNT},
    {"one", "One person", REPORT_COUNT},
    {"two", "Two persons", REPORT_COUNT},
    {"unsure", "Cannot say", REPORT_COUNT},
    {"share", "Share of one person", REPORT_PERCENT},
    {"low", "from", REPORT_PERCENT},
    {"high", "to", REPORT_PERCENT},
};
static const struct report_column estimate_columns[] = {
    {"estimate", "Estimate", REPORT_TEXT},
    {"unsure", "Where the reader could not say", REPORT_TEXT},
    {"value", "Value", REPORT_PERCENT},
    {"low", "95 % interval from", REPORT_PERCENT},
    {"high", "to", REPORT_PERCENT},
};

struct tally {
	size_t answer[LINK_ANSWERS];
};

#define CONFIDENCE 0.95

static struct tally tally(const struct link_review *r, size_t stratum)
{
	struct tally t = {0};

	for (size_t i = 0; i < r->pairs.len; i++)
		if (r->pairs.ptr[i].stratum == stratum)
			t.answer[r->pairs.ptr[i].answer]++;
	return t;
}

static struct stats_stratum as_stratum(
    const struct link_review *r, size_t stratum, enum link_answer unsure)
{
	struct tally t = tally(r, stratum);
	size_t one = t.answer[LINK_ONE_PERSON];
	size_t two = t.answer[LINK_TWO_PERSONS];

	one += unsure == LINK_ONE_PERSON ? t.answer[LINK_UNSURE] : 0;
	two += unsure == LINK_TWO_PERSONS ? t.answer[LINK_UNSURE] : 0;
	return (struct stats_stratum){.population = (int64_t)r->strata.ptr[stratum].pairs,
	    .sample = (int64_t)(one + two),
	    .cases = (int64_t)one};
}

/* Pairs of one person among those linked, or among the others. */
static bool total(const struct link_review *r, bool linked, enum link_answer unsure,
    struct stats_estimate *ret, uint64_t *ret_pairs)
{
	struct stats_stratum *s = mem_zalloc(r->strata.len, sizeof(*s));
	size_t n = 0;
	bool known;

	*ret_pairs = 0;
	for (size_t i = 0; i < r->strata.len; i++)
		if (r->strata.ptr[i].linked == linked) {
			s[n++] = as_stratum(r, i, unsure);
			*ret_pairs += r->strata.ptr[i].pairs;
		}
	known = stats_strata_total(s, n, CONFIDENCE, ret);
	free(s);
	return known;
}

struct link_review_estimates link_review_estimate(
    const struct link_review *r, enum link_answer unsure)
{
	struct link_review_estimates e = {0};
	struct stats_estimate right;
	uint64_t linked, others;
	bool known = total(r, true, unsure, &right, &linked);

	e.known = total(r, false, unsure, &e.missed, &others) && known;
	if (!e.known)
		return e;
	if (linked)
		e.precision = (struct stats_estimate){.value = right.value / (double)linked,
		    .interval = {.lower = right.interval.lower / (double)linked,
			.upper = right.interval.upper / (double)linked}};
	if (right.value + e.missed.value > 0)
		e.recall = stats_part_of_sum(right, e.missed);
	return e;
}

static void add_estimate(struct report *r, struct report_table *t, const char *what,
    const char *unsure, struct stats_estimate e)
{
	report_add_cell(r, t, "%s", what);
	report_add_cell(r, t, "%s", unsure);
	report_add_cell(r, t, "%.6f", e.value);
	report_add_cell(r, t, "%.6f", e.interval.lower);
	report_add_cell(r, t, "%.6f", e.interval.upper);
}

static void add_estimates(struct report *out, const struct link_review *r, bool any_unsure)
{
	static const struct {
		const char *label;
		enum link_answer unsure;
	} ways[] = {
	    {"left out", LINK_OPEN},
	    {"taken as one person", LINK_ONE_PERSON},
	    {"taken as two persons", LINK_TWO_PERSONS},
	};
	struct report_table *t = report_add_table(out, "estimates", "Precision and recall",
	    REPORT_SHOWN | REPORT_EXPORTED, estimate_columns, ARRAY_LEN(estimate_columns));

	for (size_t i = 0; i < (any_unsure ? ARRAY_LEN(ways) : 1); i++) {
		struct link_review_estimates e = link_review_estimate(r, ways[i].unsure);

		if (!e.known)
			continue;
		add_estimate(out, t, "precision", ways[i].label, e.precision);
		add_estimate(out, t, "recall among pairs kept", ways[i].label, e.recall);
	}
}

static void add_bound(struct report *out, struct report_table *t, int64_t weight)
{
	char buf[LINK_BITS_TEXT];

	report_add_cell(out, t, "%s", weight == INT64_MAX ? "" : link_bits(weight, buf));
}

static void add_stratum(
    struct report *out, struct report_table *t, const struct link_review *r, size_t i)
{
	const struct link_stratum *s = &r->strata.ptr[i];
	struct tally n = tally(r, i);
	size_t one = n.answer[LINK_ONE_PERSON];
	size_t said = one + n.answer[LINK_TWO_PERSONS];

	add_bound(out, t, s->from);
	add_bound(out, t, s->to);
	report_add_cell(out, t, "%s", s->linked ? "yes" : "no");
	report_add_cell(out, t, "%" PRIu64, s->pairs);
	report_add_cell(out, t, "%zu", s->drawn);
	report_add_cell(out, t, "%zu", one);
	report_add_cell(out, t, "%zu", n.answer[LINK_TWO_PERSONS]);
	report_add_cell(out, t, "%zu", n.answer[LINK_UNSURE]);
	if (said) {
		double share = (double)one / (double)said;
		struct stats_interval ci =
		    stats_clopper_pearson((int64_t)one, (int64_t)said, CONFIDENCE);

		if (said == s->pairs) /* all are known */
			ci = (struct stats_interval){share, share};
		report_add_cell(out, t, "%.6f", share);
		report_add_cell(out, t, "%.6f", ci.lower);
		report_add_cell(out, t, "%.6f", ci.upper);
	} else {
		for (int k = 0; k < 3; k++)
			report_add_cell(out, t, "%s", "");
	}
}

/* Pairs inside clusters that were not kept as pairs: two records that others tie together. */
static uint64_t tied_only(const struct link_review *r)
{
	const struct link_records *d = r->job->records;
	uint32_t *size = mem_zalloc(d->count, sizeof(*size));
	uint64_t inside = 0;

	for (size_t i = 0; i < d->count; i++)
		inside += size[r->job->clusters.of_record[i]]++;
	free(size);
	for (size_t i = 0; i < r->strata.len; i++)
		inside -= r->strata.ptr[i].linked ? r->strata.ptr[i].pairs : 0;
	return inside;
}

struct report *link_review_report(const struct link_review *r, const char *labels)
{
	uint64_t tied = tied_only(r);
	struct report *out = report_new("Clerical review",
	    "Precision and recall of a linkage, from pairs that people have judged.");
	struct link_review_count c = link_review_counts(r);
	struct link_review_estimates e = link_review_estimate(r, LINK_OPEN);
	struct report_table *t;

	report_add_fact(out, "labels", "Labels", "%s", labels);
	report_add_fact(out, "answered", "Answered", "%zu of %zu pairs drawn", c.done, c.shown);
	report_add_fact(out, "seed", "Seed", "%" PRIu64, r->seed);
	if (e.known)
		report_add_counts(out, "missed", "Pairs missed",
		    "%.0f (%.0f to %.0f) of those kept", e.missed.value,
		    e.missed.interval.lower, e.missed.interval.upper);
	add_estimates(out, r, c.answer[LINK_UNSURE] > 0);
	t = report_add_table(out, "strata", "Strata", REPORT_SHOWN, stratum_columns,
	    ARRAY_LEN(stratum_columns));
	for (size_t i = 0; i < r->strata.len; i++)
		add_stratum(out, t, r, i);
	if (!e.known)
		report_add_note(out, "no estimate yet: a stratum has no answer that decides");
	if (tied)
		report_add_note(out,
		    "%" PRIu64 " more pairs are linked only through other records; their weight is "
		    "below the review threshold, and no draw has them",
		    tied);
	report_add_note(out, "recall is among the pairs that the run kept; pairs below its review "
			     "threshold, or never compared, are not seen here");
	return out;
}
