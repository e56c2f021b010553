#include "hub/hub.h"

#include "base/secret.h"
#include "hub/keys.h"
#include "hub/restoring.h"
#include "io/file.h"

#include <sys/stat.h>

char *hub_path(const struct hub *h, const char *name)
{
	return path_join(h->folder, name);
}

void hub_close(struct hub **h)
{
	struct hub *gone = TAKE(*h);

	if (!gone)
		return;
	store_close(&gone->store);
	secret_free(&gone->audit);
	secret_free(&gone->seal_key);
	hub_conf_clear(&gone->conf);
	free(gone->folder);
	free(gone);
}

static int open_audit(struct hub *h, struct err *err)
{
	AUTO_FREE char *keys = hub_path(h, "keys");

	if (secret_new(&h->audit, sizeof(*h->audit), err) < 0)
		return -1;
	h->audit->origin = hub_audit_origin(&h->conf);
	return hub_key_read(&h->audit->key, keys, "audit", err);
}

static int count_sealed(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;

	if (store_query(&rows, tx, "hub/records/key.sql:sealed", STORE_NO_ARGS, err) < 0 ||
	    store_next(rows, err) < 0)
		return -1;
	*(int64_t *)arg = store_number(rows, 0);
	return 0;
}

static bool has_accounts(const char *const *modules)
{
	for (; *modules; modules++)
		if (strcmp(*modules, "account") == 0)
			return true;
	return false;
}

/* A new key opens nothing that an old one sealed: it is only made while nothing is. */
static int make_seal_key(struct hub *h, const char *const *modules, const char *keys,
    struct err *err)
{
	int64_t sealed = 0;

	if (has_accounts(modules) && store_read(h->store, count_sealed, &sealed, err) < 0)
		return -1;
	if (sealed == 0)
		return hub_seal_key_make(keys, "account", err);
	(void)err_set(err, ERR_IO, "%s/account.key is missing, and accounts are sealed with it",
	    keys);
	return err_hint(err, "put it back from the backup of the keys");
}

static int open_seal_key(struct hub *h, const char *const *modules, struct err *err)
{
	AUTO_FREE char *keys = hub_path(h, "keys");
	AUTO_FREE char *path = path_join(keys, "account.key");

	if (!path_exists(path) && make_seal_key(h, modules, keys, err) < 0)
		return -1;
	return secret_new(&h->seal_key, SECRET_KEY_SIZE, err) < 0
	           ? -1
	           : hub_seal_key_read(h->seal_key, keys, "account", err);
}

/* Records that a restore did not commit are not made anew. */
static int end_restore(struct hub *h, struct err *err)
{
	int whole = hub_is_restoring(h->folder)
	                ? hub_restoring_settle(h->folder, h->store, h->audit, err)
	                : 1;

	if (whole != 0)
		return MIN(whole, 0);
	(void)err_set(err, ERR_IO, "%s: its restore was not finished", h->folder);
	return err_hint(err, "run hygie hub restore again");
}

static int open_store(struct hub *h, int readers, const char *const *modules, struct err *err)
{
	AUTO_FREE char *place = strstr(h->conf.store, "://") ? mem_strdup(h->conf.store)
	                                                     : hub_path(h, h->conf.store);

	if (store_open(&h->store, place, readers, err) < 0 || end_restore(h, err) < 0)
		return -1;
	store_set_seal(h->store, audit_seal, h->audit);
	return store_migrate(h->store, modules, err);
}

static int open_all(struct hub *h, int readers, const char *const *modules, struct err *err)
{
	AUTO_FREE char *conf = hub_path(h, "hub.conf");

	if (!path_exists(conf)) {
		(void)err_set(err, ERR_IO, "%s: not a hub: no hub.conf", h->folder);
		return err_hint(err, "hygie hub init makes one");
	}
	return hub_conf_read(&h->conf, conf, err) < 0 || open_audit(h, err) < 0 ||
	               open_store(h, readers, modules, err) < 0 ||
	               open_seal_key(h, modules, err) < 0
	           ? -1
	           : 0;
}

int hub_open(struct hub **ret, const char *folder, int readers, const char *const *modules,
    struct err *err)
{
	struct hub *h = mem_zalloc(1, sizeof(*h));

	h->folder = mem_strdup(folder);
	if (open_all(h, readers, modules, err) < 0) {
		hub_close(&h);
		return -1;
	}
	*ret = h;
	return 0;
}

static int make_private_folder(const char *parent, const char *name, struct err *err)
{
	AUTO_FREE char *path = path_join(parent, name);

	if (mkdir(path, 0700) < 0)
		return err_set(err, ERR_OUTPUT, "%s: cannot be made", path);
	return 0;
}

static int make_parts(const char *folder, struct view conf_text, struct err *err)
{
	static const char *const folders[] = {"keys", "audit", "data", "spaces", "outbox"};
	AUTO_FREE char *conf = path_join(folder, "hub.conf");
	AUTO_FREE char *keys = path_join(folder, "keys");

	for (size_t i = 0; i < ARRAY_LEN(folders); i++)
		if (make_private_folder(folder, folders[i], err) < 0)
			return -1;
	return hub_key_make(keys, "audit", err) < 0 || hub_key_make(keys, "permit", err) < 0
	           ? -1
	           : file_write_private(conf, conf_text, err);
}

/* A place that cannot be reached, or tables that cannot be made, are told before the folder is. */
static int try_open(const char *folder, const char *const *modules, struct err *err)
{
	AUTO_HUB struct hub *h = NULL;

	return hub_open(&h, folder, 1, modules, err);
}

int hub_init(const char *folder, struct view conf_text, const char *const *modules,
    struct err *err)
{
	AUTO_HUB_CONF struct hub_conf conf = {0};
	AUTO_OUT_FOLDER struct out_folder out = {0};

	if (hub_conf_parse(&conf, "hub.conf", conf_text, err) < 0)
		return -1;
	if (out_folder_open(&out, folder, false, err) < 0)
		return err_hint(err, "choose another folder");
	if (chmod(out.path, 0700) < 0)
		return err_set(err, ERR_OUTPUT, "%s: cannot be made private", folder);
	if (make_parts(out.path, conf_text, err) < 0 || try_open(out.path, modules, err) < 0)
		return -1;
	return out_folder_commit(&out, err);
}
