/* How many mails a store has ready to be sent. */
#ifndef PORTAL_TESTS_MAILS_H
#define PORTAL_TESTS_MAILS_H

#include "store/store.h"

static inline int mails_read(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;

	if (store_query(&rows, tx, "mail/records/mail.sql:size", STORE_NO_ARGS, err) < 0 ||
	    store_next(rows, err) != 1)
		return -1;
	*(int64_t *)arg = store_number(rows, 0);
	return 0;
}

static inline int64_t mails_in(struct store *s)
{
	struct err err = {0};
	int64_t n = 0;

	if (store_read(s, mails_read, &n, &err) < 0)
		fail_msg("%s", err.msg);
	return n;
}

#endif
