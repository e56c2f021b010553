#include "link/section.h"
#include "link/sort.h"
#include "link/state.h"
#include "link/state_parts.h"

#include <errno.h>
#include <sys/stat.h>

static int get_head(struct link_section_in *in, const struct link_job *job,
    struct link_state_head *ret, struct err *err)
{
	struct link_state_head *head = NULL;
	bool good;

	if (!(head = link_section_get(in, "HEAD", sizeof(*head), 1, NULL, err)))
		return -1;
	*ret = *head;
	free(head);
	good = ret->records <= LINK_RECORDS_MAX && ret->left <= ret->records &&
	       ret->parts <= LINK_PARTS_ROOM && ret->passes <= LINK_PASSES_MAX &&
	       ret->next_cluster >= 1 && ret->next_cluster <= UINT32_MAX;
	if (!good)
		return link_section_damaged(in, err);
	if (ret->fields != job->records->fields || ret->type != job->spec.type ||
	    ret->batch != job->kept.changes.len)
		return err_set(
		    err, ERR_FORMAT, "%s: it is not of the manifest beside it", in->path);
	return 0;
}

static int get_records(struct link_section_in *in, struct link_job *job,
    const struct link_state_head *h, struct err *err)
{
	struct link_records *r = job->records;
	size_t left = 0;
	bool good = true;

	r->count = h->records;
	r->left = h->left;
	r->rows.ptr = link_section_get(
	    in, "ROWS", sizeof(*r->rows.ptr), r->count * r->fields, &r->rows.len, err);
	if (!r->rows.ptr ||
	    !(r->source = link_section_get(in, "SRCE", sizeof(*r->source), r->count, NULL, err)))
		return -1;
	job->kept.cluster = link_section_get(
	    in, "CLUS", sizeof(*job->kept.cluster), r->count, NULL, err);
	if (!job->kept.cluster)
		return -1;
	r->rows.cap = r->rows.len;
	job->kept.next_cluster = (uint32_t)h->next_cluster;
	job->kept.trained_on = h->trained_on;
	for (size_t i = 0; i < r->count; i++) {
		left += r->source[i] == 0;
		good = good && r->source[i] <= 1 && job->kept.cluster[i] &&
		       job->kept.cluster[i] < h->next_cluster;
	}
	return good && left == r->left ? 0 : link_section_damaged(in, err);
}

static bool ends_ascend(const uint64_t *ends, size_t count, size_t bytes)
{
	for (size_t i = 0; i < count; i++)
		if (ends[i] < (i ? ends[i - 1] : 0))
			return false;
	return (count ? ends[count - 1] : 0) == bytes;
}

static int get_ids(struct link_section_in *in, struct link_records *r, struct err *err)
{
	r->id_ends.ptr = link_section_get(
	    in, "IEND", sizeof(*r->id_ends.ptr), r->count, &r->id_ends.len, err);
	if (!r->id_ends.ptr)
		return -1;
	r->id_bytes.ptr = link_section_get(
	    in, "IDNT", sizeof(*r->id_bytes.ptr), SIZE_MAX, &r->id_bytes.len, err);
	if (!r->id_bytes.ptr)
		return -1;
	r->id_ends.cap = r->id_ends.len;
	r->id_bytes.cap = r->id_bytes.len;
	return ends_ascend(r->id_ends.ptr, r->count, r->id_bytes.len)
	           ? 0
	           : link_section_damaged(in, err);
}

/* Each text gets the number it had, or there was one twice. */
static bool fill_dictionary(
    struct link_dictionary *d, const uint64_t *ends, size_t count, const char *bytes)
{
	(void)link_dictionary_add(d, VIEW_LIT(""));
	for (size_t i = 0; i < count; i++) {
		uint64_t start = i ? ends[i - 1] : 0;
		struct view text = {bytes + start, ends[i] - start};

		if (text.len == 0)
			link_dictionary_add_gone(d);
		else if (link_dictionary_add(d, text) != i + 1)
			return false;
	}
	return link_dictionary_size(d) == count + 1;
}

