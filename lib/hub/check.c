#include "hub/check.h"

#include "base/map.h"
#include "hub/backup_inside.h"
#include "hub/publish.h"
#include "io/file.h"
#include "io/json.h"
#include "store/audit_verify.h"
#include "store/table.h"

#include <dirent.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/stat.h>

struct check {
	const struct hub *hub;
	struct hub_check *ret;
	const char *checkpoints;
	struct progress *progress;
	struct map wanted; /* SHA-256 of what records name; 1: it is there */
	const struct store_table *table;
};

void hub_check_clear(struct hub_check *c)
{
	vec_clear(&c->findings);
	arena_clear(&c->memory);
}

void hub_check_add(struct hub_check *c, enum hub_weight weight, const char *part, const char *what,
    const char *where_fmt, ...)
{
	char where[512];
	va_list args;

	*(weight == HUB_FAULT ? &c->faults : &c->notes) += 1;
	if (c->findings.len == HUB_FINDINGS_MAX)
		return;
	va_start(args, where_fmt);
	vsnprintf(where, sizeof(where), where_fmt, args);
	va_end(args);
	*vec_push(&c->findings) = (struct hub_finding){weight, part,
	    arena_strdup(&c->memory, VIEW(what)), arena_strdup(&c->memory, VIEW(where))};
}

/* Objects that name a file are {"sha256", "name", "bytes", "type"}, wherever they stand. */
static void find_wanted(struct check *c, const json_t *j)
{
	const char *sha256 = json_string_value(json_object_get(j, "sha256"));
	const json_t *one;
	const char *key;
	size_t i;

	if (sha256 && json_object_get(j, "name") && json_object_get(j, "bytes") &&
	    json_object_get(j, "type"))
		map_add(&c->wanted, VIEW(sha256), 0);
	json_object_foreach((json_t *)(uintptr_t)j, key, one)
	    find_wanted(c, one);
	json_array_foreach(j, i, one)
	    find_wanted(c, one);
}

static void look_into(struct check *c, struct view text)
{
	AUTO_JSON json_t *j = NULL;
	struct err ignored = {0};

	if (text.len == 0 || (*text.ptr != '{' && *text.ptr != '[') ||
	    !memmem(text.ptr, text.len, "\"sha256\"", 8))
		return;
	if (json_parse(&j, "record", text, &ignored) == 0)
		find_wanted(c, j);
}

/* What is read to its end can be read. */
static int read_row(const struct store_rows *row, void *arg, struct err *err)
{
	struct check *c = arg;

	(void)err;
	c->ret->rows++;
	progress_add(c->progress, 1);
	for (size_t i = 0; i < c->table->columns.len; i++)
		if (c->table->columns.ptr[i].type == STORE_TEXT)
			look_into(c, store_view(row, (int)i));
	return 0;
}

static int check_references(struct check *c, struct store_tx *tx, struct err *err)
{
	const struct store_table *t = c->table;

	for (size_t i = 0; i < t->references.len; i++) {
		const struct store_reference *r = &t->references.ptr[i];
		int64_t lost;

		if (store_table_lost(tx, t, r, &lost, err) < 0)
			return -1;
		if (lost > 0)
			hub_check_add(c->ret, HUB_FAULT, "store", "rows refer to what is not there",
			    "%s.%s: %" PRId64 " rows", t->name, r->column, lost);
	}
	return 0;
}

static int check_database(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_STR struct str lines = {0};
	struct check *c = arg;
	struct view rest, line;

	if (store_integrity(tx, &lines, err) < 0)
		return -1;
	rest = str_view(&lines);
	while (view_next(&rest, '\n', &line) && line.len > 0)
		hub_check_add(c->ret, HUB_FAULT, "store", "the database finds itself damaged",
		    "%.*s", VIEW_ARG(line));
	c->ret->broken = lines.len > 0;
	return 0;
}

