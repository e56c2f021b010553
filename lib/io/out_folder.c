/*
 * Beside the target NAME: .NAME.partial (being written), .NAME.lock (held
 * while anybody writes; removed by its holder) and, only where folders cannot
 * be exchanged, .NAME.hygie-old for the moment between two renames.
 */
#include "base/cancel.h"
#include "io/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	LOCK_TRIES = 100,
	WALK_FDS = 16,
};

enum state {
	STATE_FREE, /* missing or an empty folder */
	STATE_FULL,
};

static char *beside(const char *target, const char *suffix)
{
	const char *base = path_base(target);

	return str_format("%.*s.%s.%s", (int)(base - target), target, base, suffix);
}

static char *parent_of(const char *target)
{
	return str_format("%.*s.", (int)(path_base(target) - target), target);
}

/* Without what does not change the folder named: "a/b/./" becomes "a/b". */
static char *trim(const char *target)
{
	char *text = mem_strdup(target);
	size_t len = strlen(text);

	while (len > 1 && (text[len - 1] == '/' ||
			      (text[len - 1] == '.' && text[len - 2] == '/')))
		text[--len] = '\0';
	return text;
}

/* The place of the folder to make: a link at the end is followed here, once and for all. */
MUST_CHECK static int resolve(const char *target, char **ret, struct err *err)
{
	AUTO_FREE char *place = trim(target);
	const char *base = path_base(place);
	struct stat st;
	char *real;

	if (base[0] == '\0' || strcmp(base, "/") == 0 || strcmp(base, ".") == 0 ||
	    strcmp(base, "..") == 0) {
		(void)err_set(err, ERR_USAGE, "'%s' cannot be an output folder", target);
		return err_hint(err, "name a new folder");
	}
	if (lstat(place, &st) == 0 && S_ISLNK(st.st_mode)) {
		real = realpath(place, NULL);
		if (!real)
			return err_set(err, ERR_USAGE, "%s is a link that leads nowhere", target);
		free(place);
		place = real;
	}
	*ret = TAKE(place);
	return 0;
}

static bool is_empty(DIR *dir)
{
	struct dirent *entry;

	/* cppcheck-suppress readdirCalled ; a stream of our own */
	while ((entry = readdir(dir)))
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			return false;
	return true;
}

static bool has_manifest(DIR *dir)
{
	struct stat st;

	return fstatat(dirfd(dir), OUT_FOLDER_MANIFEST, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
	       S_ISREG(st.st_mode);
}

/* May the target be put there? Asked before the work and again at its end. */
MUST_CHECK static int check_target(const char *target, bool replace, enum state *ret,
    struct err *err)
{
	DIR *dir = opendir(target);
	int errnum = errno;
	bool empty;
	bool ours;

	*ret = STATE_FREE;
	if (!dir && errnum == ENOENT)
		return 0;
	if (!dir && errnum == ENOTDIR)
		return err_set(err, ERR_USAGE, "%s exists and is not a folder", target);
	if (!dir)
		return file_write_error(target, errnum, err);
	empty = is_empty(dir);
	ours = has_manifest(dir);
	closedir(dir);
	if (empty)
		return 0;
	*ret = STATE_FULL;
	if (!replace) {
		(void)err_set(err, ERR_USAGE, "%s exists", target);
		return err_hint(err, "choose another folder, or --force to replace it");
	}
	if (!ours) {
		(void)err_set(err, ERR_USAGE, "%s is not a folder hygie made", target);
		return err_hint(err, "choose another folder: only one with a %s is replaced",
		    OUT_FOLDER_MANIFEST);
	}
	return 0;
}

/* The file we locked may have been removed by its last holder meanwhile. */
static bool still_there(int fd, const char *path)
{
	struct stat mine, there;

	return fstat(fd, &mine) == 0 && lstat(path, &there) == 0 && mine.st_ino == there.st_ino &&
	       mine.st_dev == there.st_dev;
}

MUST_CHECK static int lock(const char *target, int *ret_fd, struct err *err)
{
	AUTO_FREE char *path = beside(target, "lock");
	int errnum = EWOULDBLOCK;

	for (int i = 0; i < LOCK_TRIES; i++) {
		int fd = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0666);

		if (fd < 0)
			return file_write_error(target, errno, err);
		errnum = flock(fd, LOCK_EX | LOCK_NB) == 0 ? 0 : errno;
		if (!errnum && still_there(fd, path)) {
			*ret_fd = fd;
			return 0;
		}
		close(fd);
		if (errnum && errnum != EINTR)
			break;
	}
	if (errnum && errnum != EWOULDBLOCK)
		return file_write_error(target, errnum, err);
	(void)err_set(err, ERR_USAGE, "%s is being written by another run", target);
	return err_hint(err, "wait for its end, or choose another folder");
}

