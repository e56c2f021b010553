/*
 * Names of our own are relative to the file (<#completeness>), so nobody's domain is taken.
 * The template of the QUANTUM tool spells accessibility "accessability": an alias says that it
 * is the same.
 */
#include "guard/quantum_report.h"

#include "io/turtle.h"

#include <ctype.h>
#include <string.h>

static const char prefixes[] =
    "@prefix : <#> .\n"
    "@prefix dcat: <http://www.w3.org/ns/dcat#> .\n"
    "@prefix dct: <http://purl.org/dc/terms/> .\n"
    "@prefix dqv: <http://www.w3.org/ns/dqv#> .\n"
    "@prefix oa: <http://www.w3.org/ns/oa#> .\n"
    "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
    "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
    "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n\n";

static void add_english(struct str *out, const char *text)
{
	turtle_add_text(out, VIEW(text));
	str_addz(out, "@en");
}

/* "Population coverage" is :population_coverage. */
static void add_name(struct str *out, const char *title)
{
	str_addc(out, ':');
	for (; *title; title++)
		str_addc(out, isalnum((unsigned char)*title)
				  ? (char)tolower((unsigned char)*title)
				  : '_');
}

static void add_dataset_name(struct str *out, const struct quantum_label *q)
{
	if (*q->dataset_iri)
		str_addf(out, "<%s>", q->dataset_iri);
	else
		str_addz(out, ":dataset");
}

/* Whether metric i is the first of its dimension or category. */
static bool is_first(const struct quantum_label *q, size_t i, bool by_category)
{
	const struct quantum_metric *m = &q->metrics.ptr[i], *before = m - 1;

	if (i == 0)
		return true;
	return by_category ? strcmp(m->category, before->category) != 0
	                   : strcmp(m->dimension, before->dimension) != 0;
}

static void add_dataset(struct str *out, const struct quantum_label *q)
{
	add_dataset_name(out, q);
	str_addz(out, " a dcat:Dataset ;\n");
	if (*q->dataset_title) {
		str_addz(out, "\tdct:title ");
		turtle_add_text(out, VIEW(q->dataset_title));
		str_addz(out, " ;\n");
	}
	str_addz(out, "\tdqv:hasQualityAnnotation :certificate ;\n\tdqv:hasQualityMeasurement "
		      ":measured_score");
	for (size_t i = 0; i < q->metrics.len; i++)
		if (q->metrics.ptr[i].level != QUANTUM_NO_LEVEL)
			str_addf(out, " , :measured_%s", q->metrics.ptr[i].id);
	str_addz(out, quantum_maturity_sum(q) ? " , :measured_maturity .\n\n" : " .\n\n");
}

static void add_certificate(struct str *out, const struct quantum_label *q)
{
	static const char *const stars[] = {"no_star", "one_star", "two_stars", "three_stars",
	    "four_stars", "five_stars"};
	bool first = true;

	str_addz(out, ":certificate a dqv:QualityCertificate ;\n\toa:hasTarget ");
	add_dataset_name(out, q);
	str_addf(out, " ;\n\toa:hasBody :%s ;\n\toa:motivatedBy dqv:qualityAssessment ;\n"
		      "\tdqv:inDimension ",
	    stars[quantum_stars(quantum_score(q))]);
	for (size_t i = 0; i < q->metrics.len; i++) {
		if (!is_first(q, i, false))
			continue;
		str_addz(out, first ? "" : " , ");
		add_name(out, q->metrics.ptr[i].dimension);
		first = false;
	}
	str_addz(out, " .\n\n:CustomQuantumQuality a skos:ConceptScheme ;\n\tskos:prefLabel "
		      "\"Stars of the QUANTUM label\"@en .\n\n");
	for (int i = 0; i <= 5; i++)
		str_addf(out, ":%s a skos:Concept ;\n\tskos:inScheme :CustomQuantumQuality ;\n"
			      "\tskos:notation \"%d\" ;\n\tskos:prefLabel \"%d star%s\"@en .\n\n",
		    stars[i], i, i, i == 1 ? "" : "s");
}

static void add_measurement(struct str *out, const struct quantum_label *q, const char *metric,
    double value)
{
	str_addf(out, ":measured_%s a dqv:QualityMeasurement ;\n\tdqv:computedOn ", metric);
	add_dataset_name(out, q);
	str_addf(out, " ;\n\tdqv:isMeasurementOf :metric_%s ;\n\tdqv:value %.2f .\n\n", metric,
	    value);
}

static void add_metric(struct str *out, const char *id, const char *title, const char *dimension)
{
	str_addf(out, ":metric_%s a dqv:Metric ;\n\tskos:definition ", id);
	add_english(out, title);
	str_addz(out, " ;\n\tdqv:expectedDataType xsd:decimal");
	if (dimension) {
		str_addz(out, " ;\n\tdqv:inDimension ");
		add_name(out, dimension);
	}
	str_addz(out, " .\n\n");
}

static void add_dimensions(struct str *out, const struct quantum_label *q)
{
	for (size_t i = 0; i < q->metrics.len; i++) {
		const struct quantum_metric *m = &q->metrics.ptr[i];

		if (is_first(q, i, true)) {
			add_name(out, m->category);
			str_addz(out, " a dqv:Category ;\n\tskos:prefLabel ");
			add_english(out, m->category);
			str_addz(out, " .\n\n");
		}
		if (!is_first(q, i, false))
			continue;
		add_name(out, m->dimension);
		str_addz(out, " a dqv:Dimension ;\n\tskos:prefLabel ");
		add_english(out, m->dimension);
		str_addz(out, " ;\n\tdqv:inCategory ");
		add_name(out, m->category);
		str_addz(out, " .\n\n");
	}
	str_addz(out, ":accessability owl:sameAs :accessibility .\n\n");
}

void quantum_turtle(const struct quantum_label *q, struct str *out)
{
	str_addz(out, prefixes);
	add_dataset(out, q);
	add_certificate(out, q);
	add_dimensions(out, q);
	for (size_t i = 0; i < q->metrics.len; i++) {
		const struct quantum_metric *m = &q->metrics.ptr[i];

		add_metric(out, m->id, m->title, m->dimension);
		if (m->level != QUANTUM_NO_LEVEL)
			add_measurement(out, q, m->id, m->level);
	}
	add_metric(out, "score", "Score of the QUANTUM label, 0 to 100", NULL);
	add_measurement(out, q, "score", quantum_score(q));
	if (!quantum_maturity_sum(q))
		return;
	add_metric(out, "maturity", "Maturity of the holder, 10 to 50", NULL);
	add_measurement(out, q, "maturity", quantum_maturity_sum(q));
}
