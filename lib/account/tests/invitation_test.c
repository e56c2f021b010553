#include "people.h"

/* The token of the newest mail that waits. */
struct waiting {
	struct str text;
	int count;
};

static void str_clear_waiting(struct waiting *w)
{
	str_clear(&w->text);
}

static int read_mail(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *r = NULL;
	struct waiting *w = arg;
	int more;

	if (store_query(&r, tx, "mail/records/mail.sql:due",
		STORE_ARGS(store_int(INT64_MAX), store_int(INT64_MAX)),
		err) < 0)
		return -1;
	while ((more = store_next(r, err)) > 0) {
		AUTO_FREE char *bound = str_format("mail/%d", (int)store_number(r, 0));

		str_reset(&w->text);
		w->count++;
		if (secret_unseal(&w->text, key, VIEW(bound), store_view(r, 2), err) < 0)
			return -1;
	}
	return more;
}

static void deliver_all(void)
{
	struct err err = {0};
	int sent;

	do {
		if (mail_deliver(accounts.store, &accounts.mail, INT64_MAX / 4, &sent, &err) < 0)
			fail_msg("%s", err.msg);
	} while (sent > 0);
}

/* The text of a mail: base64 behind an empty line. */
static char *mail_text(const struct waiting *w)
{
	static char text[4096];
	const char *body = strstr(str_get(&w->text), "\r\n\r\n") + 4;
	size_t len;

	assert_int_equal(sodium_base642bin((unsigned char *)text, sizeof(text) - 1, body,
			     strlen(body), "\r\n", &len, NULL, sodium_base64_VARIANT_ORIGINAL),
	    0);
	text[len] = '\0';
	return text;
}

/* ASVS 6.4.3: a mail's link and a code set a new password; the link works once. */
static void a_forgotten_password_needs_mail_and_code(void **state)
{
	AUTO_PERSON struct person p = {0};
	struct account_act by;
	AUTO(str_clear_waiting)
	struct waiting w = {0};
	struct account_who who;
	struct err err = {0};
	char token[44] = {0};

	(void)state;
	join(&p, "lena", (enum role)0, "");
	deliver_all();
	by = act(0, NULL);
	assert_int_equal(account_ask_reset(&accounts, &by, VIEW("nobody@y.example"), &err), 0);
	assert_int_equal(account_ask_reset(&accounts, &by, VIEW(p.email), &err), 0);
	assert_int_equal(account_answer_resets(&accounts, now, &err), 0);
	assert_int_equal(store_read(accounts.store, read_mail, &w, &err), 0);
	assert_int_equal(w.count, 1);
	assert_non_null(strstr(mail_text(&w), "Bonjour lena"));
	memcpy(token, strstr(mail_text(&w), "https://hub.example/fr/password/") + 32, 43);
	assert_int_equal(account_find_reset(&accounts, VIEW(token), now, &memory, &who, &err), 1);
	assert_int_equal(account_find_reset(&accounts, VIEW(token), now + 3601 * second, &memory,
			     &who, &err),
	    0);
	by.at = now += 60 * second;
	assert_int_equal(account_set_password(&accounts, &by, VIEW(token),
			     VIEW("a password made new"), VIEW("00000"), &err),
	    -1);
	assert_int_equal(account_set_password(&accounts, &by, VIEW(token),
			     VIEW("a password made new"), code_at(&p, now), &err),
	    0);
	assert_false(is_alive(&p.session));
	assert_int_equal(account_set_password(&accounts, &by, VIEW(token),
			     VIEW("a password made new"), code_at(&p, now + 30 * second), &err),
	    -1);
	now += 60 * second;
	assert_int_equal(sign_in_with(&p, "a password made new", code_at(&p, now)), 2);
}

