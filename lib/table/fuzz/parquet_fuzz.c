/* Any bytes as a Parquet file: its columns are read, or refused with one error. */
#include "table/parquet_in.h"

#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ROWS_MAX = 1 << 20 }; /* more make the fuzzer slow and find nothing new */

static void check(const struct parquet_in *f, size_t group, size_t column,
    const struct parquet_values *v)
{
	size_t known = 0;

	if (v->codes.len != f->groups.ptr[group].rows ||
	    v->count != (f->columns.ptr[column].type == TABLE_TYPE_TEXT ? v->texts.len
									: v->numbers.len))
		abort();
	for (size_t i = 0; i < v->codes.len; i++) {
		if (v->codes.ptr[i] > v->count)
			abort();
		known += v->codes.ptr[i] > 0;
	}
	if (known + v->nulls != v->codes.len)
		abort();
	for (size_t i = 0; i < v->texts.len; i++)
		if (memchr(v->texts.ptr[i].ptr, 0xFF, v->texts.ptr[i].len))
			abort(); /* no byte of UTF-8 */
}

static void read_all(const struct parquet_in *f)
{
	AUTO_PARQUET_VALUES struct parquet_values v = {0};

	for (size_t g = 0; g < f->groups.len; g++)
		for (size_t c = 0; c < f->columns.len; c++) {
			struct err err = {0};

			if (f->groups.ptr[g].rows > ROWS_MAX || !parquet_in_knows(f, c))
				continue;
			if (parquet_in_read(f, g, c, &v, &err) == 0)
				check(f, g, c, &v);
			else if (err.code != ERR_FORMAT && err.code != ERR_LIMIT)
				abort();
		}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_PARQUET_IN struct parquet_in *f = NULL;
	int fd = memfd_create("fuzz", MFD_CLOEXEC);
	struct err err = {0};
	char path[40];

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	if (fd < 0 || write(fd, data, size) != (ssize_t)size)
		abort();
	if (parquet_in_open(&f, path, &err) == 0)
		read_all(f);
	else if (err.code != ERR_FORMAT)
		abort();
	close(fd);
	return 0;
}
