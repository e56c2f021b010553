/*
 * The pairs of a review as one page for a browser without a network. It holds
 * identities and says so on top; it does not hold what the model says of them.
 */
#ifndef LINK_REVIEW_PAGE_H
#define LINK_REVIEW_PAGE_H

#include "link/review.h"
#include "link/review_text.h"

enum { LINK_PAGE_PAIRS_MAX = 5000 };

/* Mode 0600. More than LINK_PAGE_PAIRS_MAX pairs: ERR_LIMIT. */
MUST_CHECK int link_review_page(const struct link_review *r, const struct link_texts *texts,
    const char *path, struct err *err);

#endif
