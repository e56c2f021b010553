/* The files of a run, for run.c and store.c: pairs, clusters, model, manifest. */
#ifndef LINK_WRITE_H
#define LINK_WRITE_H

#include "io/json.h"
#include "link/run.h"

enum link_decision {
	LINK_LINKED, /* in one cluster */
	LINK_APART,  /* above the threshold, yet in two clusters */
	LINK_REVIEW, /* below the threshold */
	LINK_DECISIONS,
};

const char *link_decision_name(enum link_decision d);
enum link_decision link_decide(const struct link_job *job, const struct link_edge *e);
/* One file each; pairs only with a record from `first` on. */
MUST_CHECK int link_write_pairs(const struct link_job *job, const char *folder,
    enum table_format format, size_t first, struct err *err);
MUST_CHECK int link_write_model(const struct link_job *job, const char *folder, struct err *err);
/* clusters of a linkage that is kept: source,id,cluster */
MUST_CHECK int link_write_ids(const struct link_job *job, const char *folder, struct err *err);
/* The key "spec" and what it holds. */
void link_write_spec(struct json_writer *w, const struct link_spec *s);
MUST_CHECK int link_write(const struct link_job *job, const struct link_run *o,
    const char *folder, struct err *err);

#endif
