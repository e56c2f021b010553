#include "register/xlsx_part.h"

#include "io/zip_in.h"
#include "register/xlsx.h"

#include <expat.h>

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

static int take(void *ctx, struct view bytes, struct err *err)
{
	return feed(ctx, bytes.ptr, (int)bytes.len, false, err);
}

static int read_part(struct zip_in *z, size_t part, struct xlsx_part *p, struct err *err)
{
	const struct zip_in_part within = {XLSX_PART_MAX, XLSX_RATIO_MAX, take, p};
	int status;

	p->parser = XML_ParserCreate(NULL);
	if (!p->parser)
		return err_set(err, ERR_INTERNAL, "no XML parser");
	XML_SetUserData(p->parser, p);
	XML_SetElementHandler(p->parser, on_start, on_end);
	XML_SetCharacterDataHandler(p->parser, on_text);
	XML_SetStartDoctypeDeclHandler(p->parser, on_doctype);
	status = zip_in_read(z, part, &within, err);
	if (status == 0)
		status = feed(p, "", 0, true, err);
	XML_ParserFree(p->parser);
	p->parser = NULL;
	return status;
}

int xlsx_part_read(struct zip_in *z, const char *name, bool required, struct xlsx_part *p,
    struct err *err)
{
	int64_t part = zip_in_find(z, name);

	if (part >= 0)
		return read_part(z, (size_t)part, p, err);
	return required ? err_set(err, ERR_FORMAT, "not a spreadsheet: a part is missing") : 0;
}
