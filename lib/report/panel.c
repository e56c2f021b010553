#include "report/html.h"

#include <assert.h>

void report_add_panel(struct report *r, const char *panels_title, const struct report_panel *panel)
{
	struct report_panel *p = vec_push(&r->panels);

	assert(!*panel->svg || report_svg_is_plain(panel->svg));
	r->panels_title = arena_strdup(&r->arena, VIEW(panels_title));
	*p = (struct report_panel){
	    .title = arena_strdup(&r->arena, VIEW(panel->title)),
	    .tag = arena_strdup(&r->arena, VIEW(panel->tag)),
	    .text = arena_strdup(&r->arena, VIEW(panel->text)),
	    .svg = arena_strdup(&r->arena, VIEW(panel->svg)),
	    .alt = arena_strdup(&r->arena, VIEW(panel->alt)),
	};
}

static void add_panel(const struct report *r, const struct report_panel *p, struct str *out)
{
	report_add_element(out, "<article class=\"panel\">\n<h3>", p->title, "</h3>\n");
	if (*p->tag)
		report_add_said(out, r, "<p class=\"tag\">", p->tag, "</p>\n");
	report_add_said(out, r, "<p>", p->text, "</p>\n");
	if (*p->svg) {
		report_add_said(out, r, "<div role=\"img\" aria-label=\"", p->alt, "\">\n");
		report_add_drawing(out, r, p->svg);
		str_addz(out, "\n</div>\n");
	}
	str_addz(out, "</article>\n");
}

void report_add_panels(const struct report *r, struct str *out)
{
	if (r->panels.len == 0)
		return;
	report_add_said(out, r, "<section class=\"panels\">\n<h2>", r->panels_title, "</h2>\n");
	str_addz(out, "<div class=\"grid\">\n");
	for (size_t i = 0; i < r->panels.len; i++)
		add_panel(r, &r->panels.ptr[i], out);
	str_addz(out, "</div>\n</section>\n");
}
