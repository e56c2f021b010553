/*
 * serd gives statements to a sink that checks and adds them. serd goes down a
 * level of C stack for each level of brackets, so a guard counts brackets in
 * the bytes on their way to serd. What the sink refuses has no place yet: the
 * document is then read once more byte by byte up to that statement.
 */
#include "catalog/jsonld_read.h"
#include "catalog/rdf.h"
#include "catalog/rdf_xml.h"
#include "io/json.h"
#include "io/stream.h"

#include <serd/serd.h>
#include <stdio.h>

enum { PAGE = 4096 };

enum guard_state {
	GUARD_OUTSIDE,
	GUARD_COMMENT,
	GUARD_IRI,
	GUARD_STRING,
	GUARD_LONG,
};

struct reading {
	struct rdf_graph *g;
	const char *name;
	struct rdf_limits limits;
	SerdEnv *env;
	struct err *err;
	bool failed;
	bool placeless;  /* the sink refused: where is still to be found */
	struct str word; /* an expanded IRI */
	size_t quads;
	size_t stop_at; /* > 0: only look for the place of this statement */
	/* the source */
	struct view text;
	struct stream *stream;
	size_t line, column;
	/* the guard */
	enum guard_state state;
	char quote;
	int quotes; /* of `quote`, one behind the other */
	bool escaped;
	size_t depth;
};

static void fail(struct reading *r, enum err_code code, const char *what)
{
	if (r->failed)
		return;
	err_set_(r->err, code, "%s", what);
	r->failed = r->placeless = true;
}

static void guard_outside(struct reading *r, char c)
{
	if (c == '#')
		r->state = GUARD_COMMENT;
	else if (c == '<')
		r->state = GUARD_IRI;
	else if (c == '[' || c == '(')
		r->depth++;
	else if ((c == ']' || c == ')') && r->depth > 0)
		r->depth--;
}

/* Inside quotes, or between the first quote and the third. */
static void guard_string(struct reading *r, char c)
{
	if (r->escaped) {
		r->escaped = false;
		r->quotes = 0;
	} else if (c == '\\') {
		r->escaped = true;
		r->quotes = 0;
	} else if (c != r->quote) {
		if (r->state == GUARD_STRING && r->quotes == 2) {
			r->state = GUARD_OUTSIDE; /* it was "" */
			guard_outside(r, c);
		} else if (r->state == GUARD_STRING && r->quotes < 0) {
			r->quotes = 0;
		} else if (r->state == GUARD_LONG) {
			r->quotes = 0;
		}
	} else if (r->state == GUARD_LONG) {
		if (++r->quotes == 3)
			r->state = GUARD_OUTSIDE;
	} else if (r->quotes == -1) {
		r->quotes = 2;
	} else if (r->quotes == 2) {
		r->state = GUARD_LONG;
		r->quotes = 0;
	} else {
		r->state = GUARD_OUTSIDE;
	}
}

static void guard(struct reading *r, char c)
{
	switch (r->state) {
	case GUARD_OUTSIDE:
		if (c == '"' || c == '\'') {
			r->state = GUARD_STRING;
			r->quote = c;
			r->quotes = -1; /* the first was seen, nothing behind it */
		} else if (r->escaped) {
			r->escaped = false;
		} else {
			r->escaped = c == '\\';
			guard_outside(r, c);
		}
		break;
	case GUARD_COMMENT:
		if (c == '\n' || c == '\r')
			r->state = GUARD_OUTSIDE;
		break;
	case GUARD_IRI:
		if (c == '>' || c == '\n')
			r->state = GUARD_OUTSIDE;
		break;
	case GUARD_STRING:
	case GUARD_LONG:
		guard_string(r, c);
		break;
	}
}