static int check_tables(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_STORE_TABLES struct store_tables tables = {0};
	struct check *c = arg;

	if (store_tables_read(&tables, tx, err) < 0)
		return -1;
	for (size_t i = 0; i < tables.all.len; i++) {
		c->table = &tables.all.ptr[i];
		if (store_table_each(tx, c->table, read_row, c, err) < 0 ||
		    check_references(c, tx, err) < 0)
			return -1;
	}
	c->ret->tables = tables.all.len;
	return 0;
}

static int check_audit(struct check *c, struct err *err)
{
	AUTO_HUB_CHECKPOINTS struct hub_checkpoints folders;
	AUTO_AUDIT_VERDICT struct audit_verdict v = {0};

	hub_checkpoints_find(&folders, c->hub, c->checkpoints);
	if (audit_verify(&v, c->hub->store, c->hub->audit, folders.folders, err) < 0)
		return -1;
	for (size_t i = 0; i < v.faults.len; i++)
		hub_check_add(c->ret, HUB_FAULT, "audit", "not what was written and signed",
		    "%s at %" PRIu64, audit_fault_name(v.faults.ptr[i].kind), v.faults.ptr[i].at);
	c->ret->audit_records = v.records;
	c->ret->published = v.published;
	return 0;
}

static int check_attachment(struct check *c, const char *name, struct err *err)
{
	AUTO_FREE char *path = hub_path(c->hub, name);
	char found[SHA256_HEX_SIZE];
	int64_t *wanted = map_find(&c->wanted, VIEW(path_base(name)));

	if (hash_sha256_file(path, found, NULL, err) < 0)
		return -1;
	c->ret->attachments++;
	if (strcmp(found, path_base(name)) != 0)
		hub_check_add(c->ret, HUB_FAULT, "attachments", "it is not what was handed in",
		    "%s", name);
	if (wanted)
		*wanted = 1;
	else
		hub_check_add(c->ret, HUB_NOTE, "attachments", "no record names it", "%s", name);
	return 0;
}

static int check_folder(struct check *c, const char *part, struct err *err)
{
	AUTO_FREE char *folder = str_format("%s/attachments/%s", c->hub->folder, part);
	DIR *dir = opendir(folder);
	struct dirent *entry;
	int status = 0;

	if (!dir)
		return err_set(err, ERR_IO, "%s: cannot be read", folder);
	while (status == 0 && (entry = readdir(dir))) {
		AUTO_FREE char *name = str_format("attachments/%s/%s", part, entry->d_name);

		if (hub_is_attachment(VIEW(name)))
			status = check_attachment(c, name, err);
		else if (entry->d_name[0] != '.')
			hub_check_add(c->ret, HUB_NOTE, "attachments", "not an attachment",
			    "%s", name);
	}
	closedir(dir);
	return status;
}

static int check_attachments(struct check *c, struct err *err)
{
	AUTO_FREE char *folder = hub_path(c->hub, "attachments");
	DIR *dir = opendir(folder);
	struct dirent *entry;
	int status = 0;

	while (dir && status == 0 && (entry = readdir(dir)))
		if (entry->d_name[0] != '.')
			status = check_folder(c, entry->d_name, err);
	if (dir)
		closedir(dir);
	for (size_t i = 0; i < c->wanted.entries.len; i++)
		if (!c->wanted.entries.ptr[i].value)
			hub_check_add(c->ret, HUB_FAULT, "attachments", "a record names it; gone",
			    "%.*s", VIEW_ARG(c->wanted.entries.ptr[i].key));
	return status;
}

static void check_mode(struct check *c, const char *name)
{
	AUTO_FREE char *path = hub_path(c->hub, name);
	struct stat st;

	if (lstat(path, &st) == 0 && (st.st_mode & 077) != 0)
		hub_check_add(c->ret, HUB_FAULT, "files", "others may read or change it: chmod go=",
		    "%s (%04o)", name, (unsigned)(st.st_mode & 07777));
}

