/*
 * From a NIR to a project's pseudonym, under keys that no one holds together:
 *
 *   custodian 1   L1 = H(k1, "person" | NIR)      L1 = H(k1, "triplet" | NIR, birth date, sex)
 *   custodian 2   L2 = H(k2, "..." | L1)
 *                 K_e = HKDF-Expand(master key, "project" | project | e)
 *                 P_0 = H(K_0, L2)  first 16 bytes;   P_e = H(K_e, P_e-1)  first 16 bytes
 *
 * H is HMAC-SHA-256, each use with its own domain text. A project's pseudonyms
 * are renewed by one more step of the chain, so a job of renewal needs no table
 * of persons: it maps P_e-1 to P_e. Without k1, k2 and the project's keys none
 * of it can be turned back: there are fewer than 1e11 NIRs, so only the keys
 * protect them.
 *
 * This is not FOIN. `sha1-2020` is what a public document of April 2020 writes
 * (SHA-1 of the text and the secret, twice), for tests of formats, and no more.
 */
#ifndef EXCHANGE_TOKEN_H
#define EXCHANGE_TOKEN_H

#include "exchange/key.h"
#include "exchange/project.h"
#include "exchange/row.h"

enum {
	EXCHANGE_SHA1_BYTES = 20,
	EXCHANGE_PSEUDONYM_BYTES = 16,
	EXCHANGE_PSEUDONYM_SIZE = 27,  /* base32 (RFC 4648), and NUL */
	EXCHANGE_SHORT_PSEUDONYM = 17, /* characters under sha1-2020, as NIR_ANO_17 has */
};

/* What is hashed, so that no value of one use equals one of another. */
enum exchange_domain {
	EXCHANGE_D_PERSON,
	EXCHANGE_D_TRIPLET,
	EXCHANGE_D_PERSON_2,
	EXCHANGE_D_TRIPLET_2,
	EXCHANGE_D_PROJECT_KEY,
	EXCHANGE_D_PSEUDONYM,
	EXCHANGE_D_RENEWAL,
};

/* FIPS 180-4, for tests of formats only. */
void exchange_sha1(struct view bytes, unsigned char ret[EXCHANGE_SHA1_BYTES]);

/* A key made ready: in secret memory, read-only afterwards, shared by threads. */
struct exchange_hasher;

#define AUTO_EXCHANGE_HASHER AUTO(exchange_hasher_free)

MUST_CHECK int exchange_hasher_new(struct exchange_hasher **ret, enum exchange_hash hash,
    const unsigned char key[EXCHANGE_KEY_BYTES], struct err *err);
void exchange_hasher_free(struct exchange_hasher **h);
void exchange_token(const struct exchange_hasher *h, enum exchange_domain domain,
    struct view text, unsigned char ret[EXCHANGE_TOKEN_BYTES]);
/* The text after the domain's name, as it is hashed: for the format's page. */
const char *exchange_domain_text(enum exchange_domain domain);

/* The keys of a project's epochs 0..epoch. */
struct exchange_chain;

#define AUTO_EXCHANGE_CHAIN AUTO(exchange_chain_free)

MUST_CHECK int exchange_chain_new(struct exchange_chain **ret, const struct exchange_key *key,
    const struct exchange_project *project, struct err *err);
void exchange_chain_free(struct exchange_chain **c);
/* The pseudonym, as text, of a person told by `text` (L2, and a twin's rank). */
void exchange_pseudonym(const struct exchange_chain *c, struct view text,
    char ret[EXCHANGE_PSEUDONYM_SIZE]);
/*
 * The pseudonym of epoch `from` carried on to the chain's last one. false when
 * the text is no pseudonym.
 */
bool exchange_pseudonym_renew(const struct exchange_chain *c, int64_t from, struct view old,
    char ret[EXCHANGE_PSEUDONYM_SIZE]);

#endif
