/*
 * DCIR, flux month by flux month (flatten_month.c). A table whose file has its
 * months mixed is first sorted into one folder a month, once. Months that fit
 * the memory together are written side by side, each by one thread: two threads
 * at one month of one row group took a third more CPU than one. Larger ones come
 * one after the other, with all threads.
 */
#include "base/embed.h"
#include "base/threads.h"
#include "io/file.h"
#include "snds/flatten_month.h"
#include "table/query.h"

#include <inttypes.h>
#include <stdio.h>

static const char care_needs[] = "DCT_ORD_NUM FLX_DIS_DTD FLX_EMT_NUM FLX_EMT_ORD FLX_EMT_TYP "
				 "FLX_TRT_DTD ORG_CLE_NUM PRS_ORD_NUM REM_TYP_AFF BEN_NIR_PSA "
				 "BEN_RNG_GEM EXE_SOI_DTD DPN_QLF PRS_DPN_QLP";

/* Rows between the first and the last of each month, for one row: above it, the file is sorted. */
static const double MIXED = 3;
/* Of a cell of a month: joined, sorted and in the buffers of Parquet. */
enum { CELL_BYTES = 32 };

#define AUTO_DCIR AUTO(dcir_clear)

static void dcir_clear(struct dcir *d)
{
	for (size_t i = 0; i < d->tables.len; i++) {
		vec_clear(&d->tables.ptr[i].columns);
		vec_clear(&d->tables.ptr[i].months);
		table_source_close(&d->tables.ptr[i].sorted);
	}
	vec_clear(&d->tables);
	vec_clear(&d->months);
	vec_clear(&d->files);
	str_clear(&d->columns);
}

static int thread_count(const struct flatten *f)
{
	return f->options->threads ? f->options->threads : threads_default();
}

static void add_month(struct dcir *d, int64_t month)
{
	size_t at = 0;

	while (at < d->months.len && d->months.ptr[at] < month)
		at++;
	if (at < d->months.len && d->months.ptr[at] == month)
		return;
	(void)vec_push(&d->months);
	memmove(d->months.ptr + at + 1, d->months.ptr + at,
	    (d->months.len - 1 - at) * sizeof(*d->months.ptr));
	d->months.ptr[at] = month;
}

/* The months of a table, and how many rows a reader of each of them would pass. */
static int read_months(struct dcir *d, struct dcir_table *t, double *ret_mixed, struct err *err)
{
	AUTO_STR struct str sql = {0};
	AUTO_QUERY struct table_query *q = NULL;
	int64_t rows = 0, passed = 0;
	int rc;

	table_fill(&sql, embed_find("snds/sql/flatten_months.sql"),
	    TABLE_WORDS({"view", t->view}));
	if (table_query_open(&q, d->f->db, t->table->name, str_view(&sql), TABLE_NO_PARAMS,
		err) < 0)
		return -1;
	while ((rc = table_query_next(q, err)) > 0)
		for (size_t i = 0; i < table_query_rows(q); i++) {
			int64_t month = table_query_i64(q, 0)[i];

			rows += table_query_i64(q, 1)[i];
			passed += table_query_i64(q, 2)[i];
			if (!flat_in_range(d->f, month))
				continue;
			*vec_push(&t->months) =
			    (struct month_rows){month, table_query_i64(q, 1)[i]};
			add_month(d, month);
		}
	*ret_mixed = rows ? (double)passed / (double)rows : 1;
	return rc;
}

/* One pass writes a folder a month; it is read as the tables of a folder. */
static int sort_into_months(struct dcir *d, struct dcir_table *t, struct err *err)
{
	struct flatten *f = d->f;
	AUTO_FREE char *folder = path_join(f->temp, t->table->name);
	AUTO_STR struct str quoted = {0};

	table_quote_path(&quoted, folder);
	if (flat_run(f, "snds/sql/flatten_sort.sql",
		TABLE_WORDS({"view", t->view}, {"folder", str_get(&quoted)}), TABLE_NO_PARAMS,
		err) < 0 ||
	    table_source_open(&t->sorted, f->db, folder, err) < 0)
		return -1;
	str_addf(&f->result->sorted, "%s%s", f->result->sorted.len ? ", " : "", t->table->name);
	return 0;
}

static int open_table(struct dcir *d, const struct flat_table *table, struct err *err)
{
	struct flatten *f = d->f;
	struct dcir_table *t = vec_push(&d->tables);
	const char *needed = table->role == FLAT_MAIN ? care_needs : dcir_keys;
	double mixed;

	t->table = table;
	t->view = arena_format(&f->arena, "flat_%s", table->name);
	t->tag = flat_tag(f, table);
	if (flat_view(f, table, table->name, t->view, needed, &t->columns, err) < 0 ||
	    read_months(d, t, &mixed, err) < 0)
		return -1;
	return mixed > MIXED || table_source_is_csv(f->source, table->name)
	           ? sort_into_months(d, t, err)
	           : 0;
}

