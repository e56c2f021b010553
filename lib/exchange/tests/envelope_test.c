#include "world.h"

#include "exchange/envelope_inside.h"

struct bytes {
	unsigned char *ptr;
	size_t len;
};

static struct bytes read_bytes(const char *path)
{
	AUTO_STR struct str text = {0};
	struct err err = {0};
	struct bytes b;

	assert_done(file_read(path, 64 << 20, &text, &err), err);
	b.len = text.len;
	b.ptr = mem_alloc(b.len);
	memcpy(b.ptr, text.buf, b.len);
	return b;
}

static void write_bytes(const char *path, const unsigned char *bytes, size_t len)
{
	struct err err = {0};

	assert_done(file_write(path, (struct view){(const char *)bytes, len}, &err), err);
}

/* Hash and sign again what was changed: what a dishonest sender can do. */
static void sign_again(const struct world *w, unsigned char *bytes, size_t len)
{
	struct view body = {(const char *)bytes + EXCHANGE_MANIFEST_BYTES,
	    len - EXCHANGE_MANIFEST_BYTES};
	struct signed_text text;

	hash_sha256(body, bytes + 88);
	text = signed_text(bytes);
	crypto_sign_detached(bytes + SIGNED, NULL, text.bytes, sizeof(text.bytes),
	    w->key[NANTES]->sign_secret);
}

/* Open and read to the end; how many rows, or -1. */
MUST_CHECK static int read_rows(const struct world *w, const char *path, enum actor reader,
    struct err *err)
{
	AUTO_EXCHANGE_ENVELOPE struct exchange_envelope *e = NULL;
	const unsigned char *row;
	int count = 0;
	int rc;

	if (exchange_envelope_open(&e, path, &w->multi, &w->directory, err) < 0 ||
	    exchange_envelope_unseal(e, w->key[reader], err) < 0)
		return -1;
	while ((rc = exchange_envelope_next(e, &row, err)) > 0) {
		AUTO_FREE char *wanted = str_format("n%d", count);

		assert_true(view_eq(exchange_row_get(EXCHANGE_NIR, row, EXCHANGE_F_IDACC),
		    VIEW(wanted)));
		count++;
	}
	return rc < 0 ? -1 : count;
}

/* 106 bytes a row: chunks of 64 KiB end inside a row, and at 32768 rows with one. */
static void test_round_trip(void **state)
{
	static const uint64_t counts[] = {0, 1, 2, 617, 618, 619, 1236, 32767, 32768, 32769};
	const struct world *w = *state;

	for (size_t i = 0; i < ARRAY_LEN(counts); i++) {
		AUTO_EXCHANGE_ENVELOPE struct exchange_envelope *e = NULL;
		struct err err = {0};
		struct bytes b;

		seal_rows(w, "e", &w->multi, counts[i]);
		b = read_bytes("e");
		assert_int_equal(b.len, exchange_envelope_size(EXCHANGE_NIR, counts[i]));
		free(b.ptr);
		assert_int_equal(read_rows(w, "e", CNAM_1, &err), counts[i]);
		assert_done(exchange_envelope_open(&e, "e", &w->multi, &w->directory, &err), err);
		assert_int_equal(exchange_envelope_manifest(e)->count, counts[i]);
		assert_string_equal(exchange_envelope_manifest(e)->subject, "nantes");
		assert_string_equal(exchange_envelope_route(e)->recipient, "cnam-1");
	}
}

static void test_rows_twice(void **state)
{
	const struct world *w = *state;
	AUTO_EXCHANGE_ENVELOPE struct exchange_envelope *e = NULL;
	const unsigned char *row;
	struct err err = {0};
	int count = 0;

	seal_rows(w, "e", &w->multi, 1000);
	assert_done(exchange_envelope_open(&e, "e", &w->multi, &w->directory, &err), err);
	assert_done(exchange_envelope_unseal(e, w->key[CNAM_1], &err), err);
	for (int i = 0; i < 700; i++)
		assert_int_equal(exchange_envelope_next(e, &row, &err), 1);
	exchange_envelope_seal(e);
	assert_done(exchange_envelope_unseal(e, w->key[CNAM_1], &err), err);
	while (exchange_envelope_next(e, &row, &err) > 0)
		count++;
	assert_int_equal(count, 1000);
	assert_int_equal(exchange_envelope_next(e, &row, &err), 0);
}

/* Nothing of a row stands in the file. */
static void test_nothing_clear(void **state)
{
	const struct world *w = *state;
	struct bytes b;

	seal_rows(w, "e", &w->multi, 1000);
	b = read_bytes("e");
	assert_null(memmem(b.ptr, b.len, "2550814168025", 13));
	assert_null(memmem(b.ptr, b.len, "19550814", 8));
	assert_null(memmem(b.ptr, b.len, "n500", 4));
	free(b.ptr);
}

