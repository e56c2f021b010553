/*
 * Drawings made in C. What may stand in one is a short list, so that none can
 * load, link or run anything; the page's policy would refuse it as well.
 */
#include "report/report.h"

#include <assert.h>
#include <string.h>

static bool is_listed(struct view word, const char *const *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (view_eq(word, VIEW(list[i])))
			return true;
	return false;
}

static struct view word_at(const char *at)
{
	return (struct view){at, strcspn(at, " =/>\n\t")};
}

/* The attributes of one tag; the place behind it, or NULL when one may not stand there. */
static const char *check_attributes(const char *at)
{
	static const char *const allowed[] = {"xmlns", "viewBox", "class", "x", "y", "x1", "y1",
	    "x2", "y2", "cx", "cy", "r", "rx", "width", "height", "d", "points", "transform",
	    "text-anchor", "fill-opacity"};

	at += strspn(at, " \n\t");
	while (*at && *at != '>' && *at != '/') {
		struct view name = word_at(at);

		at += name.len;
		if (!is_listed(name, allowed, ARRAY_LEN(allowed)) || strncmp(at, "=\"", 2) != 0)
			return NULL;
		at = strchr(at + 2, '"');
		if (!at)
			return NULL;
		at++;
		at += strspn(at, " \n\t");
	}
	at += *at == '/';
	return *at == '>' ? at + 1 : NULL;
}

bool report_svg_is_plain(const char *svg)
{
	static const char *const allowed[] = {"svg", "g", "rect", "path", "line", "polyline",
	    "circle", "text", "tspan", "title"};

	if (strncmp(svg, "<svg ", 5) != 0)
		return false;
	for (const char *at = strchr(svg, '<'); at; at = strchr(at, '<')) {
		bool closing = at[1] == '/';
		struct view name = word_at(at + 1 + closing);

		if (!is_listed(name, allowed, ARRAY_LEN(allowed)))
			return false;
		at = closing ? strchr(at, '>') : check_attributes(at + 1 + name.len);
		if (!at)
			return false;
	}
	return true;
}

void report_add_svg(struct report *r, const char *id, const char *title, const char *alt,
    const char *svg)
{
	struct report_drawing *d = vec_push(&r->drawings);

	assert(report_svg_is_plain(svg));
	d->id = arena_strdup(&r->arena, VIEW(id));
	d->title = arena_strdup(&r->arena, VIEW(title));
	d->alt = arena_strdup(&r->arena, VIEW(alt));
	d->svg = arena_strdup(&r->arena, VIEW(svg));
}
