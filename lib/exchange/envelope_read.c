/*
 * Two passes over one file: the first, without a key, checks the hash and keeps
 * the sealed file key; the second opens the chunks. What somebody could
 * change between them does not open under the kept key.
 */
#include "base/cancel.h"
#include "base/secret.h"
#include "exchange/bytes.h"
#include "exchange/envelope_inside.h"
#include "exchange/row.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BLOCK = 1 << 20 };

struct exchange_envelope {
	char *path;
	int fd;
	struct exchange_manifest manifest;
	struct exchange_route route;
	unsigned char head[CHUNKS_AT]; /* manifest, sealed key, head of the stream */
	uint64_t size;
	size_t row_size;
	struct secret_stream *secret; /* NULL: not unsealed */
	uint64_t rows_left;
	bool ended;       /* the final chunk was read */
	size_t chunk_len; /* of the opened chunk */
	size_t chunk_pos;
};

static int changed(const struct exchange_envelope *e, const char *what, struct err *err)
{
	return err_set(err, ERR_FORMAT, "%s: %s", e->path, what);
}

static int unreadable(const struct exchange_envelope *e, struct err *err)
{
	return err_set(err, ERR_IO, "%s: cannot read: %s", e->path, strerror(errno));
}

MUST_CHECK static int open_file(struct exchange_envelope *e, struct err *err)
{
	e->fd = open(e->path, O_RDONLY | O_CLOEXEC);
	if (e->fd < 0)
		return err_set(err, ERR_IO, "%s: cannot open: %s", e->path, strerror(errno));
	return 0;
}

MUST_CHECK static int read_head(struct exchange_envelope *e, struct err *err)
{
	struct stat st;
	ssize_t n;

	if (open_file(e, err) < 0)
		return -1;
	if (fstat(e->fd, &st) != 0)
		return unreadable(e, err);
	n = exchange_read_all(e->fd, e->head, sizeof(e->head));
	if (n < 0)
		return unreadable(e, err);
	if (n < EXCHANGE_MANIFEST_BYTES || !exchange_manifest_parse(&e->manifest, e->head))
		return changed(e, "is no envelope of hygie exchange, version 1", err);
	e->size = (uint64_t)st.st_size;
	e->row_size = exchange_row_size(e->manifest.step);
	return 0;
}

MUST_CHECK static int check_project(const struct exchange_envelope *e,
    const struct exchange_project *p, struct err *err)
{
	const struct exchange_manifest *m = &e->manifest;

	if (strcmp(m->project, p->name) != 0)
		return err_set(err, ERR_DENIED, "%s: belongs to project %s, not to %s", e->path,
		    m->project, p->name);
	if (m->circuit != p->circuit)
		return err_set(err, ERR_DENIED, "%s: follows the circuit %s, project %s is %s",
		    e->path, exchange_circuit_name(m->circuit), p->name,
		    exchange_circuit_name(p->circuit));
	return 0;
}

MUST_CHECK static int check_signature(const struct exchange_envelope *e,
    const struct exchange_directory *d, struct err *err)
{
	struct signed_text text = signed_text(e->head);
	const struct exchange_card *sender;

	if (exchange_card_of(&sender, d, e->route.sender, e->route.sender_role, err) < 0)
		return err_wrap(err, "%s", e->path);
	if (crypto_sign_verify_detached(e->manifest.signature, text.bytes, sizeof(text.bytes),
		sender->sign) != 0) {
		(void)changed(e, "the signature is not that of the sender's pinned key", err);
		return err_hint(err, "it was changed, or %s has another key: ask there",
		    sender->name);
	}
	return 0;
}

MUST_CHECK static int check_size(const struct exchange_envelope *e, struct err *err)
{
	uint64_t want = exchange_envelope_size(e->manifest.step, e->manifest.count);

	if (e->size == want)
		return 0;
	return changed(e,
	    e->size < want ? "is shorter than its count of rows says: truncated"
			   : "is longer than its count of rows says",
	    err);
}

MUST_CHECK static int check_hash(const struct exchange_envelope *e, struct err *err)
{
	AUTO_SHA256 struct hash_sha256 *digest = hash_sha256_new();
	AUTO_FREE char *block = mem_alloc(BLOCK);
	unsigned char hash[SHA256_BYTES];
	ssize_t n;

	if (lseek(e->fd, BODY_AT, SEEK_SET) < 0)
		return unreadable(e, err);
	(void)posix_fadvise(e->fd, 0, 0, POSIX_FADV_SEQUENTIAL); /* advice */
	while ((n = exchange_read_all(e->fd, block, BLOCK)) > 0) {
		hash_sha256_add(digest, (struct view){(const char *)block, (size_t)n});
		if (cancel_check(err) < 0)
			return -1;
	}
	if (n < 0)
		return unreadable(e, err);
	hash_sha256_end(digest, hash);
	if (sodium_memcmp(hash, e->manifest.hash, sizeof(hash)) != 0)
		return changed(e, "its bytes are not those that were signed", err);
	return 0;
}

