/* Holders' editing of the catalogue: catalog_edit*.c. */
#ifndef PORTAL_CATALOG_EDIT_H
#define PORTAL_CATALOG_EDIT_H

#include "catalog/duty.h"
#include "catalog/holding.h"
#include "catalog/rules.h"
#include "catalog/search.h"
#include "catalog/sheet.h"
#include "catalog/validate.h"
#include "portal/inside.h"

enum { EDIT_COLUMNS = 80 };

/* One description while it is edited: what is published with the draft's cells on top. */
struct catalog_edit {
	struct catalog_rules rules;
	struct catalog_sheet sheet;
	struct rdf_graph g; /* indexed */
	uint32_t dataset;   /* its term */
	const char *iri, *name;
	struct view cells[EDIT_COLUMNS]; /* by column */
	const char *wrong[EDIT_COLUMNS]; /* code of messages.csv: the cell cannot be said */
	struct catalog_verdict verdict;
	struct catalog_draft draft;
	bool has_draft, published;
	int64_t version, changed_at;
};

#define AUTO_CATALOG_EDIT AUTO(catalog_edit_clear)

void catalog_edit_clear(struct catalog_edit *e);
/* May the visitor change what this publisher (IRI) holds? The one place that says so. */
bool catalog_edit_may(const struct visit *v, struct view publisher, struct view name);
/* The last part of a publisher's IRI, as scopes of grants name it. */
struct view catalog_edit_organisation(struct view publisher);
/* The day by which it is to be looked at again: a year after the last look or change. */
date_t catalog_edit_due(const struct catalog_attested *a, const struct catalog_entry *e);
/* The publisher, else the custodian: an IRI or VIEW_NONE. */
struct view catalog_edit_holder(const struct catalog_edit *e);
/* 404 or 403 and -1. */
MUST_CHECK int catalog_edit_open(struct visit *v, struct view name, struct catalog_edit *e,
    struct err *err);
MUST_CHECK int catalog_edit_new(const char *iri, struct catalog_edit *e, struct err *err);
/* Cells into the graph, then its verdict. */
MUST_CHECK int catalog_edit_apply(struct visit *v, struct catalog_edit *e, struct err *err);
MUST_CHECK int catalog_edit_save(struct visit *v, struct catalog_edit *e, struct err *err);
/* ERR_USAGE: not for that holder, a cell is wrong, or it changed meanwhile. */
MUST_CHECK int catalog_edit_publish(struct visit *v, struct catalog_edit *e, struct err *err);
/* What is wrong at a column, in English (0) or French (1), or "". */
void catalog_edit_words(const struct catalog_edit *e, size_t column, int language,
    struct str *out);
/* 'M', 'R' or 'O' of a column. */
char catalog_edit_level(const struct catalog_edit *e, size_t column);
/* The column that a finding is about, or -1. */
int catalog_edit_column(const struct catalog_edit *e, const struct catalog_finding *f);
struct catalog_doing catalog_edit_doing(const struct visit *v);
/* Reminders, from time to time. */
MUST_CHECK int catalog_hourly(struct portal *p, int64_t now, struct err *err);

visit_handler catalog_edit_list, catalog_edit_page, catalog_edit_do, catalog_edit_new_page,
    catalog_edit_new_do, catalog_edit_versions, catalog_edit_conflicts, catalog_edit_decide,
    catalog_edit_sheet_do, catalog_edit_export, catalog_edit_api_get, catalog_edit_api_put,
    catalog_edit_api_publish, catalog_edit_api_attest, catalog_edit_api_delete;

#endif
