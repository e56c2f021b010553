#include "base/secret.h"
#include "exchange/bytes.h"
#include "exchange/envelope_inside.h"
#include "exchange/row.h"
#include "exchange/sink.h"

struct exchange_writer {
	struct exchange_manifest manifest;
	unsigned char
	    head[EXCHANGE_MANIFEST_BYTES]; /* as bytes: its begin is fixed from the start */
	struct exchange_sink *sink;
	struct hash_sha256 *digest;
	struct secret_stream *secret;
	const struct exchange_key *key;
	size_t row_size;
	size_t used; /* of the chunk */
};

int exchange_card_of(const struct exchange_card **ret, const struct exchange_directory *d,
    const char *name, enum exchange_role role, struct err *err)
{
	const struct exchange_card *c = exchange_directory_find(d, name);

	if (!c) {
		(void)err_set(err, ERR_DENIED, "nobody called '%s' is in the key directory", name);
		return err_hint(err, "get the card and its fingerprint, then hygie exchange pin");
	}
	if (c->role != role)
		return err_set(err, ERR_DENIED, "'%s' is %s in the key directory, not %s", name,
		    exchange_role_name(c->role), exchange_role_name(role));
	*ret = c;
	return 0;
}

/* May the holder of `key` send this? */
MUST_CHECK static int check_sender(const struct exchange_route *route,
    const struct exchange_project *p, enum exchange_step step, const struct exchange_key *key,
    struct err *err)
{
	if (strcmp(key->card.name, route->sender) == 0 && key->card.role == route->sender_role)
		return 0;
	return err_set(err, ERR_DENIED, "project %s: the step '%s' is for %s to send, not for %s",
	    p->name, exchange_step_name(step), route->sender, key->card.name);
}

MUST_CHECK static int put_body(struct exchange_writer *w, const unsigned char *bytes, size_t len,
    struct err *err)
{
	hash_sha256_add(w->digest, (struct view){(const char *)bytes, len});
	return exchange_sink_add(w->sink, bytes, len, err);
}

/* Room for the manifest, the sealed file key, the head of the stream. */
MUST_CHECK static int begin(struct exchange_writer *w, const struct exchange_card *recipient,
    struct err *err)
{
	unsigned char body[SEAL + STREAM_HEAD];

	crypto_secretstream_xchacha20poly1305_keygen(w->secret->key);
	if (crypto_box_seal(body, w->secret->key, sizeof(w->secret->key), recipient->box) != 0)
		return err_set(err, ERR_DENIED, "the public key of '%s' is none", recipient->name);
	crypto_secretstream_xchacha20poly1305_init_push(&w->secret->state, body + SEAL,
	    w->secret->key);
	return exchange_sink_add(w->sink, w->head, sizeof(w->head), err) < 0
	           ? -1
	           : put_body(w, body, sizeof(body), err);
}

int exchange_writer_open(struct exchange_writer **ret, const char *path,
    const struct exchange_project *project, enum exchange_step step, const char *subject,
    const struct exchange_key *key, const struct exchange_directory *directory, struct err *err)
{
	AUTO_EXCHANGE_WRITER struct exchange_writer *w = NULL;
	const struct exchange_card *recipient;
	struct exchange_route route;

	if (exchange_route(&route, project, step, subject, err) < 0 ||
	    check_sender(&route, project, step, key, err) < 0 ||
	    exchange_card_of(&recipient, directory, route.recipient, route.recipient_role, err) < 0)
		return -1;
	w = mem_zalloc(1, sizeof(*w));
	w->manifest = (struct exchange_manifest){.circuit = project->circuit, .step = step};
	memcpy(w->manifest.project, project->name, sizeof(w->manifest.project));
	memcpy(w->manifest.subject, subject, strlen(subject));
	exchange_manifest_format(&w->manifest, w->head);
	w->digest = hash_sha256_new();
	w->key = key;
	w->row_size = exchange_row_size(step);
	if (secret_new(&w->secret, sizeof(*w->secret), err) < 0 ||
	    exchange_sink_open(&w->sink, path, false, err) < 0 || begin(w, recipient, err) < 0)
		return -1;
	*ret = TAKE(w);
	return 0;
}

MUST_CHECK static int put_chunk(struct exchange_writer *w, unsigned char tag, struct err *err)
{
	unsigned long long len = 0;

	crypto_secretstream_xchacha20poly1305_push(&w->secret->state, w->secret->sealed, &len,
	    w->secret->chunk, w->used, w->head, BOUND, tag);
	w->used = 0;
	return put_body(w, w->secret->sealed, (size_t)len, err);
}

/* The last chunk is never empty but in an envelope of no row: so a full one waits. */
int exchange_writer_put(struct exchange_writer *w, const unsigned char *row, struct err *err)
{
	size_t left = w->row_size;

	while (left) {
		size_t n = MIN(left, (size_t)CHUNK - w->used);

		if (n == 0) {
			if (put_chunk(w, 0, err) < 0)
				return -1;
			continue;
		}
		memcpy(w->secret->chunk + w->used, row, n);
		w->used += n;
		row += n;
		left -= n;
	}
	w->manifest.count++;
	return 0;
}

int exchange_writer_close(struct exchange_writer **pw, struct exchange_manifest *ret,
    struct err *err)
{
	struct exchange_writer *w = *pw;
	struct signed_text text;

	if (put_chunk(w, crypto_secretstream_xchacha20poly1305_TAG_FINAL, err) < 0)
		return -1;
	hash_sha256_end(w->digest, w->manifest.hash);
	exchange_manifest_format(&w->manifest, w->head);
	text = signed_text(w->head);
	crypto_sign_detached(w->manifest.signature, NULL, text.bytes, sizeof(text.bytes),
	    w->key->sign_secret);
	exchange_manifest_format(&w->manifest, w->head);
	if (exchange_sink_rewrite(w->sink, w->head, sizeof(w->head), err) < 0 ||
	    exchange_sink_close(&w->sink, err) < 0)
		return -1;
	if (ret)
		*ret = w->manifest;
	exchange_writer_discard(pw);
	return 0;
}

void exchange_writer_discard(struct exchange_writer **w)
{
	if (!*w)
		return;
	exchange_sink_discard(&(*w)->sink);
	hash_sha256_free(&(*w)->digest);
	secret_free(&(*w)->secret);
	free(TAKE(*w));
}
