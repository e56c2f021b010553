/*
 * What an address of the API may ask behind '?': one table, from which the description is
 * made, by which requests are judged before a handler sees them, and whose words the handlers
 * read. Another name or value is 400, with what there is.
 */
#ifndef PORTAL_API_QUERY_H
#define PORTAL_API_QUERY_H

#include "portal/route.h"

enum query_kind {
	QUERY_TEXT,
	QUERY_WORD,   /* one of words */
	QUERY_NUMBER, /* of min to max */
	QUERY_MANY,   /* texts: the name as often as there are values */
};

struct query_param {
	const char *name;
	enum query_kind kind;
	const char *about;
	const char *example;      /* a value; NULL: it is not shown */
	const char *const *words; /* of QUERY_WORD */
	int word_count;
	int64_t min, max; /* of QUERY_NUMBER */
	bool required;
};

/* Of the lists of applications (desk_list.c). */
extern const struct query_param desk_list_params[];
extern const size_t desk_list_param_count;

/* "?page=3"; 1 for what is none. */
int64_t query_page(const struct visit *v);
/* Of the visit's route: ERR_USAGE, with status 400. */
MUST_CHECK int query_judge(struct visit *v, struct err *err);
/* As OpenAPI's parameters, behind those of the path. */
void query_describe(const struct route *r, json_t *parameters);

#endif
