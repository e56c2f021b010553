/* One XML part of a zip archive in memory, read within the limits of xlsx.h. */
#ifndef REGISTER_XLSX_PART_H
#define REGISTER_XLSX_PART_H

#include "io/zip_in.h"

struct xlsx_part {
	void *ctx;
	/* Names and attributes without their prefix; attributes as Expat has them. May be NULL. */
	void (*start)(void *ctx, const char *name, const char **attributes);
	void (*end)(void *ctx, const char *name);
	void (*text)(void *ctx, const char *text, int len);
	void *parser;    /* inside */
	const char *why; /* inside: why it was refused */
	enum err_code code;
};

/* From a handler: stops reading; `why` is a literal. */
void xlsx_part_refuse(struct xlsx_part *p, enum err_code code, const char *why);
/* The attribute of that local name, or NULL. */
const char *xlsx_attribute(const char **attributes, const char *name);
/* ERR_FORMAT when it is missing and required, damaged or no XML; ERR_LIMIT. */
MUST_CHECK int xlsx_part_read(struct zip_in *z, const char *name, bool required,
    struct xlsx_part *p, struct err *err);

#endif
