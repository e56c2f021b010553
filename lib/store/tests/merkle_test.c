#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "store/checkpoint.h"

enum { SIZES = 70 };

static struct merkle_hash leaves[SIZES];

/* The tree of the RFC, word for word: MTH(D[n]). */
static struct merkle_hash by_definition(const struct merkle_hash *d, uint64_t n)
{
	unsigned char bytes[65] = {1};
	struct merkle_hash left, right, ret = {0};
	uint64_t k = 1;

	if (n == 0) {
		hash_sha256(VIEW_NONE, ret.bytes);
		return ret;
	}
	if (n == 1)
		return d[0];
	while (k * 2 < n)
		k *= 2;
	left = by_definition(d, k);
	right = by_definition(d + k, n - k);
	memcpy(bytes + 1, left.bytes, 32);
	memcpy(bytes + 33, right.bytes, 32);
	hash_sha256((struct view){(const char *)bytes, 65}, ret.bytes);
	return ret;
}

static int make_leaves(void **state)
{
	(void)state;
	for (uint64_t i = 0; i < SIZES; i++)
		leaves[i] = merkle_leaf((struct view){(const char *)&i, sizeof(i)});
	return 0;
}

/* Inputs and roots of the tests of Certificate Transparency (RFC 6962), 1 to 8 leaves. */
static void published_roots(void **state)
{
	static const struct view inputs[] = {
	    {"", 0},
	    {"\x00", 1},
	    {"\x10", 1},
	    {"\x20\x21", 2},
	    {"\x30\x31", 2},
	    {"\x40\x41\x42\x43", 4},
	    {"\x50\x51\x52\x53\x54\x55\x56\x57", 8},
	    {"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f", 16},
	};
	static const char *const roots[] = {
	    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
	    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
	    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
	    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
	    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
	    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
	    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
	    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
	};
	struct merkle_range r = {0};

	(void)state;
	for (size_t i = 0; i < ARRAY_LEN(inputs); i++) {
		struct merkle_hash leaf = merkle_leaf(inputs[i]), root;
		char hex[SHA256_HEX_SIZE];

		merkle_add(&r, &leaf);
		root = merkle_root(&r);
		sodium_bin2hex(hex, sizeof(hex), root.bytes, SHA256_BYTES);
		assert_string_equal(hex, roots[i]);
	}
}

static void roots_are_those_of_the_definition(void **state)
{
	struct merkle_range r = {0};

	(void)state;
	for (uint64_t n = 0; n < SIZES; n++) {
		struct merkle_hash wanted = by_definition(leaves, n), root = merkle_root(&r);

		assert_true(merkle_equal(&root, &wanted));
		merkle_add(&r, &leaves[n]);
	}
}

static void inclusion_is_proved_and_nothing_else(void **state)
{
	(void)state;
	for (uint64_t n = 1; n < SIZES; n++) {
		struct merkle_hash root = by_definition(leaves, n);

		for (uint64_t i = 0; i < n; i++) {
			struct merkle_proof p = {0};

			merkle_prove_inclusion(leaves, n, i, &p);
			assert_true(merkle_check_inclusion(&leaves[i], i, n, &p, &root));
			assert_false(merkle_check_inclusion(&leaves[(i + 1) % SIZES], i, n, &p,
			    &root));
			assert_false(merkle_check_inclusion(&leaves[i], i ^ 1, n, &p, &root) &&
				     n > 1);
			assert_false(merkle_check_inclusion(&leaves[i], n, n, &p, &root));
			for (size_t k = 0; k < p.nodes.len; k++) {
				p.nodes.ptr[k].bytes[7] ^= 1;
				assert_false(
				    merkle_check_inclusion(&leaves[i], i, n, &p, &root));
				p.nodes.ptr[k].bytes[7] ^= 1;
			}
			*vec_push(&p.nodes) = root;
			assert_false(merkle_check_inclusion(&leaves[i], i, n, &p, &root));
			p.nodes.len -= 2;
			assert_false(
			    n > 1 && merkle_check_inclusion(&leaves[i], i, n, &p, &root));
			vec_clear(&p.nodes);
		}
	}
}

static void consistency_is_proved_and_nothing_else(void **state)
{
	(void)state;
	for (uint64_t n = 1; n < SIZES; n++)
		for (uint64_t m = 1; m <= n; m++) {
			struct merkle_hash old = by_definition(leaves, m);
			struct merkle_hash new = by_definition(leaves, n);
			struct merkle_hash other = by_definition(leaves + 1, n - 1);
			struct merkle_proof p = {0};

			merkle_prove_consistency(leaves, m, n, &p);
			assert_true(merkle_check_consistency(m, n, &old, &new, &p));
			assert_false(merkle_check_consistency(m, n, &other, &new, &p));
			assert_false(merkle_check_consistency(m, n, &old, &other, &p));
			assert_false(merkle_check_consistency(0, n, &old, &new, &p));
			assert_false(merkle_check_consistency(n + 1, n, &old, &new, &p));
			for (size_t k = 0; k < p.nodes.len; k++) {
				p.nodes.ptr[k].bytes[31] ^= 1;
				assert_false(merkle_check_consistency(m, n, &old, &new, &p));
				p.nodes.ptr[k].bytes[31] ^= 1;
			}
			*vec_push(&p.nodes) = old;
			assert_false(merkle_check_consistency(m, n, &old, &new, &p));
			vec_clear(&p.nodes);
		}
}

static struct note_key new_key(void)
{
	struct note_key key;

	crypto_sign_keypair(key.public_key, key.secret_key);
	return key;
}

static void a_checkpoint_comes_back(void **state)
{
	struct note_key key = new_key(), other = new_key();
	struct checkpoint c = {.origin = "hub.example/audit", .size = 7, .root = leaves[3]}, back;
	AUTO_STR struct str note = {0};
	struct err err = {0};

	(void)state;
	checkpoint_sign(&c, &key, &note);
	assert_int_equal(checkpoint_open(&back, str_view(&note), &key, &err), 0);
	assert_string_equal(back.origin, c.origin);
	assert_int_equal(back.size, 7);
	assert_true(merkle_equal(&back.root, &c.root));
	assert_int_equal(checkpoint_open(&back, str_view(&note), &other, &err), -1);
	assert_int_equal(err.code, ERR_DENIED);
	for (size_t i = 0; i < note.len; i++) {
		note.buf[i] ^= 1;
		assert_int_equal(checkpoint_open(&back, str_view(&note), &key, &err), -1);
		note.buf[i] ^= 1;
	}
	for (size_t i = 0; i + 1 < note.len; i++)
		assert_int_equal(
		    checkpoint_open(&back, (struct view){note.buf, i}, &key, &err), -1);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(published_roots),
	    cmocka_unit_test(roots_are_those_of_the_definition),
	    cmocka_unit_test(inclusion_is_proved_and_nothing_else),
	    cmocka_unit_test(consistency_is_proved_and_nothing_else),
	    cmocka_unit_test(a_checkpoint_comes_back),
	};

	return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, make_leaves, NULL);
}
