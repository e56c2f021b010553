#include "link/report_parts.h"

#include "base/embed.h"

#include <inttypes.h>
#include <stdio.h>

static const struct report_column weight_columns[] = {
    {"comparison", "Comparison", REPORT_TEXT},
    {"level", "Level", REPORT_TEXT},
    {"m", "m", REPORT_NUMBER},
    {"u", "u", REPORT_NUMBER},
    {"weight", "Weight", REPORT_NUMBER},
    {"name", NULL, REPORT_TEXT},
    {"place", NULL, REPORT_COUNT},
};

const char *link_bits(int64_t weight, char buf[LINK_BITS_TEXT])
{
	uint64_t size = weight < 0 ? (uint64_t)-weight : (uint64_t)weight;

	snprintf(buf, LINK_BITS_TEXT, "%s%" PRIu64 ".%06" PRIu64, weight < 0 ? "-" : "",
	    size / LINK_BIT, size % LINK_BIT);
	return buf;
}

void link_report_weights(
    struct report *r, const struct link_model *m, const struct link_records *d)
{
	struct report_table *t = report_add_table(r, "weights", "Match weights", REPORT_DETAIL,
	    weight_columns, ARRAY_LEN(weight_columns));
	size_t place = 0;

	for (size_t c = 0; c < m->comparisons; c++)
		for (size_t l = 1; l <= m->comparison[c].levels; l++) {
			char buf[LINK_BITS_TEXT];

			report_add_cell(r, t, "%s", d->field[m->comparison[c].field].column);
			report_add_cell(r, t, "%s", m->comparison[c].level[l].label);
			report_add_cell(r, t, "%.6f", m->m[c][l]);
			report_add_cell(r, t, "%.8f", m->u[c][l]);
			report_add_cell(r, t, "%s", link_bits(m->weights[c].level[l], buf));
			report_add_cell(r, t, "%s: %s",
			    d->field[m->comparison[c].field].column,
			    m->comparison[c].level[l].label);
			report_add_cell(r, t, "%zu", place++);
		}
	report_add_chart(r, "match_weights", "Match weights",
	    "What each level of each comparison adds to the weight of a pair, in bits", "weights",
	    embed_find("link/data/chart_weights.json").ptr);
}
