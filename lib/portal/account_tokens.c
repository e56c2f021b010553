#include "portal/account.h"

#include "account/token.h"
#include "portal/inside.h"

/* The areas of the API, from its routes. */
static void add_areas(struct visit *v)
{
	json_t *all = json_array(), *seen = json_object();

	for (size_t i = 0; i < route_count; i++) {
		struct view rest = VIEW(routes[i].pattern), area = VIEW_NONE;
		AUTO_FREE char *name = NULL;

		(void)view_next(&rest, '/', &area);
		if (routes[i].kind != ROUTE_API || routes[i].who & ROLE_PUBLIC ||
		    !view_next(&rest, '/', &area))
			continue;
		name = str_format("%.*s", VIEW_ARG(area));
		if (json_object_get(seen, name))
			continue;
		json_object_set_new(seen, name, json_true());
		json_array_append_new(all, json_pack("{s:s}", "area", name));
	}
	json_decref(seen);
	json_object_set_new(v->model, "areas", all);
}

int account_page_tokens(struct visit *v, struct err *err)
{
	struct account_tokens list = {0};
	json_t *all = json_array();
	int status = account_list_tokens(&v->portal->accounts, v->account, v->q->now, &v->q->memory,
	    &list, err);

	for (size_t i = 0; i < list.all.len; i++) {
		const struct account_token_row *t = &list.all.ptr[i];

		json_array_append_new(all,
		    json_pack("{s:I, s:s, s:s, s:o, s:o}", "id", (json_int_t)t->id, "name", t->name,
			"scopes", t->scopes, "until", account_time(t->expires_at), "seen",
			t->seen_at ? account_time(t->seen_at) : json_null()));
	}
	vec_clear(&list.all);
	json_object_set_new(v->model, "tokens", all);
	add_areas(v);
	return status < 0 ? -1 : visit_page(v, "account-tokens", err);
}

void account_join_scopes(const struct visit *v, const char *field, struct str *ret)
{
	for (size_t i = 0; i < v->q->form.all.len; i++)
		if (view_eq(v->q->form.all.ptr[i].name, VIEW(field)))
			str_addf(ret, "%s%.*s", ret->len ? " " : "",
			    VIEW_ARG(v->q->form.all.ptr[i].value));
}

int account_do_token(struct visit *v, struct err *err)
{
	AUTO_STR struct str scopes = {0};
	struct account_token token;
	int64_t days;

	if (!account_is_confirmed(v, "/account/tokens"))
		return 0;
	account_join_scopes(v, "scope", &scopes);
	if (!view_to_i64(http_form(v->q, "days"), &days) || days < 1 ||
	    days > ACCOUNT_TOKEN_DAYS_MAX)
		days = 0;
	if (account_make_token(&v->portal->accounts, &v->act, http_form(v->q, "name"),
		str_view(&scopes), (int)days, &token, err) < 0) {
		if (err->code != ERR_FORMAT)
			return -1;
		*err = (struct err){0};
		account_fault(v, "token");
	} else {
		visit_set(v, "token", VIEW(token.text));
	}
	return account_page_tokens(v, err);
}

int account_do_end_token(struct visit *v, struct err *err)
{
	int64_t id;

	if (!view_to_i64(http_form(v->q, "id"), &id))
		return visit_not_found(v, err);
	if (account_end_token(&v->portal->accounts, &v->act, id, err) < 0)
		return -1;
	visit_go(v, "/account/tokens");
	return 0;
}
