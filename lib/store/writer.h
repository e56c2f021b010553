/*
 * One thread writes. What waits when it comes back from a commit is its next
 * batch: each work in a savepoint, one commit for all of them.
 */
#ifndef STORE_WRITER_H
#define STORE_WRITER_H

#include "store/driver.h"

struct store_writer;

struct store_writer *store_writer_new(const struct store_driver *driver, const char *where);
void store_writer_set_seal(struct store_writer *w, store_work *seal, void *arg);
/* Ends when the queue is empty. */
void store_writer_free(struct store_writer **w);
/* Waits until it is committed, or refused. */
MUST_CHECK int store_writer_run(struct store_writer *w, store_work *work, void *arg,
    struct err *err);

#endif
