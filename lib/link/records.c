/*
 * Reading: each raw value of a field gets a number as it is first seen; at the
 * end each distinct raw value is standardised once and the rows renumbered.
 */
#include "link/records.h"

#include "base/cancel.h"
#include "base/hash.h"
#include "link/pieces.h"
#include "link/sort.h"
#include "link/standard.h"

struct reader {
	struct link_records *r;
	struct map raw[LINK_FIELDS_MAX];
	int column[LINK_FIELDS_MAX]; /* of the source at hand */
	int id_column;               /* or -1 */
	int threads;
};

void link_records_free(struct link_records **records)
{
	struct link_records *r = *records;

	*records = NULL;
	if (!r)
		return;
	for (size_t f = 0; f < LINK_FIELDS_MAX; f++) {
		link_dictionary_clear(&r->dictionary[f]);
		free(r->value_count[f]);
	}
	vec_clear(&r->rows);
	vec_clear(&r->id_bytes);
	vec_clear(&r->id_ends);
	free(r->source);
	free(r->paths[0]);
	free(r->paths[1]);
	free(r);
}

/* The only column of this kind, where the names of the two sources differ. */
static int find_by_kind(const struct link_source *s, enum link_kind kind)
{
	int found = -1;

	for (size_t i = 0; i < link_source_columns(s); i++)
		if (link_guess_name(link_source_column(s, i)) == kind) {
			if (found >= 0)
				return -1;
			found = (int)i;
		}
	return found;
}

static int find_column(const struct link_source *s, const char *path, const char *left,
    const char *right, enum link_kind kind, bool second, int *ret, struct err *err)
{
	const char *name = second && right ? right : left;

	*ret = link_source_find(s, VIEW(name));
	if (*ret < 0 && second && !right)
		*ret = find_by_kind(s, kind);
	if (*ret >= 0)
		return 0;
	err_set_(err, ERR_FORMAT, "%s: no column \"%s\"", path, name);
	return err_hint(err, "the spec names the columns of both files: \"column\" and \"right\"");
}

int link_records_columns(const struct link_records *r, const struct link_spec *spec,
    const struct link_source *s, const char *path, bool second, int *ret_column, int *ret_id,
    struct err *err)
{
	for (size_t f = 0; f < r->fields; f++) {
		const struct link_field *field = &r->field[f];

		if (find_column(s, path, field->column, field->right, field->kind, second,
			&ret_column[f], err) < 0)
			return -1;
	}
	*ret_id = -1;
	if (!spec->id)
		return 0;
	return find_column(s, path, spec->id, spec->right_id, LINK_ID, second, ret_id, err);
}

static void add_row(struct reader *rd, const struct link_source *s)
{
	struct link_records *r = rd->r;

	vec_reserve(&r->rows, r->rows.len + r->fields);
	for (size_t f = 0; f < r->fields; f++) {
		struct view text = link_source_field(s, (size_t)rd->column[f]);

		r->rows.ptr[r->rows.len++] =
		    text.len ? (uint32_t)map_intern(&rd->raw[f], text) + 1 : 0;
	}
	if (rd->id_column >= 0) {
		struct view id = link_source_field(s, (size_t)rd->id_column);

		vec_reserve(&r->id_bytes, r->id_bytes.len + id.len);
		if (id.len)
			memcpy(r->id_bytes.ptr + r->id_bytes.len, id.ptr, id.len);
		r->id_bytes.len += id.len;
		*vec_push(&r->id_ends) = r->id_bytes.len;
	}
	r->count++;
}

/* 1: read; 0: it must be read row by row. */
static int read_pieces(struct reader *rd, const struct link_source *s, const char *path,
    struct progress *progress, struct err *err)
{
	struct link_pieces p = {.path = path,
	    .separator = link_source_separator(s),
	    .columns = link_source_columns(s),
	    .column = rd->column,
	    .id_column = rd->id_column,
	    .threads = rd->threads,
	    .progress = progress};

	return p.separator ? link_pieces_read(rd->r, rd->raw, &p, err) : 0;
}

