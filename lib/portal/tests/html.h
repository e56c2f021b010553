/*
 * Pages read as a browser reads them (WHATWG HTML, section 13.2.5, the part
 * that text from a person could abuse), to prove that nothing in one is
 * executable that the house did not write: the elements and attributes of a
 * page are those that stand in the templates, and addresses go to the web.
 */
#ifndef PORTAL_TESTS_HTML_H
#define PORTAL_TESTS_HTML_H

#include "base/base.h"
#include "base/embed.h"
#include "base/map.h"
#include "base/str.h"

#include <ctype.h>

struct html_names {
	struct map tags, attributes;
};

/* value: VIEW_NONE for an attribute without one; name: VIEW_NONE for the element itself. */
typedef bool html_visit(void *ctx, struct view tag, struct view name, struct view value);

struct html_reader {
	struct view html;
	size_t at;
};

static inline int html_peek(const struct html_reader *r, size_t ahead)
{
	return r->at + ahead < r->html.len ? (unsigned char)r->html.ptr[r->at + ahead] : -1;
}

static inline struct view html_until(struct html_reader *r, const char *ends)
{
	size_t start = r->at;

	while (r->at < r->html.len && !(r->html.ptr[r->at] && strchr(ends, r->html.ptr[r->at])))
		r->at++;
	return (struct view){r->html.ptr + start, r->at - start};
}

static inline void html_skip(struct html_reader *r, const char *what)
{
	while (r->at < r->html.len && r->html.ptr[r->at] && strchr(what, r->html.ptr[r->at]))
		r->at++;
}

static inline struct view html_value(struct html_reader *r)
{
	int quote = html_peek(r, 0);
	const char ends[2] = {(char)quote, '\0'};
	struct view value;

	if (quote != '"' && quote != '\'')
		return html_until(r, " \t\n\f\r>");
	r->at++;
	value = html_until(r, ends);
	r->at += r->at < r->html.len;
	return value;
}

/* false: what was visited said no. */
static inline bool html_attributes(struct html_reader *r, struct view tag, html_visit *visit,
    void *ctx)
{
	for (;;) {
		struct view name, value = VIEW_NONE;

		html_skip(r, " \t\n\f\r/");
		if (html_peek(r, 0) < 0 || html_peek(r, 0) == '>')
			break;
		name = html_until(r, " \t\n\f\r/>=");
		if (name.len == 0) {
			r->at++; /* a stray "=" */
			continue;
		}
		html_skip(r, " \t\n\f\r");
		if (html_peek(r, 0) == '=') {
			r->at++;
			html_skip(r, " \t\n\f\r");
			value = html_value(r);
		}
		if (!visit(ctx, tag, name, value))
			return false;
	}
	r->at += r->at < r->html.len;
	return true;
}

/* Behind <script>, <style>, <title>, <textarea> all is text until the end of the element. */
static inline void html_raw_text(struct html_reader *r, struct view tag)
{
	static const char *const raw[] = {"script", "style", "title", "textarea"};

	for (size_t i = 0; i < ARRAY_LEN(raw); i++) {
		if (!view_eq_nocase(tag, VIEW(raw[i])))
			continue;
		for (; r->at < r->html.len; r->at++)
			if (html_peek(r, 0) == '<' && html_peek(r, 1) == '/' &&
			    r->at + 2 + tag.len <= r->html.len &&
			    view_eq_nocase((struct view){r->html.ptr + r->at + 2, tag.len}, tag))
				return;
	}
}

static inline void html_pass_comment(struct html_reader *r)
{
	while (r->at < r->html.len && !(html_peek(r, 0) == '-' && html_peek(r, 1) == '-' &&
					  html_peek(r, 2) == '>'))
		r->at++;
}

/* Every element that begins, and its attributes. false: the visitor said no. */
static inline bool html_each(struct view html, html_visit *visit, void *ctx)
{
	struct html_reader r = {html, 0};

	while (html_until(&r, "<"), r.at < html.len) {
		struct view tag;

		r.at++;
		if (html_peek(&r, 0) == '!' && html_peek(&r, 1) == '-' && html_peek(&r, 2) == '-') {
			html_pass_comment(&r);
			continue;
		}
		if (!isalpha(html_peek(&r, 0)))
			continue;
		tag = html_until(&r, " \t\n\f\r/>");
		if (!visit(ctx, tag, VIEW_NONE, VIEW_NONE) ||
		    !html_attributes(&r, tag, visit, ctx))
			return false;
		html_raw_text(&r, tag);
	}
	return true;
}

