/* Names, addresses and labels of RDF/XML as terms of the graph. */
#include "catalog/rdf_write.h"
#include "catalog/rdf_xml_inside.h"

#include <utf8proc.h>

void rdf_xml_fail(struct rdf_xml *r, enum err_code code, const char *what)
{
	if (r->failed)
		return;
	err_set_(r->err, code, "line %lu, column %lu: %s",
	    (unsigned long)XML_GetCurrentLineNumber(r->parser),
	    (unsigned long)XML_GetCurrentColumnNumber(r->parser) + 1, what);
	r->failed = true;
	XML_StopParser(r->parser, XML_FALSE);
}

bool rdf_xml_refuse(struct rdf_xml *r, const char *what)
{
	rdf_xml_fail(r, ERR_FORMAT, what);
	return false;
}

void rdf_xml_say(struct rdf_xml *r, uint32_t subject, uint32_t predicate, uint32_t object)
{
	if (r->failed || !subject || !predicate || !object)
		return;
	if (++r->quads > r->limits.quads)
		rdf_xml_fail(r, ERR_LIMIT, "more statements than allowed");
	else
		rdf_add(r->g, subject, predicate, object, 0);
}

struct rdf_xml_name rdf_xml_name(const char *raw)
{
	struct view rest = VIEW(raw), part;
	struct rdf_xml_name n = {0};

	(void)view_next(&rest, RDF_XML_BETWEEN, &n.local);
	if (!view_next(&rest, RDF_XML_BETWEEN, &part))
		return n;
	n.space = n.local;
	n.local = part;
	if (view_next(&rest, RDF_XML_BETWEEN, &part))
		n.prefix = part;
	return n;
}

bool rdf_xml_is(const struct rdf_xml_name *n, const char *local)
{
	return view_eq(n->space, VIEW_LIT(RDF_SYNTAX)) && view_eq(n->local, VIEW(local));
}

uint32_t rdf_xml_own(struct rdf_xml *r, const char *local)
{
	str_reset(&r->word);
	str_addz(&r->word, RDF_SYNTAX);
	str_addz(&r->word, local);
	return rdf_iri(r->g, str_view(&r->word));
}

/* r->word as an IRI, if it is one. */
static bool word_is_iri(struct rdf_xml *r)
{
	if (r->word.len > r->limits.literal_bytes)
		return rdf_xml_fail(r, ERR_LIMIT, "an IRI longer than allowed"), false;
	if (!rdf_iri_is_valid(str_view(&r->word)))
		return rdf_xml_fail(r, ERR_FORMAT,
			   "an IRI with a space or another sign that IRIs do not have"),
		       false;
	return true;
}

uint32_t rdf_xml_named(struct rdf_xml *r, const struct rdf_xml_name *n)
{
	if (n->space.len == 0)
		return rdf_xml_fail(r, ERR_FORMAT, "a name without a namespace"), 0;
	str_reset(&r->word);
	str_add(&r->word, n->space);
	str_add(&r->word, n->local);
	return word_is_iri(r) ? rdf_iri(r->g, str_view(&r->word)) : 0;
}

/* `text` as the base of `f` reads it, into r->word. */
static bool resolve(struct rdf_xml *r, const struct rdf_xml_frame *f, const char *text)
{
	if (!f->base && !rdf_iri_is_absolute(VIEW(text))) {
		rdf_xml_fail(r, ERR_FORMAT, "a relative IRI, and the document has no base");
		return false;
	}
	str_reset(&r->word);
	rdf_iri_resolve(&r->word, f->base ? VIEW(f->base) : VIEW_NONE, VIEW(text));
	return word_is_iri(r);
}

uint32_t rdf_xml_address(struct rdf_xml *r, const struct rdf_xml_frame *f, const char *text)
{
	return resolve(r, f, text) ? rdf_iri(r->g, str_view(&r->word)) : 0;
}

const char *rdf_xml_base(struct rdf_xml *r, const struct rdf_xml_frame *f, const char *text)
{
	char *base;

	if (!resolve(r, f, text))
		return NULL;
	base = arena_strdup(&r->memory, str_view(&r->word));
	base[strcspn(base, "#")] = '\0';
	return base;
}

/* NCName of Namespaces in XML 1.0, by the ranges of XML 1.0, fifth edition, section 2.3. */
static bool is_plain_name(const char *text)
{
	static const struct {
		int32_t first, last;
		bool starts;
	} signs[] = {{'A', 'Z', true}, {'_', '_', true}, {'a', 'z', true}, {0xc0, 0xd6, true},
	    {0xd8, 0xf6, true}, {0xf8, 0x2ff, true}, {0x370, 0x37d, true}, {0x37f, 0x1fff, true},
	    {0x200c, 0x200d, true}, {0x2070, 0x218f, true}, {0x2c00, 0x2fef, true},
	    {0x3001, 0xd7ff, true}, {0xf900, 0xfdcf, true}, {0xfdf0, 0xfffd, true},
	    {0x10000, 0xeffff, true}, {'-', '.', false}, {'0', '9', false}, {0xb7, 0xb7, false},
	    {0x300, 0x36f, false}, {0x203f, 0x2040, false}};
	const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text;
	bool good = *at != '\0';

	for (bool first = true; good && *at; first = false) {
		utf8proc_int32_t c;

		at += utf8proc_iterate(at, -1, &c); /* expat gives valid UTF-8 only */
		good = false;
		for (size_t i = 0; i < ARRAY_LEN(signs) && !good; i++)
			good = c >= signs[i].first && c <= signs[i].last &&
			       (signs[i].starts || !first);
	}
	return good;
}

uint32_t rdf_xml_id(struct rdf_xml *r, const struct rdf_xml_frame *f, const char *text)
{
	AUTO_FREE char *part = str_format("#%s", text);
	size_t before = r->ids.entries.len;

	if (!is_plain_name(text))
		return rdf_xml_fail(r, ERR_FORMAT, "an rdf:ID that is no name"), 0;
	if (!resolve(r, f, part))
		return 0;
	(void)map_intern(&r->ids, str_view(&r->word));
	if (r->ids.entries.len == before)
		return rdf_xml_fail(r, ERR_FORMAT, "an rdf:ID that stood before"), 0;
	return rdf_iri(r->g, str_view(&r->word));
}

uint32_t rdf_xml_blank(struct rdf_xml *r)
{
	AUTO_FREE char *label = str_format("d%ug%u", r->g->documents, r->blanks++);

	return rdf_blank(r->g, VIEW(label));
}

uint32_t rdf_xml_labelled(struct rdf_xml *r, const char *label)
{
	AUTO_FREE char *whole = str_format("d%un%s", r->g->documents, label);

	if (!is_plain_name(label))
		return rdf_xml_fail(r, ERR_FORMAT, "an rdf:nodeID that is no name"), 0;
	return rdf_blank(r->g, VIEW(whole));
}

uint32_t rdf_xml_text(struct rdf_xml *r, struct view text, uint32_t type, struct view lang)
{
	if (text.len > r->limits.literal_bytes)
		return rdf_xml_fail(r, ERR_LIMIT, "a literal longer than allowed"), 0;
	return rdf_literal(r->g, text, type, type ? VIEW_NONE : lang);
}

bool rdf_xml_lang(struct rdf_xml *r, const char *text, struct view *ret)
{
	if (*text && !rdf_lang_is_valid(VIEW(text)))
		return rdf_xml_fail(r, ERR_FORMAT, "a language that is none"), false;
	*ret = arena_view(&r->memory, VIEW(text));
	return true;
}
