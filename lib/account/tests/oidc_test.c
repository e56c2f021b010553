#include "people.h"

#include "account/oidc.h"
#include "account/oidc_web.h"
#include "issuer.h"

static struct issuer issuer;
static struct oidc_conf conf;
static struct oidc_provider *provider;

static void be_honest(void)
{
	issuer.algorithm = "RS256";
	issuer.subject = "somebody";
	issuer.email = "";
	issuer.name = "Some Body";
	issuer.acr = NULL;
	issuer.lie = HONEST;
	issuer.proved_s = 0;
	issuer.unverified = issuer.email_elsewhere = issuer.says_iss = issuer.posts = false;
	issuer.about_other = false;
	conf = (struct oidc_conf){
	    .issuer = issuer.url,
	    .client = "hub",
	    .secret = "s3cret/+",
	    .scope = "openid email profile",
	    .acr = "eidas1",
	    .strong = "eidas2 eidas3",
	    .origin = "https://hub.example",
	};
	oidc_provider_free(&provider);
	provider = oidc_provider_new(&conf);
}

static int open_all(void **state)
{
	issuer_open(&issuer);
	be_honest();
	return open_store(state);
}

static int close_all(void **state)
{
	oidc_provider_free(&provider);
	issuer_close(&issuer);
	return close_store(state);
}

static void read_field(const char *url, const char *name, char *ret, size_t size)
{
	AUTO_FREE char *mark = str_format("&%s=", name);
	const char *at = strstr(url, mark);

	assert_non_null(at);
	at += strlen(mark);
	snprintf(ret, size, "%.*s", (int)strcspn(at, "&"), at);
}

/* There: the provider remembers what it was asked, and makes a code. */
struct trip {
	char state[64];
	char code[32];
};

static struct trip go(enum oidc_purpose purpose, const char *cookie, int64_t account,
    int64_t invitation)
{
	AUTO_STR struct str url = {0};
	static int number;
	struct account_act by = act(account, NULL);
	struct oidc_start s = {purpose, VIEW(cookie), account, invitation, VIEW("/desk"), "fr", ""};
	struct trip t;
	struct err err = {0};

	issuer.now_s = now / second;
	if (account_oidc_start(&accounts, provider, &by, &s, &url, &err) < 0)
		fail_msg("%s", err.msg);
	assert_true(view_starts(str_view(&url), VIEW(issuer.url)));
	assert_non_null(strstr(str_get(&url), "/authorize?response_type=code&client_id=hub&"));
	assert_non_null(strstr(str_get(&url), "&code_challenge_method=S256&acr_values=eidas1"));
	assert_non_null(strstr(str_get(&url),
	    "&redirect_uri=https%3A%2F%2Fhub.example%2Foidc%2Freturn&"));
	assert_int_equal(strstr(str_get(&url), "&prompt=login&max_age=0") != NULL,
	    purpose == OIDC_CONFIRM || purpose == OIDC_LINK);
	read_field(str_get(&url), "state", t.state, sizeof(t.state));
	assert_true(strlen(t.state) >= 32);
	read_field(str_get(&url), "nonce", issuer.nonce, sizeof(issuer.nonce));
	read_field(str_get(&url), "code_challenge", issuer.challenge, sizeof(issuer.challenge));
	snprintf(t.code, sizeof(t.code), "code-%d", number++);
	memcpy(issuer.code, t.code, sizeof(t.code));
	return t;
}

/* And back: 0, or the code of the error. */
static int come_back(const struct trip *t, const char *cookie, struct oidc_outcome *ret)
{
	struct account_act by = act(0, NULL);
	struct oidc_return r = {.cookie = VIEW(cookie),
	    .state = VIEW(t->state),
	    .code = VIEW(t->code),
	    .agent = VIEW("test")};
	struct err err = {0};

	if (issuer.says_iss)
		r.iss = VIEW(issuer.url);
	return account_oidc_finish(&accounts, provider, &by, &r, &memory, ret, &err) < 0
	           ? (int)err.code
	           : 0;
}

