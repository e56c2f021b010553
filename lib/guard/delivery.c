#include "guard/delivery.h"

#include "base/hash.h"
#include "io/file.h"

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <sys/stat.h>

static const char *const endings[] = {".csv", ".tsv", ".txt", ".psv", ".dat", ".jsonl", ".ndjson",
    ".parquet", ".sas7bdat", ".xpt", ".sav", ".zsav", ".por", ".dta"};

struct walk {
	struct guard_delivery *delivery;
	const char *root;
	size_t first_item;
	int depth;
};

void guard_delivery_remark(struct guard_delivery *d, const char *name, const char *id,
    bool is_fault, const char *what, ...)
{
	struct guard_remark *r = vec_push(&d->remarks);
	AUTO_STR struct str text = {0};
	va_list ap;

	va_start(ap, what);
	str_addvf(&text, what, ap);
	va_end(ap);
	r->name = arena_strdup(&d->arena, VIEW(name));
	r->id = id;
	r->what = arena_strdup(&d->arena, str_view(&text));
	r->is_fault = is_fault;
}

struct view guard_table_name(const char *name)
{
	struct view v = VIEW(name);

	if (view_ends(v, VIEW_LIT(".gz")))
		v.len -= 3;
	else if (view_ends(v, VIEW_LIT(".zst")))
		v.len -= 4;
	for (size_t i = 0; i < ARRAY_LEN(endings); i++) {
		size_t len = strlen(endings[i]);

		if (v.len > len && view_eq_nocase((struct view){v.ptr + v.len - len, len},
				       VIEW(endings[i])))
			return (struct view){v.ptr, v.len - len};
	}
	return VIEW_NONE;
}

static void add_item(struct guard_delivery *d, const char *path, const char *name)
{
	struct guard_item *item = vec_push(&d->items);

	item->path = arena_strdup(&d->arena, VIEW(path));
	item->name = arena_strdup(&d->arena, VIEW(name));
	item->rows = item->bytes = -1;
}

static int walk_folder(struct walk *w, const char *path, const char *prefix, struct err *err);

/* What an entry of a folder is; links to files are read, links to folders could go round. */
/* NOLINTNEXTLINE(misc-no-recursion): bounded by GUARD_DELIVERY_DEPTH */
static int take_entry(struct walk *w, const char *folder, const char *prefix, const char *entry,
    struct err *err)
{
	AUTO_FREE char *path = path_join(folder, entry);
	AUTO_FREE char *name = str_format("%s%s", prefix, entry);
	struct guard_delivery *d = w->delivery;
	struct stat st, own;

	if (lstat(path, &own) < 0 || stat(path, &st) < 0)
		guard_delivery_remark(d, name, "skipped", true, "%s",
		    errno == ELOOP ? "a link that goes round" : "a link that leads nowhere");
	else if (S_ISDIR(st.st_mode) && S_ISLNK(own.st_mode))
		guard_delivery_remark(d, name, "skipped", false, "a link to a folder");
	else if (S_ISDIR(st.st_mode))
		return walk_folder(w, path, name, err);
	else if (!S_ISREG(st.st_mode))
		guard_delivery_remark(d, name, "skipped", false, "no file: a pipe or a device");
	else if (guard_is_manifest(entry))
		return 0;
	else if (!guard_table_name(entry).len)
		guard_delivery_remark(d, name, "skipped", false, "not a table by its name");
	else
		add_item(d, path, name);
	if (d->items.len + d->remarks.len > GUARD_DELIVERY_FILES)
		return err_set(err, ERR_LIMIT, "%s: more than %d files", w->root,
		    GUARD_DELIVERY_FILES);
	return 0;
}

static int is_told(const struct dirent *entry)
{
	return strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
}

