#include "link/section.h"

#include "base/hash.h"
#include "io/file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static const char MAGIC[8] = "hyglink";
static const uint32_t BYTE_ORDER_MARK = 0x01020304;

struct head {
	char magic[8];
	uint32_t format;
	uint32_t byte_order;
};

struct section {
	char tag[4];
	uint32_t size;
	uint64_t count;
	uint64_t xxh3;
};

static void put(struct link_section_out *o, const void *bytes, size_t size)
{
	if (!o->errnum && size && fwrite(bytes, 1, size, o->file) != size)
		o->errnum = errno ? errno : EIO;
}

int link_sections_create(struct link_section_out *o, const char *path, struct err *err)
{
	struct head head = {.format = LINK_STATE_FORMAT, .byte_order = BYTE_ORDER_MARK};
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);

	*o = (struct link_section_out){.file = fd < 0 ? NULL : fdopen(fd, "wb"), .path = path};
	if (!o->file)
		return file_write_error(path, errno, err);
	memcpy(head.magic, MAGIC, sizeof(MAGIC));
	put(o, &head, sizeof(head));
	return 0;
}

void link_section_put(
    struct link_section_out *o, const char tag[5], size_t size, const void *elements, size_t count)
{
	struct section s = {.size = (uint32_t)size, .count = count};

	memcpy(s.tag, tag, sizeof(s.tag));
	s.xxh3 = hash_xxh3((struct view){elements, size * count});
	put(o, &s, sizeof(s));
	put(o, elements, size * count);
}

int link_sections_close(struct link_section_out *o, struct err *err)
{
	int errnum = o->errnum;

	if (fflush(o->file) != 0 && !errnum)
		errnum = errno;
	if (!errnum && fsync(fileno(o->file)) != 0)
		errnum = errno;
	if (fclose(TAKE(o->file)) != 0 && !errnum)
		errnum = errno;
	return errnum ? file_write_error(o->path, errnum, err) : 0;
}

void link_sections_discard(struct link_section_out *o)
{
	if (o->file)
		fclose(TAKE(o->file));
}

int link_section_damaged(const struct link_section_in *in, struct err *err)
{
	err_set_(err, ERR_FORMAT, "%s: it is damaged", in->path);
	return err_hint(err, "take the folder from a backup, or run the linkage again");
}

static bool get(struct link_section_in *in, void *ret, uint64_t size)
{
	if (size > in->left || (size && fread(ret, 1, size, in->file) != size))
		return false;
	in->left -= size;
	return true;
}

int link_sections_begin(struct link_section_in *in, FILE *file, const char *path, uint64_t size,
    struct err *err)
{
	struct head head;

	*in = (struct link_section_in){.file = file, .path = path, .left = size};
	if (!get(in, &head, sizeof(head)) || memcmp(head.magic, MAGIC, sizeof(MAGIC)) != 0)
		return err_set(err, ERR_FORMAT, "%s: it is no state of a linkage", path);
	if (head.byte_order != BYTE_ORDER_MARK)
		return err_set(err, ERR_FORMAT, "%s: it was written by another kind of machine",
		    path);
	if (head.format == LINK_STATE_FORMAT)
		return 0;
	err_set_(err, ERR_FORMAT, "%s: its format is %u, this version reads %d", path, head.format,
	    LINK_STATE_FORMAT);
	return err_hint(err, "run the linkage again with --keep, or use the version that made it");
}

void *link_section_get(struct link_section_in *in, const char tag[5], size_t size, size_t count,
    size_t *ret_count, struct err *err)
{
	struct section s;
	char *bytes;

	if (!get(in, &s, sizeof(s)) || memcmp(s.tag, tag, sizeof(s.tag)) != 0 || s.size != size ||
	    (count != SIZE_MAX && s.count != count) || s.count > in->left / size) {
		(void)link_section_damaged(in, err); /* NULL tells */
		return NULL;
	}
	bytes = mem_alloc(s.count * size + 1);
	if (!get(in, bytes, s.count * size) ||
	    hash_xxh3((struct view){bytes, s.count * size}) != s.xxh3) {
		free(bytes);
		(void)link_section_damaged(in, err); /* NULL tells */
		return NULL;
	}
	if (ret_count)
		*ret_count = s.count;
	return bytes;
}

int link_sections_end(const struct link_section_in *in, struct err *err)
{
	return in->left ? link_section_damaged(in, err) : 0;
}
