/*
 * The rows of a batch. They are held as text until their ids have been
 * compared with those that are kept; then each becomes a row of values.
 * Values are numbered row by row, so that two batches number as one would.
 */
#include "link/increment.h"

#include "base/cancel.h"
#include "link/standard.h"

struct batch {
	const struct link_increment *o;
	int source;
	size_t cells; /* a row: the fields, then the id */
	size_t rows;
	VEC(char) bytes;
	VEC(uint64_t) ends;
	VEC(bool) known; /* by row: its id is kept already */
	struct map ids;  /* to the row */
};

static void batch_clear(struct batch *b)
{
	vec_clear(&b->bytes);
	vec_clear(&b->ends);
	vec_clear(&b->known);
	map_clear(&b->ids);
}

static struct view cell(const struct batch *b, size_t row, size_t index)
{
	size_t at = row * b->cells + index;
	uint64_t start = at ? b->ends.ptr[at - 1] : 0;

	return (struct view){b->bytes.ptr + start, b->ends.ptr[at] - start};
}

static void add_cell(struct batch *b, struct view text)
{
	vec_reserve(&b->bytes, b->bytes.len + text.len + 1);
	if (text.len)
		memcpy(b->bytes.ptr + b->bytes.len, text.ptr, text.len);
	b->bytes.len += text.len;
	*vec_push(&b->ends) = b->bytes.len;
}

static int add_row(struct batch *b, const struct link_source *s, const int *column, int id,
    struct err *err)
{
	size_t had = b->ids.entries.len;
	struct view name = link_source_field(s, (size_t)id);
	int64_t first = *map_add(&b->ids, name, (int64_t)b->rows);

	if (b->ids.entries.len == had)
		return err_set(err, ERR_FORMAT, "%s: rows %zu and %zu have the same id",
		    b->o->input, (size_t)first + 1, b->rows + 1);
	for (size_t f = 0; f + 1 < b->cells; f++) {
		struct view text = link_source_field(s, (size_t)column[f]);

		if (!view_is_utf8(text)) {
			err_set_(err, ERR_FORMAT, "%s: row %zu: column \"%.*s\" is not UTF-8",
			    b->o->input, b->rows + 1,
			    VIEW_ARG(link_source_column(s, (size_t)column[f])));
			return err_hint(err, "convert the file first: iconv -f latin1 -t utf-8");
		}
		add_cell(b, text);
	}
	add_cell(b, name);
	*vec_push(&b->known) = false;
	b->rows++;
	return 0;
}

static int read_rows(struct batch *b, const struct link_job *job, struct err *err)
{
	AUTO_LINK_SOURCE struct link_source *s = NULL;
	int column[LINK_FIELDS_MAX];
	int id = -1;
	int rc;

	if (link_source_open(&s, b->o->input, err) < 0 ||
	    link_records_columns(job->records, &job->spec, s, b->o->input, b->source == 1, column,
		&id, err) < 0)
		return -1;
	while ((rc = link_source_next(s, err)) > 0) {
		if (job->records->count + b->rows >= LINK_RECORDS_MAX)
			return err_set(err, ERR_LIMIT, "%s: more than %d records with those kept",
			    b->o->input, LINK_RECORDS_MAX);
		if (add_row(b, s, column, id, err) < 0 ||
		    (b->rows % 4096 == 0 && cancel_check(err) < 0))
			return -1;
	}
	if (rc == 0 && b->rows == 0)
		return err_set(err, ERR_FORMAT, "%s: it has no records", b->o->input);
	return rc;
}

