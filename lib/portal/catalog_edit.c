/* A description while it is edited: found, filled, judged, saved. */
#include "portal/catalog_edit.h"

#include "catalog/change.h"
#include "catalog/records.h"
#include "catalog/sheet_inside.h"
#include "catalog/validate_report.h"

#include <assert.h>
#include <stdio.h>

#define CUSTODIAN "http://data.europa.eu/930/custodian"

void catalog_edit_clear(struct catalog_edit *e)
{
	catalog_rules_clear(&e->rules);
	catalog_sheet_clear(&e->sheet);
	rdf_clear(&e->g);
	catalog_verdict_clear(&e->verdict);
}

struct catalog_doing catalog_edit_doing(const struct visit *v)
{
	return (struct catalog_doing){v->q->now, v->account};
}

struct view catalog_edit_organisation(struct view publisher)
{
	const char *slash = publisher.len ? memrchr(publisher.ptr, '/', publisher.len) : NULL;
	size_t head = slash ? (size_t)(slash - publisher.ptr) + 1 : 0;

	return (struct view){publisher.ptr + head, publisher.len - head};
}

static bool answers_for(const struct visit *v, struct view publisher)
{
	AUTO_FREE char *organisation =
	    str_format("organisation/%.*s", VIEW_ARG(catalog_edit_organisation(publisher)));

	return account_may(&v->who, ROLE_HOLDER, VIEW(organisation));
}

bool catalog_edit_may(const struct visit *v, struct view publisher, struct view name)
{
	AUTO_FREE char *dataset = str_format("dataset/%.*s", VIEW_ARG(name));

	return answers_for(v, publisher) || account_may(&v->who, ROLE_HOLDER, VIEW(dataset));
}

static uint32_t first_of(const struct catalog_edit *e, uint32_t subject, const char *property)
{
	uint32_t p = property && subject ? rdf_find_iri(&e->g, VIEW(property)) : 0;
	size_t count = 0;
	const struct rdf_quad *q = p ? rdf_values(&e->g, subject, p, &count) : NULL;

	return count > 0 ? q->object : 0;
}

struct view catalog_edit_holder(const struct catalog_edit *e)
{
	uint32_t agent = first_of(e, e->dataset, SHEET_DCT "publisher");

	if (!agent)
		agent = first_of(e, e->dataset, CUSTODIAN);
	return agent ? rdf_term(&e->g, agent)->text : VIEW_NONE;
}

struct reading {
	struct visit *v;
	struct view name;
	struct catalog_edit *e;
};

static int read_published(struct store_tx *tx, void *arg, struct err *err)
{
	struct reading *r = arg;
	struct catalog_edit *e = r->e;
	AUTO_CATALOG_DESCRIPTION struct catalog_description d = {0};
	AUTO_CATALOG_BEFORE struct catalog_before b = {0};
	AUTO_STR struct str iri = {0};
	const char *origin = r->v->hub->conf.origin;
	int found = catalog_records_find(tx, origin, r->name, &iri, err);

	if (found < 0)
		return -1;
	if (!found)
		str_addf(&iri, "%s/dataset/%.*s", origin, VIEW_ARG(r->name));
	e->iri = arena_strdup(&r->v->q->memory, str_view(&iri));
	e->name = arena_strdup(&r->v->q->memory, r->name);
	if (catalog_before_find(&b, tx, VIEW(e->iri), err) < 0)
		return -1;
	e->published = b.there && !b.draft;
	e->version = b.there ? b.version : 0;
	e->changed_at = b.changed_at;
	return b.there && catalog_describe(tx, &d, VIEW(e->iri), &e->g, err) < 0 ? -1 : 0;
}

static int read_tables(struct catalog_edit *e, struct err *err)
{
	if (catalog_rules_read(&e->rules, err) < 0 || catalog_sheet_open(&e->sheet, err) < 0)
		return -1;
	assert(e->sheet.columns.len <= EDIT_COLUMNS);
	return 0;
}

static void read_cells(struct visit *v, struct catalog_edit *e)
{
	for (size_t i = 0; i < e->sheet.columns.len; i++) {
		AUTO_STR struct str cell = {0};

		catalog_sheet_cell(&e->sheet, &e->g, &e->rules, e->dataset, i, &cell);
		e->cells[i] = arena_view(&v->q->memory, str_view(&cell));
	}
}