static int get_dictionary(struct link_section_in *in, struct link_dictionary *d, struct err *err)
{
	uint64_t *ends = NULL;
	char *bytes = NULL;
	size_t count = 0, len = 0;
	int rc = -1;

	if ((ends = link_section_get(in, "TEND", sizeof(*ends), SIZE_MAX, &count, err)) &&
	    (bytes = link_section_get(in, "TEXT", sizeof(*bytes), SIZE_MAX, &len, err)))
		rc = count < UINT32_MAX && ends_ascend(ends, count, len) &&
		             fill_dictionary(d, ends, count, bytes)
		         ? 0
		         : link_section_damaged(in, err);
	free(ends);
	free(bytes);
	return rc;
}

static int get_values(struct link_section_in *in, struct link_records *r, struct err *err)
{
	uint64_t *known = NULL;

	for (size_t f = 0; f < r->fields; f++)
		if (r->dictionary_of[f] == f && get_dictionary(in, link_values(r, f), err) < 0)
			return -1;
	for (size_t f = 0; f < r->fields; f++) {
		size_t n = link_dictionary_size(link_values(r, f));

		r->value_count[f] =
		    link_section_get(in, "CNTS", sizeof(*r->value_count[f]), n, NULL, err);
		if (!r->value_count[f])
			return -1;
		for (size_t i = 0; i < r->count; i++)
			if (link_row(r, i)[f] >= n)
				return link_section_damaged(in, err);
	}
	if (!(known = link_section_get(in, "KNWN", sizeof(*known), r->fields, NULL, err)))
		return -1;
	memcpy(r->known, known, r->fields * sizeof(*known));
	free(known);
	return 0;
}

static int get_edges(struct link_section_in *in, struct link_job *job, struct err *err)
{
	struct link_edges *e = &job->edges;

	e->list.ptr = link_section_get(
	    in, "EDGE", sizeof(*e->list.ptr), SIZE_MAX, &e->list.len, err);
	if (!e->list.ptr)
		return -1;
	e->list.cap = e->list.len;
	for (size_t i = 0; i < e->list.len; i++) {
		const struct link_edge *x = &e->list.ptr[i];

		if (x->a >= x->b || x->b >= job->records->count ||
		    (i && x[-1].weight < x->weight))
			return link_section_damaged(in, err);
	}
	return 0;
}

static int get_parts(struct link_section_in *in, struct link_blocking *b, size_t count,
    struct err *err)
{
	struct link_state_part *parts = NULL;
	size_t fields = b->records->fields;
	bool good = true;

	if (!(parts = link_section_get(in, "PART", sizeof(*parts), count, NULL, err)))
		return -1;
	for (size_t i = 0; i < count && good; i++) {
		good = parts[i].field < fields && parts[i].other < fields &&
		       parts[i].take < LINK_TAKES;
		b->part[b->parts++] = (struct link_part){.field = parts[i].field,
		    .other = parts[i].other,
		    .take = (enum link_take)parts[i].take};
	}
	free(parts);
	return good ? 0 : link_section_damaged(in, err);
}

static int get_splits(struct link_section_in *in, struct link_pass *p, struct err *err)
{
	p->splits.ptr = link_section_get(
	    in, "SPLT", sizeof(*p->splits.ptr), SIZE_MAX, &p->splits.len, err);
	if (!p->splits.ptr)
		return -1;
	p->splits.cap = p->splits.len;
	for (size_t i = 0; i < p->splits.len; i++) {
		const struct link_split *s = &p->splits.ptr[i];

		if (s->round > LINK_SPLITS_MAX ||
		    (i && (s[-1].round > s->round ||
			      (s[-1].round == s->round && s[-1].key >= s->key))))
			return link_section_damaged(in, err);
	}
	return 0;
}

