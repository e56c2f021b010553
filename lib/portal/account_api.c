#include "portal/account.h"

#include "account/admin.h"
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

int account_api_people(struct visit *v, struct err *err)
{
	AUTO_ACCOUNT_PEOPLE struct account_people people = {0};
	AUTO_JSON json_t *all = json_array();

	if (account_list(&v->portal->accounts, &v->q->memory, &people, err) < 0)
		return -1;
	for (size_t i = 0; i < people.all.len; i++) {
		const struct account_person *p = &people.all.ptr[i];

		json_array_append_new(all,
		    json_pack("{s:I, s:s, s:s, s:s, s:b, s:o}", "id", (json_int_t)p->id, "email",
			p->email, "name", p->name, "organisation", p->organisation, "enabled",
			p->enabled, "roles", grants_value(p->grants.ptr, p->grants.len)));
	}
	return visit_json(v, all, err);
}
