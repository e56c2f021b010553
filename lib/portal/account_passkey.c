#include "portal/account.h"

#include "account/key.h"
#include "account/session.h"
#include "base/base64.h"
#include "portal/inside.h"

#include <sodium.h>

static const char not_accepted[] = "key";

static void set_bytes(json_t *object, const char *name, struct view bytes)
{
	size_t size = BASE64URL_SIZE(bytes.len);
	AUTO_FREE char *text = mem_alloc(size);

	base64url_encode(text, size, bytes.ptr, bytes.len);
	json_object_set_new(object, name, json_string(text));
}

/* What a form's hidden field holds; VIEW_NONE when it is not base64url. */
static struct view read_bytes(struct visit *v, const char *field)
{
	struct view text = http_form(v->q, field);
	char *bytes;
	int64_t len;

	if (text.len == 0 || text.len > 2 * (size_t)WEBAUTHN_PART_MAX)
		return VIEW_NONE;
	bytes = arena_alloc(&v->q->memory, text.len);
	len = base64url_decode(bytes, text.len, text);
	return len < 0 ? VIEW_NONE : (struct view){bytes, (size_t)len};
}

static struct account_key_answer read_answer(struct visit *v)
{
	return (struct account_key_answer){
	    .cookie = v->cookie,
	    .agent = http_header(v->q, "User-Agent"),
	    .answer =
		{
		    .id = read_bytes(v, "id"),
		    .client_data = read_bytes(v, "client"),
		    .attestation = read_bytes(v, "attestation"),
		    .authenticator = read_bytes(v, "authenticator"),
		    .signature = read_bytes(v, "signature"),
		    .user = read_bytes(v, "user"),
		},
	};
}

void account_offer_key(struct visit *v)
{
	struct webauthn_site site;

	json_object_set_new(v->model, "keys_possible",
	    json_boolean(webauthn_site_of(&site, v->hub->conf.origin)));
	visit_set(v, "key_script", VIEW(v->portal->script_name));
}

static json_t *credentials(const struct account_keys *keys)
{
	json_t *all = json_array();

	for (size_t i = 0; i < keys->all.len; i++) {
		json_t *one = json_pack("{s:s}", "type", "public-key");

		set_bytes(one, "id", keys->all.ptr[i].credential);
		json_array_append_new(all, one);
	}
	return all;
}

/* PublicKeyCredentialCreationOptions (section 5.4), bytes as base64url. */
static json_t *creation(struct visit *v, const struct account_question *q, const char *rp_id,
    const struct account_keys *known)
{
	json_t *user = json_pack("{s:s, s:s}", "name", v->who.email, "displayName", v->who.name);

	set_bytes(user, "id", (struct view){(const char *)q->user, sizeof(q->user)});
	return json_pack("{s:{s:s, s:s}, s:o, s:[{s:s, s:i}, {s:s, s:i}, {s:s, s:i}], s:i, s:s, "
			 "s:{s:s, s:s}, s:o}",
	    "rp", "id", rp_id, "name", v->hub->conf.name[v->language], "user", user,
	    "pubKeyCredParams", "type", "public-key", "alg", -7, "type", "public-key", "alg", -8,
	    "type", "public-key", "alg", -257, "timeout", ACCOUNT_CHALLENGE_S * 1000,
	    "attestation", "none", "authenticatorSelection", "residentKey", "preferred",
	    "userVerification", "preferred", "excludeCredentials", credentials(known));
}

/* PublicKeyCredentialRequestOptions (section 5.5). */
static json_t *request(const char *rp_id, const struct account_keys *known, bool alone)
{
	return json_pack("{s:s, s:i, s:s, s:o}", "rpId", rp_id, "timeout",
	    ACCOUNT_CHALLENGE_S * 1000, "userVerification", alone ? "required" : "preferred",
	    "allowCredentials", credentials(known));
}

static int answer_question(struct visit *v, enum key_purpose purpose, int64_t account,
    struct err *err)
{
	AUTO_ACCOUNT_KEYS struct account_keys known = {0};
	AUTO_JSON json_t *options = NULL;
	struct accounts *a = &v->portal->accounts;
	struct account_question q;
	struct webauthn_site site;

	if (!webauthn_site_of(&site, v->hub->conf.origin))
		return visit_not_found(v, err);
	if ((account && account_list_keys(a, account, &v->q->memory, &known, err) < 0) ||
	    account_ask_key(a, &v->act, purpose, v->cookie, account, &q, err) < 0)
		return -1;
	options = purpose == KEY_ADD ? creation(v, &q, site.rp_id, &known)
	                             : request(site.rp_id, &known, purpose == KEY_SIGN_IN);
	set_bytes(options, "challenge",
	    (struct view){(const char *)q.challenge, sizeof(q.challenge)});
	return visit_json(v, options, err);
}

