/* What a batch did. */
#include "link/increment.h"
#include "report/report.h"

#include <inttypes.h>

static const struct report_column event_columns[] = {
    {"event", "Event", REPORT_TEXT},
    {"clusters", "Clusters", REPORT_COUNT},
    {"records", "Records", REPORT_COUNT},
};
static const struct report_column change_columns[] = {
    {"batch", "Batch", REPORT_COUNT},
    {"what", "What", REPORT_TEXT},
    {"source", "Source", REPORT_TEXT},
    {"records", "Records", REPORT_COUNT},
    {"skipped", "Left out", REPORT_COUNT},
};

static void add_events(struct report *r, const struct link_events *events)
{
	struct report_table *t = report_add_table(r, "events", "What happened to clusters",
	    REPORT_SHOWN | REPORT_EXPORTED, event_columns, ARRAY_LEN(event_columns));

	for (int k = 0; k < LINK_EVENTS; k++) {
		size_t records = 0;

		for (size_t i = 0; i < events->list.len; i++)
			if (events->list.ptr[i].kind == (enum link_event_kind)k)
				records += events->list.ptr[i].records;
		report_add_cell(r, t, "%s", link_event_name((enum link_event_kind)k));
		report_add_cell(r, t, "%zu", events->count[k]);
		report_add_cell(r, t, "%zu", records);
	}
}

static void add_changes(struct report *r, const struct link_job *job)
{
	struct report_table *t = report_add_table(r, "changes", "Batches", REPORT_DETAIL,
	    change_columns, ARRAY_LEN(change_columns));

	for (size_t i = 0; i < job->kept.changes.len; i++) {
		const struct link_change *c = &job->kept.changes.ptr[i];

		report_add_cell(r, t, "%u", c->batch);
		report_add_cell(r, t, "%s", c->what);
		report_add_cell(r, t, "%s", c->source ? "right" : "left");
		report_add_cell(r, t, "%zu", c->records);
		report_add_cell(r, t, "%zu", c->skipped);
	}
}

static size_t batch_pairs(const struct link_job *job, size_t first, bool linked)
{
	const uint32_t *leader = job->clusters.of_record;
	size_t n = 0;

	for (size_t i = 0; i < job->edges.list.len; i++) {
		const struct link_edge *e = &job->edges.list.ptr[i];

		n += e->b >= first && (leader[e->a] == leader[e->b]) == linked &&
		     (linked || e->weight < job->threshold);
	}
	return n;
}

static void add_notes(struct report *r, const struct link_job *job)
{
	if (job->clusters.too_large)
		report_add_note(r,
		    "%zu pairs would have made a component beyond the limit and were not followed",
		    job->clusters.too_large);
	if (job->records->count > 2 * job->kept.trained_on)
		report_add_note(r,
		    "model and passes were made for %zu records, and there are %zu now: "
		    "consider a run over all",
		    job->kept.trained_on, job->records->count);
}

struct report *link_increment_report(const struct link_job *job, const struct link_increment *o,
    const struct link_events *events)
{
	struct report *r = report_new("Record linkage, continued",
	    "What the batch brought or took, and what became of the clusters.");
	const struct link_change *c = &job->kept.changes.ptr[job->kept.changes.len - 1];
	bool added = strcmp(c->what, "add") == 0;
	size_t first = job->records->count - (added ? c->records : 0);

	report_add_fact(r, "folder", "Linkage", "%s, batch %u", o->folder, c->batch);
	report_add_fact(r, "input", "Batch", "%s, %zu records %s", o->input, c->records,
	    added ? "added" : "removed");
	report_add_fact(r, "skipped", "Rows left out", "%zu, %s", c->skipped,
	    added ? "kept already" : "of no record");
	report_add_counts(r, "records", "Records now", "%zu", job->records->count);
	if (added) {
		report_add_counts(r, "compared", "Pairs compared", "%" PRIu64, job->edges.compared);
		report_add_counts(r, "linked", "Pairs linked", "%zu",
		    batch_pairs(job, first, true));
		report_add_counts(
		    r, "review", "For review", "%zu", batch_pairs(job, first, false));
	}
	if (job->spec.type == LINK_LINK_ONLY)
		report_add_counts(r, "ties", "Ties", "%zu", job->clusters.ties);
	report_add_counts(r, "clusters", "Clusters", "%zu, of %zu records, the largest of %zu",
	    job->clusters.count, job->clusters.linked, job->clusters.largest);
	add_events(r, events);
	add_changes(r, job);
	add_notes(r, job);
	return r;
}
