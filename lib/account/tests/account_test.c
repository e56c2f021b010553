#include "people.h"

static void an_invited_person_signs_in(void **state)
{
	AUTO_PERSON struct person p = {0};
	struct account_token before;

	(void)state;
	join(&p, "anna", ROLE_MEMBER, "committee/esnd");
	assert_string_equal(p.who.name, "anna");
	assert_int_equal(p.who.roles, ROLE_PUBLIC | ROLE_APPLICANT);
	assert_true(account_may(&p.who, ROLE_MEMBER, VIEW("committee/esnd")));
	assert_false(account_may(&p.who, ROLE_MEMBER, VIEW("committee/other")));
	assert_false(account_may(&p.who, ROLE_OFFICER, VIEW("committee/esnd")));
	assert_true(account_is_fresh(&p.who, now));
	before = p.session;
	assert_int_equal(sign_in(&p), 2);
	assert_true(is_alive(&p.session));
	assert_true(is_alive(&before)); /* another browser */
}

/* ASVS 6.3.8: an address that nobody has, a wrong password and a closed account are the same. */
static void refusals_do_not_tell_why(void **state)
{
	AUTO_PERSON struct person p = {0}, closed = {0};
	struct account_act by = act(0, NULL);
	struct account_token half;
	struct err nobody = {0}, wrong = {0}, shut = {0}, err = {0};

	(void)state;
	join(&p, "berta", (enum role)0, "");
	join(&closed, "carla", (enum role)0, "");
	assert_int_equal(account_enable(&accounts, &by, closed.id, false, &err), 0);
	assert_int_equal(account_sign_in(&accounts, &by, VIEW("nobody@x.example"), VIEW(PASSWORD),
			     VIEW(""), &half, &nobody),
	    -1);
	assert_int_equal(account_sign_in(&accounts, &by, VIEW(p.email), VIEW("not this one, no"),
			     VIEW(""), &half, &wrong),
	    -1);
	assert_int_equal(account_sign_in(&accounts, &by, VIEW(closed.email), VIEW(PASSWORD),
			     VIEW(""), &half, &shut),
	    -1);
	assert_memory_equal(&nobody, &wrong, sizeof(nobody));
	assert_memory_equal(&nobody, &shut, sizeof(nobody));
}

/* ASVS 6.5.1: a code works once; RFC 6238: one step before and behind. */
static void a_code_works_once(void **state)
{
	AUTO_PERSON struct person p = {0};
	char code[TOTP_DIGITS + 1];

	(void)state;
	join(&p, "dora", (enum role)0, "");
	now += 60 * second;
	snprintf(code, sizeof(code), "%.6s", code_at(&p, now).ptr);
	assert_int_equal(sign_in_with(&p, PASSWORD, VIEW(code)), 2);
	assert_int_equal(sign_in_with(&p, PASSWORD, VIEW(code)), 1);
	assert_int_equal(sign_in_with(&p, PASSWORD, code_at(&p, now - 30 * second)), 1);
	assert_int_equal(sign_in_with(&p, PASSWORD, code_at(&p, now + 60 * second)), 1);
	assert_int_equal(sign_in_with(&p, PASSWORD, code_at(&p, now + 30 * second)), 2);
}

/* ASVS 6.5.2, 6.5.3: recovery codes work once each, and are kept as hashes. */
static void a_recovery_code_works_once(void **state)
{
	AUTO_PERSON struct person p = {0};
	struct account_act by;
	char fresh[ACCOUNT_RECOVERY_CODES][ACCOUNT_RECOVERY_SIZE], typed[64] = {0};
	struct err err = {0};
	int64_t left;

	(void)state;
	join(&p, "emma", (enum role)0, "");
	assert_int_equal(strlen(p.codes[0]), 29);
	for (size_t i = 0, n = 0; i < 29; i++)
		if (p.codes[3][i] != '-')
			typed[n++] = (char)(p.codes[3][i] | 0x20); /* small, without dashes */
	assert_int_equal(sign_in_with(&p, PASSWORD, VIEW(typed)), 2);
	assert_int_equal(sign_in_with(&p, PASSWORD, VIEW(typed)), 1);
	assert_int_equal(sign_in_with(&p, PASSWORD, VIEW("AAAA-AAAA-AAAA-AAAA-AAAA-AAAA")), 1);
	assert_int_equal(account_count_recovery(&accounts, p.id, &left, &err), 0);
	assert_int_equal(left, 9);
	by = act(p.id, p.who.session);
	assert_int_equal(account_renew_recovery(&accounts, &by, fresh, &err), 0);
	assert_int_equal(sign_in_with(&p, PASSWORD, VIEW(p.codes[4])), 1);
	assert_int_equal(sign_in_with(&p, PASSWORD, VIEW(fresh[9])), 2);
}

