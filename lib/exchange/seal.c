#include "exchange/seal.h"

#include "exchange/bytes.h"
#include "exchange/envelope.h"
#include "io/file.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

enum { BLOCK = 1 << 20 };

/* A keyed digest of the file: it says that two files are equal, to the holder of the key only. */
MUST_CHECK static int digest_file(const struct exchange_key *key, const char *path,
    unsigned char ret[SHA256_BYTES], struct err *err)
{
	AUTO_FREE char *block = mem_alloc(BLOCK);
	crypto_generichash_state state;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n;
	int errnum;

	if (fd < 0)
		return err_set(err, ERR_IO, "%s: cannot open: %s", path, strerror(errno));
	crypto_generichash_init(&state, key->sign_secret, EXCHANGE_KEY_BYTES,
	    SHA256_BYTES);
	while ((n = exchange_read_all(fd, block, BLOCK)) > 0)
		crypto_generichash_update(&state, (const unsigned char *)block,
		    (unsigned long long)n);
	errnum = errno;
	close(fd);
	sodium_memzero(block, BLOCK);
	crypto_generichash_final(&state, ret, SHA256_BYTES);
	sodium_memzero(&state, sizeof(state));
	return n < 0 ? err_set(err, ERR_IO, "%s: cannot read: %s", path, strerror(errnum)) : 0;
}

MUST_CHECK static int put_rows(const struct exchange_input_options *o,
    struct exchange_writer *writer, uint64_t want, struct err *err)
{
	AUTO_EXCHANGE_INPUT struct exchange_input *in = NULL;
	struct exchange_input_report again = {0};
	uint64_t broken = 0;
	unsigned char row[EXCHANGE_ROW_MAX];
	int rc;

	if (exchange_input_open(&in, o, err) < 0)
		return -1;
	while ((rc = exchange_input_next(in, row, &again, err)) > 0) {
		if (exchange_writer_put(writer, row, err) < 0)
			return -1;
		progress_add(o->progress, 1);
	}
	sodium_memzero(row, sizeof(row));
	if (rc < 0)
		return -1;
	for (int i = 0; i < EXCHANGE_RULES_FATAL; i++)
		broken += again.rules[i].rows;
	if (broken || again.rows != want)
		return err_set(err, ERR_FORMAT, "%s: was changed while it was read", o->path);
	return 0;
}

int exchange_seal(const struct exchange_work *w, const struct exchange_input_options *o,
    const char *out, struct exchange_input_report *report, struct exchange_manifest *ret,
    struct err *err)
{
	AUTO_EXCHANGE_WRITER struct exchange_writer *writer = NULL;
	const char *subject = w->key->card.name;
	struct exchange_manifest seen = {.circuit = w->project->circuit, .step = o->step};
	const struct exchange_entry *last;
	char hash[65];

	*report = (struct exchange_input_report){0};
	if (exchange_writer_open(&writer, out, w->project, o->step, subject, w->key, w->directory,
		err) < 0 ||
	    digest_file(w->key, o->path, seen.hash, err) < 0)
		return -1;
	memcpy(seen.project, w->project->name, sizeof(seen.project));
	memcpy(seen.subject, subject, strlen(subject));
	exchange_manifest_hash(&seen, hash);
	last = exchange_ledger_last(w->ledger, seen.project, o->step, subject);
	if (last && memcmp(last->hash, hash, 64) == 0 && path_exists(out))
		return 1;
	if (exchange_input_check(o, report, err) < 0 ||
	    put_rows(o, writer, report->rows, err) < 0 ||
	    exchange_writer_close(&writer, ret, err) < 0)
		return -1;
	seen.count = ret->count;
	return exchange_ledger_add(w->ledger, EXCHANGE_DONE, &seen, err);
}
