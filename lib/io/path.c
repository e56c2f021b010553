#include "io/file.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum { WALK_FDS = 16 };

bool path_exists(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0;
}

bool path_is_folder(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

bool path_is_same(const char *a, const char *b)
{
	struct stat sa, sb;

	return stat(a, &sa) == 0 && stat(b, &sb) == 0 && sa.st_dev == sb.st_dev &&
	       sa.st_ino == sb.st_ino;
}

char *path_join(const char *folder, const char *name)
{
	size_t len = strlen(folder);
	bool closed = len == 0 || folder[len - 1] == '/';

	return str_format("%s%s%s", folder, closed ? "" : "/", name);
}

const char *path_base(const char *path)
{
	size_t at = strlen(path);

	while (at && path[at - 1] == '/')
		at--;
	while (at && path[at - 1] != '/')
		at--;
	return path + at;
}

/* One level; another run may make it at the same moment. */
static int make_one(const char *path, mode_t mode, struct err *err)
{
	int errnum;

	if (mkdir(path, mode) == 0)
		return 0;
	errnum = errno;
	return path_is_folder(path) ? 0 : file_write_error(path, errnum, err);
}

static int make_all(const char *path, mode_t mode, struct err *err)
{
	AUTO_FREE char *part = mem_strdup(path);

	for (size_t i = 1; part[0] && part[i]; i++) {
		if (part[i] != '/' || part[i - 1] == '/')
			continue;
		part[i] = '\0';
		if (make_one(part, mode, err) < 0)
			return -1;
		part[i] = '/';
	}
	return make_one(part, mode, err);
}

int path_make_folder(const char *path, struct err *err)
{
	return make_all(path, 0777, err);
}

int path_make_private_folder(const char *path, struct err *err)
{
	return make_all(path, 0700, err);
}

/* For nftw, which hands a callback's errno on: positive, to tell it from its own -1. */
static int remove_one(const char *path, const struct stat *st, int type, struct FTW *walk)
{
	(void)st;
	(void)type;
	(void)walk;
	return remove(path) == 0 || errno == ENOENT ? 0 : errno;
}

int path_remove(const char *path, struct err *err)
{
	int rc = nftw(path, remove_one, WALK_FDS, FTW_DEPTH | FTW_PHYS);
	int errnum = rc < 0 ? errno : rc;

	if (rc == 0 || errnum == ENOENT)
		return 0;
	return err_set(err, ERR_OUTPUT, "%s: cannot remove: %s", path, strerror(errnum));
}
