/* The label as a document with its picture, and as Turtle. */
#ifndef GUARD_QUANTUM_REPORT_H
#define GUARD_QUANTUM_REPORT_H

#include "guard/quantum.h"
#include "report/report.h"

/* The caller frees it. */
struct report *quantum_report(const struct quantum_label *q);
/*
 * The sunburst: inside the categories, around them the dimensions, each as wide as its weight
 * and as strong as its share of points. One SVG element.
 */
void quantum_draw(const struct quantum_label *q, struct str *out);
/*
 * DCAT and DQV (W3C Note of 15 December 2016): the dataset, its certificate with the stars, a
 * measurement a metric that has a level, the score, the maturity.
 */
void quantum_turtle(const struct quantum_label *q, struct str *out);

#endif
