/* Any bytes: records or one error; what was read is written and read again. */
#include "io/csv.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct csv_reader *open_text(struct view text, char separator)
{
	return csv_open_view("fuzz", text, separator);
}

static void check_same(const struct csv_reader *r, struct view written)
{
	AUTO_CSV struct csv_reader *again = open_text(written, ',');
	struct err err;

	if (csv_next(again, &err) != 1 || csv_count(again) != csv_count(r))
		abort();
	for (size_t i = 0; i < csv_count(r); i++)
		if (!view_eq(csv_field(again, i), csv_field(r, i)))
			abort();
	if (csv_next(again, &err) != 0)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct view text = {(const char *)data, size};
	AUTO_CSV struct csv_reader *r = open_text(text, size % 2 ? ',' : ';');
	AUTO_STR struct str written = {0};
	struct err err = {0};
	int rc;

	while ((rc = csv_next(r, &err)) > 0) {
		str_reset(&written);
		for (size_t i = 0; i < csv_count(r); i++)
			csv_add_field(&written, csv_field(r, i), i == 0);
		csv_add_end(&written);
		check_same(r, str_view(&written));
	}
	if (rc < 0 && (err.code == ERR_NONE || csv_next(r, &err) != 0))
		abort();
	return 0;
}
