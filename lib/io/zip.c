#include "io/zip.h"

#include <zlib.h>

enum { NEEDS = 20, /* 2.0 */
	NAME_IS_UTF8 = 1 << 11,
	FIRST_DAY = 1 << 5 | 1, /* 1 January 1980 */
	NAME_LEN_MAX = 65535 };

static void add_number(struct str *out, uint64_t n, int bytes)
{
	for (int i = 0; i < bytes; i++)
		str_addc(out, (char)(unsigned char)(n >> (8 * i)));
}

void zip_writer_clear(struct zip_writer *z)
{
	str_clear(&z->directory);
}

/* What the local header and the directory both say (4.3.7, 4.3.12). */
static void add_common(struct str *out, uint32_t crc, size_t size, size_t name)
{
	add_number(out, NEEDS, 2);
	add_number(out, NAME_IS_UTF8, 2);
	add_number(out, 0, 2); /* stored */
	add_number(out, 0, 2);
	add_number(out, FIRST_DAY, 2);
	add_number(out, crc, 4);
	add_number(out, size, 4);
	add_number(out, size, 4);
	add_number(out, name, 2);
	add_number(out, 0, 2);
}

int zip_add(struct zip_writer *z, const char *name, struct view bytes, struct err *err)
{
	size_t at = str_view(z->out).len, len = strlen(name);
	uint32_t crc = (uint32_t)crc32_z(0, (const unsigned char *)bytes.ptr, bytes.len);

	if (z->files >= ZIP_FILES_MAX || len > NAME_LEN_MAX ||
	    at + bytes.len + len + z->directory.len >= UINT32_MAX - 4096)
		return err_set(err, ERR_LIMIT, "an archive that is too large");
	add_number(z->out, 0x04034b50, 4);
	add_common(z->out, crc, bytes.len, len);
	str_addz(z->out, name);
	str_add(z->out, bytes);
	add_number(&z->directory, 0x02014b50, 4);
	add_number(&z->directory, NEEDS, 2);
	add_common(&z->directory, crc, bytes.len, len);
	add_number(&z->directory, 0, 2); /* no comment */
	add_number(&z->directory, 0, 2);
	add_number(&z->directory, 0, 2);
	add_number(&z->directory, 0, 4);
	add_number(&z->directory, at, 4);
	str_addz(&z->directory, name);
	z->files++;
	return 0;
}

void zip_end(struct zip_writer *z)
{
	size_t at = str_view(z->out).len;

	str_add(z->out, str_view(&z->directory));
	add_number(z->out, 0x06054b50, 4);
	add_number(z->out, 0, 4);
	add_number(z->out, z->files, 2);
	add_number(z->out, z->files, 2);
	add_number(z->out, z->directory.len, 4);
	add_number(z->out, at, 4);
	add_number(z->out, 0, 2);
}
