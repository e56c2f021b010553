#include "account/role.h"

static const char *const names[ROLE_COUNT] = {"public", "applicant", "officer", "member",
    "authority", "holder", "manager", "analyst", "checker", "auditor", "admin", "chair"};

const char *role_name(enum role role)
{
	return names[__builtin_ctz((unsigned)role)];
}

enum role role_find(struct view name)
{
	for (unsigned i = 0; i < ROLE_COUNT; i++)
		if (view_eq(VIEW(names[i]), name))
			return (enum role)(1u << i);
	return (enum role)0;
}