static int read_source(struct reader *rd, const struct link_spec *spec, const char *path,
    bool second, struct progress *progress, struct err *err)
{
	AUTO_LINK_SOURCE struct link_source *s = NULL;
	int rc;

	if (link_source_open(&s, path, err) < 0 ||
	    link_records_columns(
		rd->r, spec, s, path, second, rd->column, &rd->id_column, err) < 0)
		return -1;
	rc = read_pieces(rd, s, path, progress, err);
	if (rc != 0)
		return MIN(rc, 0);
	while ((rc = link_source_next(s, err)) > 0) {
		if (rd->r->count == LINK_RECORDS_MAX)
			return err_set(
			    err, ERR_LIMIT, "%s: more than %d records", path, LINK_RECORDS_MAX);
		add_row(rd, s);
		if (rd->r->count % 4096 == 0) {
			progress_add(progress, 4096);
			if (cancel_check(err) < 0)
				return -1;
		}
	}
	return rc;
}

/* Where the first record with a raw value stands, for a message. */
static int not_utf8(const struct link_records *r, size_t f, uint32_t raw, struct err *err)
{
	size_t record = 0;

	while (link_row(r, record)[f] != raw)
		record++;
	err_set_(err, ERR_FORMAT, "%s: row %zu: column \"%s\" is not UTF-8",
	    r->paths[link_record_source(r, record)],
	    record - (link_record_source(r, record) ? r->left : 0) + 1, r->field[f].column);
	return err_hint(err, "convert the file first: iconv -f latin1 -t utf-8");
}

/* Standard values of a field's distinct raw values, then of its column. */
static int standardise(struct reader *rd, size_t f, struct err *err)
{
	struct link_records *r = rd->r;
	struct map *raw = &rd->raw[f];
	AUTO_STR struct str text = {0};
	uint32_t *standard = mem_zalloc(raw->entries.len + 1, sizeof(*standard));
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < raw->entries.len; i++) {
		if (!view_is_utf8(raw->entries.ptr[i].key))
			rc = not_utf8(r, f, (uint32_t)i + 1, err);
		link_standard(r->field[f].kind, raw->entries.ptr[i].key, &text);
		standard[i + 1] = link_dictionary_add(link_values(r, f), str_view(&text));
	}
	for (size_t i = 0; rc == 0 && i < r->count; i++)
		r->rows.ptr[i * r->fields + f] = standard[r->rows.ptr[i * r->fields + f]];
	free(standard);
	map_clear(raw);
	return rc;
}

/* Names share their dictionary: a given name may stand where the surname belongs. */
static void place_dictionaries(struct link_records *r)
{
	size_t names = r->fields;

	for (size_t f = 0; f < r->fields; f++) {
		enum link_kind k = r->field[f].kind;
		bool name = k == LINK_GIVEN || k == LINK_SURNAME || k == LINK_USED;

		if (name && names == r->fields)
			names = f;
		r->dictionary_of[f] = (unsigned)(name ? names : f);
	}
}

void link_records_count_values(struct link_records *r)
{
	for (size_t f = 0; f < r->fields; f++) {
		if (!link_values(r, f)->packed.len)
			(void)link_dictionary_add(link_values(r, f), VIEW_LIT(""));
		free(r->value_count[f]);
		r->value_count[f] = mem_zalloc(
		    link_dictionary_size(link_values(r, f)), sizeof(*r->value_count[f]));
		for (size_t i = 0; i < r->count; i++)
			r->value_count[f][link_row(r, i)[f]]++;
		r->known[f] = r->count - r->value_count[f][0];
	}
}

