#include "portal/account.h"

#include "account/admin.h"
#include "account/invitation.h"
#include "portal/inside.h"

static json_t *grants_value(const struct account_grant *all, size_t count)
{
	json_t *list = json_array();

	for (size_t i = 0; i < count; i++)
		json_array_append_new(list, json_pack("{s:s, s:s}", "role", role_name(all[i].role),
						"scope", all[i].scope));
	return list;
}

int account_api_own(struct visit *v, struct err *err)
{
	AUTO_JSON json_t *body = json_pack("{s:I, s:s, s:s, s:s, s:o, s:s}", "id",
	    (json_int_t)v->account, "email", v->who.email, "name", v->who.name, "language",
	    v->who.language, "roles", grants_value(v->who.grants.ptr, v->who.grants.len), "scopes",
	    v->who.scopes);

	return visit_json(v, body, err);
}

static json_t *person_value(const struct account_person *p)
{
	return json_pack("{s:I, s:s, s:s, s:s, s:b, s:o}", "id", (json_int_t)p->id, "email",
	    p->email, "name", p->name, "organisation", p->organisation, "enabled", p->enabled,
	    "roles", grants_value(p->grants.ptr, p->grants.len));
}

int account_api_people(struct visit *v, struct err *err)
{
	AUTO_ACCOUNT_PEOPLE struct account_people people = {0};
	AUTO_JSON json_t *all = json_array();

	if (account_list(&v->portal->accounts, &v->q->memory, &people, err) < 0)
		return -1;
	for (size_t i = 0; i < people.all.len; i++)
		json_array_append_new(all, person_value(&people.all.ptr[i]));
	return visit_json(v, all, err);
}

int account_api_person(struct visit *v, struct err *err)
{
	AUTO_ACCOUNT_PEOPLE struct account_people people = {0};
	AUTO_JSON json_t *body = NULL;
	int64_t id;

	if (!view_to_i64(v->params[0], &id))
		return visit_not_found(v, err);
	if (account_list(&v->portal->accounts, &v->q->memory, &people, err) < 0)
		return -1;
	for (size_t i = 0; i < people.all.len; i++)
		if (people.all.ptr[i].id == id)
			body = person_value(&people.all.ptr[i]);
	return body ? visit_json(v, body, err) : visit_not_found(v, err);
}

int account_api_act(struct visit *v, struct err *err)
{
	int64_t id;

	if (!view_to_i64(v->params[0], &id))
		return visit_not_found(v, err);
	if (visit_take_body(v, err) < 0)
		return -1;
	if (account_act_on(v, id, v->params[1], err) < 0)
		return err->code == ERR_USAGE ? visit_not_found(v, err) : -1;
	return account_api_person(v, err);
}

int account_api_invitations(struct visit *v, struct err *err)
{
	struct account_invitations list = {0};
	AUTO_JSON json_t *all = json_array();
	int status = account_list_invitations(&v->portal->accounts, v->q->now, &v->q->memory, &list,
	    err);

	for (size_t i = 0; i < list.all.len; i++) {
		const struct account_invitation *n = &list.all.ptr[i];

		json_array_append_new(all,
		    json_pack("{s:I, s:s, s:s, s:s, s:s, s:o}", "id", (json_int_t)n->id, "email",
			n->email, "name", n->name, "role",
			role_name(n->role ? n->role : ROLE_APPLICANT), "scope", n->scope, "until",
			account_time(n->expires_at)));
	}
	vec_clear(&list.all);
	return status < 0 ? -1 : visit_json(v, all, err);
}

int account_api_invite(struct visit *v, struct err *err)
{
	if (visit_take_body(v, err) < 0)
		return -1;
	if (account_invite_typed(v, err) < 0) {
		if (err->code == ERR_USAGE)
			v->r->status = 409;
		return -1;
	}
	v->r->status = 201;
	return account_api_invitations(v, err);
}

int account_api_withdraw(struct visit *v, struct err *err)
{
	int64_t id;

	if (!view_to_i64(v->params[0], &id))
		return visit_not_found(v, err);
	if (account_withdraw(&v->portal->accounts, &v->act, id, err) < 0)
		return err->code == ERR_USAGE ? visit_not_found(v, err) : -1;
	return account_api_invitations(v, err);
}
