/*
 * The envelope, to the byte in docs/exchange-format.md:
 *
 *   184 bytes  manifest: project, circuit, step, subject, count, hash; signature (Ed25519)
 *    80        the file key, sealed to the recipient (X25519, XSalsa20-Poly1305)
 *    24        header of the stream
 *   ...        the rows, in chunks of 64 KiB + 17 (XChaCha20-Poly1305), the last one marked
 *
 * Rows have a fixed size for each step, so the size of the file tells the
 * count and whoever holds no key can check it. The hash is SHA-256 of
 * everything behind the manifest; the signature covers manifest and hash. The
 * first 80 bytes are associated data of every chunk: nothing can be moved into
 * another project, step or centre.
 *
 * Speed, one core: XChaCha20-Poly1305 1.75 GB/s and SHA-256 1.9 GB/s in turn
 * give 0.9 GB/s; bench/exchange_seal.c says how much of it is reached. Memory:
 * two chunks and a file key, whatever the count.
 */
#ifndef EXCHANGE_ENVELOPE_H
#define EXCHANGE_ENVELOPE_H

#include "base/hash.h"
#include "exchange/directory.h"
#include "exchange/project.h"

enum {
	EXCHANGE_MANIFEST_BYTES = 184,
	EXCHANGE_CHUNK_BYTES = 64 << 10,
};

#define EXCHANGE_ROWS_MAX ((uint64_t)10000000000)

struct exchange_manifest {
	enum exchange_circuit circuit;
	enum exchange_step step;
	char project[EXCHANGE_NAME_SIZE];
	char subject[EXCHANGE_NAME_SIZE]; /* the centre; the controller from RESULT on */
	uint64_t count;
	unsigned char hash[SHA256_BYTES];
	unsigned char signature[crypto_sign_BYTES];
};

/* Syntax only; false for anything that exchange_manifest_format does not write. */
bool exchange_manifest_parse(struct exchange_manifest *ret,
    const unsigned char bytes[EXCHANGE_MANIFEST_BYTES]);
void exchange_manifest_format(const struct exchange_manifest *m,
    unsigned char ret[EXCHANGE_MANIFEST_BYTES]);
bool exchange_manifest_same(const struct exchange_manifest *a, const struct exchange_manifest *b);
/* Bytes of a whole envelope with that step and count. */
uint64_t exchange_envelope_size(enum exchange_step step, uint64_t count);
/* The hash in hexadecimal. */
void exchange_manifest_hash(const struct exchange_manifest *m, char ret[65]);

/* Writing. */
struct exchange_writer;

#define AUTO_EXCHANGE_WRITER AUTO(exchange_writer_discard)

/*
 * Begin an envelope of `step` about `subject`, from the holder of `key`. The
 * project's route decides whether that is allowed (ERR_DENIED) and to whom it
 * is sealed; both ends must be pinned in the directory. The file appears at
 * `path` when it is whole, by exchange_writer_close.
 */
MUST_CHECK int exchange_writer_open(struct exchange_writer **ret, const char *path,
    const struct exchange_project *project, enum exchange_step step, const char *subject,
    const struct exchange_key *key, const struct exchange_directory *directory, struct err *err);
/* One row of exchange_row_size(step) bytes. */
MUST_CHECK int exchange_writer_put(struct exchange_writer *w, const unsigned char *row,
    struct err *err);
/* End, sign, sync, put in place; `ret` (may be NULL) is what it says. Frees only on success. */
MUST_CHECK int exchange_writer_close(struct exchange_writer **w, struct exchange_manifest *ret,
    struct err *err);
void exchange_writer_discard(struct exchange_writer **w);

/* Reading. */
struct exchange_envelope;

#define AUTO_EXCHANGE_ENVELOPE AUTO(exchange_envelope_close)

/*
 * Everything that can be checked without the recipient's key: syntax, project,
 * circuit, sender, count against size, hash, signature. ERR_FORMAT for a file
 * that is none or was changed, ERR_DENIED for what the project forbids.
 */
MUST_CHECK int exchange_envelope_open(struct exchange_envelope **ret, const char *path,
    const struct exchange_project *project, const struct exchange_directory *directory,
    struct err *err);
void exchange_envelope_close(struct exchange_envelope **e);
const struct exchange_manifest *exchange_envelope_manifest(const struct exchange_envelope *e);
const struct exchange_route *exchange_envelope_route(const struct exchange_envelope *e);
/*
 * Open the file key; then rows can be read. ERR_DENIED when the holder of `key` is not the
 * recipient, ERR_FORMAT when it is sealed to another key of that name.
 */
MUST_CHECK int exchange_envelope_unseal(struct exchange_envelope *e,
    const struct exchange_key *key, struct err *err);
/* Forget the file key and the opened chunk, close the file; unsealed again, it begins anew. */
void exchange_envelope_seal(struct exchange_envelope *e);
/* The next row, borrowed until the next call: 1, at the end 0, -1. */
MUST_CHECK int exchange_envelope_next(struct exchange_envelope *e, const unsigned char **ret,
    struct err *err);
/* Back to the first row. */
MUST_CHECK int exchange_envelope_rewind(struct exchange_envelope *e, struct err *err);

#endif
