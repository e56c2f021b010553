/* What a template is once it is read: nodes in order, sections as ranges. */
#ifndef IO_TEMPLATE_INSIDE_H
#define IO_TEMPLATE_INSIDE_H

#include "base/map.h"
#include "io/template.h"

enum node_kind {
	NODE_TEXT,
	NODE_LINE, /* a line begins: a partial's indentation goes here */
	NODE_ESCAPED,
	NODE_RAW,
	NODE_SECTION,
	NODE_INVERTED,
	NODE_PARTIAL,
};

struct node {
	enum node_kind kind;
	struct view text;   /* literal text, or the name */
	struct view indent; /* of a partial that stands alone on its line */
	size_t end;         /* of a section: the node behind it */
};

struct template
{
	char *name;
	VEC(struct node) nodes;
};

struct template_set {
	template_translate *translate;
	void *ctx;
	enum date_language language;
	struct arena memory; /* the texts */
	struct map names;    /* index of all */
	VEC(struct template) all;
};

/* What `on` (or `on_words`: without its element) makes of a text that is escaped already. */
void template_add_day(struct str *out, struct view text, enum date_language language,
    bool element);
MUST_CHECK int template_parse(struct template_set *set, struct template *t, struct view text,
    struct err *err);

#endif
