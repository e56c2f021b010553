#include "io/file.h"
#include "io/json.h"

/* Our words for Jansson's codes: its own texts quote what stands in the file. */
static const char *reason(enum json_error_code code)
{
	static const char *const reasons[] = {
	    [json_error_stack_overflow] = "nested too deeply",
	    [json_error_invalid_utf8] = "a byte that is not UTF-8",
	    [json_error_premature_end_of_input] = "the text ends too early",
	    [json_error_end_of_input_expected] = "text behind the end",
	    [json_error_invalid_syntax] = "not JSON",
	    [json_error_null_character] = "a NUL character in a string",
	    [json_error_null_byte_in_key] = "a NUL character in a key",
	    [json_error_duplicate_key] = "a key that stands there twice",
	    [json_error_numeric_overflow] = "a number out of range",
	};
	size_t index = (size_t)code;

	return index < ARRAY_LEN(reasons) && reasons[index] ? reasons[index] : "not JSON";
}

int json_parse(json_t **ret, const char *name, struct view text, struct err *err)
{
	json_error_t e;
	enum json_error_code code;
	json_t *tree;

	if (text.len > JSON_FILE_MAX)
		return err_set(err, ERR_LIMIT, "%s: larger than the limit of %d bytes", name,
		    (int)JSON_FILE_MAX);
	if (view_starts(text, VIEW_LIT("\xEF\xBB\xBF"))) {
		text.ptr += 3;
		text.len -= 3;
	}
	tree = json_loadb(text.len ? text.ptr : "", text.len, JSON_REJECT_DUPLICATES, &e);
	if (!tree) {
		code = json_error_code(&e);
		return err_set(err, code == json_error_stack_overflow ? ERR_LIMIT : ERR_FORMAT,
		    "%s: line %d, column %d: %s", name, e.line, e.column, reason(code));
	}
	*ret = tree;
	return 0;
}

int json_read(json_t **ret, const char *path, struct err *err)
{
	AUTO_STR struct str text = {0};

	if (file_read(path, JSON_FILE_MAX, &text, err) < 0)
		return -1;
	return json_parse(ret, path, str_view(&text), err);
}
