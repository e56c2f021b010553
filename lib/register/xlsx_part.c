#include "register/xlsx_part.h"

#include "register/xlsx.h"

#include <expat.h>
#include <zip.h>

enum {
	PIECE = 64 << 10,
	FREE_RATIO = 1 << 20, /* bytes out before the ratio counts */
	ENTRIES_MAX = 10000,
};

struct xlsx_zip {
	zip_t *zip;
	size_t size; /* of the archive */
};

int xlsx_zip_open(struct xlsx_zip **ret, struct view bytes, struct err *err)
{
	zip_error_t why;
	zip_source_t *source = zip_source_buffer_create(bytes.ptr, bytes.len, 0, &why);
	zip_t *zip = source ? zip_open_from_source(source, ZIP_RDONLY, &why) : NULL;
	struct xlsx_zip *z;

	if (!zip) {
		zip_source_free(source);
		return err_set(err, ERR_FORMAT, "not a spreadsheet, or cut short");
	}
	z = mem_zalloc(1, sizeof(*z));
	z->zip = zip;
	z->size = bytes.len;
	*ret = z;
	return zip_get_num_entries(zip, 0) > ENTRIES_MAX
	           ? err_set(err, ERR_LIMIT, "more than %d parts", ENTRIES_MAX)
	           : 0;
}

void xlsx_zip_close(struct xlsx_zip **z)
{
	struct xlsx_zip *gone = TAKE(*z);

	if (!gone)
		return;
	zip_discard(gone->zip);
	free(gone);
}

void xlsx_part_refuse(struct xlsx_part *p, enum err_code code, const char *why)
{
	if (p->why)
		return;
	p->why = why;
	p->code = code;
	XML_StopParser(p->parser, XML_FALSE);
}

static const char *local_name(const char *name)
{
	const char *colon = strrchr(name, ':');

	return colon ? colon + 1 : name;
}

const char *xlsx_attribute(const char **attributes, const char *name)
{
	for (size_t i = 0; attributes[i]; i += 2)
		if (strcmp(local_name(attributes[i]), name) == 0)
			return attributes[i + 1];
	return NULL;
}

static void on_start(void *arg, const char *name, const char **attributes)
{
	struct xlsx_part *p = arg;

	if (p->start && !p->why)
		p->start(p->ctx, local_name(name), attributes);
}

static void on_end(void *arg, const char *name)
{
	struct xlsx_part *p = arg;

	if (p->end && !p->why)
		p->end(p->ctx, local_name(name));
}

static void on_text(void *arg, const char *text, int len)
{
	struct xlsx_part *p = arg;

	if (p->text && !p->why)
		p->text(p->ctx, text, len);
}

static void on_doctype(void *arg, const char *name, const char *system, const char *public,
    int internal)
{
	(void)name;
	(void)system;
	(void)public;
	(void)internal;
	xlsx_part_refuse(arg, ERR_FORMAT, "it declares a document type");
}

static int feed(struct xlsx_part *p, const char *bytes, int len, bool last, struct err *err)
{
	if (XML_Parse(p->parser, bytes, len, last) == XML_STATUS_OK)
		return 0;
	if (p->why)
		return err_set(err, p->code, "%s", p->why);
	return err_set(err, ERR_FORMAT, "no XML at line %lu",
	    (unsigned long)XML_GetCurrentLineNumber(p->parser));
}

static int read_all(zip_file_t *file, uint64_t packed, struct xlsx_part *p, struct err *err)
{
	char *piece = mem_alloc(PIECE);
	uint64_t out = 0;
	zip_int64_t n;
	int status = 0;

	while (status == 0 && (n = zip_fread(file, piece, PIECE)) > 0) {
		out += (uint64_t)n;
		if (out > XLSX_PART_MAX ||
		    (out > FREE_RATIO && out / XLSX_RATIO_MAX > packed))
			status = err_set(err, ERR_LIMIT, "it unpacks to too much");
		else
			status = feed(p, piece, (int)n, false, err);
	}
	if (status == 0 && n < 0)
		status = err_set(err, ERR_FORMAT, "damaged, or cut short");
	if (status == 0)
		status = feed(p, "", 0, true, err);
	free(piece);
	return status;
}

static int read_part(zip_file_t *file, uint64_t packed, struct xlsx_part *p, struct err *err)
{
	int status;

	p->parser = XML_ParserCreate(NULL);
	if (!p->parser)
		return err_set(err, ERR_INTERNAL, "no XML parser");
	XML_SetUserData(p->parser, p);
	XML_SetElementHandler(p->parser, on_start, on_end);
	XML_SetCharacterDataHandler(p->parser, on_text);
	XML_SetStartDoctypeDeclHandler(p->parser, on_doctype);
	status = read_all(file, packed, p, err);
	XML_ParserFree(p->parser);
	p->parser = NULL;
	return status;
}

int xlsx_part_read(struct xlsx_zip *z, const char *name, bool required, struct xlsx_part *p,
    struct err *err)
{
	zip_stat_t stat;
	zip_file_t *file;
	int status;

	if (zip_stat(z->zip, name, 0, &stat) < 0)
		return required ? err_set(err, ERR_FORMAT, "not a spreadsheet: a part is missing")
		                : 0;
	file = zip_fopen(z->zip, name, 0);
	if (!file)
		return err_set(err, ERR_FORMAT, "a part cannot be opened");
	status = read_part(file, MIN(stat.comp_size, z->size), p, err);
	zip_fclose(file);
	return status;
}
