#include "io/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CHUNK = 1 << 16 };

static ssize_t read_some(int fd, char *chunk, size_t size)
{
	ssize_t n;

	do
		n = read(fd, chunk, size);
	while (n < 0 && errno == EINTR);
	return n;
}

int file_read(const char *path, size_t max_bytes, struct str *ret, struct err *err)
{
	AUTO_STR struct str text = {.max = MAX(max_bytes, (size_t)1)};
	char chunk[CHUNK];
	ssize_t n;
	int errnum;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return err_set(err, ERR_IO, "%s: cannot open: %s", path, strerror(errno));
	while ((n = read_some(fd, chunk, sizeof(chunk))) > 0 && text.len + (size_t)n <= max_bytes)
		str_add(&text, (struct view){chunk, (size_t)n});
	errnum = errno;
	close(fd);
	if (n < 0)
		return err_set(err, ERR_IO, "%s: cannot read: %s", path, strerror(errnum));
	if (n > 0)
		return err_set(err, ERR_LIMIT, "%s: larger than the limit of %zu bytes", path,
		    max_bytes);
	str_clear(ret);
	text.max = MAX(ret->max, text.max);
	*ret = text;
	text = (struct str){0};
	return 0;
}

int file_write_error(const char *path, int errnum, struct err *err)
{
	if (errnum == EPIPE)
		return err_set(err, ERR_CLOSED, "%s: closed by its reader", path);
	(void)err_set(err, ERR_OUTPUT, "%s: cannot write: %s", path, strerror(errnum));
	if (errnum == ENOSPC || errnum == EDQUOT)
		return err_hint(err, "free some space, or write to another disk");
	if (errnum == EACCES || errnum == EPERM || errnum == EROFS)
		return err_hint(err, "choose a folder that you may write to");
	return -1;
}

/* 0, or errno. */
static int write_all(int fd, struct view bytes)
{
	while (bytes.len) {
		ssize_t n = write(fd, bytes.ptr, bytes.len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return errno;
		bytes.ptr += n;
		bytes.len -= (size_t)n;
	}
	return 0;
}

/* Write and sync a file or a device; 0, or errno. */
static int fill(const char *path, int flags, bool private, struct view bytes)
{
	int errnum;
	int fd = open(path, O_WRONLY | O_CLOEXEC | flags, private ? 0600 : 0666);

	if (fd < 0)
		return errno;
	/* what a killed run left may stand there with another mode */
	errnum = private && fchmod(fd, 0600) != 0 ? errno : write_all(fd, bytes);
	/* a pipe or a terminal has nothing to sync: EINVAL */
	if (!errnum && fsync(fd) != 0 && errno != EINVAL)
		errnum = errno;
	if (close(fd) != 0 && !errnum)
		errnum = errno;
	return errnum;
}

/* A rename is on disk once its folder is; 0, or errno. */
static int sync_folder(const char *path)
{
	int errnum;
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return errno;
	errnum = fsync(fd) == 0 || errno == EINVAL ? 0 : errno;
	close(fd);
	return errnum;
}

/* 0, or errno. */
static int replace(const char *path, bool private, struct view bytes)
{
	const char *base = path_base(path);
	AUTO_FREE char *folder = str_format("%.*s.", (int)(base - path), path);
	AUTO_FREE char *partial = str_format("%.*s.%s.partial", (int)(base - path), path, base);
	int errnum = fill(partial, O_CREAT | O_TRUNC | O_NOFOLLOW, private, bytes);

	if (!errnum && rename(partial, path) != 0)
		errnum = errno;
	if (errnum) {
		unlink(partial);
		return errnum;
	}
	return sync_folder(folder);
}

static int write_file(const char *path, bool private, struct view bytes, struct err *err)
{
	AUTO_FREE char *resolved = NULL;
	struct stat st;
	int errnum;

	if (stat(path, &st) != 0)
		errnum = replace(path, private, bytes);
	else if (S_ISDIR(st.st_mode))
		errnum = EISDIR;
	else if (!S_ISREG(st.st_mode))
		errnum = fill(path, 0, false, bytes);
	else
		errnum = replace(
		    (resolved = realpath(path, NULL)) ? resolved : path, private, bytes);
	return errnum ? file_write_error(path, errnum, err) : 0;
}

int file_write(const char *path, struct view bytes, struct err *err)
{
	return write_file(path, false, bytes, err);
}

int file_write_private(const char *path, struct view bytes, struct err *err)
{
	return write_file(path, true, bytes, err);
}
