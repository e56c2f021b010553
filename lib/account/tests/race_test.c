/*
 * What comes between the two writes of a password: the gate is held shut while
 * another act changes the account, and then opened.
 */
#include "people.h"

#include <pthread.h>

struct attempt {
	pthread_t thread;
	enum {
		SIGN_IN,
		CHANGE,
		SET,
	} what;
	struct account_act by;
	struct person *person;
	const char *token, *password;
	char code[TOTP_DIGITS + 1];
	int status;
	struct err err;
	struct account_token session;
};

static void *run(void *arg)
{
	struct attempt *t = arg;

	if (t->what == SIGN_IN)
		t->status = account_sign_in(&accounts, &t->by, VIEW(t->person->email),
		    VIEW(PASSWORD), VIEW("test"), &t->session, &t->err);
	else if (t->what == CHANGE)
		t->status = account_change_password(&accounts, &t->by, VIEW(PASSWORD),
		    VIEW(t->password), &t->err);
	else
		t->status = account_set_password(&accounts, &t->by, VIEW(t->token),
		    VIEW(t->password), VIEW(t->code), &t->err);
	return NULL;
}

static void shut(void)
{
	struct err err = {0};

	password_gate_free(&accounts.gate);
	accounts.gate = password_gate_new(1);
	assert_int_equal(password_gate_enter(accounts.gate, &err), 0);
}

static void wait_at_the_gate(int count)
{
	for (int ms = 0; password_gate_waiting(accounts.gate) < count; ms++) {
		if (ms > 20000)
			fail_msg("%d of %d came", password_gate_waiting(accounts.gate), count);
		nanosleep(&(struct timespec){0, 1000000}, NULL);
	}
}

static void start(struct attempt *t, int count)
{
	for (int i = 0; i < count; i++)
		assert_int_equal(pthread_create(&t[i].thread, NULL, run, &t[i]), 0);
	wait_at_the_gate(count);
}

static void let_in(struct attempt *t, int count)
{
	password_gate_leave(accounts.gate);
	for (int i = 0; i < count; i++)
		pthread_join(t[i].thread, NULL);
}

static int read_mail(struct store_tx *tx, void *arg, struct err *err)
{
	AUTO_STORE_ROWS struct store_rows *r = NULL;

	if (store_query(&r, tx, "mail/records/mail.sql:due",
		STORE_ARGS(store_int(now), store_int(INT64_MAX)), err) < 0)
		return -1;
	while (store_next(r, err) > 0) {
		AUTO_FREE char *bound = str_format("mail/%d", (int)store_number(r, 0));
		AUTO_SECRET_STR struct str text = {0};

		if (secret_unseal(&text, key, VIEW(bound), store_view(r, 2), err) < 0)
			return -1;
		str_reset(arg);
		str_add(arg, str_view(&text));
	}
	return 0;
}

/* The link of a forgotten password, out of the mail (its text is base64). */
static void make_link(struct person *p, char ret[ACCOUNT_TOKEN_SIZE])
{
	struct account_act by = act(0, NULL);
	AUTO_STR struct str mail = {0};
	unsigned char text[8192];
	struct err err = {0};
	const char *at;
	size_t len;

	assert_int_equal(account_ask_reset(&accounts, &by, VIEW(p->email), &err), 0);
	assert_int_equal(account_answer_resets(&accounts, now, &err), 0);
	assert_int_equal(store_read(accounts.store, read_mail, &mail, &err), 0);
	at = strstr(str_get(&mail), "\r\n\r\n");
	assert_non_null(at);
	assert_int_equal(sodium_base642bin(text, sizeof(text) - 1, at, strlen(at), "\r\n", &len,
			     NULL, sodium_base64_VARIANT_ORIGINAL),
	    0);
	text[len] = '\0';
	at = strstr((const char *)text, "/password/");
	assert_non_null(at);
	snprintf(ret, ACCOUNT_TOKEN_SIZE, "%.43s", at + 10);
}

static void prepare(struct person *p, struct attempt *t, const char *name)
{
	struct err err = {0};
	int sent;

	now += 120 * second;
	assert_int_equal(mail_deliver(accounts.store, &accounts.mail, now, &sent, &err), 0);
	join(p, name, (enum role)0, "");
	now += 120 * second;
	*t = (struct attempt){.person = p, .password = "a password made new"};
}

enum between {
	NOTHING,
	CLOSED,
	SET_BACK,
	BETWEENS,
};

static void come_between(enum between what, int64_t account)
{
	struct account_act by = act(0, NULL);
	struct err err = {0};

	if (what == CLOSED)
		assert_int_equal(account_enable(&accounts, &by, account, false, &err), 0);
	else if (what == SET_BACK)
		assert_int_equal(account_reset(&accounts, &by, account, NULL, &err), 0);
}

