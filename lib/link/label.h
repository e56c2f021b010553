/*
 * m from pairs that people have judged: the levels of the pairs labelled as
 * one person, beside what training without labels believes, which counts as
 * LINK_BELIEF pairs. u, lambda and what tells the same stay.
 *
 * Labels: two ids in columns ending in _l and _r, and clerical_match_score
 * (from 0.5: one person; empty: the reader could not say, left out); without it
 * every row is one person. Columns source_l and source_r, "left" or "right", say
 * which file the records are of; without them the first is of the left file and
 * the second of the right one, if there is one. A column stands_for says how many
 * pairs of a population a row was drawn from (hygie link review draws doubtful
 * pairs more often: counted alike, they would make people seem to agree too rarely).
 */
#ifndef LINK_LABEL_H
#define LINK_LABEL_H

#include "link/run.h"

enum { LINK_BELIEF = 20 };

struct link_labels {
	size_t same, different, unsure;
	/* of those, wrong at weight 0 with the model before, and with the one after */
	size_t missed_before, missed_after; /* same person, below 0 */
	size_t false_before, false_after;   /* two persons, 0 or above */
};

/*
 * Of a job that is trained; its model is weighed anew. A row that names no two
 * of the records is ERR_FORMAT with its number.
 */
MUST_CHECK int link_label_model(
    struct link_labels *ret, struct link_job *job, const char *path, struct err *err);
struct report *link_label_report(
    const struct link_labels *l, const struct link_job *job, const char *labels);

#endif
