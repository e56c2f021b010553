#include "link/train_inside.h"

#include <math.h>

enum {
	SESSION_PAIRS = 1000000, /* of one pass */
	SESSIONS_MAX = 10,
	ROUNDS = 200,
};

static const double M_LEAST = 1e-4;
static const double CONVERGED = 1e-6;
static const uint64_t TRAINING_BUDGET = 30000000;
static const double TRAINING_PASS_COST = 300000; /* selective: most pairs are true */

struct session {
	struct link_histogram patterns;
	bool decided[LINK_COMPARISONS_MAX]; /* by the key: says nothing here */
	double lambda;
};

static void take(void *ctx, int worker, const struct link_batch *batch)
{
	struct link_counter *c = ctx;
	size_t fields = c->train->records->fields;

	for (size_t i = 0; i < batch->count; i++)
		link_histogram_add(&c->patterns[worker],
		    link_pattern(&c->comparers[worker], c->model->comparison,
			c->model->comparisons, batch->rows + batch->a[i] * fields,
			batch->rows + batch->b[i] * fields),
		    1);
}

static double bits_of(const struct link_model *m, const struct session *s, uint64_t pattern)
{
	double sum = 0;

	for (size_t c = 0; c < m->comparisons; c++) {
		unsigned l = link_pattern_level(pattern, c);

		if (l && !s->decided[c])
			sum += log2(m->m[c][l] / m->u[c][l]);
	}
	return sum;
}

/* Expected counts of true pairs by level; returns their number. */
static double expect(const struct link_model *m, const struct session *s,
    double count[LINK_COMPARISONS_MAX][LINK_LEVELS_MAX])
{
	double odds = log2(s->lambda / (1 - s->lambda));
	double total = 0;

	memset(count, 0, LINK_COMPARISONS_MAX * sizeof(count[0]));
	for (size_t i = 0; i < s->patterns.used; i++) {
		const struct link_bin *b = &s->patterns.bins[i];
		double p = (double)b->count / (1 + exp2(-odds - bits_of(m, s, b->pattern)));

		total += p;
		for (size_t c = 0; c < m->comparisons; c++)
			count[c][link_pattern_level(b->pattern, c)] += p;
	}
	return total;
}

static double maximise(struct link_model *m, const struct session *s,
    double count[LINK_COMPARISONS_MAX][LINK_LEVELS_MAX])
{
	double change = 0;

	for (size_t c = 0; c < m->comparisons; c++) {
		double sum = 0;

		if (s->decided[c])
			continue;
		for (size_t l = 1; l <= m->comparison[c].levels; l++)
			sum += count[c][l];
		for (size_t l = 1; l <= m->comparison[c].levels; l++) {
			double next = MAX((count[c][l] + m->comparison[c].level[l].m) / (sum + 1),
			    M_LEAST);

			change = MAX(change, fabs(next - m->m[c][l]));
			m->m[c][l] = next;
		}
	}
	return change;
}

static double pairs_of(const struct session *s)
{
	double n = 0;

	for (size_t i = 0; i < s->patterns.used; i++)
		n += (double)s->patterns.bins[i].count;
	return n;
}

/*
 * m of one session, from the assumed m; the expected counts into `pooled`,
 * weighted by how sure a pair of it is true: where true pairs are few, the
 * second class that EM finds may be another (people born in one place).
 */
static void run_session(const struct link_model *start, struct session *s,
    double pooled[LINK_COMPARISONS_MAX][LINK_LEVELS_MAX])
{
	struct link_model m = *start;
	double count[LINK_COMPARISONS_MAX][LINK_LEVELS_MAX];
	double n = pairs_of(s);
	double change = 1;

	if (n < 1)
		return;
	s->lambda = 0.1;
	for (int round = 0; round < ROUNDS && change > CONVERGED; round++) {
		double total = expect(&m, s, count);

		change = maximise(&m, s, count);
		s->lambda = MIN(MAX(total / n, 1e-7), 0.9999);
	}
	expect(&m, s, count);
	for (size_t c = 0; c < m.comparisons; c++)
		for (size_t l = 1; !s->decided[c] && l <= m.comparison[c].levels; l++)
			pooled[c][l] += count[c][l] * s->lambda * s->lambda;
}

static void set_m(struct link_model *m, double pooled[LINK_COMPARISONS_MAX][LINK_LEVELS_MAX])
{
	for (size_t c = 0; c < m->comparisons; c++) {
		double sum = 0;

		for (size_t l = 1; l <= m->comparison[c].levels; l++)
			sum += pooled[c][l];
		m->trained[c] = sum >= 10;
		for (size_t l = 1; m->trained[c] && l <= m->comparison[c].levels; l++)
			m->m[c][l] = MAX(
			    (pooled[c][l] + m->comparison[c].level[l].m) / (sum + 1), M_LEAST);
	}
}