static inline bool html_learn_one(void *ctx, struct view tag, struct view name, struct view value)
{
	struct html_names *n = ctx;

	(void)value;
	(void)map_intern(name.len ? &n->attributes : &n->tags, name.len ? name : tag);
	return true;
}

/* What stands in the templates, what {{#on}} writes, and the picture of a QR code. */
static inline void html_learn(struct html_names *ret)
{
	static const char drawn[] = "<svg xmlns width height viewBox role aria-label "
				    "shape-rendering><rect x y width height fill><path d fill>"
				    "<time datetime>";

	*ret = (struct html_names){0};
	html_each(VIEW(drawn), html_learn_one, ret);
	for (size_t i = 0; i < embed_file_count; i++) {
		const struct embed_file *f = &embed_files[i];
		AUTO_STR struct str plain = {0};

		if (!view_starts(VIEW(f->name), VIEW_LIT("web/portal/")))
			continue;
		for (const char *c = f->start; c < f->end; c++) {
			const char *close = f->end - c > 1 && c[0] == '{' && c[1] == '{'
			                        ? strstr(c, "}}")
			                        : NULL;

			if (close)
				c = close[2] == '}' ? close + 2 : close + 1;
			str_addc(&plain, close ? ' ' : *c);
		}
		html_each(str_view(&plain), html_learn_one, ret);
	}
}

static inline void html_forget(struct html_names *n)
{
	map_clear(&n->tags);
	map_clear(&n->attributes);
}

/* An address that runs nothing: of the web, of mail, of this site, or a picture. */
static inline bool html_is_safe_address(struct view tag, struct view value)
{
	static const char *const schemes[] = {"http", "https", "mailto"};
	struct view rest = view_trim(value), scheme;
	bool has_scheme = memchr(rest.ptr ? rest.ptr : "", ':', rest.len) != NULL;

	if (!has_scheme || view_eq(rest, VIEW_LIT("data:,")) || strchr("/?#", rest.ptr[0]))
		return true;
	(void)view_next(&rest, ':', &scheme);
	for (size_t i = 0; i < ARRAY_LEN(schemes); i++)
		if (view_eq_nocase(scheme, VIEW(schemes[i])))
			return true;
	return view_eq_nocase(tag, VIEW_LIT("img")) && view_eq(scheme, VIEW_LIT("data")) &&
	       view_starts(rest, VIEW_LIT("image/"));
}

struct html_judge {
	const struct html_names *names;
	struct view tag, name; /* the one that must not be there */
};

static inline bool html_judge_one(void *ctx, struct view tag, struct view name, struct view value)
{
	static const char *const addresses[] = {"href", "src", "action", "formaction", "data",
	    "poster", "xlink:href", "content"};
	struct html_judge *j = ctx;
	bool fine = name.len ? map_find(&j->names->attributes, name) != NULL
	                     : map_find(&j->names->tags, tag) != NULL;

	for (size_t i = 0; fine && i < ARRAY_LEN(addresses); i++)
		if (view_eq_nocase(name, VIEW(addresses[i])) &&
		    !view_eq_nocase(tag, VIEW_LIT("meta")))
			fine = html_is_safe_address(tag, value);
	if (name.len >= 2 && view_eq_nocase((struct view){name.ptr, 2}, VIEW_LIT("on")))
		fine = false;
	if (!fine) {
		j->tag = tag;
		j->name = name;
	}
	return fine;
}

/* false: ret_tag (and ret_name) should not be there. */
static inline bool html_is_ours(const struct html_names *names, struct view html,
    struct view *ret_tag, struct view *ret_name)
{
	struct html_judge j = {.names = names};
	bool fine = html_each(html, html_judge_one, &j);

	*ret_tag = j.tag;
	*ret_name = j.name;
	return fine;
}

#endif
