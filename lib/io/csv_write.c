#include "io/csv.h"

static bool must_quote(struct view field)
{
	/* a byte order mark would be dropped at the begin of the file */
	if (view_starts(field, VIEW_LIT("\xEF\xBB\xBF")))
		return true;
	for (size_t i = 0; i < field.len; i++)
		if (strchr(",\"\r\n", field.ptr[i]))
			return true;
	return false;
}

void csv_add_field(struct str *out, struct view field, bool first)
{
	struct view piece;

	if (!first)
		str_addc(out, ',');
	if (!must_quote(field)) {
		str_add(out, field);
		return;
	}
	str_addc(out, '"');
	for (bool begun = false; view_next(&field, '"', &piece); begun = true) {
		if (begun)
			str_addz(out, "\"\"");
		str_add(out, piece);
	}
	str_addc(out, '"');
}

void csv_add_end(struct str *out)
{
	str_addc(out, '\n');
}
