#include "base/base.h"

#include <stdio.h>
#include <string.h>

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

void *mem_realloc(void *ptr, size_t count, size_t size)
{
	return checked(reallocarray(ptr, count ? count : 1, size ? size : 1));
}

char *mem_strdup(const char *s)
{
	return checked(strdup(s));
}
