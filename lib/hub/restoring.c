#include "hub/restoring.h"

#include "base/hash.h"
#include "base/secret.h"
#include "hub/backup_inside.h"
#include "hub/conf.h"
#include "hub/keys.h"
#include "io/file.h"
#include "store/table.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <unistd.h>

enum { MARK_MAX = 256 };

struct asking {
	const struct audit *audit;
	struct view mark;
	bool any, same;
};

static void write_mark(struct str *ret, const struct checkpoint *head)
{
	char root[SHA256_HEX_SIZE];

	sodium_bin2hex(root, sizeof(root), head->root.bytes, SHA256_BYTES);
	str_addf(ret, "%" PRIu64 " %s\n", head->size, root);
}

int hub_restoring_write(const char *folder, const struct checkpoint *head, struct err *err)
{
	AUTO_FREE char *path = path_join(folder, "restoring");
	AUTO_STR struct str mark = {0};

	write_mark(&mark, head);
	return file_write_private(path, str_view(&mark), err);
}

bool hub_is_restoring(const char *folder)
{
	AUTO_FREE char *path = path_join(folder, "restoring");

	return path_exists(path);
}

static int ask(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_STORE_TABLES struct store_tables tables = {0};
	AUTO_STR struct str mark = {0};
	struct asking *a = arg;
	struct checkpoint head;

	if (store_tables_read(&tables, tx, err) < 0)
		return -1;
	a->any = tables.all.len > 0;
	if (!a->any || !store_tables_find(&tables, VIEW_LIT("audit_head")))
		return 0;
	if (hub_audit_head(&head, tx, a->audit, err) < 0)
		return -1;
	write_mark(&mark, &head);
	a->same = view_eq(str_view(&mark), a->mark);
	return 0;
}

/* What is gone stays gone, whatever the power does. */
static int take_away(const char *folder, const char *path, struct err *err)
{
	int fd;

	if (unlink(path) < 0)
		return file_write_error(path, errno, err);
	fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0) {
		(void)fsync(fd);
		close(fd);
	}
	return 0;
}

int hub_restoring_settle(const char *folder, struct store *store, const struct audit *audit,
    struct err *err)
{
	AUTO_FREE char *path = path_join(folder, "restoring");
	AUTO_STR struct str mark = {0};
	struct asking a = {.audit = audit};

	if (file_read(path, MARK_MAX, &mark, err) < 0)
		return -1;
	a.mark = str_view(&mark);
	if (store_read(store, ask, &a, err) < 0)
		return -1;
	if (!a.any)
		return 0;
	if (!a.same) {
		(void)err_set(err, ERR_FORMAT, "%s: its records are another hub's", folder);
		return err_hint(err, "restore into an empty database");
	}
	return take_away(folder, path, err) < 0 ? -1 : 1;
}

/* The folder is whole up to its records: it was put in place so. */
static int ask_records(const char *folder, struct audit *audit, struct err *err)
{
	AUTO_HUB_CONF struct hub_conf conf = {0};
	AUTO_STORE struct store *s = NULL;
	AUTO_FREE char *path = path_join(folder, "hub.conf");
	AUTO_FREE char *keys = path_join(folder, "keys");

	if (hub_conf_read(&conf, path, err) < 0 ||
	    hub_key_read(&audit->key, keys, "audit", err) < 0)
		return -1;
	audit->origin = hub_audit_origin(&conf);
	return store_open(&s, conf.store, 1, err) < 0
	           ? -1
	           : hub_restoring_settle(folder, s, audit, err);
}

int hub_restoring_find(const char *folder, struct err *err)
{
	AUTO_SECRET struct audit *audit = NULL;
	int found;

	if (!hub_is_restoring(folder))
		return 0;
	if (secret_new(&audit, sizeof(*audit), err) < 0)
		return -1;
	found = ask_records(folder, audit, err);
	if (found != 0)
		return found;
	return path_remove(folder, err);
}