static bool check_bytes(struct reading *r, const char *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		guard(r, bytes[i]);
		r->column++;
		if (bytes[i] == '\n') {
			r->line++;
			r->column = 0;
		}
		if (r->depth > r->limits.nesting || bytes[i] == '\0') {
			r->failed = true;
			err_set_(r->err, bytes[i] ? ERR_LIMIT : ERR_FORMAT,
			    "line %zu, column %zu: %s", r->line, r->column,
			    bytes[i] ? "more brackets inside each other than allowed"
				     : "a NUL byte");
			return false;
		}
	}
	return true;
}

static size_t give(void *buf, size_t size, size_t count, void *arg)
{
	struct reading *r = arg;
	size_t want = size * count;
	size_t len = MIN(want, r->text.len);

	if (r->failed)
		return 0;
	if (r->stream) {
		if (stream_read(r->stream, buf, want, &len, r->err) < 0) {
			r->failed = true;
			return 0;
		}
	} else if (len) {
		memcpy(buf, r->text.ptr, len);
		r->text.ptr += len;
		r->text.len -= len;
	}
	return check_bytes(r, buf, len) ? len : 0;
}

static int no_error(void *arg)
{
	(void)arg;
	return 0;
}

/* serd's words of one letter at most come from the document. */
static SerdStatus on_error(void *arg, const SerdError *e)
{
	struct reading *r = arg;
	char what[200];
	size_t len;

	if (r->failed)
		return SERD_SUCCESS;
	vsnprintf(what, sizeof(what), e->fmt, *e->args);
	len = strcspn(what, "\n");
	what[len] = '\0';
	err_set_(r->err, ERR_FORMAT, "line %u, column %u: %s", e->line, e->col, what);
	r->failed = true;
	return SERD_SUCCESS;
}

static struct view node_view(const SerdNode *n)
{
	return (struct view){(const char *)n->buf, n->n_bytes};
}

/* As the base reads it; without a base as it stands. In `out`. */
static SerdNode absolute(const struct reading *r, const SerdNode *uri, struct str *out)
{
	const SerdNode *base = serd_env_get_base_uri(r->env, NULL);

	if (base->buf)
		rdf_iri_resolve(out, node_view(base), node_view(uri));
	else
		str_add(out, node_view(uri));
	return serd_node_from_string(SERD_URI, (const uint8_t *)str_get(out));
}

static SerdStatus on_base(void *arg, const SerdNode *uri)
{
	struct reading *r = arg;
	AUTO_STR struct str out = {0};
	SerdNode full = absolute(r, uri, &out);

	return serd_env_set_base_uri(r->env, &full);
}

static SerdStatus on_prefix(void *arg, const SerdNode *name, const SerdNode *uri)
{
	struct reading *r = arg;
	AUTO_STR struct str out = {0};
	SerdNode full = absolute(r, uri, &out);

	return serd_env_set_prefix(r->env, name, &full);
}

/* The IRI of a node, in full, into r->word. */
static bool expand(struct reading *r, const SerdNode *n)
{
	SerdChunk head, tail;

	str_reset(&r->word);
	if (n->type == SERD_CURIE) {
		if (serd_env_expand(r->env, n, &head, &tail) != SERD_SUCCESS)
			return fail(r, ERR_FORMAT, "a prefix that is not declared"), false;
		str_add(&r->word, (struct view){(const char *)head.buf, head.len});
		str_add(&r->word, (struct view){(const char *)tail.buf, tail.len});
	} else {
		(void)absolute(r, n, &r->word);
	}
	if (r->word.len > r->limits.literal_bytes)
		return fail(r, ERR_LIMIT, "an IRI longer than allowed"), false;
	if (!rdf_iri_is_valid(str_view(&r->word))) {
		bool relative = !rdf_iri_is_absolute(str_view(&r->word));

		fail(r, ERR_FORMAT,
		    relative ? "a relative IRI, and the document has no base"
			     : "an IRI with a space or another sign that IRIs do not have");
		return false;
	}
	return true;
}

static uint32_t add_node(struct reading *r, const SerdNode *n)
{
	if (n->type == SERD_BLANK)
		return rdf_blank(r->g, node_view(n));
	return expand(r, n) ? rdf_iri(r->g, str_view(&r->word)) : 0;
}

