/*
 * The example of docs/exchange-format.md, made anew. libsodium's random bytes
 * are replaced by bytes that count up: only a test can do that.
 */
#include "world.h"

#include "exchange/token.h"

#include <sodium/randombytes.h>

static unsigned char next_byte;

static const char *fixed_name(void)
{
	return "counting";
}

static uint32_t fixed_random(void)
{
	return 0;
}

static void fixed_buf(void *buf, size_t size)
{
	unsigned char *p = buf;

	for (size_t i = 0; i < size; i++)
		p[i] = next_byte++;
}

static struct randombytes_implementation fixed = {
    .implementation_name = fixed_name,
    .random = fixed_random,
    .buf = fixed_buf,
};

/* The block ```NAME of the page must be `text`. */
static void check_block(const char *name, const char *text)
{
	AUTO_STR struct str page = {0};
	AUTO_FREE char *open = str_format("\n```%s\n", name);
	struct err err = {0};
	const char *start;
	const char *end;

	assert_done(file_read(HYGIE_SOURCE_DIR "/docs/exchange-format.md", 1 << 20, &page, &err),
	    err);
	start = strstr(page.buf, open);
	assert_non_null(start);
	start += strlen(open);
	end = strstr(start, "```\n");
	assert_non_null(end);
	if (!view_eq((struct view){start, (size_t)(end - start)}, VIEW(text)))
		fail_msg("the page's block %s should be:\n%s", name, text);
}

static void add_hex(struct str *out, const unsigned char *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++)
		str_addf(out, "%02x%s", bytes[i], i % 32 == 31 || i + 1 == len ? "\n" : "");
}

static void test_envelope(void **state)
{
	const struct world *w = *state;
	struct exchange_writer *writer = NULL;
	unsigned char row[EXCHANGE_ROW_MAX];
	AUTO_STR struct str file = {0};
	AUTO_STR struct str hex = {0};
	struct err err = {0};

	nir_row(row, "a1", "2550814168025", "", "");
	next_byte = 0;
	assert_done(exchange_writer_open(&writer, "e", &w->multi, EXCHANGE_NIR, "nantes",
			w->key[NANTES], &w->directory, &err),
	    err);
	assert_done(exchange_writer_put(writer, row, &err), err);
	assert_done(exchange_writer_close(&writer, NULL, &err), err);
	assert_done(file_read("e", 4096, &file, &err), err);
	assert_int_equal(file.len, 411);
	add_hex(&hex, (const unsigned char *)file.buf, file.len);
	check_block("hex", hex.buf);
}

static void test_fingerprints(void **state)
{
	const struct world *w = *state;
	AUTO_STR struct str text = {0};

	for (int i = 0; i < ACTORS; i++) {
		char fingerprint[EXCHANGE_FINGERPRINT_SIZE];

		if (i != NANTES && i < CNAM_1)
			continue;
		exchange_card_fingerprint(&w->key[i]->card, fingerprint);
		str_addf(&text, "%-8s %s\n", w->key[i]->card.name, fingerprint);
	}
	check_block("fingerprints", text.buf);
}

static void add_token(struct str *out, const char *name, const unsigned char *token)
{
	str_addf(out, "%-10s ", name);
	add_hex(out, token, EXCHANGE_TOKEN_BYTES);
}

static void test_tokens(void **state)
{
	const struct world *w = *state;
	AUTO_EXCHANGE_HASHER struct exchange_hasher *first = NULL;
	AUTO_EXCHANGE_HASHER struct exchange_hasher *second = NULL;
	AUTO_EXCHANGE_CHAIN struct exchange_chain *chain = NULL;
	AUTO_STR struct str text = {0};
	unsigned char a[EXCHANGE_TOKEN_BYTES], b[EXCHANGE_TOKEN_BYTES];
	char told[1 + 16];
	char pseudonym[EXCHANGE_PSEUDONYM_SIZE];
	struct err err = {0};

	assert_done(exchange_hasher_new(&first, EXCHANGE_HMAC_SHA256, w->key[CNAM_1]->hash_key,
			&err),
	    err);
	assert_done(exchange_hasher_new(&second, EXCHANGE_HMAC_SHA256, w->key[CNAM_2]->hash_key,
			&err),
	    err);
	assert_done(exchange_chain_new(&chain, w->key[CNAM_2], &w->multi, &err), err);
	exchange_token(first, EXCHANGE_D_PERSON, VIEW("2550814168025"), a);
	exchange_token(second, EXCHANGE_D_PERSON_2, (struct view){(const char *)a, sizeof(a)}, b);
	told[0] = 'P';
	memcpy(told + 1, b, 16);
	exchange_pseudonym(chain, (struct view){told, sizeof(told)}, pseudonym);
	add_token(&text, "person", a);
	add_token(&text, "person 2", b);
	str_addf(&text, "%-10s %s\n", "pseudonym", pseudonym);
	check_block("tokens", text.buf);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_envelope, world_make, world_remove),
	    cmocka_unit_test_setup_teardown(test_fingerprints, world_make, world_remove),
	    cmocka_unit_test_setup_teardown(test_tokens, world_make, world_remove),
	};

	randombytes_set_implementation(&fixed);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
