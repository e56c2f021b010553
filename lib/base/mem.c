#include "base/base.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

static const size_t HUGE_PAGE = (size_t)2 << 20;

static void *checked(void *ptr)
{
	if (!ptr) {
		fputs("hygie: out of memory\n", stderr);
		abort();
	}
	return ptr;
}

void *mem_alloc(size_t size)
{
	return checked(malloc(size ? size : 1));
}

void *mem_zalloc(size_t count, size_t size)
{
	return checked(calloc(count ? count : 1, size ? size : 1));
}

void *mem_zalloc_large(size_t count, size_t size)
{
	size_t bytes;
	void *ptr;

	if (__builtin_mul_overflow(count, size, &bytes) || bytes > SIZE_MAX - HUGE_PAGE)
		return checked(NULL);
	if (bytes < 2 * HUGE_PAGE)
		return mem_zalloc(count, size);
	bytes = (bytes + HUGE_PAGE - 1) & ~(HUGE_PAGE - 1);
	ptr = checked(aligned_alloc(HUGE_PAGE, bytes));
	(void)madvise(ptr, bytes, MADV_HUGEPAGE);
	memset(ptr, 0, bytes);
	return ptr;
}

void *mem_realloc(void *ptr, size_t count, size_t size)
{
	return checked(reallocarray(ptr, count ? count : 1, size ? size : 1));
}

char *mem_strdup(const char *s)
{
	return checked(strdup(s));
}
