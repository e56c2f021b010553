/* Pages of accounts: signing in, what is one's own, what administrators do. */
#ifndef PORTAL_ACCOUNT_H
#define PORTAL_ACCOUNT_H

#include "portal/entry.h"

/* account_sign_in.c */
visit_handler account_page_sign_in, account_do_sign_in, account_page_code, account_do_code,
    account_do_sign_out;
/* account_mended.c: by a link in a mail */
visit_handler account_page_forgotten, account_do_forgotten, account_page_reset, account_do_reset,
    account_page_invitation, account_do_invitation;
/* account_own.c */
/* To where the work of this person is. */
visit_handler account_start;
visit_handler account_page_own, account_page_sessions, account_do_end_session,
    account_page_password, account_do_password, account_do_recovery;
/* account_passkey.c */
visit_handler account_do_question, account_do_passkey, account_do_key, account_page_keys,
    account_do_add_key, account_do_rename_key, account_do_remove_key;
/* account_oidc.c */
visit_handler account_do_oidc, account_do_oidc_invited, account_do_oidc_link,
    account_do_oidc_unlink, account_do_oidc_confirm, account_oidc_back, account_oidc_out;
/* account_tokens.c */
visit_handler account_page_tokens, account_do_token, account_do_end_token;
/* account_admin.c */
visit_handler account_page_people, account_page_person, account_do_person, account_do_invite,
    account_do_withdraw;
/* account_api.c */
visit_handler account_api_own, account_api_people, account_api_person, account_api_act,
    account_api_invitations, account_api_invite, account_api_withdraw;
/* account_api_entry.c */
visit_handler account_api_invitation, account_api_accept, account_api_tokens, account_api_token,
    account_api_end_token;

/* Invites whom the fields name. ERR_USAGE: there is such an account; ERR_FORMAT. */
MUST_CHECK int account_invite_typed(struct visit *v, struct err *err);
/* enable, disable, reset, grant, revoke; role and scope are fields. ERR_USAGE: no such account. */
MUST_CHECK int account_act_on(struct visit *v, int64_t id, struct view what, struct err *err);
/* The fields of this name, as scopes of a token. */
void account_join_scopes(const struct visit *v, const char *field, struct str *ret);
/* What is wrong with the form: shown above it, status 422. */
void account_fault(struct visit *v, const char *fault);
/* Is the password one that may be? If not, says why. */
bool account_judge_password(struct visit *v, struct view password, const char *email,
    const char *name);
/* The codes, once. */
int account_show_recovery(struct visit *v, char (*codes)[ACCOUNT_RECOVERY_SIZE], struct err *err);
/* false: a code must be given first; the visitor is on the way to that page, and then to `back`. */
bool account_is_confirmed(struct visit *v, const char *back);
/* hub.conf's provider. */
MUST_CHECK int account_open_provider(struct portal *p, struct err *err);
/* Of one's own page: is it linked, and at what level is one signed in. */
MUST_CHECK int account_show_provider(struct visit *v, struct err *err);
/* Sets "provider", its name, where there is one. */
void account_offer_provider(struct visit *v);
/* Who came back from the provider for this invitation: 1, 0; ret_strong: no code is needed. */
MUST_CHECK int account_recognised(struct visit *v, int64_t invitation, bool *ret_strong,
    struct err *err);
/* Before the session ends: where to sign out too; "" for nowhere. */
MUST_CHECK int account_provider_exit(struct visit *v, struct str *ret_url, struct err *err);
/* A page that sends the browser to another site, which a form may not. */
MUST_CHECK int account_leave_for(struct visit *v, struct view url, bool out, struct err *err);
/* What a page needs that has a form for keys. */
void account_offer_key(struct visit *v);
/* "2026-01-31T09:05Z" of microseconds, for {{#on}} and the API. */
json_t *account_time(int64_t at);
/* A path of this site that a form names, or "/account". */
const char *account_next(struct visit *v);
/* The role in the visitor's language. */
struct view account_role_label(const struct visit *v, enum role role);
/* Did the work fail because the person was refused? Then say so and carry on. */
bool account_was_refused(struct visit *v, struct err *err);

#endif
