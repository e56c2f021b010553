#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "desk/form_attachment.h"
#include "io/file.h"

#include <sys/stat.h>
#include <zlib.h>

static void add16(struct str *s, unsigned n)
{
	str_addc(s, (char)(n & 255));
	str_addc(s, (char)(n >> 8));
}

static void add32(struct str *s, uint32_t n)
{
	add16(s, n & 65535);
	add16(s, n >> 16);
}

/*
 * A ZIP of one or two parts, written as APPNOTE.TXT says; what is deflated
 * claims to unpack to 1 byte.
 */
struct part {
	const char *name;
	struct view bytes; /* packed already when method is 8 */
	unsigned method;
	bool again; /* the entry names the bytes of the part before */
};

static uint32_t crc_of(struct view v)
{
	return (uint32_t)crc32(0, (const unsigned char *)v.ptr, (unsigned)v.len);
}

static void zip(struct str *out, const struct part *parts, size_t count)
{
	AUTO_STR struct str central = {0};
	uint32_t at = 0;
	size_t start;

	for (size_t i = 0; i < count; i++) {
		const struct part *p = &parts[i];

		if (!p->again)
			at = (uint32_t)out->len;
		for (int c = p->again; c < 2; c++) {
			struct str *s = c ? &central : out;

			add32(s, c ? 0x02014b50 : 0x04034b50);
			if (c)
				add16(s, 20);
			add16(s, 20);
			add16(s, 0);
			add16(s, p->method);
			add32(s, 0);
			add32(s, p->method ? 0 : crc_of(p->bytes));
			add32(s, (uint32_t)p->bytes.len);
			add32(s, p->method ? 1 : (uint32_t)p->bytes.len);
			add16(s, (unsigned)strlen(p->name));
			add16(s, 0);
			if (c) {
				str_pad(s, '\0', 10);
				add32(s, at);
			}
			str_addz(s, p->name);
		}
		if (!p->again)
			str_add(out, p->bytes);
	}
	start = out->len;
	str_add(out, str_view(&central));
	add32(out, 0x06054b50);
	add32(out, 0);
	add16(out, (unsigned)count);
	add16(out, (unsigned)count);
	add32(out, (uint32_t)central.len);
	add32(out, (uint32_t)start);
	add16(out, 0);
}

/* `n` zeros, deflated raw: about a thousandth. */
static void deflated(struct str *out, size_t n)
{
	static unsigned char zeros[65536], piece[65536];
	z_stream s = {0};

	assert_int_equal(deflateInit2(&s, 9, Z_DEFLATED, -MAX_WBITS, 9, Z_DEFAULT_STRATEGY), Z_OK);
	for (bool end = false; !end;) {
		if (s.avail_in == 0 && n > 0) {
			s.next_in = zeros;
			s.avail_in = (unsigned)MIN(n, sizeof(zeros));
			n -= s.avail_in;
		}
		s.next_out = piece;
		s.avail_out = sizeof(piece);
		end = deflate(&s, n == 0 && s.avail_in == 0 ? Z_FINISH : Z_NO_FLUSH) ==
		      Z_STREAM_END;
		str_add(out, (struct view){(char *)piece, sizeof(piece) - s.avail_out});
	}
	deflateEnd(&s);
}

static int check(struct view bytes, const char *name, enum desk_file_type *type,
    struct err *err)
{
	*err = (struct err){0};
	return desk_file_check(bytes, VIEW(name), type, err);
}

