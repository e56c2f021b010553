#include "base/embed.h"

#include <stdio.h>

struct view embed_find(const char *name)
{
	for (size_t i = 0; i < embed_file_count; i++) {
		const struct embed_file *f = &embed_files[i];

		if (strcmp(f->name, name) == 0)
			return (struct view){f->start, (size_t)(f->end - f->start)};
	}
	fprintf(stderr, "hygie: embedded file '%s' is missing\n", name);
	abort();
}
