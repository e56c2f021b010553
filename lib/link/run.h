/*
 * The whole journey: files → records → model → candidate pairs → weights →
 * clusters → a folder.
 *
 *   pairs.csv      source_l,id_l,source_r,id_r,weight,probability,decision,levels
 *                  every pair at or above the review threshold, best first;
 *                  levels: one number a comparison, 0 missing, 1 the same
 *   clusters.csv   source,id,cluster_source,cluster: each record, and the first
 *                  record of its cluster
 *   model.json     in Splink's shape (model_json.h); of a run by rules there is none, its
 *                  weights are steps (rules.h), and pairs have no probability
 *   manifest.json  inputs with their SHA-256, spec, thresholds, counts
 */
#ifndef LINK_RUN_H
#define LINK_RUN_H

#include "link/cluster.h"
#include "link/train.h"
#include "report/report.h"
#include "table/writer.h"

struct link_run {
	const char *left, *right; /* right may be NULL */
	const char *spec;         /* NULL: guessed */
	const char *model;        /* NULL: trained */
	const char *out;
	bool replace;
	enum table_format files;
	bool link_and_dedupe; /* two sources with duplicates in each */
	bool one_per_source;
	enum link_method method;  /* LINK_BY_WEIGHT: as the spec says */
	unsigned drop;            /* 0: as the spec says */
	bool keep;                /* so that records can be added: store.h */
	double threshold, review; /* bits, where the spec says nothing */
	uint64_t pairs;           /* budget; 0: as the spec says */
	uint64_t most_kept;
	int threads;
	struct progress *progress;
};

/* One change of a linkage that is kept. */
struct link_change {
	uint32_t batch; /* from 1 */
	char what[8];   /* "run", "add", "remove" */
	char *input;    /* path as named then; NULL: removals */
	char sha256[65];
	int source;     /* 0 or 1 */
	size_t records; /* that came or went */
	size_t skipped;
};

/* What makes a linkage go on: store.h. */
struct link_kept {
	VEC(struct link_change) changes; /* none: it is not kept */
	uint32_t *cluster;               /* by record: the id of its cluster, from 1 */
	uint32_t next_cluster;           /* ids below it have been given */
	size_t trained_on;               /* records whose values were counted */
	enum table_format files;
};

/* One run, or one opened again. */
struct link_job {
	struct link_spec spec;
	struct link_records *records;
	struct link_model model;
	struct link_blocking blocking;
	struct link_edges edges;
	struct link_clusters clusters;
	int64_t threshold, review; /* weights */
	bool one_per_source;
	bool trained; /* here, not read */
	int threads;
	char sha256[2][65]; /* of the inputs */
	char *folder;       /* of a run opened again */
	struct link_kept kept;
};

#define AUTO_LINK_JOB AUTO(link_job_clear)

void link_job_clear(struct link_job *job);
MUST_CHECK int link_run(struct link_job *job, const struct link_run *o, struct err *err);
/* The first half of a run: records, model and passes; no pairs, no folder. */
MUST_CHECK int link_job_train(struct link_job *job, const struct link_run *o, struct err *err);
/*
 * A run again: records and model as they were, weighed; no pairs, no passes.
 * An input that has changed since is ERR_FORMAT.
 */
MUST_CHECK int link_job_open(struct link_job *job, const char *folder, int threads,
    struct progress *progress, struct err *err);
/* The passes of the run, chosen again: the same. */
void link_job_block(struct link_job *job);
/* What the run tells. The caller frees it. */
struct report *link_run_report(const struct link_job *job, const char *out);

#endif
