/*
 * Two readings from front to end. The first keeps nothing and judges the list of
 * files and its signature (backup_judge.c); the second puts rows into one
 * transaction and files into a folder in the making, and ends with the same list. What
 * becomes of it when it is killed: restoring.h.
 */
#include "base/secret.h"
#include "hub/backup_inside.h"
#include "hub/backup_restore.h"
#include "hub/restoring.h"
#include "io/file.h"
#include "io/out_file.h"
#include "store/audit_verify.h"

#include <errno.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

static int make_folders(const struct hub_restore *r, struct err *err)
{
	static const char *const names[] = {"keys", "audit", "data", "spaces", "outbox",
	    "attachments"};

	if (chmod(r->folder, 0700) < 0)
		return err_set(err, ERR_OUTPUT, "%s: cannot be made private", r->o->folder);
	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		AUTO_FREE char *path = path_join(r->folder, names[i]);

		if (mkdir(path, 0700) < 0)
			return err_set(err, ERR_OUTPUT, "%s: cannot be made", path);
	}
	return 0;
}

/* Rows take about as much in SQLite as in the backup. */
static int need_space(const struct hub_restore *r, struct err *err)
{
	struct statvfs disk;
	uint64_t there;

	if (statvfs(r->folder, &disk) < 0)
		return file_write_error(r->o->folder, errno, err);
	there = (uint64_t)disk.f_bavail * disk.f_frsize;
	if (there >= r->bytes)
		return 0;
	(void)err_set(err, ERR_OUTPUT, "%s: the hub needs %llu MiB, %llu MiB are free",
	    r->o->folder, (unsigned long long)(r->bytes >> 20),
	    (unsigned long long)(there >> 20));
	return err_hint(err, "make room, or restore to another disk");
}

static int copy_pieces(struct hub_archive *a, struct out_file *out, struct err *err)
{
	AUTO_FREE char *piece = mem_alloc(HUB_PIECE);
	size_t len;

	do {
		if (hub_archive_piece(a, piece, &len, err) < 0 ||
		    out_file_add(out, (struct view){piece, len}, err) < 0)
			return -1;
	} while (len > 0);
	return 0;
}

/* The file goes to FOLDER/name as it comes. */
static int keep_file(struct hub_restore *r, const char *name, struct err *err)
{
	struct hub_archive *a = &r->archive;
	AUTO_OUT_FILE struct out_file out = {0};
	AUTO_FREE char *path = path_join(r->folder, name);
	char hex[SHA256_HEX_SIZE];

	if (path_exists(path))
		return hub_archive_misplaced(a, err);
	if (out_file_open_private(&out, path, err) < 0)
		return -1;
	if (copy_pieces(a, &out, err) < 0)
		return -1;
	hub_archive_end(a, hex);
	r->counts->files++;
	r->counts->file_bytes += a->file.bytes;
	r->counts->damaged +=
	    hub_is_attachment(VIEW(name)) && strcmp(hex, path_base(a->file.name)) != 0;
	return out_file_commit(&out, err);
}

static int keep_attachment(struct hub_restore *r, struct err *err)
{
	AUTO_FREE char *folder = str_format("%s/%.*s", r->folder, (int)strlen("attachments/ab"),
	    r->archive.file.name);

	return path_make_folder(folder, err) < 0 ? -1 : keep_file(r, r->archive.file.name, err);
}

static int keep_logo(struct hub_restore *r, struct err *err)
{
	const char *logo = r->conf.logo;

	if (!*logo)
		return hub_archive_misplaced(&r->archive, err);
	return keep_file(r, logo, err);
}

static int check_same(struct hub_restore *r, struct err *err)
{
	char sums[SHA256_HEX_SIZE];

	if (hub_archive_sums(&r->archive, sums, err) < 0)
		return -1;
	return strcmp(sums, r->sums) == 0
	           ? 0
	           : err_set(err, ERR_FORMAT, "%s: it changed while it was read", r->o->archive);
}

static int keep_part(struct hub_restore *r, struct store_tx *tx, struct err *err)
{
	switch (r->archive.part) {
	case HUB_LOGO: return keep_logo(r, err);
	case HUB_PUBLIC_KEY:
	case HUB_CHECKPOINT: return keep_file(r, r->archive.file.name, err);
	case HUB_RECORDS: return hub_restore_rows(r, tx, err);
	case HUB_ATTACHMENT: return keep_attachment(r, err);
	case HUB_SUMS_LIST: return check_same(r, err);
	case HUB_ABOUT:
	case HUB_CONF:
	case HUB_SEALED_KEYS:
	case HUB_SIGNATURE: break; /* of the first reading */
	}
	return hub_archive_over(&r->archive, err);
}

static int keep_all(struct hub_restore *r, struct store_tx *tx, struct err *err)
{
	if (hub_archive_open(&r->archive, r->o->archive, err) < 0)
		return -1;
	do {
		if (hub_archive_next(&r->archive, err) < 0 || keep_part(r, tx, err) < 0)
			return -1;
	} while (r->archive.part != HUB_SUMS_LIST);
	return 0;
}

static int check_empty(struct hub_restore *r, struct store_tx *tx, struct err *err)
{
	if (store_tables_read(&r->tables, tx, err) < 0)
		return -1;
	if (r->tables.all.len == 0)
		return 0;
	(void)err_set(err, ERR_USAGE, "the store holds tables already");
	return err_hint(err, "restore into an empty database");
}

