/* Base64 of RFC 4648, section 4, with its padding. */
#ifndef BASE_BASE64_H
#define BASE_BASE64_H

#include "base/str.h"

void base64_add(struct str *out, struct view bytes);
/* False: it is none, or not as it should be written; `ret` is as it was. */
MUST_CHECK bool base64_read(struct view text, struct str *ret);

#endif
