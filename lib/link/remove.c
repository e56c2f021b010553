#include "link/increment.h"

#include "io/json.h"
#include "link/state.h"

struct leaving {
	const struct link_increment *o;
	struct map ids; /* to the row */
	bool *gone;     /* by record */
	size_t count;
	size_t skipped;
};

static int read_ids(struct leaving *l, const struct link_spec *spec, int source, struct err *err)
{
	AUTO_LINK_SOURCE struct link_source *s = NULL;
	const char *name = source && spec->right_id ? spec->right_id : spec->id;
	int64_t row = 0;
	int column;
	int rc;

	if (link_source_open(&s, l->o->input, err) < 0)
		return -1;
	column = link_source_find(s, VIEW(name));
	if (column < 0)
		return err_set(err, ERR_FORMAT, "%s: no column \"%s\"", l->o->input, name);
	while ((rc = link_source_next(s, err)) > 0)
		(void)map_add(&l->ids, link_source_field(s, (size_t)column), row++);
	if (rc == 0 && row == 0)
		return err_set(err, ERR_FORMAT, "%s: it has no records", l->o->input);
	return rc;
}

static int find_gone(struct leaving *l, const struct link_records *r, int source, struct err *err)
{
	int64_t lowest = INT64_MAX;

	for (size_t i = 0; i < r->count; i++) {
		int64_t *row = r->source[i] == source ? map_find(&l->ids, link_record_id(r, i))
		                                      : NULL;

		if (!row)
			continue;
		l->gone[i] = true;
		l->count++;
		*row = -1;
	}
	for (size_t i = 0; i < l->ids.entries.len; i++) {
		int64_t row = l->ids.entries.ptr[i].value;

		l->skipped += row >= 0;
		lowest = row >= 0 ? MIN(lowest, row) : lowest;
	}
	if (!l->skipped || l->o->skip)
		return 0;
	err_set_(err, ERR_FORMAT, "%s: %zu of its ids are of no record, the first in row %lld",
	    l->o->input, l->skipped, (long long)lowest + 1);
	return err_hint(err, "--skip-unknown leaves such rows out");
}

static void tell_gone(const struct link_job *job, const struct leaving *l, const bool *touched,
    struct link_events *ret)
{
	size_t n = job->records->count;
	uint32_t *gone = mem_alloc((n + 1) * sizeof(*gone));
	uint32_t *left = mem_alloc((n + 1) * sizeof(*left));
	size_t gone_count = 0;
	size_t left_count = 0;

	for (size_t i = 0; i < n; i++) {
		if (l->gone[i])
			gone[gone_count++] = job->kept.cluster[i];
		else if (touched[i])
			left[left_count++] = job->kept.cluster[i];
	}
	link_events_removed(ret, gone, gone_count, left, left_count);
	free(gone);
	free(left);
}

static void drop_ids(struct link_records *r, const bool *gone)
{
	uint64_t start = 0;
	uint64_t to = 0;
	size_t n = 0;

	for (size_t i = 0; i < r->count; i++) {
		uint64_t end = r->id_ends.ptr[i];

		if (!gone[i]) {
			memmove(r->id_bytes.ptr + to, r->id_bytes.ptr + start, end - start);
			to += end - start;
			r->id_ends.ptr[n++] = to;
		}
		start = end;
	}
	r->id_bytes.len = to;
	r->id_ends.len = n;
}

/* Pairs keep their order: numbers change, who comes first does not. */
static void drop_pairs(struct link_edges *e, const bool *gone, const uint32_t *number)
{
	size_t n = 0;

	for (size_t i = 0; i < e->list.len; i++) {
		struct link_edge x = e->list.ptr[i];

		if (gone[x.a] || gone[x.b])
			continue;
		x.a = number[x.a];
		x.b = number[x.b];
		e->list.ptr[n++] = x;
	}
	e->list.len = n;
}

static void drop_keys(struct link_blocking *b, const bool *gone, const uint32_t *number,
    size_t count)
{
	for (size_t i = 0; i < count && b->keys; i++)
		if (!gone[i])
			memmove(b->keys + number[i] * b->passes, b->keys + i * b->passes,
			    b->passes * sizeof(*b->keys));
}

