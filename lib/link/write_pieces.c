/*
 * The pairs stand in the order of their weights, so that their records lie
 * anywhere in memory: what a pair needs is fetched ahead. Pairs of one weight
 * share one value of the dictionaries, and so do those of one pattern.
 */
#include "link/write_pieces.h"

#include "base/threads.h"
#include "link/write.h"
#include "table/parquet.h"

enum {
	PIECE_ROWS = 1 << 17,
	PIECES_A_THREAD = 4, /* of a round: encoded side by side, then put in order */
	AHEAD = 24,
	PATTERN_SLOTS = 1 << 18,
};

/* One worker's rows in the making. */
struct maker {
	struct parquet_rows rows;
	struct link_comparer comparer; /* of pairs */
	uint32_t *pattern_slot;        /* number of the pattern, from 1 */
	VEC(uint64_t) patterns;        /* of this piece */
	struct str scratch;
};

struct writing {
	const struct link_job *job;
	const struct link_edge *edges; /* NULL: clusters */
	size_t count;                  /* rows of the table */
	struct maker *makers;
	struct parquet_piece *pieces;
	size_t first; /* piece of this round */
	int threads;
};

/* What is needed soon: first where it lies, then the names. */
static inline void fetch_record(const struct link_job *job, uint32_t record)
{
	const struct link_records *r = job->records;

	__builtin_prefetch(link_row(r, record));
	__builtin_prefetch(&job->clusters.of_record[record]);
	if (r->has_ids)
		__builtin_prefetch(&r->id_ends.ptr[record]);
}

static inline void fetch_name(const struct link_job *job, uint32_t record)
{
	if (job->records->has_ids)
		__builtin_prefetch(link_record_id(job->records, record).ptr);
}

static void fetch_pairs(const struct writing *w, size_t i)
{
	if (i + 2 * AHEAD < w->count) {
		fetch_record(w->job, w->edges[i + 2 * AHEAD].a);
		fetch_record(w->job, w->edges[i + 2 * AHEAD].b);
	}
	if (i + AHEAD < w->count) {
		fetch_name(w->job, w->edges[i + AHEAD].a);
		fetch_name(w->job, w->edges[i + AHEAD].b);
	}
}

static void add_name(struct maker *m, const struct link_records *r, size_t column, uint32_t record)
{
	struct parquet_cells *c = m->rows.cells;

	parquet_add_code(&c[column], (uint32_t)link_record_source(r, record));
	if (r->has_ids) {
		parquet_add_text(&c[column + 1], link_record_id(r, record));
		return;
	}
	str_reset(&m->scratch);
	link_record_name(r, record, &m->scratch);
	parquet_add_text(&c[column + 1], str_view(&m->scratch));
}

static void add_sources(struct parquet_cells *c)
{
	parquet_add_text(c, VIEW_LIT("left"));
	parquet_add_text(c, VIEW_LIT("right"));
}

static void add_levels(struct maker *m, size_t comparisons, uint64_t pattern)
{
	str_reset(&m->scratch);
	for (size_t i = 0; i < comparisons; i++)
		str_addf(&m->scratch, i ? " %u" : "%u", link_pattern_level(pattern, i));
	parquet_add_text(&m->rows.cells[7], str_view(&m->scratch));
}

/* The number of a pattern in this piece. */
static uint32_t number_of(struct maker *m, size_t comparisons, uint64_t pattern)
{
	size_t at = pattern * UINT64_C(0x9E3779B97F4A7C15) >> 46;

	for (; m->pattern_slot[at]; at = (at + 1) % PATTERN_SLOTS)
		if (m->patterns.ptr[m->pattern_slot[at] - 1] == pattern)
			return m->pattern_slot[at] - 1;
	*vec_push(&m->patterns) = pattern;
	m->pattern_slot[at] = (uint32_t)m->patterns.len;
	add_levels(m, comparisons, pattern);
	return (uint32_t)m->patterns.len - 1;
}

static void add_pair(const struct writing *w, struct maker *m, const struct link_edge *e)
{
	const struct link_job *job = w->job;
	const struct link_model *model = &job->model;
	struct parquet_cells *c = m->rows.cells;
	uint64_t pattern = link_pattern(&m->comparer, model->comparison, model->comparisons,
	    link_row(job->records, e->a), link_row(job->records, e->b));

	add_name(m, job->records, 0, e->a);
	add_name(m, job->records, 2, e->b);
	parquet_add_code(&c[4], (uint32_t)c[4].values - 1);
	if (job->spec.method == LINK_BY_WEIGHT)
		parquet_add_code(&c[5], (uint32_t)c[5].values - 1);
	parquet_add_code(&c[6], link_decide(job, e));
	parquet_add_code(&c[7], number_of(m, model->comparisons, pattern));
}

