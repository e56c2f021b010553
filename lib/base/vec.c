#include "base/vec.h"

void *vec_grow_(void *ptr, size_t *cap, size_t need, size_t elem_size)
{
	size_t next = *cap ? *cap * 2 : 8;

	*cap = MAX(next, need);
	return mem_realloc(ptr, *cap, elem_size);
}