/* ASVS 6.4.4: a lost factor means being invited again. */
static void an_account_is_made_anew(void **state)
{
	AUTO_PERSON struct person p = {0};
	struct account_act by;
	struct account_token link;
	struct account_invitation i;
	struct err err = {0};
	int64_t id;

	(void)state;
	join(&p, "mona", ROLE_OFFICER, "");
	id = p.id;
	by = act(id, NULL);
	assert_int_equal(account_reset(&accounts, &by, id, &link, &err), -1);
	by = act(0, NULL);
	assert_int_equal(account_reset(&accounts, &by, id, &link, &err), 0);
	assert_false(is_alive(&p.session));
	assert_int_equal(sign_in(&p), 0);
	assert_int_equal(
	    account_find_invitation(&accounts, VIEW(link.text), now, &memory, &i, &err), 1);
	assert_int_not_equal(memcmp(i.seed, p.seed, TOTP_SEED), 0);
	memcpy(p.seed, i.seed, TOTP_SEED);
	by = act(0, NULL);
	assert_int_equal(account_accept(&accounts, &by,
			     &(struct account_acceptance){.token = VIEW(link.text),
				 .password = VIEW(PASSWORD),
				 .code = code_at(&p, now)},
			     &p.session, p.codes, &err),
	    0);
	look(&p);
	assert_int_equal(p.id, id);
	assert_true(p.who.roles & ROLE_OFFICER);
}

static void an_invitation_works_once_and_not_for_ever(void **state)
{
	struct account_act by = act(0, NULL);
	struct account_invitee who = {VIEW("Nina@X.Example"), VIEW("Nina"), "en", 0, (enum role)0,
	    VIEW(""), false};
	struct account_token first, second_one, session;
	struct account_invitation i;
	struct account_invitations list = {0};
	char codes[ACCOUNT_RECOVERY_CODES][ACCOUNT_RECOVERY_SIZE];
	struct person p = {0};
	struct err err = {0};

	(void)state;
	assert_int_equal(account_invite(&accounts, &by, &who, &first, &err), 0);
	assert_int_equal(account_invite(&accounts, &by, &who, &second_one, &err), 0);
	/* What an applicant asks, or a stranger, ends no invitation of an administrator. */
	who.by_anybody = true;
	assert_int_equal(account_invite(&accounts, &by, &who, NULL, &err), 0);
	assert_int_equal(
	    account_find_invitation(&accounts, VIEW(second_one.text), now, &memory, &i, &err), 1);
	who.by_anybody = false;
	assert_int_equal(
	    account_find_invitation(&accounts, VIEW(first.text), now, &memory, &i, &err), 0);
	assert_int_equal(account_find_invitation(&accounts, VIEW(second_one.text),
			     now + ACCOUNT_INVITED_S * second, &memory, &i, &err),
	    0);
	assert_int_equal(
	    account_find_invitation(&accounts, VIEW(second_one.text), now, &memory, &i, &err), 1);
	assert_string_equal(i.email, "nina@x.example");
	memcpy(p.seed, i.seed, TOTP_SEED);
	assert_int_equal(account_list_invitations(&accounts, now, &memory, &list, &err), 0);
	assert_int_equal(list.all.len, 1);
	vec_clear(&list.all);
	assert_int_equal(account_accept(&accounts, &by,
			     &(struct account_acceptance){.token = VIEW(second_one.text),
				 .password = VIEW(PASSWORD),
				 .code = VIEW("00000")},
			     &session, codes, &err),
	    -1);
	for (int n = 0; n < 2; n++)
		assert_int_equal(account_accept(&accounts, &by,
				     &(struct account_acceptance){.token = VIEW(second_one.text),
					 .password = VIEW(PASSWORD),
					 .code = code_at(&p, now)},
				     &session, codes, &err),
		    n == 0 ? 0 : -1);
	assert_int_equal(account_invite(&accounts, &by, &who, &first, &err), -1);
	assert_int_equal(err.code, ERR_USAGE);
	who.email = VIEW("o@x.example");
	assert_int_equal(account_invite(&accounts, &by, &who, &first, &err), 0);
	assert_int_equal(
	    account_find_invitation(&accounts, VIEW(first.text), now, &memory, &i, &err), 1);
	assert_int_equal(account_withdraw(&accounts, &by, i.id, &err), 0);
	assert_int_equal(
	    account_find_invitation(&accounts, VIEW(first.text), now, &memory, &i, &err), 0);
	assert_int_equal(account_withdraw(&accounts, &by, i.id, &err), -1);
}