/* What the migrations put in stands in the backup too. */
static int empty_tables(struct hub_restore *r, struct store_tx *tx, struct err *err)
{
	if (store_tables_read(&r->tables, tx, err) < 0)
		return -1;
	r->counts->tables = r->tables.all.len;
	for (size_t i = r->tables.all.len; i-- > 0;)
		if (store_table_empty(tx, &r->tables.all.ptr[i], err) < 0)
			return -1;
	return 0;
}

static int check_audit(struct hub_restore *r, struct store_tx *tx, struct checkpoint *ret_head,
    struct err *err)
{
	AUTO_AUDIT_VERDICT struct audit_verdict v = {0};
	AUTO_FREE char *folder = path_join(r->folder, "audit");
	const char *const folders[] = {folder, NULL};
	char root[SHA256_HEX_SIZE];

	if (audit_verify_in(&v, tx, r->audit, folders, err) < 0 ||
	    hub_audit_head(ret_head, tx, r->audit, err) < 0)
		return -1;
	sodium_bin2hex(root, sizeof(root), ret_head->root.bytes, SHA256_BYTES);
	if (v.faults.len > 0)
		return err_set(err, ERR_FORMAT, "%s: its audit log has %zu faults (%s)",
		    r->o->archive, v.faults.len, audit_fault_name(v.faults.ptr[0].kind));
	if ((int64_t)ret_head->size != r->audit_records || strcmp(root, r->audit_root) != 0)
		return err_set(err, ERR_FORMAT, "%s: its audit log is not the one it names",
		    r->o->archive);
	r->counts->audit_records = ret_head->size;
	return 0;
}

static bool is_remote(const struct hub_restore *r)
{
	return strstr(r->o->store, "://");
}

/* The last that can fail: what follows is the commit. */
static int place_first(struct hub_restore *r, const struct checkpoint *head, struct err *err)
{
	if (hub_restoring_write(r->folder, head, err) < 0 || out_folder_commit(r->out, err) < 0)
		return -1;
	r->placed = true;
	return 0;
}

static int load_all(struct store_tx *tx, void *arg, struct err *err)
{
	struct hub_restore *r = arg;
	struct checkpoint head;

	if (check_empty(r, tx, err) < 0 ||
	    store_migrate_in(tx, r->o->modules, &r->migrations, err) < 0 ||
	    empty_tables(r, tx, err) < 0 || keep_all(r, tx, err) < 0 ||
	    check_audit(r, tx, &head, err) < 0 ||
	    store_migrate_in(tx, r->o->modules, NULL, err) < 0)
		return -1;
	return is_remote(r) ? place_first(r, &head, err) : 0;
}

/* The answer to the commit may be lost; the folder knows how to ask. */
static int commit(struct hub_restore *r, struct store *s, struct err *err)
{
	if (store_write(s, load_all, r, err) == 0)
		return 0;
	return r->placed ? err_hint(err, "run it again: it goes on where it ended") : -1;
}

static int load(struct hub_restore *r, struct err *err)
{
	AUTO_STORE struct store *s = NULL;
	AUTO_FREE char *place =
	    is_remote(r) ? mem_strdup(r->o->store) : path_join(r->folder, r->o->store);
	int status;

	if (store_open(&s, place, 1, err) < 0)
		return -1;
	progress_start(r->progress, "reading the records", "rows", 0);
	status = commit(r, s, err);
	progress_end(r->progress);
	if (status < 0 || !r->placed)
		return status;
	return hub_restoring_settle(r->o->folder, s, r->audit, err) < 0 ? -1 : 0;
}

static int judge(struct hub_restore *r, struct err *err)
{
	int status;

	progress_start(r->progress, "checking the backup", "bytes", 0);
	status = hub_restore_judge(r, err);
	progress_end(r->progress);
	return status;
}

static void restore_clear(struct hub_restore *r)
{
	hub_archive_clear(&r->archive);
	secret_free(&r->audit);
	hub_conf_clear(&r->conf);
	store_migrations_clear(&r->migrations);
	store_tables_clear(&r->tables);
}

static int restore_anew(const struct hub_restore_options *o, struct progress *progress,
    struct hub_backup_counts *ret, struct err *err)
{
	AUTO_OUT_FOLDER struct out_folder out = {0};
	AUTO(restore_clear)
	struct hub_restore r = {.o = o, .progress = progress, .counts = ret, .out = &out};

	if (secret_new(&r.audit, sizeof(*r.audit), err) < 0)
		return -1;
	if (out_folder_open(&out, o->folder, false, err) < 0)
		return err_hint(err, "a hub is restored into a folder that is missing or empty");
	r.folder = out.path;
	if (make_folders(&r, err) < 0 || judge(&r, err) < 0 || need_space(&r, err) < 0 ||
	    load(&r, err) < 0)
		return -1;
	return r.placed ? 0 : out_folder_commit(&out, err);
}

int hub_restore(const struct hub_restore_options *o, struct progress *progress,
    struct hub_backup_counts *ret, struct err *err)
{
	int settled;

	*ret = (struct hub_backup_counts){0};
	settled = hub_restoring_find(o->folder, err);
	if (settled < 0)
		return -1;
	ret->went_on = settled > 0;
	return settled > 0 ? 0 : restore_anew(o, progress, ret, err);
}
