/*
 * Memory of one lifetime: a batch, a request, a document. Nothing in it is
 * freed alone; arena_reset keeps the blocks for the next batch (and poisons
 * them under AddressSanitizer), arena_clear gives them back.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include "base/view.h"

struct arena_block;

struct arena {
	struct arena_block *first; /* all blocks, in order of use */
	struct arena_block *current;
};

#define AUTO_ARENA AUTO(arena_clear)

void arena_clear(struct arena *a);
void arena_reset(struct arena *a);
/* Uninitialised, aligned to 16 bytes. */
void *arena_alloc(struct arena *a, size_t size) __attribute__((returns_nonnull));
/* Zeroed array. */
void *arena_zalloc(struct arena *a, size_t count, size_t size) __attribute__((returns_nonnull));
/* A NUL-terminated copy. */
char *arena_strdup(struct arena *a, struct view v) __attribute__((returns_nonnull));
struct view arena_view(struct arena *a, struct view v);
char *arena_format(struct arena *a, const char *fmt, ...) ATTR_PRINTF(2, 3);
/* Bytes held in blocks: what a memory bound is checked against. */
size_t arena_size(const struct arena *a);

#endif
