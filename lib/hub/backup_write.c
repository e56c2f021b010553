#include "hub/backup.h"

#include "base/hash.h"
#include "base/version.h"
#include "hub/backup_inside.h"
#include "hub/backup_keys.h"
#include "hub/backup_rows.h"
#include "io/file.h"
#include "io/json.h"
#include "io/tar.h"
#include "store/migrate.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIECE = 1 << 20 };

struct backup {
	const struct hub *hub;
	const char *passphrase;
	int64_t now;
	struct tar_writer *tar;
	struct hash_sha256 *hash;
	struct str sums;
	struct progress *progress;
	struct hub_backup_counts *counts;
};

/* The rows of one table, in files of about a MiB. */
struct table_out {
	struct backup *b;
	const struct store_table *table;
	struct str text;
	int files;
};

static int begin(struct backup *b, const char *name, uint64_t bytes, struct err *err)
{
	return tar_writer_begin(b->tar, name, bytes, err);
}

static int add(struct backup *b, struct view bytes, struct err *err)
{
	hash_sha256_add(b->hash, bytes);
	return tar_writer_add(b->tar, bytes, err);
}

/* Its line of sha256sums; the hexadecimal digest too. */
static void end(struct backup *b, const char *name, char ret_hex[SHA256_HEX_SIZE])
{
	unsigned char digest[SHA256_BYTES];

	hash_sha256_end(b->hash, digest);
	sodium_bin2hex(ret_hex, SHA256_HEX_SIZE, digest, sizeof(digest));
	hub_sums_add(&b->sums, ret_hex, name);
}

static int put(struct backup *b, const char *name, struct view bytes, struct err *err)
{
	char hex[SHA256_HEX_SIZE];

	if (begin(b, name, bytes.len, err) < 0 || add(b, bytes, err) < 0)
		return -1;
	end(b, name, hex);
	return 0;
}

static int copy(struct backup *b, int fd, uint64_t left, const char *path, struct err *err)
{
	AUTO_FREE char *piece = mem_alloc(PIECE);

	while (left > 0) {
		ssize_t n = read(fd, piece, left < PIECE ? (size_t)left : PIECE);

		if (n <= 0)
			return err_set(err, ERR_IO, "%s: cannot be read to its end", path);
		if (add(b, (struct view){piece, (size_t)n}, err) < 0)
			return -1;
		left -= (uint64_t)n;
	}
	return 0;
}

static int put_open_file(struct backup *b, const char *name, const char *path, int fd,
    char ret_hex[SHA256_HEX_SIZE], struct err *err)
{
	struct stat st;

	if (fd < 0 || fstat(fd, &st) < 0 || !S_ISREG(st.st_mode))
		return err_set(err, ERR_IO, "%s: cannot be read", path);
	if (begin(b, name, (uint64_t)st.st_size, err) < 0 ||
	    copy(b, fd, (uint64_t)st.st_size, path, err) < 0)
		return -1;
	end(b, name, ret_hex);
	b->counts->files++;
	b->counts->file_bytes += (uint64_t)st.st_size;
	return 0;
}

static int put_file(struct backup *b, const char *name, const char *path,
    char ret_hex[SHA256_HEX_SIZE], struct err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	int status = put_open_file(b, name, path, fd, ret_hex, err);

	if (fd >= 0)
		close(fd);
	return status;
}

/* Migrations and the head belong to the same snapshot as the rows. */
static int write_about(struct backup *b, struct store_tx *tx, const struct checkpoint *head,
    struct err *err)
{
	AUTO_STORE_MIGRATIONS struct store_migrations m = {0};
	AUTO_STR struct str text = {0};
	struct json_writer w = {.out = &text, .indent = 2};
	char root[SHA256_HEX_SIZE];

	if (store_migrations_read(&m, tx, err) < 0)
		return -1;
	sodium_bin2hex(root, sizeof(root), head->root.bytes, SHA256_BYTES);
	json_begin_object(&w);
	json_set_text(&w, "format", HUB_BACKUP_FORMAT);
	json_set_text(&w, "hygie", hygie_version());
	json_set_int(&w, "at", b->now);
	json_set_text(&w, "origin", b->hub->conf.origin);
	json_set_int(&w, "audit_records", (int64_t)head->size);
	json_set_text(&w, "audit_root", root);
	json_key(&w, "keys");
	json_add_bool(&w, b->passphrase != NULL);
	json_key(&w, "migrations");
	json_begin_array(&w);
	for (size_t i = 0; i < m.all.len; i++) {
		json_begin_object(&w);
		json_set_text(&w, "name", m.all.ptr[i].name);
		json_set_text(&w, "sha256", m.all.ptr[i].sha256);
		json_end_object(&w);
	}
	json_end_array(&w);
	json_end_object(&w);
	str_addc(&text, '\n');
	b->counts->audit_records = head->size;
	return put(b, "backup.json", str_view(&text), err);
}

