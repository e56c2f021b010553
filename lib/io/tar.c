/*
 * Layout: POSIX.1-1988, section 10.1.1, table 10-1: headers of 512 bytes, files
 * padded to 512, two empty blocks at the end.
 */
#include "io/tar.h"

#include "base/str.h"
#include "io/out_file.h"
#include "io/stream.h"

#include <assert.h>
#include <stdio.h>
#include <sys/stat.h>
#include <zstd.h>

enum { BLOCK = 512,
	PIECE = 1 << 17,
	LEVEL = 3,
};

struct header {
	char name[100], mode[8], uid[8], gid[8], size[12], mtime[12], checksum[8], type;
	char link[100], magic[6], version[2], owner[32], group[32], major[8], minor[8];
	char prefix[155], pad[12];
};

_Static_assert(sizeof(struct header) == BLOCK, "a header is a block");

struct tar_writer {
	struct out_file out;
	ZSTD_CCtx *zstd;
	uint64_t left; /* of the file that was begun */
	unsigned pad;
	char piece[PIECE];
};

struct tar_reader {
	struct stream *stream;
	char *path;
	uint64_t left; /* of the file, not yet read */
	unsigned pad;
	bool ended;
};

bool tar_name_is_plain(struct view name)
{
	struct view part;

	if (name.len == 0 || name.len > TAR_NAME_MAX || name.ptr[name.len - 1] == '/' ||
	    memchr(name.ptr, '\0', name.len))
		return false;
	while (view_next(&name, '/', &part)) {
		if (part.len == 0 || part.ptr[0] == '.')
			return false;
		for (size_t i = 0; i < part.len; i++)
			if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789._-", part.ptr[i]))
				return false;
	}
	return true;
}

static unsigned checksum(const struct header *h)
{
	const unsigned char *bytes = (const unsigned char *)h;
	unsigned sum = 0;

	for (size_t i = 0; i < BLOCK; i++) {
		bool own = i >= offsetof(struct header, checksum) &&
		           i < offsetof(struct header, checksum) + sizeof(h->checksum);

		sum += own ? ' ' : bytes[i];
	}
	return sum;
}

int tar_writer_open(struct tar_writer **ret, const char *path, struct err *err)
{
	struct tar_writer *w = mem_zalloc(1, sizeof(*w));

	if (out_file_open_private(&w->out, path, err) < 0) {
		tar_writer_discard(&w);
		return -1;
	}
	w->zstd = ZSTD_createCCtx();
	ZSTD_CCtx_setParameter(w->zstd, ZSTD_c_compressionLevel, LEVEL);
	ZSTD_CCtx_setParameter(w->zstd, ZSTD_c_checksumFlag, 1);
	*ret = w;
	return 0;
}

static int compress(struct tar_writer *w, struct view bytes, ZSTD_EndDirective end,
    struct err *err)
{
	ZSTD_inBuffer in = {bytes.ptr, bytes.len, 0};
	size_t left;

	do {
		ZSTD_outBuffer out = {w->piece, PIECE, 0};

		left = ZSTD_compressStream2(w->zstd, &out, &in, end);
		if (ZSTD_isError(left))
			return err_set(err, ERR_INTERNAL, "zstd: %s", ZSTD_getErrorName(left));
		if (out_file_add(&w->out, (struct view){w->piece, out.pos}, err) < 0)
			return -1;
	} while (end == ZSTD_e_end ? left > 0 : in.pos < in.size);
	return 0;
}

static int fill_up(struct tar_writer *w, struct err *err)
{
	static const char zeros[2 * BLOCK];
	struct view pad = {zeros, w->pad};

	assert(w->left == 0 && "a file shorter than was said");
	w->pad = 0;
	return compress(w, pad, ZSTD_e_continue, err);
}

int tar_writer_begin(struct tar_writer *w, const char *name, uint64_t bytes, struct err *err)
{
	struct header h = {.type = '0', .magic = "ustar", .version = {'0', '0'}};

	assert(tar_name_is_plain(VIEW(name)));
	if (bytes >= (uint64_t)1 << 33)
		return err_set(err, ERR_LIMIT, "%s: too big for a tar", name);
	if (fill_up(w, err) < 0)
		return -1;
	snprintf(h.name, sizeof(h.name), "%s", name);
	snprintf(h.mode, sizeof(h.mode), "%07o", 0600);
	snprintf(h.uid, sizeof(h.uid), "%07o", 0);
	snprintf(h.gid, sizeof(h.gid), "%07o", 0);
	snprintf(h.size, sizeof(h.size), "%011llo", (unsigned long long)bytes);
	snprintf(h.mtime, sizeof(h.mtime), "%011o", 0);
	snprintf(h.checksum, sizeof(h.checksum), "%06o", checksum(&h));
	h.checksum[7] = ' ';
	w->left = bytes;
	w->pad = (unsigned)(-bytes % BLOCK);
	return compress(w, (struct view){(const char *)&h, BLOCK}, ZSTD_e_continue, err);
}

int tar_writer_add(struct tar_writer *w, struct view bytes, struct err *err)
{
	assert(bytes.len <= w->left && "a file longer than was said");
	w->left -= bytes.len;
	return compress(w, bytes, ZSTD_e_continue, err);
}

