/* Any bytes as a tar, as they come or compressed: files with plain names, or one error. */
#include "io/tar.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_file(struct tar_reader *r, const struct tar_file *f, struct err *err)
{
	char piece[1000];
	uint64_t all = 0;
	size_t len = 1;

	while (len > 0) {
		if (tar_reader_read(r, piece, sizeof(piece), &len, err) < 0)
			return;
		all += len;
	}
	if (all != f->bytes)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_TAR_READER struct tar_reader *r = NULL;
	int fd = memfd_create("fuzz", MFD_CLOEXEC);
	struct tar_file f;
	struct err err = {0};
	char path[40];
	int more = 0;

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	if (fd < 0 || write(fd, data, size) != (ssize_t)size)
		abort();
	if (tar_reader_open(&r, path, &err) == 0)
		while ((more = tar_reader_next(r, &f, &err)) > 0) {
			if (!tar_name_is_plain(VIEW(f.name)))
				abort();
			if (f.bytes % 2) /* the others are passed over */
				read_file(r, &f, &err);
		}
	if (more < 0 && err.code == ERR_NONE)
		abort();
	close(fd);
	return 0;
}
