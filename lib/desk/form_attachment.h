/*
 * Files that applicants hand in. A file is what its bytes say, not what its
 * name says: PDF, DOCX, XLSX, ODT, PNG, JPEG, or UTF-8 text, and the name must
 * agree. Packed files are unpacked once to be counted, within limits, and macros
 * are refused. What a PDF may hold is not looked into.
 *
 * Kept as attachments/<first two digits>/<SHA-256>, mode 0600, once for
 * the same bytes; kept atomically, so a killed run leaves no half file.
 */
#ifndef DESK_FORM_ATTACHMENT_H
#define DESK_FORM_ATTACHMENT_H

#include "base/hash.h"
#include "io/json.h"

enum desk_file_type {
	DESK_FILE_PDF,
	DESK_FILE_DOCX,
	DESK_FILE_XLSX,
	DESK_FILE_ODT,
	DESK_FILE_PNG,
	DESK_FILE_JPEG,
	DESK_FILE_CSV,
	DESK_FILE_TEXT,
	DESK_FILE_TYPES
};

enum {
	DESK_FILE_BYTES_MAX = 50 << 20,
	DESK_PICTURE_MAX = 20 << 20,   /* of PNG, JPEG, and texts */
	DESK_UNPACKED_MAX = 256 << 20, /* bytes of all parts of a packed file */
	DESK_UNPACKED_RATIO = 200,     /* at most so many times its size, above 8 MiB */
	DESK_PARTS_MAX = 5000,
	DESK_FILE_NAME_MAX = 200,
};

/* Media type of the type: "application/pdf". */
const char *desk_file_media_type(enum desk_file_type type);
/* ERR_FORMAT, ERR_LIMIT; a message never holds the file's name or content. */
MUST_CHECK int desk_file_check(struct view bytes, struct view name, enum desk_file_type *ret,
    struct err *err);
/*
 * Checks and keeps it below the hub's folder; *ret is {"sha256", "name", "bytes",
 * "type"}, to be put into an answer. Directories are cut off the name, and
 * characters that no file name has.
 */
MUST_CHECK int desk_file_keep(const char *hub, struct view bytes, struct view name,
    json_t **ret, struct err *err);
/* The bytes again; ERR_FORMAT when they are no longer those, or `sha256` is none. */
MUST_CHECK int desk_file_open(const char *hub, struct view sha256, struct str *ret,
    struct err *err);

#endif
