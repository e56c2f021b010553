/*
 * Blocks of records are made in waves: all threads fill the slots of a wave, then
 * its batches go to the writers in order. So the bytes depend on the rows alone,
 * and a wave and what the writers queue is all that is in memory, besides a bit a
 * person to count those present.
 */
#include "link/synth.h"

#include "base/cancel.h"
#include "base/hash.h"
#include "base/threads.h"
#include "io/file.h"
#include "link/synth_report.h"
#include "link/synth_write.h"

#include <stdatomic.h>
#include <stdio.h>

enum { BLOCK = 4096,
	SLOTS_A_THREAD = 4 };

struct slot {
	struct table_batch *records, *truth;
	struct link_synth_count counts[SYNTH_ERRORS];
	uint64_t faulty;
};

struct run {
	const struct link_synth_options *o;
	struct link_synth_result *result;
	struct synth_world world;
	struct synth_layout layout;
	struct synth_errors errors;
	struct table_writer **records; /* one a centre */
	struct table_writer *truth, *people;
	struct slot *slots;
	uint64_t first, last; /* of the wave, records or people */
	_Atomic uint64_t *seen;
	struct progress *progress;
};

void link_synth_clear(struct link_synth_result *r)
{
	vec_clear(&r->files);
	arena_clear(&r->texts);
}

static int check_options(const struct link_synth_options *o, struct err *err)
{
	if (o->records < 1 || o->records > SYNTH_RECORDS_MAX)
		return err_set(err, ERR_USAGE, "--records must be 1 to %d", SYNTH_RECORDS_MAX);
	if (o->centres < 1 || o->centres > SYNTH_CENTRES_MAX || (uint64_t)o->centres > o->records)
		return err_set(err, ERR_USAGE, "--centres must be 1 to %d, a record each",
		    SYNTH_CENTRES_MAX);
	if (!(o->duplicates >= 0 && o->duplicates <= 0.95))
		return err_set(err, ERR_USAGE, "--duplicates must be 0 to 0.95");
	if (!(o->error_rate >= 0 && o->error_rate <= 100))
		return err_set(err, ERR_USAGE, "--error-rate must be 0 to 100");
	return 0;
}

static void see(struct run *run, uint64_t person)
{
	atomic_fetch_or_explicit(&run->seen[person / 64], (uint64_t)1 << person % 64,
	    memory_order_relaxed);
}

static void make_one(struct run *run, struct slot *s, uint64_t record)
{
	uint64_t person = synth_layout_person(&run->layout, record);
	struct synth_person p;
	struct synth_record rec;

	synth_person_make(&p, &run->world, synth_layout_rank(&run->layout, person));
	synth_record_make(&rec, &run->world, &run->errors, &p, record, s->counts);
	synth_put_record(s->records, record, &rec, run->o->nir);
	synth_put_truth(s->truth, record, person, rec.errors, run->result->names);
	s->faulty += rec.errors != 0;
	see(run, person);
}

static int make_records(void *ctx, size_t item, int worker, struct err *err)
{
	struct run *run = ctx;
	struct slot *s = &run->slots[item];
	uint64_t first = run->first + item * BLOCK;
	uint64_t last = MIN(first + BLOCK, run->last);

	(void)worker; /* no buffer of its own */
	if (cancel_check(err) < 0)
		return -1;
	s->records = table_batch_new(synth_record_schema(run->o->nir));
	s->truth = table_batch_new(synth_truth_schema());
	for (uint64_t record = first; record < last; record++)
		make_one(run, s, record);
	progress_add(run->progress, last - first);
	return 0;
}

static int make_people(void *ctx, size_t item, int worker, struct err *err)
{
	struct run *run = ctx;
	struct slot *s = &run->slots[item];
	uint64_t first = run->first + item * BLOCK;
	uint64_t last = MIN(first + BLOCK, run->last);

	(void)worker; /* no buffer of its own */
	if (cancel_check(err) < 0)
		return -1;
	s->records = table_batch_new(synth_people_schema());
	for (uint64_t person = first; person < last; person++) {
		struct synth_person p;

		synth_person_make(&p, &run->world, synth_layout_rank(&run->layout, person));
		synth_put_person(s->records, person, run->world.model, &p);
	}
	progress_add(run->progress, last - first);
	return 0;
}

/* Hands a wave's batches over, in order. */
static int put_slots(struct run *run, size_t count, struct table_writer *to, struct err *err)
{
	for (size_t i = 0; i < count; i++) {
		struct slot *s = &run->slots[i];

		if (table_writer_put(to, &s->records, err) < 0 ||
		    (s->truth && table_writer_put(run->truth, &s->truth, err) < 0))
			return -1;
	}
	return 0;
}

static int make_waves(struct run *run, threads_fn *make, uint64_t first, uint64_t end,
    struct table_writer *to, struct err *err)
{
	uint64_t wave = (uint64_t)run->o->threads * SLOTS_A_THREAD * BLOCK;

	for (; first < end; first = run->last) {
		size_t count;

		run->first = first;
		run->last = MIN(first + wave, end);
		count = (size_t)((run->last - first + BLOCK - 1) / BLOCK);
		if (threads_for(run->o->threads, count, make, run, err) < 0 ||
		    put_slots(run, count, to, err) < 0)
			return -1;
	}
	return 0;
}