static int write_conf(struct backup *b, struct err *err)
{
	AUTO_FREE char *path = hub_path(b->hub, "hub.conf");
	AUTO_STR struct str text = {0}, clean = {0};

	if (file_read(path, HUB_CONF_MAX, &text, err) < 0)
		return -1;
	hub_conf_with_store(&clean, str_view(&text), "hub.db");
	return put(b, "hub.conf", str_view(&clean), err);
}

static int write_logo(struct backup *b, struct err *err)
{
	const char *logo = b->hub->conf.logo;
	AUTO_FREE char *path = hub_path(b->hub, logo);
	char hex[SHA256_HEX_SIZE];

	return *logo && path_exists(path) ? put_file(b, "logo", path, hex, err) : 0;
}

static int write_keys(struct backup *b, struct err *err)
{
	static const char *const names[] = {"keys/audit.pub", "keys/permit.pub"};
	AUTO_FREE char *folder = hub_path(b->hub, "keys");
	AUTO_STR struct str sealed = {0};
	char hex[SHA256_HEX_SIZE];

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		AUTO_FREE char *path = hub_path(b->hub, names[i]);

		if (path_exists(path) && put_file(b, names[i], path, hex, err) < 0)
			return -1;
	}
	if (!b->passphrase)
		return 0;
	return hub_keys_seal(&sealed, folder, b->passphrase, err) < 0
	           ? -1
	           : put(b, "keys.sealed", str_view(&sealed), err);
}

static int flush(struct table_out *t, struct err *err)
{
	AUTO_FREE char *name = str_format("records/%s/%06d.jsonl", t->table->name, ++t->files);

	if (!tar_name_is_plain(VIEW(name)))
		return err_set(err, ERR_FORMAT, "%s: not a table of a hub", t->table->name);
	if (put(t->b, name, str_view(&t->text), err) < 0)
		return -1;
	str_reset(&t->text);
	return 0;
}

static int write_row(const struct store_rows *row, void *arg, struct err *err)
{
	struct table_out *t = arg;

	if (t->text.len >= PIECE && flush(t, err) < 0)
		return -1;
	if (t->text.len == 0)
		hub_rows_head(t->table, &t->text);
	t->b->counts->rows++;
	progress_add(t->b->progress, 1);
	return hub_rows_add(t->table, row, &t->text, err);
}

static int write_table(struct backup *b, struct store_tx *tx, const struct store_table *table,
    struct err *err)
{
	struct table_out t = {.b = b, .table = table};
	int status;

	hub_rows_head(table, &t.text);
	status = store_table_each(tx, table, write_row, &t, err) < 0 ? -1 : flush(&t, err);
	str_clear(&t.text);
	b->counts->tables++;
	return status;
}

