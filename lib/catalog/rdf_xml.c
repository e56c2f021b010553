/*
 * What expat sees of an RDF/XML document, to the grammar; its document type, which
 * may only name short texts.
 */
#include "catalog/rdf_xml.h"
#include "catalog/rdf_xml_inside.h"

enum {
	CHUNK = 1 << 15,
	ENTITIES_MAX = 64,
	ENTITY_BYTES = 256,
	GROWTH_MAX = 20, /* by entities */
	GROWTH_FROM = 1 << 20,
};

static bool is_declared(const struct rdf_xml *r, struct view entity)
{
	static const char *const always[] = {"amp", "lt", "gt", "quot", "apos"};

	for (size_t i = 0; i < ARRAY_LEN(always); i++)
		if (view_eq(entity, VIEW(always[i])))
			return true;
	return view_starts(entity, VIEW_LIT("#")) || map_find(&r->entities, entity);
}

/*
 * Where a part of the document type stands elsewhere, expat passes over entities in attributes
 * that nobody declared, and tells nobody: so the tag is looked at as it stands, of UTF-16 the
 * bytes that are no NUL.
 */
static bool tag_is_declared(struct rdf_xml *r)
{
	int at, size;
	const char *raw = XML_GetInputContext(r->parser, &at, &size);
	int end = at + XML_GetCurrentByteCount(r->parser);
	bool inside = false;

	for (; raw && at < end; at++) {
		if (raw[at] == '&') {
			inside = true;
			str_reset(&r->word);
		} else if (inside && raw[at] == ';') {
			inside = false;
			if (!is_declared(r, str_view(&r->word)))
				return false;
		} else if (inside && raw[at]) {
			str_addc(&r->word, raw[at]);
		}
	}
	return raw != NULL;
}

static void XMLCALL on_start(void *arg, const char *name, const char **attributes)
{
	struct rdf_xml *r = arg;

	if (r->elsewhere && !r->failed && !tag_is_declared(r))
		(void)rdf_xml_refuse(r, "an entity that is declared outside the document");
	rdf_xml_start(r, name, attributes);
}

static void XMLCALL on_end(void *arg, const char *name)
{
	rdf_xml_end(arg, name);
}

static void XMLCALL on_text(void *arg, const char *text, int len)
{
	rdf_xml_characters(arg, (struct view){text, (size_t)len});
}

static bool in_literal(const struct rdf_xml *r)
{
	return !r->failed && r->frames.ptr[r->frames.len - 1].kind == RDF_XML_LITERAL;
}

static void XMLCALL on_comment(void *arg, const char *text)
{
	struct rdf_xml *r = arg;

	if (in_literal(r))
		rdf_xml_literal_comment(r, text);
}

static void XMLCALL on_instruction(void *arg, const char *target, const char *data)
{
	struct rdf_xml *r = arg;

	if (in_literal(r))
		rdf_xml_literal_instruction(r, target, data);
}

static void XMLCALL on_entity(void *arg, const char *name, int parameter, const char *value,
    int len, const char *base, const char *system, const char *public, const char *notation)
{
	struct rdf_xml *r = arg;

	(void)base;
	(void)public;
	if (parameter || system || notation || !value || memchr(value, '&', (size_t)len) ||
	    memchr(value, '<', (size_t)len))
		(void)rdf_xml_refuse(r, "an entity that is no plain text");
	else if (len > ENTITY_BYTES || r->entities.entries.len == ENTITIES_MAX)
		rdf_xml_fail(r, ERR_LIMIT, "more or longer entities than allowed");
	else
		(void)map_intern(&r->entities, VIEW(name));
}

static void XMLCALL on_doctype(void *arg, const char *name, const char *system,
    const char *public, int inside)
{
	struct rdf_xml *r = arg;

	(void)name;
	(void)inside;
	r->elsewhere = system || public;
}

static void XMLCALL on_default(void *arg, const char *element, const char *attribute,
    const char *type, const char *value, int required)
{
	(void)element;
	(void)attribute;
	(void)type;
	(void)value;
	(void)required;
	(void)rdf_xml_refuse(arg, "a document type that declares attributes");
}

static void XMLCALL on_skipped(void *arg, const char *name, int parameter)
{
	(void)name;
	(void)parameter;
	(void)rdf_xml_refuse(arg, "an entity that is declared outside the document");
}

static void feed(struct rdf_xml *r, const char *bytes, size_t len, bool last)
{
	XML_Index begun;

	if (XML_Parse(r->parser, bytes, (int)len, last) != XML_STATUS_OK)
		(void)rdf_xml_refuse(r, XML_ErrorString(XML_GetErrorCode(r->parser)));
	begun = XML_GetCurrentByteIndex(r->parser);
	r->bytes += len;
	if (begun >= 0 && r->bytes > (size_t)begun + r->limits.literal_bytes + 2 * CHUNK)
		rdf_xml_fail(r, ERR_LIMIT, "a tag or comment longer than allowed");
}

static void feed_all(struct rdf_xml *r, struct view text, struct stream *stream)
{
	unsigned char chunk[CHUNK];
	size_t len = 0;

	do {
		if (!stream) {
			len = MIN(text.len, (size_t)CHUNK);
			feed(r, text.ptr, len, len == text.len);
			text = (struct view){text.ptr + len, text.len - len};
			len = text.len;
		} else if (stream_read(stream, chunk, sizeof(chunk), &len, r->err) < 0) {
			r->failed = true;
		} else {
			feed(r, (const char *)chunk, len, len == 0);
		}
	} while (len > 0 && !r->failed);
}

static bool make_parser(struct rdf_xml *r)
{
	r->parser = XML_ParserCreateNS(NULL, RDF_XML_BETWEEN);
	if (!r->parser)
		return false;
	XML_SetReturnNSTriplet(r->parser, 1);
	XML_SetUserData(r->parser, r);
	XML_SetElementHandler(r->parser, on_start, on_end);
	XML_SetCharacterDataHandler(r->parser, on_text);
	XML_SetCommentHandler(r->parser, on_comment);
	XML_SetProcessingInstructionHandler(r->parser, on_instruction);
	XML_SetStartDoctypeDeclHandler(r->parser, on_doctype);
	XML_SetEntityDeclHandler(r->parser, on_entity);
	XML_SetAttlistDeclHandler(r->parser, on_default);
	XML_SetSkippedEntityHandler(r->parser, on_skipped);
	return XML_SetBillionLaughsAttackProtectionMaximumAmplification(r->parser, GROWTH_MAX) &&
	       XML_SetBillionLaughsAttackProtectionActivationThreshold(r->parser, GROWTH_FROM);
}

int rdf_xml_read(struct rdf_graph *g, struct view text, struct stream *stream, const char *base,
    const struct rdf_limits *limits, struct err *err)
{
	struct rdf_xml r = {.g = g, .limits = *limits, .err = err};
	struct rdf_xml_frame start = {0};

	if (!make_parser(&r)) {
		XML_ParserFree(r.parser);
		return err_set(err, ERR_INTERNAL, "no XML parser");
	}
	if (base)
		start.base = arena_format(&r.memory, "%.*s", (int)strcspn(base, "#"), base);
	*vec_push(&r.frames) = start;
	feed_all(&r, text, stream);
	XML_ParserFree(r.parser);
	vec_clear(&r.frames);
	vec_clear(&r.scopes);
	str_clear(&r.text);
	str_clear(&r.word);
	map_clear(&r.ids);
	map_clear(&r.entities);
	arena_clear(&r.memory);
	return r.failed ? -1 : 0;
}