static int check_known(struct batch *b, const struct link_records *r, size_t *ret, struct err *err)
{
	size_t lowest = b->rows;

	*ret = 0;
	for (size_t i = 0; i < r->count; i++) {
		const int64_t *row = r->source[i] == b->source
		                         ? map_find(&b->ids, link_record_id(r, i))
		                         : NULL;

		if (!row)
			continue;
		b->known.ptr[*row] = true;
		lowest = MIN(lowest, (size_t)*row);
		++*ret;
	}
	if (!*ret || b->o->skip)
		return 0;
	err_set_(err, ERR_FORMAT, "%s: %zu of its ids are kept already, the first in row %zu",
	    b->o->input, *ret, lowest + 1);
	return err_hint(err, "--skip-known leaves such rows out; to correct a record, "
			     "remove it first");
}

struct standards {
	struct map raw[LINK_FIELDS_MAX]; /* text of a cell to its value */
	struct str text;
};

static uint32_t value_of(struct standards *s, struct link_records *r, size_t f, struct view text)
{
	int64_t *value;

	if (!text.len)
		return 0;
	value = map_add(&s->raw[f], text, -1);
	if (*value < 0) {
		link_standard(r->field[f].kind, text, &s->text);
		*value = link_dictionary_add(link_values(r, f), str_view(&s->text));
	}
	return (uint32_t)*value;
}

static void take_row(struct batch *b, struct link_records *r, struct standards *s, size_t row)
{
	struct view id = cell(b, row, r->fields);

	for (size_t f = 0; f < r->fields; f++)
		*vec_push(&r->rows) = value_of(s, r, f, cell(b, row, f));
	vec_reserve(&r->id_bytes, r->id_bytes.len + id.len + 1);
	memcpy(r->id_bytes.ptr + r->id_bytes.len, id.ptr, id.len);
	r->id_bytes.len += id.len;
	*vec_push(&r->id_ends) = r->id_bytes.len;
	r->source[r->count++] = (uint8_t)b->source;
	r->left += b->source == 0;
}

/* Values that came later were counted never. */
static void grow_counts(struct link_records *r, const size_t *had)
{
	for (size_t f = 0; f < r->fields; f++) {
		size_t n = link_dictionary_size(link_values(r, f));

		r->value_count[f] =
		    mem_realloc(r->value_count[f], n, sizeof(*r->value_count[f]));
		memset(r->value_count[f] + had[f], 0, (n - had[f]) * sizeof(*r->value_count[f]));
	}
}

static void take_rows(struct batch *b, struct link_job *job)
{
	struct link_records *r = job->records;
	struct standards s = {0};
	size_t had[LINK_FIELDS_MAX] = {0};
	size_t total = r->count + b->rows;
	size_t before = r->count;

	for (size_t f = 0; f < r->fields; f++)
		had[f] = link_dictionary_size(link_values(r, f));
	r->source = mem_realloc(r->source, total + 1, 1);
	job->kept.cluster = mem_realloc(job->kept.cluster, total + 1, sizeof(uint32_t));
	job->clusters.of_record =
	    mem_realloc(job->clusters.of_record, total + 1, sizeof(uint32_t));
	for (size_t i = 0; i < b->rows; i++)
		if (!b->known.ptr[i])
			take_row(b, r, &s, i);
	for (size_t i = before; i < r->count; i++) {
		job->kept.cluster[i] = 0;
		job->clusters.of_record[i] = (uint32_t)i;
	}
	grow_counts(r, had);
	for (size_t f = 0; f < r->fields; f++)
		map_clear(&s.raw[f]);
	str_clear(&s.text);
}

int link_batch_read(struct link_job *job, const struct link_increment *o, int source,
    struct err *err)
{
	AUTO(batch_clear)
	struct batch b = {.o = o, .source = source, .cells = job->records->fields + 1};
	struct link_change *c;
	size_t known;

	if (link_store_note(&job->kept, "add", o->input, err) < 0 ||
	    read_rows(&b, job, err) < 0 || check_known(&b, job->records, &known, err) < 0)
		return -1;
	take_rows(&b, job);
	c = &job->kept.changes.ptr[job->kept.changes.len - 1];
	c->source = source;
	c->skipped = known;
	c->records = b.rows - known;
	return 0;
}