int exchange_envelope_open(struct exchange_envelope **ret, const char *path,
    const struct exchange_project *project, const struct exchange_directory *directory,
    struct err *err)
{
	AUTO_EXCHANGE_ENVELOPE struct exchange_envelope *e = mem_zalloc(1, sizeof(*e));

	if (sodium_init() < 0)
		return err_set(err, ERR_INTERNAL, "libsodium cannot start");
	e->path = mem_strdup(path);
	e->fd = -1;
	if (read_head(e, err) < 0 || check_project(e, project, err) < 0)
		return -1;
	if (exchange_route(&e->route, project, e->manifest.step, e->manifest.subject, err) < 0)
		return err_wrap(err, "%s", path);
	if (check_signature(e, directory, err) < 0 || check_size(e, err) < 0 ||
	    check_hash(e, err) < 0)
		return -1;
	*ret = TAKE(e);
	return 0;
}

void exchange_envelope_close(struct exchange_envelope **pe)
{
	struct exchange_envelope *e = TAKE(*pe);

	if (!e)
		return;
	if (e->fd >= 0)
		close(e->fd);
	secret_free(&e->secret);
	free(e->path);
	free(e);
}

const struct exchange_manifest *exchange_envelope_manifest(const struct exchange_envelope *e)
{
	return &e->manifest;
}

const struct exchange_route *exchange_envelope_route(const struct exchange_envelope *e)
{
	return &e->route;
}

int exchange_envelope_unseal(struct exchange_envelope *e, const struct exchange_key *key,
    struct err *err)
{
	if (strcmp(key->card.name, e->route.recipient) != 0 ||
	    key->card.role != e->route.recipient_role)
		return err_set(err, ERR_DENIED, "%s: the step '%s' is for %s to open, not for %s",
		    e->path, exchange_step_name(e->manifest.step), e->route.recipient,
		    key->card.name);
	if ((!e->secret && secret_new(&e->secret, sizeof(*e->secret), err) < 0) ||
	    (e->fd < 0 && open_file(e, err) < 0))
		return -1;
	if (crypto_box_seal_open(e->secret->key, e->head + BODY_AT, SEAL, key->card.box,
		key->box_secret) != 0) {
		(void)err_set(err, ERR_FORMAT, "%s: is sealed to another key than that of %s",
		    e->path, key->card.name);
		return err_hint(
		    err, "the sender's directory holds an older card: give the new one");
	}
	return exchange_envelope_rewind(e, err);
}

void exchange_envelope_seal(struct exchange_envelope *e)
{
	secret_free(&e->secret);
	close(e->fd);
	e->fd = -1;
}

int exchange_envelope_rewind(struct exchange_envelope *e, struct err *err)
{
	if (lseek(e->fd, CHUNKS_AT, SEEK_SET) < 0)
		return unreadable(e, err);
	if (crypto_secretstream_xchacha20poly1305_init_pull(&e->secret->state,
		e->head + BODY_AT + SEAL, e->secret->key) != 0)
		return changed(e, "the head of its stream is none", err);
	e->rows_left = e->manifest.count;
	e->ended = false;
	e->chunk_len = e->chunk_pos = 0;
	return 0;
}

MUST_CHECK static int next_chunk(struct exchange_envelope *e, struct err *err)
{
	ssize_t n = exchange_read_all(e->fd, e->secret->sealed, CHUNK_SEALED);
	unsigned long long len = 0;
	unsigned char tag = 0;

	if (n < 0)
		return unreadable(e, err);
	if (e->ended || n < (ssize_t)crypto_secretstream_xchacha20poly1305_ABYTES)
		return changed(e, "holds fewer rows than its count says", err);
	if (crypto_secretstream_xchacha20poly1305_pull(&e->secret->state, e->secret->chunk, &len,
		&tag, e->secret->sealed, (unsigned long long)n, e->head, BOUND) != 0)
		return changed(e, "a chunk was changed, moved or taken from elsewhere", err);
	e->ended = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
	e->chunk_len = (size_t)len;
	e->chunk_pos = 0;
	return cancel_check(err);
}

/* All rows were read: is that also the end of the stream? */
MUST_CHECK static int check_end(struct exchange_envelope *e, struct err *err)
{
	if (!e->ended && e->manifest.count == 0 && next_chunk(e, err) < 0)
		return -1;
	if (!e->ended || e->chunk_pos != e->chunk_len)
		return changed(e, "holds more rows than its count says", err);
	return 0;
}

int exchange_envelope_next(struct exchange_envelope *e, const unsigned char **ret,
    struct err *err)
{
	struct secret_stream *s = e->secret;
	size_t got = 0;

	if (e->rows_left == 0)
		return check_end(e, err);
	e->rows_left--;
	if (e->chunk_len - e->chunk_pos >= e->row_size) {
		*ret = s->chunk + e->chunk_pos;
		e->chunk_pos += e->row_size;
		return 1;
	}
	while (got < e->row_size) {
		size_t n = MIN(e->row_size - got, e->chunk_len - e->chunk_pos);

		memcpy(s->row + got, s->chunk + e->chunk_pos, n);
		got += n;
		e->chunk_pos += n;
		if (got < e->row_size && next_chunk(e, err) < 0)
			return -1;
	}
	*ret = s->row;
	return 1;
}