static uint32_t add_object(struct reading *r, const SerdNode *n, const SerdNode *type,
    const SerdNode *lang)
{
	uint32_t datatype = 0;

	if (n->type != SERD_LITERAL)
		return add_node(r, n);
	if (n->n_bytes > r->limits.literal_bytes)
		return fail(r, ERR_LIMIT, "a literal longer than allowed"), 0;
	if (type && type->buf && !(datatype = add_node(r, type)))
		return 0;
	return rdf_literal(r->g, node_view(n), datatype,
	    lang && lang->buf ? node_view(lang) : VIEW_NONE);
}

static SerdStatus on_statement(void *arg, SerdStatementFlags flags, const SerdNode *graph,
    const SerdNode *subject, const SerdNode *predicate, const SerdNode *object,
    const SerdNode *type, const SerdNode *lang)
{
	struct reading *r = arg;
	uint32_t g = 0, s, p, o;

	(void)flags;
	r->quads++;
	if (r->stop_at)
		return r->quads == r->stop_at ? SERD_ERR_BAD_ARG : SERD_SUCCESS;
	if (r->quads > r->limits.quads)
		return fail(r, ERR_LIMIT, "more statements than allowed"), SERD_ERR_BAD_ARG;
	if (graph && graph->buf && !(g = add_node(r, graph)))
		return SERD_ERR_BAD_ARG;
	s = add_node(r, subject);
	p = s ? add_node(r, predicate) : 0;
	o = p ? add_object(r, object, type, lang) : 0;
	if (!o)
		return SERD_ERR_BAD_ARG;
	rdf_add(r->g, s, p, o, g);
	return SERD_SUCCESS;
}

static SerdSyntax serd_syntax(enum rdf_syntax s)
{
	static const SerdSyntax all[] = {[RDF_TURTLE] = SERD_TURTLE,
	    [RDF_NTRIPLES] = SERD_NTRIPLES,
	    [RDF_TRIG] = SERD_TRIG,
	    [RDF_NQUADS] = SERD_NQUADS};

	return all[s];
}

static void run(struct reading *r, enum rdf_syntax syntax, const char *base, size_t page)
{
	SerdReader *reader = serd_reader_new(serd_syntax(syntax), r, NULL, on_base, on_prefix,
	    on_statement, NULL);
	SerdNode root = serd_node_from_string(SERD_URI, (const uint8_t *)base);
	AUTO_FREE char *apart = str_format("d%un", r->g->documents); /* "d1n1", not "d11" */
	SerdStatus status;

	r->env = serd_env_new(base ? &root : NULL);
	r->line = 1;
	r->column = 0;
	serd_reader_set_strict(reader, true);
	serd_reader_set_error_sink(reader, on_error, r);
	serd_reader_add_blank_prefix(reader, (const uint8_t *)apart);
	status = serd_reader_read_source(reader, give, no_error, r, (const uint8_t *)r->name, page);
	if (status > SERD_FAILURE && !r->failed)
		fail(r, ERR_FORMAT, (const char *)serd_strerror(status));
	serd_reader_free(reader);
	serd_env_free(r->env);
}

/* Where the statement ends that the sink refused. */
static void find_place(const struct reading *first, struct view text, const char *path,
    enum rdf_syntax syntax, const char *base, struct err *err)
{
	AUTO_STREAM struct stream *stream = NULL;
	struct err ignored = {0};
	struct reading r = {.g = first->g,
	    .name = first->name,
	    .limits = first->limits,
	    .text = text,
	    .err = &ignored,
	    .stop_at = first->quads};

	if (path && stream_open(&stream, path, (struct stream_limits){0}, &ignored) < 0)
		return;
	r.stream = stream;
	run(&r, syntax, base, 1);
	err_wrap_(err, "line %zu, column %zu", r.line, r.column);
}

