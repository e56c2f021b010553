#include "people.h"

#include "account/key.h"
#include "authenticator.h"

static const struct soft_way plain = {0}, verifying = {.flags = 0x04};

static struct account_question ask(enum key_purpose purpose, const char *cookie, int64_t account)
{
	struct account_act by = act(account, NULL);
	struct account_question q;
	struct err err = {0};

	if (account_ask_key(&accounts, &by, purpose, VIEW(cookie), account, &q, &err) < 0)
		fail_msg("%s", err.msg);
	return q;
}

static int add_with(struct person *p, struct soft_key *k, const struct account_question *q,
    const struct soft_way *w)
{
	AUTO_SOFT_ANSWER struct soft_answer s = {0};
	struct account_act by = act(p->id, p->who.session);
	struct account_key_answer with = {.cookie = VIEW(p->session.text)};
	struct err err = {0};
	int status;

	soft_make(&s, k, soft_bytes(q->challenge, sizeof(q->challenge)), w, true);
	with.answer = s.a;
	status = account_add_key(&accounts, &by, &with, VIEW(" a key "), &err);
	return status < 0 ? (int)err.code : 0;
}

static void add(struct person *p, struct soft_key *k, int algorithm)
{
	struct account_question q = ask(KEY_ADD, p->session.text, p->id);

	soft_key_make(k, algorithm);
	assert_int_equal(add_with(p, k, &q, &verifying), 0);
}

/* true: let in, with a new session in p. */
static bool give(struct person *p, const struct account_token *half, struct soft_key *k,
    const struct account_question *q, const struct soft_way *w)
{
	AUTO_SOFT_ANSWER struct soft_answer s = {0};
	struct account_act by = act(0, NULL);
	struct account_key_answer with = {.cookie = VIEW(half->text), .agent = VIEW("test")};
	struct err err = {0};

	soft_make(&s, k, soft_bytes(q->challenge, sizeof(q->challenge)), w, false);
	with.answer = s.a;
	if (account_give_key(&accounts, &by, &with, &p->session, &err) == 0)
		return true;
	assert_int_equal(err.code, ERR_DENIED);
	return false;
}

static bool sign_in_alone(struct person *p, struct soft_key *k, const struct account_question *q,
    const struct soft_way *w, struct view user)
{
	AUTO_SOFT_ANSWER struct soft_answer s = {0};
	struct account_act by = act(0, NULL);
	struct account_key_answer with = {.cookie = VIEW("browser")};
	struct soft_way way = *w;
	struct err err = {0};

	way.user = user;
	soft_make(&s, k, soft_bytes(q->challenge, sizeof(q->challenge)), &way, false);
	with.answer = s.a;
	if (account_sign_in_key(&accounts, &by, &with, &p->session, &err) == 0)
		return true;
	assert_int_equal(err.code, ERR_DENIED);
	return false;
}

static struct account_token half_way(struct person *p)
{
	struct account_act by = act(0, NULL);
	struct account_token half;
	struct err err = {0};

	assert_int_equal(account_sign_in(&accounts, &by, VIEW(p->email), VIEW(PASSWORD), VIEW(""),
			     &half, &err),
	    0);
	return half;
}

static void a_key_is_the_second_factor(void **state)
{
	AUTO_PERSON struct person p = {0};
	AUTO_SOFT_KEY struct soft_key k = {0};
	struct account_token half;
	struct account_question q;

	(void)state;
	join(&p, "anna", (enum role)0, "");
	add(&p, &k, -7);
	half = half_way(&p);
	q = ask(KEY_CONFIRM, half.text, p.id);
	assert_true(give(&p, &half, &k, &q, &plain)); /* touched: enough */
	assert_false(is_alive(&half));
	look(&p);
	assert_int_equal(p.who.factors, 2);
	assert_true(account_is_fresh(&p.who, now));
}

static void a_key_confirms_what_is_sensitive(void **state)
{
	AUTO_PERSON struct person p = {0};
	AUTO_SOFT_KEY struct soft_key k = {0};
	struct account_token before;
	struct account_question q;

	(void)state;
	join(&p, "berta", (enum role)0, "");
	add(&p, &k, -8);
	now += 11 * 60 * second;
	look(&p);
	assert_false(account_is_fresh(&p.who, now));
	before = p.session;
	q = ask(KEY_CONFIRM, before.text, p.id);
	assert_true(give(&p, &before, &k, &q, &plain));
	look(&p);
	assert_true(account_is_fresh(&p.who, now));
	assert_false(is_alive(&before));
	now += 12 * 3600 * second - 11 * 60 * second; /* confirming does not lengthen its life */
	assert_false(is_alive(&p.session));
}

