/* What a PDF says, by the programs of poppler; behind both_stores.h. */
#ifndef PORTAL_TESTS_PDF_H
#define PORTAL_TESTS_PDF_H

#include "io/file.h"

/* Lines and blanks as one blank, so that it is the same wherever lines break. */
static inline void pdf_flow(char *text)
{
	char *to = text;

	for (const char *c = text; *c; c++)
		if (*c != ' ' && *c != '\n')
			*to++ = *c;
		else if (to > text && to[-1] != ' ')
			*to++ = ' ';
	*to = '\0';
}

/* What poppler reads of it; NULL: it is not here. */
static inline char *pdf_read(const struct str *pdf, const char *tool, const char *option)
{
	AUTO_FREE char *name = str_format("%s/paper.pdf", test_folder);
	const char *argv[] = {tool, option, name, strcmp(tool, "pdftotext") ? NULL : "-", NULL};
	char *out = mem_alloc(1 << 20);
	struct err err = {0};

	if (file_write(name, str_view(pdf), &err) < 0)
		fail_msg("%s", err.msg);
	if (test_program(argv, out, 1 << 20)) {
		pdf_flow(out);
		return out;
	}
	free(out);
	return NULL;
}

#endif
