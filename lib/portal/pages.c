#include "portal/inside.h"

#include "base/embed.h"

int portal_home(struct visit *v, struct err *err)
{
	return visit_page(v, "home", err);
}

int portal_accessibility(struct visit *v, struct err *err)
{
	return visit_page(v, "accessibility", err);
}

/* Its name changes with what it says, so browsers may keep it for good. */
int portal_style(struct visit *v, struct err *err)
{
	bool script = view_eq(v->params[0], VIEW(v->portal->script_name));

	if (!script && !view_eq(v->params[0], VIEW(v->portal->style_name)))
		return visit_not_found(v, err);
	v->r->type = script ? "text/javascript; charset=utf-8" : "text/css; charset=utf-8";
	http_add_header(v->r, "Cache-Control", VIEW_LIT("public, max-age=31536000, immutable"));
	str_add(&v->r->body,
	    script ? embed_find("web/passkey.js") : str_view(&v->portal->style));
	return 0;
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
