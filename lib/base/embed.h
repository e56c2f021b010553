/*
 * Files that travel inside the program: SQL, code lists, templates. The name
 * is the path below lib/ or the root: "omop/sql/person.sql", "web/report.css",
 * "vendor/vega.min.js".
 */
#ifndef BASE_EMBED_H
#define BASE_EMBED_H

#include "base/view.h"

struct embed_file {
	const char *name;
	const char *start;
	const char *end; /* a NUL stands here */
};

extern const struct embed_file embed_files[];
extern const size_t embed_file_count;

/* The bytes, NUL-terminated behind the end. A missing name is a defect of the build: aborts. */
struct view embed_find(const char *name);

#endif
