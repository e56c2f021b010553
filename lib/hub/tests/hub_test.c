#include "both_stores.h"

#include "hub/hub.h"

#include "hub/backup_keys.h"
#include "hub/keys.h"
#include "io/file.h"

static const char *const modules[] = {"store", NULL};
static char folder[96];

static void refuse_conf(const char *text, const char *why)
{
	struct hub_conf c;
	struct err err = {0};

	assert_int_equal(hub_conf_parse(&c, "hub.conf", VIEW(text), &err), -1);
	assert_int_equal(err.code, ERR_FORMAT);
	assert_string_equal(err.msg, why);
}

static void a_conf_is_read_with_defaults(void **state)
{
	AUTO_HUB_CONF struct hub_conf c = {0};
	struct err err = {0};

	(void)state;
	assert_int_equal(hub_conf_parse(&c, "hub.conf",
			     VIEW("# a comment\r\nname_en =  Hub of A = B \r\n\r\nlogo = a.svg"),
			     &err),
	    0);
	assert_string_equal(c.name[0], "Hub of A = B");
	assert_string_equal(c.name[1], "Plateforme de données de santé");
	assert_string_equal(c.logo, "a.svg");
	assert_string_equal(c.store, "hub.db");
	assert_string_equal(c.smtp, "");
}

static void a_wrong_conf_has_a_line(void **state)
{
	(void)state;
	refuse_conf("name_en = a\nnmae = b", "hub.conf: line 2: no such key");
	refuse_conf("name_en = a\nname_en = b", "hub.conf: line 2: name_en stands here twice");
	refuse_conf("name_en = a\nname_fr = \xe9t\xe9", "hub.conf: line 2: it is not UTF-8");
	refuse_conf("\n\nname_en", "hub.conf: line 3: not a line \"key = value\"");
	refuse_conf("name_fr =", "hub.conf: line 1: name_fr: it must have a value");
	refuse_conf("colour = red",
	    "hub.conf: line 1: colour: it must be a colour such as #0b5c6b");
	refuse_conf("colour = #12345x",
	    "hub.conf: line 1: colour: it must be a colour such as #0b5c6b");
	refuse_conf("origin = hub.example",
	    "hub.conf: line 1: origin: it must be http:// or https:// and a host, no path");
	refuse_conf("origin = https://hub.example/a",
	    "hub.conf: line 1: origin: it must be http:// or https:// and a host, no path");
	refuse_conf("language = de", "hub.conf: line 1: language: it must be fr or en");
	refuse_conf("contact = me", "hub.conf: line 1: contact: it must be an e-mail address");
	refuse_conf("trusted_proxy = proxy.example",
	    "hub.conf: line 1: trusted_proxy: it must be addresses such as 10.0.0.0/8");
	refuse_conf("logo = pictures/a.svg",
	    "hub.conf: line 1: logo: it must be an .svg or .png of this folder");
	refuse_conf("logo = hub.db",
	    "hub.conf: line 1: logo: it must be an .svg or .png of this folder");
	refuse_conf("oidc_issuer = http://127.0.0.1.evil.example",
	    "hub.conf: line 1: oidc_issuer: it must begin with https:// (http:// on this very "
	    "machine)");
	refuse_conf("oidc_issuer = http://localhost:8080/a",
	    "hub.conf: oidc_issuer needs oidc_client");
	refuse_conf("cert = a.pem", "hub.conf: cert and key belong together");
}

static char *conf_text(void)
{
	return str_format("store = %s\n", test_place[0] == '/' ? "hub.db" : test_place);
}

static mode_t mode_of(const char *name)
{
	AUTO_FREE char *path = path_join(folder, name);
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	return st.st_mode & 0777;
}

static void a_hub_is_made_and_opened(void **state)
{
	AUTO_FREE char *conf = conf_text();
	AUTO_HUB struct hub *h = NULL;
	struct err err = {0};

	(void)state;
	if (hub_init(folder, VIEW(conf), modules, &err) < 0)
		fail_msg("%s", err.msg);
	assert_int_equal(mode_of(""), 0700);
	assert_int_equal(mode_of("keys/audit.key"), 0600);
	assert_int_equal(mode_of("keys/permit.key"), 0600);
	assert_int_equal(mode_of("hub.conf"), 0600);
	if (hub_open(&h, folder, 2, modules, &err) < 0)
		fail_msg("%s", err.msg);
	assert_string_equal(h->audit->origin, "127.0.0.1:8080/audit");
	assert_int_equal(hub_init(folder, VIEW(conf), modules, &err), -1);
	assert_int_equal(err.code, ERR_USAGE);
}

