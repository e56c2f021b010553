#include "io/template_inside.h"

/* Deeper sections are a mistake, not a page. */
enum { DEPTH_MAX = 64 };

struct parser {
	struct template_set *set;
	struct template *t;
	struct view text;
	size_t at;        /* what follows is not read */
	size_t from;      /* what follows is not yet a node */
	bool inside_line; /* the text begins behind something else */
	struct view open, close;
	size_t depth;
	size_t sections[DEPTH_MAX]; /* open ones, by node */
	struct err *err;
};

struct tag {
	size_t start, end; /* from the first brace to behind the last */
	char sigil;        /* 0: a variable */
	struct view name;
};

static int fail(struct parser *p, size_t at, const char *why)
{
	int line = 1;

	for (size_t i = 0; i < at; i++)
		line += p->text.ptr[i] == '\n';
	return err_set(p->err, ERR_FORMAT, "%s: line %d: %s", p->t->name, line, why);
}

static struct view rest_from(const struct parser *p, size_t at)
{
	return (struct view){p->text.ptr + at, p->text.len - at};
}

/* Offset of `what` at or behind `at`; SIZE_MAX when there is none. */
static size_t find(const struct parser *p, size_t at, struct view what)
{
	const char *hit = memmem(p->text.ptr + at, p->text.len - at, what.ptr, what.len);

	return hit ? (size_t)(hit - p->text.ptr) : SIZE_MAX;
}

static struct node *add_node(struct parser *p, enum node_kind kind, struct view text)
{
	struct node *n = vec_push(&p->t->nodes);

	*n = (struct node){.kind = kind, .text = text};
	return n;
}

static bool begins_line(const struct parser *p, size_t at)
{
	return at == 0 ? !p->inside_line : p->text.ptr[at - 1] == '\n';
}