int account_do_question(struct visit *v, struct err *err)
{
	struct view purpose = http_form(v->q, "purpose");

	if (view_eq(purpose, VIEW_LIT("sign-in")))
		return answer_question(v, KEY_SIGN_IN, 0, err);
	if (view_eq(purpose, VIEW_LIT("confirm")) && v->who.id)
		return answer_question(v, KEY_CONFIRM, v->who.id, err);
	if (view_eq(purpose, VIEW_LIT("add")) && v->account &&
	    account_is_fresh(&v->who, v->q->now))
		return answer_question(v, KEY_ADD, v->account, err);
	return err_set(err, ERR_USAGE, "nothing that a key can answer");
}

int account_do_passkey(struct visit *v, struct err *err)
{
	struct account_key_answer with = read_answer(v);
	struct account_token token;

	if (account_sign_in_key(&v->portal->accounts, &v->act, &with, &token, err) < 0) {
		if (!account_was_refused(v, err))
			return -1;
		account_fault(v, not_accepted);
		return account_page_sign_in(v, err);
	}
	entry_set_session(v, token.text);
	visit_go(v, account_next(v));
	return 0;
}

int account_do_key(struct visit *v, struct err *err)
{
	struct account_key_answer with = read_answer(v);
	struct account_token token;

	if (!v->who.id) {
		entry_go(v, "/sign-in", VIEW(account_next(v)));
		return 0;
	}
	if (account_give_key(&v->portal->accounts, &v->act, &with, &token, err) < 0) {
		if (!account_was_refused(v, err))
			return -1;
		account_fault(v, not_accepted);
		return account_page_code(v, err);
	}
	entry_set_session(v, token.text);
	visit_go(v, account_next(v));
	return 0;
}

int account_page_keys(struct visit *v, struct err *err)
{
	AUTO_ACCOUNT_KEYS struct account_keys keys = {0};
	json_t *all = json_array();
	int status = account_list_keys(&v->portal->accounts, v->account, &v->q->memory, &keys,
	    err);

	for (size_t i = 0; i < keys.all.len; i++) {
		const struct account_key *k = &keys.all.ptr[i];

		json_array_append_new(all,
		    json_pack("{s:I, s:s, s:b, s:o, s:o, s:b}", "id", (json_int_t)k->id, "name",
			k->name, "alone", k->verified, "since", account_time(k->created_at),
			"seen", k->used_at ? account_time(k->used_at) : json_string(""),
			"suspect", k->suspect_at != 0));
	}
	visit_set_list(v, "key_table", "keys", all);
	account_offer_key(v);
	json_object_set_new(v->model, "fresh",
	    json_boolean(account_is_fresh(&v->who, v->q->now)));
	return status < 0 ? -1 : visit_page(v, "account-keys", err);
}

/* Of the errors that a person can do something about: the page again, and why. */
static int tell(struct visit *v, struct err *err)
{
	const char *fault = err->code == ERR_USAGE    ? "key_known"
	                    : err->code == ERR_LIMIT  ? "key_limit"
	                    : err->code == ERR_FORMAT ? "key_name"
	                    : err->code == ERR_DENIED ? not_accepted
	                                              : NULL;

	if (!fault)
		return -1;
	*err = (struct err){0};
	account_fault(v, fault);
	return account_page_keys(v, err);
}

int account_do_add_key(struct visit *v, struct err *err)
{
	struct account_key_answer with = read_answer(v);

	if (!account_is_confirmed(v, "/account/keys"))
		return 0;
	if (account_add_key(&v->portal->accounts, &v->act, &with, http_form(v->q, "name"), err) < 0)
		return tell(v, err);
	visit_go(v, "/account/keys");
	return 0;
}

static int64_t key_of(const struct visit *v)
{
	int64_t id;

	return view_to_i64(http_form(v->q, "key"), &id) ? id : 0;
}

int account_do_rename_key(struct visit *v, struct err *err)
{
	if (account_rename_key(&v->portal->accounts, &v->act, key_of(v), http_form(v->q, "name"),
		err) < 0 &&
	    err->code != ERR_USAGE)
		return tell(v, err);
	*err = (struct err){0};
	visit_go(v, "/account/keys");
	return 0;
}

int account_do_remove_key(struct visit *v, struct err *err)
{
	if (!account_is_confirmed(v, "/account/keys"))
		return 0;
	if (account_remove_key(&v->portal->accounts, &v->act, key_of(v), err) < 0 &&
	    err->code != ERR_USAGE)
		return -1;
	*err = (struct err){0};
	visit_go(v, "/account/keys");
	return 0;
}
