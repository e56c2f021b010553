/*
 * The kernels on vectors of 16 bytes: one compare tells all places of a byte
 * in the other text. What is left is a chain of la steps (la <= 16) on 16-bit
 * masks; its latency, some 4 cycles a byte, is the limit: about 40 ns.
 */
#include "link/similar_x86.h"

#if defined(__x86_64__)

#include <immintrin.h>

struct used {
	uint32_t a, b;
};

/* Where byte c stands in a text, as bits. */
__attribute__((target("avx2,bmi,bmi2,popcnt"), always_inline)) static inline uint32_t
places(__m128i text, uint8_t c)
{
	return (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(text, _mm_set1_epi8((char)c)));
}

/* Each byte of a takes the first free place of b inside the window. */
__attribute__((target("avx2,bmi,bmi2,popcnt"), always_inline)) static inline struct used match(
    const uint8_t *a, int la, __m128i b, int lb)
{
	int window = MAX(0, MAX(la, lb) / 2 - 1);
	/* bits of the places within reach of byte 0, moved on with each byte */
	uint64_t reach = ((uint64_t)2 << (window + window)) - 1;
	uint32_t free_b = ((uint32_t)1 << lb) - 1;
	struct used used = {0, 0};

	for (int i = 0; i < la; i++) {
		uint32_t near = (uint32_t)(reach << i >> window);
		uint32_t hit = places(b, a[i]) & near & free_b;

		free_b &= ~_blsi_u32(hit);
		used.a |= (uint32_t)(hit != 0) << i;
	}
	used.b = ~free_b & (((uint32_t)1 << lb) - 1);
	return used;
}

__attribute__((target("avx2,bmi,bmi2,popcnt"), always_inline)) static inline int prefix_of(
    __m128i a, __m128i b, int la, int lb)
{
	uint32_t differ = ~(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(a, b));
	int most = MIN(4, MIN(la, lb));

	return MIN((int)__builtin_ctz(differ), most);
}

__attribute__((target("avx2,bmi,bmi2,popcnt"))) static struct link_jaro jaro_avx2(
    const uint8_t *a, int la, const uint8_t *b, int lb)
{
	__m128i va = _mm_loadu_si128((const __m128i *)a);
	__m128i vb = _mm_loadu_si128((const __m128i *)b);
	struct used used = match(a, la, vb, lb);
	uint32_t left_a = used.a;
	uint32_t left_b = used.b;
	int unequal = 0;

	for (; left_a; left_a = _blsr_u32(left_a), left_b = _blsr_u32(left_b))
		unequal += a[_tzcnt_u32(left_a)] != b[_tzcnt_u32(left_b)];
	return (struct link_jaro){
	    .matches = __builtin_popcount(used.a),
	    .transpositions = unequal / 2,
	    .prefix = prefix_of(va, vb, la, lb),
	};
}

__attribute__((target("avx2,bmi,bmi2,popcnt,avx512f,avx512bw,avx512vl,avx512vbmi2"))) static struct
    link_jaro
    jaro_avx512(const uint8_t *a, int la, const uint8_t *b, int lb)
{
	__m128i va = _mm_loadu_si128((const __m128i *)a);
	__m128i vb = _mm_loadu_si128((const __m128i *)b);
	struct used used = match(a, la, vb, lb);
	__m128i order_a = _mm_maskz_compress_epi8((__mmask16)used.a, va);
	__m128i order_b = _mm_maskz_compress_epi8((__mmask16)used.b, vb);
	uint32_t unequal = _mm_cmpneq_epi8_mask(order_a, order_b);

	return (struct link_jaro){
	    .matches = __builtin_popcount(used.a),
	    .transpositions = __builtin_popcount(unequal) / 2,
	    .prefix = prefix_of(va, vb, la, lb),
	};
}

/* Hyyro 2003, with transpositions; the places of each byte are found as it comes. */
__attribute__((target("avx2,bmi,bmi2,popcnt"))) static int osa_avx2(
    const uint8_t *a, int la, const uint8_t *b, int lb)
{
	__m128i va = _mm_loadu_si128((const __m128i *)a);
	uint32_t all = ((uint32_t)1 << la) - 1;
	uint32_t last = (uint32_t)1 << (la - 1);
	uint32_t up = ~(uint32_t)0; /* vertical +1 */
	uint32_t down = 0;          /* vertical -1 */
	uint32_t zero = 0;          /* diagonal 0 */
	uint32_t before = 0;
	int distance = la;

	for (int j = 0; j < lb; j++) {
		uint32_t at = places(va, b[j]) & all;
		uint32_t swapped = ((~zero & at) << 1) & before;
		uint32_t plus, minus;

		zero = (((at & up) + up) ^ up) | at | down | swapped;
		plus = down | ~(zero | up);
		minus = zero & up;
		distance += (plus & last) != 0;
		distance -= (minus & last) != 0;
		plus = plus << 1 | 1;
		minus <<= 1;
		up = minus | ~(zero | plus);
		down = plus & zero;
		before = at;
	}
	return distance;
}

static const struct link_kernels avx2 = {"AVX2", jaro_avx2, osa_avx2};
static const struct link_kernels avx512 = {"AVX-512", jaro_avx512, osa_avx2};

const struct link_kernels *link_kernels_x86(enum link_cpu cpu)
{
	__builtin_cpu_init();
	if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("bmi2"))
		return NULL;
	if (cpu == LINK_CPU_AVX2)
		return &avx2;
	return __builtin_cpu_supports("avx512vbmi2") && __builtin_cpu_supports("avx512vl") &&
	               __builtin_cpu_supports("avx512bw")
	           ? &avx512
	           : NULL;
}

#else

const struct link_kernels *link_kernels_x86(enum link_cpu cpu)
{
	(void)cpu; /* only x86-64 has them */
	return NULL;
}

#endif
