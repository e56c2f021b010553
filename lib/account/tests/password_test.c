#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include "account/password.h"

#include <sodium.h>

#include <cmocka.h>

static const struct password_cost cheap = {1, 8192 * 4};

static int verdict(struct password_gate *g, struct password_cost cost, struct view hash,
    struct view password, bool *ret_old)
{
	struct err err = {0};

	return password_verify(g, cost, hash, password, ret_old, &err);
}

/* ASVS 6.2.1 (length), 6.2.4 (common), 6.2.5 (no kinds), 6.2.8 (as typed), 6.2.9 (64 and more). */
static void passwords_are_judged(void **state)
{
	static const struct {
		const char *password;
		enum password_fault fault;
	} cases[] = {
	    {"", PASSWORD_SHORT},
	    {"elevenchars", PASSWORD_SHORT},
	    {"éééééééé", PASSWORD_SHORT},
	    {"correct horse battery staple", PASSWORD_FINE},
	    {"quatre mots bien choisis", PASSWORD_FINE},
	    {"jusdequetsche", PASSWORD_FINE},
	    {"xkwpvmtrbzqf", PASSWORD_FINE},
	    {"827364019558", PASSWORD_FINE},
	    {"été à la plage, encore", PASSWORD_FINE},
	    {"password1234", PASSWORD_COMMON},
	    {"P@ssw0rd2026!", PASSWORD_COMMON},
	    {"motdepasse123", PASSWORD_COMMON},
	    {"MotDePasse2025!", PASSWORD_COMMON},
	    {"azertyuiop123", PASSWORD_COMMON},
	    {"qwertyuiop[]", PASSWORD_COMMON},
	    {"1q2w3e4r5t6y", PASSWORD_COMMON},
	    {"123456789012", PASSWORD_COMMON},
	    {"aaaaaaaaaaaaaaaa", PASSWORD_COMMON},
	    {"abcabcabcabcabc", PASSWORD_COMMON},
	    {"abcdefghijklmnop", PASSWORD_COMMON},
	    {"soleil12soleil12", PASSWORD_COMMON},
	    {"SoleilMarseille13", PASSWORD_COMMON},
	    {"iloveyou123456", PASSWORD_COMMON},
	    {"Bonjour2024!!", PASSWORD_COMMON},
	    {"marievasseur75", PASSWORD_CONTEXT},
	};
	char text[1100];

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
		enum password_fault f =
		    password_judge(VIEW(cases[i].password), VIEW("Marie Vasseur hopital.example"));

		if (f != cases[i].fault)
			fail_msg("%s: %d", cases[i].password, (int)f);
	}
	for (int i = 0; i < 1099; i++)
		text[i] = (char)('a' + (i * 7 + i / 3) % 26);
	assert_int_equal(password_judge((struct view){text, 64}, VIEW("")), PASSWORD_FINE);
	assert_int_equal(password_judge((struct view){text, 256}, VIEW("")), PASSWORD_FINE);
	assert_int_equal(password_judge((struct view){text, 257}, VIEW("")), PASSWORD_LONG);
}

static void a_hash_knows_its_password(void **state)
{
	struct password_gate *g = password_gate_new(1);
	char hash[PASSWORD_HASH_SIZE];
	struct err err = {0};
	bool old;

	(void)state;
	assert_int_equal(password_hash(hash, g, cheap, VIEW("correct horse"), &err), 0);
	assert_memory_equal(hash, "$argon2id$v=19$m=32,t=1,p=1$", 28);
	assert_int_equal(verdict(g, cheap, VIEW(hash), VIEW("correct horse"), &old), 1);
	assert_false(old);
	assert_int_equal(verdict(g, cheap, VIEW(hash), VIEW("Correct horse"), &old), 0);
	assert_int_equal(verdict(g, cheap, VIEW(hash), VIEW("correct horse "), &old), 0);
	assert_int_equal(verdict(g, cheap, VIEW(""), VIEW("correct horse"), &old), 0);
	assert_int_equal(verdict(g, cheap, VIEW("$argon2id$v=19$"), VIEW("x"), &old), 0);
	assert_int_equal(verdict(g, (struct password_cost){2, 8192 * 4}, VIEW(hash),
			     VIEW("correct horse"), &old),
	    1);
	assert_true(old);
	password_gate_free(&g);
}

/* A hash of the test suite of the reference implementation (phc-winner-argon2, src/test.c). */
static void hashes_of_another_program_are_understood(void **state)
{
	struct password_gate *g = password_gate_new(1);
	static const char hash[] =
	    "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$"
	    "CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
	bool old;

	(void)state;
	assert_int_equal(verdict(g, PASSWORD_COST, VIEW(hash), VIEW("password"), &old), 1);
	assert_int_equal(verdict(g, PASSWORD_COST, VIEW(hash), VIEW("passworD"), &old), 0);
	password_gate_free(&g);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(passwords_are_judged),
	    cmocka_unit_test(a_hash_knows_its_password),
	    cmocka_unit_test(hashes_of_another_program_are_understood),
	};

	return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
