/* The context of a JSON-LD document, and what names mean by it (JSON-LD 1.1 API, section 5). */
#include "catalog/jsonld_inside.h"

enum { STEPS_MAX = 8 }; /* of terms that are said by terms */

bool jsonld_refuse(struct jsonld *r, const char *what)
{
	if (!r->failed)
		err_set_(r->err, ERR_FORMAT, "node %zu: %s", r->nodes, what);
	r->failed = true;
	return false;
}

const struct jsonld_term *jsonld_term(const struct jsonld *r, const char *name)
{
	const int64_t *at = map_find(&r->names, VIEW(name));

	return at ? &r->terms.ptr[*at] : NULL;
}

const char *jsonld_keyword(const struct jsonld *r, const char *key)
{
	for (int step = 0; key && *key != '@'; step++) {
		const struct jsonld_term *t = step < STEPS_MAX ? jsonld_term(r, key) : NULL;

		key = t ? t->iri : NULL;
	}
	return key;
}

static const char *join(struct jsonld *r, const char *a, const char *b)
{
	return arena_format(&r->memory, "%s%s", a, b);
}

static bool ends_as_prefix(const char *iri)
{
	return *iri && strchr(":/?#[]@", iri[strlen(iri) - 1]);
}

static const char *resolve(struct jsonld *r, const char *text)
{
	AUTO_STR struct str full = {0};

	if (!r->base)
		return NULL;
	rdf_iri_resolve(&full, VIEW(r->base), VIEW(text));
	return arena_strdup(&r->memory, str_view(&full));
}

static const char *expand(struct jsonld *r, const char *text, bool vocab, int steps)
{
	const struct jsonld_term *t = vocab ? jsonld_term(r, text) : NULL;
	const char *colon = strchr(text, ':');

	if (steps > STEPS_MAX)
		return jsonld_refuse(r, "terms of the context that go round in a ring"), NULL;
	if (t && (!t->iri || strcmp(t->iri, text) != 0))
		return t->iri ? expand(r, t->iri, true, steps + 1) : NULL;
	if (*text == '@')
		return NULL;
	if (colon) {
		AUTO_FREE char *head = str_format("%.*s", (int)(colon - text), text);
		const struct jsonld_term *p = jsonld_term(r, head);
		const char *space = NULL;

		if (strcmp(head, "_") == 0 || strncmp(colon, "://", 3) == 0)
			return text;
		if (p && p->simple && p->iri && strcmp(p->iri, head) != 0)
			space = expand(r, p->iri, true, steps + 1);
		if (space && ends_as_prefix(space))
			return join(r, space, colon + 1);
		return text;
	}
	if (vocab)
		return r->vocab ? join(r, r->vocab, text) : NULL;
	return resolve(r, text);
}

const char *jsonld_expand(struct jsonld *r, const char *text, bool vocab)
{
	return expand(r, text, vocab, 0);
}

uint32_t jsonld_resource(struct jsonld *r, const char *text, bool vocab)
{
	const char *full = jsonld_expand(r, text, vocab);

	if (!full)
		return jsonld_refuse(r, "a relative IRI, and the document has no base");
	if (strncmp(full, "_:", 2) == 0)
		return rdf_blank(r->g, VIEW(arena_format(&r->memory, "d%un%s", r->g->documents,
					   full + 2)));
	if (strlen(full) > r->limits.literal_bytes)
		return jsonld_refuse(r, "an IRI longer than allowed");
	if (!rdf_iri_is_valid(VIEW(full)))
		return jsonld_refuse(
		    r, "an IRI with a space or another sign that IRIs do not have");
	return rdf_iri(r->g, VIEW(full));
}

/* {"@id", "@type", "@language", "@container": "@set"} */
static bool read_definition(struct jsonld *r, const char *name, const json_t *o,
    struct jsonld_term *ret)
{
	const char *key;
	const json_t *value;

	ret->iri = name;
	json_object_foreach((json_t *)(uintptr_t)o, key, value)
	{
		const char *text = json_string_value(value);

		if (strcmp(key, "@id") == 0 && (text || json_is_null(value)))
			ret->iri = text;
		else if (strcmp(key, "@type") == 0 && text && strcmp(text, "@vocab") != 0 &&
			 strcmp(text, "@json") != 0 && strcmp(text, "@none") != 0)
			ret->type = text;
		else if (strcmp(key, "@language") == 0 && (text || json_is_null(value)))
			ret->lang = text ? text : "";
		else if (strcmp(key, "@container") != 0 || !text || strcmp(text, "@set") != 0)
			return jsonld_refuse(r, "a term of the context that is not read here");
	}
	return true;
}

static bool read_term(struct jsonld *r, const char *name, const json_t *value)
{
	struct jsonld_term t = {.iri = json_string_value(value), .simple = true};
	int64_t *at;

	if (json_is_object(value)) {
		t.simple = false;
		if (!read_definition(r, name, value, &t))
			return false;
	} else if (!json_is_string(value) && !json_is_null(value)) {
		return jsonld_refuse(r, "a term of the context that is not read here");
	}
	if (!*name || strchr(name, ':') || strchr(name, '/'))
		return jsonld_refuse(r, "a term of the context that is not read here");
	at = map_add(&r->names, VIEW(name), (int64_t)r->terms.len);
	if (*at == (int64_t)r->terms.len)
		*vec_push(&r->terms) = t;
	else
		r->terms.ptr[*at] = t;
	return true;
}

static bool read_context(struct jsonld *r, const json_t *context)
{
	const char *key;
	const json_t *value;

	json_object_foreach((json_t *)(uintptr_t)context, key, value)
	{
		const char *text = json_string_value(value);

		if (strcmp(key, "@vocab") == 0 && text && strstr(text, ":"))
			r->vocab = text;
		else if (strcmp(key, "@language") == 0 && (text || json_is_null(value)))
			r->lang = text;
		else if (strcmp(key, "@base") == 0 && text &&
			 rdf_iri_is_absolute(VIEW(text)))
			r->base = text;
		else if (strcmp(key, "@version") == 0 && json_is_number(value))
			continue;
		else if (*key == '@')
			return jsonld_refuse(r, "a keyword of a context that is not read here");
		else if (!read_term(r, key, value))
			return false;
	}
	return true;
}

bool jsonld_context(struct jsonld *r, const json_t *context)
{
	const json_t *one;
	size_t i;

	if (json_is_string(context))
		return jsonld_refuse(r, "a context that stands elsewhere: it is not fetched");
	if (json_is_object(context))
		return read_context(r, context);
	if (!json_is_array(context))
		return jsonld_refuse(r, "a context that is none");
	json_array_foreach(context, i, one)
	{
		if (!json_is_object(one))
			return jsonld_refuse(
			    r, "a context that stands elsewhere: it is not fetched");
		if (!read_context(r, one))
			return false;
	}
	return true;
}
