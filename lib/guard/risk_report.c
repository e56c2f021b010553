#include "guard/risk_report.h"

#include <inttypes.h>

static const struct report_column columns[] = {
    {"variables", "Rows alike in", REPORT_TEXT},
    {"classes", "Classes", REPORT_COUNT},
    {"k_min", "Smallest", REPORT_COUNT},
    {"unique", "Unique", REPORT_PERCENT},
    {"below_11", "In fewer than 11", REPORT_PERCENT},
    {"exact", NULL, REPORT_TEXT},
};

static struct view name_of(const struct guard_csv *c, const struct guard_risk *r, size_t i)
{
	return c->dialect.names.ptr[r->variables[i]];
}

static void add_set(struct report *doc, struct report_table *t, const struct guard_csv *c,
    const struct guard_risk *r, const struct guard_risk_set *s)
{
	AUTO_STR struct str names = {0};

	for (size_t i = 0; i < r->count && s->without == r->count; i++)
		str_addf(&names, "%s%.*s", i ? ", " : "", VIEW_ARG(name_of(c, r, i)));
	if (s->without < r->count) {
		str_addf(&names, "without %.*s", VIEW_ARG(name_of(c, r, s->without)));
		report_add_words(doc, t, str_get(&names));
	} else {
		report_add_cell(doc, t, "%s", str_get(&names));
	}
	report_add_cell(doc, t, "%" PRIu64, s->classes);
	report_add_cell(doc, t, "%" PRIu64, s->k_min);
	report_add_cell(doc, t, "%.6f", s->unique);
	report_add_cell(doc, t, "%.6f", s->below);
	report_add_cell(doc, t, "%s", s->is_exact ? "yes" : "no");
}

static void tell_cost(struct report *doc, const struct guard_csv *c, const struct guard_risk *r)
{
	const struct guard_risk_set *s = &r->sets[guard_risk_costliest(r)];

	if (s->below < r->sets[0].below || s->unique < r->sets[0].unique)
		report_add_note(doc,
		    "%.*s costs most: without it %.1f %% of the rows are in classes of fewer than "
		    "%d, with it %.1f %%",
		    VIEW_ARG(name_of(c, r, s->without)), 100 * s->below, GUARD_RISK_CELL,
		    100 * r->sets[0].below);
	else if (r->sets[0].below > 0)
		report_add_note(doc, "no one of these variables alone makes the risk");
}

void guard_report_risk(struct report *doc, const struct guard_csv *c, const struct guard_risk *r)
{
	struct report_table *t;
	bool is_exact = true;

	if (r->count == 0)
		return;
	t = report_add_table(doc, "risk", "Risk of telling persons apart", REPORT_SHOWN, columns,
	    ARRAY_LEN(columns));
	for (size_t i = 0; i <= (r->count > 1 ? r->count : 0); i++) {
		add_set(doc, t, c, r, &r->sets[i]);
		is_exact = is_exact && r->sets[i].is_exact;
	}
	if (r->count > 1)
		tell_cost(doc, c, r);
	if (!is_exact)
		report_add_note(doc, "risk: of a random sample of the classes; there may be "
				     "smaller ones (more --memory makes it exact)");
}