/* ASVS 7.4.2, 15.4.2: what was judged on an account that has changed since is worth nothing. */
static void a_change_between_is_seen(void **state)
{
	(void)state;
	for (int what = SIGN_IN; what <= SET; what++)
		for (int between = NOTHING; between < BETWEENS; between++) {
			AUTO_PERSON struct person p = {0};
			char link[ACCOUNT_TOKEN_SIZE];
			struct attempt t;

			prepare(&p, &t, "between");
			make_link(&p, link);
			t.what = what;
			t.token = link;
			t.by = act(what == CHANGE ? p.id : 0, NULL);
			snprintf(t.code, sizeof(t.code), "%.6s", code_at(&p, now).ptr);
			shut();
			start(&t, 1);
			come_between(between, p.id);
			let_in(&t, 1);
			if ((t.status == 0) != (between == NOTHING))
				fail_msg("act %d, %d between: %d %s", what, between, t.status,
				    t.err.msg);
			assert_int_equal(t.err.code, between == NOTHING ? ERR_NONE : ERR_DENIED);
			if (what == SIGN_IN)
				assert_int_equal(is_alive(&t.session), between == NOTHING);
		}
}

/* The link of a mail, and an old password, work for one of two who come at the same time. */
static void one_of_two_wins(void **state)
{
	(void)state;
	for (int what = CHANGE; what <= SET; what++) {
		AUTO_PERSON struct person p = {0};
		char link[ACCOUNT_TOKEN_SIZE];
		struct attempt t[2];

		prepare(&p, t, "two");
		make_link(&p, link);
		t[0].what = what;
		t[0].token = link;
		t[0].by = act(what == CHANGE ? p.id : 0, NULL);
		t[1] = t[0];
		t[1].password = "another password made new";
		snprintf(t[0].code, sizeof(t[0].code), "%.6s", code_at(&p, now).ptr);
		snprintf(t[1].code, sizeof(t[1].code), "%.6s",
		    code_at(&p, now + 30 * second).ptr);
		shut();
		start(t, 2);
		let_in(t, 2);
		assert_int_equal((t[0].status == 0) + (t[1].status == 0), 1);
		now += 120 * second;
		assert_int_equal(sign_in_with(&p, t[t[1].status == 0].password, code_at(&p, now)),
		    2);
	}
}

/* ASVS 15.2.2: who would have to wait too long is told so, and it was no try. */
static void a_full_gate_is_no_try(void **state)
{
	AUTO_PERSON struct person p = {0};
	struct attempt t[PASSWORD_INSIDE - 1], more;

	(void)state;
	prepare(&p, &more, "full");
	more.by = act(0, NULL);
	shut();
	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		AUTO_FREE char *email = str_format("full-%zu@x.example", i);
		struct person *other = mem_zalloc(1, sizeof(*other));

		snprintf(other->email, sizeof(other->email), "%s", email);
		t[i] = more;
		t[i].person = other;
	}
	start(t, ARRAY_LEN(t));
	for (int i = 0; i < 20; i++) {
		more.err = (struct err){0};
		run(&more);
		assert_int_equal(more.status, -1);
		assert_int_equal(more.err.code, ERR_IO);
	}
	let_in(t, ARRAY_LEN(t));
	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		assert_int_equal(t[i].err.code, ERR_DENIED);
		free(t[i].person);
	}
	assert_int_equal(sign_in_with(&p, PASSWORD, code_at(&p, now)), 2);
}

static int64_t hashes_of(struct person *p, const char *address)
{
	struct account_act by = {now, 0, NULL, VIEW(address)};
	int64_t before = password_gate_served(accounts.gate);
	struct account_token half;
	struct err err = {0};

	assert_int_equal(account_sign_in(&accounts, &by, VIEW(p->email), VIEW("wrong wrong wrong"),
			     VIEW("test"), &half, &err),
	    -1);
	assert_string_equal(err.msg,
	    "what was given is not right, or it was tried too often");
	return password_gate_served(accounts.gate) - before;
}

/* ASVS 6.3.1, 6.3.8: who must wait costs nothing, whether there is such an account or not. */
static void waiting_takes_no_work(void **state)
{
	AUTO_PERSON struct person p = {0};
	struct person ghost = {.email = "no-such@x.example"};
	struct person *both[] = {&p, &ghost};
	struct attempt unused;

	(void)state;
	prepare(&p, &unused, "waiting");
	now += 3600 * second;
	for (int b = 0; b < 2; b++) {
		for (int i = 0; i < 5; i++)
			assert_int_equal(hashes_of(both[b], "198.51.100.9"), 1);
		assert_int_equal(hashes_of(both[b], "198.51.100.9"), 0);
		assert_int_equal(hashes_of(both[b], "203.0.113.4"), 0); /* nor from elsewhere */
	}
}

/* A subscriber has 2^64 addresses of IPv6: they are one. */
static void a_network_is_counted_as_one(void **state)
{
	struct person ghost;
	char address[64];
	int judged = 0;

	(void)state;
	now += 3600 * second;
	for (int i = 0; i < 60; i++) {
		snprintf(ghost.email, sizeof(ghost.email), "ghost%d@x.example", i);
		snprintf(address, sizeof(address), "2001:db8:0:7::%x", i + 1);
		judged += (int)hashes_of(&ghost, address);
	}
	assert_int_equal(judged, 50);
	assert_int_equal(hashes_of(&ghost, "2001:db8:0:8::1"), 1);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(a_change_between_is_seen, open_store),
	    cmocka_unit_test(one_of_two_wins),
	    cmocka_unit_test(a_full_gate_is_no_try),
	    cmocka_unit_test(waiting_takes_no_work),
	    cmocka_unit_test_teardown(a_network_is_counted_as_one, close_store),
	};

	return sodium_init() < 0 ? 1 : run_on_both_stores(tests, ARRAY_LEN(tests));
}
