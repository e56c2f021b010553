/*
 * What the public may read of an application, from its events: a patch of the
 * project's sheet in the register. Pure, so that a register can be made again.
 * Which routes publish, from when on, and whether refusals: "register" of the
 * route. Results are numbered from 1 in the order of their deposit.
 */
#ifndef DESK_SHEET_H
#define DESK_SHEET_H

#include "desk/record.h"

struct desk_sheet_words {
	const char *language;  /* "fr", "en": of texts that do not say */
	const json_t *answers; /* of the form; NULL: not known */
};

/* The caller's; NULL: nothing of it is public. */
json_t *desk_sheet_patch(const struct desk_dossier *d, const struct desk_sheet_words *w,
    date_t today);

/* [{"number", "result", "corrected": [reasons], "withdrawn"?: reasons}], withdrawn ones too. */
json_t *desk_sheet_results(const struct desk_dossier *d);

#endif
