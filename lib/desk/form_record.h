/*
 * What applicants fill in, among the records of a hub.
 *
 *   draft     answers of each section, as typed, with a revision that counts the
 *             saves: who saves must have seen the last one
 *   version   what was handed in: one text, its SHA-256, never changed
 *   comments  between applicants and the desk, by section
 *   files     every file that was ever attached
 *
 * Each change is one write, with its line of the audit log; lines name
 * sections and numbers, never an answer.
 */
#ifndef DESK_FORM_RECORD_H
#define DESK_FORM_RECORD_H

#include "desk/form_view.h"
#include "desk/record.h"

enum {
	DESK_SECTION_BYTES = 2 << 20, /* answers of one section */
	DESK_FILES_BYTES = 500 << 20, /* all files of an application */
	DESK_FILES_COUNT = 500,       /* idem */
	DESK_COMMENTS_COUNT = 2000,   /* idem */
};

struct desk_saved {
	const char *section;
	int64_t revision, at, by;
};

struct desk_draft {
	struct desk_form form;           /* id NULL: this route has none */
	json_t *answers;                 /* of all sections */
	VEC(struct desk_saved) sections; /* that were saved */
	struct arena memory;
};

#define AUTO_DESK_DRAFT AUTO(desk_draft_clear)

void desk_draft_clear(struct desk_draft *d);
/* The form that was begun with, or the one in force on `today`. */
MUST_CHECK int desk_draft_load(const struct desk *d, const struct desk_dossier *dossier,
    date_t today, struct desk_draft *ret, struct err *err);
/* Of a section that was never saved: revision 0. */
struct desk_saved desk_draft_saved(const struct desk_draft *d, const char *section);

/* May the answers of this section (NULL: of any) be changed by applicants on that day? */
bool desk_section_is_open(const struct desk_dossier *d, date_t today, const char *section);

struct desk_save {
	const struct desk_dossier *dossier;
	const struct desk_form *form;
	size_t section;
	int64_t expected;      /* revision that was seen; -1: whatever there is */
	const json_t *answers; /* those of the section are kept, others left out */
	const json_t *files;   /* that are new: [{"field", "sha256", "name", "bytes", "type"}] */
	int64_t at, actor;
	const struct desk_caller *caller;
};

/*
 * 0: saved; 1: somebody saved it since `expected`, and nothing is done.
 * ret_revision is the one there is now. ERR_DENIED: not open, or no member who
 * writes; ERR_LIMIT.
 */
MUST_CHECK int desk_draft_save(const struct desk *d, const struct desk_save *s,
    int64_t *ret_revision, struct err *err);

/* Several sections in one write, all or none: 1: saves[*ret_late] came too late. */
MUST_CHECK int desk_draft_save_all(const struct desk *d, const struct desk_save *saves,
    size_t count, size_t *ret_late, struct err *err);

struct desk_version {
	int64_t n, event, at, actor; /* n from 1; event: its place in the dossier */
	const char *sha256;          /* of the text that is kept */
	struct desk_form form;
	json_t *answers;
	struct arena memory;
};

struct desk_versions {
	VEC(struct desk_version) all; /* without form and answers */
	struct arena memory;
};

#define AUTO_DESK_VERSION AUTO(desk_version_clear)
#define AUTO_DESK_VERSIONS AUTO(desk_versions_clear)

/* Does this event hand in what the form says at that moment? */
bool desk_hands_in(const char *event_type);

void desk_version_clear(struct desk_version *v);
void desk_versions_clear(struct desk_versions *v);
/* n 0: the last. 1, 0: there is none. ERR_FORMAT when the text is not what was handed in. */
MUST_CHECK int desk_version_load(const struct desk *d, int64_t application, int64_t n,
    struct desk_version *ret, struct err *err);
/* The same inside a transaction. */
MUST_CHECK int desk_version_read(struct store_tx *tx, int64_t application, int64_t n,
    struct desk_version *ret, struct err *err);