/* ASVS 5.2.2. */
static void types_by_content(void **state)
{
	static const struct {
		struct view bytes;
		const char *name;
		int status;
	} cases[] = {
	    {{"%PDF-1.7\nx\n%%EOF\n", 17}, "a.pdf", 0},
	    {{"%PDF-1.7\nx\n%%EOF\n", 17}, "a.PDF", 0},
	    {{"%PDF-1.7\nx\n%%EOF\n", 17}, "a.docx", -1},
	    {{"%PDF-1.7\nx\n", 11}, "a.pdf", -1},
	    {{"\x89PNG\r\n\x1a\nIEND\xae\x42\x60\x82", 16}, "a.png", 0},
	    {{"\x89PNG\r\n\x1a\n", 8}, "a.png", -1},
	    {{"\xff\xd8\xff\xe0x\xff\xd9", 7}, "a.jpeg", 0},
	    {{"a;b\r\n1;\xc3\xa9\n", 10}, "a.csv", 0},
	    {{"a;b\r\n1;\xc3\xa9\n", 10}, "a.TXT", 0},
	    {{"a;b\r\n1;\xc3\xa9\n", 10}, "a.html", -1},
	    {{"a;b\r\n1;\xe9\n", 9}, "a.csv", -1},
	    {{"a\0b", 3}, "a.txt", -1},
	    {{"\xff\xd8\xff\xe0x\xff\xd9", 7}, ".jpg", -1},
	    {{"MZ\x90", 3}, "a.pdf", -1},
	    {{"<svg onload=x>", 14}, "a.png", -1},
	    {{"", 0}, "a.pdf", -1},
	    {{"PK\x03\x04", 4}, "a.docx", -1},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		enum desk_file_type type;
		struct err err;

		assert_int_equal(check(cases[i].bytes, cases[i].name, &type, &err),
		    cases[i].status);
	}
}

static void packed_files(void **state)
{
	const struct part docx[] = {{"[Content_Types].xml", VIEW_LIT("<a/>"), 0, false},
	    {"word/document.xml", VIEW_LIT("<w/>"), 0, false},
	    {"word/vbaProject.bin", VIEW_LIT("x"), 0, false}};
	const struct part odt[] = {
	    {"mimetype", VIEW_LIT("application/vnd.oasis.opendocument.text"), 0, false}};
	AUTO_STR struct str good = {0};
	AUTO_STR struct str macros = {0};
	AUTO_STR struct str text = {0};
	enum desk_file_type type;
	struct err err;

	(void)state;
	zip(&good, docx, 2);
	assert_int_equal(check(str_view(&good), "a.docx", &type, &err), 0);
	assert_int_equal(type, DESK_FILE_DOCX);
	zip(&macros, docx, 3);
	assert_int_equal(check(str_view(&macros), "a.docx", &type, &err), -1);
	assert_non_null(strstr(err.msg, "macros"));
	zip(&text, odt, 1);
	assert_int_equal(check(str_view(&text), "a.odt", &type, &err), 0);
	assert_int_equal(type, DESK_FILE_ODT);
	for (size_t cut = 1; cut < good.len; cut++)
		assert_int_equal(
		    check((struct view){good.buf, good.len - cut}, "a.docx", &type, &err), -1);
}

/* ASVS 5.2.3. 64 MB of zeros in some 64 kB, which say that they are one byte. */
static void bombs(void **state)
{
	AUTO_STR struct str packed = {0};
	AUTO_STR struct str file = {0};
	struct part parts[] = {{"[Content_Types].xml", VIEW_LIT("<a/>"), 0, false},
	    {"word/document.xml", VIEW_NONE, 8, false}};
	enum desk_file_type type;
	struct err err;

	(void)state;
	deflated(&packed, (size_t)64 << 20);
	parts[1].bytes = str_view(&packed);
	zip(&file, parts, 2);
	assert_true(file.len < 100000);
	assert_int_equal(check(str_view(&file), "a.docx", &type, &err), -1);
	assert_int_equal(err.code, ERR_LIMIT);
}

