#include "store/audit_verify.h"

#include "io/file.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#define SQL "store/records/audit.sql:"

enum { PAGE = 4096,
	FAULTS_MAX = 1000 };

/* A checkpoint to compare with when the list has its size. */
struct witness {
	struct checkpoint c;
	bool head;
};

struct verifier {
	const struct audit *audit;
	struct audit_verdict *verdict;
	struct merkle_range range;
	VEC(struct witness) witnesses; /* by size */
	size_t next;
};

void audit_verdict_clear(struct audit_verdict *v)
{
	vec_clear(&v->faults);
}

const char *audit_fault_name(enum audit_fault_kind kind)
{
	static const char *const names[] = {"order", "leaf", "root", "head", "published"};

	return names[kind];
}

static void add_fault(struct verifier *v, enum audit_fault_kind kind, uint64_t at)
{
	if (v->verdict->faults.len < FAULTS_MAX)
		*vec_push(&v->verdict->faults) = (struct audit_fault){kind, at};
}

static void compare_witness(struct verifier *v, const struct witness *w,
    const struct merkle_hash *root)
{
	if (!merkle_equal(root, &w->c.root))
		add_fault(v, w->head ? AUDIT_ROOT : AUDIT_PUBLISHED, w->c.size);
	else if (!w->head)
		v->verdict->published++;
}

static void compare(struct verifier *v)
{
	struct merkle_hash root;

	if (v->next == v->witnesses.len || v->witnesses.ptr[v->next].c.size != v->range.size)
		return;
	root = merkle_root(&v->range);
	while (v->next < v->witnesses.len && v->witnesses.ptr[v->next].c.size == v->range.size)
		compare_witness(v, &v->witnesses.ptr[v->next++], &root);
}

/* The hash is taken from the record itself, so a changed record changes the root too. */
static void check_record(struct verifier *v, uint64_t seq, struct view body, struct view leaf)
{
	struct merkle_hash own = merkle_leaf(body);

	if (seq != v->range.size)
		add_fault(v, AUDIT_ORDER, seq);
	if (leaf.len != SHA256_BYTES || memcmp(leaf.ptr, own.bytes, SHA256_BYTES) != 0)
		add_fault(v, AUDIT_LEAF, seq);
	merkle_add(&v->range, &own);
	compare(v);
}

static int check_page(struct store_tx *tx, struct verifier *v, int64_t *next, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	int64_t n = 0;
	int more;

	if (store_query(&rows, tx, SQL "list", STORE_ARGS(store_int(*next), store_int(PAGE)),
		err) < 0)
		return -1;
	while ((more = store_next(rows, err)) > 0) {
		int64_t seq = store_number(rows, 0);

		check_record(v, (uint64_t)seq, store_view(rows, 1), store_view(rows, 2));
		*next = seq + 1;
		n++;
	}
	return more < 0 ? -1 : n == PAGE;
}

static void keep_witness(struct verifier *v, struct view note, bool head, uint64_t at)
{
	struct witness w = {.head = head};
	struct err err = {0};

	if (checkpoint_open(&w.c, note, &v->audit->key, &err) < 0 ||
	    strcmp(w.c.origin, v->audit->origin) != 0)
		add_fault(v, head ? AUDIT_HEAD : AUDIT_PUBLISHED, at);
	else
		*vec_push(&v->witnesses) = w;
}

static int read_head(struct store_tx *tx, struct verifier *v, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *rows = NULL;
	int found;

	if (store_query(&rows, tx, SQL "head", STORE_NO_ARGS, err) < 0)
		return -1;
	found = store_next(rows, err);
	if (found > 0)
		keep_witness(v, store_view(rows, 2), true, (uint64_t)store_number(rows, 0));
	return found;
}

static int read_published(struct verifier *v, const char *folder, struct err *err)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;
	int status = 0;

	if (!dir)
		return err_set(err, ERR_IO, "%s: cannot be read", folder);
	while (status == 0 && (entry = readdir(dir))) {
		AUTO_FREE char *path = NULL;
		AUTO_STR struct str note = {0};
		int64_t size;

		if (!view_starts(VIEW(entry->d_name), VIEW_LIT("checkpoint-")) ||
		    !view_to_i64(VIEW(entry->d_name + strlen("checkpoint-")), &size))
			continue;
		path = str_format("%s/%s", folder, entry->d_name);
		status = file_read(path, CHECKPOINT_TEXT_MAX, &note, err);
		if (status == 0)
			keep_witness(v, str_view(&note), false, (uint64_t)size);
	}
	closedir(dir);
	return status;
}

static int by_size(const void *a, const void *b)
{
	const struct witness *x = a, *y = b;

	return x->c.size != y->c.size ? (x->c.size < y->c.size ? -1 : 1) : x->head - y->head;
}

static int check_all(struct store_tx *tx, struct verifier *v, struct err *err)
{
	int64_t next = 0;
	int head = read_head(tx, v, err), more;

	if (head < 0)
		return -1;
	if (v->witnesses.len > 0)
		qsort(v->witnesses.ptr, v->witnesses.len, sizeof(*v->witnesses.ptr), by_size);
	compare(v);
	do {
		more = check_page(tx, v, &next, err);
	} while (more > 0);
	/* What nobody signed, and what was signed and is gone. */
	if (head == 0 && v->range.size > 0)
		add_fault(v, AUDIT_HEAD, 0);
	for (; v->next < v->witnesses.len; v->next++) {
		const struct witness *w = &v->witnesses.ptr[v->next];

		add_fault(v, w->head ? AUDIT_ROOT : AUDIT_PUBLISHED, w->c.size);
	}
	return more;
}

/* Records behind the last that the head signs. */
static void check_end(struct verifier *v)
{
	uint64_t last = 0;

	for (size_t i = 0; i < v->witnesses.len; i++)
		if (v->witnesses.ptr[i].head)
			last = v->witnesses.ptr[i].c.size;
	if (last > 0 && v->range.size > last)
		add_fault(v, AUDIT_ROOT, v->range.size);
}

int audit_verify_in(struct audit_verdict *ret, struct store_tx *tx, const struct audit *audit,
    const char *const *folders, struct err *err)
{
	struct verifier v = {.audit = audit, .verdict = ret};
	int status = 0;

	for (; status == 0 && *folders; folders++)
		status = read_published(&v, *folders, err);
	if (status == 0)
		status = check_all(tx, &v, err);
	if (status == 0)
		check_end(&v);
	ret->records = v.range.size;
	vec_clear(&v.witnesses);
	return status;
}

struct question {
	struct audit_verdict *verdict;
	const struct audit *audit;
	const char *const *folders;
};

static int verify(struct store_tx *tx, void *arg, struct err *err)
{
	struct question *q = arg;

	return audit_verify_in(q->verdict, tx, q->audit, q->folders, err);
}

int audit_verify(struct audit_verdict *ret, struct store *s, const struct audit *audit,
    const char *const *folders, struct err *err)
{
	return store_read(s, verify, &(struct question){ret, audit, folders}, err);
}
