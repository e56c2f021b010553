#include "store/merkle.h"

#include <assert.h>

struct merkle_hash merkle_leaf(struct view record)
{
	AUTO_SHA256 struct hash_sha256 *h = hash_sha256_new();
	struct merkle_hash ret;

	hash_sha256_add(h, (struct view){"\x00", 1});
	hash_sha256_add(h, record);
	hash_sha256_end(h, ret.bytes);
	return ret;
}

bool merkle_equal(const struct merkle_hash *a, const struct merkle_hash *b)
{
	return memcmp(a->bytes, b->bytes, SHA256_BYTES) == 0;
}

static struct merkle_hash join(const struct merkle_hash *left, const struct merkle_hash *right)
{
	char bytes[1 + 2 * SHA256_BYTES];
	struct merkle_hash ret = {0};

	bytes[0] = 1;
	memcpy(bytes + 1, left->bytes, SHA256_BYTES);
	memcpy(bytes + 1 + SHA256_BYTES, right->bytes, SHA256_BYTES);
	hash_sha256((struct view){bytes, sizeof(bytes)}, ret.bytes);
	return ret;
}

int merkle_node_count(uint64_t size)
{
	return __builtin_popcountll(size);
}

/* As a binary counter: each one at the end carries into the next. */
void merkle_add(struct merkle_range *r, const struct merkle_hash *leaf)
{
	int n = merkle_node_count(r->size);
	struct merkle_hash node = *leaf;

	for (uint64_t carry = r->size; carry & 1; carry >>= 1)
		node = join(&r->nodes[--n], &node);
	assert(n < MERKLE_LEVELS);
	r->nodes[n] = node;
	r->size++;
}

struct merkle_hash merkle_root(const struct merkle_range *r)
{
	int n = merkle_node_count(r->size);
	struct merkle_hash root = {0};

	if (n == 0) {
		hash_sha256(VIEW_NONE, root.bytes);
		return root;
	}
	root = r->nodes[--n];
	while (n > 0)
		root = join(&r->nodes[--n], &root);
	return root;
}

static struct merkle_hash root_of(const struct merkle_hash *leaves, uint64_t n)
{
	struct merkle_range r = {0};

	for (uint64_t i = 0; i < n; i++)
		merkle_add(&r, &leaves[i]);
	return merkle_root(&r);
}

/* The largest power of two below n; n > 1. */
static uint64_t split(uint64_t n)
{
	return (uint64_t)1 << (63 - __builtin_clzll(n - 1));
}

void merkle_prove_inclusion(const struct merkle_hash *leaves, uint64_t n, uint64_t index,
    struct merkle_proof *ret)
{
	struct merkle_hash other;
	uint64_t k;

	assert(index < n);
	if (n == 1)
		return;
	k = split(n);
	if (index < k) {
		merkle_prove_inclusion(leaves, k, index, ret);
		other = root_of(leaves + k, n - k);
	} else {
		merkle_prove_inclusion(leaves + k, n - k, index - k, ret);
		other = root_of(leaves, k);
	}
	*vec_push(&ret->nodes) = other;
}

/* RFC 9162, section 2.1.3.2. */
bool merkle_check_inclusion(const struct merkle_hash *leaf, uint64_t index, uint64_t n,
    const struct merkle_proof *proof, const struct merkle_hash *root)
{
	struct merkle_hash node = *leaf;
	uint64_t last = n - 1;

	if (index >= n)
		return false;
	for (size_t i = 0; i < proof->nodes.len; i++) {
		const struct merkle_hash *other = &proof->nodes.ptr[i];

		if (last == 0)
			return false;
		if (index & 1 || index == last) {
			node = join(other, &node);
			while (!(index & 1) && index != 0) {
				index >>= 1;
				last >>= 1;
			}
		} else {
			node = join(&node, other);
		}
		index >>= 1;
		last >>= 1;
	}
	return last == 0 && merkle_equal(&node, root);
}

/* SUBPROOF of RFC 6962, section 2.1.2; `whole`: the reader knows the root of the first m. */
static void prove_part(const struct merkle_hash *leaves, uint64_t m, uint64_t n, bool whole,
    struct merkle_proof *ret)
{
	struct merkle_hash other;
	uint64_t k;

	if (m == n) {
		if (!whole)
			*vec_push(&ret->nodes) = root_of(leaves, n);
		return;
	}
	k = split(n);
	if (m <= k) {
		prove_part(leaves, m, k, whole, ret);
		other = root_of(leaves + k, n - k);
	} else {
		prove_part(leaves + k, m - k, n - k, false, ret);
		other = root_of(leaves, k);
	}
	*vec_push(&ret->nodes) = other;
}

void merkle_prove_consistency(const struct merkle_hash *leaves, uint64_t m, uint64_t n,
    struct merkle_proof *ret)
{
	assert(m > 0 && m <= n);
	prove_part(leaves, m, n, true, ret);
}

/* RFC 9162, section 2.1.4.2. */
bool merkle_check_consistency(uint64_t m, uint64_t n, const struct merkle_hash *root_m,
    const struct merkle_hash *root_n, const struct merkle_proof *proof)
{
	uint64_t at = m - 1, last = n - 1;
	struct merkle_hash old, new;
	size_t i = 0;

	if (m == 0 || m > n)
		return false;
	if (m == n)
		return proof->nodes.len == 0 && merkle_equal(root_m, root_n);
	while (at & 1) {
		at >>= 1;
		last >>= 1;
	}
	if (at > 0 && proof->nodes.len == 0)
		return false;
	old = new = at > 0 ? proof->nodes.ptr[i++] : *root_m;
	for (; i < proof->nodes.len; i++) {
		const struct merkle_hash *other = &proof->nodes.ptr[i];

		if (last == 0)
			return false;
		if (at & 1 || at == last) {
			old = join(other, &old);
			new = join(other, &new);
			while (!(at & 1) && at != 0) {
				at >>= 1;
				last >>= 1;
			}
		} else {
			new = join(&new, other);
		}
		at >>= 1;
		last >>= 1;
	}
	return last == 0 && merkle_equal(&old, root_m) && merkle_equal(&new, root_n);
}
