#include "portal/scope.h"

#include "account/scope.h"
#include "portal/desk_pages.h"
#include "portal/inside.h"

#include <inttypes.h>

unsigned scope_roles(const struct visit *v, const char *scope)
{
	unsigned roles = 0;

	for (unsigned i = 0; v->account && i < ROLE_COUNT; i++)
		if (account_may(&v->who, (enum role)(1u << i), VIEW(scope)))
			roles |= 1u << i;
	return roles;
}

unsigned scope_some_roles(const struct visit *v)
{
	unsigned roles = 0;

	for (size_t i = 0; v->account && i < v->who.grants.len; i++)
		if (*v->who.grants.ptr[i].scope)
			roles |= v->who.grants.ptr[i].role;
	return roles;
}

bool scope_is_judged(const struct desk_route *r)
{
	for (size_t i = 0; i < r->step_count; i++)
		if (strcmp(r->steps[i].event, "opinion_given") == 0)
			return true;
	return false;
}

/* What a scope adds; the log is told of it. */
struct gain {
	struct visit *v;
	unsigned mask; /* roles that the part can give here */
	unsigned roles;
};

static void take(struct gain *g, const char *scope)
{
	unsigned more = scope_roles(g->v, scope) & g->mask & ~g->v->roles;

	if (!more)
		return;
	g->v->scope = arena_strdup(&g->v->q->memory, VIEW(scope));
	g->v->roles |= more;
	g->roles |= more;
}

static void take_organisation(struct gain *g, int64_t number)
{
	AUTO_FREE char *scope = str_format("organisation/%" PRId64, number);

	if (number)
		take(g, scope);
}

int scope_parts(struct store_tx *tx, const struct desk_application *a, const char *ref,
    struct str *ret, struct err *err)
{
	int64_t organisation = 0;

	str_addc(ret, ',');
	if (!a) {
		str_addz(ret, SCOPE_COMMITTEE ",");
		return 0;
	}
	if (a->submitted_on == DATE_NONE)
		return 0; /* a draft is nobody's but the applicants' */
	if (account_organisation_read(tx, a->applicant, &organisation, err) < 0)
		return -1;
	str_addf(ret, "project/%s,", ref);
	if (organisation)
		str_addf(ret, "organisation/%" PRId64 ",", organisation);
	if (scope_is_judged(a->route))
		str_addz(ret, SCOPE_COMMITTEE ",");
	return 0;
}

/* What is not there the handler says, as to everybody. */
static int take_dossier(struct gain *g, struct err *err)
{
	AUTO_DESK_DOSSIER struct desk_dossier d = {0};
	struct desk desk = desk_of(g->v);
	AUTO_FREE char *project = NULL;
	int64_t id, organisation;

	if (desk_find(&desk, g->v->params[0], &id, err) < 0)
		return err->code == ERR_USAGE ? 0 : -1;
	if (desk_load(&desk, id, &d, err) < 0 ||
	    account_organisation_of(&g->v->portal->accounts, d.basis.applicant, &organisation,
		err) < 0)
		return -1;
	if (d.basis.submitted_on == DATE_NONE)
		return 0; /* a draft is nobody's but the applicants' */
	project = str_format("project/%s", d.ref);
	take(g, project);
	take_organisation(g, organisation);
	if (scope_is_judged(d.basis.route))
		take(g, SCOPE_COMMITTEE);
	return 0;
}

/* What a key sends is of its own organisation already (catalog/ingest.h). */
static void take_ingest(struct gain *g)
{
	const struct visit *v = g->v;
	struct view id = v->q->method == HTTP_DELETE ? v->params[0]
	                 : v->q->method == HTTP_PUT  ? http_query(v->q, "originalId")
	                                             : VIEW_NONE;
	AUTO_FREE char *dataset = str_format("dataset/%.*s", VIEW_ARG(id));

	take_organisation(g, v->who.organisation);
	take(g, dataset);
}

/* The handler asks account_may about each dataset. */
static void take_holder(struct gain *g)
{
	static const char *const kinds[] = {"organisation/", "dataset/"};

	for (size_t i = 0; i < g->v->who.grants.len; i++) {
		const struct account_grant *grant = &g->v->who.grants.ptr[i];

		for (size_t k = 0; k < ARRAY_LEN(kinds); k++)
			if (grant->role == ROLE_HOLDER &&
			    view_starts(VIEW(grant->scope), VIEW(kinds[k])))
				take(g, grant->scope);
	}
}

static int tell(const struct gain *g, struct err *err)
{
	struct visit *v = g->v;
	AUTO_FREE char *what = route_asked(v->q->method, v->route);

	if (!g->roles || v->q->method == HTTP_GET || v->q->method == HTTP_HEAD)
		return 0;
	return account_tell_scope(&v->portal->accounts, &v->act, g->roles, v->scope, what, err);
}

int scope_enter(struct visit *v, struct err *err)
{
	unsigned who = v->route->who;
	struct gain g = {v, who & (OF_INGEST | OF_CATALOG) ? ROLE_HOLDER : ~0u, 0};

	if (!scope_some_roles(v))
		return 0;
	if (who & OF_COMMITTEE)
		take(&g, SCOPE_COMMITTEE);
	if (who & OF_INGEST)
		take_ingest(&g);
	if (who & OF_CATALOG)
		take_holder(&g);
	if ((who & OF_DOSSIER) && take_dossier(&g, err) < 0)
		return -1;
	return tell(&g, err);
}

/* The procedures that come before the committee; a version is like the other. */
static void add_procedures(const struct visit *v, struct str *ret)
{
	const struct desk_law *law = v->portal->law;

	for (size_t i = 0; i < desk_law_count(law); i++)
		if (scope_is_judged(desk_law_route(law, i)))
			str_addf(ret, "route/%s,", desk_law_route(law, i)->id);
}

static int add_colleagues(const struct visit *v, struct view number, struct str *ret,
    struct err *err)
{
	AUTO_ACCOUNT_NUMBERS struct account_numbers all = {0};
	int64_t organisation;

	if (view_to_i64(number, &organisation) &&
	    account_colleagues(&v->portal->accounts, organisation, &all, err) < 0)
		return -1;
	for (size_t i = 0; i < all.all.len; i++)
		str_addf(ret, "applicant/%" PRId64 ",", all.all.ptr[i]);
	return 0;
}

static int add_sight(const struct visit *v, const char *scope, struct str *ret, struct err *err)
{
	struct view s = VIEW(scope), organisation = VIEW_LIT("organisation/");

	if (view_starts(s, VIEW_LIT("project/")))
		str_addf(ret, "%s,", scope);
	else if (strcmp(scope, SCOPE_COMMITTEE) == 0)
		add_procedures(v, ret);
	else if (view_starts(s, organisation))
		return add_colleagues(v,
		    (struct view){s.ptr + organisation.len, s.len - organisation.len}, ret, err);
	return 0;
}

int scope_sight(const struct visit *v, unsigned roles, struct str *ret, struct err *err)
{
	str_addc(ret, ',');
	for (size_t i = 0; v->account && i < v->who.grants.len; i++) {
		const struct account_grant *g = &v->who.grants.ptr[i];

		if (*g->scope && (g->role & roles) && add_sight(v, g->scope, ret, err) < 0)
			return -1;
	}
	return 0;
}
