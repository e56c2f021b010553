/*
 * One pass from front to end: rows go into one transaction, files into a
 * folder in the making. Nothing is kept before the sums, the signature and
 * the audit log were found right.
 */
#include "hub/backup.h"

#include "base/hash.h"
#include "base/secret.h"
#include "hub/backup_inside.h"
#include "hub/backup_keys.h"
#include "hub/backup_rows.h"
#include "hub/keys.h"
#include "io/file.h"
#include "io/json.h"
#include "io/out_file.h"
#include "io/tar.h"
#include "store/audit_verify.h"
#include "store/driver.h"
#include "store/migrate.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

enum { PIECE = 1 << 17,
	SMALL_MAX = 1 << 20 };

struct restore {
	const struct hub_restore_options *o;
	const char *folder; /* in the making */
	struct tar_reader *tar;
	struct tar_file file;
	struct hash_sha256 *hash, *sums; /* of the file; of the list of files */
	struct audit *audit;
	struct hub_conf conf;
	struct store_migrations migrations;
	int64_t audit_records;
	char audit_root[SHA256_HEX_SIZE];
	struct store_tables tables;
	struct progress *progress;
	struct hub_backup_counts *counts;
};

static int not_expected(const struct restore *r, struct err *err)
{
	return err_set(err, ERR_FORMAT, "%s: %s does not belong there", r->o->archive,
	    r->file.name);
}

/* A part of the file, hashed. */
static int read_piece(struct restore *r, char *piece, size_t *ret_len, struct err *err)
{
	if (tar_reader_read(r->tar, piece, PIECE, ret_len, err) < 0)
		return -1;
	hash_sha256_add(r->hash, (struct view){piece, *ret_len});
	return 0;
}

static void end_file(struct restore *r, char ret_hex[SHA256_HEX_SIZE])
{
	unsigned char digest[SHA256_BYTES];
	AUTO_STR struct str line = {0};

	hash_sha256_end(r->hash, digest);
	sodium_bin2hex(ret_hex, SHA256_HEX_SIZE, digest, sizeof(digest));
	hub_sums_add(&line, ret_hex, r->file.name);
	hash_sha256_add(r->sums, str_view(&line));
}

static int read_whole(struct restore *r, uint64_t max, struct str *ret, struct err *err)
{
	AUTO_FREE char *piece = mem_alloc(PIECE);
	char hex[SHA256_HEX_SIZE];
	size_t len;

	if (r->file.bytes > max)
		return err_set(err, ERR_LIMIT, "%s: %s is too big", r->o->archive, r->file.name);
	do {
		if (read_piece(r, piece, &len, err) < 0)
			return -1;
		str_add(ret, (struct view){piece, len});
	} while (len > 0);
	end_file(r, hex);
	return 0;
}

/* The next file is this one. */
static int expect(struct restore *r, const char *name, struct str *ret, struct err *err)
{
	int more = tar_reader_next(r->tar, &r->file, err);

	if (more < 0)
		return -1;
	if (more == 0 || strcmp(r->file.name, name) != 0) {
		(void)err_set(err, ERR_FORMAT, "%s: not a backup of a hub", r->o->archive);
		return err_hint(err, "hygie hub backup makes one");
	}
	return read_whole(r, SMALL_MAX, ret, err);
}

static int read_migrations(struct restore *r, const json_t *list, struct err *err)
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

static int read_about(struct restore *r, struct err *err)
{
	AUTO_STR struct str text = {0};
	AUTO_JSON json_t *j = NULL;
	const char *format, *root;

	if (expect(r, "backup.json", &text, err) < 0 ||
	    json_parse(&j, "backup.json", str_view(&text), err) < 0)
		return -1;
	format = json_string_value(json_object_get(j, "format"));
	root = json_string_value(json_object_get(j, "audit_root"));
	if (!format || strcmp(format, HUB_BACKUP_FORMAT) != 0 || !root ||
	    strlen(root) != SHA256_HEX_SIZE - 1 ||
	    !json_is_integer(json_object_get(j, "audit_records")))
		return err_set(err, ERR_FORMAT, "%s: a backup of another format", r->o->archive);
	memcpy(r->audit_root, root, SHA256_HEX_SIZE);
	r->audit_records = json_integer_value(json_object_get(j, "audit_records"));
	return read_migrations(r, json_object_get(j, "migrations"), err);
}

