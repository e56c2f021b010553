/*
 * DCIR, flux month by flux month. Each table is read column by column from its
 * Parquet files (flatten_files.h); one that is CSV, has its months mixed or is
 * written in a way not known there is first rewritten by the database, one folder
 * a month. Months are written side by side, a thread each; one that the memory
 * has no room for is joined by the database, which can put aside what it holds.
 */
#include "base/embed.h"
#include "base/threads.h"
#include "io/file.h"
#include "snds/flatten_month.h"

#include <stdio.h>

static const char care_needs[] = "DCT_ORD_NUM FLX_DIS_DTD FLX_EMT_NUM FLX_EMT_ORD FLX_EMT_TYP "
				 "FLX_TRT_DTD ORG_CLE_NUM PRS_ORD_NUM REM_TYP_AFF BEN_NIR_PSA "
				 "BEN_RNG_GEM EXE_SOI_DTD DPN_QLF PRS_DPN_QLP";

/* Rows between the first and the last of each month, for one row: above it, the file is sorted. */
static const double MIXED = 3;
/* Of a row of a month: its keys, its place, its column at hand. */
enum { ROW_BYTES = 512 };

#define AUTO_DCIR AUTO(dcir_clear)

static void dcir_clear(struct dcir *d)
{
	for (size_t i = 0; i < d->tables.len; i++) {
		vec_clear(&d->tables.ptr[i].columns);
		vec_clear(&d->tables.ptr[i].months);
		table_source_close(&d->tables.ptr[i].sorted);
		flat_files_clear(&d->tables.ptr[i].files);
	}
	for (size_t i = 0; i < d->fates.len; i++)
		dcir_fates_clear(&d->fates.ptr[i]);
	vec_clear(&d->fates);
	vec_clear(&d->list);
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

static bool is_mixed(const struct flat_files *f)
{
	int64_t passed = 0;

	for (size_t i = 0; i < f->months.len; i++)
		passed += f->months.ptr[i].last - f->months.ptr[i].first + 1;
	return (double)passed > MIXED * (double)f->rows;
}

/* Months are names of files: years of four digits. */
static int check_months(const struct dcir *d, const struct dcir_table *t, struct err *err)
{
	for (size_t i = 0; i < t->files.months.len; i++) {
		int64_t month = t->files.months.ptr[i].month;

		if (month != 0 && (month < 101 || month > 999912))
			return err_set(err, ERR_FORMAT,
			    "%s: column FLX_DIS_DTD: a day before the year 1 or after 9999",
			    table_source_label(d->f->source, t->table->name));
	}
	return 0;
}

static void note_table_months(struct dcir *d, struct dcir_table *t)
{
	for (size_t i = 0; i < t->files.months.len; i++) {
		const struct flat_month *m = &t->files.months.ptr[i];

		if (!flat_in_range(d->f, m->month))
			continue;
		*vec_push(&t->months) = (struct month_rows){m->month, (int64_t)m->rows};
		add_month(d, m->month);
	}
}

/* Files that are known here, and their months. */
static int open_files(struct dcir *d, struct dcir_table *t, const struct table_source *source,
    const char *needed, bool *ret_known, struct err *err)
{
	AUTO_PARTS struct table_parts parts = {0};
	bool sorted = source == t->sorted;

	for (size_t i = 0; i < (sorted ? table_source_count(source) : 1); i++)
		if (table_source_files(source,
			sorted ? table_source_name(source, i) : t->table->name, &parts, err) < 0)
			return -1;
	*ret_known = flat_files_open(d->f, t->table, &parts, needed, &t->columns, &t->files);
	return *ret_known ? flat_files_scan(&t->files, &t->columns, !sorted, thread_count(d->f),
				ret_known, err)
	                  : 0;
}

static int open_view(struct dcir *d, struct dcir_table *t, struct err *err)
{
	const char *needed = t->table->role == FLAT_MAIN ? care_needs : dcir_keys;

	if (t->has_view)
		return 0;
	t->has_view = true;
	return flat_view(d->f, t->table, t->table->name, t->view, needed, &t->columns, err);
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

/* The database rewrites the table; a month may have no row then, but none is unknown. */
static int open_sorted(struct dcir *d, struct dcir_table *t, const char *needed, struct err *err)
{
	bool known;

	flat_files_clear(&t->files);
	if (open_view(d, t, err) < 0 || sort_into_months(d, t, err) < 0)
		return -1;
	if (!t->sorted)
		return 0;
	if (open_files(d, t, t->sorted, needed, &known, err) < 0)
		return -1;
	return known ? 0
	             : err_set(err, ERR_INTERNAL, "%s: its months cannot be read", t->table->name);
}

static int open_table(struct dcir *d, const struct flat_table *table, struct err *err)
{
	struct flatten *f = d->f;
	struct dcir_table *t = vec_push(&d->tables);
	const char *needed = table->role == FLAT_MAIN ? care_needs : dcir_keys;
	bool known;

	t->table = table;
	t->view = arena_format(&f->arena, "flat_%s", table->name);
	t->tag = flat_tag(f, table);
	if (open_files(d, t, f->source, needed, &known, err) < 0 ||
	    ((!known || is_mixed(&t->files)) && open_sorted(d, t, needed, err) < 0) ||
	    check_months(d, t, err) < 0)
		return -1;
	note_table_months(d, t);
	return 0;
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

static uint64_t month_rows(const struct dcir *d, int64_t month)
{
	uint64_t rows = 0;

	for (size_t i = 0; i < d->tables.len; i++)
		rows += (uint64_t)dcir_rows(&d->tables.ptr[i], month);
	return rows;
}

/* Months side by side, a thread each. */
struct side {
	struct dcir *d;
	struct table_db *db[THREADS_MAX];
	struct flat_reader readers[THREADS_MAX];
	const size_t *months;
	bool repeated; /* whoever finds it says so, whoever is first */
};

static int write_one(void *ctx, size_t item, int worker, struct err *err)
{
	struct side *s = ctx;
	struct dcir *d = s->d;
	size_t at = s->months[item];
	bool repeated = false;
	int rc;

	if (!s->db[worker] && table_share(&s->db[worker], d->f->db, err) < 0)
		return -1;
	rc = dcir_write_month(d, s->db[worker], d->months.ptr[at], worker, &s->readers[worker],
	    &d->files.ptr[at], &d->fates.ptr[at], &repeated, err);
	if (repeated)
		__atomic_store_n(&s->repeated, true, __ATOMIC_RELAXED);
	progress_add(d->f->options->progress, month_rows(d, d->months.ptr[at]));
	return rc;
}

static uint64_t month_bytes(const struct dcir *d, int64_t month)
{
	return month_rows(d, month) * ROW_BYTES;
}

static uint64_t bytes_max(const struct dcir *d)
{
	const struct snds_flatten_options *o = d->f->options;

	return o->month_bytes ? o->month_bytes
	                      : (o->memory_bytes ? o->memory_bytes : TABLE_MEMORY_DEFAULT);
}

static bool is_small(const struct dcir *d, int64_t month)
{
	return month_bytes(d, month) <= bytes_max(d);
}

/* As many at a time as the memory has room for. */
static int side_threads(const struct dcir *d, const size_t *months, size_t count)
{
	uint64_t most = 1;

	for (size_t i = 0; i < count; i++)
		most = MAX(most, month_bytes(d, d->months.ptr[months[i]]));
	return (int)MIN((uint64_t)thread_count(d->f), MAX(bytes_max(d) / most, 1));
}

static uint64_t rows_of(const struct dcir *d, const size_t *months, size_t count)
{
	uint64_t rows = 0;

	for (size_t i = 0; i < count; i++)
		rows += month_rows(d, d->months.ptr[months[i]]);
	return rows;
}

static int write_side_by_side(struct dcir *d, const size_t *months, size_t count, struct err *err)
{
	struct side *s = mem_zalloc(1, sizeof(*s));
	struct progress *progress = d->f->options->progress;
	bool repeated;
	int rc = table_set_threads(d->f->db, 1, err);

	*s = (struct side){.d = d, .months = months};
	progress_start(progress, "dcir", "rows", rows_of(d, months, count));
	if (rc == 0)
		rc = threads_for(side_threads(d, months, count), count, write_one, s, err);
	progress_end(progress);
	for (size_t i = 0; i < ARRAY_LEN(s->db); i++) {
		table_close(&s->db[i]);
		flat_reader_clear(&s->readers[i]);
	}
	repeated = s->repeated;
	free(s);
	if (repeated) /* the main base says how many */
		rc = mainbase_make(&d->f->result->base, "reimbursement", err) < 0 ? -1 : rc;
	return rc < 0 ? -1 : table_set_threads(d->f->db, thread_count(d->f), err);
}

static int join_month(struct dcir *d, size_t at, struct err *err)
{
	struct progress *progress = d->f->options->progress;
	int rc;

	for (size_t i = 0; i < d->tables.len; i++)
		if (open_view(d, &d->tables.ptr[i], err) < 0)
			return -1;
	progress_start(progress, "dcir, a month by joins", NULL, 100);
	rc = dcir_join_month(d, d->f->db, d->months.ptr[at], &d->files.ptr[at], err);
	progress_end(progress);
	return rc;
}

static int write_months(struct dcir *d, struct err *err)
{
	VEC(size_t) small = {0};
	int rc = 0;

	for (size_t i = 0; i < d->months.len; i++)
		if (is_small(d, d->months.ptr[i]))
			*vec_push(&small) = i;
	if (small.len)
		rc = write_side_by_side(d, small.ptr, small.len, err);
	for (size_t i = 0; rc == 0 && i < d->months.len; i++)
		if (!is_small(d, d->months.ptr[i]))
			rc = join_month(d, i, err);
	vec_clear(&small);
	return rc;
}

static int put_fate(struct flatten *f, const struct dcir_fate *fate, struct err *err)
{
	struct view filter = fate->filter ? VIEW(fate->filter) : VIEW_NONE;

	return flat_run(f, "snds/sql/flatten_count.sql", NULL, 0,
	    TABLE_PARAMS(TABLE_TEXT("name", VIEW(fate->table)), TABLE_TEXT("filter", filter),
		TABLE_I64("rows", fate->rows)),
	    err);
}

/* Those of the months that were not joined by the database, which counts itself. */
static int put_fates(const struct dcir *d, struct err *err)
{
	dcir_fates all = {0};
	int rc = 0;

	for (size_t m = 0; m < d->fates.len; m++)
		for (size_t i = 0; i < d->fates.ptr[m].len; i++) {
			const struct dcir_fate *one = &d->fates.ptr[m].ptr[i];

			dcir_add_fate(&all, one->table, one->filter, one->rows);
		}
	for (size_t i = 0; rc == 0 && i < all.len; i++)
		rc = put_fate(d->f, &all.ptr[i], err);
	dcir_fates_clear(&all);
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

/*
 * Is every month of ER_PRS_F planned here? Then its rows are counted and its keys found to be
 * unique on the way, as the main base would do in a pass of its own.
 */
static bool counts_all(const struct dcir *d)
{
	const struct dcir_table *t = &d->tables.ptr[0];

	for (size_t i = 0; i < d->months.len; i++)
		if (!is_small(d, d->months.ptr[i]))
			return false;
	return t->months.len == t->files.months.len && !flat_wants(d->f, "event");
}

static int write_all(struct dcir *d, struct err *err)
{
	bool counts = counts_all(d);

	if (mainbase_make(&d->f->result->base, counts ? "taa" : "reimbursement", err) < 0)
		return -1;
	dcir_list_columns(d);
	for (size_t i = 0; i < d->months.len; i++) {
		(void)vec_push(&d->files);
		(void)vec_push(&d->fates);
	}
	if (write_months(d, err) < 0 || put_fates(d, err) < 0)
		return -1;
	return counts ? flat_run(d->f, "snds/sql/flatten_counted.sql", NULL, 0, TABLE_NO_PARAMS,
			    err)
	              : 0;
}

int flat_dcir(struct flatten *f, struct err *err)
{
	AUTO_DCIR struct dcir d = {.f = f};
	AUTO_FREE char *folder = path_join(f->folder, "dcir");
	int64_t start = time_now_ns();

	if (path_make_folder(folder, err) < 0 || open_tables(&d, err) < 0 || write_all(&d, err) < 0)
		return -1;
	note_months(&d);
	f->result->dcir_seconds = (double)(time_now_ns() - start) / 1e9;
	return 0;
}
