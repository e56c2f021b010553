/* The table of everything the site answers: routes.c. */
#ifndef PORTAL_ROUTE_H
#define PORTAL_ROUTE_H

#include "portal/visit.h"

enum route_kind {
	ROUTE_PAGE, /* below /en or /fr, answers HTML */
	ROUTE_API,  /* below /api/v1, answers JSON */
	ROUTE_FILE, /* neither: style sheets, feeds, robots.txt */
};

struct route {
	enum http_method method;
	enum route_kind kind;
	const char *pattern; /* "/register/{reference}" */
	unsigned who;        /* roles of which one is enough */
	visit_handler *handle;
	const char *summary; /* of the API's description */
};

extern const struct route routes[];
extern const size_t route_count;

/* "/a/{x}" against "/a/b": fills params in order. */
bool route_matches(const char *pattern, struct view path, struct view params[VISIT_PARAMS]);
/*
 * NULL: there is no such page (ret_known false), or none for this method
 * (true). HEAD is answered as GET.
 */
const struct route *route_find(enum route_kind kind, enum http_method method, struct view path,
    struct view params[VISIT_PARAMS], bool *ret_known);

#endif
