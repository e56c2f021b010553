/* The catalogue on the site; for the files catalog_page*.c, catalog_edit*.c and basket*.c. */
#ifndef PORTAL_CATALOG_PAGE_H
#define PORTAL_CATALOG_PAGE_H

#include "catalog/search.h"
#include "portal/inside.h"
#include "portal/listing.h"

/* The index in force, built at the first call; the caller releases it. */
MUST_CHECK int portal_catalog_hold(
    const struct visit *v, struct catalog_index **ret, struct err *err);
/* The same, of the records as they are now. */
MUST_CHECK int portal_catalog_hold_now(struct portal *p, struct catalog_index **ret,
    struct err *err);
/* What stands in a list: name, path, title, about, publisher, access, period, counts. */
json_t *portal_catalog_item(const struct visit *v, const struct catalog_index *i,
    uint32_t document);
json_t *portal_catalog_variable(const struct visit *v, const struct catalog_index *i,
    uint32_t document);
/* {"text", "lang"}; lang only where it is not the visitor's. */
json_t *portal_catalog_title(const struct visit *v, const struct catalog_entry *e);
json_t *portal_text(struct view text);
/* What the dataset of this address is called, in the visitor's memory; else the address. */
struct view portal_catalog_called(const struct visit *v, struct view iri);
/* The index's languages: 0 English, 1 French. */
static inline int portal_catalog_language(const struct visit *v)
{
	return v->language == FRENCH;
}

/* catalog_page_dataset.c: what the graph says of the dataset, for the page and the comparison. */
json_t *portal_catalog_dataset(const struct visit *v, const struct catalog_index *i,
    const struct rdf_graph *g, uint32_t document);
/* catalog_page_about.c: labels, obligations, provenance */
json_t *portal_catalog_quality(const struct visit *v, const struct rdf_graph *g, uint32_t dataset);
json_t *portal_catalog_duties(const struct visit *v, const struct catalog_index *i,
    const struct rdf_graph *g, uint32_t dataset, struct view access);
MUST_CHECK int portal_catalog_history(struct visit *v, struct view iri, json_t *into,
    struct err *err);
/* Projects of the register that use it. */
MUST_CHECK int portal_catalog_uses(struct visit *v, const struct catalog_entry *e, json_t *into,
    struct err *err);
/* catalog_page_known.c: the QUANTUM label of a dataset as SVG; nothing when no level is told. */
MUST_CHECK int portal_catalog_picture(const struct visit *v, const struct rdf_graph *g,
    uint32_t dataset, struct str *out, struct err *err);
/* How often which value stands in those of `rows` that tell it: {"name", "values"}, or null. */
json_t *portal_catalog_frequent(const struct rdf_graph *g, const json_t *rows);
/* A drawing of the time that is covered: SVG. */
void portal_catalog_timeline(const struct catalog_entry *e, struct str *out);

/* catalog_page_values.c: values of a graph as JSON. */
uint32_t portal_graph_term(const struct rdf_graph *g, const char *iri);
const struct rdf_quad *portal_graph_values(const struct rdf_graph *g, uint32_t subject,
    const char *property, size_t *ret_count);
/* {"text", "lang"} of the best literal, or NULL. */
json_t *portal_graph_text(const struct visit *v, const struct rdf_graph *g, uint32_t subject,
    const char *property);
/* The same of nodes that `property` leads to. */
json_t *portal_graph_inner_texts(const struct visit *v, const struct rdf_graph *g,
    uint32_t subject, const char *property, const char *const *inner);
/* What its values are called, as texts. */
json_t *portal_graph_names(const struct visit *v, const struct catalog_index *i,
    const struct rdf_graph *g, uint32_t subject, const char *property);
struct view portal_graph_first(const struct rdf_graph *g, uint32_t subject, const char *property);

/* catalog_sitemap.c: the datasets' parts of the sitemap, "N.xml" each. */
MUST_CHECK int portal_catalog_sitemaps(struct visit *v, struct err *err);
MUST_CHECK int portal_catalog_sitemap(struct visit *v, struct view part, struct err *err);

visit_handler portal_catalog_list, portal_catalog_page, portal_catalog_variables,
    portal_catalog_feed, portal_catalog_export, portal_catalog_embed, portal_catalog_api,
    portal_catalog_api_dataset, portal_catalog_api_variables;
/* basket.c */
bool portal_basket_has(const struct visit *v, struct view name);
size_t portal_basket_count(const struct visit *v);
visit_handler portal_basket, portal_basket_change, portal_basket_compare;

#endif