/* A person whose account is linked to `subject`. */
static void join_linked(struct person *p, const char *name, const char *subject)
{
	struct oidc_outcome o;
	struct trip t;

	join(p, name, (enum role)0, "");
	issuer.subject = subject;
	t = go(OIDC_LINK, p->session.text, p->id, 0);
	assert_int_equal(come_back(&t, p->session.text, &o), 0);
	assert_string_equal(o.next, "/desk");
	assert_string_equal(o.language, "fr");
}

static int sign_in_by(struct person *p, struct oidc_outcome *o)
{
	struct trip t = go(OIDC_SIGN_IN, "browser", 0, 0);
	int status = come_back(&t, "browser", o);

	if (status == 0)
		p->session = o->session;
	return status;
}

/* Every algorithm; the code of ours is still asked for, unless the level is strong. */
static void a_linked_person_signs_in(void **state)
{
	static const char *const algorithms[] = {"RS256", "PS256", "ES256", "EdDSA"};
	AUTO_PERSON struct person p = {0};
	struct oidc_outcome o;

	(void)state;
	be_honest();
	join_linked(&p, "anna", "sub-anna");
	for (size_t i = 0; i < 2 * ARRAY_LEN(algorithms); i++) {
		issuer.algorithm = algorithms[i / 2];
		issuer.acr = i % 2 ? "eidas2" : "eidas1";
		issuer.posts = i > 3;
		oidc_provider_free(&provider);
		provider = oidc_provider_new(&conf);
		assert_int_equal(sign_in_by(&p, &o), 0);
		look(&p);
		assert_int_equal(o.whole, i % 2);
		assert_int_equal(p.who.factors, i % 2 ? 2 : 1);
		assert_string_equal(p.who.acr, issuer.acr);
		assert_string_equal(p.who.name, "anna");
	}
}

static void the_level_stays_with_the_session(void **state)
{
	AUTO_PERSON struct person p = {0};
	AUTO_STR struct str token = {0};
	struct account_act by = act(0, NULL);
	struct account_token half;
	struct oidc_outcome o;
	struct err err = {0};

	(void)state;
	be_honest();
	join_linked(&p, "berta", "sub-berta");
	issuer.acr = "eidas1";
	assert_int_equal(sign_in_by(&p, &o), 0);
	half = p.session;
	now += 60 * second;
	by.at = now;
	assert_int_equal(account_give_code(&accounts, &by, VIEW(half.text), code_at(&p, now),
			     VIEW(""), &p.session, &err),
	    0);
	look(&p);
	assert_int_equal(p.who.factors, 2);
	assert_string_equal(p.who.acr, "eidas1");
	assert_int_equal(account_oidc_token(&accounts, p.id, VIEW(p.session.text), &token, &err),
	    1);
	assert_int_equal(strncmp(str_get(&token), "eyJ", 3), 0);
	assert_string_equal(oidc_level(&memory, "eidas1"), "low");
	assert_string_equal(oidc_level(&memory, "eidas3"), "high");
	assert_string_equal(oidc_level(&memory, "unheard of"), "");
}

/* ASVS 10.5.1, 10.5.2, 10.5.3, 10.5.4; Core 3.1.3.7, RFC 8725: one lie at a time. */
static void every_lie_is_refused(void **state)
{
	AUTO_PERSON struct person p = {0};
	struct oidc_outcome o;

	(void)state;
	be_honest();
	join_linked(&p, "carla", "sub-carla");
	issuer.acr = "eidas2";
	for (int lie = HONEST + 1; lie < LIES; lie++) {
		issuer.lie = (enum issuer_lie)lie;
		if (sign_in_by(&p, &o) != ERR_DENIED)
			fail_msg("lie %d was believed", lie);
		assert_string_equal(o.session.text, "");
		now += 31 * second;
	}
	issuer.lie = HONEST;
	assert_int_equal(sign_in_by(&p, &o), 0);
}

