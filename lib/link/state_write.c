#include "link/section.h"
#include "link/state.h"
#include "link/state_parts.h"

static void put_head(struct link_section_out *o, const struct link_job *job)
{
	const struct link_records *r = job->records;
	struct link_state_head head = {.records = r->count,
	    .left = r->left,
	    .fields = r->fields,
	    .type = job->spec.type,
	    .parts = job->blocking.parts,
	    .passes = job->blocking.passes,
	    .batch = job->kept.changes.len,
	    .next_cluster = job->kept.next_cluster,
	    .trained_on = job->kept.trained_on,
	    .budget = job->blocking.budget,
	    .expected_recall = job->blocking.expected_recall};

	link_section_put(o, "HEAD", sizeof(head), &head, 1);
}

static void put_sources(struct link_section_out *o, const struct link_records *r)
{
	uint8_t *source = mem_alloc(r->count + 1);

	for (size_t i = 0; i < r->count; i++)
		source[i] = (uint8_t)link_record_source(r, i);
	link_section_put(o, "SRCE", 1, source, r->count);
	free(source);
}

/* Texts one behind the other; those of values that nobody has any more are empty. */
static void put_dictionary(struct link_section_out *o, const struct link_dictionary *d)
{
	size_t n = link_dictionary_size(d) - 1;
	uint64_t *ends = mem_alloc((n + 1) * sizeof(*ends));
	VEC(char)
	bytes = {0};

	for (size_t i = 0; i < n; i++) {
		struct view text = link_dictionary_text(d, (uint32_t)i + 1);

		if (link_dictionary_is_gone(d, (uint32_t)i + 1))
			text.len = 0;
		vec_reserve(&bytes, bytes.len + text.len);
		if (text.len)
			memcpy(bytes.ptr + bytes.len, text.ptr, text.len);
		bytes.len += text.len;
		ends[i] = bytes.len;
	}
	link_section_put(o, "TEND", sizeof(*ends), ends, n);
	link_section_put(o, "TEXT", 1, bytes.ptr, bytes.len);
	free(ends);
	vec_clear(&bytes);
}

static void put_values(struct link_section_out *o, const struct link_records *r)
{
	for (size_t f = 0; f < r->fields; f++)
		if (r->dictionary_of[f] == f)
			put_dictionary(o, link_values(r, f));
	for (size_t f = 0; f < r->fields; f++)
		link_section_put(o, "CNTS", sizeof(uint32_t), r->value_count[f],
		    link_dictionary_size(link_values(r, f)));
	link_section_put(o, "KNWN", sizeof(uint64_t), r->known, r->fields);
}

static void put_pass(struct link_section_out *o, const struct link_pass *p)
{
	struct link_state_pass pass = {.parts = (uint32_t)p->parts,
	    .all = p->all,
	    .pairs = p->pairs,
	    .largest = p->largest,
	    .split_blocks = p->split_blocks,
	    .left_out = p->left_out};

	memcpy(pass.part, p->part, sizeof(p->part));
	link_section_put(o, "PASS", sizeof(pass), &pass, 1);
	link_section_put(o, "SPLT", sizeof(struct link_split), p->splits.ptr, p->splits.len);
}

static void put_blocking(struct link_section_out *o, const struct link_blocking *b)
{
	struct link_state_part parts[LINK_PARTS_ROOM];

	for (size_t i = 0; i < b->parts; i++)
		parts[i] = (struct link_state_part){(uint32_t)b->part[i].field,
		    (uint32_t)b->part[i].other, (uint32_t)b->part[i].take};
	link_section_put(o, "PART", sizeof(*parts), parts, b->parts);
	for (size_t p = 0; p < b->passes; p++)
		put_pass(o, &b->pass[p]);
	link_section_put(o, "PKEY", sizeof(uint32_t), b->keys,
	    b->keys ? b->records->count * b->passes : 0);
}

int link_state_write(const struct link_job *job, const char *path, struct err *err)
{
	const struct link_records *r = job->records;
	struct link_section_out o;

	if (link_sections_create(&o, path, err) < 0)
		return -1;
	put_head(&o, job);
	link_section_put(&o, "ROWS", sizeof(uint32_t), r->rows.ptr, r->count * r->fields);
	put_sources(&o, r);
	link_section_put(&o, "CLUS", sizeof(uint32_t), job->kept.cluster, r->count);
	link_section_put(&o, "IEND", sizeof(uint64_t), r->id_ends.ptr, r->count);
	link_section_put(&o, "IDNT", 1, r->id_bytes.ptr, r->id_bytes.len);
	put_values(&o, r);
	link_section_put(
	    &o, "EDGE", sizeof(struct link_edge), job->edges.list.ptr, job->edges.list.len);
	put_blocking(&o, &job->blocking);
	return link_sections_close(&o, err);
}
