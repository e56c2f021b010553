/* Content of permits and notices; for the files of permit*.c. */
#ifndef DESK_PERMIT_CHECK_H
#define DESK_PERMIT_CHECK_H

#include "desk/permit.h"

struct desk_permit_facts {
	const char *id, *application, *basis;
	bool ehds;
	date_t issued, from, to;
};

struct desk_notice {
	const char *permit, *previous;
	enum desk_notice_kind kind;
	date_t at, to, requested;
	const json_t *changes;
};

/* What stands in a permit, and that all of it stands there. */
void desk_permit_read(struct json_in *in, const json_t *j, struct desk_permit_facts *ret);
/* `chained`: "previous" must be there; else it must not. */
void desk_notice_read(struct json_in *in, const json_t *j, bool chained,
    struct desk_notice *ret);

#endif
