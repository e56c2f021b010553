#include "base/arena.h"

#include <stdarg.h>
#include <stdio.h>

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_ASAN 1
#endif
#endif

#ifdef ARENA_ASAN
#include <sanitizer/asan_interface.h>
#define POISON(p, n) ASAN_POISON_MEMORY_REGION((p), (n))
#define UNPOISON(p, n) ASAN_UNPOISON_MEMORY_REGION((p), (n))
#else
#define POISON(p, n) ((void)(p), (void)(n))
#define UNPOISON(p, n) ((void)(p), (void)(n))
#endif

enum {
	ALIGN = 16,
	BLOCK_SIZE = 64 << 10,
};

struct arena_block {
	struct arena_block *next;
	size_t cap;
	size_t used;
	_Alignas(ALIGN) char bytes[];
};

static struct arena_block *block_new(size_t cap)
{
	struct arena_block *b = mem_alloc(sizeof(*b) + cap);

	*b = (struct arena_block){.cap = cap};
	POISON(b->bytes, cap);
	return b;
}

/* The next block with room for `size`, made and linked when there is none. */
static struct arena_block *block_for(struct arena *a, size_t size)
{
	struct arena_block **link = a->current ? &a->current->next : &a->first;

	while (*link && (*link)->cap < size)
		link = &(*link)->next;
	if (!*link)
		*link = block_new(MAX(size, (size_t)BLOCK_SIZE));
	return a->current = *link;
}

void *arena_alloc(struct arena *a, size_t size)
{
	size_t need = (size + ALIGN - 1) & ~(size_t)(ALIGN - 1);
	struct arena_block *b = a->current;
	void *p;

	if (!b || b->cap - b->used < need)
		b = block_for(a, need);
	p = b->bytes + b->used;
	b->used += need;
	UNPOISON(p, size);
	return p;
}

void *arena_zalloc(struct arena *a, size_t count, size_t size)
{
	size_t bytes;

	if (__builtin_mul_overflow(count, size, &bytes))
		abort();
	return memset(arena_alloc(a, bytes), 0, bytes);
}

char *arena_strdup(struct arena *a, struct view v)
{
	char *copy = arena_alloc(a, v.len + 1);

	if (v.len)
		memcpy(copy, v.ptr, v.len);
	copy[v.len] = '\0';
	return copy;
}

struct view arena_view(struct arena *a, struct view v)
{
	return (struct view){arena_strdup(a, v), v.len};
}

char *arena_format(struct arena *a, const char *fmt, ...)
{
	va_list ap;
	va_list again;
	char *text;
	int n;

	va_start(ap, fmt);
	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	text = arena_alloc(a, (size_t)MAX(n, 0) + 1);
	text[0] = '\0';
	vsnprintf(text, (size_t)MAX(n, 0) + 1, fmt, again);
	va_end(again);
	return text;
}

void arena_reset(struct arena *a)
{
	for (struct arena_block *b = a->first; b; b = b->next) {
		b->used = 0;
		POISON(b->bytes, b->cap);
	}
	a->current = a->first;
}

void arena_clear(struct arena *a)
{
	struct arena_block *next;

	for (struct arena_block *b = a->first; b; b = next) {
		next = b->next;
		UNPOISON(b->bytes, b->cap);
		free(b);
	}
	*a = (struct arena){0};
}

size_t arena_size(const struct arena *a)
{
	size_t sum = 0;

	for (const struct arena_block *b = a->first; b; b = b->next)
		sum += b->cap;
	return sum;
}