static void what_cannot_be_is_refused(void **state)
{
	static const char *const addresses[] = {"", "@", "a@", "@b", "a b@c", "a@b@c", "a@b\n",
	    "a<b@c", "a,b@c", "é@c", "\"a\"@c"};
	static const char *const scopes[] = {"committee", "committee/", "planet/x", "project/a b",
	    "project/a/b", "/", "project/\""};
	struct account_act by = act(0, NULL);
	struct account_invitee who = {VIEW(""), VIEW("P"), "en", 0, ROLE_MEMBER, VIEW(""), false};
	struct err err = {0};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(addresses); i++) {
		bool trims = view_eq(VIEW(addresses[i]), VIEW("a@b\n"));

		who.email = VIEW(addresses[i]);
		assert_int_equal(account_invite(&accounts, &by, &who, NULL, &err), trims ? 0 : -1);
	}
	who.email = VIEW("p@x.example");
	for (size_t i = 0; i < ARRAY_LEN(scopes); i++) {
		who.scope = VIEW(scopes[i]);
		assert_int_equal(account_invite(&accounts, &by, &who, NULL, &err), -1);
		assert_int_equal(err.code, ERR_FORMAT);
	}
}

static void tokens_act_within_their_scopes(void **state)
{
	AUTO_PERSON struct person p = {0}, q = {0};
	struct account_token t;
	struct account_who who;
	struct account_tokens list = {0};
	struct account_act by;
	struct err err = {0};

	(void)state;
	join(&p, "rita", ROLE_OFFICER, "");
	join(&q, "sara", (enum role)0, "");
	by = act(p.id, p.who.session);
	assert_int_equal(account_make_token(&accounts, &by, VIEW("script"),
			     VIEW("desk:read register:write"), 30, &t, &err),
	    0);
	assert_memory_equal(t.text, "hygie_", 6);
	assert_int_equal(account_find_token(&accounts, VIEW(t.text), now, &memory, &who, &err), 1);
	assert_int_equal(who.id, p.id);
	assert_true(who.roles & ROLE_OFFICER);
	assert_true(account_scopes_allow(VIEW(who.scopes), VIEW("desk"), false));
	assert_false(account_scopes_allow(VIEW(who.scopes), VIEW("desk"), true));
	assert_true(account_scopes_allow(VIEW(who.scopes), VIEW("register"), true));
	assert_true(account_scopes_allow(VIEW(who.scopes), VIEW("register"), false));
	assert_false(account_scopes_allow(VIEW(who.scopes), VIEW("reg"), false));
	assert_false(account_scopes_allow(VIEW(who.scopes), VIEW(""), false));
	assert_false(account_is_fresh(&who, now));
	account_who_clear(&who);
	assert_int_equal(account_list_tokens(&accounts, p.id, now, &memory, &list, &err), 0);
	assert_int_equal(list.all.len, 1);
	by = act(q.id, q.who.session);
	assert_int_equal(account_end_token(&accounts, &by, list.all.ptr[0].id, &err), 0);
	assert_int_equal(account_find_token(&accounts, VIEW(t.text), now, &memory, &who, &err), 1);
	account_who_clear(&who);
	assert_int_equal(account_find_token(&accounts, VIEW(t.text), now + 30 * 86400 * second,
			     &memory, &who, &err),
	    0);
	by = act(p.id, p.who.session);
	assert_int_equal(account_end_token(&accounts, &by, list.all.ptr[0].id, &err), 0);
	assert_int_equal(account_find_token(&accounts, VIEW(t.text), now, &memory, &who, &err), 0);
	vec_clear(&list.all);
	assert_int_equal(account_make_token(&accounts, &by, VIEW("x"), VIEW("desk"), 30, &t, &err),
	    -1);
	assert_int_equal(account_make_token(&accounts, &by, VIEW("x"), VIEW(""), 30, &t, &err), -1);
	assert_int_equal(
	    account_make_token(&accounts, &by, VIEW(""), VIEW("desk:read"), 30, &t, &err), -1);
	assert_int_equal(
	    account_make_token(&accounts, &by, VIEW("x"), VIEW("desk:read"), 366, &t, &err), -1);
}

