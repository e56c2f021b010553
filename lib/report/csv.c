#include "report/cell.h"

#include "io/csv.h"

void report_to_csv(const struct report *r, struct str *out)
{
	const struct report_table *t = report_exported(r);

	if (!t)
		return;
	for (size_t c = 0; c < t->column_count; c++)
		csv_add_field(out, VIEW(t->columns[c].name), c == 0);
	csv_add_end(out);
	for (size_t row = 0; row < report_rows(t); row++) {
		for (size_t c = 0; c < t->column_count; c++)
			csv_add_field(out, VIEW(report_cell(t, row, c)), c == 0);
		csv_add_end(out);
	}
}
