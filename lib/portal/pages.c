#include "portal/inside.h"

#include "base/embed.h"

int portal_accessibility(struct visit *v, struct err *err)
{
	return visit_page(v, "accessibility", err);
}

/* Their names change with what they say, so browsers may keep them for good. */
int portal_style(struct visit *v, struct err *err)
{
	const struct {
		const char *name, *type;
		struct view body;
	} all[] = {
	    {v->portal->style_name, "text/css; charset=utf-8", str_view(&v->portal->style)},
	    {v->portal->script_name, "text/javascript; charset=utf-8",
		embed_find("web/passkey.js")},
	    {v->portal->form_script, "text/javascript; charset=utf-8", embed_find("web/form.js")},
	    {v->portal->logo_name,
		view_ends(VIEW(v->portal->logo_name), VIEW_LIT(".png")) ? "image/png"
									: "image/svg+xml",
		str_view(&v->portal->logo)},
	};

	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		if (!*all[i].name || !view_eq(v->params[0], VIEW(all[i].name)))
			continue;
		v->r->type = all[i].type;
		http_add_header(v->r, "Cache-Control",
		    VIEW_LIT("public, max-age=31536000, immutable"));
		str_add(&v->r->body, all[i].body);
		return 0;
	}
	return visit_not_found(v, err);
}

int portal_robots(struct visit *v, struct err *err)
{
	(void)err;
	v->r->type = "text/plain; charset=utf-8";
	str_addf(&v->r->body,
	    "User-agent: *\nAllow: /\nDisallow: /api/\nSitemap: %s/sitemap.xml\n",
	    v->hub->conf.origin);
	return 0;
}
