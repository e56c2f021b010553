/*
 * A typed growing array.
 *
 *   VEC(struct pair) pairs = {0};
 *   *vec_push(&pairs) = (struct pair){1, 2};
 *   for (size_t i = 0; i < pairs.len; i++) use(pairs.ptr[i]);
 *   vec_clear(&pairs);
 *
 * The caller bounds what comes from input before it pushes.
 */
#ifndef BASE_VEC_H
#define BASE_VEC_H

#include "base/base.h"

#include <string.h>

#define VEC(type)                \
	struct {                 \
		type *ptr;       \
		size_t len, cap; \
	}

/* A pointer to a new, zeroed last element. */
#define vec_push(v)                                                             \
	__extension__({                                                         \
		if ((v)->len == (v)->cap)                                       \
			(v)->ptr = vec_grow_((v)->ptr, &(v)->cap, (v)->len + 1, \
			    sizeof(*(v)->ptr));                                 \
		memset(&(v)->ptr[(v)->len], 0, sizeof(*(v)->ptr));              \
		&(v)->ptr[(v)->len++];                                          \
	})

/* Room for at least `n` elements in all; the length stays. */
#define vec_reserve(v, n)                                                        \
	((v)->ptr = (n) > (v)->cap                                               \
	                ? vec_grow_((v)->ptr, &(v)->cap, (n), sizeof(*(v)->ptr)) \
	                : (v)->ptr)

#define vec_clear(v)                     \
	do {                             \
		free((v)->ptr);          \
		(v)->ptr = NULL;         \
		(v)->len = (v)->cap = 0; \
	} while (0)

void *vec_grow_(void *ptr, size_t *cap, size_t need, size_t elem_size);

#endif