static void drop_records(struct link_job *job, const bool *gone, bool *touched)
{
	struct link_records *r = job->records;
	uint32_t *number = mem_alloc((r->count + 1) * sizeof(*number));
	size_t n = 0;

	for (size_t i = 0; i < r->count; i++)
		number[i] = (uint32_t)(gone[i] ? n : n++);
	drop_ids(r, gone);
	drop_pairs(&job->edges, gone, number);
	drop_keys(&job->blocking, gone, number, r->count);
	r->left = 0;
	for (size_t i = 0; i < r->count; i++) {
		if (gone[i])
			continue;
		memmove(r->rows.ptr + number[i] * r->fields, link_row(r, i),
		    r->fields * sizeof(*r->rows.ptr));
		r->source[number[i]] = r->source[i];
		r->left += r->source[i] == 0;
		job->kept.cluster[number[i]] = job->kept.cluster[i];
		touched[number[i]] = touched[i];
	}
	r->count = n;
	r->rows.len = n * r->fields;
	link_state_leaders(job->kept.cluster, n, job->clusters.of_record);
	free(number);
}

/* A dictionary without the texts that no record has any more; numbers stay. */
static void wipe_dictionary(struct link_records *r, size_t shared)
{
	struct link_dictionary *d = &r->dictionary[shared];
	struct link_dictionary fresh = {0};
	size_t n = link_dictionary_size(d);
	bool *used = mem_zalloc(n, sizeof(*used));

	for (size_t f = 0; f < r->fields; f++)
		for (size_t i = 0; i < r->count && r->dictionary_of[f] == shared; i++)
			used[link_row(r, i)[f]] = true;
	(void)link_dictionary_add(&fresh, VIEW_LIT(""));
	for (uint32_t v = 1; v < n; v++) {
		if (used[v])
			(void)link_dictionary_add(&fresh, link_dictionary_text(d, v));
		else
			link_dictionary_add_gone(&fresh);
	}
	link_dictionary_clear(d);
	*d = fresh;
	free(used);
}

static int regroup(struct link_job *job, const struct leaving *l, struct link_events *ret,
    struct err *err)
{
	bool *touched = mem_alloc((job->records->count + 1) * sizeof(*touched));
	int rc;

	memcpy(touched, l->gone, job->records->count * sizeof(*touched));
	link_touch(job, touched);
	tell_gone(job, l, touched, ret);
	drop_records(job, l->gone, touched);
	rc = link_regroup(job, touched, ret, err);
	free(touched);
	return rc;
}

static int take_out(struct link_job *job, struct leaving *l, int source, struct link_events *ret,
    struct err *err)
{
	struct link_records *r = job->records;
	struct link_change *c;

	l->gone = mem_zalloc(r->count + 1, sizeof(*l->gone));
	if (link_store_note(&job->kept, "remove", NULL, err) < 0 ||
	    read_ids(l, &job->spec, source, err) < 0 || find_gone(l, r, source, err) < 0)
		return -1;
	if (l->count && l->count == r->count)
		return err_set(err, ERR_USAGE, "%s: no record would be left", l->o->folder);
	c = &job->kept.changes.ptr[job->kept.changes.len - 1];
	c->source = source;
	c->records = l->count;
	c->skipped = l->skipped;
	if (l->count && regroup(job, l, ret, err) < 0)
		return -1;
	for (size_t f = 0; l->count && f < r->fields; f++)
		if (r->dictionary_of[f] == f)
			wipe_dictionary(r, f);
	return 0;
}

static int remove_records(struct link_job *job, const struct link_increment *o, const char *from,
    const char *to, struct link_events *ret, struct err *err)
{
	AUTO_JSON json_t *manifest = NULL;
	struct leaving l = {.o = o};
	int source;
	int rc;

	job->threads = o->threads;
	if (link_store_load(job, from, &manifest, err) < 0 ||
	    link_increment_source(job, o, &source, err) < 0 ||
	    link_store_model(job, from, manifest, err) < 0)
		return -1;
	rc = take_out(job, &l, source, ret, err);
	map_clear(&l.ids);
	free(l.gone);
	return rc < 0 ? -1 : link_store_write(job, to, from, ret, job->records->count, err);
}

int link_remove(struct link_job *job, const struct link_increment *o, struct link_events *ret,
    struct err *err)
{
	AUTO_OUT_FOLDER struct out_folder out = {0};

	if (link_store_lock(&out, o->folder, err) < 0 ||
	    remove_records(job, o, out.target, out.path, ret, err) < 0)
		return -1;
	return out_folder_commit(&out, err);
}
