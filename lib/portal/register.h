/* The public register on the site; for the files register_*.c. */
#ifndef PORTAL_REGISTER_H
#define PORTAL_REGISTER_H

#include "portal/inside.h"
#include "register/export.h"
#include "register/query.h"

/* The index in force, built at the first call; the caller releases it. */
MUST_CHECK int portal_register_hold(struct visit *v, struct register_index **ret,
    struct err *err);
/* The sheet that params[0] names, within the index in force; else 404. All are the caller's. */
MUST_CHECK int portal_register_open(struct visit *v, struct register_index **ret,
    uint32_t *ret_document, json_t **ret_sheet, struct err *err);
/* The query of the address. Pages pass over names they do not know: others add theirs. */
MUST_CHECK int portal_register_query(const struct visit *v, struct search_ask *ret,
    struct err *err);

/* What stands in a list, appended to `items`. */
MUST_CHECK int portal_register_item(struct visit *v, const struct register_index *index,
    uint32_t document, json_t *items, struct err *err);

enum register_language portal_register_language(const struct visit *v);
/* Words as {"text": .., "lang": ..}; lang only where they are not in the visitor's language. */
void portal_register_words(const struct visit *v, json_t *into, const char *key,
    const json_t *object, const char *field);
/* A day for {{#on}}, when there is one. */
void portal_register_day(json_t *into, const json_t *object, const char *field);
/* The labels of a sheet's list as an array. */
json_t *portal_register_labels(const struct visit *v, const json_t *values,
    enum register_list list);
json_t *portal_register_sources(const struct visit *v, const json_t *sheet);
/* "2026-01-31T12:00:00Z" */
json_t *portal_register_time(int64_t at);
struct view portal_view(const json_t *text);

visit_handler portal_register_list, portal_register_sheet, portal_register_years,
    portal_register_feed, portal_register_go, portal_register_export, portal_register_api,
    portal_register_api_sheet, portal_sitemap, portal_sitemap_part;

#endif
