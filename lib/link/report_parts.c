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

static const struct report_column field_columns[] = {
    {"field", "Field", REPORT_TEXT},
    {"kind", "Kind", REPORT_TEXT},
    {"values", "Distinct values", REPORT_COUNT},
    {"known", "Known", REPORT_PERCENT},
    {"known_left", NULL, REPORT_PERCENT},
    {"known_right", NULL, REPORT_PERCENT},
};
static const struct report_column size_columns[] = {
    {"size", "Records", REPORT_COUNT},
    {"clusters", "Clusters", REPORT_COUNT},
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

static double known_share(const struct link_records *r, size_t field, size_t from, size_t to)
{
	uint64_t n = 0;

	for (size_t i = from; i < to; i++)
		n += link_row(r, i)[field] != 0;
	return to > from ? (double)n / (double)(to - from) : 0;
}

void link_report_fields(struct report *r, const struct link_records *d)
{
	struct report_table *t = report_add_table(r, "fields", "Fields and completeness",
	    REPORT_SHOWN, field_columns, ARRAY_LEN(field_columns));

	for (size_t f = 0; f < d->fields; f++) {
		size_t values = 0;

		for (size_t v = 1; v < link_dictionary_size(link_values(d, f)); v++)
			values += d->value_count[f][v] > 0;
		report_add_cell(r, t, "%s", d->field[f].column);
		report_add_cell(r, t, "%s", link_kind_name(d->field[f].kind));
		report_add_cell(r, t, "%zu", values);
		report_add_cell(r, t, "%.4f", (double)d->known[f] / (double)d->count);
		report_add_cell(r, t, "%.4f", known_share(d, f, 0, d->left));
		if (d->left < d->count)
			report_add_cell(r, t, "%.4f", known_share(d, f, d->left, d->count));
		else
			report_add_cell(r, t, "%s", "");
	}
	report_add_chart(r, "completeness", "Completeness",
	    "Share of the records in which each field is known", "fields",
	    embed_find("link/data/chart_completeness.json").ptr);
}

void link_report_sizes(struct report *r, const struct link_clusters *c, size_t n)
{
	struct report_table *t = report_add_table(r, "cluster_sizes", "Cluster sizes",
	    REPORT_DETAIL, size_columns, ARRAY_LEN(size_columns));
	uint32_t *size = mem_zalloc(n + 1, sizeof(*size));
	uint64_t *count = mem_zalloc(c->largest + 2, sizeof(*count));

	for (size_t i = 0; i < n; i++)
		size[c->of_record[i]]++;
	for (size_t i = 0; i < n; i++)
		count[size[i]] += size[i] > 0;
	for (size_t s = 1; s <= c->largest; s++)
		if (count[s]) {
			report_add_cell(r, t, "%zu", s);
			report_add_cell(r, t, "%" PRIu64, count[s]);
		}
	free(size);
	free(count);
}
