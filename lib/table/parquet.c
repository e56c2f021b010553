#include "table/parquet.h"

#include "base/version.h"
#include "io/file.h"
#include "table/parquet_format.h"
#include "table/thrift.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

static const char MAGIC[] = "PAR1";

struct parquet_file {
	FILE *file;
	char *path;
	const struct table_schema *schema;
	struct str groups; /* their metadata */
	size_t group_count;
	int64_t rows;
	size_t size; /* bytes so far */
};

static void file_free(struct parquet_file **f)
{
	str_clear(&(*f)->groups);
	free((*f)->path);
	free(*f);
	*f = NULL;
}

static int put(struct parquet_file *f, struct view bytes, struct err *err)
{
	if (fwrite(bytes.ptr, 1, bytes.len, f->file) != bytes.len)
		return file_write_error(f->path, errno, err);
	f->size += bytes.len;
	return 0;
}

int parquet_open(struct parquet_file **ret, const struct table_schema *schema, const char *path,
    struct err *err)
{
	AUTO_PARQUET_FILE struct parquet_file *f = mem_zalloc(1, sizeof(*f));

	f->schema = schema;
	f->path = mem_strdup(path);
	f->groups.max = SIZE_MAX / 2;
	f->file = fopen(path, "wbe");
	if (!f->file)
		return file_write_error(path, errno, err);
	if (put(f, VIEW(MAGIC), err) < 0)
		return -1;
	*ret = TAKE(f);
	return 0;
}

static enum parquet_type type_of(enum table_type type)
{
	switch (type) {
	case TABLE_TYPE_I64: return PARQUET_INT64;
	case TABLE_TYPE_DOUBLE: return PARQUET_DOUBLE;
	case TABLE_TYPE_TEXT: return PARQUET_BYTE_ARRAY;
	case TABLE_TYPE_I32:
	case TABLE_TYPE_DATE: return PARQUET_INT32;
	}
	abort();
}

static void add_encodings(struct thrift *t, bool coded)
{
	thrift_list(t, 2, THRIFT_I32, coded ? 3 : 2);
	thrift_int_element(t, PARQUET_RLE);
	thrift_int_element(t, PARQUET_PLAIN);
	if (coded)
		thrift_int_element(t, PARQUET_RLE_DICTIONARY);
}

static void add_bound(struct thrift *t, int field, enum table_type type, int64_t bound)
{
	int32_t narrow = (int32_t)bound;

	if (type_of(type) == PARQUET_INT32)
		thrift_text(t, field, (struct view){(const char *)&narrow, sizeof(narrow)});
	else
		thrift_text(t, field, (struct view){(const char *)&bound, sizeof(bound)});
}

static void add_statistics(struct thrift *t, enum table_type type,
    const struct parquet_piece_column *c)
{
	thrift_begin_field(t, 12);
	thrift_int(t, 3, THRIFT_I64, (int64_t)c->nulls);
	if (c->bounds.known) {
		add_bound(t, 5, type, c->bounds.max);
		add_bound(t, 6, type, c->bounds.min);
	}
	thrift_end(t);
}

static void add_chunk(struct thrift *t, const struct parquet_file *f,
    const struct parquet_piece *p, size_t c)
{
	bool coded = p->column[c].data > p->column[c].dictionary;

	thrift_begin(t);
	thrift_int(t, 2, THRIFT_I64, (int64_t)(f->size + p->column[c].dictionary));
	thrift_begin_field(t, 3);
	thrift_int(t, 1, THRIFT_I32, type_of(f->schema->columns[c].type));
	add_encodings(t, coded);
	thrift_list(t, 3, THRIFT_TEXT, 1);
	thrift_text_element(t, VIEW(f->schema->columns[c].name));
	thrift_int(t, 4, THRIFT_I32, PARQUET_ZSTD);
	thrift_int(t, 5, THRIFT_I64, (int64_t)p->rows);
	thrift_int(t, 6, THRIFT_I64, (int64_t)p->column[c].unpacked);
	thrift_int(t, 7, THRIFT_I64, (int64_t)(p->column[c].end - p->column[c].dictionary));
	thrift_int(t, 9, THRIFT_I64, (int64_t)(f->size + p->column[c].data));
	if (coded)
		thrift_int(t, 11, THRIFT_I64, (int64_t)(f->size + p->column[c].dictionary));
	add_statistics(t, f->schema->columns[c].type, &p->column[c]);
	thrift_end(t);
	thrift_end(t);
}

