/*
 * The data quality and utility label of QUANTUM (EU project 101137057): 15 metrics of 12
 * dimensions, a score of 0 to 100, up to five stars; the maturity of the holder beside it.
 *
 * Weights and formula are those of the project's tool, read in its source (github
 * quantum-label/quantum_labelling_tool, commit 17e30b5 of 13 May 2026: init.sql, label.py,
 * django.py); the words of the levels are ours (the tool is CC BY-NC 4.0). Article 78 of
 * Regulation (EU) 2025/327 is what the label is for.
 *
 *   metric = level / highest level x metric weight x dimension weight / sum of the latter
 *   score  = the sum; a metric without a level counts 0
 *   stars  = 0 below 25, 1 below 45, 2 below 60, 3 below 80, 4 below 90, else 5
 */
#ifndef GUARD_QUANTUM_H
#define GUARD_QUANTUM_H

#include "base/arena.h"
#include "base/map.h"
#include "base/vec.h"
#include "io/json.h"

enum {
	QUANTUM_NO_LEVEL = -1,
	QUANTUM_LEVELS_MAX = 5,
	QUANTUM_MATURITY_HIGHEST = 5
};

/* Where a level comes from. */
enum quantum_proof {
	QUANTUM_UNPROVEN, /* nobody said: counts 0 */
	QUANTUM_BY_SCAN,
	QUANTUM_BY_FORM,
};

struct quantum_metric {
	const char *id, *name, *category, *dimension, *title;
	double dimension_weight; /* of all dimensions, some 100 */
	double metric_weight;    /* percent of its dimension */
	const char *proof;       /* what a scan proves it by; "": nothing */
	const char *levels[QUANTUM_LEVELS_MAX];
	int highest;
	int level; /* or QUANTUM_NO_LEVEL */
	enum quantum_proof by;
	const char *evidence; /* in words */
};

struct quantum_maturity {
	const char *id, *title;
	int level; /* 1..5, or QUANTUM_NO_LEVEL */
};

struct quantum_label {
	struct arena arena;
	VEC(struct quantum_metric) metrics;
	VEC(struct quantum_maturity) maturity;
	const char *dataset_iri;   /* "": none was given */
	const char *dataset_title; /* idem */
};

#define AUTO_QUANTUM AUTO(quantum_clear)

/* The metrics without a level. */
MUST_CHECK int quantum_open(struct quantum_label *q, struct err *err);
void quantum_clear(struct quantum_label *q);
/*
 * The form, as quantum_form_write makes it. ERR_FORMAT with the place ("metrics[3].level")
 * for a key, metric or level that is not known. A level that the scan proved stays unless
 * the form has a higher one and tells its evidence.
 */
MUST_CHECK int quantum_form_read(struct quantum_label *q, const char *name, const json_t *form,
    struct err *err);
void quantum_form_write(const struct quantum_label *q, struct str *out);
/*
 * Levels by the documents of `hygie guard scan`, all files of the dataset: 2 when every
 * variable is covered, 1 when some are. ERR_FORMAT for what is none.
 */
MUST_CHECK int quantum_scan_read(struct quantum_label *q, const json_t *const *reports,
    const char *const *names, size_t count, struct err *err);

/* Points of the 100: what the metric has, and could have. */
double quantum_points(const struct quantum_label *q, const struct quantum_metric *m);
double quantum_points_max(const struct quantum_label *q, const struct quantum_metric *m);
double quantum_score(const struct quantum_label *q);
int quantum_stars(double score);
/* Sum of the levels, out of 50; 0 when none was given. */
int quantum_maturity_sum(const struct quantum_label *q);

#endif
