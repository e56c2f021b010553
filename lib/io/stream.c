#include "io/stream.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

enum {
	INPUT = 1 << 18,
	MAGIC = 4,
	RATIO_DEFAULT = 1000,
	WINDOW_LOG_MAX = 27, /* zstd: 128 MiB, what its own tool allows */
};
#define RATIO_FROM ((uint64_t)64 << 20)

struct stream {
	char *path;
	int fd;
	enum stream_format format;
	struct stream_limits limits;
	unsigned char *in;
	size_t at, len; /* of `in` */
	bool at_end;    /* of the file */
	bool open;      /* a compressed member has begun and not ended */
	uint64_t bytes_in, bytes_out;
	z_stream gzip;
	ZSTD_DStream *zstd;
	struct err late;                     /* a fault behind bytes that were delivered */
	unsigned char head[STREAM_PEEK_MAX]; /* looked at, not yet read */
	size_t head_at, head_len;
};

static int fail_read(const struct stream *s, struct err *err)
{
	return err_set(err, ERR_IO, "%s: cannot read: %s", s->path, strerror(errno));
}

/* More input behind what is left of the last. */
static int refill(struct stream *s, struct err *err)
{
	ssize_t n;

	memmove(s->in, s->in + s->at, s->len - s->at);
	s->len -= s->at;
	s->at = 0;
	while (!s->at_end && s->len < INPUT) {
		n = read(s->fd, s->in + s->len, INPUT - s->len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return fail_read(s, err);
		s->at_end = n == 0;
		s->len += (size_t)n;
		s->bytes_in += (size_t)n;
	}
	return 0;
}

static enum stream_format find_format(const struct stream *s)
{
	static const unsigned char gzip[] = {0x1f, 0x8b}, zstd[] = {0x28, 0xb5, 0x2f, 0xfd};

	if (s->len >= sizeof(zstd) && memcmp(s->in, zstd, sizeof(zstd)) == 0)
		return STREAM_ZSTD;
	if (s->len >= MAGIC && memcmp(s->in, gzip, sizeof(gzip)) == 0)
		return STREAM_GZIP;
	return STREAM_PLAIN;
}

static void start_format(struct stream *s)
{
	s->format = find_format(s);
	if (s->format == STREAM_ZSTD) {
		s->zstd = ZSTD_createDStream();
		(void)ZSTD_DCtx_setParameter(s->zstd, ZSTD_d_windowLogMax, WINDOW_LOG_MAX);
	}
	/* 16: gzip only; memory is all that can fail, and inflate says so then */
	if (s->format == STREAM_GZIP)
		(void)inflateInit2(&s->gzip, 16 + MAX_WBITS);
}

int stream_open(struct stream **ret, const char *path, struct stream_limits limits,
    struct err *err)
{
	struct stream *s = mem_zalloc(1, sizeof(*s));

	s->path = mem_strdup(path);
	s->in = mem_alloc(INPUT);
	s->limits = limits;
	s->limits.ratio = limits.ratio ? limits.ratio : RATIO_DEFAULT;
	s->fd = open(path, O_RDONLY | O_CLOEXEC);
	if (s->fd < 0 || refill(s, err) < 0) {
		(void)fail_read(s, err);
		stream_close(&s);
		return -1;
	}
	start_format(s);
	*ret = s;
	return 0;
}

void stream_close(struct stream **s)
{
	if (!*s)
		return;
	if ((*s)->format == STREAM_GZIP)
		(void)inflateEnd(&(*s)->gzip);
	ZSTD_freeDStream((*s)->zstd);
	if ((*s)->fd >= 0)
		(void)close((*s)->fd); /* read only */
	free((*s)->path);
	free((*s)->in);
	free(*s);
	*s = NULL;
}

static int bad_data(const struct stream *s, const char *what, struct err *err)
{
	return err_set(err, ERR_FORMAT, "%s: byte %" PRIu64 ": %s", s->path,
	    s->bytes_in - (s->len - s->at), what);
}

/* Each of the three: some bytes from `in` to `out`, none at the end of the input. */
static int copy_plain(struct stream *s, unsigned char *out, size_t size, size_t *ret,
    struct err *err)
{
	(void)err;
	*ret = MIN(size, s->len - s->at);
	memcpy(out, s->in + s->at, *ret);
	s->at += *ret;
	return 0;
}

static int copy_gzip(struct stream *s, unsigned char *out, size_t size, size_t *ret,
    struct err *err)
{
	z_stream *z = &s->gzip;
	int rc;

	if (!s->open && inflateReset(z) != Z_OK)
		return bad_data(s, "gzip cannot begin", err);
	z->next_in = s->in + s->at;
	z->avail_in = (uInt)(s->len - s->at);
	z->next_out = out;
	z->avail_out = (uInt)MIN(size, (size_t)1 << 30);
	s->open = true;
	rc = inflate(z, Z_NO_FLUSH);
	s->at = s->len - z->avail_in;
	*ret = (size_t)(z->next_out - out);
	if (rc == Z_STREAM_END)
		s->open = false;
	else if (rc != Z_OK && rc != Z_BUF_ERROR)
		return bad_data(s, "gzip data are damaged", err);
	return 0;
}

static int copy_zstd(struct stream *s, unsigned char *out, size_t size, size_t *ret,
    struct err *err)
{
	ZSTD_inBuffer in = {s->in + s->at, s->len - s->at, 0};
	ZSTD_outBuffer room = {out, size, 0};
	size_t rc = ZSTD_decompressStream(s->zstd, &room, &in);

	s->at += in.pos;
	*ret = room.pos;
	s->open = rc != 0;
	return ZSTD_isError(rc) ? bad_data(s, "zstd data are damaged", err) : 0;
}

static int copy_some(struct stream *s, unsigned char *out, size_t size, size_t *ret,
    struct err *err)
{
	switch (s->format) {
	case STREAM_GZIP: return copy_gzip(s, out, size, ret, err);
	case STREAM_ZSTD: return copy_zstd(s, out, size, ret, err);
	case STREAM_PLAIN: break;
	}
	return copy_plain(s, out, size, ret, err);
}

static int check_limits(const struct stream *s, struct err *err)
{
	uint64_t used = s->bytes_in - (s->len - s->at);

	if (s->limits.bytes && s->bytes_out > s->limits.bytes)
		return err_set(err, ERR_LIMIT, "%s: more than %" PRIu64 " bytes", s->path,
		    s->limits.bytes);
	if (s->format == STREAM_PLAIN || s->bytes_out < RATIO_FROM ||
	    s->bytes_out / s->limits.ratio <= used)
		return 0;
	return err_set(err, ERR_LIMIT, "%s: decompresses to more than %" PRIu64 " times its size",
	    s->path, s->limits.ratio);
}

/* Until `size` bytes are there, or the end. *ret_len counts on failure too. */
static int fill(struct stream *s, unsigned char *ret, size_t size, size_t *ret_len,
    struct err *err)
{
	while (*ret_len < size) {
		size_t n = 0, before = s->at;

		if (s->at == s->len && refill(s, err) < 0)
			return -1;
		if (s->at == s->len && s->at_end && !s->open)
			return 0;
		if (copy_some(s, ret + *ret_len, size - *ret_len, &n, err) < 0)
			return -1;
		*ret_len += n;
		s->bytes_out += n;
		if (check_limits(s, err) < 0)
			return -1;
		if (n == 0 && s->at == before && s->at_end)
			return bad_data(s, "compressed data end early", err);
	}
	return 0;
}

/* What was looked at comes first. */
static size_t take_head(struct stream *s, unsigned char *ret, size_t size)
{
	size_t n = MIN(size, s->head_len - s->head_at);

	memcpy(ret, s->head + s->head_at, n);
	s->head_at += n;
	return n;
}

int stream_peek(struct stream *s, struct view *ret, struct err *err)
{
	size_t n = 0;

	if (s->head_len == 0 && stream_read(s, s->head, sizeof(s->head), &n, err) < 0) {
		if (err->code != ERR_FORMAT)
			return -1;
		*err = (struct err){0};
	}
	s->head_len = MAX(s->head_len, n);
	*ret = (struct view){(const char *)s->head + s->head_at, s->head_len - s->head_at};
	return 0;
}

int stream_read(struct stream *s, unsigned char *ret, size_t size, size_t *ret_len,
    struct err *err)
{
	*ret_len = take_head(s, ret, size);
	if (*ret_len == size || (s->late.code && *ret_len > 0))
		return 0;
	if (s->late.code) {
		*err = s->late;
		return -1;
	}
	if (fill(s, ret, size, ret_len, err) == 0)
		return 0;
	s->late = *err;
	return *ret_len > 0 ? 0 : -1;
}

enum stream_format stream_format(const struct stream *s)
{
	return s->format;
}