/* Two records of one source with one id: results could not tell them apart. */
static int check_ids(const struct link_records *r, int source, struct err *err)
{
	size_t first = source ? r->left : 0;
	size_t n = (source ? r->count : r->left) - first;
	struct link_keyed *keyed = mem_alloc(MAX(n, (size_t)1) * sizeof(*keyed));
	size_t a = 0, b = 0;

	for (size_t i = 0; i < n; i++)
		keyed[i] = (struct link_keyed){
		    (uint32_t)hash_xxh3(link_record_id(r, first + i)), (uint32_t)i};
	link_sort(keyed, n);
	for (size_t i = 0; i < n && !b; i++)
		for (size_t j = i + 1; j < n && keyed[j].key == keyed[i].key && !b; j++)
			if (view_eq(link_record_id(r, first + keyed[i].record),
				link_record_id(r, first + keyed[j].record))) {
				a = keyed[i].record + 1;
				b = keyed[j].record + 1;
			}
	free(keyed);
	if (!b)
		return 0;
	return err_set(err, ERR_FORMAT, "%s: rows %zu and %zu have the same id", r->paths[source],
	    MIN(a, b), MAX(a, b));
}

static int read_all(struct reader *rd, const struct link_spec *spec, struct progress *progress,
    struct err *err)
{
	struct link_records *r = rd->r;

	if (read_source(rd, spec, r->paths[0], false, progress, err) < 0)
		return -1;
	r->left = r->count;
	if (r->paths[1] && read_source(rd, spec, r->paths[1], true, progress, err) < 0)
		return -1;
	if (r->left == 0 || (r->paths[1] && r->count == r->left))
		return err_set(
		    err, ERR_FORMAT, "%s: it has no records", r->paths[r->left ? 1 : 0]);
	for (size_t f = 0; f < r->fields; f++)
		if (standardise(rd, f, err) < 0)
			return -1;
	link_records_count_values(r);
	if (!r->has_ids)
		return 0;
	if (check_ids(r, 0, err) < 0)
		return -1;
	return r->paths[1] ? check_ids(r, 1, err) : 0;
}

struct link_records *link_records_new(const struct link_spec *spec)
{
	struct link_records *r = mem_zalloc(1, sizeof(*r));

	for (size_t i = 0; i < spec->fields.len; i++)
		if (spec->fields.ptr[i].kind != LINK_IGNORE)
			r->field[r->fields++] = spec->fields.ptr[i];
	r->has_ids = spec->id != NULL;
	place_dictionaries(r);
	return r;
}

int link_records_read_on(struct link_records **ret, const struct link_spec *spec,
    const char *left, const char *right, int threads, struct progress *progress, struct err *err)
{
	AUTO_LINK_RECORDS struct link_records *r = link_records_new(spec);
	struct reader rd = {.r = r, .threads = threads};
	int rc;

	r->paths[0] = mem_strdup(left);
	r->paths[1] = right ? mem_strdup(right) : NULL;
	progress_start(progress, "reading", "records", 0);
	rc = read_all(&rd, spec, progress, err);
	progress_end(progress);
	for (size_t f = 0; f < LINK_FIELDS_MAX; f++)
		map_clear(&rd.raw[f]);
	if (rc < 0)
		return -1;
	*ret = TAKE(r);
	return 0;
}

int link_records_read(struct link_records **ret, const struct link_spec *spec, const char *left,
    const char *right, struct progress *progress, struct err *err)
{
	return link_records_read_on(ret, spec, left, right, 1, progress, err);
}

void link_record_name(const struct link_records *r, size_t record, struct str *out)
{
	if (r->has_ids)
		str_add(out, link_record_id(r, record));
	else
		str_addf(out, "%zu", record - (link_record_source(r, record) ? r->left : 0) + 1);
}

int64_t link_record_find(const struct link_records *r, int source, struct view name)
{
	size_t first = source && !r->source ? r->left : 0;
	size_t end = source || r->source ? r->count : r->left;
	int64_t number;

	if (!r->has_ids)
		return view_to_i64(name, &number) && number >= 1 &&
		               (uint64_t)number <= end - first
		           ? (int64_t)first + number - 1
		           : -1;
	for (size_t i = first; i < end; i++)
		if (link_record_source(r, i) == source && view_eq(link_record_id(r, i), name))
			return (int64_t)i;
	return -1;
}
