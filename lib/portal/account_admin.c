#include "portal/account.h"

#include "account/admin.h"
#include "account/invitation.h"
#include "portal/inside.h"

#include <inttypes.h>

static json_t *grants_model(const struct visit *v, const struct account_person *p)
{
	json_t *all = json_array();

	for (size_t i = 0; i < p->grants.len; i++) {
		const struct account_grant *g = &p->grants.ptr[i];
		struct view label = account_role_label(v, g->role);

		json_array_append_new(all, json_pack("{s:s, s:s%, s:s}", "role", role_name(g->role),
					       "label", label.ptr, label.len, "scope", g->scope));
	}
	return all;
}

static json_t *person_model(const struct visit *v, const struct account_person *p)
{
	return json_pack("{s:I, s:s, s:s, s:s, s:b, s:I, s:o, s:o, s:b}", "id", (json_int_t)p->id,
	    "email", p->email, "name", p->name, "organisation", p->organisation, "enabled",
	    p->enabled, "sessions", (json_int_t)p->sessions, "since", account_time(p->created_at),
	    "grants", grants_model(v, p), "self", p->id == v->account);
}

/* Roles that can be given. */
static void add_roles(struct visit *v)
{
	json_t *all = json_array();

	for (unsigned i = 0; i < ROLE_COUNT; i++) {
		enum role role = (enum role)(1u << i);
		struct view label = account_role_label(v, role);

		if (role != ROLE_PUBLIC && role != ROLE_APPLICANT)
			json_array_append_new(all, json_pack("{s:s, s:s%}", "role", role_name(role),
						       "label", label.ptr, label.len));
	}
	json_object_set_new(v->model, "all_roles", all);
}

static int add_invitations(struct visit *v, struct err *err)
{
	struct account_invitations list = {0};
	json_t *all = json_array();
	int status = account_list_invitations(&v->portal->accounts, v->q->now, &v->q->memory, &list,
	    err);

	for (size_t i = 0; i < list.all.len; i++) {
		const struct account_invitation *n = &list.all.ptr[i];
		struct view label =
		    account_role_label(v, n->role ? n->role : ROLE_APPLICANT);

		json_array_append_new(all,
		    json_pack("{s:I, s:s, s:s, s:s%, s:s, s:o}", "id", (json_int_t)n->id, "email",
			n->email, "name", n->name, "role", label.ptr, label.len, "scope", n->scope,
			"until", account_time(n->expires_at)));
	}
	vec_clear(&list.all);
	json_object_set_new(v->model, "invitations", all);
	return status;
}

static int add_people(struct visit *v, struct err *err)
{
	AUTO_ACCOUNT_PEOPLE struct account_people people = {0};
	json_t *all = json_array();

	json_object_set_new(v->model, "people", all);
	if (account_list(&v->portal->accounts, &v->q->memory, &people, err) < 0)
		return -1;
	for (size_t i = 0; i < people.all.len; i++)
		json_array_append_new(all, person_model(v, &people.all.ptr[i]));
	return 0;
}

int account_page_people(struct visit *v, struct err *err)
{
	add_roles(v);
	return add_people(v, err) < 0 || add_invitations(v, err) < 0
	           ? -1
	           : visit_page(v, "account-people", err);
}

/* What an administrator typed wrongly is told on the same page. */
static int show_people_or_fail(struct visit *v, const char *fault, struct err *err)
{
	static const char *const kept[] = {"email", "name", "organisation", "scope"};

	if (err->code != ERR_USAGE && err->code != ERR_FORMAT)
		return -1;
	*err = (struct err){0};
	account_fault(v, fault);
	for (size_t i = 0; i < ARRAY_LEN(kept); i++) {
		AUTO_FREE char *key = str_format("given_%s", kept[i]);

		visit_set(v, key, http_form(v->q, kept[i]));
	}
	return account_page_people(v, err);
}

int account_invite_typed(struct visit *v, struct err *err)
{
	struct accounts *a = &v->portal->accounts;
	struct view organisation = view_trim(http_form(v->q, "organisation"));
	struct account_invitee who = {
	    .email = http_form(v->q, "email"),
	    .name = http_form(v->q, "name"),
	    .language = view_eq(http_form(v->q, "language"), VIEW_LIT("en")) ? "en" : "fr",
	    .role = role_find(http_form(v->q, "role")),
	    .scope = view_trim(http_form(v->q, "scope")),
	};

	if (who.role == ROLE_PUBLIC || who.role == ROLE_APPLICANT)
		who.role = (enum role)0;
	if (organisation.len > 0 &&
	    account_organisation(a, &v->act, organisation, &who.organisation, err) < 0)
		return -1;
	return account_invite(a, &v->act, &who, NULL, err);
}

int account_do_invite(struct visit *v, struct err *err)
{
	if (!account_is_confirmed(v, "/admin/accounts"))
		return 0;
	if (account_invite_typed(v, err) < 0)
		return show_people_or_fail(v, err->code == ERR_USAGE ? "known" : "invitee", err);
	visit_go(v, "/admin/accounts");
	return 0;
}

int account_do_withdraw(struct visit *v, struct err *err)
{
	int64_t id;

	if (!view_to_i64(v->params[0], &id))
		return visit_not_found(v, err);
	if (account_withdraw(&v->portal->accounts, &v->act, id, err) < 0)
		return err->code == ERR_USAGE ? visit_not_found(v, err) : -1;
	visit_go(v, "/admin/accounts");
	return 0;
}

int account_page_person(struct visit *v, struct err *err)
{
	AUTO_ACCOUNT_PEOPLE struct account_people people = {0};
	int64_t id;

	if (!view_to_i64(v->params[0], &id))
		return visit_not_found(v, err);
	if (account_list(&v->portal->accounts, &v->q->memory, &people, err) < 0)
		return -1;
	for (size_t i = 0; i < people.all.len; i++)
		if (people.all.ptr[i].id == id) {
			json_object_set_new(v->model, "who", person_model(v, &people.all.ptr[i]));
			add_roles(v);
			return visit_page(v, "account-person", err);
		}
	return visit_not_found(v, err);
}

int account_act_on(struct visit *v, int64_t id, struct view what, struct err *err)
{
	struct accounts *a = &v->portal->accounts;
	enum role role = role_find(http_form(v->q, "role"));
	struct view scope = view_trim(http_form(v->q, "scope"));

	if (view_eq(what, VIEW_LIT("enable")) || view_eq(what, VIEW_LIT("disable")))
		return account_enable(a, &v->act, id, what.ptr[0] == 'e', err);
	if (view_eq(what, VIEW_LIT("reset")))
		return account_reset(a, &v->act, id, NULL, err);
	if (view_eq(what, VIEW_LIT("grant")) || view_eq(what, VIEW_LIT("revoke")))
		return account_grant(a, &v->act, id, role, scope, what.ptr[0] == 'g', err);
	return visit_not_found(v, err);
}

int account_do_person(struct visit *v, struct err *err)
{
	AUTO_FREE char *back = NULL;
	int64_t id;

	if (!view_to_i64(v->params[0], &id))
		return visit_not_found(v, err);
	back = str_format("/admin/accounts/%" PRId64, id);
	if (!account_is_confirmed(v, back))
		return 0;
	if (account_act_on(v, id, v->params[1], err) == 0) {
		visit_go(v, back);
		return 0;
	}
	if (err->code != ERR_FORMAT || v->r->status)
		return err->code == ERR_USAGE ? visit_not_found(v, err) : -1;
	*err = (struct err){0};
	account_fault(v, "grant");
	return account_page_person(v, err);
}
