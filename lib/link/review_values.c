/* What the drawn records hold, as their files have it: one more pass over the inputs. */
#include "link/review.h"

#include "base/cancel.h"
#include "io/file.h"

struct wanted {
	VEC(uint32_t) records; /* ascending, each once */
	struct view *cells;    /* record x field */
};

static int by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a;
	uint32_t y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

static void want(struct wanted *w, const struct link_review *r)
{
	size_t n = 0;

	for (size_t i = 0; i < r->pairs.len; i++) {
		*vec_push(&w->records) = r->pairs.ptr[i].a;
		*vec_push(&w->records) = r->pairs.ptr[i].b;
	}
	qsort(w->records.ptr, w->records.len, sizeof(uint32_t), by_number);
	for (size_t i = 0; i < w->records.len; i++)
		if (n == 0 || w->records.ptr[n - 1] != w->records.ptr[i])
			w->records.ptr[n++] = w->records.ptr[i];
	w->records.len = n;
}

/* At most LINK_REVIEW_CELL bytes, whole characters, "…" behind what was cut. */
static struct view keep_cell(struct link_review *r, struct view v)
{
	size_t n = LINK_REVIEW_CELL;

	if (v.len <= LINK_REVIEW_CELL)
		return arena_view(&r->arena, v);
	while (n > 0 && ((unsigned char)v.ptr[n] & 0xC0) == 0x80)
		n--;
	return VIEW(arena_format(&r->arena, "%.*s…", (int)n, v.ptr));
}

static int read_source(struct link_review *r, const struct wanted *w, bool second,
    struct progress *progress, struct err *err)
{
	AUTO_LINK_SOURCE struct link_source *s = NULL;
	const struct link_records *d = r->job->records;
	const char *path = d->paths[second];
	size_t record = second ? d->left : 0;
	size_t next = 0;
	int column[LINK_FIELDS_MAX];
	int id;
	int rc;

	if (link_source_open(&s, path, err) < 0 ||
	    link_records_columns(d, &r->job->spec, s, path, second, column, &id, err) < 0)
		return -1;
	while (next < w->records.len && w->records.ptr[next] < record)
		next++;
	for (; (rc = link_source_next(s, err)) > 0; record++) {
		if (record % 4096 == 0) {
			progress_add(progress, 4096);
			if (cancel_check(err) < 0)
				return -1;
		}
		if (next == w->records.len || w->records.ptr[next] != record)
			continue;
		for (size_t f = 0; f < r->fields; f++)
			w->cells[next * r->fields + f] =
			    keep_cell(r, link_source_field(s, (size_t)column[f]));
		next++;
	}
	return rc;
}

static size_t place_of(const struct wanted *w, uint32_t record)
{
	const uint32_t *at = bsearch(
	    &record, w->records.ptr, w->records.len, sizeof(record), by_number);

	return (size_t)(at - w->records.ptr);
}

static void lay_out(struct link_review *r, const struct wanted *w)
{
	struct view *cells = arena_zalloc(&r->arena, r->pairs.len * 2 * r->fields, sizeof(*cells));

	r->cells = cells;
	for (size_t i = 0; i < r->pairs.len; i++) {
		uint32_t side[2] = {r->pairs.ptr[i].a, r->pairs.ptr[i].b};

		for (size_t k = 0; k < 2; k++, cells += r->fields)
			memcpy(cells, w->cells + place_of(w, side[k]) * r->fields,
			    r->fields * sizeof(*cells));
	}
}

/* Of a linkage that is kept there are no files: its standard values, without case and accents. */
static void use_standard(struct link_review *r, const struct wanted *w)
{
	const struct link_records *d = r->job->records;

	for (size_t i = 0; i < w->records.len; i++)
		for (size_t f = 0; f < r->fields; f++) {
			uint32_t value = link_row(d, w->records.ptr[i])[f];

			if (value)
				w->cells[i * r->fields + f] = keep_cell(
				    r, link_dictionary_text(link_values(d, f), value));
		}
}

static int use_files(
    struct link_review *r, const struct wanted *w, struct progress *progress, struct err *err)
{
	int rc;

	progress_start(progress, "reading again", "records", r->job->records->count);
	rc = read_source(r, w, false, progress, err);
	if (rc == 0 && r->job->records->paths[1])
		rc = read_source(r, w, true, progress, err);
	progress_end(progress);
	return rc;
}

int link_review_read(struct link_review *r, struct progress *progress, struct err *err)
{
	struct wanted w = {0};
	int rc = 0;

	r->fields = r->job->records->fields;
	want(&w, r);
	w.cells = arena_zalloc(&r->arena, w.records.len * r->fields, sizeof(*w.cells));
	if (r->job->records->source)
		use_standard(r, &w);
	else
		rc = use_files(r, &w, progress, err);
	if (rc == 0)
		lay_out(r, &w);
	vec_clear(&w.records);
	return rc;
}

char *link_review_heading(const struct link_review *r, size_t pair, int side, const char *name)
{
	const struct link_records *d = r->job->records;
	const struct link_review_pair *p = &r->pairs.ptr[pair];
	const char *path = d->paths[link_record_source(d, side ? p->b : p->a)];

	if (!d->paths[1] || !path)
		return mem_strdup(name);
	return str_format("%s, %s", name, path_base(path));
}
