/* An identifier that a browser brings is never the one it is signed in under. */
#include "people.h"

enum { TOKEN = 43 }; /* characters of an identifier */

/* As somebody who wants to know the identifier would plant it. */
static const char planted[] = "PLANTEDxPLANTEDxPLANTEDxPLANTEDxPLANTEDxPLA";

static const char *code_of(const unsigned char seed[TOTP_SEED])
{
	static char code[TOTP_DIGITS + 1];

	totp_code(code, TOTP_DIGITS, TOTP_SHA1, (struct view){(const char *)seed, TOTP_SEED},
	    now / second / TOTP_STEP_S);
	return code;
}

/* The identifier of the answer's cookie; "" when it sets none. */
static void read_cookie(const struct answer *a, char ret[ACCOUNT_TOKEN_SIZE])
{
	const char *set = header(a, "Set-Cookie");

	snprintf(ret, ACCOUNT_TOKEN_SIZE, "%.*s", TOKEN,
	    strncmp(set, "hygie=", 6) == 0 ? set + 6 : "");
}

/* Whose the identifier is: 0: nobody's. ret_factors: how far. */
static int64_t owner(const char *token, int *ret_factors)
{
	struct account_who who;
	struct err err = {0};
	int64_t id;

	assert_true(account_find_session(&portal->accounts, VIEW(token), now, &memory, &who,
			&err) >= 0);
	id = who.id;
	*ret_factors = who.factors;
	account_who_clear(&who);
	return id;
}

static void must_be(const char *token, int64_t account, int factors)
{
	int found = 0;

	assert_int_equal(owner(token, &found), account);
	if (account)
		assert_int_equal(found, factors);
}

struct field {
	const char *name, *value;
};

/* Reads the page and sends its form, as a browser that has this cookie; its next cookie. */
static void send_form(const char *path, const char *cookie, const struct field *fields,
    char ret_cookie[ACCOUNT_TOKEN_SIZE])
{
	AUTO_ANSWER struct answer page = {0}, sent = {0};
	char csrf[64];
	int status;

	add_cookie(&page, cookie);
	assert_int_equal(ask(&page, HTTP_GET, path), 200);
	assert_string_equal(header(&page, "Set-Cookie"), ""); /* it has one */
	read_csrf(&page, csrf, sizeof(csrf));
	add_cookie(&sent, cookie);
	add_field(&sent, "csrf", csrf);
	for (; fields->name; fields++)
		add_field(&sent, fields->name, fields->value);
	status = ask(&sent, HTTP_POST, path);
	if (status != 303 && status != 200)
		fail_msg("%s: %d", path, status);
	read_cookie(&sent, ret_cookie);
	assert_int_equal(strlen(ret_cookie), TOKEN);
	assert_string_not_equal(ret_cookie, cookie);
}

static void sign_in_from(const char *cookie, const struct person *p, const char *code,
    char ret[ACCOUNT_TOKEN_SIZE])
{
	const struct field password[] = {{"email", p->email}, {"password", PASSWORD}, {0}};
	const struct field second_factor[] = {{"code", code}, {0}};
	char half[ACCOUNT_TOKEN_SIZE];

	send_form("/en/sign-in", cookie, password, half);
	must_be(half, p->id, 1);
	send_form("/en/sign-in/code", half, second_factor, ret);
	must_be(half, 0, 0); /* what was known before the code opens nothing behind it */
	must_be(ret, p->id, 2);
}

/* ASVS 7.2.4. */
static void what_nobody_gave_is_not_taken(void **state)
{
	const struct person *p = &people[2];
	char token[ACCOUNT_TOKEN_SIZE];

	(void)state;
	now += 3600 * second;
	sign_in_from(planted, p, code_of(p->seed), token);
	must_be(planted, 0, 0);
}

/* ASVS 7.2.4: the planted one is a session that lives: its owner's it stays, and no other's. */
static void another_persons_session_is_not_taken(void **state)
{
	const struct person *p = &people[2], *other = &people[3];
	char token[ACCOUNT_TOKEN_SIZE];
	struct session theirs;

	(void)state;
	now += 3600 * second;
	sign_in_as(&theirs, other, true);
	sign_in_from(theirs.token.text, p, code_of(p->seed), token);
	must_be(theirs.token.text, other->id, 2);
}

/* A code that is given again, before what is sensitive. */
static void a_second_code_gives_another(void **state)
{
	const struct person *p = &people[2];
	char token[ACCOUNT_TOKEN_SIZE];
	struct session s;

	(void)state;
	now += 3600 * second;
	sign_in_as(&s, p, false);
	send_form("/en/sign-in/code", s.token.text,
	    (const struct field[]){{"code", code_of(p->seed)}, {0}}, token);
	must_be(s.token.text, 0, 0);
	must_be(token, p->id, 2);
}

static void a_wrong_code_gives_none(void **state)
{
	AUTO_ANSWER struct answer page = {0}, sent = {0};
	const struct person *p = &people[2];
	const struct field password[] = {{"email", p->email}, {"password", PASSWORD}, {0}};
	char half[ACCOUNT_TOKEN_SIZE], csrf[64];

	(void)state;
	now += 3600 * second;
	send_form("/en/sign-in", planted, password, half);
	add_cookie(&page, half);
	assert_int_equal(ask(&page, HTTP_GET, "/en/sign-in/code"), 200);
	read_csrf(&page, csrf, sizeof(csrf));
	add_cookie(&sent, half);
	add_field(&sent, "csrf", csrf);
	add_field(&sent, "code", "00000");
	assert_int_equal(ask(&sent, HTTP_POST, "/en/sign-in/code"), 422);
	assert_string_equal(header(&sent, "Set-Cookie"), "");
	must_be(half, p->id, 1);
}

static void an_invitation_gives_its_own(void **state)
{
	struct account_act by = act(0);
	struct account_invitee who = {.email = VIEW_LIT("fresh@x.example"),
	    .name = VIEW_LIT("Applicant One"),
	    .language = "en"};
	struct account_invitation i;
	struct account_token link;
	char token[ACCOUNT_TOKEN_SIZE], path[128];
	struct err err = {0};
	int64_t id;

	(void)state;
	now += 3600 * second;
	by = act(0);
	assert_int_equal(account_invite(&portal->accounts, &by, &who, &link, &err), 0);
	assert_int_equal(account_find_invitation(&portal->accounts, VIEW(link.text), now, &memory,
			     &i, &err),
	    1);
	const struct field form[] = {{"name", "Applicant One"}, {"password", PASSWORD},
	    {"again", PASSWORD}, {"code", code_of(i.seed)}, {0}};

	snprintf(path, sizeof(path), "/en/invitation/%s", link.text);
	send_form(path, planted, form, token);
	assert_int_equal(account_find(&portal->accounts, who.email, &id, &err), 0);
	must_be(token, id, 2);
	must_be(planted, 0, 0);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(what_nobody_gave_is_not_taken, open_portal),
	    cmocka_unit_test(another_persons_session_is_not_taken),
	    cmocka_unit_test(a_second_code_gives_another),
	    cmocka_unit_test(a_wrong_code_gives_none),
	    cmocka_unit_test_teardown(an_invitation_gives_its_own, close_people),
	};

	return sodium_init() < 0 ? 1 : run_on_both_stores(tests, ARRAY_LEN(tests));
}
