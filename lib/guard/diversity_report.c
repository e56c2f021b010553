#include "guard/diversity.h"

#include <inttypes.h>

static const struct report_column columns[] = {
    {"variable", "Attribute", REPORT_TEXT},
    {"classes", "Classes", REPORT_COUNT},
    {"least", "Fewest values", REPORT_COUNT},
    {"least_spread", "As if equal", REPORT_NUMBER},
    {"one_value", "Of one value", REPORT_PERCENT},
    {"below_three", "Of fewer than 3", REPORT_PERCENT},
    {"exact", NULL, REPORT_TEXT},
};

void guard_report_diversity(struct report *doc, const struct guard_diversity *d,
    const struct guard_csv *c)
{
	struct report_table *t;

	if (d->count == 0)
		return;
	t = report_add_table(doc, "diversity", "What the classes tell of their rows", REPORT_SHOWN,
	    columns, ARRAY_LEN(columns));
	for (size_t i = 0; i < d->count; i++) {
		const struct guard_diverse *a = &d->attributes[i];

		report_add_cell(doc, t, "%.*s", VIEW_ARG(c->dialect.names.ptr[a->column]));
		report_add_cell(doc, t, "%" PRIu64, a->classes);
		report_add_cell(doc, t, "%" PRIu64, a->least);
		report_add_cell(doc, t, "%.2f", a->least_spread);
		report_add_cell(doc, t, "%.6f", a->one_value);
		report_add_cell(doc, t, "%.6f", a->below_three);
		report_add_cell(doc, t, "%s", a->is_exact ? "yes" : "no");
	}
	report_add_note(doc, "a class in which all rows have one value of an attribute tells it of "
			     "everybody in it, however many they are");
}
