/* Batches through the kernel, on all threads. */
#include "study/run.h"

#include "base/threads.h"

enum { SLICE = 1024 }; /* persons a work item */

void study_worker_init(struct study_worker *w, const struct study_design *design, size_t intervals)
{
	size_t tallies = design->denominators.len * MAX(design->outcomes.len, (size_t)1);

	*w = (struct study_worker){.design = design, .tally_count = tallies};
	w->tallies = mem_zalloc(tallies, sizeof(*w->tallies));
	for (size_t i = 0; i < tallies; i++)
		tally_init(&w->tallies[i], intervals);
	w->attrition = mem_zalloc(design->denominators.len, sizeof(*w->attrition));
	w->denominator_persons = mem_zalloc(design->denominators.len, sizeof(int64_t));
}

void study_worker_clear(struct study_worker *w)
{
	for (size_t i = 0; i < w->tally_count; i++)
		tally_clear(&w->tallies[i]);
	free(w->tallies);
	free(w->attrition);
	free(w->denominator_persons);
	vec_clear(&w->spans);
	vec_clear(&w->rows);
	*w = (struct study_worker){0};
}

void study_worker_merge(struct study_worker *into, const struct study_worker *from)
{
	for (size_t i = 0; i < into->tally_count; i++)
		tally_merge(&into->tallies[i], &from->tallies[i]);
	for (size_t d = 0; d < into->design->denominators.len; d++) {
		into->denominator_persons[d] += from->denominator_persons[d];
		for (size_t a = 0; a < ATTRITION_COUNT; a++)
			into->attrition[d][a] += from->attrition[d][a];
	}
}

struct pass {
	struct study_batch batch;
	struct study_worker *workers;
	study_person_fn *fn;
	const void *ctx;
};

/* Rows of every denominator of one person; fn does the rest. */
static void visit(struct pass *pass, struct study_worker *w, size_t index)
{
	const struct study_person *person = &pass->batch.persons[index];

	for (size_t d = 0; d < w->design->denominators.len; d++) {
		enum study_attrition reason = study_denominator_rows(person,
		    &w->design->denominators.ptr[d], w->design, &w->spans);

		if (reason != ATTRITION_NONE) {
			w->attrition[d][reason]++;
			continue;
		}
		w->denominator_persons[d]++;
		pass->fn(w, &pass->batch, index, d, pass->ctx);
	}
}

/* Outcomes made of records are cleaned once, before any denominator sees them. */
static void clean(struct study_batch *b, const struct study_design *design, size_t index)
{
	const struct study_person *p = &b->persons[index];

	for (size_t o = 0; o < b->outcome_count; o++) {
		struct study_events *e = &b->outcomes[o];
		size_t first = e->first[index];
		size_t count = e->first[index + 1] - first;

		e->count[index] = (uint32_t)(design->outcomes.ptr[o].kind == STUDY_COHORT || !count
						 ? count
						 : study_clean_events(&e->all.ptr[first], count,
						       p->periods, p->period_count));
	}
}

static int work(void *ctx, size_t item, int worker, struct err *err)
{
	struct pass *pass = ctx;
	size_t end = MIN((item + 1) * SLICE, pass->batch.count);

	(void)err; /* pure arithmetic: cannot fail */
	for (size_t i = item * SLICE; i < end; i++) {
		clean(&pass->batch, pass->workers[worker].design, i);
		visit(pass, &pass->workers[worker], i);
	}
	return 0;
}

int study_pass(struct study_people *people, size_t outcome_count, int threads,
    struct study_worker *workers, study_person_fn *fn, const void *ctx, struct progress *progress,
    struct err *err)
{
	struct pass pass = {.workers = workers, .fn = fn, .ctx = ctx};
	int rc;

	study_batch_init(&pass.batch, outcome_count);
	while ((rc = study_people_next(people, &pass.batch, err)) > 0) {
		size_t items = (pass.batch.count + SLICE - 1) / SLICE;

		rc = threads_for(threads, items, work, &pass, err);
		if (rc < 0)
			break;
		progress_add(progress, pass.batch.count);
	}
	study_batch_clear(&pass.batch);
	return rc;
}
