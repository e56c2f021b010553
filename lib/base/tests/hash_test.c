#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/hash.h"

#include <stdio.h>
#include <unistd.h>

static void check_sha(struct view bytes, const char *wanted)
{
	char hex[SHA256_HEX_SIZE];

	hash_sha256_hex(bytes, hex);
	assert_string_equal(hex, wanted);
}

/* Of a million times "a". */
static const char million_hex[] =
    "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";

/* FIPS 180-4 examples (NIST, "SHA256.pdf"), and the empty message of the NIST CAVP set. */
static void sha256_published(void **state)
{
	char *million = mem_alloc(1000000);

	(void)state;
	check_sha(VIEW_NONE, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	check_sha(VIEW("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	check_sha(VIEW("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
	    "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
	memset(million, 'a', 1000000);
	check_sha((struct view){million, 1000000}, million_hex);
	free(million);
}

static void sha256_of_a_file(void **state)
{
	char path[] = "/tmp/hygie-hash-XXXXXX";
	char hex[SHA256_HEX_SIZE];
	struct err err = {0};
	uint64_t bytes = 0;
	int fd = mkstemp(path);
	FILE *out = fdopen(fd, "w");

	(void)state;
	for (int i = 0; i < 1000000; i++)
		fputc('a', out);
	fclose(out);
	assert_int_equal(hash_sha256_file(path, hex, &bytes, &err), 0);
	assert_string_equal(hex, million_hex);
	assert_int_equal(bytes, 1000000);
	unlink(path);
	assert_int_equal(hash_sha256_file(path, hex, NULL, &err), -1);
	assert_int_equal(err.code, ERR_IO);
	assert_int_equal(hash_sha256_file("/tmp", hex, NULL, &err), -1);
	assert_int_equal(err.code, ERR_IO);
}

/*
 * xxHash (github.com/Cyan4973/xxHash), cli/xsum_sanity_check.c: XXH3_64bits,
 * seed 0, of the first bytes of its pseudo-random buffer; every length class.
 */
static void xxh3_published(void **state)
{
	static const struct {
		size_t len;
		uint64_t hash;
	} cases[] = {
	    {0, 0x2D06800538D394C2},
	    {1, 0xC44BDFF4074EECDB},
	    {6, 0x27B56A84CD2D7325},
	    {12, 0xA713DAF0DFBB77E7},
	    {24, 0xA3FE70BF9D3510EB},
	    {48, 0x397DA259ECBA1F11},
	    {80, 0xBCDEFBBB2C47C90A},
	    {195, 0xCD94217EE362EC3A},
	    {403, 0xCDEB804D65C6DEA4},
	    {512, 0x617E49599013CB6B},
	    {2048, 0xDD59E2C3A5F038E0},
	    {2240, 0x6E73A90539CF2948},
	    {2367, 0xCB37AEB9E5D361ED},
	};
	char buffer[2367];
	uint64_t byte = 2654435761u;

	(void)state;
	for (size_t i = 0; i < sizeof(buffer); i++) {
		buffer[i] = (char)(byte >> 56);
		byte *= 11400714785074694797u;
	}
	for (size_t i = 0; i < ARRAY_LEN(cases); i++)
		assert_int_equal(hash_xxh3((struct view){buffer, cases[i].len}), cases[i].hash);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(sha256_published),
	    cmocka_unit_test(sha256_of_a_file),
	    cmocka_unit_test(xxh3_published),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