static bool is_joined(const struct flatten *f, const struct flat_table *t)
{
	return strcmp(t->family, "dcir") == 0 &&
	       (t->role == FLAT_MAIN ||
		   (table_source_has(f->source, t->name) &&
		       flat_list_has(f->options->tables, t->name)));
}

static int open_tables(struct dcir *d, struct err *err)
{
	struct flatten *f = d->f;
	int rc = 0;

	progress_start(f->options->progress, "reading the months", NULL, 100);
	for (size_t i = 0; rc == 0 && i < f->tables.len; i++)
		if (is_joined(f, &f->tables.ptr[i]))
			rc = open_table(d, &f->tables.ptr[i], err);
	progress_end(f->options->progress);
	return rc;
}

/* Months side by side, a thread each. */
struct side {
	const struct dcir *d;
	struct table_db *db[THREADS_MAX];
	struct snds_flatten_file *files; /* one a month */
	const size_t *months;
};

static int write_one(void *ctx, size_t item, int worker, struct err *err)
{
	struct side *s = ctx;
	size_t at = s->months[item];

	if (!s->db[worker] && table_share(&s->db[worker], s->d->f->db, err) < 0)
		return -1;
	return dcir_write_month(s->d, s->db[worker], s->d->months.ptr[at], worker, &s->files[at],
	    err);
}

static int write_side_by_side(const struct dcir *d, const size_t *months, size_t count,
    struct snds_flatten_file *files, struct err *err)
{
	struct side s = {.d = d, .files = files, .months = months};
	int threads = thread_count(d->f);
	int rc = table_set_threads(d->f->db, 1, err);

	if (rc == 0)
		rc = threads_for(threads, count, write_one, &s, err);
	for (size_t i = 0; i < ARRAY_LEN(s.db); i++)
		table_close(&s.db[i]);
	return rc < 0 ? -1 : table_set_threads(d->f->db, threads, err);
}

/* Has the memory room for such a month in each thread? */
static bool is_small(const struct dcir *d, int64_t month)
{
	uint64_t memory = d->f->options->memory_bytes;
	uint64_t cells = 0, rows = 0;

	for (size_t i = 0; i < d->tables.len; i++) {
		cells += d->tables.ptr[i].columns.len;
		rows = MAX(rows, (uint64_t)dcir_rows(&d->tables.ptr[i], month));
	}
	return rows * cells * CELL_BYTES * (uint64_t)thread_count(d->f) <
	       (memory ? memory : TABLE_MEMORY_DEFAULT);
}

static int write_months(const struct dcir *d, struct snds_flatten_file *files, struct err *err)
{
	VEC(size_t) small = {0};
	int rc = 0;

	for (size_t i = 0; i < d->months.len; i++)
		if (is_small(d, d->months.ptr[i]))
			*vec_push(&small) = i;
	if (small.len)
		rc = write_side_by_side(d, small.ptr, small.len, files, err);
	for (size_t i = 0; rc == 0 && i < d->months.len; i++)
		if (!is_small(d, d->months.ptr[i]))
			rc = dcir_write_month(d, d->f->db, d->months.ptr[i], 0, &files[i], err);
	vec_clear(&small);
	return rc;
}

static void note_months(struct dcir *d)
{
	for (size_t i = 0; i < d->months.len; i++) {
		AUTO_FREE char *name = dcir_name(d->months.ptr[i]);
		AUTO_FREE char *path = dcir_path(d->months.ptr[i]);

		flat_note(d->f, d->tables.ptr[0].table, name, path, &d->files.ptr[i]);
	}
}

int flat_dcir(struct flatten *f, struct err *err)
{
	AUTO_DCIR struct dcir d = {.f = f};
	AUTO_FREE char *folder = path_join(f->folder, "dcir");
	int64_t start = time_now_ns();

	if (path_make_folder(folder, err) < 0 || open_tables(&d, err) < 0 ||
	    mainbase_make(&f->result->base, "reimbursement", err) < 0)
		return -1;
	dcir_list_columns(&d);
	for (size_t i = 0; i < d.months.len; i++)
		*vec_push(&d.files) = (struct snds_flatten_file){0};
	if (write_months(&d, d.files.ptr, err) < 0)
		return -1;
	note_months(&d);
	f->result->dcir_seconds = (double)(time_now_ns() - start) / 1e9;
	return 0;
}
