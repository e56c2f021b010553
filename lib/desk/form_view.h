/*
 * A form for people: models for the templates web/portal/form-*.mustache, the
 * way back from what a browser posts, answers as text, and what changed between
 * two versions. Everything works without scripts.
 */
#ifndef DESK_FORM_VIEW_H
#define DESK_FORM_VIEW_H

#include "desk/form.h"
#include "http/http.h"

struct desk_form_view {
	const struct desk_form *form;
	const json_t *answers;
	const struct desk_problems *problems; /* to show; NULL: none yet */
	const json_t *comments;               /* [{section, author, at, text}], or NULL */
	enum desk_language language;
	bool with_private; /* whoever looks may see private fields */
	bool publishes;    /* the application's route has a public sheet: fields of it are marked */
	int blank_rows;    /* that a table offers behind those that are filled */
};

/*
 * The model of {{>form-section}}: inputs with values, errors and the ids that
 * aria-describedby names. Fields that are hidden now are left out.
 */
json_t *desk_form_section_model(const struct desk_form_view *v, size_t section);
/* {{>form-errors}}: every problem, with a link to its field. */
json_t *desk_form_errors_model(const struct desk_form_view *v);
/* {{>form-answers}}: what was answered, to read. */
json_t *desk_form_answers_model(const struct desk_form_view *v);
/*
 * What a browser posted of a section, into `answers`: only the fields it says
 * it showed (_shown). Kept as typed, but line ends are "\n" and empty rows go.
 * Files come another way. ERR_FORMAT: a name that no such page has; ERR_LIMIT.
 */
MUST_CHECK int desk_form_read(const struct desk_form *f, const struct http_pairs *posted,
    json_t *answers, struct err *err);

/* An answer in words, one line or several. */
void desk_answer_text(const struct desk_field *f, const json_t *answer,
    enum desk_language language, struct str *out);
/*
 * {{>form-diff}}: [{section, label, kind: added|removed|changed, before, after}]
 * in the order of the form. Hidden fields count as empty.
 */
json_t *desk_form_diff(const struct desk_form_view *before, const json_t *after);

#endif
