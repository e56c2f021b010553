/* The footer of a Parquet file: what its columns are and where their pages stand. */
#include "table/parquet_in.h"

#include "table/parquet_format.h"
#include "table/parquet_unpack.h"
#include "table/thrift_in.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MAGIC_BYTES = 4,
	END_BYTES = 8 }; /* size of the footer, magic */

struct element {
	struct view name;
	int type, repetition, converted, logical; /* -1: none */
	int64_t children;
	bool unsigned_or_odd; /* of the logical type */
};

static int broken(const struct parquet_in *f, struct err *err)
{
	return err_set(err, ERR_FORMAT, "%s: its Parquet footer is broken", f->path);
}

/* IntType: bit width and sign. */
static void read_integer(struct thrift_in *t, struct element *e)
{
	struct thrift_field f;

	while (thrift_next(t, &f))
		if (f.id == 2)
			e->unsigned_or_odd = !thrift_in_bool(t, f);
		else
			thrift_skip(t, f);
}

static void read_logical(struct thrift_in *t, struct element *e)
{
	struct thrift_field f;

	while (thrift_next(t, &f)) {
		e->logical = f.id;
		if (f.id != PARQUET_LOGICAL_INTEGER) {
			thrift_skip(t, f);
			continue;
		}
		thrift_in_struct(t, f);
		read_integer(t, e);
	}
}

static void read_element(struct thrift_in *t, struct element *e)
{
	struct thrift_field f;

	*e = (struct element){.type = -1, .repetition = -1, .converted = -1, .logical = -1};
	thrift_enter(t);
	while (thrift_next(t, &f))
		switch (f.id) {
		case 1: e->type = (int)thrift_in_int(t, f); break;
		case 3: e->repetition = (int)thrift_in_int(t, f); break;
		case 4: e->name = thrift_in_text(t, f); break;
		case 5: e->children = thrift_in_int(t, f); break;
		case 6: e->converted = (int)thrift_in_int(t, f); break;
		case 10:
			thrift_in_struct(t, f);
			read_logical(t, e);
			break;
		default: thrift_skip(t, f);
		}
}

static bool is_plain_integer(const struct element *e, int converted)
{
	bool narrow = e->converted == PARQUET_INT_8 || e->converted == PARQUET_INT_16;

	return !e->unsigned_or_odd && (e->logical < 0 || e->logical == PARQUET_LOGICAL_INTEGER) &&
	       (e->converted < 0 || e->converted == converted ||
		   (narrow && converted == PARQUET_INT_32));
}

/* The type of a column; false: one that is not known here. */
static bool type_of(const struct element *e, enum table_type *ret)
{
	switch (e->type) {
	case PARQUET_INT32:
		*ret = TABLE_TYPE_I32;
		if (e->converted == PARQUET_DATE || e->logical == PARQUET_LOGICAL_DATE) {
			*ret = TABLE_TYPE_DATE;
			return true;
		}
		return is_plain_integer(e, PARQUET_INT_32);
	case PARQUET_INT64: *ret = TABLE_TYPE_I64; return is_plain_integer(e, PARQUET_INT_64);
	case PARQUET_DOUBLE: *ret = TABLE_TYPE_DOUBLE; return e->converted < 0 && e->logical < 0;
	case PARQUET_BYTE_ARRAY:
		*ret = TABLE_TYPE_TEXT;
		return e->converted == PARQUET_UTF8 || e->logical == PARQUET_LOGICAL_STRING;
	default: return false;
	}
}

/* The root, and its leaves; a file with anything deeper is left to others. */
static void read_schema(struct parquet_in *f, struct thrift_in *t, struct thrift_field field)
{
	size_t count = thrift_in_list(t, field, THRIFT_STRUCT);

	for (size_t i = 0; i < count && !t->bad; i++) {
		struct element e;
		struct parquet_in_column *c;

		read_element(t, &e);
		if (i == 0)
			continue;
		if (f->columns.len == PARQUET_COLUMNS_MAX) {
			f->odd = true;
			continue;
		}
		if (e.children || (e.repetition != PARQUET_REQUIRED &&
				      e.repetition != PARQUET_OPTIONAL))
			f->odd = true;
		c = vec_push(&f->columns);
		c->name = arena_strdup(&f->arena, e.name);
		c->known = type_of(&e, &c->type);
		c->optional = e.repetition == PARQUET_OPTIONAL;
	}
}

