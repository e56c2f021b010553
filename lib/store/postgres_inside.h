/* A connection to PostgreSQL, for the files postgres*.c. */
#ifndef STORE_POSTGRES_INSIDE_H
#define STORE_POSTGRES_INSIDE_H

#include "store/driver.h"

#include "base/map.h"

#include <libpq-fe.h>

struct postgres_link {
	struct store_link base;
	PGconn *conn;
	struct map prepared; /* names of statements */
	bool begins;         /* a snapshot whose BEGIN goes out with its first statement */
	bool ended;          /* a ROLLBACK went out whose answer is still to be read */
};

/* Why it failed, from a result; NULL: the connection is lost, and the link broken. Returns -1. */
int postgres_fail(struct postgres_link *l, const PGresult *r, const char *what, struct err *err);

MUST_CHECK int postgres_open(struct store_link **ret, const char *where, struct err *err);
void postgres_close(struct store_link *link);
MUST_CHECK int postgres_script(struct store_link *link, const char *sql, struct err *err);
MUST_CHECK int postgres_begin_read(struct store_link *link, struct err *err);
void postgres_end_read(struct store_link *link);

/* The server compares 63 bytes of a name: a number is enough. */
enum { POSTGRES_NAME = 24 };

/* The server's name of a statement, which is prepared once a link. */
MUST_CHECK int postgres_prepare(struct postgres_link *l, const char *statement,
    char ret[POSTGRES_NAME], struct err *err);
/* Does not wait for the answer. false: the link is lost. */
MUST_CHECK bool postgres_send(struct postgres_link *l, const char *prepared,
    struct store_args args);
/* Behind all answers of a pipeline. */
MUST_CHECK int postgres_sync(struct postgres_link *l, struct err *err);
/* The caller clears the answer; NULL: err. */
PGresult *postgres_run(struct postgres_link *l, const char *statement, struct store_args args,
    struct err *err);

MUST_CHECK int postgres_query(struct store_rows **ret, struct store_link *link,
    const char *statement, struct store_args args, struct err *err);
MUST_CHECK int postgres_next(struct store_rows *rows, struct err *err);
void postgres_end(struct store_rows *rows);
bool postgres_is_null(const struct store_rows *rows, int i);
int64_t postgres_number(const struct store_rows *rows, int i);
struct view postgres_view(const struct store_rows *rows, int i);

#endif
