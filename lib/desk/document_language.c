#include "desk/document_inside.h"

#include <inttypes.h>

/* Where `what` stands last at or before `end`; SIZE_MAX. */
static size_t find_last(struct view in, const char *what)
{
	size_t len = strlen(what);

	for (size_t at = in.len >= len ? in.len - len + 1 : 0; at > 0; at--)
		if (memcmp(in.ptr + at - 1, what, len) == 0)
			return at - 1;
	return SIZE_MAX;
}

static bool number_behind(struct view in, const char *what, int64_t *ret)
{
	size_t at = find_last(in, what);
	struct view rest, digits = VIEW_NONE;

	if (at == SIZE_MAX)
		return false;
	rest = (struct view){in.ptr + at + strlen(what), in.len - at - strlen(what)};
	while (rest.len && (*rest.ptr == ' ' || *rest.ptr == '\n'))
		rest = (struct view){rest.ptr + 1, rest.len - 1};
	digits.ptr = rest.ptr;
	while (digits.len < rest.len && rest.ptr[digits.len] >= '0' &&
	       rest.ptr[digits.len] <= '9')
		digits.len++;
	return view_to_i64(digits, ret);
}

/* What stands in the catalogue: between "N 0 obj\n<<" and ">>\nendobj". */
static bool find_catalogue(struct view in, int64_t root, struct view *ret)
{
	AUTO_FREE char *head = str_format("\n%" PRId64 " 0 obj\n<<", root);
	size_t at = find_last(in, head), end;
	const char *tail;

	if (at == SIZE_MAX)
		return false;
	at += strlen(head);
	tail = memmem(in.ptr + at, in.len - at, ">>\nendobj", 9);
	end = tail ? (size_t)(tail - in.ptr) : 0;
	*ret = (struct view){in.ptr + at, end > at ? end - at : 0};
	return end > at;
}

int desk_pdf_set_language(struct str *pdf, const char *language, struct err *err)
{
	struct view in = str_view(pdf), catalogue;
	AUTO_STR struct str more = {0};
	int64_t root, info, size, table;
	size_t object;

	if (!number_behind(in, "/Root", &root) || !number_behind(in, "/Info", &info) ||
	    !number_behind(in, "/Size", &size) || !number_behind(in, "startxref", &table) ||
	    !find_catalogue(in, root, &catalogue))
		return err_set(err, ERR_INTERNAL, "no PDF: its catalogue is not found");
	object = in.len;
	str_addf(&more,
	    "%" PRId64 " 0 obj\n<<%.*s   /Lang (%s)\n   /ViewerPreferences << "
	    "/DisplayDocTitle true >>\n>>\nendobj\n",
	    root, VIEW_ARG(catalogue), language);
	table = (int64_t)(object + more.len);
	str_addf(&more,
	    "xref\n%" PRId64 " 1\n%010zu 00000 n \ntrailer\n<< /Size %" PRId64
	    "\n   /Root %" PRId64 " 0 R\n   /Info %" PRId64 " 0 R\n",
	    root, object, size, root, info);
	(void)number_behind(in, "startxref", &size);
	str_addf(&more, "   /Prev %" PRId64 "\n>>\nstartxref\n%" PRId64 "\n%%%%EOF\n", size,
	    table);
	str_add(pdf, str_view(&more));
	return 0;
}