/* ASVS 10.2.1. Code and state work once, for the browser that began (RFC 6749, 10.12; RFC 9700). */
static void what_was_begun_elsewhere_is_refused(void **state)
{
	AUTO_PERSON struct person p = {0};
	struct oidc_outcome o;
	struct trip t, other;

	(void)state;
	be_honest();
	join_linked(&p, "dora", "sub-dora");
	t = go(OIDC_SIGN_IN, "browser", 0, 0);
	assert_int_equal(come_back(&t, "another browser", &o), ERR_DENIED); /* forged sign-in */
	assert_int_equal(come_back(&t, "browser", &o), 0);
	assert_int_equal(come_back(&t, "browser", &o), ERR_DENIED); /* replayed */
	t = go(OIDC_SIGN_IN, "browser", 0, 0);
	memcpy(t.state, "AAAA", 4);
	assert_int_equal(come_back(&t, "browser", &o), ERR_DENIED);
	other = go(OIDC_SIGN_IN, "browser", 0, 0);
	t = go(OIDC_SIGN_IN, "browser", 0, 0);
	memcpy(other.code, t.code, sizeof(t.code)); /* another's code injected: PKCE, nonce */
	assert_int_equal(come_back(&other, "browser", &o), ERR_DENIED);
	t = go(OIDC_SIGN_IN, "browser", 0, 0);
	now += 10 * 60 * second;
	assert_int_equal(come_back(&t, "browser", &o), ERR_DENIED);
}

/* ASVS 10.2.2; RFC 9207: mix-up. */
static void an_answer_of_another_provider_is_refused(void **state)
{
	AUTO_PERSON struct person p = {0};
	struct account_act by;
	struct oidc_outcome o;
	struct oidc_return r = {.cookie = VIEW_LIT("browser")};
	struct err err = {0};
	struct trip t;

	(void)state;
	be_honest();
	join_linked(&p, "emma", "sub-emma");
	for (int way = 0; way < 3; way++) {
		be_honest();
		issuer.subject = "sub-emma";
		issuer.says_iss = way < 2;
		t = go(OIDC_SIGN_IN, "browser", 0, 0);
		by = act(0, NULL);
		r.state = VIEW(t.state);
		r.code = VIEW(t.code);
		r.iss = way == 1 ? VIEW_NONE : VIEW("https://other.example");
		assert_int_equal(
		    account_oidc_finish(&accounts, provider, &by, &r, &memory, &o, &err), -1);
		assert_int_equal(err.code, ERR_DENIED);
		assert_string_equal(issuer.code, t.code); /* nothing was sent to anybody */
	}
	issuer.says_iss = true;
	assert_int_equal(sign_in_by(&p, &o), 0);
	be_honest();
	issuer.about_other = true;
	assert_int_equal(oidc_authorization_url(provider,
			     &(struct oidc_request){"s", "n", "v", "", false}, now,
			     &(struct str){0}, &err),
	    -1);
}

static void nobody_is_let_in_by_an_address(void **state)
{
	AUTO_PERSON struct person p = {0};
	struct oidc_outcome o;

	(void)state;
	be_honest();
	join(&p, "fanny", (enum role)0, "");
	issuer.subject = "a stranger";
	issuer.email = p.email;
	issuer.acr = "eidas3";
	assert_int_equal(sign_in_by(&p, &o), ERR_USAGE);
	conf.open = true;
	assert_int_equal(sign_in_by(&p, &o), ERR_USAGE); /* there is an account with it */
}

/* ASVS 6.8.1. */
static void an_identity_is_one_persons(void **state)
{
	AUTO_PERSON struct person p = {0}, q = {0};
	struct account_act by;
	struct oidc_outcome o;
	struct oidc_link l;
	struct trip t;
	struct err err = {0};

	(void)state;
	be_honest();
	join_linked(&p, "gaby", "sub-gaby");
	join(&q, "hanna", (enum role)0, "");
	t = go(OIDC_LINK, q.session.text, q.id, 0);
	assert_int_equal(come_back(&t, q.session.text, &o), ERR_USAGE);
	t = go(OIDC_LINK, q.session.text, q.id, 0);
	assert_int_equal(come_back(&t, p.session.text, &o), ERR_DENIED); /* swapped */
	assert_int_equal(account_oidc_linked(&accounts, p.id, issuer.url, &l, &err), 0);
	assert_true(l.created_at > 0);
	by = act(p.id, p.who.session);
	assert_int_equal(account_oidc_unlink(&accounts, &by, issuer.url, &err), 0);
	assert_int_equal(account_oidc_linked(&accounts, p.id, issuer.url, &l, &err), 0);
	assert_int_equal(l.created_at, 0);
	assert_int_equal(sign_in_by(&p, &o), ERR_USAGE);
}

