/*
 * The Merkle tree of RFC 6962, section 2.1 (RFC 9162 has the same): what makes
 * a list of records one hash, and short proofs about it. A leaf is
 * SHA-256(0x00, record), a node SHA-256(0x01, left, right).
 */
#ifndef STORE_MERKLE_H
#define STORE_MERKLE_H

#include "base/hash.h"
#include "base/vec.h"

struct merkle_hash {
	unsigned char bytes[SHA256_BYTES];
};

struct merkle_hash merkle_leaf(struct view record);
bool merkle_equal(const struct merkle_hash *a, const struct merkle_hash *b);

enum { MERKLE_LEVELS = 63 };

/* All of a list that its growth needs: the roots of its full subtrees, the largest first. */
struct merkle_range {
	uint64_t size; /* leaves */
	struct merkle_hash nodes[MERKLE_LEVELS];
};

/* How many nodes a range of that size has: the ones in its binary number. */
int merkle_node_count(uint64_t size);
void merkle_add(struct merkle_range *r, const struct merkle_hash *leaf);
/* Of no leaf: SHA-256 of nothing. */
struct merkle_hash merkle_root(const struct merkle_range *r);

struct merkle_proof {
	VEC(struct merkle_hash) nodes;
};

/* That leaf `index` stands in the first n leaves; index < n. */
void merkle_prove_inclusion(const struct merkle_hash *leaves, uint64_t n, uint64_t index,
    struct merkle_proof *ret);
bool merkle_check_inclusion(const struct merkle_hash *leaf, uint64_t index, uint64_t n,
    const struct merkle_proof *proof, const struct merkle_hash *root);
/* That the first m of n leaves are what they were; 0 < m <= n. */
void merkle_prove_consistency(const struct merkle_hash *leaves, uint64_t m, uint64_t n,
    struct merkle_proof *ret);
bool merkle_check_consistency(uint64_t m, uint64_t n, const struct merkle_hash *root_m,
    const struct merkle_hash *root_n, const struct merkle_proof *proof);

#endif