static int read_conf(struct restore *r, struct err *err)
{
	AUTO_FREE char *path = path_join(r->folder, "hub.conf");
	AUTO_STR struct str text = {0}, conf = {0};

	if (expect(r, "hub.conf", &text, err) < 0)
		return -1;
	hub_conf_with_store(&conf, str_view(&text), r->o->store);
	return hub_conf_parse(&r->conf, "hub.conf", str_view(&conf), err) < 0
	           ? -1
	           : file_write_private(path, str_view(&conf), err);
}

static int make_folders(const struct restore *r, struct err *err)
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

/* The file goes to FOLDER/name as it comes. */
static int keep_file(struct restore *r, const char *name, struct err *err)
{
	AUTO_OUT_FILE struct out_file out = {0};
	AUTO_FREE char *path = path_join(r->folder, name);
	AUTO_FREE char *piece = mem_alloc(PIECE);
	char hex[SHA256_HEX_SIZE];
	size_t len;

	if (path_exists(path))
		return not_expected(r, err);
	if (out_file_open(&out, path, err) < 0)
		return -1;
	if (fchmod(fileno(out.file), 0600) < 0)
		return file_write_error(path, errno, err);
	do {
		if (read_piece(r, piece, &len, err) < 0 ||
		    out_file_add(&out, (struct view){piece, len}, err) < 0)
			return -1;
	} while (len > 0);
	end_file(r, hex);
	r->counts->files++;
	r->counts->file_bytes += r->file.bytes;
	r->counts->damaged +=
	    hub_is_attachment(VIEW(name)) && strcmp(hex, path_base(r->file.name)) != 0;
	return out_file_commit(&out, err);
}

static int keep_attachment(struct restore *r, struct err *err)
{
	AUTO_FREE char *folder =
	    str_format("%s/%.*s", r->folder, (int)strlen("attachments/ab"), r->file.name);

	return path_make_folder(folder, err) < 0 ? -1 : keep_file(r, r->file.name, err);
}

static int keep_logo(struct restore *r, struct err *err)
{
	const char *logo = r->conf.logo;

	if (!*logo || *logo == '.' || strchr(logo, '/'))
		return not_expected(r, err);
	return keep_file(r, logo, err);
}

static int keep_keys(struct restore *r, struct err *err)
{
	AUTO_FREE char *folder = path_join(r->folder, "keys");
	AUTO_STR struct str sealed = {0};

	if (read_whole(r, SMALL_MAX, &sealed, err) < 0)
		return -1;
	return r->o->passphrase && !r->o->keys
	           ? hub_keys_unseal(str_view(&sealed), folder, r->o->passphrase, err)
	           : 0;
}

/* 1: the records begin; nothing but what is small stands before them. */
static int read_front(struct restore *r, struct err *err)
{
	int more;

	while ((more = tar_reader_next(r->tar, &r->file, err)) > 0) {
		const char *name = r->file.name;
		bool public = strcmp(name, "keys/audit.pub") == 0 ||
		              strcmp(name, "keys/permit.pub") == 0;
		int status;

		if (view_starts(VIEW(name), VIEW_LIT("records/")))
			return 1;
		status = public                             ? keep_file(r, name, err)
		         : strcmp(name, "keys.sealed") == 0 ? keep_keys(r, err)
		         : strcmp(name, "logo") == 0        ? keep_logo(r, err)
		                                            : not_expected(r, err);
		if (status < 0)
			return -1;
	}
	return more < 0 ? -1 : err_set(err, ERR_FORMAT, "%s: it ends too early", r->o->archive);
}

static int open_keys(struct restore *r, struct err *err)
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
	r->audit->origin =
	    arena_format(&r->conf.memory, "%s/audit", strstr(r->conf.origin, "://") + 3);
	return hub_key_read(&r->audit->key, keys, "audit", err);
}

/* A table that this transaction has, with these columns in this order. */
static const struct store_table *find_table(const struct restore *r,
    const struct hub_rows_shape *shape)
{
	const struct store_table *t = store_tables_find(&r->tables, VIEW(shape->table));

	if (!t || t->columns.len != shape->count)
		return NULL;
	for (size_t i = 0; i < shape->count; i++)
		if (strcmp(t->columns.ptr[i].name, shape->columns[i].name) != 0 ||
		    t->columns.ptr[i].type != shape->columns[i].type)
			return NULL;
	return t;
}

struct loading {
	struct restore *r;
	struct store_tx *tx;
	struct hub_rows_shape shape;
	const struct store_table *table;
	struct arena arena;
	struct str line; /* what has come of it */
	uint64_t number;
};

