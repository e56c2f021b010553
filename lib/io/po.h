/*
 * Texts in another language, from a gettext catalogue (PO file): msgid and
 * msgstr, with strings over several lines and C escapes. Comments, contexts
 * that do not occur here and entries marked fuzzy or without a translation are
 * passed over; plural forms are refused.
 */
#ifndef IO_PO_H
#define IO_PO_H

#include "base/map.h"
#include "base/str.h"

struct po {
	struct map ids;
	VEC(struct view) texts;
	struct arena memory;
};

#define AUTO_PO AUTO(po_clear)

void po_clear(struct po *p);
/* ERR_FORMAT with name and line. */
MUST_CHECK int po_parse(struct po *ret, const char *name, struct view text, struct err *err);
/* The translation; msgid itself when there is none. */
struct view po_find(const struct po *p, struct view msgid);
/*
 * Of a message that printf made of a msgid with %s or %d: its translation with the same parts in
 * the same order, each translated when it stands alone; else as po_find.
 */
void po_said(const struct po *p, struct view message, struct str *out);
/* As template_translate: ctx is a struct po. */
void po_translate(void *ctx, struct view *text);

#endif