static void a_passkey_signs_in_alone(void **state)
{
	AUTO_PERSON struct person p = {0}, q = {0};
	AUTO_SOFT_KEY struct soft_key k = {0}, hers = {0};
	struct account_question own, other, asked;
	struct view user;

	(void)state;
	join(&p, "carla", (enum role)0, "");
	join(&q, "dora", (enum role)0, "");
	add(&p, &k, -257);
	add(&q, &hers, -7);
	own = ask(KEY_ADD, p.session.text, p.id);
	other = ask(KEY_ADD, q.session.text, q.id);
	user = soft_bytes(own.user, sizeof(own.user));
	asked = ask(KEY_SIGN_IN, "browser", 0);
	assert_false(sign_in_alone(&p, &k, &asked, &plain, user)); /* nobody was verified */
	asked = ask(KEY_SIGN_IN, "browser", 0);
	assert_false(sign_in_alone(&p, &k, &asked, &verifying, VIEW_NONE)); /* of whom? */
	asked = ask(KEY_SIGN_IN, "browser", 0);
	assert_false(sign_in_alone(&p, &k, &asked, &verifying,
	    soft_bytes(other.user, sizeof(other.user))));
	asked = ask(KEY_SIGN_IN, "browser", 0);
	assert_true(sign_in_alone(&p, &k, &asked, &verifying, user));
	look(&p);
	assert_string_equal(p.who.name, "carla");
	assert_int_equal(p.who.factors, 2);
	assert_true(account_is_fresh(&p.who, now));
}

/* ASVS 6.7.2; section 13.4.3: each challenge once, for one browser, one purpose, five minutes. */
static void a_challenge_works_once(void **state)
{
	AUTO_PERSON struct person p = {0};
	AUTO_SOFT_KEY struct soft_key k = {0}, more = {0};
	struct account_question q, again;
	struct account_token half;

	(void)state;
	join(&p, "emma", (enum role)0, "");
	q = ask(KEY_ADD, p.session.text, p.id);
	soft_key_make(&k, -7);
	soft_key_make(&more, -7);
	assert_int_equal(add_with(&p, &k, &q, &verifying), 0);
	assert_int_equal(add_with(&p, &more, &q, &verifying), ERR_DENIED); /* replayed */
	half = half_way(&p);
	q = ask(KEY_CONFIRM, half.text, p.id);
	again = ask(KEY_CONFIRM, half.text, p.id);
	assert_false(give(&p, &half, &k, &q, &plain));     /* a newer one was made */
	assert_false(give(&p, &half, &k, &again, &plain)); /* used up by the try before */
	q = ask(KEY_SIGN_IN, half.text, 0);
	assert_false(give(&p, &half, &k, &q, &plain)); /* for something else */
	q = ask(KEY_CONFIRM, "another browser", p.id);
	assert_false(give(&p, &half, &k, &q, &plain));
	q = ask(KEY_CONFIRM, half.text, p.id);
	now += 5 * 60 * second;
	assert_false(give(&p, &half, &k, &q, &plain));
	q = ask(KEY_CONFIRM, half.text, p.id);
	assert_true(give(&p, &half, &k, &q, &plain));
}

static void somebody_elses_key_opens_nothing(void **state)
{
	AUTO_PERSON struct person p = {0}, q = {0};
	AUTO_SOFT_KEY struct soft_key mine = {0}, hers = {0};
	struct account_question asked;
	struct account_token half;
	struct account_act by;
	struct err err = {0};

	(void)state;
	join(&p, "fanny", (enum role)0, "");
	join(&q, "gaby", (enum role)0, "");
	add(&p, &mine, -7);
	add(&q, &hers, -7);
	half = half_way(&p);
	asked = ask(KEY_CONFIRM, half.text, p.id);
	assert_false(give(&p, &half, &hers, &asked, &verifying));
	asked = ask(KEY_ADD, q.session.text, q.id);
	assert_int_equal(add_with(&q, &mine, &asked, &verifying), ERR_USAGE); /* it is known */
	asked = ask(KEY_ADD, p.session.text, p.id);                           /* not of her */
	assert_int_equal(add_with(&q, &mine, &asked, &verifying), ERR_DENIED);
	by = act(q.id, q.who.session);
	assert_int_equal(account_remove_key(&accounts, &by, 1, &err), -1);
}

static void a_copied_key_is_noticed(void **state)
{
	AUTO_PERSON struct person p = {0};
	AUTO_SOFT_KEY struct soft_key k = {0};
	AUTO_ACCOUNT_KEYS struct account_keys keys = {0};
	struct soft_way stays = {.keeps_count = true};
	struct account_token half;
	struct account_question q;
	struct err err = {0};

	(void)state;
	join(&p, "hanna", (enum role)0, "");
	add(&p, &k, -7);
	half = half_way(&p);
	k.count = 5;
	q = ask(KEY_CONFIRM, half.text, p.id);
	assert_true(give(&p, &half, &k, &q, &stays));
	half = half_way(&p);
	q = ask(KEY_CONFIRM, half.text, p.id);
	assert_false(give(&p, &half, &k, &q, &stays)); /* 5 again */
	k.count = 9;
	q = ask(KEY_CONFIRM, half.text, p.id);
	assert_false(give(&p, &half, &k, &q, &stays)); /* nor any more */
	assert_int_equal(account_list_keys(&accounts, p.id, &memory, &keys, &err), 0);
	assert_int_equal(keys.all.len, 1);
	assert_true(keys.all.ptr[0].suspect_at > 0);
}

