/* Which representation a client wants (RFC 9110, section 12.5.1). */
#ifndef HTTP_ACCEPT_H
#define HTTP_ACCEPT_H

#include "base/view.h"

/*
 * The index of the best of `types`, which stand in our order of preference; -1: it
 * wants none of them. An empty header wants the first.
 */
int http_accept(struct view header, const char *const *types, size_t count);

#endif
