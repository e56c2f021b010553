/* A linkage that is kept, and what is asked of it: new records, or fewer. */
#ifndef CMD_SHARED_LINK_KEPT_H
#define CMD_SHARED_LINK_KEPT_H

#include "base/run_options.h"
#include "link/increment.h"
#include "report/options.h"

struct link_kept_args {
	const char *folder, *input;
	int source;
	bool skip, count;
	struct run_options run;
	struct report_output output;
};

#define LINK_KEPT_DEFAULTS                        \
	{                                         \
		.source = -1, .run = RUN_DEFAULTS \
	}

typedef int link_change(struct link_job *ret, const struct link_increment *o,
    struct link_events *ret_events, struct err *err);

/* Changes the folder, and emits the report. */
MUST_CHECK int link_kept_change(const struct link_kept_args *a, link_change *change,
    struct err *err);

#endif
