/*
 * Letters and dossiers as documents: the same blocks become a PDF (tagged, text
 * that can be searched and read aloud, fonts embedded) and one HTML page. The
 * same blocks give the same bytes: no clock of the machine goes in. PDF needs
 * the DejaVu fonts (package fonts-dejavu-core).
 */
#ifndef DESK_DOCUMENT_H
#define DESK_DOCUMENT_H

#include "base/date.h"
#include "desk/form_view.h"

enum desk_block_kind {
	DESK_BLOCK_HEADING,
	DESK_BLOCK_TEXT,      /* lines are kept */
	DESK_BLOCK_FACT,      /* label and text */
	DESK_BLOCK_ITEM,      /* of a list */
	DESK_BLOCK_AMOUNT,    /* label, note and a sum at the right */
	DESK_BLOCK_TOTAL,     /* the same, in bold */
	DESK_BLOCK_SIGNATURE, /* lines that stay together */
};

struct desk_block {
	enum desk_block_kind kind;
	int level;         /* of a heading: 2 or 3; the title is 1 */
	const char *label; /* of a fact, of a sum */
	const char *text;
	const char *amount; /* of a sum; "" else */
};

struct desk_document {
	const char *title;
	const char *body; /* who issues it */
	enum desk_language language;
	date_t created;    /* the day the document bears */
	const char *stamp; /* at the foot of each page, or NULL */
	bool contents;     /* a table of its headings behind the title */
	bool columns;      /* labels of facts stand at the left of their texts, not above */
	VEC(struct desk_block)
	blocks;
	struct arena memory;
};

#define AUTO_DESK_DOCUMENT AUTO(desk_document_clear)

enum { DESK_DOCUMENT_MAX = 16 << 20 }; /* bytes of all texts */

void desk_document_begin(struct desk_document *d, const char *title, const char *body,
    enum desk_language language, date_t created);
void desk_document_clear(struct desk_document *d);
void desk_document_heading(struct desk_document *d, int level, const char *text);
void desk_document_text(struct desk_document *d, const char *text);
void desk_document_fact(struct desk_document *d, const char *label, const char *text);
void desk_document_item(struct desk_document *d, const char *text);

/* A line of a bill: "Application", "1 dossier · Art. 62(1)", "560.00 EUR". */
void desk_document_amount(struct desk_document *d, const char *label, const char *note,
    const char *amount);
void desk_document_total(struct desk_document *d, const char *label, const char *amount);
void desk_document_signature(struct desk_document *d, const char *lines);

/* Each page bears the version of the dossier (0: its draft) and its SHA-256. */
void desk_document_stamp(struct desk_document *d, int64_t version, const char *sha256);

void desk_document_html(const struct desk_document *d, struct str *out);
/* ERR_LIMIT: more than DESK_DOCUMENT_MAX; ERR_INTERNAL: what the library says. */
MUST_CHECK int desk_document_pdf(const struct desk_document *d, struct str *out,
    struct err *err);

/* Every answer of a dossier that the reader may see, by section. */
void desk_dossier_document(struct desk_document *ret, const struct desk_form_view *v,
    const char *body, const char *reference, date_t created);

/* A decision or an opinion. NULL: that part is left out. */
struct desk_decision {
	const char *title; /* "Opinion of the committee" */
	const char *body;
	const char *reference, *application, *project, *applicant;
	const char *outcome, *effect;                   /* what it says, and does */
	bool tacit;                                     /* nothing was decided: the delay ran out */
	const char *basis;                              /* text of law */
	const char *const *reasons, *const *conditions; /* NULL-terminated */
	const char *remedies;                           /* where and until when to appeal */
	const char *signed_by;
	date_t date;
};

void desk_decision_document(struct desk_document *ret, const struct desk_decision *decision,
    enum desk_language language);

#endif