static void a_closed_account_stays_closed(void **state)
{
	AUTO_PERSON struct person p = {0};
	struct account_act by;
	struct oidc_outcome o;
	struct err err = {0};

	(void)state;
	be_honest();
	join_linked(&p, "ida", "sub-ida");
	by = act(0, NULL);
	assert_int_equal(account_enable(&accounts, &by, p.id, false, &err), 0);
	assert_int_equal(sign_in_by(&p, &o), ERR_USAGE);
	assert_int_equal(account_enable(&accounts, &by, p.id, true, &err), 0);
	assert_int_equal(account_reset(&accounts, &by, p.id, NULL, &err), 0);
	assert_int_equal(sign_in_by(&p, &o), ERR_USAGE);
}

/* ASVS 6.8.4. */
static void a_strong_level_confirms(void **state)
{
	AUTO_PERSON struct person p = {0};
	struct oidc_outcome o;
	struct trip t;

	(void)state;
	be_honest();
	join_linked(&p, "jana", "sub-jana");
	now += 11 * 60 * second;
	look(&p);
	assert_false(account_is_fresh(&p.who, now));
	issuer.acr = "eidas1";
	t = go(OIDC_CONFIRM, p.session.text, p.id, 0);
	assert_int_equal(come_back(&t, p.session.text, &o), ERR_USAGE);
	issuer.acr = "eidas3";
	issuer.subject = "sub-anna";
	t = go(OIDC_CONFIRM, p.session.text, p.id, 0);
	assert_int_equal(come_back(&t, p.session.text, &o), ERR_DENIED);
	issuer.subject = "sub-jana";
	t = go(OIDC_CONFIRM, p.session.text, p.id, 0);
	assert_int_equal(come_back(&t, p.session.text, &o), ERR_USAGE);
	issuer.proved_s = now / second - 3600;
	t = go(OIDC_CONFIRM, p.session.text, p.id, 0);
	assert_int_equal(come_back(&t, p.session.text, &o), ERR_USAGE);
	issuer.proved_s = now / second;
	t = go(OIDC_CONFIRM, p.session.text, p.id, 0);
	assert_int_equal(come_back(&t, p.session.text, &o), 0);
	p.session = o.session;
	look(&p);
	assert_true(account_is_fresh(&p.who, now));
}

static struct account_token invite(const char *email, struct account_invitation *i)
{
	struct account_act by = act(0, NULL);
	struct account_token link;
	struct err err = {0};

	assert_int_equal(account_invite(&accounts, &by,
			     &(struct account_invitee){VIEW(email), VIEW("Invited One"), "en", 0,
				 ROLE_OFFICER, VIEW_NONE, false},
			     &link, &err),
	    0);
	assert_int_equal(
	    account_find_invitation(&accounts, VIEW(link.text), now, &memory, i, &err), 1);
	return link;
}

static int accept_by(struct person *p, const struct account_token *link, struct view code,
    const char *cookie)
{
	struct account_act by = act(0, NULL);
	struct err err = {0};
	struct account_acceptance with = {.token = VIEW(link->text),
	    .code = code,
	    .agent = VIEW("test"),
	    .provider = &conf,
	    .cookie = VIEW(cookie)};

	return account_accept(&accounts, &by, &with, &p->session, p->codes, &err) < 0
	           ? (int)err.code
	           : 0;
}