/* The text up to `end`, cut where lines begin. */
static void flush_text(struct parser *p, size_t end)
{
	while (p->from < end) {
		struct view rest = {p->text.ptr + p->from, end - p->from};
		const char *newline = memchr(rest.ptr, '\n', rest.len);
		size_t len = newline ? (size_t)(newline - rest.ptr) + 1 : rest.len;

		if (begins_line(p, p->from))
			add_node(p, NODE_LINE, VIEW_NONE);
		add_node(p, NODE_TEXT, (struct view){rest.ptr, len});
		p->from += len;
	}
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/*
 * A tag alone on its line takes the line with it, the end of line too
 * (specification, "Standalone"): moves the tag's ends to the line's.
 */
static bool stands_alone(const struct parser *p, struct tag *tag)
{
	size_t start = tag->start, end = tag->end;

	while (start > 0 && is_blank(p->text.ptr[start - 1]))
		start--;
	while (end < p->text.len && is_blank(p->text.ptr[end]))
		end++;
	if (!begins_line(p, start) || start < p->from)
		return false;
	if (end < p->text.len) {
		end += p->text.ptr[end] == '\r' && end + 1 < p->text.len &&
		       p->text.ptr[end + 1] == '\n';
		if (p->text.ptr[end] != '\n')
			return false;
		end++;
	}
	tag->start = start;
	tag->end = end;
	return true;
}

/* 1: a tag; 0: no more; -1. */
static int next_tag(struct parser *p, struct tag *tag)
{
	struct view close = p->close;
	size_t start = find(p, p->at, p->open), inside, end;

	if (start == SIZE_MAX)
		return 0;
	inside = start + p->open.len;
	*tag = (struct tag){.start = start};
	if (inside < p->text.len && strchr("#^/!>&={", p->text.ptr[inside]))
		tag->sigil = p->text.ptr[inside++];
	if (tag->sigil == '{')
		close = VIEW_LIT("}}}");
	end = tag->sigil == '=' ? find(p, inside, VIEW_LIT("=")) : find(p, inside, close);
	if (end == SIZE_MAX)
		return fail(p, start, "a tag that does not end");
	tag->name = view_trim((struct view){p->text.ptr + inside, end - inside});
	if (tag->sigil == '=') {
		end++;
		if (!view_starts(rest_from(p, end), p->close))
			return fail(p, start, "a tag that does not end");
	}
	tag->end = end + close.len;
	return 1;
}

static int set_delimiters(struct parser *p, const struct tag *tag)
{
	struct view rest = tag->name, open, close;

	if (!view_next(&rest, ' ', &open) || open.len == 0 || (close = view_trim(rest)).len == 0 ||
	    memchr(close.ptr, ' ', close.len))
		return fail(p, tag->start, "delimiters are two words");
	p->open = open;
	p->close = close;
	return 0;
}

static int open_section(struct parser *p, const struct tag *tag)
{
	if (p->depth == DEPTH_MAX)
		return fail(p, tag->start, "too many sections in sections");
	p->sections[p->depth++] = p->t->nodes.len;
	add_node(p, tag->sigil == '#' ? NODE_SECTION : NODE_INVERTED, tag->name);
	return 0;
}

static int close_section(struct parser *p, const struct tag *tag)
{
	struct node *section;

	if (p->depth == 0)
		return fail(p, tag->start, "a section is closed that is not open");
	section = &p->t->nodes.ptr[p->sections[--p->depth]];
	if (!view_eq(section->text, tag->name))
		return fail(p, tag->start, "another section is open here");
	section->end = p->t->nodes.len;
	return 0;
}

static int parse_all(struct parser *p);

/* {{#t}}..{{/t}}: its text in the language of the set is read in its place. */
static int translate(struct parser *p, struct tag *tag)
{
	struct parser inner = *p;
	size_t end = find(p, tag->end, VIEW_LIT("{{/t}}"));

	if (end == SIZE_MAX)
		return fail(p, tag->start, "a text that does not end with {{/t}}");
	inner.text = (struct view){p->text.ptr + tag->end, end - tag->end};
	if (p->set->translate)
		p->set->translate(p->set->ctx, &inner.text);
	inner.at = inner.from = 0;
	inner.inside_line = true;
	inner.depth = 0;
	p->at = p->from = end + strlen("{{/t}}");
	return parse_all(&inner);
}

static bool may_stand_alone(const struct tag *tag)
{
	return tag->sigil && strchr("#^/!>=", tag->sigil);
}

static int read_tag(struct parser *p, struct tag *tag)
{
	size_t name_start = tag->start;
	bool alone;

	if (tag->sigil == '#' && view_eq(tag->name, VIEW_LIT("t"))) {
		flush_text(p, tag->start);
		return translate(p, tag);
	}
	alone = may_stand_alone(tag) && stands_alone(p, tag);
	flush_text(p, tag->start);
	if (!alone && begins_line(p, tag->start))
		add_node(p, NODE_LINE, VIEW_NONE);
	p->at = p->from = tag->end;
	switch (tag->sigil) {
	case '!': return 0;
	case '=': return set_delimiters(p, tag);
	case '#':
	case '^': return open_section(p, tag);
	case '/': return close_section(p, tag);
	case '>':
		add_node(p, NODE_PARTIAL, tag->name)->indent =
		    (struct view){p->text.ptr + tag->start, alone ? name_start - tag->start : 0};
		return 0;
	default:
		add_node(p, tag->sigil ? NODE_RAW : NODE_ESCAPED, tag->name);
		return 0;
	}
}

static int parse_all(struct parser *p)
{
	struct tag tag;
	int found;

	while ((found = next_tag(p, &tag)) > 0)
		if (read_tag(p, &tag) < 0)
			return -1;
	if (found < 0)
		return -1;
	flush_text(p, p->text.len);
	return p->depth ? fail(p, p->text.len, "a section is not closed") : 0;
}

int template_parse(struct template_set *set, struct template *t, struct view text, struct err *err)
{
	struct parser p = {
	    .set = set,
	    .t = t,
	    .text = text,
	    .open = VIEW_LIT("{{"),
	    .close = VIEW_LIT("}}"),
	    .err = err,
	};

	return parse_all(&p);
}