static void read_encodings(struct thrift_in *t, struct thrift_field field, bool *known)
{
	size_t count = thrift_in_list(t, field, THRIFT_I32);

	for (size_t i = 0; i < count; i++) {
		int64_t e = thrift_in_int_element(t);

		if (e != PARQUET_PLAIN && e != PARQUET_PLAIN_DICTIONARY && e != PARQUET_RLE &&
		    e != PARQUET_RLE_DICTIONARY && e != PARQUET_BIT_PACKED)
			*known = false;
	}
}

static void read_chunk_metadata(struct thrift_in *t, struct parquet_in_chunk *c, size_t *ret_values)
{
	int64_t data = 0, dictionary = 0, size = 0, values = 0;
	struct thrift_field f;

	while (thrift_next(t, &f))
		switch (f.id) {
		case 2: read_encodings(t, f, &c->known); break;
		case 4: c->codec = (int)thrift_in_int(t, f); break;
		case 5: values = thrift_in_int(t, f); break;
		case 6: c->unpacked = (uint64_t)thrift_in_int(t, f); break;
		case 7: size = thrift_in_int(t, f); break;
		case 9: data = thrift_in_int(t, f); break;
		case 11: dictionary = thrift_in_int(t, f); break;
		default: thrift_skip(t, f);
		}
	c->offset = (uint64_t)(dictionary > 0 && dictionary < data ? dictionary : data);
	c->size = (uint64_t)size;
	*ret_values = (size_t)values;
	if (c->codec != PARQUET_UNCOMPRESSED && c->codec != PARQUET_SNAPPY &&
	    c->codec != PARQUET_ZSTD)
		c->known = false;
	if (c->size > PARQUET_CHUNK_MAX || c->unpacked > PARQUET_CHUNK_MAX)
		c->known = false;
}

static void read_chunk(struct thrift_in *t, struct parquet_in_chunk *c, size_t *ret_values)
{
	struct thrift_field f;

	*c = (struct parquet_in_chunk){.known = true};
	*ret_values = SIZE_MAX;
	thrift_enter(t);
	while (thrift_next(t, &f))
		if (f.id == 3) {
			thrift_in_struct(t, f);
			read_chunk_metadata(t, c, ret_values);
		} else {
			/* in another file, encrypted */
			c->known = c->known && f.id != 1 && f.id != 8;
			thrift_skip(t, f);
		}
}

static void read_chunks(struct parquet_in *f, struct thrift_in *t, struct thrift_field field,
    struct parquet_in_group *g, size_t *values)
{
	size_t count = thrift_in_list(t, field, THRIFT_STRUCT);

	if (count != f->columns.len || g->chunks) {
		t->bad = true;
		return;
	}
	g->chunks = arena_zalloc(&f->arena, count, sizeof(*g->chunks));
	for (size_t i = 0; i < count && !t->bad; i++)
		read_chunk(t, &g->chunks[i], &values[i]);
}

/* Do the chunks lie within the file, and have they a value a row? */
static bool is_sound(const struct parquet_in *f, const struct parquet_in_group *g,
    const size_t *values)
{
	if (!g->chunks || g->rows > PARQUET_GROUP_ROWS_MAX)
		return false;
	for (size_t i = 0; i < f->columns.len; i++) {
		const struct parquet_in_chunk *c = &g->chunks[i];

		if (c->offset < MAGIC_BYTES || c->offset > f->size || c->size > f->size ||
		    c->offset + c->size > f->size || values[i] != g->rows)
			return false;
	}
	return true;
}

static void read_groups(struct parquet_in *f, struct thrift_in *t, struct thrift_field field)
{
	size_t count = thrift_in_list(t, field, THRIFT_STRUCT);
	size_t *values = mem_zalloc(f->columns.len + 1, sizeof(*values));
	struct thrift_field part;

	t->bad = t->bad || !f->columns.len; /* a chunk a column: the columns must be told before */
	for (size_t i = 0; i < count && !t->bad; i++) {
		struct parquet_in_group g = {0};

		thrift_enter(t);
		while (thrift_next(t, &part))
			if (part.id == 1)
				read_chunks(f, t, part, &g, values);
			else if (part.id == 3)
				g.rows = (size_t)thrift_in_int(t, part);
			else
				thrift_skip(t, part);
		if (!t->bad && !is_sound(f, &g, values))
			t->bad = true;
		*vec_push(&f->groups) = g;
	}
	free(values);
}