/* The address must be vouched for and the invitation's; then no password is needed. */
static void an_invitation_is_accepted_with_the_provider(void **state)
{
	AUTO_PERSON struct person p = {0}, q = {0};
	struct account_invitation i;
	struct account_token link;
	struct oidc_outcome o;
	struct trip t;

	(void)state;
	be_honest();
	snprintf(p.email, sizeof(p.email), "invited-%c@x.example", test_place[0]);
	link = invite(p.email, &i);
	issuer.subject = "sub-invited";
	issuer.email = "somebody@else.example";
	t = go(OIDC_INVITED, "browser", 0, i.id);
	assert_int_equal(come_back(&t, "browser", &o), ERR_USAGE);
	issuer.email = p.email;
	issuer.unverified = true;
	t = go(OIDC_INVITED, "browser", 0, i.id);
	assert_int_equal(come_back(&t, "browser", &o), ERR_USAGE);
	assert_int_equal(accept_by(&p, &link, VIEW("000000"), "browser"), ERR_DENIED);
	issuer.unverified = false;
	issuer.email_elsewhere = true; /* only the userinfo tells it */
	t = go(OIDC_INVITED, "browser", 0, i.id);
	assert_int_equal(come_back(&t, "browser", &o), 0);
	memcpy(p.seed, i.seed, TOTP_SEED);
	assert_int_equal(accept_by(&p, &link, VIEW(""), "browser"), ERR_DENIED); /* eidas1 */
	assert_int_equal(accept_by(&p, &link, code_at(&p, now), "browser"), 0);
	look(&p);
	assert_int_equal(p.who.factors, 2);
	assert_true(p.who.roles & ROLE_OFFICER);
	assert_int_equal(sign_in_with(&p, "", code_at(&p, now)), 0); /* it has no password */
	assert_int_equal(sign_in_by(&p, &o), 0);

	snprintf(q.email, sizeof(q.email), "strong-%c@x.example", test_place[0]);
	link = invite(q.email, &i);
	issuer.subject = "sub-strong";
	issuer.email = q.email;
	issuer.acr = "eidas2";
	t = go(OIDC_INVITED, "browser", 0, i.id);
	assert_int_equal(come_back(&t, "browser", &o), 0);
	assert_int_equal(accept_by(&q, &link, VIEW(""), "another browser"), ERR_DENIED);
	assert_int_equal(accept_by(&q, &link, VIEW(""), "browser"), 0);
	look(&q);
	assert_string_equal(q.who.acr, "eidas2");
	{
		struct account_act by = act(q.id, q.who.session);
		struct err err = {0};

		assert_int_equal(account_oidc_unlink(&accounts, &by, issuer.url, &err), -1);
		assert_int_equal(err.code, ERR_USAGE);
	}
	issuer.acr = "eidas1"; /* weaker this time: the recovery code is its second factor */
	assert_int_equal(sign_in_by(&q, &o), 0);
	assert_false(o.whole);
}

static void an_open_hub_invites_whom_the_provider_knows(void **state)
{
	AUTO_PERSON struct person p = {0};
	struct oidc_outcome o;
	struct account_token link;

	(void)state;
	be_honest();
	conf.open = true;
	issuer.subject = "sub-open";
	snprintf(p.email, sizeof(p.email), "open-%c@x.example", test_place[0]);
	issuer.email = p.email;
	issuer.acr = "eidas3";
	assert_int_equal(sign_in_by(&p, &o), 0);
	assert_string_equal(o.session.text, "");
	assert_true(view_starts(VIEW(o.next), VIEW_LIT("/invitation/")));
	snprintf(link.text, sizeof(link.text), "%s", o.next + strlen("/invitation/"));
	assert_int_equal(accept_by(&p, &link, VIEW(""), "browser"), 0);
	look(&p);
	assert_string_equal(p.who.name, "Some Body");
	assert_int_equal(p.who.roles, ROLE_PUBLIC | ROLE_APPLICANT);
}

