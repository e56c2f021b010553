/* What a file is: marks of its first bytes (each from the format's own description), then names. */
#include "guard/input.h"

const char *guard_format_name(enum guard_format format)
{
	static const char *const names[GUARD_FORMATS] = {
	    [GUARD_DELIMITED] = "delimited text",
	    [GUARD_JSON_LINES] = "JSON lines",
	    [GUARD_PARQUET] = "Parquet",
	    [GUARD_SAS] = "SAS (sas7bdat)",
	    [GUARD_XPORT] = "SAS transport (xpt)",
	    [GUARD_SAV] = "SPSS (sav)",
	    [GUARD_POR] = "SPSS portable (por)",
	    [GUARD_DTA] = "Stata (dta)",
	};

	return names[format];
}

static const char sas_mark[32] = "\0\0\0\0\0\0\0\0\0\0\0\0\xc2\xea\x81\x60\xb3\x14\x11\xcf\xbd\x92"
				 "\x08\x00\x09\xc7\x31\x8c\x18\x1f\x10\x11";

static const struct {
	enum guard_format format;
	struct view mark;
} marks[] = {
    {GUARD_PARQUET, {"PAR1", 4}},
    {GUARD_SAS, {sas_mark, sizeof(sas_mark)}},
    {GUARD_XPORT, {"HEADER RECORD*******LIB", 23}},
    {GUARD_SAV, {"$FL2@(#)", 8}},
    {GUARD_SAV, {"$FL3@(#)", 8}},
    {GUARD_DTA, {"<stata_dta>", 11}},
};

static const struct {
	enum guard_format format;
	struct view suffix;
} suffixes[] = {
    {GUARD_JSON_LINES, {".jsonl", 6}},
    {GUARD_JSON_LINES, {".ndjson", 7}},
    {GUARD_PARQUET, {".parquet", 8}},
    {GUARD_SAS, {".sas7bdat", 9}},
    {GUARD_XPORT, {".xpt", 4}},
    {GUARD_SAV, {".sav", 4}},
    {GUARD_SAV, {".zsav", 5}},
    {GUARD_POR, {".por", 4}},
    {GUARD_DTA, {".dta", 4}},
};

/* What people send that holds no table of its own. */
static const struct {
	struct view mark;
	const char *what, *hint;
} refused[] = {
    {{"PK\3\4", 4}, "a ZIP archive or a workbook", "unpack it, or save its sheets as CSV"},
    {{"\xd0\xcf\x11\xe0", 4}, "an old Office document", "save its sheets as CSV"},
    {{"%PDF-", 5}, "a PDF document", "ask for the table that it shows"},
    {{"7z\xbc\xaf\x27\x1c", 6}, "a 7z archive", "unpack it"},
    {{"BZh", 3}, "compressed with bzip2", "decompress it: bunzip2"},
    {{"\xfd"
      "7zXZ",
	 5},
	"compressed with xz", "decompress it: unxz"},
    {{"SQLite format 3", 15}, "an SQLite database", "export its tables as CSV"},
};

/* {"a": or {}: nothing else can begin a line of JSON that is an object. */
static bool is_json(struct view v)
{
	if (view_starts(v, VIEW_LIT("\xef\xbb\xbf")))
		v = (struct view){v.ptr + 3, v.len - 3};
	v = view_trim(v);
	if (!v.len || v.ptr[0] != '{')
		return false;
	v = view_trim((struct view){v.ptr + 1, v.len - 1});
	return v.len && (v.ptr[0] == '"' || v.ptr[0] == '}');
}

/* Stata before version 13: release 102 to 115, byte order 1 or 2, file type 1. */
static bool is_old_stata(struct view v)
{
	return v.len >= 4 && v.ptr[0] >= 102 && v.ptr[0] <= 115 &&
	       (v.ptr[1] == 1 || v.ptr[1] == 2) && v.ptr[2] == 1 && v.ptr[3] == 0;
}

static bool is_portable(struct view v)
{
	return v.len >= 40 && memmem(v.ptr, MIN(v.len, 200), "SPSS PORT FILE", 14);
}

static bool ends_with(struct view name, struct view suffix)
{
	return name.len >= suffix.len &&
	       view_eq_nocase((struct view){name.ptr + name.len - suffix.len, suffix.len}, suffix);
}

static enum guard_format format_by_name(const char *path)
{
	struct view name = VIEW(path);

	if (ends_with(name, VIEW_LIT(".gz")))
		name.len -= 3;
	else if (ends_with(name, VIEW_LIT(".zst")))
		name.len -= 4;
	for (size_t i = 0; i < ARRAY_LEN(suffixes); i++)
		if (ends_with(name, suffixes[i].suffix))
			return suffixes[i].format;
	return GUARD_DELIMITED;
}

int guard_format_find(enum guard_format *ret, struct view first, const char *path, struct err *err)
{
	*ret = GUARD_DELIMITED;
	for (size_t i = 0; i < ARRAY_LEN(refused); i++) {
		if (!view_starts(first, refused[i].mark))
			continue;
		(void)err_set(err, ERR_FORMAT, "%s: is %s", path, refused[i].what);
		return err_hint(err, "%s", refused[i].hint);
	}
	for (size_t i = 0; i < ARRAY_LEN(marks); i++) {
		if (!view_starts(first, marks[i].mark))
			continue;
		*ret = marks[i].format;
		return 0;
	}
	if (is_old_stata(first))
		*ret = GUARD_DTA;
	else if (is_portable(first))
		*ret = GUARD_POR;
	else if (is_json(first))
		*ret = GUARD_JSON_LINES;
	else
		*ret = format_by_name(path);
	return 0;
}
