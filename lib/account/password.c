#include "account/password.h"

#include "base/embed.h"
#include "base/str.h"

#include <sodium.h>

enum { REST_MIN = 6 }; /* characters that must be left beside what is common */

int password_hash(char ret[PASSWORD_HASH_SIZE], struct password_gate *g,
    struct password_cost cost, struct view password, struct err *err)
{
	int status;

	_Static_assert(PASSWORD_HASH_SIZE == crypto_pwhash_STRBYTES, "libsodium's size");
	if (password_gate_enter(g, err) < 0)
		return -1;
	status = crypto_pwhash_str_alg(ret, password.ptr, password.len, cost.passes, cost.memory,
	    crypto_pwhash_ALG_ARGON2ID13);
	password_gate_leave(g);
	return status == 0 ? 0 : err_set(err, ERR_INTERNAL, "no memory to hash a password");
}

/* The work of a password that is wrong, for nobody. */
static void spend(struct password_cost cost, struct view password)
{
	char text[PASSWORD_HASH_SIZE];

	/* What it gives does not matter, nor whether it could. */
	(void)!crypto_pwhash_str_alg(text, password.ptr, password.len, cost.passes, cost.memory,
	    crypto_pwhash_ALG_ARGON2ID13);
	sodium_memzero(text, sizeof(text));
}

int password_verify(struct password_gate *g, struct password_cost cost, struct view hash,
    struct view password, bool *ret_old, struct err *err)
{
	char text[PASSWORD_HASH_SIZE] = {0};
	bool right = false;

	*ret_old = false;
	if (!password.ptr || password.len > PASSWORD_MAX * 4)
		password = VIEW_LIT("");
	memcpy(text, hash.ptr ? hash.ptr : "", MIN(hash.len, sizeof(text) - 1));
	if (password_gate_enter(g, err) < 0)
		return -1;
	if (hash.len == 0)
		spend(cost, password);
	else
		right = crypto_pwhash_str_verify(text, password.ptr, password.len) == 0;
	password_gate_leave(g);
	if (right)
		*ret_old = crypto_pwhash_str_needs_rehash(text, cost.passes, cost.memory) != 0;
	return right;
}

static size_t count_characters(struct view v)
{
	size_t n = 0;

	for (size_t i = 0; i < v.len; i++)
		n += ((unsigned char)v.ptr[i] & 0xc0) != 0x80;
	return n;
}

/* Small letters, and letters for the digits and signs that stand for them. */
static void fold(struct str *ret, struct view v, bool letters)
{
	static const char from[] = "0134578@$!", to[] = "oleastbasi";

	for (size_t i = 0; i < v.len; i++) {
		char c = v.ptr[i];
		const char *at = c && letters ? strchr(from, c) : NULL;

		str_addc(ret, at ? to[at - from] : c >= 'A' && c <= 'Z' ? (char)(c + 32)
									: c);
	}
}

/* Takes every occurrence of `word` out of `text`. */
static void take_out(struct str *text, struct view word)
{
	char *at = text->buf;

	if (word.len == 0)
		return;
	while (text->len >= word.len &&
	       (at = memmem(text->buf, text->len, word.ptr, word.len)) != NULL) {
		size_t before = (size_t)(at - text->buf);

		memmove(at, at + word.len, text->len - before - word.len);
		str_truncate(text, text->len - word.len);
	}
}

/* One after another, up or down, or the same: "abcd", "4321", "aaaa". */
static bool goes_on(unsigned char a, unsigned char b)
{
	return a == b || a + 1 == b || a == b + 1;
}

/* Characters beyond the third of a run are no characters. */
static size_t count_without_runs(struct view v)
{
	size_t n = 0, run = 0;

	for (size_t i = 0; i < v.len; i++) {
		unsigned char c = (unsigned char)v.ptr[i];

		if ((c & 0xc0) == 0x80)
			continue;
		run = i > 0 && goes_on((unsigned char)v.ptr[i - 1], c) ? run + 1 : 0;
		n += run < 2;
	}
	return n;
}

/* A few characters, again and again. */
static bool repeats(struct view v)
{
	for (size_t period = 1; period <= v.len / 2 && period <= 6; period++)
		if (memcmp(v.ptr, v.ptr + period, v.len - period) == 0)
			return true;
	return false;
}

/* Words of a line list, longest first in the file; '#' begins a comment. */
static bool little_is_left(struct view password, struct view words, char between, bool letters)
{
	AUTO_STR struct str rest = {0};
	struct view word;
	size_t before;

	fold(&rest, password, letters);
	before = rest.len;
	while (view_next(&words, between, &word))
		if (word.len >= 3 && word.ptr[0] != '#')
			take_out(&rest, word);
	return rest.len < before && count_without_runs(str_view(&rest)) < REST_MIN;
}

enum password_fault password_judge(struct view password, struct view context)
{
	AUTO_STR struct str folded = {0};
	struct view common = embed_find("account/data/common_passwords.txt");
	size_t len = count_characters(password);

	if (len < PASSWORD_MIN)
		return PASSWORD_SHORT;
	if (len > PASSWORD_MAX)
		return PASSWORD_LONG;
	if (repeats(password) || count_without_runs(password) < REST_MIN ||
	    little_is_left(password, common, '\n', false) ||
	    little_is_left(password, common, '\n', true))
		return PASSWORD_COMMON;
	fold(&folded, context, false);
	return little_is_left(password, str_view(&folded), ' ', false) ? PASSWORD_CONTEXT
	                                                               : PASSWORD_FINE;
}
