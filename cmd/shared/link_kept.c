#include "shared/link_kept.h"

#include "base/log.h"

#include <sys/stat.h>

int link_kept_change(const struct link_kept_args *a, link_change *change, struct err *err)
{
	AUTO_LINK_JOB struct link_job job = {0};
	AUTO_LINK_EVENTS struct link_events events = {0};
	AUTO_REPORT struct report *report = NULL;
	struct progress progress;
	struct link_increment o = {
	    .folder = a->folder,
	    .input = a->input,
	    .source = a->source,
	    .skip = a->skip,
	    .count = a->count,
	    .most_kept = a->run.memory_bytes / 2 / sizeof(struct link_edge),
	    .threads = run_options_apply(&a->run, &progress),
	    .progress = &progress,
	};

	umask(077); /* what is written are identities */
	if (change(&job, &o, &events, err) < 0)
		return -1;
	report = link_increment_report(&job, &o, &events);
	if (report_emit(report, &a->output, err) < 0)
		return -1;
	log_info("%zu records, %zu clusters in %s", job.records->count, job.clusters.count,
	    a->folder);
	return 0;
}
