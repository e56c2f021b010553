/* Any bytes as labels: rows with an answer each, every pair once, or an error of format. */
#include "link/review_labels.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	AUTO_LINK_LABEL_FILE struct link_label_file f = {0};
	struct err err = {0};

	if (link_label_file_parse(
		&f, "fuzz", (struct view){(const char *)data, size}, &err) < 0) {
		if (err.code != ERR_FORMAT && err.code != ERR_LIMIT)
			abort();
		return 0;
	}
	if (f.names.entries.len != f.rows.len || (f.rows.len != 0) != (f.wanted != 0))
		abort();
	for (size_t i = 0; i < f.rows.len; i++)
		if (f.rows.ptr[i].answer == LINK_OPEN || f.rows.ptr[i].answer >= LINK_ANSWERS)
			abort();
	return 0;
}
