#include "io/made.h"

#include "base/threads.h"
#include "io/file.h"

struct hashing {
	struct made_file *files;
	const char *folder;
};

static int hash_one(void *ctx, size_t item, int worker, struct err *err)
{
	const struct hashing *h = ctx;
	struct made_file *f = &h->files[item];
	AUTO_FREE char *path = path_join(h->folder, f->name);

	(void)worker; /* no buffer of its own */
	return hash_sha256_file(path, f->sha256, &f->bytes, err);
}

int made_files_hash(struct made_file *files, size_t len, const char *folder, int threads,
    struct err *err)
{
	struct hashing h = {.files = files, .folder = folder};

	return threads_for(threads, len, hash_one, &h, err);
}

void made_write(struct json_writer *w, int64_t rows, uint64_t bytes, const char *sha256)
{
	json_set_int(w, "rows", rows);
	json_set_int(w, "bytes", (int64_t)bytes);
	json_set_text(w, "sha256", sha256);
}

void made_files_write(struct json_writer *w, const struct made_file *files, size_t len)
{
	json_key(w, "files");
	json_begin_array(w);
	for (size_t i = 0; i < len; i++) {
		json_begin_object(w);
		json_set_text(w, "name", files[i].name);
		made_write(w, files[i].rows, files[i].bytes, files[i].sha256);
		json_end_object(w);
	}
	json_end_array(w);
}