static int make_all(struct run *run, struct err *err)
{
	int rc = 0;

	progress_start(run->progress, "making records", "records", run->o->records);
	for (int c = 0; c < run->o->centres && rc == 0; c++)
		rc = make_waves(run, make_records, synth_layout_first(&run->layout, c),
		    synth_layout_first(&run->layout, c + 1), run->records[c], err);
	progress_end(run->progress);
	if (rc < 0 || !run->people)
		return rc;
	progress_start(run->progress, "making people", "people", run->layout.people);
	rc = make_waves(run, make_people, 0, run->layout.people, run->people, err);
	progress_end(run->progress);
	return rc;
}

static void sum_up(struct run *run)
{
	struct link_synth_result *r = run->result;
	size_t slots = (size_t)run->o->threads * SLOTS_A_THREAD;

	for (size_t i = 0; i < slots; i++) {
		r->faulty += run->slots[i].faulty;
		for (int e = 0; e < SYNTH_ERRORS; e++) {
			r->errors[e].applies += run->slots[i].counts[e].applies;
			r->errors[e].applied += run->slots[i].counts[e].applied;
		}
	}
	for (uint64_t i = 0; i <= run->layout.people / 64; i++)
		r->present += (uint64_t)__builtin_popcountll(run->seen[i]);
	r->people = run->layout.people;
	r->records = run->o->records;
}

static int open_writer(struct run *run, struct table_writer **ret,
    const struct table_schema *schema, const char *folder, const char *name, struct err *err)
{
	struct made_file *f = vec_push(&run->result->files);
	AUTO_FREE char *path = NULL;

	snprintf(f->name, sizeof(f->name), "%s.%s", name, table_format_suffix(run->o->format));
	path = path_join(folder, f->name);
	return table_writer_open(ret, schema, path, run->o->format, err);
}

static int open_writers(struct run *run, const char *folder, struct err *err)
{
	for (int c = 0; c < run->o->centres; c++) {
		char name[32] = "records";

		if (run->o->centres > 1)
			snprintf(name, sizeof(name), "centre_%03d", c + 1);
		if (open_writer(run, &run->records[c], synth_record_schema(run->o->nir), folder,
			name, err) < 0)
			return -1;
	}
	if (open_writer(run, &run->truth, synth_truth_schema(), folder, "truth", err) < 0)
		return -1;
	return run->o->people ? open_writer(run, &run->people, synth_people_schema(), folder,
				    "people", err)
	                      : 0;
}

static int close_writers(struct run *run, struct err *err)
{
	struct made_file *f = run->result->files.ptr;

	for (int c = 0; c < run->o->centres; c++)
		if (table_writer_close(&run->records[c], &f[c].rows, err) < 0)
			return -1;
	f += run->o->centres;
	if (table_writer_close(&run->truth, &f->rows, err) < 0)
		return -1;
	return run->people ? table_writer_close(&run->people, &f[1].rows, err) : 0;
}

static void discard(struct run *run)
{
	for (int c = 0; c < run->o->centres; c++)
		table_writer_discard(&run->records[c]);
	table_writer_discard(&run->truth);
	table_writer_discard(&run->people);
	for (int i = 0; i < run->o->threads * SLOTS_A_THREAD; i++) {
		table_batch_free(&run->slots[i].records);
		table_batch_free(&run->slots[i].truth);
	}
}

/* Every table in `folder`. */
static int make_tables(struct run *run, const char *folder, struct err *err)
{
	int rc;

	run->records = mem_zalloc((size_t)run->o->centres, sizeof(struct table_writer *));
	run->slots = mem_zalloc((size_t)run->o->threads * SLOTS_A_THREAD, sizeof(struct slot));
	run->seen = mem_zalloc(run->layout.people / 64 + 1, sizeof(*run->seen));
	rc = open_writers(run, folder, err) < 0 || make_all(run, err) < 0 ||
	             close_writers(run, err) < 0
	         ? -1
	         : 0;
	if (rc == 0)
		sum_up(run);
	discard(run);
	free(run->seen);
	free(run->slots);
	free(run->records);
	return rc;
}

static void set_rates(struct run *run)
{
	const struct synth_model *m = run->world.model;
	struct link_synth_result *r = run->result;

	run->errors.nir = run->o->nir;
	for (int e = 0; e < SYNTH_ERRORS; e++) {
		run->errors.rates[e] = MIN(m->rates[e] * run->o->error_rate, 1);
		r->rates[e] = run->errors.rates[e];
		r->names[e] = arena_strdup(&r->texts, VIEW(m->error_names[e]));
	}
}

static int check_orders(const struct synth_world *w, struct err *err)
{
	if (synth_largest_order(w) > 999)
		return err_set(err, ERR_INTERNAL, "a month of a place has more than 999 births");
	return 0;
}

int link_synth_run(const struct link_synth_options *o, struct link_synth_result *ret,
    struct progress *progress, struct err *err)
{
	AUTO_SYNTH_MODEL struct synth_model *model = NULL;
	AUTO_OUT_FOLDER struct out_folder folder = {0};
	struct run run = {.o = o, .result = ret, .progress = progress};

	if (check_options(o, err) < 0 ||
	    synth_model_load(&model, err) < 0 ||
	    synth_layout_init(&run.layout, o, err) < 0)
		return -1;
	run.world = (struct synth_world){model, o->seed, run.layout.people};
	set_rates(&run);
	if (check_orders(&run.world, err) < 0 ||
	    out_folder_open(&folder, o->out, o->replace, err) < 0 ||
	    make_tables(&run, folder.path, err) < 0 ||
	    synth_manifest_write(o, ret, folder.path, err) < 0 ||
	    out_folder_commit(&folder, err) < 0)
		return -1;
	return 0;
}