static bool in_key(const struct link_blocking *b, const struct link_pass *p, int field)
{
	for (size_t i = 0; i < p->parts; i++) {
		const struct link_part *part = &b->part[p->part[i]];

		if ((int)part->field == field ||
		    (part->take == LINK_TAKE_BOTH && (int)part->other == field))
			return true;
	}
	return false;
}

/* What the key decides, or what tells the same as a field of the key. */
static void mark_decided(const struct link_model *m, const struct link_blocking *b,
    const struct link_pass *p, struct session *s)
{
	for (size_t c = 0; c < m->comparisons; c++) {
		int field = (int)m->comparison[c].field;

		s->decided[c] = in_key(b, p, field) || in_key(b, p, m->comparison[c].told_by);
		for (size_t d = 0; d < m->comparisons; d++)
			if (m->comparison[d].told_by == field &&
			    in_key(b, p, (int)m->comparison[d].field))
				s->decided[c] = true;
	}
}

static int count_session(struct link_model *m, const struct link_train *t,
    const struct link_blocking *b, size_t pass, struct session *s, struct err *err)
{
	struct link_counter c;
	struct link_walk walk = {.blocking = b,
	    .pass = pass,
	    .most_pairs = SESSION_PAIRS,
	    .again = true,
	    .threads = t->threads,
	    .take = take,
	    .ctx = &c};
	int rc;

	link_counter_open(&c, m, t);
	rc = link_walk_pass(&walk, err);
	link_counter_close(&c, &s->patterns);
	mark_decided(m, b, &b->pass[pass], s);
	return rc;
}

static int run_sessions(struct link_model *m, const struct link_train *t,
    const struct link_blocking *b, struct session *sessions, struct err *err)
{
	double pooled[LINK_COMPARISONS_MAX][LINK_LEVELS_MAX] = {{0}};

	for (size_t p = 0; p < b->passes; p++) {
		if (count_session(m, t, b, p, &sessions[p], err) < 0)
			return -1;
		run_session(m, &sessions[p], pooled);
	}
	set_m(m, pooled);
	return 0;
}

/* Share of the true pairs whose key a pass is made of agrees to the letter. */
static double share_of_pass(
    const struct link_model *m, const struct link_blocking *b, const struct link_pass *p)
{
	double share = 1;

	for (size_t i = 0; i < p->parts; i++)
		for (size_t c = 0; c < m->comparisons; c++) {
			size_t field = m->comparison[c].field;
			double known = (double)b->records->known[field] / (double)b->records->count;

			if (field == b->part[p->part[i]].field)
				share *= m->m[c][1] * known * known;
		}
	return share;
}

/*
 * The deterministic rule is the pass whose pairs are true and that finds many
 * of them: its true pairs, by the share that it should find.
 */
static void estimate_lambda(struct link_model *m, const struct session *sessions,
    const struct link_blocking *b, double possible)
{
	double best = 0;
	double found = 0;

	for (size_t p = 0; p < b->passes; p++) {
		const struct session *s = &sessions[p];
		double share = share_of_pass(m, b, &b->pass[p]);

		if (pairs_of(s) >= 1 && s->lambda * share > best) {
			best = s->lambda * share;
			found = s->lambda * (double)b->pass[p].pairs / share;
		}
	}
	m->lambda = MIN(MAX(MAX(found, 1) / possible, 1e-15), 0.5);
}

static void sessions_free(struct session *sessions)
{
	for (size_t i = 0; i < LINK_PASSES_MAX; i++)
		link_histogram_clear(&sessions[i].patterns);
	free(sessions);
}

int link_train(struct link_model *m, const struct link_train *t, struct err *err)
{
	AUTO_LINK_BLOCKING struct link_blocking b = {0};
	struct link_histogram random = {0};
	struct session *sessions = mem_zalloc(LINK_PASSES_MAX, sizeof(*sessions));
	double possible = (double)link_possible_pairs(t->records, t->type);
	double scale = MIN(1, possible / LINK_RANDOM_PAIRS);
	uint64_t budget = MIN(TRAINING_BUDGET, (uint64_t)possible / 2 + 1);
	int rc = link_train_u(m, t, scale, &random, err);

	link_blocking_init(&b, t->records, t->type);
	b.threads = t->threads;
	b.pass_cost = MIN(TRAINING_PASS_COST, (double)budget / 100);
	link_blocking_choose(&b, budget, SESSIONS_MAX);
	if (rc == 0)
		rc = run_sessions(m, t, &b, sessions, err);
	if (rc == 0) {
		estimate_lambda(m, sessions, &b, possible);
		link_model_weigh(m, t->records);
		link_estimate_u(m, &random, scale, true);
		link_model_weigh(m, t->records);
	}
	link_histogram_clear(&random);
	sessions_free(sessions);
	return rc;
}
