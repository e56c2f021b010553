/* Between the files document_*.c. */
#ifndef DESK_DOCUMENT_INSIDE_H
#define DESK_DOCUMENT_INSIDE_H

#include "desk/document.h"

/*
 * Says in a PDF of cairo which language it is in, and that its title is to be shown: cairo
 * itself cannot. Appended as an incremental update (ISO 32000-1, 7.5.6). ERR_INTERNAL: it is
 * not written as cairo does.
 */
MUST_CHECK int desk_pdf_set_language(struct str *pdf, const char *language, struct err *err);

#endif
