/* Shared by the files that keep forms. */
#ifndef DESK_FORM_RECORD_INSIDE_H
#define DESK_FORM_RECORD_INSIDE_H

#include "desk/form_record.h"
#include "store/audit.h"

#define FORM_SQL(name) "desk/records/form.sql:" name

struct desk_trace {
	int64_t application, at, actor;
	enum desk_role role;
	const char *action; /* "desk.save_form" */
	const json_t *detail;
	const struct desk_caller *caller;
};

/* The line of the audit log for a change. */
MUST_CHECK int desk_tell(struct store_tx *tx, const struct desk_trace *t, struct err *err);
/* The draft inside a transaction. */
MUST_CHECK int desk_draft_read(struct store_tx *tx, const struct desk_dossier *dossier,
    date_t today, struct desk_draft *ret, struct err *err);
/* A section's answers at this revision, and `s->files`; nothing is checked. */
MUST_CHECK int desk_section_put(struct store_tx *tx, const struct desk_save *s, int64_t revision,
    struct err *err);
MUST_CHECK int desk_files_put(struct store_tx *tx, const struct desk_save *s, struct err *err);

/* Answers that event number `n` (from 1) of the application hands in. */
struct desk_handed {
	int64_t application;
	size_t n;
	const struct desk_event *event;
	const struct desk_form *form;
	const json_t *answers;
};

/* ERR_DENIED: something is missing or wrong. */
MUST_CHECK int desk_version_put(struct store_tx *tx, const struct desk_handed *h,
    struct err *err);

#endif