static int get_pass(struct link_section_in *in, struct link_blocking *b, struct err *err)
{
	struct link_pass *p = &b->pass[b->passes++];
	struct link_state_pass *s = NULL;
	bool good;

	if (!(s = link_section_get(in, "PASS", sizeof(*s), 1, NULL, err)))
		return -1;
	*p = (struct link_pass){.parts = s->parts,
	    .all = s->all,
	    .pairs = s->pairs,
	    .largest = s->largest,
	    .split_blocks = s->split_blocks,
	    .left_out = s->left_out};
	memcpy(p->part, s->part, sizeof(p->part));
	free(s);
	good = p->parts <= LINK_PASS_PARTS;
	for (size_t i = 0; good && i < p->parts; i++)
		good = p->part[i] < b->parts;
	if (!good)
		return link_section_damaged(in, err);
	return get_splits(in, p, err);
}

/* A pass of all pairs stands alone, and has no keys. */
static int get_keys(struct link_section_in *in, struct link_blocking *b, struct err *err)
{
	bool all = b->passes == 1 && b->pass[0].all;

	for (size_t p = 0; p < b->passes; p++)
		if (b->pass[p].all != all)
			return link_section_damaged(in, err);
	b->keys = link_section_get(in, "PKEY", sizeof(*b->keys),
	    all ? 0 : b->records->count * b->passes, NULL, err);
	if (!b->keys)
		return -1;
	if (all)
		free(TAKE(b->keys));
	link_blocking_point(b);
	return 0;
}

static int get_all(struct link_section_in *in, struct link_job *job, struct err *err)
{
	struct link_blocking *b = &job->blocking;
	struct link_state_head h;

	if (get_head(in, job, &h, err) < 0 || get_records(in, job, &h, err) < 0 ||
	    get_ids(in, job->records, err) < 0 || get_values(in, job->records, err) < 0 ||
	    get_edges(in, job, err) < 0)
		return -1;
	*b = (struct link_blocking){.records = job->records,
	    .type = job->spec.type,
	    .budget = h.budget,
	    .expected_recall = h.expected_recall};
	if (get_parts(in, b, h.parts, err) < 0)
		return -1;
	for (size_t p = 0; p < h.passes; p++)
		if (get_pass(in, b, err) < 0)
			return -1;
	if (get_keys(in, b, err) < 0)
		return -1;
	return link_sections_end(in, err);
}

void link_state_leaders(const uint32_t *cluster, size_t records, uint32_t *ret_of_record)
{
	struct link_keyed *items = mem_alloc((records + 1) * sizeof(*items));
	uint32_t leader = 0;

	for (size_t i = 0; i < records; i++)
		items[i] = (struct link_keyed){.key = cluster[i], .record = (uint32_t)i};
	link_sort(items, records);
	for (size_t i = 0; i < records; i++) {
		if (i == 0 || items[i].key != items[i - 1].key)
			leader = items[i].record;
		ret_of_record[items[i].record] = leader;
	}
	free(items);
}

int link_state_read_file(struct link_job *job, FILE *file, uint64_t size, const char *path,
    struct err *err)
{
	struct link_section_in in;

	job->records = link_records_new(&job->spec);
	if (link_sections_begin(&in, file, path, size, err) < 0 || get_all(&in, job, err) < 0)
		return -1;
	job->clusters.of_record = mem_alloc((job->records->count + 1) * sizeof(uint32_t));
	link_state_leaders(job->kept.cluster, job->records->count, job->clusters.of_record);
	link_clusters_count(
	    &job->clusters, job->records->count, job->threshold, &job->edges);
	return 0;
}

int link_state_read(struct link_job *job, const char *path, struct err *err)
{
	FILE *file = fopen(path, "rbe");
	struct stat st;
	int rc;

	if (!file)
		return err_set(err, ERR_IO, "%s: cannot open: %s", path, strerror(errno));
	rc = fstat(fileno(file), &st) < 0
	         ? err_set(err, ERR_IO, "%s: cannot read: %s", path, strerror(errno))
	         : link_state_read_file(job, file, (uint64_t)st.st_size, path, err);
	fclose(file);
	return rc;
}