static int write_records(struct backup *b, struct store_tx *tx, struct err *err)
{
	AUTO_STORE_TABLES struct store_tables tables = {0};

	if (store_tables_read(&tables, tx, err) < 0)
		return -1;
	for (size_t i = 0; i < tables.all.len; i++)
		if (write_table(b, tx, &tables.all.ptr[i], err) < 0)
			return -1;
	return 0;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

struct entries {
	VEC(char *) names;
};

static void entries_clear(struct entries *e)
{
	for (size_t i = 0; i < e->names.len; i++)
		free(e->names.ptr[i]);
	vec_clear(&e->names);
}

/* In order; a folder that is missing is empty. */
static int list(struct entries *ret, const char *path, struct err *err)
{
	DIR *dir = opendir(path);
	struct dirent *entry;

	if (!dir)
		return path_exists(path) ? err_set(err, ERR_IO, "%s: cannot be read", path) : 0;
	while ((entry = readdir(dir)))
		*vec_push(&ret->names) = mem_strdup(entry->d_name);
	closedir(dir);
	if (ret->names.len > 0)
		qsort(ret->names.ptr, ret->names.len, sizeof(char *), by_name);
	return 0;
}

/* What was published while this backup ran is of records that it does not have. */
static int write_checkpoints(struct backup *b, uint64_t size, struct err *err)
{
	AUTO(entries_clear)
	struct entries all = {0};
	AUTO_FREE char *folder = hub_path(b->hub, "audit");
	char hex[SHA256_HEX_SIZE];

	if (list(&all, folder, err) < 0)
		return -1;
	for (size_t i = 0; i < all.names.len; i++) {
		AUTO_FREE char *name = str_format("audit/%s", all.names.ptr[i]);
		AUTO_FREE char *path = hub_path(b->hub, name);
		uint64_t of;

		if (hub_is_checkpoint(VIEW(name), &of) && of <= size &&
		    put_file(b, name, path, hex, err) < 0)
			return -1;
	}
	return 0;
}

static int write_attachments_of(struct backup *b, const char *part, struct err *err)
{
	AUTO(entries_clear)
	struct entries all = {0};
	AUTO_FREE char *name = str_format("attachments/%s", part);
	AUTO_FREE char *folder = hub_path(b->hub, name);
	char hex[SHA256_HEX_SIZE];

	if (list(&all, folder, err) < 0)
		return -1;
	for (size_t i = 0; i < all.names.len; i++) {
		AUTO_FREE char *one = str_format("%s/%s", name, all.names.ptr[i]);
		AUTO_FREE char *path = hub_path(b->hub, one);

		if (!hub_is_attachment(VIEW(one)))
			continue;
		if (put_file(b, one, path, hex, err) < 0)
			return -1;
		b->counts->damaged += strcmp(hex, all.names.ptr[i]) != 0;
	}
	return 0;
}

static int write_attachments(struct backup *b, struct err *err)
{
	AUTO(entries_clear)
	struct entries all = {0};
	AUTO_FREE char *folder = hub_path(b->hub, "attachments");

	if (list(&all, folder, err) < 0)
		return -1;
	for (size_t i = 0; i < all.names.len; i++)
		if (strlen(all.names.ptr[i]) == 2 && all.names.ptr[i][0] != '.' &&
		    write_attachments_of(b, all.names.ptr[i], err) < 0)
			return -1;
	return 0;
}

static int write_sums(struct backup *b, struct err *err)
{
	AUTO_STR struct str note = {0};
	struct view sums = str_view(&b->sums);

	hub_sums_sign(&note, sums, b->hub->audit);
	return begin(b, HUB_SUMS, sums.len, err) < 0 || tar_writer_add(b->tar, sums, err) < 0 ||
	               begin(b, HUB_SUMS_SIGNED, note.len, err) < 0 ||
	               tar_writer_add(b->tar, str_view(&note), err) < 0
	           ? -1
	           : 0;
}

static int write_all(struct store_tx *tx, void *arg, struct err *err)
{
	struct backup *b = arg;
	struct checkpoint head;

	if (hub_audit_head(&head, tx, b->hub->audit, err) < 0 ||
	    write_about(b, tx, &head, err) < 0 || write_conf(b, err) < 0 ||
	    write_logo(b, err) < 0 || write_keys(b, err) < 0 ||
	    write_records(b, tx, err) < 0 || write_checkpoints(b, head.size, err) < 0)
		return -1;
	return write_attachments(b, err) < 0 ? -1 : write_sums(b, err);
}

int hub_backup(const struct hub *h, const char *path, const char *passphrase, int64_t now,
    struct progress *progress, struct hub_backup_counts *ret, struct err *err)
{
	AUTO_TAR_WRITER struct tar_writer *tar = NULL;
	AUTO_SHA256 struct hash_sha256 *hash = hash_sha256_new();
	struct backup b = {
	    .hub = h,
	    .passphrase = passphrase,
	    .now = now,
	    .hash = hash,
	    .progress = progress,
	    .counts = ret,
	};
	int status;

	*ret = (struct hub_backup_counts){0};
	if (tar_writer_open(&tar, path, err) < 0)
		return -1;
	b.tar = tar;
	progress_start(progress, "writing the records", "rows", 0);
	status = store_read(h->store, write_all, &b, err);
	progress_end(progress);
	str_clear(&b.sums);
	return status < 0 ? -1 : tar_writer_commit(tar, err);
}