/* A draft holds all cells: what it does not name is empty. */
static int read_draft(struct visit *v, struct catalog_edit *e, struct err *err)
{
	json_t *cells;
	int found = catalog_draft_find(v->hub->store, VIEW(e->iri), &v->q->memory, &e->draft, err);

	e->has_draft = found > 0;
	if (found <= 0)
		return found;
	cells = json_loads(e->draft.cells, 0, NULL);
	for (size_t i = 1; i < e->sheet.columns.len; i++) {
		const char *cell =
		    json_string_value(json_object_get(cells, e->sheet.columns.ptr[i]));

		e->cells[i] = VIEW(arena_strdup(&v->q->memory, VIEW(cell ? cell : "")));
	}
	json_decref(cells);
	return 0;
}

static int begin(struct catalog_edit *e, struct err *err)
{
	rdf_index(&e->g);
	if (!rdf_find_iri(&e->g, VIEW(e->iri)) &&
	    catalog_sheet_begin(&e->sheet, &e->g, &e->rules, VIEW(e->iri), err) < 0)
		return -1;
	e->dataset = rdf_find_iri(&e->g, VIEW(e->iri));
	return 0;
}

static int refuse(struct visit *v, struct err *err)
{
	v->r->status = 403;
	return err_set(err, ERR_DENIED, "this dataset is another holder's");
}

int catalog_edit_open(struct visit *v, struct view name, struct catalog_edit *e, struct err *err)
{
	struct reading r = {v, name, e};
	bool may;

	if (read_tables(e, err) < 0 || store_read(v->hub->store, read_published, &r, err) < 0 ||
	    begin(e, err) < 0)
		return -1;
	read_cells(v, e);
	if (read_draft(v, e, err) < 0)
		return -1;
	if (!e->version && !e->has_draft)
		return visit_not_found(v, err);
	may = e->version ? catalog_edit_may(v, catalog_edit_holder(e), name)
	                 : catalog_edit_may(v, VIEW(e->draft.organisation), name) ||
	                       e->draft.account == v->account;
	return may ? 0 : refuse(v, err);
}

int catalog_edit_new(const char *iri, struct catalog_edit *e, struct err *err)
{
	e->iri = iri;
	if (read_tables(e, err) < 0 || begin(e, err) < 0)
		return -1;
	e->cells[0] = VIEW(iri);
	return 0;
}

int catalog_edit_apply(struct visit *v, struct catalog_edit *e, struct err *err)
{
	for (size_t i = 1; i < e->sheet.columns.len; i++) {
		AUTO_STR struct str now = {0};

		e->wrong[i] = NULL;
		catalog_sheet_cell(&e->sheet, &e->g, &e->rules, e->dataset, i, &now);
		if (!view_eq(str_view(&now), e->cells[i]) &&
		    catalog_sheet_set(&e->sheet, &e->g, &e->rules, v->hub->conf.origin, e->dataset,
			i, e->cells[i], &e->wrong[i], err) < 0)
			return -1;
	}
	catalog_verdict_clear(&e->verdict);
	catalog_validate(&e->verdict, &e->g, &e->rules, CATALOG_R8);
	return 0;
}

int catalog_edit_save(struct visit *v, struct catalog_edit *e, struct err *err)
{
	AUTO_JSON json_t *cells = json_object();
	AUTO_FREE char *text = NULL;
	struct view holder = catalog_edit_organisation(catalog_edit_holder(e));
	const struct catalog_doing by = catalog_edit_doing(v);
	struct catalog_draft d = {.iri = e->iri,
	    .organisation = arena_strdup(&v->q->memory, holder),
	    .based_on = e->has_draft ? e->draft.based_on : e->version};

	for (size_t i = 1; i < e->sheet.columns.len; i++)
		if (e->cells[i].len)
			json_object_set_new(cells, e->sheet.columns.ptr[i],
			    json_stringn(e->cells[i].ptr, e->cells[i].len));
	text = json_dumps(cells, JSON_COMPACT | JSON_SORT_KEYS);
	d.cells = text;
	e->draft = d;
	e->draft.cells = arena_strdup(&v->q->memory, VIEW(text));
	e->has_draft = true;
	return catalog_draft_put(v->hub->store, &d, &by, err);
}

