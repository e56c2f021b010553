/* Pieces of the HTML face. Every text of the document passes report_add_html. */
#ifndef REPORT_HTML_H
#define REPORT_HTML_H

#include "base/str.h"
#include "report/report.h"

/* Text for element content and for quoted attributes. */
void report_add_html(struct str *out, const char *text);
/* Printed between "%s" parts of markup: before, escaped text, after. */
void report_add_element(struct str *out, const char *before, const char *text, const char *after);
/* The charts' figures, empty until the page's script draws them. */
void report_add_figures(const struct report *r, struct str *out);
/* The cards. */
void report_add_panels(const struct report *r, struct str *out);
/* Tables in sight, panels, then the folded tables. */
void report_add_tables(const struct report *r, struct str *out);
/* What the page's script needs to draw the charts, as a JSON data block. */
void report_add_chart_data(const struct report *r, struct str *out);

#define THIN_SPACE "\u202F" /* NARROW NO-BREAK SPACE */

#endif