static int by_bytes(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

/* A broken one is a fault, and the files are read all the same. */
static void read_manifests(struct walk *w, const char *folder, const char *prefix, size_t first,
    struct err *err)
{
	static const char *const names[] = {"manifest.json", "datapackage.json"};

	for (size_t i = 0; i < ARRAY_LEN(names); i++) {
		AUTO_FREE char *path = path_join(folder, names[i]);

		if (!path_exists(path) ||
		    guard_manifest_read(w->delivery, folder, prefix, names[i], first, err) == 0)
			continue;
		guard_delivery_remark(w->delivery, names[i], "manifest", true, "%s", err->msg);
		*err = (struct err){0};
	}
}

/* `name` is "" for the folder that was named. */
/* NOLINTNEXTLINE(misc-no-recursion): bounded by GUARD_DELIVERY_DEPTH */
static int walk_folder(struct walk *w, const char *path, const char *name, struct err *err)
{
	AUTO_FREE char *prefix = str_format("%s%s", name, *name ? "/" : "");
	struct dirent **entries = NULL;
	size_t first = w->delivery->items.len;
	int rc = 0, count;

	if (w->depth == GUARD_DELIVERY_DEPTH) {
		guard_delivery_remark(w->delivery, name, "skipped", true, "a folder too deep");
		return 0;
	}
	count = scandir(path, &entries, is_told, by_bytes);
	if (count < 0 && *name) {
		guard_delivery_remark(w->delivery, name, "skipped", true, "cannot be read: %s",
		    strerror(errno));
		return 0;
	}
	if (count < 0)
		return err_set(err, ERR_IO, "%s: cannot read: %s", path, strerror(errno));
	w->depth++;
	for (int i = 0; i < count; i++) {
		if (rc == 0)
			rc = take_entry(w, path, prefix, entries[i]->d_name, err);
		free(entries[i]);
	}
	free((void *)entries);
	w->depth--;
	if (rc == 0)
		read_manifests(w, path, prefix, first, err);
	return rc;
}

static int take_path(struct guard_delivery *d, const char *path, struct err *err)
{
	struct walk w = {.delivery = d, .root = path, .first_item = d->items.len};
	const char *slash = strrchr(path, '/');
	AUTO_FREE char *folder = slash ? str_format("%.*s", (int)(slash - path + 1), path)
	                               : mem_strdup(".");

	if (!path_exists(path))
		return err_set(err, ERR_IO, "%s: cannot read: %s", path, strerror(errno));
	if (path_is_folder(path))
		return walk_folder(&w, path, "", err);
	if (guard_is_manifest(path_base(path)))
		return guard_manifest_read(d, folder, "", path_base(path), w.first_item, err);
	add_item(d, path, path);
	return 0;
}

static int by_name(const void *a, const void *b)
{
	const struct guard_item *x = a, *y = b;

	return strcmp(x->name, y->name);
}

static int remarks_by_name(const void *a, const void *b)
{
	const struct guard_remark *x = a, *y = b;
	int order = strcmp(x->name, y->name);

	return order ? order : strcmp(x->id, y->id);
}

static void tell_unlisted(struct guard_delivery *d)
{
	for (size_t i = 0; i < d->items.len; i++)
		if (d->items.ptr[i].is_covered && !d->items.ptr[i].is_listed)
			guard_delivery_remark(d, d->items.ptr[i].name, "unlisted", true,
			    "is there and not in the manifest");
}

int guard_delivery_find(struct guard_delivery *ret, const char *const *paths, size_t count,
    struct err *err)
{
	*ret = (struct guard_delivery){0};
	for (size_t i = 0; i < count; i++)
		if (take_path(ret, paths[i], err) < 0)
			return -1;
	if (ret->items.len == 0) {
		(void)err_set(err, ERR_FORMAT, "%s: no file to read", paths[0]);
		return err_hint(err, "tables are known by their names: .csv .jsonl .parquet "
				     ".sas7bdat .xpt .sav .por .dta and more, see the manual");
	}
	tell_unlisted(ret);
	qsort(ret->items.ptr, ret->items.len, sizeof(*ret->items.ptr), by_name);
	if (ret->remarks.len)
		qsort(ret->remarks.ptr, ret->remarks.len, sizeof(*ret->remarks.ptr),
		    remarks_by_name);
	return 0;
}

void guard_delivery_clear(struct guard_delivery *d)
{
	vec_clear(&d->items);
	vec_clear(&d->remarks);
	arena_clear(&d->arena);
}

int guard_delivery_check(struct guard_delivery *d, const struct guard_item *item,
    const struct guard_csv *c, struct err *err)
{
	char hex[SHA256_HEX_SIZE];
	uint64_t bytes = 0, rows = guard_data_rows(&c->structure);
	/* the manifest decides on a first row that may be a header */
	bool is_header = c->dialect.is_header_doubtful && !c->dialect.has_header &&
	                 item->rows >= 0 && (uint64_t)item->rows + 1 == rows;

	if (item->rows >= 0 && (uint64_t)item->rows != rows && !is_header)
		guard_delivery_remark(d, item->name, "rows", true,
		    "%" PRIu64 " rows, %" PRId64 " in the manifest", rows, item->rows);
	if (item->bytes < 0 && !item->sha256)
		return 0;
	if (hash_sha256_file(item->path, hex, &bytes, err) < 0)
		return -1;
	if (item->bytes >= 0 && (uint64_t)item->bytes != bytes)
		guard_delivery_remark(d, item->name, "bytes", true,
		    "%" PRIu64 " bytes, %" PRId64 " in the manifest", bytes, item->bytes);
	if (item->sha256 && !view_eq_nocase(VIEW(item->sha256), VIEW(hex)))
		guard_delivery_remark(d, item->name, "sha256", true,
		    "its SHA-256 is not that of the manifest");
	return 0;
}

bool guard_delivery_has_faults(const struct guard_delivery *d)
{
	for (size_t i = 0; i < d->remarks.len; i++)
		if (d->remarks.ptr[i].is_fault)
			return true;
	return false;
}
