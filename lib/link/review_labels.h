/*
 * The labels of a review, as a file: read, checked against a draw, written
 * whole after each answer (mode 0600), so that a killed review has lost nothing
 * that was answered.
 */
#ifndef LINK_REVIEW_LABELS_H
#define LINK_REVIEW_LABELS_H

#include "base/map.h"
#include "link/review.h"

struct link_label_row {
	int64_t pair; /* index into the texts of the file, "left\t1\tleft\t2" */
	enum link_answer answer;
	size_t line;
};

/* A file of labels, not yet matched with a draw. */
struct link_label_file {
	char *path;
	struct map names;
	VEC(struct link_label_row) rows;
	char population[LINK_POPULATION]; /* these three: of a file with rows */
	uint64_t seed, wanted;
};

#define AUTO_LINK_LABEL_FILE AUTO(link_label_file_clear)
void link_label_file_clear(struct link_label_file *f);

/* A damaged file is ERR_FORMAT with its line. A missing one: no rows, if `may_miss`. */
MUST_CHECK int link_label_file_read(
    struct link_label_file *f, const char *path, bool may_miss, struct err *err);
/* The same of bytes in memory. `f` is empty. */
MUST_CHECK int link_label_file_parse(
    struct link_label_file *f, const char *name, struct view bytes, struct err *err);
/*
 * answer[pair of the review]. Labels of other pairs, of another run or seed are
 * ERR_USAGE.
 */
MUST_CHECK int link_label_file_match(const struct link_label_file *f, const struct link_review *r,
    enum link_answer *answer, struct err *err);
/* What the review has answered, in its order. */
MUST_CHECK int link_review_save(const struct link_review *r, const char *path, struct err *err);

/* Held while a review writes PATH: ".NAME.lock" beside it. */
struct link_label_lock {
	char *path;
	int fd;
};
#define AUTO_LINK_LABEL_LOCK AUTO(link_label_unlock)
/* ERR_USAGE while another review holds it. */
MUST_CHECK int link_label_lock(struct link_label_lock *l, const char *path, struct err *err);
void link_label_unlock(struct link_label_lock *l);

#endif