int tar_writer_commit(struct tar_writer *w, struct err *err)
{
	if (fill_up(w, err) < 0)
		return -1;
	w->pad = 2 * BLOCK;
	if (fill_up(w, err) < 0 || compress(w, VIEW_NONE, ZSTD_e_end, err) < 0)
		return -1;
	return out_file_commit(&w->out, err);
}

void tar_writer_discard(struct tar_writer **w)
{
	struct tar_writer *gone = TAKE(*w);

	if (!gone)
		return;
	out_file_discard(&gone->out);
	ZSTD_freeCCtx(gone->zstd);
	free(gone);
}

int tar_reader_open(struct tar_reader **ret, const char *path, struct err *err)
{
	struct tar_reader *r = mem_zalloc(1, sizeof(*r));

	r->path = mem_strdup(path);
	if (stream_open(&r->stream, path, (struct stream_limits){0}, err) < 0) {
		tar_reader_close(&r);
		return -1;
	}
	*ret = r;
	return 0;
}

void tar_reader_close(struct tar_reader **r)
{
	struct tar_reader *gone = TAKE(*r);

	if (!gone)
		return;
	stream_close(&gone->stream);
	free(gone->path);
	free(gone);
}

static int damaged(const struct tar_reader *r, const char *why, struct err *err)
{
	return err_set(err, ERR_FORMAT, "%s: %s", r->path, why);
}

static int read_block(struct tar_reader *r, void *ret, struct err *err)
{
	size_t len;

	if (stream_read(r->stream, ret, BLOCK, &len, err) < 0)
		return -1;
	return len == BLOCK ? 0 : damaged(r, "it ends too early", err);
}

/* Octal digits up to a space or NUL; all of a field must be that. */
static bool read_octal(const char *field, size_t size, uint64_t *ret)
{
	size_t i = 0;

	*ret = 0;
	for (; i < size && field[i] >= '0' && field[i] <= '7'; i++)
		*ret = *ret << 3 | (uint64_t)(field[i] - '0');
	return i > 0 && (i == size || field[i] == '\0' || field[i] == ' ');
}

static bool is_empty(const void *block)
{
	const char *bytes = block;

	for (size_t i = 0; i < BLOCK; i++)
		if (bytes[i])
			return false;
	return true;
}

static int read_header(struct tar_reader *r, const struct header *h, struct tar_file *ret,
    struct err *err)
{
	struct view name = {h->name, strnlen(h->name, sizeof(h->name))};
	uint64_t sum;

	if (!read_octal(h->checksum, sizeof(h->checksum), &sum) || sum != checksum(h) ||
	    memcmp(h->magic, "ustar", sizeof("ustar")) != 0)
		return damaged(r, "not a tar, or damaged", err);
	if (h->type != '0' || h->prefix[0] || !tar_name_is_plain(name))
		return damaged(r, "it holds what no backup holds: a link, a device, or a name that "
				  "leads elsewhere",
		    err);
	if (!read_octal(h->size, sizeof(h->size), &ret->bytes))
		return damaged(r, "not a tar, or damaged", err);
	snprintf(ret->name, sizeof(ret->name), "%.*s", VIEW_ARG(name));
	return 0;
}

static int skip_rest(struct tar_reader *r, struct err *err)
{
	char rest[BLOCK];
	size_t len;

	while (r->left > 0)
		if (tar_reader_read(r, rest, sizeof(rest), &len, err) < 0)
			return -1;
	if (r->pad == 0)
		return 0;
	if (stream_read(r->stream, (unsigned char *)rest, r->pad, &len, err) < 0)
		return -1;
	return len == r->pad ? 0 : damaged(r, "it ends too early", err);
}

/* Two empty blocks, and nothing behind them. */
static int read_end(struct tar_reader *r, struct err *err)
{
	char block[BLOCK];
	size_t len;

	if (read_block(r, block, err) < 0)
		return -1;
	if (!is_empty(block))
		return damaged(r, "not a tar, or damaged", err);
	r->ended = true;
	while (is_empty(block)) {
		if (stream_read(r->stream, (unsigned char *)block, BLOCK, &len, err) < 0)
			return -1;
		if (len == 0)
			return 0;
		memset(block + len, 0, BLOCK - len);
	}
	return damaged(r, "something stands behind its end", err);
}

int tar_reader_next(struct tar_reader *r, struct tar_file *ret, struct err *err)
{
	struct header h;

	if (r->ended)
		return 0;
	if (skip_rest(r, err) < 0 || read_block(r, &h, err) < 0)
		return -1;
	r->pad = 0;
	if (is_empty(&h))
		return read_end(r, err);
	if (read_header(r, &h, ret, err) < 0)
		return -1;
	r->left = ret->bytes;
	r->pad = (unsigned)(-ret->bytes % BLOCK);
	return 1;
}

int tar_reader_read(struct tar_reader *r, void *ret, size_t size, size_t *ret_len,
    struct err *err)
{
	size_t want = size < r->left ? size : (size_t)r->left;

	if (stream_read(r->stream, ret, want, ret_len, err) < 0)
		return -1;
	if (*ret_len < want)
		return damaged(r, "it ends too early", err);
	r->left -= want;
	return 0;
}
