/* Words for people: what an interval and a population are called. */
#ifndef STUDY_LABELS_H
#define STUDY_LABELS_H

#include "base/str.h"
#include "study/design.h"

/* "2019", "2019 Q1", "2019-03", "2019-W05"; a span that is no whole unit: "2019-03-05 to ...". */
void study_label_interval(enum study_interval unit, struct study_span span, struct str *out);

/*
 * What tells denominator `index` from the others ("65 to 150, Female"); "all"
 * when there is one. What they share is said once by study_label_shared, which
 * adds nothing when there is nothing to say.
 */
void study_label_population(const struct study_design *d, size_t index, struct str *out);
void study_label_shared(const struct study_design *d, struct str *out);

#endif