static void keys_come_back(void **state)
{
	AUTO_FREE char *keys = path_join(folder, "keys");
	AUTO_FREE char *pub = path_join(keys, "audit.pub");
	AUTO_FREE char *key = path_join(keys, "audit.key");
	struct note_key both, half;
	struct err err = {0};

	(void)state;
	assert_int_equal(hub_key_read(&both, keys, "audit", &err), 0);
	assert_int_equal(hub_public_key_read(&half, pub, &err), 0);
	assert_memory_equal(both.public_key, half.public_key, sizeof(half.public_key));
	assert_int_equal(hub_public_key_read(&half, key, &err), -1);
	assert_int_equal(err.code, ERR_FORMAT);
}

static int add_account(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;

	(void)arg;
	if (store_query(&rows, tx, "account/records/person.sql:add",
		STORE_ARGS(store_text(VIEW("one@x.example")), store_text(VIEW("One")),
		    store_null(), store_text(VIEW("en")), store_bytes(VIEW_LIT("")), store_int(1)),
		err) < 0)
		return -1;
	return store_next(rows, err) < 0 ? -1 : 0;
}

/* A new key would lock everybody out, silently. */
static void a_lost_key_is_not_made_again(void **state)
{
	static const char *const all[] = {"store", "mail", "account", NULL};
	AUTO_FREE char *place = str_format("%s-key", folder), *conf = conf_text();
	AUTO_FREE char *key = path_join(place, "keys/account.key");
	AUTO_HUB struct hub *h = NULL;
	struct err err = {0};

	(void)state;
	if (hub_init(place, VIEW(conf), all, &err) < 0)
		fail_msg("%s", err.msg);
	assert_int_equal(unlink(key), 0);
	assert_int_equal(hub_open(&h, place, 1, all, &err), 0); /* nothing is sealed yet */
	if (store_write(h->store, add_account, NULL, &err) < 0)
		fail_msg("%s", err.msg);
	hub_close(&h);
	assert_int_equal(hub_open(&h, place, 1, all, &err), 0);
	hub_close(&h);
	assert_int_equal(unlink(key), 0);
	assert_int_equal(hub_open(&h, place, 1, all, &err), -1);
	assert_int_equal(err.code, ERR_IO);
	assert_non_null(strstr(err.msg, "account.key is missing"));
	assert_string_equal(err.hint, "put it back from the backup of the keys");
	assert_int_equal(access(key, F_OK), -1);
}

/* However many there are. */
static void every_key_is_copied(void **state)
{
	enum { KEYS = 40 };
	AUTO_FREE char *from = str_format("%s-many", folder), *to = str_format("%s-copied", folder);
	struct err err = {0};

	(void)state;
	assert_int_equal(path_make_private_folder(from, &err), 0);
	assert_int_equal(path_make_private_folder(to, &err), 0);
	assert_int_equal(hub_key_make(from, "audit", &err), 0);
	assert_int_equal(hub_seal_key_make(from, "account", &err), 0);
	for (int i = 0; i < KEYS; i++) {
		char name[] = {(char)('a' + i / 26), (char)('a' + i % 26), '\0'};

		assert_int_equal(hub_seal_key_make(from, name, &err), 0);
	}
	assert_int_equal(hub_keys_copy(from, to, &err), 0);
	for (int i = 0; i < KEYS; i++) {
		AUTO_FREE char *one =
		    str_format("%s/%c%c.key", to, 'a' + i / 26, 'a' + i % 26);

		assert_true(path_exists(one));
	}
}

static void what_is_no_hub_is_said(void **state)
{
	AUTO_FREE char *missing = path_join(folder, "nothing");
	struct hub *h = NULL;
	struct err err = {0};

	(void)state;
	assert_int_equal(hub_open(&h, missing, 1, modules, &err), -1);
	assert_int_equal(err.code, ERR_IO);
	assert_null(h);
}

static void a_store_that_is_away_leaves_no_folder(void **state)
{
	AUTO_FREE char *other = str_format("%s-away", folder);
	struct err err = {0};

	(void)state;
	assert_int_equal(hub_init(other,
			     VIEW("store = postgresql://a@localhost:1/x?connect_timeout=1\n"),
			     modules, &err),
	    -1);
	assert_int_equal(err.code, ERR_IO);
	assert_false(path_exists(other));
}

static int name_folder(void **state)
{
	(void)state;
	snprintf(folder, sizeof(folder), "%s/hub-%s", test_folder,
	    test_place[0] == '/' ? "sqlite" : "postgres");
	return 0;
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(a_conf_is_read_with_defaults, name_folder),
	    cmocka_unit_test(a_wrong_conf_has_a_line),
	    cmocka_unit_test(a_hub_is_made_and_opened),
	    cmocka_unit_test(keys_come_back),
	    cmocka_unit_test(a_lost_key_is_not_made_again),
	    cmocka_unit_test(every_key_is_copied),
	    cmocka_unit_test(what_is_no_hub_is_said),
	    cmocka_unit_test(a_store_that_is_away_leaves_no_folder),
	};

	return sodium_init() < 0 ? 1 : run_on_both_stores(tests, ARRAY_LEN(tests));
}