MUST_CHECK int desk_versions_list(const struct desk *d, int64_t application,
    struct desk_versions *ret, struct err *err);
/* The text that is kept of answers, and its SHA-256: what a draft would be as a version. */
char *desk_version_text(const struct desk_form *f, const json_t *answers);
/*
 * Inside a write: what applicants hand in with this event (submitted,
 * items_supplied, rectified) is kept; another event, or a route without form:
 * nothing. ERR_DENIED: something is missing or wrong.
 */
MUST_CHECK int desk_version_keep(struct store_tx *tx, const struct desk_dossier *d,
    const struct desk_event *e, struct err *err);
/* The form of an application that was imported: one draft, a version for each event that
   hands in; attachments are listed, not brought. ERR_DENIED as above. */
MUST_CHECK int desk_form_import(struct store_tx *tx, int64_t application,
    const struct desk_history *h, struct err *err);

struct desk_comment {
	int64_t n, author, at, resolved_at, resolved_by; /* resolved_at 0: open */
	const char *section, *role, *text;
};

struct desk_comments {
	VEC(struct desk_comment) all;
	struct arena memory;
};

#define AUTO_DESK_COMMENTS AUTO(desk_comments_clear)

struct desk_remark;

/* Told of a remark in the write that keeps it. */
typedef int desk_remark_told(struct store_tx *tx, const struct desk_remark *r, void *arg,
    struct err *err);

struct desk_remark {
	int64_t application, at, author;
	enum desk_role role;
	const char *section;
	struct view text; /* 1 to 4,000 bytes */
	const struct desk_caller *caller;
	desk_remark_told *told; /* of a new one; NULL: nobody */
	void *told_arg;
};

void desk_comments_clear(struct desk_comments *c);
MUST_CHECK int desk_comments_list(const struct desk *d, int64_t application,
    struct desk_comments *ret, struct err *err);
/* ERR_FORMAT: no text, or too much; ERR_LIMIT. */
MUST_CHECK int desk_comment_add(const struct desk *d, const struct desk_remark *r,
    struct err *err);
/* `r->text` and `section` are not looked at. ERR_USAGE: no open comment of this number. */
MUST_CHECK int desk_comment_resolve(const struct desk *d, const struct desk_remark *r, int64_t n,
    struct err *err);

struct desk_file {
	int64_t n, bytes, at, actor, gone_at; /* gone_at 0: part of the draft */
	const char *field, *sha256, *name, *type;
};

struct desk_files {
	VEC(struct desk_file) all;
	struct arena memory;
};

#define AUTO_DESK_FILES AUTO(desk_files_clear)

void desk_files_clear(struct desk_files *f);
MUST_CHECK int desk_files_list(const struct desk *d, int64_t application,
    struct desk_files *ret, struct err *err);

/* Who was asked by mail to join, and has not come yet. */
struct desk_guest {
	int64_t application, at, actor;
	const char *email;
	enum desk_member_kind kind;
};

struct desk_guests {
	VEC(struct desk_guest) all;
	struct arena memory;
};

#define AUTO_DESK_GUESTS AUTO(desk_guests_clear)

void desk_guests_clear(struct desk_guests *g);
MUST_CHECK int desk_guests_list(const struct desk *d, int64_t application,
    struct desk_guests *ret, struct err *err);
/* With `add` false they are no longer asked. */
MUST_CHECK int desk_guest_set(const struct desk *d, const struct desk_guest *g, bool add,
    const struct desk_caller *caller, struct err *err);
/* The same inside a write. */
MUST_CHECK int desk_guest_set_in(struct store_tx *tx, const struct desk_guest *g, bool add,
    const struct desk_caller *caller, struct err *err);
/* To which applications an address is asked; email is left NULL. */
MUST_CHECK int desk_guest_find(const struct desk *d, struct view email, struct desk_guests *ret,
    struct err *err);

#endif