/* Every bit of a small envelope: one is changed, and it is refused without a key. */
static void test_every_byte(void **state)
{
	const struct world *w = *state;
	struct bytes b;

	seal_rows(w, "e", &w->multi, 2);
	b = read_bytes("e");
	for (size_t i = 0; i < b.len; i++) {
		AUTO_EXCHANGE_ENVELOPE struct exchange_envelope *e = NULL;
		struct err err = {0};

		b.ptr[i] ^= (unsigned char)(1 << i % 8);
		write_bytes("changed", b.ptr, b.len);
		if (exchange_envelope_open(&e, "changed", &w->multi, &w->directory, &err) == 0)
			fail_msg("byte %zu may be changed", i);
		assert_true(err.code == ERR_FORMAT || err.code == ERR_DENIED);
		b.ptr[i] ^= (unsigned char)(1 << i % 8);
	}
	free(b.ptr);
}

static void test_truncated(void **state)
{
	static const size_t lengths[] = {0, 1, 183, 184, 264, 287, 288, 300, 4000};
	const struct world *w = *state;
	struct err err = {0};
	struct bytes b;

	seal_rows(w, "e", &w->multi, 1000);
	b = read_bytes("e");
	for (size_t i = 0; i < ARRAY_LEN(lengths); i++) {
		write_bytes("cut", b.ptr, lengths[i]);
		assert_refused(read_rows(w, "cut", CNAM_1, &err), err, ERR_FORMAT,
		    lengths[i] < 184 ? "is no envelope" : "truncated");
	}
	write_bytes("cut", b.ptr, b.len - 1);
	assert_refused(read_rows(w, "cut", CNAM_1, &err), err, ERR_FORMAT, "truncated");
	free(b.ptr);
}

/* A sender who lies: the signature is right, the recipient still sees it. */
static void test_lying_sender(void **state)
{
	const struct world *w = *state;
	struct err err = {0};
	struct bytes b;
	unsigned char chunk[CHUNK_SEALED];

	seal_rows(w, "e", &w->multi, 2000);
	b = read_bytes("e");

	/* the first and the second chunk exchanged */
	memcpy(chunk, b.ptr + CHUNKS_AT, CHUNK_SEALED);
	memcpy(b.ptr + CHUNKS_AT, b.ptr + CHUNKS_AT + CHUNK_SEALED, CHUNK_SEALED);
	memcpy(b.ptr + CHUNKS_AT + CHUNK_SEALED, chunk, CHUNK_SEALED);
	sign_again(w, b.ptr, b.len);
	write_bytes("lie", b.ptr, b.len);
	assert_refused(read_rows(w, "lie", CNAM_1, &err), err, ERR_FORMAT, "a chunk was changed");
	free(b.ptr);

	/* a count that the size does not bear out: seen without a key */
	b = read_bytes("e");
	b.ptr[80]++;
	sign_again(w, b.ptr, b.len);
	write_bytes("lie", b.ptr, b.len);
	assert_refused(read_rows(w, "lie", CNAM_1, &err), err, ERR_FORMAT, "truncated");
	b.ptr[80] -= 2;
	sign_again(w, b.ptr, b.len);
	write_bytes("lie", b.ptr, b.len);
	assert_refused(read_rows(w, "lie", CNAM_1, &err), err, ERR_FORMAT, "is longer");

	/* fewer rows than said, the size made right with padding behind */
	b.ptr[80] += 2;
	sign_again(w, b.ptr, b.len);
	write_bytes("lie", b.ptr, b.len);
	assert_refused(read_rows(w, "lie", CNAM_1, &err), err, ERR_FORMAT, "truncated");
	free(b.ptr);
}

/* Fewer chunks than the count says, and bytes that are none. */
static void test_padded(void **state)
{
	const struct world *w = *state;
	struct err err = {0};
	struct bytes small, large;

	seal_rows(w, "small", &w->multi, 700);
	seal_rows(w, "large", &w->multi, 2000);
	small = read_bytes("small");
	large = read_bytes("large");
	memcpy(large.ptr, small.ptr, small.len);
	large.ptr[80] = 2000 & 255;
	large.ptr[81] = 2000 >> 8;
	sign_again(w, large.ptr, large.len);
	write_bytes("lie", large.ptr, large.len);
	assert_refused(read_rows(w, "lie", CNAM_1, &err), err, ERR_FORMAT, "chunk");
	free(small.ptr);
	free(large.ptr);
}

