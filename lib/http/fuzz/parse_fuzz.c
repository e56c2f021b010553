/* A request's parts from hostile bytes: path, query, cookies and body, one a line; body last. */
#include "http/parse.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_HTTP_REQUEST struct http_request q = {0};
	struct view rest = {(const char *)data, size}, path, query, cookies, type;
	struct err err = {0};

	if (!view_next(&rest, '\n', &path) || !view_next(&rest, '\n', &query) ||
	    !view_next(&rest, '\n', &cookies) || !view_next(&rest, '\n', &type))
		return 0;
	(void)!http_parse_path(&q, path, &err);
	(void)!http_parse_pairs(&q, query, &q.query, &err);
	http_parse_cookies(&q, cookies);
	(void)!http_parse_body(&q, type, rest, &err);
	for (size_t i = 0; i < q.form.all.len; i++)
		if (!http_is_text(q.form.all.ptr[i].value))
			abort();
	for (size_t i = 0; i < q.uploads.len; i++)
		if (!http_is_text(q.uploads.ptr[i].file_name))
			abort();
	return 0;
}
