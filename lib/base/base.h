/*
 * What every file needs: attributes, ownership words, the error object.
 */
#ifndef BASE_BASE_H
#define BASE_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#define ATTR_PRINTF(f, a) __attribute__((format(printf, f, a)))
#define MUST_CHECK __attribute__((warn_unused_result))
#define AUTO(fn) __attribute__((cleanup(fn)))
#define AUTO_FREE AUTO(auto_free_char)
#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))
/* Hand a pointer over: the variable forgets what it owned. */
#define TAKE(p) __extension__({ __typeof__(p) take_ = (p); (p) = NULL; take_; })
#define MIN(a, b) ((a) < (b) ? (a) : (b))
#define MAX(a, b) ((a) > (b) ? (a) : (b))

static inline void auto_free_char(char **p)
{
	free(*p);
}

enum err_code {
	ERR_NONE,
	ERR_USAGE,     /* wrong option or argument: exit 2 */
	ERR_IO,        /* an input cannot be read: exit 3 */
	ERR_FORMAT,    /* an input is invalid: exit 3 */
	ERR_LIMIT,     /* an input is larger than a stated limit: exit 3 */
	ERR_DENIED,    /* no permit, no right: exit 4 */
	ERR_OUTPUT,    /* a result cannot be written (disk full): exit 5 */
	ERR_INTERNAL,  /* a defect of hygie: exit 5 */
	ERR_CANCELLED, /* interrupted by the user: exit 130 */
	ERR_CLOSED,    /* nobody reads standard output any more (| head): silent, exit 141 */
};

/* What went wrong. Lives on the caller's stack; never allocates. */
struct err {
	enum err_code code;
	char msg[480];
	char hint[240];
};

/*
 * Record a failure, or prefix it on its way up ("people.csv: row 12: ...").
 * Macros, so that compilers and analysers see the constant -1.
 */
#define err_set(err, code, ...) (err_set_((err), (code), __VA_ARGS__), -1)
#define err_wrap(err, ...) (err_wrap_((err), __VA_ARGS__), -1)
/* Add the sentence that says what to do; returns -1, to chain after err_set. */
#define err_hint(err, ...) (err_hint_((err), __VA_ARGS__), -1)

void err_set_(struct err *err, enum err_code code, const char *fmt, ...)
    ATTR_PRINTF(3, 4) __attribute__((cold, nonnull(1)));
void err_wrap_(struct err *err, const char *fmt, ...)
    ATTR_PRINTF(2, 3) __attribute__((cold, nonnull(1)));
void err_hint_(struct err *err, const char *fmt, ...)
    ATTR_PRINTF(2, 3) __attribute__((cold, nonnull(1)));
/* The process exit status that design and manual promise for a code. */
int err_exit_status(enum err_code code);

/*
 * Memory. Small requests abort when memory is gone; a size that comes from
 * input must have passed a limit check before it arrives here.
 */
void *mem_alloc(size_t size) __attribute__((malloc, returns_nonnull));
void *mem_zalloc(size_t count, size_t size) __attribute__((malloc, returns_nonnull));
/* The same, for big tables that are read and written all over: in huge pages where there are. */
void *mem_zalloc_large(size_t count, size_t size) __attribute__((malloc, returns_nonnull));
void *mem_realloc(void *ptr, size_t count, size_t size) __attribute__((returns_nonnull));
char *mem_strdup(const char *s) __attribute__((malloc, returns_nonnull));

#endif
