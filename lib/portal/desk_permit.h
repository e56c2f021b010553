/* Permits on the site: issued, amended, read, printed, verified. */
#ifndef PORTAL_DESK_PERMIT_H
#define PORTAL_DESK_PERMIT_H

#include "desk/document.h"
#include "portal/desk_told.h"

visit_handler permit_page, permit_do, permit_pdf, permit_note, permit_notices, permit_api,
    permit_api_do;
visit_handler verify_page, verify_do, verify_api, permit_key_file, permit_jwks;

/* The fields of the form, in order: name, label, help. */
struct permit_field {
	const char *name, *label, *help;
	enum {
		PERMIT_LINE,
		PERMIT_DAY,
		PERMIT_TEXT,
		PERMIT_LIST, /* one a line */
		PERMIT_TABLE /* one a line, cells parted by '|' */
	} kind;
	const char *cells;  /* of a table: names parted by spaces; '?' behind: true or false */
	const char *within; /* the object that holds it, or NULL */
};
extern const struct permit_field permit_fields[];
extern const size_t permit_field_count;

/* What is known before anybody writes: from the application and its events. */
json_t *permit_prefill(struct visit *v, const struct desk_dossier *d);
/* The form's model: [{name, label, help, written, is_line, ...}]; amends: what may change. */
json_t *permit_form_model(const struct visit *v, const json_t *permit, bool amends);
/* What was posted, over `base`. */
json_t *permit_form_read(const struct visit *v, const json_t *base);
/* Fields of Art. 68(10) in which `after` differs, for an amendment. */
json_t *permit_changes(const json_t *before, const json_t *after);
/* The permit as a document with how to verify it. */
void permit_document(struct desk_document *ret, const struct visit *v,
    const struct desk_verdict *verdict, struct view note);
/* To read: the same lines as the document, [{label, text}]. */
json_t *permit_lines(const struct visit *v, const json_t *permit);
/* {"state", "id", "from", "to", "reminders": [..]} */
json_t *permit_verdict_model(const struct visit *v, const struct desk_verdict *verdict);

#endif
