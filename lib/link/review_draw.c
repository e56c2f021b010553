#include "link/review.h"

#include "base/hash.h"
#include "base/rng.h"
#include "io/file.h"

#include <math.h>

enum {
	STREAM_DRAW = 0x72657631, /* one stream a purpose */
	STREAM_ORDER = 0x72657632,
	BANDS = 6,
};

/* A pair of the population with its random number. */
struct candidate {
	uint64_t key;
	size_t edge;
};

struct candidates {
	VEC(struct candidate) list;
};

void link_review_clear(struct link_review *r)
{
	vec_clear(&r->strata);
	vec_clear(&r->pairs);
	arena_clear(&r->arena);
	*r = (struct link_review){0};
}

/* Where the bands of weight end, in bits from the threshold; the last has no end. */
static const int band_ends[BANDS - 1] = {-5, 0, 5, 10, 20};

static size_t stratum_of(const struct link_job *job, const struct link_edge *e)
{
	size_t band = 0;

	while (band < BANDS - 1 &&
	       e->weight >= job->threshold + (int64_t)band_ends[band] * LINK_BIT)
		band++;
	return band + (link_decide(job, e) == LINK_LINKED ? BANDS : 0);
}

static void add_strata(struct link_review *r, const uint64_t pairs[2 * BANDS],
    size_t ret_place[2 * BANDS])
{
	for (size_t i = 0; i < (size_t)2 * BANDS; i++) {
		size_t band = i % BANDS;
		struct link_stratum s = {
		    .from = band ? r->job->threshold + (int64_t)band_ends[band - 1] * LINK_BIT
		                 : r->job->review,
		    .to = band + 1 < BANDS
		              ? r->job->threshold + (int64_t)band_ends[band] * LINK_BIT
		              : INT64_MAX,
		    .linked = i >= BANDS,
		    .pairs = pairs[i],
		};

		s.from = MAX(s.from, r->job->review);
		ret_place[i] = r->strata.len;
		if (pairs[i])
			*vec_push(&r->strata) = s;
	}
}

/*
 * Power allocation with the power 1/2 (M. D. Bankier, Am. Stat. 42 (1988)
 * 174-177): in a half, sizes of samples follow the square roots of those of the
 * strata, and none goes without. Handed out one at a time (by the divisors 1, 3,
 * 5 ... of Webster), so that a larger draw takes no less from any stratum.
 */
static double claim(const struct link_stratum *s)
{
	double divisor = 2 * (double)s->drawn + 1;

	if (s->drawn == s->pairs)
		return -1;
	return s->drawn < LINK_REVIEW_LEAST ? HUGE_VAL : (double)s->pairs / (divisor * divisor);
}

/* False when no stratum of this half has a pair left. */
static bool take_one(struct link_review *r, bool linked)
{
	struct link_stratum *best = NULL;

	for (size_t i = 0; i < r->strata.len; i++) {
		struct link_stratum *s = &r->strata.ptr[i];

		if (s->linked == linked && claim(s) > (best ? claim(best) : -1))
			best = s;
	}
	if (best)
		best->drawn++;
	return best;
}

static void share_out(struct link_review *r)
{
	bool more = true;

	for (uint64_t n = 0; n < r->wanted && more; n++)
		more = take_one(r, n % 2) || take_one(r, !(n % 2));
}

static int by_key(const void *a, const void *b)
{
	const struct candidate *x = a;
	const struct candidate *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return (x->edge > y->edge) - (x->edge < y->edge);
}

/* Those of the lowest numbers; what stands above them is dropped now and then. */
static void keep_lowest(struct candidates *c, size_t most)
{
	qsort(c->list.ptr, c->list.len, sizeof(*c->list.ptr), by_key);
	c->list.len = MIN(c->list.len, most);
}

static void draw(struct link_review *r, const size_t place[2 * BANDS],
    struct candidates chosen[2 * BANDS])
{
	const struct link_job *job = r->job;

	for (size_t i = 0; i < job->edges.list.len; i++) {
		size_t s = place[stratum_of(job, &job->edges.list.ptr[i])];
		struct rng number = rng_at(r->seed, STREAM_DRAW, i);
		size_t most = r->strata.ptr[s].drawn;

		if (most == 0)
			continue;
		*vec_push(&chosen[s].list) = (struct candidate){rng_u64(&number), i};
		if (chosen[s].list.len >= 2 * most + 64)
			keep_lowest(&chosen[s], most);
	}
	for (size_t s = 0; s < r->strata.len; s++)
		keep_lowest(&chosen[s], r->strata.ptr[s].drawn);
}

static void add_pairs(struct link_review *r, const struct candidates chosen[2 * BANDS],
    const size_t place[2 * BANDS])
{
	struct candidates all = {0};

	for (size_t s = 0; s < r->strata.len; s++)
		for (size_t i = 0; i < chosen[s].list.len; i++) {
			size_t edge = chosen[s].list.ptr[i].edge;
			struct rng number = rng_at(r->seed, STREAM_ORDER, edge);

			*vec_push(&all.list) = (struct candidate){rng_u64(&number), edge};
		}
	keep_lowest(&all, all.list.len);
	for (size_t i = 0; i < all.list.len; i++) {
		const struct link_edge *e = &r->job->edges.list.ptr[all.list.ptr[i].edge];

		*vec_push(&r->pairs) = (struct link_review_pair){.a = e->a,
		    .b = e->b,
		    .weight = e->weight,
		    .decision = link_decide(r->job, e),
		    .stratum = place[stratum_of(r->job, e)]};
	}
	vec_clear(&all.list);
}

static int name_population(struct link_review *r, struct err *err)
{
	AUTO_FREE char *csv = path_join(r->job->folder, "pairs.csv");
	AUTO_FREE char *parquet = path_join(r->job->folder, "pairs.parquet");
	char hex[SHA256_HEX_SIZE];

	if (hash_sha256_file(path_exists(csv) ? csv : parquet, hex, NULL, err) < 0)
		return -1;
	memcpy(r->population, hex, LINK_POPULATION - 1);
	return 0;
}

int link_review_draw(struct link_review *r, const struct link_job *job, uint64_t seed,
    uint64_t wanted, struct err *err)
{
	struct candidates chosen[2 * BANDS] = {0};
	uint64_t pairs[2 * BANDS] = {0};
	size_t place[2 * BANDS];

	r->job = job;
	r->seed = seed;
	r->wanted = wanted;
	if (job->edges.list.len == 0) {
		(void)err_set(err, ERR_FORMAT, "%s: the run kept no pair, nothing to review",
		    job->folder);
		return err_hint(err, "hygie link run --review keeps pairs from a lower weight");
	}
	if (name_population(r, err) < 0)
		return -1;
	for (size_t i = 0; i < job->edges.list.len; i++)
		pairs[stratum_of(job, &job->edges.list.ptr[i])]++;
	add_strata(r, pairs, place);
	share_out(r);
	draw(r, place, chosen);
	add_pairs(r, chosen, place);
	for (size_t i = 0; i < ARRAY_LEN(chosen); i++)
		vec_clear(&chosen[i].list);
	return 0;
}

struct link_review_count link_review_counts(const struct link_review *r)
{
	struct link_review_count c = {0};

	for (size_t i = 0; i < r->pairs.len; i++) {
		if (r->pairs.ptr[i].settled)
			continue;
		c.shown++;
		c.done += r->pairs.ptr[i].answer != LINK_OPEN;
		c.answer[r->pairs.ptr[i].answer]++;
	}
	return c;
}
