/*
 * What the public may read of an application, from its events: a patch of the
 * project's sheet in the register. Pure, so that a register can be made again.
 * Which routes publish, from when on, and whether refusals: "register" of the
 * route. Results are numbered from 1 in the order of their deposit.
 */
#ifndef DESK_SHEET_H
#define DESK_SHEET_H

#include "desk/form.h"
#include "desk/record.h"

enum { DESK_SHEET_ROWS_MAX = 150 }; /* of one table or text; the register has 200 of a list */

struct desk_sheet_words {
	const char *language;         /* "fr", "en": of texts that do not say */
	const struct desk_form *form; /* NULL: nothing was filled in */
	const json_t *answers;
};

/* A field of this type can be that part of the sheet. */
bool desk_sheet_takes(const struct desk_field *f);
/*
 * Into `sheet`: what a form's visible fields bring it (docs/desk-form.md). `language`:
 * of its words, when the form itself does not say.
 */
void desk_sheet_take_form(json_t *sheet, const struct desk_form *form, const json_t *answers,
    const char *language);

/* Into `sheet`: nulls for what it does not say and `before` did; so a patch takes it back. */
void desk_sheet_take_back(json_t *sheet, json_t *before);

/* The caller's; NULL: nothing of it is public. */
json_t *desk_sheet_patch(const struct desk_dossier *d, const struct desk_sheet_words *w,
    date_t today);

/* [{"number", "result", "corrected": [reasons], "withdrawn"?: reasons}], withdrawn ones too. */
json_t *desk_sheet_results(const struct desk_dossier *d);

#endif
