#include "link/rules_run.h"

#include "link/report_parts.h"
#include "link/rules.h"
#include "link/write.h"

#include <inttypes.h>

static const struct report_column step_columns[] = {
    {"step", "Step", REPORT_COUNT},
    {"same", "What is the same", REPORT_TEXT},
    {"pairs", "Pairs", REPORT_COUNT},
    {"linked", "Linked", REPORT_COUNT},
    {"apart", "Kept apart", REPORT_COUNT},
    {"found", "Left records found so far", REPORT_PERCENT},
};

static int check(const struct link_job *job, const struct link_run *o, struct err *err)
{
	if (o->model)
		return err_set(err, ERR_USAGE, "rules take no model");
	if (job->spec.method == LINK_BY_CASCADE && job->spec.type != LINK_LINK_ONLY)
		return err_set(err, ERR_USAGE, "a cascade links two files without duplicates");
	return 0;
}

int link_rules_run(struct link_job *job, const struct link_run *o, struct err *err)
{
	AUTO_LINK_RULES struct link_rules rules = {0};
	struct link_score s = {.blocking = &job->blocking,
	    .most_kept = o->most_kept,
	    .threads = o->threads,
	    .progress = o->progress};
	struct link_cluster c = {.model = &job->model,
	    .records = job->records,
	    .type = job->spec.type,
	    .threshold = LINK_BIT,
	    .one_per_source = job->one_per_source,
	    .all_connected = true,
	    .threads = o->threads};
	int rc;

	if (check(job, o, err) < 0 || link_rules_make(&rules, &job->spec, job->records, err) < 0)
		return -1;
	job->threshold = job->review = LINK_BIT;
	job->blocking.records = job->records;
	job->blocking.type = job->spec.type;
	link_model_init(&job->model, job->records); /* for the levels of each pair */
	progress_start(o->progress, "matching", "rules", rules.list.len);
	rc = link_rules_pairs(&job->edges, &rules, job->records, &s, err);
	progress_end(o->progress);
	return rc < 0 ? -1 : link_cluster(&job->clusters, &c, &job->edges, err);
}

struct step {
	uint64_t pairs, linked;
	uint64_t found; /* left records that have a partner from here on */
};

/* Edges are by step. */
static void count_steps(const struct link_job *job, const struct link_rules *rules,
    struct step *steps)
{
	bool *seen = mem_zalloc(job->records->count + 1, sizeof(*seen));

	for (size_t i = 0; i < job->edges.list.len; i++) {
		const struct link_edge *e = &job->edges.list.ptr[i];
		struct step *s = &steps[link_rules_step(rules, e->weight)];

		s->pairs++;
		if (link_decide(job, e) != LINK_LINKED)
			continue;
		s->linked++;
		s->found += !seen[e->a] && !link_record_source(job->records, e->a);
		seen[e->a] = true;
	}
	free(seen);
}

static void add_steps(struct report *r, const struct link_job *job,
    const struct link_rules *rules)
{
	struct report_table *t = report_add_table(r, "steps", "Steps",
	    REPORT_SHOWN | REPORT_EXPORTED, step_columns,
	    ARRAY_LEN(step_columns) - (job->spec.type != LINK_LINK_ONLY));
	struct step *steps = mem_zalloc(rules->steps, sizeof(*steps));
	uint64_t found = 0;

	count_steps(job, rules, steps);
	for (unsigned i = 0; i < rules->steps; i++) {
		AUTO_STR struct str name = {0};

		link_rules_step_name(rules, job->records, i, &name);
		found += steps[i].found;
		report_add_cell(r, t, "%u", i + 1);
		report_add_cell(r, t, "%s", str_get(&name));
		report_add_cell(r, t, "%" PRIu64, steps[i].pairs);
		report_add_cell(r, t, "%" PRIu64, steps[i].linked);
		report_add_cell(r, t, "%" PRIu64, steps[i].pairs - steps[i].linked);
		if (job->spec.type == LINK_LINK_ONLY)
			report_add_cell(r, t, "%.4f", (double)found / (double)job->records->left);
	}
	free(steps);
}

static void add_facts(struct report *r, const struct link_job *job, const char *out)
{
	const struct link_records *d = job->records;
	const struct link_clusters *c = &job->clusters;

	report_add_fact(r, "left", "Left", "%s, %s records", d->paths[0],
	    report_grouped(r, d->left));
	if (d->paths[1])
		report_add_fact(
		    r, "right", "Right", "%s, %s records", d->paths[1],
		    report_grouped(r, d->count - d->left));
	report_add_fact(r, "out", "Results", "%s", out);
	report_add_fact(r, "method", "Method", "%s", link_method_name(job->spec.method));
	report_add_counts(r, "pairs", "Pairs", "%zu", job->edges.list.len);
	report_add_counts(r, "clusters", "Clusters", "%zu, of %zu records, the largest of %zu",
	    c->count, c->linked, c->largest);
	if (job->spec.type == LINK_LINK_ONLY)
		report_add_counts(r, "found", "Left records found", "%zu of %zu (%.1f %%)",
		    c->count, d->left, 100 * (double)c->count / (double)d->left);
}

static void add_notes(struct report *r, const struct link_job *job)
{
	for (size_t i = 0; i < job->spec.unused.len; i++)
		report_add_note(r, "column \"%s\" is not compared", job->spec.unused.ptr[i]);
	if (job->spec.type == LINK_LINK_ONLY)
		report_add_note(r, "a record with several partners at its first step is linked to "
				   "none, at no step");
	if (job->spec.method == LINK_BY_CASCADE)
		report_add_note(r,
		    "an indirect linkage with the SNDS counts as a success from 90 %% "
		    "of the patients found (Cnam, 2019)");
	report_add_note(r, "rules tell no error: hygie link evaluate compares with truth, and a "
			   "run by weights tells what it expects");
}

struct report *link_rules_report(const struct link_job *job, const char *out)
{
	AUTO_LINK_RULES struct link_rules rules = {0};
	struct err err = {0};
	struct report *r = report_new("Record linkage by rules",
	    "Which records are of one person, by values that are the same.");

	add_facts(r, job, out);
	/* the run has made them before: they cannot fail */
	if (link_rules_make(&rules, &job->spec, job->records, &err) == 0)
		add_steps(r, job, &rules);
	link_report_fields(r, job->records);
	link_report_sizes(r, &job->clusters, job->records->count);
	add_notes(r, job);
	return r;
}