/* JSON is read whole: its context may stand behind what it is for. */
static int read_json(struct rdf_graph *g, const char *name, struct stream *stream,
    struct view text, const char *base, const struct rdf_limits *limits, struct err *err)
{
	AUTO_STR struct str whole = {.max = JSON_FILE_MAX + 2 * PAGE};
	unsigned char page[PAGE];
	size_t len = 1;

	while (stream && len > 0) {
		if (stream_read(stream, page, sizeof(page), &len, err) < 0)
			return -1;
		if (whole.len + len > JSON_FILE_MAX)
			return err_set(
			    err, ERR_LIMIT, "more than %d MiB of JSON", JSON_FILE_MAX >> 20);
		str_add(&whole, (struct view){(const char *)page, len});
	}
	return rdf_jsonld_read(g, name, stream ? str_view(&whole) : text, base, limits, err);
}

/* Bytes that cannot be had, and JSON that is none, tell it. */
static bool tells_name(const struct err *err, const char *name)
{
	size_t len = strlen(name);

	return strncmp(err->msg, name, len) == 0 && strncmp(err->msg + len, ": ", 2) == 0;
}

static int read_document(struct rdf_graph *g, const char *name, const char *path, struct view text,
    enum rdf_syntax syntax, const char *base, const struct rdf_limits *limits, struct err *err)
{
	struct rdf_limits l = limits ? *limits : (struct rdf_limits){0};
	AUTO_STREAM struct stream *stream = NULL;
	struct reading r = {.g = g, .name = name, .text = text, .err = err};

	r.limits.literal_bytes = l.literal_bytes ? l.literal_bytes : RDF_LITERAL_MAX;
	r.limits.quads = l.quads ? l.quads : RDF_QUADS_MAX;
	r.limits.nesting = l.nesting ? l.nesting : RDF_NESTING_MAX;
	if (path && stream_open(&stream, path, (struct stream_limits){0}, err) < 0)
		return -1;
	r.stream = stream;
	g->documents++;
	if (syntax == RDF_JSONLD)
		r.failed = read_json(g, name, stream, text, base, &r.limits, err) < 0;
	else if (syntax == RDF_XML)
		r.failed = rdf_xml_read(g, text, stream, base, &r.limits, err) < 0;
	else
		run(&r, syntax, base, PAGE);
	str_clear(&r.word);
	if (!r.failed)
		return 0;
	if (r.placeless)
		find_place(&r, text, path, syntax, base, err);
	return tells_name(err, name) ? -1 : err_wrap(err, "%s", name);
}

int rdf_read(struct rdf_graph *g, const char *name, struct view text, enum rdf_syntax syntax,
    const char *base, const struct rdf_limits *limits, struct err *err)
{
	return read_document(g, name, NULL, text, syntax, base, limits, err);
}

int rdf_read_file(struct rdf_graph *g, const char *path, enum rdf_syntax syntax, const char *base,
    const struct rdf_limits *limits, struct err *err)
{
	return read_document(g, path, path, VIEW_NONE, syntax, base, limits, err);
}

int rdf_syntax_of(const char *path)
{
	static const struct {
		struct view end;
		enum rdf_syntax syntax;
	} known[] = {{VIEW_LIT(".ttl"), RDF_TURTLE}, {VIEW_LIT(".nt"), RDF_NTRIPLES},
	    {VIEW_LIT(".trig"), RDF_TRIG}, {VIEW_LIT(".nq"), RDF_NQUADS},
	    {VIEW_LIT(".rdf"), RDF_XML}, {VIEW_LIT(".jsonld"), RDF_JSONLD}};
	struct view v = VIEW(path);

	if (view_ends(v, VIEW_LIT(".gz")))
		v.len -= 3;
	else if (view_ends(v, VIEW_LIT(".zst")))
		v.len -= 4;
	for (size_t i = 0; i < ARRAY_LEN(known); i++)
		if (view_ends(v, known[i].end))
			return (int)known[i].syntax;
	return -1;
}