/* ASVS 5.2.3: bytes that two entries name, and more parts than are read. */
static void overlapping_parts_and_too_many(void **state)
{
	enum { MANY = DESK_PARTS_MAX + 1 };
	static struct part parts[MANY];
	AUTO_STR struct str packed = {0};
	AUTO_STR struct str overlap = {0};
	AUTO_STR struct str many = {0};
	enum desk_file_type type;
	struct err err;

	(void)state;
	deflated(&packed, (size_t)1 << 20);
	for (size_t i = 0; i < MANY; i++)
		parts[i] = (struct part){"x", VIEW_LIT(""), 0, false};
	parts[0].name = "[Content_Types].xml";
	parts[1] = (struct part){"word/document.xml", str_view(&packed), 8, false};
	for (size_t i = 2; i < 400; i++)
		parts[i] = (struct part){"again", str_view(&packed), 8, true};
	zip(&overlap, parts, 4);
	assert_int_equal(check(str_view(&overlap), "a.docx", &type, &err), -1);
	zip(&many, parts, 400);
	assert_int_equal(check(str_view(&many), "a.docx", &type, &err), -1);
	for (size_t i = 1; i < MANY; i++)
		parts[i] = (struct part){"word/document.xml", VIEW_LIT(""), 0, false};
	str_reset(&many);
	zip(&many, parts, DESK_PARTS_MAX);
	assert_int_equal(check(str_view(&many), "a.docx", &type, &err), 0);
	str_reset(&many);
	zip(&many, parts, MANY);
	assert_int_equal(check(str_view(&many), "a.docx", &type, &err), -1);
}

/* What is packed in a part that is not packed itself is never unpacked. */
static void a_packed_file_in_a_packed_file_is_bytes(void **state)
{
	AUTO_STR struct str packed = {0};
	AUTO_STR struct str inner = {0};
	AUTO_STR struct str outer = {0};
	struct part bomb[] = {{"[Content_Types].xml", VIEW_LIT("<a/>"), 0, false},
	    {"word/document.xml", VIEW_NONE, 8, false}};
	struct part around[] = {{"[Content_Types].xml", VIEW_LIT("<a/>"), 0, false},
	    {"word/document.xml", VIEW_LIT("<w/>"), 0, false},
	    {"word/embeddings/a.docx", VIEW_NONE, 0, false}};
	enum desk_file_type type;
	struct err err;

	(void)state;
	deflated(&packed, (size_t)64 << 20);
	bomb[1].bytes = str_view(&packed);
	zip(&inner, bomb, 2);
	around[2].bytes = str_view(&inner);
	zip(&outer, around, 3);
	assert_int_equal(check(str_view(&outer), "a.docx", &type, &err), 0);
}

/* ASVS 5.3.2, 5.4.2. */
static void kept_by_content(void **state)
{
	const struct view pdf = VIEW_LIT("%PDF-1.7\nx\n%%EOF\n");
	char hub[] = "/tmp/hygie-attachment-XXXXXX";
	AUTO_JSON json_t *one = NULL;
	AUTO_JSON json_t *two = NULL;
	AUTO_STR struct str back = {0};
	AUTO_FREE char *path = NULL;
	AUTO_FREE char *folder = NULL;
	const char *sha;
	struct stat st;
	struct err err = {0};

	(void)state;
	assert_non_null(mkdtemp(hub));
	assert_int_equal(desk_file_keep(hub, pdf, VIEW("../../<é>.pdf"), &one, &err), 0);
	assert_int_equal(desk_file_keep(hub, pdf, VIEW("b.pdf"), &two, &err), 0);
	assert_string_equal(json_string_value(json_object_get(one, "name")), "_é_.pdf");
	sha = json_string_value(json_object_get(one, "sha256"));
	assert_string_equal(sha, json_string_value(json_object_get(two, "sha256")));
	path = str_format("%s/attachments/%.2s/%s", hub, sha, sha);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	folder = str_format("%s/attachments", hub);
	assert_int_equal(stat(folder, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0700);
	assert_int_equal(desk_file_open(hub, VIEW(sha), &back, &err), 0);
	assert_true(view_eq(str_view(&back), pdf));
	assert_int_equal(file_write_private(path, VIEW("%PDF-1.7\ny\n%%EOF\n"), &err), 0);
	assert_int_equal(desk_file_open(hub, VIEW(sha), &back, &err), -1);
	assert_int_equal(desk_file_open(hub, VIEW("../../../../etc/passwd"), &back, &err), -1);
	assert_int_equal(path_remove(hub, &err), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(types_by_content),
	    cmocka_unit_test(packed_files),
	    cmocka_unit_test(bombs),
	    cmocka_unit_test(overlapping_parts_and_too_many),
	    cmocka_unit_test(a_packed_file_in_a_packed_file_is_bytes),
	    cmocka_unit_test(kept_by_content),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
