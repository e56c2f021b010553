/* What can be asked of the register: ?q=diabete&year=2024&source=snds/dcir&sort=newest. */
#ifndef REGISTER_QUERY_H
#define REGISTER_QUERY_H

#include "register/index.h"
#include "search/ask.h"

extern const struct search_asking register_asking;
extern const char *const register_orders[]; /* "rank", "newest", ... NULL-terminated */

/* As search_ask_add. */
MUST_CHECK int register_query_add(struct search_ask *q, struct view name, struct view value,
    struct err *err);
/* One page; l: whose titles sort. Without an order: rank, newest without text. */
void register_query_run(const struct search_ask *q, const struct register_index *i,
    enum register_language l, struct search_result *ret);
/* All that it finds, in order. */
void register_query_run_all(const struct search_ask *q, const struct register_index *i,
    enum register_language l, struct search_result *ret);

#endif
