/* Pieces of the HTML face. Every text of the document passes report_add_html. */
#ifndef REPORT_HTML_H
#define REPORT_HTML_H

#include "base/str.h"
#include "report/language.h"

/* Text for element content and for quoted attributes. */
void report_add_html(struct str *out, const char *text);
/* How the page is read. */
struct report_reader report_page_reader(const struct report *r);
/*
 * One of our texts as the reader's language says it: before, text, after. An
 * empty `before` may not be; where the text has no translation, the element
 * that `before` ends with says that its language is not known: lang="".
 */
void report_add_said(struct str *out, const struct report *r, const char *before, const char *text,
    const char *after);
/* A drawing, its texts said as well, but those of class "value". */
void report_add_drawing(struct str *out, const struct report *r, const char *svg);
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
