/* Vocabularies of a folder: every skos:Concept of its files. */
#include "catalog/rdf.h"
#include "catalog/rules.h"
#include "io/file.h"

#include <dirent.h>
#include <stdlib.h>

#define SKOS "http://www.w3.org/2004/02/skos/core#"

static struct catalog_vocabulary *vocabulary_of(struct catalog_rules *r, struct view scheme)
{
	for (size_t i = 0; i < r->vocabularies.len; i++)
		if (view_eq(VIEW(r->vocabularies.ptr[i].scheme), scheme))
			return &r->vocabularies.ptr[i];
	return NULL;
}

static const char *label_in(struct catalog_rules *r, const struct rdf_graph *g, uint32_t concept,
    uint32_t label, const char *lang)
{
	size_t count;
	const struct rdf_quad *q = rdf_values(g, concept, label, &count);
	const char *found = "";

	for (size_t i = 0; i < count; i++) {
		const struct rdf_term *t = rdf_term(g, q[i].object);

		if (!*found || view_eq(t->lang, VIEW(lang)))
			found = arena_strdup(&r->memory, t->text);
	}
	return found;
}

static void add_concept(struct catalog_rules *r, const struct rdf_graph *g, uint32_t concept,
    struct catalog_vocabulary *v, uint32_t label)
{
	const struct rdf_term *t = rdf_term(g, concept);
	int64_t fresh = (int64_t)r->concepts.len;
	size_t cut = t->text.len;

	v->complete = true;
	if (*map_add(&r->concept_ids, t->text, fresh) != fresh)
		return;
	while (cut > 0 && !strchr("/#", t->text.ptr[cut - 1]))
		cut--;
	*vec_push(&r->concepts) = (struct catalog_concept){.vocabulary = v->name,
	    .code = arena_strdup(&r->memory, (struct view){t->text.ptr + cut, t->text.len - cut}),
	    .iri = arena_strdup(&r->memory, t->text),
	    .label = {label_in(r, g, concept, label, "en"), label_in(r, g, concept, label, "fr")}};
}

static int add_file(struct catalog_rules *r, const char *path, enum rdf_syntax syntax,
    struct err *err)
{
	AUTO_GRAPH struct rdf_graph g = {0};
	uint32_t in_scheme, label;

	if (rdf_read_file(&g, path, syntax, NULL, NULL, err) < 0)
		return -1;
	rdf_index(&g);
	in_scheme = rdf_find_iri(&g, VIEW_LIT(SKOS "inScheme"));
	label = rdf_find_iri(&g, VIEW_LIT(SKOS "prefLabel"));
	for (size_t i = 0; in_scheme && i < g.quads.len; i++) {
		const struct rdf_quad *q = &g.quads.ptr[i];
		struct catalog_vocabulary *v = NULL;

		if (q->predicate == in_scheme && rdf_term(&g, q->subject)->kind == RDF_IRI)
			v = vocabulary_of(r, rdf_term(&g, q->object)->text);
		if (v)
			add_concept(r, &g, q->subject, v, label);
	}
	return 0;
}

int catalog_rules_add_folder(struct catalog_rules *r, const char *folder, struct err *err)
{
	struct dirent **names;
	int count = scandir(folder, &names, NULL, alphasort);
	int rc = 0;

	if (count < 0)
		return err_set(err, ERR_IO, "%s: cannot read the folder", folder);
	for (int i = 0; i < count; i++) {
		AUTO_FREE char *path = path_join(folder, names[i]->d_name);
		int syntax = rdf_syntax_of(path);

		if (rc == 0 && syntax >= 0)
			rc = add_file(r, path, (enum rdf_syntax)syntax, err);
		free(names[i]);
	}
	free(names);
	return rc;
}
