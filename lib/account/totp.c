#include "account/totp.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sodium.h>
#include <stdio.h>

static const EVP_MD *algorithm(enum totp_hash hash)
{
	switch (hash) {
	case TOTP_SHA1: return EVP_sha1();
	case TOTP_SHA256: return EVP_sha256();
	case TOTP_SHA512: return EVP_sha512();
	}
	return EVP_sha1();
}

/* RFC 4226, section 5.3: dynamic truncation. */
void totp_code(char *ret, int digits, enum totp_hash hash, struct view seed, int64_t step)
{
	unsigned char counter[8], mac[EVP_MAX_MD_SIZE];
	unsigned len = 0;
	uint32_t number, modulus = 1;
	size_t at;

	for (int i = 0; i < 8; i++)
		counter[i] = (unsigned char)((uint64_t)step >> (56 - 8 * i));
	HMAC(algorithm(hash), seed.ptr, (int)seed.len, counter, sizeof(counter), mac, &len);
	at = mac[len - 1] & 0xfu;
	number = (uint32_t)(mac[at] & 0x7fu) << 24 | (uint32_t)mac[at + 1] << 16 |
	         (uint32_t)mac[at + 2] << 8 | mac[at + 3];
	for (int i = 0; i < digits; i++)
		modulus *= 10;
	snprintf(ret, (size_t)digits + 1, "%0*u", digits, number % modulus);
}

int64_t totp_match(struct view seed, struct view code, int64_t now_s, int64_t last)
{
	int64_t now = now_s / TOTP_STEP_S, found = 0;
	char want[TOTP_DIGITS + 1];

	if (code.len != TOTP_DIGITS)
		return 0;
	for (int64_t step = now - 1; step <= now + 1; step++) {
		totp_code(want, TOTP_DIGITS, TOTP_SHA1, seed, step);
		if (sodium_memcmp(want, code.ptr, TOTP_DIGITS) == 0 && step > last)
			found = step;
	}
	return found;
}

void totp_base32(char *ret, size_t size, struct view bytes)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	uint64_t held = 0;
	int bits = 0;
	size_t n = 0;

	for (size_t i = 0; i < bytes.len; i++) {
		held = held << 8 | (unsigned char)bytes.ptr[i];
		for (bits += 8; bits >= 5 && n + 1 < size; bits -= 5)
			ret[n++] = letters[held >> (bits - 5) & 31];
	}
	if (bits > 0 && n + 1 < size)
		ret[n++] = letters[held << (5 - bits) & 31];
	ret[n] = '\0';
}

/* RFC 3986: everything but the unreserved is escaped. */
static void add_escaped(struct str *out, struct view v)
{
	for (size_t i = 0; i < v.len; i++) {
		unsigned char c = (unsigned char)v.ptr[i];
		bool plain = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
		             (c >= '0' && c <= '9') || (c && strchr("-._~", c));

		if (plain)
			str_addc(out, (char)c);
		else
			str_addf(out, "%%%02X", c);
	}
}

void totp_uri(struct str *ret, struct view site, struct view email, struct view seed)
{
	char secret[TOTP_BASE32];

	totp_base32(secret, sizeof(secret), seed);
	str_addz(ret, "otpauth://totp/");
	add_escaped(ret, site);
	str_addc(ret, ':');
	add_escaped(ret, email);
	str_addf(ret, "?secret=%s&issuer=", secret);
	add_escaped(ret, site);
	sodium_memzero(secret, sizeof(secret));
}