static int load_line(struct loading *l, struct view line, struct err *err)
{
	struct store_value values[HUB_COLUMNS_MAX];

	if (l->number++ == 0) {
		if (hub_rows_read_head(&l->shape, line, err) < 0)
			return -1;
		l->table = find_table(l->r, &l->shape);
		return l->table ? 0 : err_set(err, ERR_FORMAT, "not a table of a hub");
	}
	arena_reset(&l->arena);
	if (hub_rows_read(&l->shape, line, &l->arena, values, err) < 0)
		return -1;
	l->r->counts->rows++;
	progress_add(l->r->progress, 1);
	return store_table_add(l->tx, l->table,
	    (struct store_args){values, (int)l->shape.count}, err);
}

/* A record that breaks a rule of its table is the file's fault, not ours. */
static int blame(const struct loading *l, struct err *err)
{
	if (err->code == ERR_INTERNAL)
		err->code = ERR_FORMAT;
	return err_wrap(err, "%s: %s: line %llu", l->r->o->archive, l->r->file.name,
	    (unsigned long long)l->number);
}

static int load_piece(struct loading *l, struct view piece, struct err *err)
{
	while (piece.len > 0) {
		const char *stop = memchr(piece.ptr, '\n', piece.len);
		size_t n = stop ? (size_t)(stop - piece.ptr) : piece.len;

		if (l->line.len + n > HUB_ROW_MAX) {
			(void)err_set(err, ERR_LIMIT, "a row that is too long");
			return blame(l, err);
		}
		str_add(&l->line, (struct view){piece.ptr, n});
		if (!stop)
			return 0;
		if (load_line(l, str_view(&l->line), err) < 0)
			return blame(l, err);
		str_reset(&l->line);
		piece = (struct view){stop + 1, piece.len - n - 1};
	}
	return 0;
}

static int load_pieces(struct loading *l, struct err *err)
{
	AUTO_FREE char *piece = mem_alloc(PIECE);
	size_t len;

	do {
		if (read_piece(l->r, piece, &len, err) < 0 ||
		    load_piece(l, (struct view){piece, len}, err) < 0)
			return -1;
	} while (len > 0);
	if (l->line.len == 0)
		return 0;
	(void)err_set(err, ERR_FORMAT, "a line without an end");
	return blame(l, err);
}

static int load_file(struct restore *r, struct store_tx *tx, struct err *err)
{
	struct loading l = {.r = r, .tx = tx};
	char hex[SHA256_HEX_SIZE];
	int status = load_pieces(&l, err);

	hub_rows_shape_clear(&l.shape);
	arena_clear(&l.arena);
	str_clear(&l.line);
	end_file(r, hex);
	return status;
}

static int check_sums(struct restore *r, struct err *err)
{
	unsigned char digest[SHA256_BYTES];
	char hex[SHA256_HEX_SIZE], found[SHA256_HEX_SIZE];
	AUTO_STR struct str note = {0};
	unsigned char own[SHA256_BYTES];
	AUTO_FREE char *piece = mem_alloc(PIECE);
	size_t len;

	hash_sha256_end(r->sums, digest);
	do {
		if (read_piece(r, piece, &len, err) < 0)
			return -1;
	} while (len > 0);
	hash_sha256_end(r->hash, own);
	sodium_bin2hex(hex, sizeof(hex), digest, sizeof(digest));
	sodium_bin2hex(found, sizeof(found), own, sizeof(own));
	if (strcmp(hex, found) != 0)
		return err_set(err, ERR_FORMAT, "%s: its files are not what %s says",
		    r->o->archive, HUB_SUMS);
	if (expect(r, HUB_SUMS_SIGNED, &note, err) < 0)
		return -1;
	if (hub_sums_check(str_view(&note), hex, r->audit, err) < 0) {
		(void)err_wrap(err, "%s", r->o->archive);
		return err_hint(err, "it was changed, or these keys are of another hub");
	}
	return 0;
}

static int read_rest(struct restore *r, struct store_tx *tx, struct err *err)
{
	int more = 1;

	while (more > 0) {
		const char *name = r->file.name;
		uint64_t of;
		int status;

		if (strcmp(name, HUB_SUMS) == 0)
			return check_sums(r, err);
		status = view_starts(VIEW(name), VIEW_LIT("records/")) ? load_file(r, tx, err)
		         : hub_is_checkpoint(VIEW(name), &of)          ? keep_file(r, name, err)
		         : hub_is_attachment(VIEW(name))               ? keep_attachment(r, err)
		                                                       : not_expected(r, err);
		if (status < 0)
			return -1;
		more = tar_reader_next(r->tar, &r->file, err);
	}
	return more < 0 ? -1 : err_set(err, ERR_FORMAT, "%s: it ends too early", r->o->archive);
}

