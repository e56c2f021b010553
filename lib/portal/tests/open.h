/*
 * A hub and its site for tests that need no socket, on the store of
 * both_stores.h; and what a request brings back.
 */
#ifndef PORTAL_TESTS_OPEN_H
#define PORTAL_TESTS_OPEN_H

#include "both_stores.h"

#include "../../../cmd/shared/hub_modules.h"
#include "portal/inside.h"

static struct hub *hub;
static struct portal *portal;

/* `conf`: further lines of hub.conf, each with its end. */
static inline int open_hub(const char *conf)
{
	bool sqlite = test_place[0] == '/';
	AUTO_FREE char *all = str_format("%sstore = %s\n", conf, sqlite ? "hub.db" : test_place);
	AUTO_FREE char *folder = str_format("%s/hub-%d", test_folder, sqlite);
	struct err err = {0};

	if (hub_init(folder, VIEW(all), hub_modules, &err) < 0 ||
	    hub_open(&hub, folder, PORTAL_READERS, hub_modules, &err) < 0 ||
	    portal_open(&portal, hub, &err) < 0)
		fail_msg("%s", err.msg);
	return 0;
}

static inline int close_portal(void **state)
{
	(void)state;
	portal_close(&portal);
	hub_close(&hub);
	return 0;
}

struct answer {
	struct http_request q;
	struct http_response r;
	json_t *model; /* of a handler that was called by itself: handler.h */
	int status;
};

#define AUTO_ANSWER AUTO(clear_answer)

static inline void clear_answer(struct answer *a)
{
	json_decref(a->model);
	http_request_clear(&a->q);
	http_response_clear(&a->r);
}

static inline const char *body(const struct answer *a)
{
	return str_get(&a->r.body);
}

/* "" without one. */
static inline const char *header(const struct answer *a, const char *name)
{
	for (size_t i = 0; i < a->r.headers.all.len; i++)
		if (view_eq(a->r.headers.all.ptr[i].name, VIEW(name)))
			return a->r.headers.all.ptr[i].value.ptr;
	return "";
}

/* "name=value&..." without escapes. */
static inline void add_fields(struct http_pairs *ret, const char *text)
{
	struct view rest = VIEW(text), pair, name;

	while (view_next(&rest, '&', &pair)) {
		view_next(&pair, '=', &name);
		*vec_push(&ret->all) = (struct http_pair){name, pair};
	}
}

#endif
