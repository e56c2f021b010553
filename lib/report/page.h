/*
 * The frame of a self-contained page: head with a content security policy that
 * lets in its own scripts and styles by SHA-256 and nothing from the network.
 * Of reports (html.c), and of pages that are no report.
 */
#ifndef REPORT_PAGE_H
#define REPORT_PAGE_H

#include "base/str.h"

enum { REPORT_SCRIPTS_MAX = 6 };

struct report_page {
	const char *lang; /* "en" */
	const char *title;
	struct view style; /* web/report.css, and what stands behind it */
	struct view scripts[REPORT_SCRIPTS_MAX];
	size_t script_count;
};

/* An embedded script: one more of the page's. */
void report_page_add_script(struct report_page *p, const char *name);
/* From the doctype to the end of the head. */
void report_page_head(const struct report_page *p, struct str *out);
/* The scripts, and the end of the page. */
void report_page_end(const struct report_page *p, struct str *out);
/* Data for a script, as an element of this id; no text in it can end the element. */
void report_page_data(struct str *out, const char *id, struct view json);

#endif