/* ASVS 6.3.1: guessing is slowed down, for accounts that exist and for those that do not. */
static void guessing_waits_longer_and_longer(void **state)
{
	AUTO_PERSON struct person p = {0}, ghost = {0};
	struct person *both[] = {&p, &ghost};

	(void)state;
	join(&p, "fanny", (enum role)0, "");
	snprintf(ghost.email, sizeof(ghost.email), "ghost-%c@x.example", test_place[0]);
	now += 60 * second;
	for (int b = 0; b < 2; b++)
		for (int i = 0; i < 5; i++)
			assert_int_equal(sign_in_with(both[b], "wrong wrong wrong", VIEW("")), 0);
	assert_int_equal(sign_in_with(&p, PASSWORD, code_at(&p, now)), 0);
	now += 2 * second;
	assert_int_equal(sign_in_with(&p, "wrong wrong wrong", VIEW("")), 0);
	now += 3 * second;
	assert_int_equal(sign_in_with(&p, PASSWORD, code_at(&p, now)), 0);
	now += second;
	assert_int_equal(sign_in_with(&p, PASSWORD, code_at(&p, now)), 2);
	/* forgotten once it was right */
	assert_int_equal(sign_in_with(&p, "wrong wrong wrong", VIEW("")), 0);
	assert_int_equal(sign_in(&p), 2);
}

static void codes_are_not_guessed(void **state)
{
	AUTO_PERSON struct person p = {0};
	struct account_act by;
	struct account_token half, next;
	struct err err = {0};

	(void)state;
	join(&p, "gaby", (enum role)0, "");
	now += 60 * second;
	by = act(0, NULL);
	assert_int_equal(account_sign_in(&accounts, &by, VIEW(p.email), VIEW(PASSWORD), VIEW(""),
			     &half, &err),
	    0);
	for (int i = 0; i < 5; i++)
		assert_int_equal(account_give_code(&accounts, &by, VIEW(half.text), VIEW("00000"),
				     VIEW(""), &next, &err),
		    -1);
	assert_int_equal(account_give_code(&accounts, &by, VIEW(half.text), code_at(&p, now),
			     VIEW(""), &next, &err),
	    -1);
	by.at = now += 2 * second;
	assert_int_equal(account_give_code(&accounts, &by, VIEW(half.text), code_at(&p, now),
			     VIEW(""), &next, &err),
	    0);
}

/* ASVS 7.2.3 (128 bits), 7.2.4 (rotated), 7.3.1 and 7.3.2 (they end). */
static void sessions_rotate_and_end(void **state)
{
	AUTO_PERSON struct person p = {0};
	struct account_act by;
	struct account_token half, whole, fresh;
	struct err err = {0};

	(void)state;
	join(&p, "hanna", (enum role)0, "");
	now += 60 * second;
	by = act(0, NULL);
	assert_int_equal(account_sign_in(&accounts, &by, VIEW(p.email), VIEW(PASSWORD), VIEW(""),
			     &half, &err),
	    0);
	assert_int_equal(strlen(half.text), 43); /* 256 bits in base64 */
	p.session = half;
	look(&p);
	assert_int_equal(p.who.factors, 1);
	assert_int_equal(p.who.roles, ROLE_PUBLIC);
	assert_int_equal(account_give_code(&accounts, &by, VIEW(half.text), code_at(&p, now),
			     VIEW(""), &whole, &err),
	    0);
	assert_false(is_alive(&half));
	now += 11 * 60 * second;
	p.session = whole;
	look(&p);
	assert_false(account_is_fresh(&p.who, now));
	by.at = now;
	assert_int_equal(account_give_code(&accounts, &by, VIEW(whole.text), code_at(&p, now),
			     VIEW(""), &fresh, &err),
	    0);
	assert_false(is_alive(&whole));
	p.session = fresh;
	look(&p);
	assert_true(account_is_fresh(&p.who, now));
	for (int64_t t = 11; t < 12 * 60; t += 29, now += 29 * 60 * second)
		assert_true(is_alive(&fresh)); /* used again and again ... */
	assert_false(is_alive(&fresh));        /* ... until twelve hours after the sign-in */
	assert_int_equal(sign_in(&p), 2);
	now += 31 * 60 * second;
	assert_false(is_alive(&p.session));
	by.at = now; /* nor does a code wake it */
	assert_int_equal(account_give_code(&accounts, &by, VIEW(p.session.text), code_at(&p, now),
			     VIEW(""), &fresh, &err),
	    -1);
	assert_false(is_alive(&p.session));
}