/* A file that hub.conf names and no backup holds. */
static void check_secret(struct check *c, const char *name)
{
	AUTO_FREE char *path = hub_path(c->hub, name);

	if (!*name)
		return;
	if (path_exists(path))
		check_mode(c, name);
	else
		hub_check_add(c->ret, HUB_FAULT, "files", "hub.conf names it; gone", "%s", name);
}

static int check_files(struct check *c, struct err *err)
{
	const char *store = c->hub->conf.store;
	const char *const names[] = {"", "hub.conf", "keys", strstr(store, "://") ? "" : store,
	    "outbox", "attachments"};
	const char *const secrets[] = {c->hub->conf.oidc_secret, c->hub->conf.key};
	AUTO_FREE char *keys = hub_path(c->hub, "keys");
	DIR *dir = opendir(keys);
	struct dirent *entry;

	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		check_mode(c, names[i]);
	for (size_t i = 0; i < ARRAY_LEN(secrets); i++)
		check_secret(c, secrets[i]);
	if (!dir)
		return err_set(err, ERR_IO, "%s: cannot be read", keys);
	while ((entry = readdir(dir))) {
		AUTO_FREE char *name = str_format("keys/%s", entry->d_name);

		if (view_ends(VIEW(name), VIEW_LIT(".key")))
			check_mode(c, name);
	}
	closedir(dir);
	return 0;
}

int hub_check_run(struct hub_check *ret, const struct hub *h, const char *checkpoints,
    struct progress *progress, struct err *err)
{
	struct check c = {.hub = h, .ret = ret, .checkpoints = checkpoints, .progress = progress};
	int status;

	if (store_read(h->store, check_database, &c, err) < 0)
		return -1;
	if (ret->broken)
		return 0;
	progress_start(progress, "reading the records", "rows", 0);
	status = store_read(h->store, check_tables, &c, err);
	progress_end(progress);
	if (status == 0 && (check_audit(&c, err) < 0 || check_attachments(&c, err) < 0 ||
			       check_files(&c, err) < 0))
		status = -1;
	map_clear(&c.wanted);
	return status;
}

struct report *hub_check_report(const struct hub_check *c, const char *hub)
{
	static const struct report_column columns[] = {
	    {"weight", "Weight", REPORT_TEXT},
	    {"part", "Part", REPORT_TEXT},
	    {"what", "What", REPORT_TEXT},
	    {"where", "Where", REPORT_TEXT},
	};
	struct report *r = report_new("Check of a hub",
	    c->faults ? "Something is not as it should be." : "Nothing is to be mended.");
	struct report_table *t;

	report_add_fact(r, "hub", "Hub", "%s", hub);
	report_add_fact(r, "tables", "Tables", "%" PRIu64, c->tables);
	report_add_fact(r, "rows", "Rows read", "%" PRIu64, c->rows);
	report_add_fact(r, "audit_records", "Records of the audit log", "%" PRIu64,
	    c->audit_records);
	report_add_fact(r, "published", "Published checkpoints that agree", "%d", c->published);
	report_add_fact(r, "attachments", "Attachments", "%" PRIu64, c->attachments);
	t = report_add_table(r, "findings", "Findings", REPORT_SHOWN | REPORT_EXPORTED, columns,
	    ARRAY_LEN(columns));
	for (size_t i = 0; i < c->findings.len; i++) {
		const struct hub_finding *f = &c->findings.ptr[i];

		report_add_cell(r, t, "%s", f->weight == HUB_FAULT ? "fault" : "note");
		report_add_cell(r, t, "%s", f->part);
		report_add_cell(r, t, "%s", f->what);
		report_add_cell(r, t, "%s", f->where);
	}
	if (c->broken)
		report_add_note(r, "Nothing else was looked at: restore a backup.");
	if (c->faults + c->notes > c->findings.len)
		report_add_note(r, "%" PRIu64 " findings more are not shown.",
		    c->faults + c->notes - c->findings.len);
	return r;
}