static void unlock(const char *target, int fd)
{
	AUTO_FREE char *path = beside(target, "lock");

	unlink(path);
	close(fd);
}

/* What a killed run left: half a folder, or an old one that had stepped aside. */
MUST_CHECK static int clean_up(const char *target, const char *partial, struct err *err)
{
	AUTO_FREE char *old = beside(target, "hygie-old");

	if (path_is_folder(old) && !path_exists(target) && rename(old, target) != 0)
		return file_write_error(target, errno, err);
	return path_remove(old, err) < 0 || path_remove(partial, err) < 0 ? -1 : 0;
}

/* Under the lock. */
MUST_CHECK static int prepare(const char *target, const char *partial, bool replace,
    struct err *err)
{
	enum state state;

	if (clean_up(target, partial, err) < 0 || check_target(target, replace, &state, err) < 0)
		return -1;
	return mkdir(partial, 0777) == 0 ? 0 : file_write_error(target, errno, err);
}

int out_folder_open(struct out_folder *o, const char *target, bool replace, struct err *err)
{
	AUTO_FREE char *place = NULL;
	AUTO_FREE char *partial = NULL;
	AUTO_FREE char *parent = NULL;
	enum state state;
	int fd = -1;

	if (resolve(target, &place, err) < 0)
		return -1;
	partial = beside(place, "partial");
	parent = parent_of(place);
	if (check_target(place, replace, &state, err) < 0 || path_make_folder(parent, err) < 0 ||
	    lock(place, &fd, err) < 0)
		return -1;
	if (prepare(place, partial, replace, err) < 0) {
		unlock(place, fd);
		return -1;
	}
	*o = (struct out_folder){
	    .target = TAKE(place), .path = TAKE(partial), .lock_fd = fd, .replace = replace};
	return 0;
}

/* For nftw, which hands a callback's errno on: positive, to tell it from its own -1. */
static int sync_one(const char *path, const struct stat *st, int type, struct FTW *walk)
{
	int errnum;
	int fd;

	(void)st;
	(void)walk;
	if (type != FTW_F && type != FTW_DP && type != FTW_D)
		return 0;
	fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0)
		return errno;
	errnum = fsync(fd) == 0 || errno == EINVAL ? 0 : errno;
	close(fd);
	return errnum;
}

MUST_CHECK static int sync_tree(const char *path, const char *target, struct err *err)
{
	int rc = nftw(path, sync_one, WALK_FDS, FTW_DEPTH | FTW_PHYS);

	return rc == 0 ? 0 : file_write_error(target, rc < 0 ? errno : rc, err);
}

/* Two renames, for file systems that cannot exchange; 0, or errno. */
static int step_aside(const struct out_folder *o)
{
	AUTO_FREE char *old = beside(o->target, "hygie-old");
	int errnum;

	if (rename(o->target, old) != 0)
		return errno;
	if (rename(o->path, o->target) == 0) {
		(void)!rename(old, o->path); /* else the next run removes it */
		return 0;
	}
	errnum = errno;
	return rename(old, o->target) == 0 ? errnum : errno;
}

/* Afterwards the old folder, if there was one, stands under o->path; 0, or errno. */
static int put_in_place(const struct out_folder *o, enum state state)
{
	if (state == STATE_FREE)
		return rename(o->path, o->target) == 0 ? 0 : errno;
	if (renameat2(AT_FDCWD, o->path, AT_FDCWD, o->target, RENAME_EXCHANGE) == 0)
		return 0;
	return errno == EINVAL || errno == ENOSYS || errno == EXDEV ? step_aside(o) : errno;
}

int out_folder_commit(struct out_folder *o, struct err *err)
{
	AUTO_FREE char *parent = parent_of(o->target);
	struct err ignored;
	enum state state;
	int errnum;

	if (cancel_check(err) < 0 || sync_tree(o->path, o->target, err) < 0 ||
	    check_target(o->target, o->replace, &state, err) < 0 || cancel_check(err) < 0)
		return -1;
	errnum = put_in_place(o, state);
	if (errnum)
		return file_write_error(o->target, errnum, err);
	errnum = sync_one(parent, NULL, FTW_D, NULL);
	/* the result stands: what remains of the old one goes with the next run */
	(void)!path_remove(o->path, &ignored);
	unlock(o->target, o->lock_fd);
	free(TAKE(o->path));
	return errnum ? file_write_error(o->target, errnum, err) : 0;
}

void out_folder_discard(struct out_folder *o)
{
	struct err ignored;

	if (o->path) {
		/* the failure that brought us here is the one to tell */
		(void)!path_remove(o->path, &ignored);
		unlock(o->target, o->lock_fd);
	}
	free(o->target);
	free(o->path);
	*o = (struct out_folder){0};
}