static int read_metadata(struct parquet_in *f, struct view footer, struct err *err)
{
	struct thrift_in t;
	struct thrift_field field;

	thrift_in_open(&t, footer);
	thrift_enter(&t);
	while (thrift_next(&t, &field))
		if (field.id == 2 && !f->columns.len)
			read_schema(f, &t, field);
		else if (field.id == 4 && !f->groups.len && !f->odd)
			read_groups(f, &t, field);
		else
			thrift_skip(&t, field);
	return t.bad || !f->columns.len ? broken(f, err) : 0;
}

static int fill(const struct parquet_in *f, int fd, uint64_t offset, char *to, size_t size,
    struct err *err)
{
	for (size_t done = 0; done < size;) {
		ssize_t n = pread(fd, to + done, size - done, (off_t)(offset + done));

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return err_set(err, ERR_IO, "%s: cannot read: %s", f->path,
			    n < 0 ? strerror(errno) : "it ends too early");
		done += (size_t)n;
	}
	return 0;
}

int parquet_read_at(const struct parquet_in *f, uint64_t offset, size_t size, char *ret,
    struct err *err)
{
	int fd = open(f->path, O_RDONLY | O_CLOEXEC);
	int rc;

	if (fd < 0)
		return err_set(err, ERR_IO, "%s: cannot open: %s", f->path, strerror(errno));
	rc = fill(f, fd, offset, ret, size, err);
	close(fd);
	return rc;
}

static int read_footer(struct parquet_in *f, struct err *err)
{
	AUTO_FREE char *bytes = NULL;
	char end[END_BYTES];
	struct stat st;
	uint32_t size;

	if (stat(f->path, &st) != 0)
		return err_set(err, ERR_IO, "%s: cannot open: %s", f->path, strerror(errno));
	if (!S_ISREG(st.st_mode))
		return err_set(err, ERR_IO, "%s: not a file", f->path);
	f->size = (uint64_t)st.st_size;
	if (f->size < MAGIC_BYTES + END_BYTES)
		return err_set(err, ERR_FORMAT, "%s: not a Parquet file", f->path);
	if (parquet_read_at(f, f->size - END_BYTES, END_BYTES, end, err) < 0)
		return -1;
	memcpy(&size, end, sizeof(size));
	if (memcmp(end + sizeof(size), "PAR1", MAGIC_BYTES) != 0)
		return err_set(err, ERR_FORMAT, "%s: not a Parquet file", f->path);
	if (size > f->size - MAGIC_BYTES - END_BYTES || size > PARQUET_FOOTER_MAX)
		return broken(f, err);
	bytes = mem_alloc((size_t)size + 1);
	if (parquet_read_at(f, f->size - END_BYTES - size, size, bytes, err) < 0)
		return -1;
	return read_metadata(f, (struct view){bytes, size}, err);
}

int parquet_in_open(struct parquet_in **ret, const char *path, struct err *err)
{
	AUTO_PARQUET_IN struct parquet_in *f = mem_zalloc(1, sizeof(*f));

	f->path = mem_strdup(path);
	if (read_footer(f, err) < 0)
		return -1;
	*ret = TAKE(f);
	return 0;
}

void parquet_in_close(struct parquet_in **file)
{
	struct parquet_in *f = *file;

	if (!f)
		return;
	vec_clear(&f->columns);
	vec_clear(&f->groups);
	arena_clear(&f->arena);
	free(f->path);
	free(f);
	*file = NULL;
}

int parquet_in_find(const struct parquet_in *f, const char *column)
{
	for (size_t i = 0; i < f->columns.len; i++)
		if (view_eq_nocase(VIEW(f->columns.ptr[i].name), VIEW(column)))
			return (int)i;
	return -1;
}

bool parquet_in_knows(const struct parquet_in *f, size_t column)
{
	if (f->odd || !f->columns.ptr[column].known)
		return false;
	for (size_t i = 0; i < f->groups.len; i++)
		if (!f->groups.ptr[i].chunks[column].known)
			return false;
	return true;
}