/* A body moved into another project's envelope does not open there. */
static void test_splice(void **state)
{
	const struct world *w = *state;
	AUTO_EXCHANGE_PROJECT struct exchange_project other = {0};
	struct err err = {0};
	struct bytes a, b;

	read_project(&other, "{\"project\": \"other\", \"circuit\": \"multi-centre\", \"centres\": "
			     "[{\"name\": \"nantes\"}, {\"name\": \"brest\"}], " WORLD_END);
	seal_rows(w, "a", &other, 100);
	seal_rows(w, "b", &w->multi, 100);
	assert_refused(
	    read_rows(w, "a", CNAM_1, &err), err, ERR_DENIED, "belongs to project other");
	a = read_bytes("a");
	b = read_bytes("b");
	memcpy(b.ptr + EXCHANGE_MANIFEST_BYTES, a.ptr + EXCHANGE_MANIFEST_BYTES,
	    b.len - EXCHANGE_MANIFEST_BYTES);
	sign_again(w, b.ptr, b.len);
	write_bytes("spliced", b.ptr, b.len);
	assert_refused(
	    read_rows(w, "spliced", CNAM_1, &err), err, ERR_FORMAT, "taken from elsewhere");
	free(a.ptr);
	free(b.ptr);
}

static void test_wrong_people(void **state)
{
	struct world *w = *state;
	struct exchange_writer *writer = NULL;
	struct exchange_card known = w->directory.cards.ptr[NANTES];
	struct err err = {0};

	seal_rows(w, "e", &w->multi, 3);
	assert_refused(read_rows(w, "e", CNAM_2, &err), err, ERR_DENIED, "for cnam-1 to open");
	assert_refused(read_rows(w, "e", CHU, &err), err, ERR_DENIED, "for cnam-1 to open");
	/* the name is right, the key is not */
	memcpy(w->key[CNAM_2]->card.name, "cnam-1", 7);
	assert_refused(read_rows(w, "e", CNAM_2, &err), err, ERR_FORMAT, "sealed to another key");
	/* another key of the sender is pinned */
	memcpy(w->directory.cards.ptr[NANTES].sign, w->key[BREST]->card.sign, 32);
	assert_refused(read_rows(w, "e", CNAM_1, &err), err, ERR_FORMAT, "signature");
	w->directory.cards.ptr[NANTES] = known;
	/* the sender is somebody else */
	assert_refused(exchange_writer_open(&writer, "x", &w->multi, EXCHANGE_NIR, "nantes",
			   w->key[BREST], &w->directory, &err),
	    err, ERR_DENIED,
	    "for nantes to send, not for brest");
	assert_refused(exchange_writer_open(&writer, "x", &w->multi, EXCHANGE_TOKENS, "nantes",
			   w->key[NANTES], &w->directory, &err),
	    err, ERR_DENIED, "for cnam-1 to send");
	/* nobody is pinned */
	w->directory.cards.len = 0;
	assert_refused(read_rows(w, "e", CNAM_1, &err), err, ERR_DENIED, "nobody called 'nantes'");
	assert_false(path_exists("x"));
}

/* What is not whole is not there. */
static void test_discard(void **state)
{
	const struct world *w = *state;
	struct exchange_writer *writer = NULL;
	unsigned char row[EXCHANGE_ROW_MAX];
	struct err err = {0};

	nir_row(row, "a", "2550814168025", "", "");
	assert_done(exchange_writer_open(&writer, "e", &w->multi, EXCHANGE_NIR, "nantes",
			w->key[NANTES], &w->directory, &err),
	    err);
	assert_done(exchange_writer_put(writer, row, &err), err);
	assert_true(path_exists(".e.partial"));
	exchange_writer_discard(&writer);
	assert_false(path_exists("e"));
	assert_false(path_exists(".e.partial"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_round_trip, world_make, world_remove),
	    cmocka_unit_test_setup_teardown(test_rows_twice, world_make, world_remove),
	    cmocka_unit_test_setup_teardown(test_nothing_clear, world_make, world_remove),
	    cmocka_unit_test_setup_teardown(test_every_byte, world_make, world_remove),
	    cmocka_unit_test_setup_teardown(test_truncated, world_make, world_remove),
	    cmocka_unit_test_setup_teardown(test_lying_sender, world_make, world_remove),
	    cmocka_unit_test_setup_teardown(test_padded, world_make, world_remove),
	    cmocka_unit_test_setup_teardown(test_splice, world_make, world_remove),
	    cmocka_unit_test_setup_teardown(test_wrong_people, world_make, world_remove),
	    cmocka_unit_test_setup_teardown(test_discard, world_make, world_remove),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
