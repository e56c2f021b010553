#include "desk/form_attachment.h"

#include "io/file.h"
#include "io/zip_in.h"

enum { RATIO_FREE = 8 << 20 };

static const struct {
	const char *media, *endings; /* parted by spaces */
} kinds[DESK_FILE_TYPES] = {
    [DESK_FILE_PDF] = {"application/pdf", ".pdf"},
    [DESK_FILE_DOCX] = {"application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	".docx"},
    [DESK_FILE_XLSX] = {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	".xlsx"},
    [DESK_FILE_ODT] = {"application/vnd.oasis.opendocument.text", ".odt"},
    [DESK_FILE_PNG] = {"image/png", ".png"},
    [DESK_FILE_JPEG] = {"image/jpeg", ".jpg .jpeg"},
    [DESK_FILE_CSV] = {"text/csv", ".csv"},
    [DESK_FILE_TEXT] = {"text/plain", ".txt"},
};

const char *desk_file_media_type(enum desk_file_type type)
{
	return kinds[type].media;
}

/* What a packed file shows: Office Open XML, OpenDocument. */
struct packed {
	uint64_t unpacked, allowed;
	struct str mime; /* what the part "mimetype" begins with */
	bool in_mime, has_types, has_word, has_sheet, has_macros, has_odt;
};

static int broken(struct err *err)
{
	return err_set(err, ERR_FORMAT, "the file is damaged, or of a kind that is not accepted");
}

static int count_bytes(void *ctx, struct view bytes, struct err *err)
{
	struct packed *p = ctx;

	p->unpacked += bytes.len;
	if (p->unpacked > p->allowed)
		return err_set(err, ERR_LIMIT, "the file unpacks to too many bytes");
	if (p->in_mime && p->mime.len < 100)
		str_add(&p->mime, (struct view){bytes.ptr, MIN(bytes.len, 100)});
	return 0;
}

static void note_name(struct packed *p, struct view name)
{
	if (view_eq(name, VIEW_LIT("[Content_Types].xml")))
		p->has_types = true;
	if (view_eq(name, VIEW_LIT("word/document.xml")))
		p->has_word = true;
	if (view_eq(name, VIEW_LIT("xl/workbook.xml")))
		p->has_sheet = true;
	if (view_ends(name, VIEW_LIT("vbaProject.bin")) || view_starts(name, VIEW_LIT("Basic/")))
		p->has_macros = true;
}

/* Every part is unpacked into nothing, and counted. */
static int read_part(struct zip_in *z, size_t i, struct packed *p, struct err *err)
{
	const struct zip_in_part within = {DESK_UNPACKED_MAX, 0, count_bytes, p};
	struct view name = VIEW(zip_in_name(z, i));

	note_name(p, name);
	p->in_mime = view_eq(name, VIEW_LIT("mimetype")) && zip_in_is_stored(z, i);
	if (zip_in_read(z, i, &within, err) < 0)
		return err->code == ERR_LIMIT ? -1 : broken(err);
	if (p->in_mime && view_eq(str_view(&p->mime), VIEW(kinds[DESK_FILE_ODT].media)))
		p->has_odt = true;
	return 0;
}

static int read_parts(struct view bytes, struct packed *p, struct err *err)
{
	AUTO_ZIP_IN struct zip_in *z = NULL;

	if (zip_in_open(&z, bytes, DESK_PARTS_MAX, err) < 0)
		return err->code == ERR_LIMIT ? -1 : broken(err);
	for (size_t i = 0; i < zip_in_count(z); i++)
		if (read_part(z, i, p, err) < 0)
			return -1;
	return 0;
}

static int check_zip(struct view bytes, enum desk_file_type *ret, struct err *err)
{
	struct packed p = {
	    .allowed = MIN((uint64_t)DESK_UNPACKED_MAX,
		MAX((uint64_t)RATIO_FREE, (uint64_t)bytes.len * DESK_UNPACKED_RATIO))};
	int status = read_parts(bytes, &p, err);

	str_clear(&p.mime);
	if (status < 0)
		return -1;
	if (p.has_macros)
		return err_set(err, ERR_FORMAT, "the file holds macros");
	if (!p.has_odt && !(p.has_types && p.has_word != p.has_sheet))
		return broken(err);
	*ret = p.has_odt ? DESK_FILE_ODT : p.has_word ? DESK_FILE_DOCX
	                                              : DESK_FILE_XLSX;
	return 0;
}

static bool holds(struct view v, struct view wanted)
{
	for (size_t i = 0; i + wanted.len <= v.len; i++)
		if (memcmp(v.ptr + i, wanted.ptr, wanted.len) == 0)
			return true;
	return false;
}

/* ISO 32000-1: the end marker stands in the last 1024 bytes. */
static bool is_pdf(struct view v)
{
	struct view tail = {v.ptr + v.len - MIN(v.len, 1024), MIN(v.len, 1024)};

	return view_starts(v, VIEW_LIT("%PDF-")) && holds(tail, VIEW_LIT("%%EOF"));
}

static bool name_agrees(struct view name, enum desk_file_type type)
{
	struct view endings = VIEW(kinds[type].endings), ending;

	while (view_next(&endings, ' ', &ending))
		if (name.len > ending.len &&
		    view_eq_nocase((struct view){name.ptr + name.len - ending.len, ending.len},
			ending))
			return true;
	return false;
}

/* UTF-8 without control characters but tabs and line ends; a mark of byte order may begin it. */
static bool is_text(struct view v)
{
	AUTO_JSON json_t *text = NULL;

	for (size_t i = 0; i < v.len; i++) {
		unsigned char c = (unsigned char)v.ptr[i];

		if ((c < ' ' && c != '\t' && c != '\r' && c != '\n') || c == 0x7f)
			return false;
	}
	text = json_stringn(v.ptr, v.len);
	return text != NULL;
}

/* Its name chooses between the two. */
static int check_text(struct view v, struct view name, enum desk_file_type *ret, struct err *err)
{
	if (!is_text(v) ||
	    (!name_agrees(name, DESK_FILE_CSV) && !name_agrees(name, DESK_FILE_TEXT)))
		return broken(err);
	*ret = name_agrees(name, DESK_FILE_CSV) ? DESK_FILE_CSV : DESK_FILE_TEXT;
	return 0;
}

static int find_type(struct view v, struct view name, enum desk_file_type *ret, struct err *err)
{
	if (is_pdf(v))
		*ret = DESK_FILE_PDF;
	else if (view_starts(v, VIEW_LIT("\x89PNG\r\n\x1a\n")) &&
		 view_ends(v, VIEW_LIT("IEND\xae\x42\x60\x82")))
		*ret = DESK_FILE_PNG;
	else if (view_starts(v, VIEW_LIT("\xff\xd8\xff")) && view_ends(v, VIEW_LIT("\xff\xd9")))
		*ret = DESK_FILE_JPEG;
	else
		return view_starts(v, VIEW_LIT("PK\x03\x04")) ? check_zip(v, ret, err)
		                                              : check_text(v, name, ret, err);
	return 0;
}

int desk_file_check(struct view bytes, struct view name, enum desk_file_type *ret,
    struct err *err)
{
	if (bytes.len == 0)
		return err_set(err, ERR_FORMAT, "the file is empty");
	if (bytes.len > DESK_FILE_BYTES_MAX)
		return err_set(err, ERR_LIMIT, "the file is larger than %d MB",
		    DESK_FILE_BYTES_MAX >> 20);
	if (find_type(bytes, name, ret, err) < 0)
		return err_hint(err, "accepted are PDF, DOCX, XLSX, ODT, PNG, JPEG, CSV and TXT");
	if (*ret >= DESK_FILE_PNG && bytes.len > DESK_PICTURE_MAX)
		return err_set(err, ERR_LIMIT, "a picture or a text is larger than %d MB",
		    DESK_PICTURE_MAX >> 20);
	if (!name_agrees(name, *ret)) {
		err_set_(err, ERR_FORMAT, "the file is not what its name says");
		return err_hint(err, "its name must end in %s", kinds[*ret].endings);
	}
	return 0;
}

/* What a file system or a page could take for something else becomes '_'. */
static json_t *clean_name(struct view name)
{
	AUTO_STR struct str out = {0};
	size_t from = 0;

	for (size_t i = 0; i < name.len; i++)
		if (name.ptr[i] == '/' || name.ptr[i] == '\\')
			from = i + 1;
	if (name.len - from > DESK_FILE_NAME_MAX)
		from = name.len - DESK_FILE_NAME_MAX;
	while (from < name.len && ((unsigned char)name.ptr[from] & 0xc0) == 0x80)
		from++;
	for (size_t i = from; i < name.len; i++) {
		char c = name.ptr[i];
		bool bad = (unsigned char)c < ' ' || c == 0x7f || strchr("<>:\"|?*", c) ||
		           (c == '.' && i == from);

		str_addc(&out, bad ? '_' : c);
	}
	return json_stringn(str_get(&out), out.len);
}

static char *path_of(const char *hub, struct view sha256)
{
	return str_format("%s/attachments/%.2s/%.*s", hub, sha256.ptr, VIEW_ARG(sha256));
}

static int store(const char *hub, struct view bytes, const char *sha256, struct err *err)
{
	AUTO_FREE char *path = path_of(hub, VIEW(sha256));
	AUTO_FREE char *folder = str_format("%s/attachments/%.2s", hub, sha256);

	if (path_exists(path))
		return 0;
	return path_make_private_folder(folder, err) < 0 ||
	               file_write_private(path, bytes, err) < 0
	           ? -1
	           : 0;
}

int desk_file_keep(const char *hub, struct view bytes, struct view name, json_t **ret,
    struct err *err)
{
	enum desk_file_type type;
	char sha256[SHA256_HEX_SIZE];
	json_t *clean;

	if (desk_file_check(bytes, name, &type, err) < 0)
		return -1;
	clean = clean_name(name);
	if (!clean)
		return err_set(err, ERR_FORMAT, "the file's name is not UTF-8");
	hash_sha256_hex(bytes, sha256);
	if (store(hub, bytes, sha256, err) < 0) {
		json_decref(clean);
		return -1;
	}
	*ret = json_pack("{s:s, s:o, s:I, s:s}", "sha256", sha256, "name", clean, "bytes",
	    (json_int_t)bytes.len, "type", kinds[type].media);
	return 0;
}

int desk_file_open(const char *hub, struct view sha256, struct str *ret, struct err *err)
{
	AUTO_FREE char *path = NULL;
	char found[SHA256_HEX_SIZE];

	if (sha256.len != SHA256_HEX_SIZE - 1)
		return err_set(err, ERR_FORMAT, "no SHA-256");
	for (size_t i = 0; i < sha256.len; i++)
		if (!memchr("0123456789abcdef", sha256.ptr[i], 16))
			return err_set(err, ERR_FORMAT, "no SHA-256");
	path = path_of(hub, sha256);
	if (file_read(path, DESK_FILE_BYTES_MAX, ret, err) < 0)
		return -1;
	hash_sha256_hex(str_view(ret), found);
	if (!view_eq(VIEW(found), sha256))
		return err_set(err, ERR_FORMAT, "an attachment is not what was handed in");
	return 0;
}
