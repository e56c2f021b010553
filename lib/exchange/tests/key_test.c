/* Keys, cards, the directory: kept, protected, and never silently another one. */
#include "world.h"

#include <sys/stat.h>

static void test_make(void **state)
{
	struct err err = {0};
	struct stat st;
	AUTO_EXCHANGE_KEY struct exchange_key *a = NULL;
	AUTO_EXCHANGE_KEY struct exchange_key *b = NULL;

	(void)state;
	assert_int_equal(exchange_key_make("k", "cnam-1", EXCHANGE_CUSTODIAN, NULL, &err), 0);
	assert_int_equal(stat("k/secret.key", &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(st.st_size, 232);
	assert_done(exchange_key_open(&a, "k", NULL, &err), err);
	/* again: the same key */
	assert_int_equal(exchange_key_make("k", "cnam-1", EXCHANGE_CUSTODIAN, NULL, &err), 1);
	assert_done(exchange_key_open(&b, "k", NULL, &err), err);
	assert_memory_equal(a, b, sizeof(*a));
	assert_false(sodium_is_zero(a->hash_key, 32));
	assert_refused(exchange_key_make("k", "other", EXCHANGE_CUSTODIAN, NULL, &err), err,
	    ERR_USAGE, "holds the key of 'cnam-1'");
	assert_refused(exchange_key_make("q", "Ca/../f", EXCHANGE_CENTRE, NULL, &err), err,
	    ERR_USAGE, "cannot be a name");
}

/* Who hashes nothing holds no hash key. */
static void test_centre(void **state)
{
	AUTO_EXCHANGE_KEY struct exchange_key *k = NULL;
	struct err err = {0};

	(void)state;
	assert_int_equal(exchange_key_make("k", "nantes", EXCHANGE_CENTRE, NULL, &err), 0);
	assert_done(exchange_key_open(&k, "k", NULL, &err), err);
	assert_true(sodium_is_zero(k->hash_key, 32));
	assert_true(sodium_is_zero(k->master_key, 32));
}

static void test_passphrase(void **state)
{
	AUTO_EXCHANGE_KEY struct exchange_key *k = NULL;
	AUTO_STR struct str file = {0};
	struct err err = {0};

	(void)state;
	assert_int_equal(exchange_key_make("k", "nantes", EXCHANGE_CENTRE, "correct horse", &err),
	    0);
	assert_refused(exchange_key_open(&k, "k", NULL, &err), err, ERR_DENIED, "passphrase");
	assert_refused(exchange_key_open(&k, "k", "correct hors", &err), err, ERR_DENIED, "wrong");
	assert_done(exchange_key_open(&k, "k", "correct horse", &err), err);
	/* the head is bound: a centre's key cannot be made a controller's */
	assert_done(file_read("k/secret.key", 4096, &file, &err), err);
	assert_int_equal(file.len, 248);
	file.buf[9] = EXCHANGE_CONTROLLER;
	assert_done(file_write("k/secret.key", str_view(&file), &err), err);
	assert_int_equal(chmod("k/secret.key", 0600), 0);
	exchange_key_close(&k);
	assert_refused(
	    exchange_key_open(&k, "k", "correct horse", &err), err, ERR_DENIED, "changed");
	/* a file that asks for a terabyte of memory */
	file.buf[72 + 5] = 1;
	assert_done(file_write("k/secret.key", str_view(&file), &err), err);
	assert_int_equal(chmod("k/secret.key", 0600), 0);
	assert_refused(
	    exchange_key_open(&k, "k", "correct horse", &err), err, ERR_LIMIT, "too much");
}

static void test_bad_files(void **state)
{
	AUTO_EXCHANGE_KEY struct exchange_key *k = NULL;
	struct err err = {0};

	(void)state;
	assert_int_equal(exchange_key_make("k", "nantes", EXCHANGE_CENTRE, NULL, &err), 0);
	assert_int_equal(chmod("k/secret.key", 0640), 0);
	assert_refused(exchange_key_open(&k, "k", NULL, &err), err, ERR_DENIED, "read by others");
	put_file("k/secret.key", "HYGIEKEY and nothing");
	assert_int_equal(chmod("k/secret.key", 0600), 0);
	assert_refused(exchange_key_open(&k, "k", NULL, &err), err, ERR_FORMAT, "is no key");
	assert_refused(exchange_key_open(&k, "nowhere", NULL, &err), err, ERR_IO, "cannot open");
}

static void test_pin(void **state)
{
	AUTO_EXCHANGE_DIRECTORY struct exchange_directory d = {0};
	AUTO_STR struct str text = {0};
	char fingerprint[EXCHANGE_FINGERPRINT_SIZE];
	struct exchange_card card, other;
	char *digit;
	struct err err = {0};

	(void)state;
	assert_int_equal(exchange_key_make("k", "nantes", EXCHANGE_CENTRE, NULL, &err), 0);
	assert_int_equal(exchange_key_make("l", "nantes", EXCHANGE_CENTRE, NULL, &err), 0);
	assert_done(exchange_card_read(&card, "k/card.json", &err), err);
	assert_done(exchange_card_read(&other, "l/card.json", &err), err);
	exchange_card_fingerprint(&card, fingerprint);
	assert_refused(exchange_directory_pin("d.json", &other, fingerprint, false, &err), err,
	    ERR_DENIED, "another fingerprint");
	assert_false(path_exists("d.json"));
	assert_int_equal(exchange_directory_pin("d.json", &card, fingerprint, false, &err), 0);
	/* however it is typed */
	for (char *c = fingerprint; *c; c++)
		*c = *c == '-' ? ' ' : *c >= 'a' ? (char)(*c - 32)
		                                 : *c;
	assert_int_equal(exchange_directory_pin("d.json", &card, fingerprint, false, &err), 1);
	exchange_card_fingerprint(&other, fingerprint);
	assert_refused(exchange_directory_pin("d.json", &other, fingerprint, false, &err), err,
	    ERR_DENIED, "another card of 'nantes' is pinned");
	assert_int_equal(exchange_directory_pin("d.json", &other, fingerprint, true, &err), 0);
	/* somebody changes a key in the file */
	assert_done(file_read("d.json", 4096, &text, &err), err);
	digit = strstr(text.buf, "\"sign\": \"") + 10;
	*digit = *digit == '0' ? '1' : '0';
	put_file("d.json", text.buf);
	assert_refused(exchange_directory_read(&d, "d.json", &err), err, ERR_DENIED,
	    "has not the fingerprint");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_make, world_make, world_remove),
	    cmocka_unit_test_setup_teardown(test_centre, world_make, world_remove),
	    cmocka_unit_test_setup_teardown(test_passphrase, world_make, world_remove),
	    cmocka_unit_test_setup_teardown(test_bad_files, world_make, world_remove),
	    cmocka_unit_test_setup_teardown(test_pin, world_make, world_remove),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