int parquet_put(struct parquet_file *f, const struct parquet_piece *p, struct err *err)
{
	struct thrift t = {.out = &f->groups};
	size_t unpacked = 0;

	if (!p->rows)
		return 0;
	thrift_begin(&t);
	thrift_list(&t, 1, THRIFT_STRUCT, f->schema->count);
	for (size_t c = 0; c < f->schema->count; c++) {
		add_chunk(&t, f, p, c);
		unpacked += p->column[c].unpacked;
	}
	thrift_int(&t, 2, THRIFT_I64, (int64_t)unpacked);
	thrift_int(&t, 3, THRIFT_I64, (int64_t)p->rows);
	thrift_end(&t);
	f->group_count++;
	f->rows += (int64_t)p->rows;
	return put(f, str_view(&p->bytes), err);
}

static void add_column(struct thrift *t, const struct table_column *c)
{
	thrift_begin(t);
	thrift_int(t, 1, THRIFT_I32, type_of(c->type));
	thrift_int(t, 3, THRIFT_I32, PARQUET_OPTIONAL);
	thrift_text(t, 4, VIEW(c->name));
	if (c->type == TABLE_TYPE_TEXT)
		thrift_int(t, 6, THRIFT_I32, PARQUET_UTF8);
	if (c->type == TABLE_TYPE_DATE)
		thrift_int(t, 6, THRIFT_I32, PARQUET_DATE);
	thrift_end(t);
}

static void add_metadata(struct str *out, const struct parquet_file *f)
{
	AUTO_FREE char *maker = str_format("hygie version %s", hygie_version());
	struct thrift t = {.out = out};

	thrift_begin(&t);
	thrift_int(&t, 1, THRIFT_I32, PARQUET_VERSION);
	thrift_list(&t, 2, THRIFT_STRUCT, f->schema->count + 1);
	thrift_begin(&t);
	thrift_text(&t, 4, VIEW(f->schema->name));
	thrift_int(&t, 5, THRIFT_I32, (int64_t)f->schema->count);
	thrift_end(&t);
	for (size_t c = 0; c < f->schema->count; c++)
		add_column(&t, &f->schema->columns[c]);
	thrift_int(&t, 3, THRIFT_I64, f->rows);
	thrift_list(&t, 4, THRIFT_STRUCT, f->group_count);
	str_add(out, str_view(&f->groups));
	thrift_text(&t, 6, VIEW(maker));
	thrift_end(&t);
}

static int put_end(struct parquet_file *f, struct err *err)
{
	AUTO_STR struct str end = {.max = SIZE_MAX / 2};
	uint32_t size;

	add_metadata(&end, f);
	size = (uint32_t)end.len;
	str_add(&end, (struct view){(const char *)&size, sizeof(size)});
	str_addz(&end, MAGIC);
	return put(f, str_view(&end), err);
}

int parquet_close(struct parquet_file **file, struct err *err)
{
	AUTO_PARQUET_FILE struct parquet_file *f = TAKE(*file);

	if (put_end(f, err) < 0)
		return -1;
	if (fclose(TAKE(f->file)) != 0)
		return file_write_error(f->path, errno, err);
	file_free(&f);
	return 0;
}

void parquet_discard(struct parquet_file **file)
{
	struct parquet_file *f = *file;

	if (!f)
		return;
	if (f->file)
		(void)fclose(f->file); /* the file goes */
	unlink(f->path);
	file_free(file);
}
