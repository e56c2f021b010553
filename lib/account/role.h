/* What a person may be in a hub (design.md, "Who may see what"), as bits of a set. */
#ifndef ACCOUNT_ROLE_H
#define ACCOUNT_ROLE_H

#include "base/view.h"

enum role {
	ROLE_PUBLIC = 1 << 0,    /* anybody, signed in or not */
	ROLE_APPLICANT = 1 << 1, /* asks for data; every account has it */
	ROLE_OFFICER = 1 << 2,   /* keeps the desk */
	ROLE_MEMBER = 1 << 3,    /* of a committee: reads, reports, votes */
	ROLE_AUTHORITY = 1 << 4, /* records the authority's decisions */
	ROLE_HOLDER = 1 << 5,    /* answers for a dataset */
	ROLE_MANAGER = 1 << 6,   /* takes data in */
	ROLE_ANALYST = 1 << 7,   /* works in a project space */
	ROLE_CHECKER = 1 << 8,   /* lets outputs out */
	ROLE_AUDITOR = 1 << 9,   /* reads everything that was done, does nothing */
	ROLE_ADMIN = 1 << 10,    /* accounts and settings; no data */
	ROLE_CHAIR = 1 << 11,    /* presides over a committee */
};

enum { ROLE_COUNT = 12 };

/* "officer"; the roles in order of their bits. */
const char *role_name(enum role role);
/* 0: no such role. */
enum role role_find(struct view name);

#endif