static int check_empty(struct restore *r, struct store_tx *tx, struct err *err)
{
	if (store_tables_read(&r->tables, tx, err) < 0)
		return -1;
	if (r->tables.all.len == 0)
		return 0;
	(void)err_set(err, ERR_USAGE, "the store holds tables already");
	return err_hint(err, "restore into an empty database");
}

/* What the migrations put in stands in the backup too. */
static int empty_tables(struct restore *r, struct store_tx *tx, struct err *err)
{
	if (store_tables_read(&r->tables, tx, err) < 0)
		return -1;
	r->counts->tables = r->tables.all.len;
	for (size_t i = r->tables.all.len; i-- > 0;)
		if (store_table_empty(tx, &r->tables.all.ptr[i], err) < 0)
			return -1;
	return 0;
}

static int check_audit(struct restore *r, struct store_tx *tx, struct err *err)
{
	AUTO_AUDIT_VERDICT struct audit_verdict v = {0};
	AUTO_FREE char *folder = path_join(r->folder, "audit");
	const char *const folders[] = {folder, NULL};
	struct checkpoint head;
	char root[SHA256_HEX_SIZE];

	if (audit_verify_in(&v, tx, r->audit, folders, err) < 0 ||
	    hub_audit_head(&head, tx, r->audit, err) < 0)
		return -1;
	sodium_bin2hex(root, sizeof(root), head.root.bytes, SHA256_BYTES);
	if (v.faults.len > 0)
		return err_set(err, ERR_FORMAT, "%s: its audit log has %zu faults (%s)",
		    r->o->archive, v.faults.len, audit_fault_name(v.faults.ptr[0].kind));
	if ((int64_t)head.size != r->audit_records || strcmp(root, r->audit_root) != 0)
		return err_set(err, ERR_FORMAT, "%s: its audit log is not the one it names",
		    r->o->archive);
	r->counts->audit_records = head.size;
	return 0;
}

static int load_all(struct store_tx *tx, void *arg, struct err *err)
{
	struct restore *r = arg;

	if (check_empty(r, tx, err) < 0 ||
	    store_migrate_in(tx, r->o->modules, &r->migrations, err) < 0 ||
	    empty_tables(r, tx, err) < 0 || read_rest(r, tx, err) < 0 ||
	    check_audit(r, tx, err) < 0)
		return -1;
	return store_migrate_in(tx, r->o->modules, NULL, err);
}

static int load(struct restore *r, struct err *err)
{
	AUTO_STORE struct store *s = NULL;
	AUTO_FREE char *place = strstr(r->o->store, "://") ? mem_strdup(r->o->store)
	                                                   : path_join(r->folder, r->o->store);

	if (store_open(&s, place, 1, err) < 0)
		return -1;
	progress_start(r->progress, "reading the records", "rows", 0);
	if (store_write(s, load_all, r, err) < 0) {
		progress_end(r->progress);
		return -1;
	}
	progress_end(r->progress);
	return 0;
}

static int restore_into(struct restore *r, struct err *err)
{
	return make_folders(r, err) < 0 || read_about(r, err) < 0 || read_conf(r, err) < 0 ||
	               read_front(r, err) < 0 || open_keys(r, err) < 0 || load(r, err) < 0
	           ? -1
	           : 0;
}

static void restore_clear(struct restore *r)
{
	tar_reader_close(&r->tar);
	hash_sha256_free(&r->hash);
	hash_sha256_free(&r->sums);
	secret_free(&r->audit);
	hub_conf_clear(&r->conf);
	store_migrations_clear(&r->migrations);
	store_tables_clear(&r->tables);
}

int hub_restore(const struct hub_restore_options *o, struct progress *progress,
    struct hub_backup_counts *ret, struct err *err)
{
	AUTO_OUT_FOLDER struct out_folder out = {0};
	AUTO(restore_clear)
	struct restore r = {.o = o, .progress = progress, .counts = ret};

	*ret = (struct hub_backup_counts){0};
	r.hash = hash_sha256_new();
	r.sums = hash_sha256_new();
	if (secret_new(&r.audit, sizeof(*r.audit), err) < 0 ||
	    tar_reader_open(&r.tar, o->archive, err) < 0)
		return -1;
	if (out_folder_open(&out, o->folder, false, err) < 0)
		return err_hint(err, "a hub is restored into a folder that is missing or empty");
	r.folder = out.path;
	return restore_into(&r, err) < 0 ? -1 : out_folder_commit(&out, err);
}
