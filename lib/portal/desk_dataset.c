/* Datasets of the catalogue that an application begins with: from the basket, or by the API. */
#include "portal/desk_form.h"

#include "catalog/search.h"
#include "portal/inside.h"

enum { DATASETS_MAX = 100 };

static const struct rdf_term *value_of(const struct rdf_graph *g, uint32_t subject,
    const char *property, const char *language)
{
	uint32_t predicate = rdf_find_iri(g, VIEW(property));
	const struct rdf_term *best = NULL;

	for (size_t i = 0; predicate && i < g->quads.len; i++) {
		const struct rdf_quad *q = &g->quads.ptr[i];
		const struct rdf_term *term = rdf_term(g, q->object);

		if (q->subject == subject && q->predicate == predicate &&
		    (!best || (language && view_eq(term->lang, VIEW(language)))))
			best = term;
	}
	return best;
}

/* The custodian's name, else the publisher's: who holds it. */
static struct view holder_of(const struct visit *v, const struct rdf_graph *g, uint32_t dataset)
{
	static const char *const roles[] = {"http://data.europa.eu/930/custodian",
	    "http://purl.org/dc/terms/publisher"};

	for (size_t i = 0; i < ARRAY_LEN(roles); i++) {
		const struct rdf_term *agent = value_of(g, dataset, roles[i], NULL), *name;

		if (!agent)
			continue;
		name = value_of(g, (uint32_t)(agent - g->terms.ptr),
		    "http://xmlns.com/foaf/0.1/name", language_codes[v->language]);
		return name ? name->text : agent->text;
	}
	return VIEW_NONE;
}

static int add_row(struct visit *v, struct view iri, json_t *rows, struct err *err)
{
	AUTO_GRAPH struct rdf_graph g = {0};
	const struct rdf_term *title;
	AUTO_FREE char *named = NULL;
	struct view holder;
	uint32_t dataset;
	int found = catalog_dataset_read(v->hub->store, iri, &g, err);

	if (found < 0)
		return -1;
	dataset = found ? rdf_find_iri(&g, iri) : 0;
	if (!dataset)
		return err_set(err, ERR_USAGE, "a dataset is not, or no longer, in the catalogue");
	title = value_of(&g, dataset, "http://purl.org/dc/terms/title",
	    language_codes[v->language]);
	holder = holder_of(v, &g, dataset);
	named = title ? str_format("%.*s (%.*s)", VIEW_ARG(title->text), VIEW_ARG(iri))
	              : str_format("%.*s", VIEW_ARG(iri));
	json_array_append_new(rows,
	    json_pack("{s:s, s:o}", "dataset", named, "holder",
		json_stringn_nocheck(holder.ptr ? holder.ptr : "", holder.len)));
	return 0;
}

int desk_dataset_rows(struct visit *v, const json_t *identifiers, json_t **ret, struct err *err)
{
	json_t *rows = json_array();
	const json_t *one;
	size_t i;

	if (json_array_size(identifiers) > DATASETS_MAX) {
		json_decref(rows);
		return err_set(err, ERR_USAGE, "more than %d datasets", DATASETS_MAX);
	}
	json_array_foreach(identifiers, i, one)
	{
		const char *iri = json_string_value(one);

		if (!iri || add_row(v, VIEW(iri), rows, err) < 0) {
			json_decref(rows);
			return iri ? -1 : err_set(err, ERR_FORMAT, "a dataset is named by a text");
		}
	}
	*ret = rows;
	return 0;
}

static const struct desk_field *dataset_field(const struct desk_form *f)
{
	for (size_t i = 0; i < f->fields.len; i++)
		if (f->fields.ptr[i].type == DESK_FIELD_DATASETS)
			return &f->fields.ptr[i];
	return NULL;
}

/* An earlier answer of the section on which the table depends, so that it is asked. */
static void open_field(const struct desk_form *form, const struct desk_field *f, json_t *answers)
{
	for (size_t i = 0; i < f->clause_count; i++) {
		const struct desk_clause *c = &f->clauses[i];
		const struct desk_field *on = &form->fields.ptr[c->field];

		if (c->negated || !c->value_count || on->section != f->section)
			continue;
		if (on->type == DESK_FIELD_MULTISELECT)
			json_object_set_new(answers, on->id, json_pack("[s]", c->values[0]));
		else if (on->type == DESK_FIELD_OPTION)
			json_object_set_new(answers, on->id, json_string(c->values[0]));
	}
}

int desk_prefill_datasets(struct visit *v, const struct desk_dossier *d, json_t *rows,
    struct err *err)
{
	AUTO_DESK_DRAFT struct desk_draft draft = {0};
	AUTO_JSON json_t *answers = json_object();
	struct desk desk = desk_of(v);
	struct desk_caller caller = desk_caller_of(v);
	struct desk_save s = {.dossier = d,
	    .form = &draft.form,
	    .answers = answers,
	    .at = v->q->now,
	    .actor = v->account,
	    .caller = &caller};
	const struct desk_field *f;
	int64_t revision;

	if (json_array_size(rows) == 0)
		return 0;
	if (desk_draft_load(&desk, d, desk_today(v), &draft, err) < 0)
		return -1;
	f = draft.form.id ? dataset_field(&draft.form) : NULL;
	if (!f)
		return 0; /* this procedure asks for no datasets of the catalogue */
	json_object_set(answers, f->id, rows);
	open_field(&draft.form, f, answers);
	s.section = f->section;
	return desk_draft_save(&desk, &s, &revision, err) < 0 ? -1 : 0;
}
