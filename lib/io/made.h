/* The files that a run made, as its manifest.json lists them. */
#ifndef IO_MADE_H
#define IO_MADE_H

#include "base/hash.h"
#include "io/json.h"

struct made_file {
	char name[40]; /* below the folder: "truth/person.parquet" */
	int64_t rows;
	uint64_t bytes;
	char sha256[SHA256_HEX_SIZE];
};

/* Fills in bytes and sha256 of each, on all threads. */
MUST_CHECK int made_files_hash(struct made_file *files, size_t len, const char *folder,
    int threads, struct err *err);
/* "files": [{"name", "rows", "bytes", "sha256"}, ...] */
void made_files_write(struct json_writer *w, const struct made_file *files, size_t len);
/* "rows", "bytes", "sha256" of an object in the making. */
void made_write(struct json_writer *w, int64_t rows, uint64_t bytes, const char *sha256);

#endif