static void fill_pairs(const struct writing *w, struct maker *m, size_t from, size_t to)
{
	struct parquet_cells *c = m->rows.cells;

	memset(m->pattern_slot, 0, PATTERN_SLOTS * sizeof(*m->pattern_slot));
	m->patterns.len = 0;
	add_sources(&c[0]);
	add_sources(&c[2]);
	for (int d = 0; d < LINK_DECISIONS; d++)
		parquet_add_text(&c[6], VIEW(link_decision_name((enum link_decision)d)));
	for (size_t i = from; i < to; i++) {
		const struct link_edge *e = &w->edges[i];

		if (i == from || e->weight != e[-1].weight) {
			parquet_add_double(&c[4], (double)e->weight / LINK_BIT);
			if (w->job->spec.method == LINK_BY_WEIGHT)
				parquet_add_double(&c[5], link_probability(e->weight));
		}
		fetch_pairs(w, i);
		add_pair(w, m, e);
	}
}

static void fill_clusters(const struct writing *w, struct maker *m, size_t from, size_t to)
{
	const uint32_t *of_record = w->job->clusters.of_record;

	add_sources(&m->rows.cells[0]);
	add_sources(&m->rows.cells[2]);
	for (size_t i = from; i < to; i++) {
		if (i + AHEAD < w->count)
			fetch_name(w->job, of_record[i + AHEAD]);
		add_name(m, w->job->records, 0, (uint32_t)i);
		add_name(m, w->job->records, 2, of_record[i]);
	}
}

static int make_piece(void *ctx, size_t item, int worker, struct err *err)
{
	struct writing *w = ctx;
	struct maker *m = &w->makers[worker];
	size_t from = (w->first + item) * PIECE_ROWS;
	size_t to = MIN(from + PIECE_ROWS, w->count);

	parquet_rows_reset(&m->rows);
	(w->edges ? fill_pairs : fill_clusters)(w, m, from, to);
	m->rows.count = to - from;
	return parquet_encode(&w->pieces[item], &m->rows, err);
}

static int write_pieces(struct writing *w, struct parquet_file *f, struct err *err)
{
	size_t pieces = (w->count + PIECE_ROWS - 1) / PIECE_ROWS;
	size_t round = (size_t)w->threads * PIECES_A_THREAD;

	for (w->first = 0; w->first < pieces; w->first += round) {
		size_t n = MIN(round, pieces - w->first);

		if (threads_for(w->threads, n, make_piece, w, err) < 0)
			return -1;
		for (size_t i = 0; i < n; i++)
			if (parquet_put(f, &w->pieces[i], err) < 0)
				return -1;
	}
	return 0;
}

static void makers_open(struct writing *w, const struct table_schema *schema)
{
	const struct link_model *model = &w->job->model;

	w->makers = mem_zalloc((size_t)w->threads, sizeof(*w->makers));
	w->pieces = mem_zalloc((size_t)w->threads * PIECES_A_THREAD, sizeof(*w->pieces));
	for (int i = 0; i < w->threads; i++) {
		struct maker *m = &w->makers[i];

		parquet_rows_init(&m->rows, schema);
		if (!w->edges)
			continue;
		link_comparer_init(
		    &m->comparer, w->job->records, model->comparison, model->comparisons);
		m->pattern_slot = mem_alloc(PATTERN_SLOTS * sizeof(*m->pattern_slot));
	}
}

static void makers_close(struct writing *w)
{
	for (int i = 0; i < w->threads; i++) {
		struct maker *m = &w->makers[i];

		parquet_rows_clear(&m->rows);
		link_comparer_clear(&m->comparer);
		free(m->pattern_slot);
		vec_clear(&m->patterns);
		str_clear(&m->scratch);
	}
	for (int i = 0; i < w->threads * PIECES_A_THREAD; i++)
		parquet_piece_clear(&w->pieces[i]);
	free(w->makers);
	free(w->pieces);
}

static int write_file(
    struct writing *w, const struct table_schema *schema, const char *path, struct err *err)
{
	AUTO_PARQUET_FILE struct parquet_file *f = NULL;
	int rc;

	w->threads = MAX(w->job->threads, 1);
	if (parquet_open(&f, schema, path, err) < 0)
		return -1;
	makers_open(w, schema);
	rc = write_pieces(w, f, err);
	makers_close(w);
	return rc < 0 ? -1 : parquet_close(&f, err);
}

int link_write_pair_pieces(const struct link_job *job, const struct table_schema *schema,
    const char *path, const struct link_edge *edges, size_t count, struct err *err)
{
	static const struct link_edge none;
	struct writing w = {.job = job, .edges = edges ? edges : &none, .count = count};

	return write_file(&w, schema, path, err);
}

int link_write_cluster_pieces(const struct link_job *job, const struct table_schema *schema,
    const char *path, struct err *err)
{
	struct writing w = {.job = job, .count = job->records->count};

	return write_file(&w, schema, path, err);
}