/* ASVS 7.4.2: closing an account ends what it opened; 7.5.2: one sees and ends one's own. */
static void sessions_are_ended(void **state)
{
	AUTO_PERSON struct person p = {0}, q = {0};
	struct account_token first, second_one;
	struct account_act by;
	struct account_sessions list = {0};
	struct err err = {0};

	(void)state;
	join(&p, "ida", (enum role)0, "");
	join(&q, "jana", (enum role)0, "");
	first = p.session;
	assert_int_equal(sign_in(&p), 2);
	second_one = p.session;
	look(&p);
	by = act(q.id, q.who.session);
	assert_int_equal(account_end_session(&accounts, &by, p.who.session, &err), 0);
	assert_true(is_alive(&second_one)); /* not hers */
	by = act(p.id, p.who.session);
	assert_int_equal(account_list_sessions(&accounts, p.id, now, &memory, &list, &err), 0);
	assert_int_equal(list.all.len, 2);
	assert_int_equal(account_end_session(&accounts, &by, NULL, &err), 0);
	assert_false(is_alive(&first));
	assert_true(is_alive(&second_one));
	by = act(0, NULL);
	assert_int_equal(account_enable(&accounts, &by, p.id, false, &err), 0);
	assert_false(is_alive(&second_one));
	assert_int_equal(sign_in(&p), 0);
	assert_int_equal(account_enable(&accounts, &by, p.id, true, &err), 0);
	assert_int_equal(sign_in(&p), 2);
	vec_clear(&list.all);
}

static void a_password_is_changed(void **state)
{
	AUTO_PERSON struct person p = {0};
	struct account_token other;
	struct account_act by;
	struct err err = {0};

	(void)state;
	join(&p, "katia", (enum role)0, "");
	other = p.session;
	assert_int_equal(sign_in(&p), 2);
	look(&p);
	by = act(p.id, p.who.session);
	assert_int_equal(account_change_password(&accounts, &by, VIEW("wrong"),
			     VIEW("another good one"), &err),
	    -1);
	assert_int_equal(account_change_password(&accounts, &by, VIEW(PASSWORD),
			     VIEW("another good one"), &err),
	    0);
	assert_false(is_alive(&other));
	assert_true(is_alive(&p.session));
	now += 60 * second;
	assert_int_equal(sign_in_with(&p, PASSWORD, code_at(&p, now)), 0);
	assert_int_equal(sign_in_with(&p, "another good one", code_at(&p, now)), 2);
}

/* ASVS 16.2.1: every act is in the log. */
static void every_act_is_in_the_log(void **state)
{
	static const char *const acts[] = {
	    "account.invite",
	    "account.accept",
	    "account.password",
	    "account.sign_in",
	    "account.confirm",
	    "account.session_end",
	    "account.password_change",
	    "account.disable",
	    "account.enable",
	    "account.recovery_codes",
	};

	(void)state;
	check_log(acts, ARRAY_LEN(acts));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(an_invited_person_signs_in, open_store),
	    cmocka_unit_test(refusals_do_not_tell_why),
	    cmocka_unit_test(a_code_works_once),
	    cmocka_unit_test(a_recovery_code_works_once),
	    cmocka_unit_test(guessing_waits_longer_and_longer),
	    cmocka_unit_test(codes_are_not_guessed),
	    cmocka_unit_test(sessions_rotate_and_end),
	    cmocka_unit_test(sessions_are_ended),
	    cmocka_unit_test(a_password_is_changed),
	    cmocka_unit_test_teardown(every_act_is_in_the_log, close_store),
	};

	return sodium_init() < 0 ? 1 : run_on_both_stores(tests, ARRAY_LEN(tests));
}
