/*
 * Mustache templates (mustache(5), the specification's core without lambdas)
 * over a Jansson model: the same model is a page here and JSON there.
 *
 *   {{name}} escaped for HTML, {{{name}}} not, {{a.b}}, {{.}}, {{#list}}..{{/list}},
 *   {{^none}}..{{/none}}, {{>partial}}, {{! comment }}, {{=<% %>=}}
 *
 * false, null, "", an empty list and a missing name are false. A section named
 * `t` is text for people: it is translated when the template is read, so a set
 * is of one language: {{#t}}Sign in, {{name}}{{/t}}.
 */
#ifndef IO_TEMPLATE_H
#define IO_TEMPLATE_H

#include "base/date.h"
#include "io/json.h"

struct template_set;

#define AUTO_TEMPLATES AUTO(template_set_free)

/* *text becomes its translation, which lives as long as the set. */
typedef void template_translate(void *ctx, struct view *text);

/* translate may be NULL: texts stay as they are. */
struct template_set *template_set_new(template_translate *translate, void *ctx);
/* The language of `on`; English when nothing is said. */
void template_set_language(struct template_set *set, enum date_language language);
void template_set_free(struct template_set **set);
/* ERR_FORMAT with name and line: a section that is not closed, a tag that does not end. */
MUST_CHECK int template_add(struct template_set *set, const char *name, struct view text,
    struct err *err);
/*
 * Appends to `out`. A partial that the set does not have is empty. ERR_FORMAT
 * for an unknown name and for partials within partials without end. Safe from
 * several threads once all is added.
 */
MUST_CHECK int template_render(const struct template_set *set, const char *name, json_t *model,
    struct str *out, struct err *err);

/* Text for an element or an attribute in quotes. */
void template_escape(struct str *out, struct view text);

#endif