int catalog_edit_publish(struct visit *v, struct catalog_edit *e, struct err *err)
{
	const struct catalog_doing by = catalog_edit_doing(v);
	struct view holder = catalog_edit_holder(e);
	int64_t based_on = e->has_draft ? e->draft.based_on : e->version;
	int done;

	for (size_t i = 0; i < e->sheet.columns.len; i++)
		if (e->wrong[i])
			return err_set(err, ERR_USAGE, "a field cannot be read as it is");
	if (!catalog_edit_may(v, holder, VIEW(e->name)))
		return refuse(v, err);
	/* What is said of a holder stands at all its datasets. */
	done = catalog_publish_draft(v->hub->store, &e->g, VIEW(e->iri),
	    answers_for(v, holder) ? holder : VIEW_NONE, v->hub->conf.origin, based_on, &by, err);
	if (done == 0)
		return err_set(err, ERR_USAGE, "somebody published another version meanwhile");
	return done < 0 ? -1 : 0;
}

static bool names(const struct catalog_rule *rule, const char *iri)
{
	for (size_t i = 0; iri && i < 2; i++)
		if (rule->property[i] && strcmp(rule->property[i], iri) == 0)
			return true;
	return false;
}

static bool is_about(const struct catalog_edit *e, const struct catalog_finding *f,
    const struct catalog_sheet_line *l)
{
	const struct catalog_rule *rule = &e->rules.rules.ptr[f->rule];
	const char *const *links = e->sheet.subjects.ptr[l->subject].links;
	uint32_t subject = links[0] ? first_of(e, e->dataset, links[0]) : e->dataset;

	if (f->node == e->dataset)
		return names(rule, links[0] ? links[0] : l->property) || names(rule, links[1]);
	if (f->node == subject)
		return names(rule, l->property);
	return l->inner && f->node == first_of(e, subject, l->property) && names(rule, l->inner);
}

int catalog_edit_column(const struct catalog_edit *e, const struct catalog_finding *f)
{
	for (size_t i = 0; f->rule != UINT32_MAX && i < e->sheet.lines.len; i++) {
		const struct catalog_sheet_line *l = &e->sheet.lines.ptr[i];

		if (*l->column && is_about(e, f, l))
			return catalog_sheet_column(&e->sheet, VIEW(l->column));
	}
	return -1;
}

void catalog_edit_words(const struct catalog_edit *e, size_t column, int language,
    struct str *out)
{
	if (e->wrong[column]) {
		str_addz(out, catalog_message(&e->rules, e->wrong[column], language));
		return;
	}
	for (size_t i = 0; i < e->verdict.findings.len; i++) {
		const struct catalog_finding *f = &e->verdict.findings.ptr[i];
		AUTO_STR struct str words = {0};

		if (f->severity != CATALOG_VIOLATION ||
		    catalog_edit_column(e, f) != (int)column)
			continue;
		catalog_finding_words(&words, f, &e->rules, language);
		if (strstr(str_get(out), str_get(&words)))
			continue; /* the same in another spelling of the profile */
		if (out->len)
			str_addz(out, "; ");
		str_add(out, str_view(&words));
	}
}

char catalog_edit_level(const struct catalog_edit *e, size_t column)
{
	const struct catalog_sheet_line *l = catalog_sheet_line(&e->sheet, column);
	const struct catalog_sheet_subject *j = &e->sheet.subjects.ptr[l->subject];
	bool first = !j->links[0] || strcmp(j->name_column, l->column) == 0 ||
	             strcmp(l->column, "access_url") == 0;
	AUTO_STR struct str access = {0};
	int at = catalog_sheet_column(&e->sheet, VIEW_LIT("access"));
	enum catalog_access class = catalog_access_of(e->cells[at]);

	for (size_t i = 0; i < e->rules.rules.len; i++) {
		const struct catalog_rule *rule = &e->rules.rules.ptr[i];
		char level = rule->card[class].level;

		if (strcmp(e->rules.roles.ptr[rule->role].name, "Dataset") == 0 &&
		    (rule->profile & (CATALOG_DCAT | CATALOG_R8)) &&
		    names(rule, j->links[0] ? j->links[0] : l->property))
			return first || level == 'O' ? level : 'R';
	}
	return 'O';
}
