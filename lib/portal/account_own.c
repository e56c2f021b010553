#include "portal/account.h"

#include "account/session.h"
#include "portal/desk_letter.h"
#include "portal/inside.h"

static const struct {
	enum role role;
	const char *label;
} labels[] = {
    {ROLE_APPLICANT, "Applicant"},
    {ROLE_OFFICER, "Desk officer"},
    {ROLE_MEMBER, "Committee member"},
    {ROLE_CHAIR, "Committee chair"},
    {ROLE_AUTHORITY, "Authority"},
    {ROLE_HOLDER, "Data holder"},
    {ROLE_MANAGER, "Data manager"},
    {ROLE_ANALYST, "Analyst"},
    {ROLE_CHECKER, "Output checker"},
    {ROLE_AUDITOR, "Auditor"},
    {ROLE_ADMIN, "Administrator"},
};

struct view account_role_label(const struct visit *v, enum role role)
{
	for (size_t i = 0; i < ARRAY_LEN(labels); i++)
		if (labels[i].role == role)
			return visit_text(v, labels[i].label);
	return VIEW_LIT("");
}

int account_page_own(struct visit *v, struct err *err)
{
	json_t *roles = json_array();
	int64_t codes;

	if (account_count_recovery(&v->portal->accounts, v->account, &codes, err) < 0)
		return -1;
	for (size_t i = 0; i < v->who.grants.len; i++) {
		const struct account_grant *g = &v->who.grants.ptr[i];
		struct view label = account_role_label(v, g->role);

		json_array_append_new(roles, json_pack("{s:s%, s:s}", "label", label.ptr, label.len,
						 "scope", g->scope));
	}
	json_object_set_new(v->model, "roles", roles);
	visit_set(v, "email", VIEW(v->who.email));
	json_object_set_new(v->model, "codes_left", json_integer(codes));
	if (letters_show_choice(v, err) < 0)
		return -1;
	return account_show_provider(v, err) < 0 ? -1 : visit_page(v, "account-own", err);
}

int account_page_sessions(struct visit *v, struct err *err)
{
	struct account_sessions list = {0};
	json_t *all = json_array();
	int status = account_list_sessions(&v->portal->accounts, v->account, v->q->now,
	    &v->q->memory, &list, err);

	for (size_t i = 0; i < list.all.len; i++) {
		const struct account_session *s = &list.all.ptr[i];

		json_array_append_new(all,
		    json_pack("{s:s, s:s, s:s, s:o, s:o, s:b}", "id", s->public_id, "address",
			s->address, "agent", s->agent, "since", account_time(s->created_at), "seen",
			account_time(s->seen_at), "here",
			strcmp(s->public_id, v->who.session) == 0));
	}
	vec_clear(&list.all);
	json_object_set_new(v->model, "sessions", all);
	return status < 0 ? -1 : visit_page(v, "account-sessions", err);
}

int account_do_end_session(struct visit *v, struct err *err)
{
	struct view id = http_form(v->q, "id");
	const char *one = id.len ? arena_strdup(&v->q->memory, id) : NULL;

	if (account_end_session(&v->portal->accounts, &v->act, one, err) < 0)
		return -1;
	visit_go(v, "/account/sessions");
	return 0;
}

int account_page_password(struct visit *v, struct err *err)
{
	visit_set(v, "email", VIEW(v->who.email));
	return visit_page(v, "account-password", err);
}

int account_do_password(struct visit *v, struct err *err)
{
	struct view password = http_form(v->q, "password");

	if (!account_judge_password(v, password, v->who.email, v->who.name))
		return account_page_password(v, err);
	if (account_change_password(&v->portal->accounts, &v->act, http_form(v->q, "old"),
		password, err) < 0)
		return account_was_refused(v, err) ? account_page_password(v, err) : -1;
	visit_go(v, "/account");
	return 0;
}

int account_do_recovery(struct visit *v, struct err *err)
{
	char codes[ACCOUNT_RECOVERY_CODES][ACCOUNT_RECOVERY_SIZE];

	if (!account_is_confirmed(v, "/account"))
		return 0;
	return account_renew_recovery(&v->portal->accounts, &v->act, codes, err) < 0
	           ? -1
	           : account_show_recovery(v, codes, err);
}
