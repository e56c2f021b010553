#include "hub/backup_inside.h"
#include "hub/backup_keys.h"
#include "hub/backup_restore.h"
#include "hub/keys.h"
#include "io/file.h"
#include "io/json.h"

static int read_migrations(struct hub_restore *r, const json_t *list, struct err *err)
{
	const json_t *one;
	size_t i;

	json_array_foreach(list, i, one)
	{
		const char *name = json_string_value(json_object_get(one, "name"));
		const char *sha256 = json_string_value(json_object_get(one, "sha256"));

		if (!name || !sha256)
			return err_set(err, ERR_FORMAT, "backup.json: a migration without a name");
		*vec_push(&r->migrations.all) = (struct store_migration){
		    arena_strdup(&r->migrations.memory, VIEW(name)),
		    arena_strdup(&r->migrations.memory, VIEW(sha256)),
		};
	}
	return store_migrations_check(&r->migrations, err);
}

static int read_about(struct hub_restore *r, struct hub_archive *a, struct err *err)
{
	AUTO_STR struct str text = {0};
	AUTO_JSON json_t *j = NULL;
	const char *format, *root;

	if (hub_archive_whole(a, &text, err) < 0 ||
	    json_parse(&j, "backup.json", str_view(&text), err) < 0)
		return -1;
	format = json_string_value(json_object_get(j, "format"));
	root = json_string_value(json_object_get(j, "audit_root"));
	if (!format || strcmp(format, HUB_BACKUP_FORMAT) != 0 || !root ||
	    strlen(root) != SHA256_HEX_SIZE - 1 ||
	    !json_is_integer(json_object_get(j, "audit_records")))
		return err_set(err, ERR_FORMAT, "%s: a backup of another format", a->path);
	memcpy(r->audit_root, root, SHA256_HEX_SIZE);
	r->audit_records = json_integer_value(json_object_get(j, "audit_records"));
	return read_migrations(r, json_object_get(j, "migrations"), err);
}

static int read_conf(struct hub_restore *r, struct hub_archive *a, struct err *err)
{
	AUTO_FREE char *path = path_join(r->folder, "hub.conf");
	AUTO_STR struct str text = {0}, conf = {0};

	if (hub_archive_whole(a, &text, err) < 0)
		return -1;
	hub_conf_with_store(&conf, str_view(&text), r->o->store);
	return hub_conf_parse(&r->conf, "hub.conf", str_view(&conf), err) < 0
	           ? -1
	           : file_write_private(path, str_view(&conf), err);
}

static int read_keys(struct hub_restore *r, struct hub_archive *a, struct err *err)
{
	AUTO_FREE char *folder = path_join(r->folder, "keys");
	AUTO_STR struct str sealed = {0};

	if (hub_archive_whole(a, &sealed, err) < 0)
		return -1;
	return r->o->passphrase && !r->o->keys
	           ? hub_keys_unseal(str_view(&sealed), folder, r->o->passphrase, err)
	           : 0;
}

static int open_keys(struct hub_restore *r, struct err *err)
{
	AUTO_FREE char *keys = path_join(r->folder, "keys");
	AUTO_FREE char *audit = path_join(keys, "audit.key");

	if (r->o->keys && hub_keys_copy(r->o->keys, keys, err) < 0)
		return -1;
	if (!path_exists(audit)) {
		(void)err_set(err, ERR_USAGE, "%s: no keys to restore with", r->o->archive);
		return err_hint(err, "--keys names the folder of those that were kept "
				     "elsewhere, or the passphrase of those in the backup");
	}
	r->audit->origin = hub_audit_origin(&r->conf);
	return hub_key_read(&r->audit->key, keys, "audit", err);
}

/* Each part up to the list of files. */
static int read_part(struct hub_restore *r, struct hub_archive *a, bool *have_keys,
    struct err *err)
{
	if (a->part >= HUB_RECORDS && !*have_keys) {
		if (open_keys(r, err) < 0)
			return -1;
		*have_keys = true;
	}
	switch (a->part) {
	case HUB_ABOUT: return read_about(r, a, err);
	case HUB_CONF: return read_conf(r, a, err);
	case HUB_SEALED_KEYS: return read_keys(r, a, err);
	case HUB_SUMS_LIST: return hub_archive_sums(a, r->sums, err);
	case HUB_LOGO:
	case HUB_PUBLIC_KEY:
	case HUB_RECORDS:
	case HUB_CHECKPOINT:
	case HUB_ATTACHMENT:
	case HUB_SIGNATURE: break;
	}
	return hub_archive_over(a, err);
}

static int check_signature(struct hub_restore *r, struct hub_archive *a, struct err *err)
{
	AUTO_STR struct str note = {0};

	if (hub_archive_whole(a, &note, err) < 0)
		return -1;
	if (hub_sums_check(str_view(&note), r->sums, r->audit, err) == 0)
		return 0;
	(void)err_wrap(err, "%s", a->path);
	return err_hint(err, "it was changed, or these keys are of another hub");
}

int hub_restore_judge(struct hub_restore *r, struct err *err)
{
	AUTO_HUB_ARCHIVE struct hub_archive a = {0};
	bool have_keys = false;

	if (hub_archive_open(&a, r->o->archive, err) < 0)
		return -1;
	for (;;) {
		if (hub_archive_next(&a, err) < 0)
			return -1;
		if (a.part == HUB_SIGNATURE)
			break;
		if (read_part(r, &a, &have_keys, err) < 0)
			return -1;
		progress_add(r->progress, a.file.bytes);
	}
	r->bytes = a.bytes;
	return check_signature(r, &a, err);
}
