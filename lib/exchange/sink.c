#include "exchange/sink.h"

#include "base/cancel.h"
#include "exchange/bytes.h"
#include "io/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

enum { BUFFER = 256 << 10 };

struct exchange_sink {
	char *path;
	char *partial;
	int fd;
	size_t used;
	char buffer[BUFFER];
};

int exchange_sink_open(struct exchange_sink **ret, const char *path, bool is_private,
    struct err *err)
{
	const char *base = path_base(path);
	AUTO_FREE char *folder = str_format("%.*s.", (int)(base - path), path);
	struct exchange_sink *s;

	if (path_make_folder(folder, err) < 0)
		return -1;
	s = mem_zalloc(1, sizeof(*s));
	s->path = mem_strdup(path);
	s->partial = str_format("%.*s.%s.partial", (int)(base - path), path, base);
	unlink(s->partial);
	s->fd = open(s->partial, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
	    is_private ? 0600 : 0666);
	if (s->fd < 0) {
		(void)file_write_error(path, errno, err);
		exchange_sink_discard(&s);
		return -1;
	}
	*ret = s;
	return 0;
}

MUST_CHECK static int flush(struct exchange_sink *s, struct err *err)
{
	if (exchange_write_all(s->fd, s->buffer, s->used) < 0)
		return file_write_error(s->path, errno, err);
	s->used = 0;
	return cancel_check(err);
}

int exchange_sink_add(struct exchange_sink *s, const void *bytes, size_t len, struct err *err)
{
	if (len > BUFFER - s->used && flush(s, err) < 0)
		return -1;
	if (len > BUFFER) {
		if (exchange_write_all(s->fd, bytes, len) < 0)
			return file_write_error(s->path, errno, err);
		return 0;
	}
	memcpy(s->buffer + s->used, bytes, len);
	s->used += len;
	return 0;
}

int exchange_sink_rewrite(struct exchange_sink *s, const void *bytes, size_t len, struct err *err)
{
	if (flush(s, err) < 0)
		return -1;
	if (pwrite(s->fd, bytes, len, 0) != (ssize_t)len)
		return file_write_error(s->path, errno ? errno : EIO, err);
	return 0;
}

MUST_CHECK static int sync_parent(const char *path, struct err *err)
{
	AUTO_FREE char *folder = str_format("%.*s.", (int)(path_base(path) - path), path);
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int errnum = fd < 0 ? errno : 0;

	if (fd >= 0) {
		/* EINVAL: a file system without it */
		errnum = fsync(fd) == 0 || errno == EINVAL ? 0 : errno;
		close(fd);
	}
	return errnum ? file_write_error(path, errnum, err) : 0;
}

int exchange_sink_close(struct exchange_sink **ps, struct err *err)
{
	struct exchange_sink *s = *ps;

	if (flush(s, err) < 0)
		return -1;
	if (fsync(s->fd) != 0 || rename(s->partial, s->path) != 0)
		return file_write_error(s->path, errno, err);
	free(s->partial);
	s->partial = NULL;
	if (sync_parent(s->path, err) < 0)
		return -1;
	exchange_sink_discard(ps);
	return 0;
}

void exchange_sink_discard(struct exchange_sink **ps)
{
	struct exchange_sink *s = TAKE(*ps);

	if (!s)
		return;
	if (s->fd >= 0)
		close(s->fd);
	if (s->partial && s->fd >= 0)
		unlink(s->partial);
	free(s->partial);
	free(s->path);
	free(s);
}
