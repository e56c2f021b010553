#include "store/audit.h"

#include "base/date.h"
#include "io/file.h"
#include "io/json.h"

#include <dirent.h>
#include <stdio.h>

#define SQL "store/records/audit.sql:"

/* RFC 3339 in UTC with microseconds. */
static void add_time(struct json_writer *w, int64_t at)
{
	int64_t seconds = at / 1000000, day = seconds / 86400, rest = seconds % 86400;
	char date[DATE_TEXT_SIZE], text[48];

	snprintf(text, sizeof(text), "%sT%02d:%02d:%02d.%06dZ", date_format((date_t)day, date),
	    (int)(rest / 3600), (int)(rest / 60 % 60), (int)(rest % 60), (int)(at % 1000000));
	json_set_text(w, "at", text);
}

static void set_view(struct json_writer *w, const char *key, struct view v)
{
	if (v.len == 0)
		return;
	json_key(w, key);
	json_add_text(w, v);
}

static void write_event(const struct audit_event *e, struct str *out)
{
	struct json_writer w = {.out = out};

	json_begin_object(&w);
	add_time(&w, e->at);
	json_set_int(&w, "actor", e->actor);
	if (e->role)
		json_set_text(&w, "role", e->role);
	if (e->session)
		json_set_text(&w, "session", e->session);
	set_view(&w, "address", e->address);
	json_set_text(&w, "action", e->action);
	set_view(&w, "object", e->object);
	json_set_text(&w, "decision", e->decision);
	if (e->detail.len > 0) {
		json_key(&w, "detail");
		json_add_raw(&w, e->detail);
	}
	json_end_object(&w);
}

static struct view hash_view(const struct merkle_hash *h)
{
	return (struct view){(const char *)h->bytes, SHA256_BYTES};
}

int audit_add(struct store_tx *tx, const struct audit_event *e, struct err *err)
{
	AUTO_STR struct str body = {0};
	struct merkle_hash leaf;

	write_event(e, &body);
	if (body.len > AUDIT_RECORD_MAX)
		return err_set(err, ERR_LIMIT, "a record of the audit log is too long");
	leaf = merkle_leaf(str_view(&body));
	store_exec_later(
	    tx, SQL "add", STORE_ARGS(store_bytes(str_view(&body)), store_bytes(hash_view(&leaf))));
	return 0;
}

/* ret_note may be NULL. */
static int read_head(struct store_tx *tx, struct merkle_range *ret, struct str *ret_note,
    struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	struct view nodes;
	int found;

	*ret = (struct merkle_range){0};
	if (store_query(&rows, tx, SQL "head", STORE_NO_ARGS, err) < 0)
		return -1;
	found = store_next(rows, err);
	if (found <= 0)
		return found;
	ret->size = (uint64_t)store_number(rows, 0);
	nodes = store_view(rows, 1);
	if (store_number(rows, 0) < 0 ||
	    nodes.len != (size_t)merkle_node_count(ret->size) * SHA256_BYTES)
		return err_set(err, ERR_FORMAT, "the head of the audit log is damaged");
	memcpy(ret->nodes, nodes.ptr, nodes.len);
	if (ret_note)
		str_add(ret_note, store_view(rows, 2));
	return 0;
}

static int add_new_leaves(struct store_tx *tx, struct merkle_range *r, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	int more;

	if (store_query(&rows, tx, SQL "leaves", STORE_ARGS(store_int((int64_t)r->size)), err) < 0)
		return -1;
	while ((more = store_next(rows, err)) > 0) {
		struct view bytes = store_view(rows, 0);
		struct merkle_hash leaf;

		if (bytes.len != SHA256_BYTES)
			return err_set(err, ERR_FORMAT, "a leaf of the audit log is damaged");
		memcpy(leaf.bytes, bytes.ptr, SHA256_BYTES);
		merkle_add(r, &leaf);
	}
	return more;
}

int audit_seal(struct store_tx *tx, void *arg, struct err *err)
{
	const struct audit *audit = arg;
	struct checkpoint c = {0};
	AUTO_STR struct str note = {0};
	struct merkle_range range;
	uint64_t before;

	if (read_head(tx, &range, NULL, err) < 0)
		return -1;
	before = range.size;
	if (add_new_leaves(tx, &range, err) < 0)
		return -1;
	if (range.size == before)
		return 0;
	snprintf(c.origin, sizeof(c.origin), "%s", audit->origin);
	c.size = range.size;
	c.root = merkle_root(&range);
	checkpoint_sign(&c, &audit->key, &note);
	return store_exec(tx, SQL "set_head",
	    STORE_ARGS(store_int((int64_t)range.size),
		store_bytes((struct view){(const char *)range.nodes,
		    (size_t)merkle_node_count(range.size) * SHA256_BYTES}),
		store_bytes(str_view(&note))),
	    NULL, err);
}

static int read_note(struct store_tx *tx, void *arg, struct err *err)
{
	struct merkle_range range;

	return read_head(tx, &range, arg, err);
}

int audit_checkpoint(struct store *s, struct str *ret_note, struct err *err)
{
	return store_read(s, read_note, ret_note, err);
}

/* "checkpoint-12" is 12; -1: another file. */
static int64_t published_size(const char *name)
{
	const struct view head = VIEW_LIT("checkpoint-");
	int64_t size;

	return view_starts(VIEW(name), head) && view_to_i64(VIEW(name + head.len), &size) ? size
	                                                                                  : -1;
}

static int find_larger(const char *folder, int64_t size, struct err *err)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;
	int64_t largest = 0;

	if (!dir)
		return err_set(err, ERR_IO, "%s: cannot be read", folder);
	while ((entry = readdir(dir)))
		largest = MAX(largest, published_size(entry->d_name));
	closedir(dir);
	if (largest <= size)
		return 0;
	(void)err_set(err, ERR_FORMAT, "%s: a checkpoint of %lld records was published, the log "
				       "has %lld",
	    folder, (long long)largest, (long long)size);
	return err_hint(err, "the records were put back to an older state: hygie audit verify");
}

static int keep_note(const char *folder, int64_t size, struct view note, struct err *err)
{
	AUTO_FREE char *path = str_format("%s/checkpoint-%lld", folder, (long long)size);
	AUTO_STR struct str there = {0};

	if (!path_exists(path))
		return file_write(path, note, err);
	if (file_read(path, CHECKPOINT_TEXT_MAX, &there, err) < 0)
		return -1;
	if (view_eq(str_view(&there), note))
		return 0;
	(void)err_set(err, ERR_FORMAT, "%s: the log had another past when this was published",
	    path);
	return err_hint(err, "hygie audit verify");
}

int audit_publish(struct store *s, const char *folder, struct err *err)
{
	AUTO_STR struct str note = {0};
	struct view rest, line = VIEW_NONE;
	int64_t size = 0;

	if (audit_checkpoint(s, &note, err) < 0)
		return -1;
	rest = str_view(&note);
	view_next(&rest, '\n', &line);
	view_next(&rest, '\n', &line);
	if (note.len > 0 && !view_to_i64(line, &size))
		return err_set(err, ERR_FORMAT, "the head of the audit log is damaged");
	if (note.len > 0 && keep_note(folder, size, str_view(&note), err) < 0)
		return -1;
	return find_larger(folder, size, err);
}
