#include "catalog/duty.h"

enum catalog_access catalog_access_of(struct view code)
{
	return view_eq(code, VIEW_LIT("PUBLIC"))       ? CATALOG_PUBLIC
	       : view_eq(code, VIEW_LIT("RESTRICTED")) ? CATALOG_RESTRICTED
	                                               : CATALOG_NON_PUBLIC;
}

static size_t count_of(const struct rdf_graph *g, uint32_t dataset, const char *property)
{
	uint32_t p = property ? rdf_find_iri(g, VIEW(property)) : 0;
	size_t count = 0;

	if (p)
		(void)rdf_values(g, dataset, p, &count);
	return count;
}

static bool is_so(const struct rdf_graph *g, uint32_t dataset, const struct catalog_rule *rule)
{
	uint32_t p = rdf_find_iri(g, VIEW(rule->when_property));
	size_t count = 0;
	const struct rdf_quad *q = p ? rdf_values(g, dataset, p, &count) : NULL;

	for (size_t i = 0; i < count; i++)
		if (view_eq(rdf_term(g, q[i].object)->text, VIEW(rule->when_value)))
			return true;
	return false;
}

enum catalog_duty catalog_duty_of(const struct catalog_rules *r, const struct catalog_rule *rule,
    const struct rdf_graph *g, uint32_t dataset, enum catalog_access access)
{
	const struct catalog_card *card = &rule->card[access];

	if (strcmp(r->roles.ptr[rule->role].name, "Dataset") != 0 ||
	    !(rule->profile & (CATALOG_DCAT | CATALOG_R8)) || card->level == 'O' ||
	    (rule->when_property && !is_so(g, dataset, rule)))
		return CATALOG_NOT_ASKED;
	return count_of(g, dataset, rule->property[0]) + count_of(g, dataset, rule->property[1]) >=
	               MAX(card->min, 1u)
	           ? CATALOG_MET
	           : CATALOG_LACKING;
}

struct catalog_duties catalog_duties_count(const struct catalog_rules *r,
    const struct rdf_graph *g, uint32_t dataset, enum catalog_access access)
{
	struct catalog_duties d = {0};

	for (size_t i = 0; i < r->rules.len; i++) {
		const struct catalog_rule *rule = &r->rules.ptr[i];
		enum catalog_duty duty = catalog_duty_of(r, rule, g, dataset, access);
		bool must = rule->card[access].level == 'M';

		if (duty == CATALOG_NOT_ASKED)
			continue;
		*(must ? &d.asked : &d.advised) += 1;
		*(must ? &d.met : &d.advised_met) += duty == CATALOG_MET;
	}
	return d;
}