/* Keys change; who does not know one asks again, but not each time. */
static void keys_are_kept_and_renewed(void **state)
{
	AUTO_PERSON struct person p = {0};
	struct oidc_outcome o;
	int before;

	(void)state;
	be_honest();
	join_linked(&p, "katia", "sub-katia");
	before = issuer.asked_keys;
	for (int i = 0; i < 5; i++)
		assert_int_equal(sign_in_by(&p, &o), 0);
	assert_int_equal(issuer.asked_keys, before);
	snprintf(issuer.renamed, sizeof(issuer.renamed), "-2");
	assert_int_equal(sign_in_by(&p, &o), ERR_DENIED); /* asked a moment ago */
	now += 31 * second;
	assert_int_equal(sign_in_by(&p, &o), 0);
	assert_int_equal(issuer.asked_keys, before + 1);
	issuer.lie = OWN_KEY; /* names that nobody knows do not make us ask all the time */
	for (int i = 0; i < 5; i++)
		assert_int_equal(sign_in_by(&p, &o), ERR_DENIED);
	assert_int_equal(issuer.asked_keys, before + 1);
	issuer.renamed[0] = '\0';
}

static void one_signs_out_there_too(void **state)
{
	AUTO_STR struct str url = {0};
	struct err err = {0};

	(void)state;
	be_honest();
	assert_int_equal(oidc_logout_url(provider, VIEW("ID.TO.KEN"), "st", now, &url, &err), 0);
	assert_non_null(strstr(str_get(&url),
	    "/out?realm=1&id_token_hint=ID.TO.KEN&post_logout_redirect_uri="
	    "https%3A%2F%2Fhub.example%2Foidc%2Fout&state=st"));
}

static void addresses_are_judged(void **state)
{
	static const struct {
		const char *url;
		bool right;
	} all[] = {
	    {"https://login.example/realm", true},
	    {"http://127.0.0.1:8080/x", true},
	    {"http://localhost/x", true},
	    {"http://[::1]:80/", true},
	    {"http://login.example/", false},
	    {"http://localhost.evil.example/", false},
	    {"http://127.0.0.1@evil.example/", false},
	    {"https://a@evil.example/", false},
	    {"https://", false},
	    {"ftp://login.example", false},
	    {"file:///etc/passwd", false},
	    {"https://a b", false},
	    {"javascript:alert(1)", false},
	    {"", false},
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		if (oidc_is_address(VIEW(all[i].url)) != all[i].right)
			fail_msg("%s", all[i].url);
}

static void every_act_is_in_the_log(void **state)
{
	static const char *const acts[] = {"account.link", "account.unlink", "account.sign_in",
	    "account.confirm", "account.recognise", "account.accept"};
	AUTO_STR struct str all = {0};
	struct err err = {0};

	(void)state;
	check_log(acts, ARRAY_LEN(acts));
	assert_int_equal(store_read(accounts.store, dump, &all, &err), 0);
	assert_non_null(strstr(str_get(&all), "\"acr\":\"eidas2\",\"level\":\"substantial\""));
	assert_non_null(strstr(str_get(&all), "the token answers another request"));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(a_linked_person_signs_in, open_all),
	    cmocka_unit_test(the_level_stays_with_the_session),
	    cmocka_unit_test(every_lie_is_refused),
	    cmocka_unit_test(what_was_begun_elsewhere_is_refused),
	    cmocka_unit_test(an_answer_of_another_provider_is_refused),
	    cmocka_unit_test(nobody_is_let_in_by_an_address),
	    cmocka_unit_test(an_identity_is_one_persons),
	    cmocka_unit_test(a_closed_account_stays_closed),
	    cmocka_unit_test(a_strong_level_confirms),
	    cmocka_unit_test(an_invitation_is_accepted_with_the_provider),
	    cmocka_unit_test(an_open_hub_invites_whom_the_provider_knows),
	    cmocka_unit_test(keys_are_kept_and_renewed),
	    cmocka_unit_test(one_signs_out_there_too),
	    cmocka_unit_test(addresses_are_judged),
	    cmocka_unit_test_teardown(every_act_is_in_the_log, close_all),
	};

	return sodium_init() < 0 ? 1 : run_on_both_stores(tests, ARRAY_LEN(tests));
}
