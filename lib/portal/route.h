/* The table of everything the site answers: routes.c. */
#ifndef PORTAL_ROUTE_H
#define PORTAL_ROUTE_H

#include "portal/visit.h"

enum route_kind {
	ROUTE_PAGE, /* below /en or /fr, answers HTML */
	ROUTE_API,  /* below /api/v1, answers JSON */
	ROUTE_FILE, /* neither: style sheets, feeds, robots.txt */
};

/*
 * Whose parts open a route, beside the roles in its `who`: a role that was given
 * for such a part counts here when the request is about that very part (scope.h).
 */
enum route_part {
	OF_DOSSIER = 1 << 16,   /* the application that the first parameter names */
	OF_COMMITTEE = 1 << 17, /* the committee */
	OF_INGEST = 1 << 18,    /* a dataset of the catalogue, or one's own organisation */
	OF_CATALOG = 1 << 19,   /* for holders of any part: the handler asks about each dataset */
};

/* In its `who` too: the answer may wait for another server (http/server.h). */
enum { WAITS = 1 << 20 };

struct route {
	enum http_method method;
	enum route_kind kind;
	const char *pattern; /* "/register/{reference}" */
	unsigned who;        /* roles of which one is enough; bits of enum route_part; WAITS */
	visit_handler *handle;
	const char *summary; /* of the API's description */
};

extern const struct route routes[];
extern const size_t route_count;

/* "/a/{x}" against "/a/b": fills params in order. */
bool route_matches(const char *pattern, struct view path, struct view params[VISIT_PARAMS]);
/* "GET /register/{reference}", for the log; the caller's. */
char *route_asked(enum http_method method, const struct route *r);
/*
 * NULL: there is no such page (ret_known false), or none for this method
 * (true). HEAD is answered as GET.
 */
const struct route *route_find(enum route_kind kind, enum http_method method, struct view path,
    struct view params[VISIT_PARAMS], bool *ret_known);

#endif