static void keys_are_named_and_removed(void **state)
{
	AUTO_PERSON struct person p = {0};
	AUTO_SOFT_KEY struct soft_key k = {0};
	AUTO_ACCOUNT_KEYS struct account_keys keys = {0}, left = {0};
	struct account_act by;
	struct account_token half;
	struct account_question q;
	struct err err = {0};

	(void)state;
	join(&p, "ida", (enum role)0, "");
	add(&p, &k, -7);
	by = act(p.id, p.who.session);
	assert_int_equal(account_list_keys(&accounts, p.id, &memory, &keys, &err), 0);
	assert_string_equal(keys.all.ptr[0].name, "a key");
	assert_true(keys.all.ptr[0].verified);
	assert_int_equal(account_rename_key(&accounts, &by, keys.all.ptr[0].id, VIEW("blue"), &err),
	    0);
	assert_int_equal(account_rename_key(&accounts, &by, keys.all.ptr[0].id, VIEW("  "), &err),
	    -1);
	half = half_way(&p);
	assert_int_equal(account_remove_key(&accounts, &by, keys.all.ptr[0].id, &err), 0);
	q = ask(KEY_CONFIRM, half.text, p.id);
	assert_false(give(&p, &half, &k, &q, &plain));
	assert_int_equal(account_list_keys(&accounts, p.id, &memory, &left, &err), 0);
	assert_int_equal(left.all.len, 0);
	now += 60 * second;
	assert_int_equal(sign_in(&p), 2); /* the app is still there */
}

/* A closed account, and one that is set back, are opened by no key. */
static void closed_accounts_stay_closed(void **state)
{
	AUTO_PERSON struct person p = {0};
	AUTO_SOFT_KEY struct soft_key k = {0};
	AUTO_ACCOUNT_KEYS struct account_keys left = {0};
	struct account_act by = act(0, NULL);
	struct account_question own, q;
	struct view user;
	struct err err = {0};

	(void)state;
	join(&p, "jana", (enum role)0, "");
	add(&p, &k, -7);
	own = ask(KEY_ADD, p.session.text, p.id);
	user = soft_bytes(own.user, sizeof(own.user));
	assert_int_equal(account_enable(&accounts, &by, p.id, false, &err), 0);
	q = ask(KEY_SIGN_IN, "browser", 0);
	assert_false(sign_in_alone(&p, &k, &q, &verifying, user));
	assert_int_equal(account_enable(&accounts, &by, p.id, true, &err), 0);
	q = ask(KEY_SIGN_IN, "browser", 0);
	assert_true(sign_in_alone(&p, &k, &q, &verifying, user));
	assert_int_equal(account_reset(&accounts, &by, p.id, NULL, &err), 0);
	q = ask(KEY_SIGN_IN, "browser", 0);
	assert_false(sign_in_alone(&p, &k, &q, &verifying, user));
	assert_int_equal(account_list_keys(&accounts, p.id, &memory, &left, &err), 0);
	assert_int_equal(left.all.len, 0);
}

static void nobody_has_more_keys_than_are_needed(void **state)
{
	AUTO_PERSON struct person p = {0};
	AUTO_SOFT_KEY struct soft_key last = {0};
	struct account_question q;

	(void)state;
	join(&p, "katia", (enum role)0, "");
	for (int i = 0; i < ACCOUNT_KEYS_MAX; i++) {
		AUTO_SOFT_KEY struct soft_key k = {0};

		add(&p, &k, -7);
	}
	soft_key_make(&last, -7);
	q = ask(KEY_ADD, p.session.text, p.id);
	assert_int_equal(add_with(&p, &last, &q, &verifying), ERR_LIMIT);
}

static void every_act_is_in_the_log(void **state)
{
	static const char *const acts[] = {
	    "account.key_add",
	    "account.key_rename",
	    "account.key_remove",
	    "account.key_went_back",
	    "account.confirm",
	    "account.sign_in",
	};

	(void)state;
	check_log(acts, ARRAY_LEN(acts));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(a_key_is_the_second_factor, open_store),
	    cmocka_unit_test(a_key_confirms_what_is_sensitive),
	    cmocka_unit_test(a_passkey_signs_in_alone),
	    cmocka_unit_test(a_challenge_works_once),
	    cmocka_unit_test(somebody_elses_key_opens_nothing),
	    cmocka_unit_test(a_copied_key_is_noticed),
	    cmocka_unit_test(keys_are_named_and_removed),
	    cmocka_unit_test(closed_accounts_stay_closed),
	    cmocka_unit_test(nobody_has_more_keys_than_are_needed),
	    cmocka_unit_test_teardown(every_act_is_in_the_log, close_store),
	};

	return sodium_init() < 0 ? 1 : run_on_both_stores(tests, ARRAY_LEN(tests));
}