/* ASVS 8.3.1, 8.4: nobody raises themselves. */
static void rights_are_given_by_others(void **state)
{
	AUTO_PERSON struct person p = {0}, q = {0};
	AUTO_ACCOUNT_PEOPLE struct account_people people = {0};
	struct account_act by;
	struct err err = {0};
	size_t seen = 0;

	(void)state;
	join(&p, "tina", ROLE_ADMIN, "");
	join(&q, "ute", (enum role)0, "");
	by = act(p.id, p.who.session);
	assert_int_equal(
	    account_grant(&accounts, &by, p.id, ROLE_AUDITOR, VIEW(""), true, &err), -1);
	assert_int_equal(err.code, ERR_DENIED);
	assert_int_equal(account_enable(&accounts, &by, p.id, false, &err), -1);
	assert_int_equal(account_grant(&accounts, &by, q.id, ROLE_ANALYST, VIEW("project/p1"), true,
			     &err),
	    0);
	assert_int_equal(
	    account_grant(&accounts, &by, q.id, ROLE_PUBLIC, VIEW(""), true, &err), -1);
	assert_int_equal(account_grant(&accounts, &by, 999999, ROLE_ANALYST, VIEW(""), true, &err),
	    -1);
	look(&q);
	assert_true(account_may(&q.who, ROLE_ANALYST, VIEW("project/p1")));
	assert_int_equal(account_list(&accounts, &memory, &people, &err), 0);
	for (size_t i = 0; i < people.all.len; i++)
		if (people.all.ptr[i].id == q.id) {
			seen++;
			assert_int_equal(people.all.ptr[i].grants.len, 1);
			assert_string_equal(people.all.ptr[i].grants.ptr[0].scope, "project/p1");
		}
	assert_int_equal(seen, 1);
	assert_int_equal(account_grant(&accounts, &by, q.id, ROLE_ANALYST, VIEW("project/p1"),
			     false, &err),
	    0);
	look(&q);
	assert_false(q.who.roles & ROLE_ANALYST);
}

static void organisations_have_one_name_each(void **state)
{
	struct account_act by = act(0, NULL);
	struct err err = {0};
	int64_t a, b, c;

	(void)state;
	assert_int_equal(account_organisation(&accounts, &by, VIEW("CHU A"), &a, &err), 0);
	assert_int_equal(account_organisation(&accounts, &by, VIEW(" CHU A "), &b, &err), 0);
	assert_int_equal(account_organisation(&accounts, &by, VIEW("CHU B"), &c, &err), 0);
	assert_int_equal(a, b);
	assert_int_not_equal(a, c);
	assert_int_equal(account_organisation(&accounts, &by, VIEW(" "), &c, &err), -1);
}

/* ASVS 16.2.1: every act is in the log. */
static void every_act_is_in_the_log(void **state)
{
	static const char *const acts[] = {
	    "account.ask_reset",
	    "account.password_reset",
	    "account.reset",
	    "account.withdraw",
	    "account.token",
	    "account.token_end",
	    "account.grant",
	    "account.revoke",
	    "account.organisation",
	};

	(void)state;
	check_log(acts, ARRAY_LEN(acts));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(a_forgotten_password_needs_mail_and_code, open_store),
	    cmocka_unit_test(an_account_is_made_anew),
	    cmocka_unit_test(an_invitation_works_once_and_not_for_ever),
	    cmocka_unit_test(what_cannot_be_is_refused),
	    cmocka_unit_test(tokens_act_within_their_scopes),
	    cmocka_unit_test(rights_are_given_by_others),
	    cmocka_unit_test(organisations_have_one_name_each),
	    cmocka_unit_test_teardown(every_act_is_in_the_log, close_store),
	};

	return sodium_init() < 0 ? 1 : run_on_both_stores(tests, ARRAY_LEN(tests));
}
