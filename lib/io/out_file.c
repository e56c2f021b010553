#include "io/out_file.h"
#include "base/str.h"
#include "io/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* A link of that name is not followed: whoever may write there could have put it. */
static FILE *open_partial(const char *path, bool private)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC,
	    private ? 0600 : 0666);
	FILE *file = NULL;

	/* One that was left there may be open to all. */
	if (fd >= 0 && (!private || fchmod(fd, 0600) == 0))
		file = fdopen(fd, "w");
	if (fd >= 0 && !file)
		close(fd);
	return file;
}

static int open_at(struct out_file *o, const char *path, bool private, struct err *err)
{
	const char *base = path ? path_base(path) : NULL;
	struct stat st;

	*o = (struct out_file){0};
	if (!path) {
		o->file = stdout;
		return 0;
	}
	o->path = mem_strdup(path);
	if (stat(path, &st) == 0 && !S_ISREG(st.st_mode)) {
		o->file = fopen(path, "we");
		return o->file ? 0 : file_write_error(path, errno, err);
	}
	o->partial = str_format("%.*s.%s.partial", (int)(base - path), path, base);
	o->file = open_partial(o->partial, private);
	return o->file ? 0 : file_write_error(path, errno, err);
}

int out_file_open(struct out_file *o, const char *path, struct err *err)
{
	return open_at(o, path, false, err);
}

int out_file_open_private(struct out_file *o, const char *path, struct err *err)
{
	return open_at(o, path, true, err);
}

int out_file_add(struct out_file *o, struct view bytes, struct err *err)
{
	if (fwrite(bytes.ptr, 1, bytes.len, o->file) == bytes.len)
		return 0;
	if (!o->path && errno == EPIPE)
		return err_set(err, ERR_CLOSED, "standard output was closed");
	return file_write_error(o->path ? o->path : "standard output", errno, err);
}

int out_file_commit(struct out_file *o, struct err *err)
{
	int errnum = 0;

	if (fflush(o->file) != 0)
		errnum = errno;
	if (o->path) {
		if (!errnum && o->partial && fsync(fileno(o->file)) != 0)
			errnum = errno;
		if (fclose(o->file) != 0 && !errnum)
			errnum = errno;
		o->file = NULL;
		if (!errnum && o->partial && rename(o->partial, o->path) != 0)
			errnum = errno;
		if (!errnum) {
			free(o->partial);
			o->partial = NULL;
		}
	}
	if (!errnum)
		return 0;
	return file_write_error(o->path ? o->path : "standard output", errnum, err);
}

void out_file_discard(struct out_file *o)
{
	if (o->path && o->file)
		(void)fclose(o->file); /* what it holds is thrown away */
	if (o->partial)
		unlink(o->partial);
	free(o->partial);
	free(o->path);
	*o = (struct out_file){0};
}
