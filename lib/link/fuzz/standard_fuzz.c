/* Any bytes as a value of each kind: a standard text is UTF-8 when the bytes are, and its own. */
#include "link/standard.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool is_own(enum link_kind kind)
{
	/* a title that stood first, a year read as a day: what is left may read otherwise */
	return kind == LINK_PLACE || kind == LINK_POSTCODE || kind == LINK_SEX ||
	       kind == LINK_EMAIL;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct view raw = {(const char *)data, size};
	AUTO_STR struct str once = {0};
	AUTO_STR struct str twice = {0};

	for (int k = 0; k < LINK_KINDS; k++) {
		link_standard((enum link_kind)k, raw, &once);
		if (view_is_utf8(raw) && !view_is_utf8(str_view(&once)))
			abort();
		if (k == LINK_DATE && once.len != 0 && once.len != 8)
			abort();
		link_standard((enum link_kind)k, str_view(&once), &twice);
		if (is_own((enum link_kind)k) && !view_eq(str_view(&once), str_view(&twice)))
			abort();
		(void)link_sound(str_view(&once)); /* any text */
	}
	return 0;
}
