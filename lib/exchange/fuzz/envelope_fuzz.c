/*
 * Any bytes as an envelope. The first byte chooses: as they are, or with the sender's hash and
 * signature made right, as a dishonest sender would. One error or whole rows, never more than
 * the count says.
 */
#include "exchange/envelope_inside.h"
#include "exchange/row.h"

#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { AS_IS,
	SIGNED_AGAIN,
	MODES };

static struct {
	struct exchange_key *sender, *recipient;
	struct exchange_directory directory;
	struct exchange_project project;
} world;

static void make_world(void)
{
	unsigned char seed[EXCHANGE_KEY_SEED_BYTES] = {1};
	struct err err;

	if (world.sender)
		return;
	if (exchange_key_from_seed(&world.sender, "nantes", EXCHANGE_CENTRE, seed, &err) < 0 ||
	    exchange_key_from_seed(&world.recipient, "cnam-1", EXCHANGE_CUSTODIAN, seed, &err) < 0)
		abort();
	*vec_push(&world.directory.cards) = world.sender->card;
	*vec_push(&world.directory.cards) = world.recipient->card;
	world.project = (struct exchange_project){.name = "p",
	    .circuit = EXCHANGE_SINGLE,
	    .controller = "chu",
	    .custodians = {"cnam-1", "cnam-2"}};
	*vec_push(&world.project.centres) = (struct exchange_centre){"nantes", EXCHANGE_NIR};
}

static void sign_again(unsigned char *bytes, size_t size)
{
	struct view body = {(const char *)bytes + EXCHANGE_MANIFEST_BYTES,
	    size - EXCHANGE_MANIFEST_BYTES};
	struct signed_text text;

	hash_sha256(body, bytes + 88);
	text = signed_text(bytes);
	crypto_sign_detached(bytes + SIGNED, NULL, text.bytes, sizeof(text.bytes),
	    world.sender->sign_secret);
}

static void read_all(const char *path)
{
	AUTO_EXCHANGE_ENVELOPE struct exchange_envelope *e = NULL;
	const unsigned char *row;
	struct err err = {0};
	uint64_t rows = 0;
	int rc = exchange_envelope_open(&e, path, &world.project, &world.directory, &err);

	if (rc < 0) {
		if (err.code == ERR_NONE)
			abort();
		return;
	}
	if (exchange_envelope_unseal(e, world.recipient, &err) < 0)
		return;
	while ((rc = exchange_envelope_next(e, &row, &err)) > 0) {
		for (int f = 0; f < EXCHANGE_FIELDS; f++)
			if (exchange_field_size(EXCHANGE_NIR, (enum exchange_field)f))
				(void)exchange_row_get(EXCHANGE_NIR, row, (enum exchange_field)f);
		rows++;
	}
	if (rows > exchange_envelope_manifest(e)->count ||
	    (rc == 0 && rows != exchange_envelope_manifest(e)->count))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_FREE char *path = NULL;
	unsigned char *bytes;
	struct exchange_manifest m, again;
	unsigned char text[EXCHANGE_MANIFEST_BYTES];
	int mode = size ? data[0] % MODES : AS_IS;
	int fd;

	if (size < 1 + EXCHANGE_MANIFEST_BYTES)
		return 0;
	make_world();
	size--;
	bytes = mem_alloc(size);
	memcpy(bytes, data + 1, size);
	if (exchange_manifest_parse(&m, bytes)) {
		exchange_manifest_format(&m, text);
		if (!exchange_manifest_parse(&again, text) || !exchange_manifest_same(&m, &again))
			abort();
	}
	if (mode == SIGNED_AGAIN)
		sign_again(bytes, size);
	fd = memfd_create("envelope", MFD_CLOEXEC);
	if (fd >= 0 && write(fd, bytes, size) == (ssize_t)size) {
		path = str_format("/proc/self/fd/%d", fd);
		read_all(path);
	}
	if (fd >= 0)
		close(fd);
	free(bytes);
	return 0;
}
