#include "report/report.h"

static unsigned role_of(const struct report_table *t, const char *const *shown)
{
	if (!(t->role & REPORT_SHOWN))
		return REPORT_DETAIL;
	for (; *shown; shown++)
		if (strcmp(t->id, *shown) == 0 && report_rows(t) > 0)
			return REPORT_SHOWN;
	return REPORT_DETAIL;
}

static void add_table(struct report *r, const struct report_table *from, const char *id,
    const char *title, const char *const *shown)
{
	AUTO_FREE char *new_id = str_format("%s.%s", id, from->id);
	AUTO_FREE char *new_title = str_format("%s: %s", title, from->title);
	struct report_table *t = report_add_table(r, new_id, new_title, role_of(from, shown),
	    from->columns, from->column_count);

	for (size_t i = 0; i < from->cells.len; i++)
		report_add_cell(r, t, "%s", from->cells.ptr[i]);
	for (size_t i = 0; i < from->words.len; i++)
		*vec_push(&t->words) = from->words.ptr[i];
}

static void add_chart(struct report *r, const struct report_chart *from, const char *id,
    const char *title)
{
	AUTO_FREE char *new_id = str_format("%s.%s", id, from->id);
	AUTO_FREE char *table_id = str_format("%s.%s", id, from->table_id);
	AUTO_FREE char *new_title = str_format("%s: %s", title, from->title);

	report_add_chart(r, new_id, new_title, from->alt, table_id, from->spec);
}

void report_add_part(struct report *r, const struct report *part, const char *id,
    const char *title, const char *const *shown)
{
	for (size_t i = 0; i < part->tables.len; i++)
		add_table(r, part->tables.ptr[i], id, title, shown);
	for (size_t i = 0; i < part->charts.len; i++)
		add_chart(r, &part->charts.ptr[i], id, title);
	for (size_t i = 0; i < part->drawings.len; i++) {
		const struct report_drawing *d = &part->drawings.ptr[i];
		AUTO_FREE char *new_id = str_format("%s.%s", id, d->id);
		AUTO_FREE char *new_title = str_format("%s: %s", title, d->title);

		report_add_svg(r, new_id, new_title, d->alt, d->svg);
	}
}
