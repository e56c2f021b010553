#include "io/zip_in.h"

#include <zip.h>

enum {
	PIECE = 64 << 10,
	FREE_RATIO = 1 << 20, /* bytes out before the ratio counts */
};

struct zip_in {
	zip_t *zip;
	size_t size; /* of the archive */
};

int zip_in_open(struct zip_in **ret, struct view bytes, size_t parts_max, struct err *err)
{
	zip_error_t why;
	zip_source_t *source = zip_source_buffer_create(bytes.ptr, bytes.len, 0, &why);
	zip_t *zip = source ? zip_open_from_source(source, ZIP_RDONLY, &why) : NULL;
	struct zip_in *z;

	if (!zip) {
		zip_source_free(source);
		return err_set(err, ERR_FORMAT, "no archive, or cut short");
	}
	z = mem_zalloc(1, sizeof(*z));
	z->zip = zip;
	z->size = bytes.len;
	*ret = z;
	return zip_in_count(z) > parts_max
	           ? err_set(err, ERR_LIMIT, "more than %zu parts", parts_max)
	           : 0;
}

void zip_in_close(struct zip_in **z)
{
	struct zip_in *gone = TAKE(*z);

	if (!gone)
		return;
	zip_discard(gone->zip);
	free(gone);
}

size_t zip_in_count(const struct zip_in *z)
{
	return (size_t)MAX(zip_get_num_entries(z->zip, 0), 0);
}

const char *zip_in_name(const struct zip_in *z, size_t i)
{
	const char *name = zip_get_name(z->zip, i, 0);

	return name ? name : "";
}

int64_t zip_in_find(const struct zip_in *z, const char *name)
{
	return zip_name_locate(z->zip, name, 0);
}

static bool has_method(const zip_stat_t *s)
{
	return (s->valid & ZIP_STAT_COMP_METHOD) &&
	       (s->comp_method == ZIP_CM_STORE || s->comp_method == ZIP_CM_DEFLATE);
}

bool zip_in_is_stored(const struct zip_in *z, size_t i)
{
	zip_stat_t stat;

	return zip_stat_index(z->zip, i, 0, &stat) == 0 && has_method(&stat) &&
	       stat.comp_method == ZIP_CM_STORE;
}

static int read_all(zip_file_t *file, uint64_t packed, const struct zip_in_part *p,
    struct err *err)
{
	AUTO_FREE char *piece = mem_alloc(PIECE);
	uint64_t out = 0;
	zip_int64_t n;

	while ((n = zip_fread(file, piece, PIECE)) > 0) {
		out += (uint64_t)n;
		if (out > p->most || (p->ratio && out > FREE_RATIO && out / p->ratio > packed))
			return err_set(err, ERR_LIMIT, "it unpacks to too much");
		if (p->take(p->ctx, (struct view){piece, (size_t)n}, err) < 0)
			return -1;
	}
	return n < 0 ? err_set(err, ERR_FORMAT, "damaged, or cut short") : 0;
}

int zip_in_read(struct zip_in *z, size_t i, const struct zip_in_part *p, struct err *err)
{
	zip_stat_t stat;
	zip_file_t *file;
	int status;

	if (zip_stat_index(z->zip, i, 0, &stat) < 0 || !has_method(&stat) ||
	    !(file = zip_fopen_index(z->zip, i, 0)))
		return err_set(err, ERR_FORMAT, "a part cannot be opened");
	status = read_all(file, MIN(stat.comp_size, z->size), p, err);
	zip_fclose(file);
	return status;
}
