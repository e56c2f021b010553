#include "catalog/validate_report.h"

#include <inttypes.h>

enum { LISTED = 20000 };

static const struct report_column summary_columns[] = {
    {"severity", "Severity", REPORT_TEXT}, {"of", "Of", REPORT_TEXT},
    {"field", "Field", REPORT_TEXT}, {"property", "Property", REPORT_TEXT},
    {"message", "What is wrong", REPORT_TEXT}, {"times", "Times", REPORT_COUNT},
    {"source", NULL, REPORT_TEXT}};
static const struct report_column finding_columns[] = {{"severity", "Severity", REPORT_TEXT},
    {"dataset", "Dataset", REPORT_TEXT}, {"node", "Where", REPORT_TEXT},
    {"property", "Property", REPORT_TEXT}, {"message", "What is wrong", REPORT_TEXT}};

static const char *severity_word(enum catalog_severity s)
{
	return s == CATALOG_VIOLATION ? "violation" : "warning";
}

static const struct catalog_rule *rule_of(const struct catalog_rules *r,
    const struct catalog_finding *f)
{
	return f->rule == UINT32_MAX ? NULL : &r->rules.ptr[f->rule];
}

void catalog_finding_words(struct str *out, const struct catalog_finding *f,
    const struct catalog_rules *r, int language)
{
	const struct catalog_rule *rule = rule_of(r, f);

	if (rule)
		str_addf(out, "%s%s ", rule->label[language], language ? " :" : ":");
	str_addz(out, catalog_message(r, f->code, language));
}

struct tally {
	struct map ids;
	VEC(const struct catalog_finding *) first;
	VEC(size_t) times;
};

static void tally_up(struct tally *t, const struct catalog_verdict *v)
{
	for (size_t i = 0; i < v->findings.len; i++) {
		const struct catalog_finding *f = &v->findings.ptr[i];
		AUTO_FREE char *key = str_format("%d %010u %s", f->severity, f->rule, f->code);
		size_t before = t->ids.entries.len;
		int64_t at = map_intern(&t->ids, VIEW(key));

		if (t->ids.entries.len > before) {
			*vec_push(&t->first) = f;
			*vec_push(&t->times) = 0;
		}
		t->times.ptr[at]++;
	}
}

static void add_summary(struct report *doc, const struct tally *t, const struct catalog_rules *r,
    int language)
{
	struct report_table *table = report_add_table(doc, "rules", "What to do", REPORT_SHOWN,
	    summary_columns, ARRAY_LEN(summary_columns));

	for (int s = 0; s < CATALOG_SEVERITIES; s++)
		for (size_t i = 0; i < t->first.len; i++) {
			const struct catalog_finding *f = t->first.ptr[i];
			const struct catalog_rule *rule = rule_of(r, f);

			if ((int)f->severity != s)
				continue;
			report_add_cell(doc, table, "%s", severity_word(f->severity));
			report_add_cell(
			    doc, table, "%s", rule ? r->roles.ptr[rule->role].label[language] : "");
			report_add_cell(doc, table, "%s", rule ? rule->label[language] : "");
			report_add_cell(doc, table, "%s", rule ? rule->name : "");
			report_add_cell(doc, table, "%s", catalog_message(r, f->code, language));
			report_add_cell(doc, table, "%zu", t->times.ptr[i]);
			report_add_cell(doc, table, "%s", rule ? rule->source : "");
		}
}

static void add_term(struct report *doc, struct report_table *table, const struct rdf_graph *g,
    uint32_t id)
{
	if (id && rdf_term(g, id)->kind == RDF_IRI)
		report_add_cell(doc, table, "%.*s", VIEW_ARG(rdf_term(g, id)->text));
	else
		report_add_cell(doc, table, "%s", "");
}

static void add_findings(struct report *doc, const struct catalog_verdict *v,
    const struct rdf_graph *g, const struct catalog_rules *r, int language)
{
	struct report_table *table = report_add_table(doc, "findings", "Where",
	    REPORT_EXPORTED | REPORT_DETAIL, finding_columns, ARRAY_LEN(finding_columns));

	for (size_t i = 0; i < v->findings.len && i < LISTED; i++) {
		const struct catalog_finding *f = &v->findings.ptr[i];
		const struct catalog_rule *rule = rule_of(r, f);
		AUTO_STR struct str words = {0};

		catalog_finding_words(&words, f, r, language);
		report_add_cell(doc, table, "%s", severity_word(f->severity));
		add_term(doc, table, g, f->dataset);
		report_add_cell(
		    doc, table, "%s", rule ? r->roles.ptr[rule->role].label[language] : "");
		report_add_cell(doc, table, "%s", rule ? rule->name : "");
		report_add_cell(doc, table, "%s", str_get(&words));
	}
	if (v->findings.len > LISTED)
		report_add_note(doc, "the first %d of %zu findings are listed, all are counted",
		    LISTED, v->findings.len);
}

struct report *catalog_validate_report(const struct catalog_verdict *v, const struct rdf_graph *g,
    const struct catalog_rules *r, const char *profile, int language)
{
	struct report *doc = report_new("Catalogue validation",
	    "Datasets and what belongs to them, against the obligations of HealthDCAT-AP.");
	struct tally t = {0};

	report_add_fact(doc, "profile", "Profile", "%s", profile);
	report_add_fact(doc, "statements", "Statements", "%zu", g->quads.len);
	report_add_fact(doc, "datasets", "Datasets", "%zu", v->datasets);
	report_add_fact(doc, "conforming", "Without a violation", "%zu", v->conforming);
	report_add_fact(doc, "violations", "Violations", "%zu", v->counts[CATALOG_VIOLATION]);
	report_add_fact(doc, "warnings", "Warnings", "%zu", v->counts[CATALOG_WARNING]);
	tally_up(&t, v);
	add_summary(doc, &t, r, language);
	add_findings(doc, v, g, r, language);
	if (v->full)
		report_add_note(doc, "more than %d findings: the rest is counted, not told",
		    CATALOG_FINDINGS_MAX);
	map_clear(&t.ids);
	vec_clear(&t.first);
	vec_clear(&t.times);
	return doc;
}
