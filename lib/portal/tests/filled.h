/* The small site of site.h, filled, on the store of both_stores.h: setup and teardown. */
#ifndef PORTAL_TESTS_FILLED_H
#define PORTAL_TESTS_FILLED_H

#include "both_stores.h"

#include "site.h"

static struct site site;

static inline int open_site(void **state)
{
	(void)state;
	site_open(&site, test_folder, test_place[0] == '/' ? "hub.db" : test_place);
	site_fill(&site);
	return 0;
}

static inline int close_site(void **state)
{
	(void)state;
	site_close(&site);
	site = (struct site){0};
	return 0;
}

#endif
