/*
 * Sixteen bytes at once, or 32 where the CPU has AVX-512: a compare and one bit
 * a byte for each class, counted. Only bytes of the cell are read: a short one
 * by two loads that overlap, of whose second the bytes seen before do not
 * count, or by one load under a mask. Digits and letters first, for most cells
 * have nothing else; signs are few, and looked up one by one. Limit: some 50
 * instructions a piece of sixteen and 25 one of 32, 1 to 3 ns a cell.
 */
#include "guard/bytes_x86.h"

#if defined(__x86_64__)

#include <immintrin.h>
#include <string.h>

#define SSE4 __attribute__((target("sse4.2,popcnt")))
#define SSE4_INLINE __attribute__((target("sse4.2,popcnt"), always_inline)) static inline

#define AVX512 __attribute__((target("avx512bw,avx512vl,bmi2,popcnt")))
#define AVX512_INLINE \
	__attribute__((target("avx512bw,avx512vl,bmi2,popcnt"), always_inline)) static inline

enum { PIECE = 16,
	WIDE_PIECE = 32 };

struct piece {
	__m128i bytes;
	unsigned valid; /* a bit for each byte that counts */
};

bool guard_bytes_x86_works(void)
{
	return __builtin_cpu_supports("sse4.2") && __builtin_cpu_supports("popcnt");
}

static bool is_wide(void)
{
	return __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
	       __builtin_cpu_supports("bmi2");
}

/* Of a cell of 4 to 16 bytes: its first and its last half, which may share bytes. */
SSE4_INLINE struct piece load_short(const char *p, size_t len)
{
	uint64_t low, high;
	uint32_t a, b;

	if (len >= 8) {
		memcpy(&low, p, 8);
		memcpy(&high, p + len - 8, 8);
		return (struct piece){_mm_set_epi64x((long long)high, (long long)low),
		    0xffu | (0xff00u << (16 - len) & 0xff00u)};
	}
	memcpy(&a, p, 4);
	memcpy(&b, p + len - 4, 4);
	return (struct piece){_mm_cvtsi64_si128((long long)((uint64_t)b << 32 | a)),
	    0xfu | (0xf0u << (8 - len) & 0xf0u)};
}

SSE4_INLINE struct piece load_tiny(const char *p, size_t len)
{
	uint32_t v = (unsigned char)p[0] | (uint32_t)(unsigned char)p[len / 2] << 8 |
	             (uint32_t)(unsigned char)p[len - 1] << 16;

	return (struct piece){_mm_cvtsi32_si128((int)v), len == 3 ? 7 : len == 2 ? 3
										 : 1};
}

/* The piece at `at`; the last one ends with the cell. */
SSE4_INLINE struct piece load_piece(struct view v, size_t at)
{
	size_t seen = at + PIECE > v.len ? at + PIECE - v.len : 0;

	if (v.len < 4)
		return load_tiny(v.ptr, v.len);
	if (v.len < PIECE)
		return load_short(v.ptr, v.len);
	return (struct piece){_mm_loadu_si128((const void *)(v.ptr + at - seen)),
	    0xffffu << seen & 0xffffu};
}

SSE4_INLINE unsigned mask_of(__m128i yes)
{
	return (unsigned)_mm_movemask_epi8(yes);
}

/* Bytes from `first` on, `count` of them. */
SSE4_INLINE unsigned within(__m128i v, char first, char count)
{
	__m128i from = _mm_sub_epi8(v, _mm_set1_epi8(first));

	return mask_of(_mm_cmpeq_epi8(_mm_min_epu8(from, _mm_set1_epi8((char)(count - 1))), from));
}

SSE4_INLINE uint64_t count(unsigned mask, int lane)
{
	return (uint64_t)(unsigned)_mm_popcnt_u32(mask) << lane * 8;
}

/* Of each byte that has a bit; few have. */
static inline uint64_t count_signs(const char *bytes, unsigned bits)
{
	uint64_t sum = 0;

	for (; bits; bits &= bits - 1)
		sum += guard_bytes_lanes[(unsigned char)bytes[__builtin_ctz(bits)]];
	return sum;
}

SSE4_INLINE uint64_t count_piece(struct piece p)
{
	unsigned digits = within(p.bytes, '0', 10) & p.valid;
	unsigned upper = within(p.bytes, 'A', 26) & p.valid;
	unsigned lower = within(p.bytes, 'a', 26) & p.valid;
	unsigned rest = p.valid & ~(digits | upper | lower);
	uint64_t sum = count(digits, 0) | count(upper, 1) | count(lower, 2);
	char bytes[PIECE];

	if (!rest)
		return sum;
	_mm_storeu_si128((void *)bytes, p.bytes);
	return sum + count_signs(bytes, rest);
}

SSE4 static void count_sixteen(const struct view *cells, size_t n, struct guard_bytes *ret)
{
	for (size_t i = 0; i < n; i++) {
		struct view v = cells[i];
		uint64_t sum = 0;

		for (size_t at = 0; at < v.len && v.len <= GUARD_COUNTED_MAX; at += PIECE)
			sum += count_piece(load_piece(v, at));
		/* one lane a class, in their order: x86 is little-endian */
		memcpy(&ret[i], &sum, sizeof(sum));
	}
}

AVX512_INLINE unsigned within_wide(__m256i v, char first, char count)
{
	return _mm256_cmplt_epu8_mask(_mm256_sub_epi8(v, _mm256_set1_epi8(first)),
	    _mm256_set1_epi8(count));
}

/* Bytes behind `len` are not read: they are 0, which none of the three is. */
AVX512_INLINE uint64_t count_wide(const char *p, size_t len)
{
	unsigned valid = _bzhi_u32(~0u, (unsigned)MIN(len, (size_t)WIDE_PIECE));
	__m256i bytes = _mm256_maskz_loadu_epi8(valid, p);
	unsigned digits = within_wide(bytes, '0', 10);
	unsigned upper = within_wide(bytes, 'A', 26);
	unsigned lower = within_wide(bytes, 'a', 26);
	uint64_t sum = (uint64_t)(unsigned)_mm_popcnt_u32(digits) |
	               (uint64_t)(unsigned)_mm_popcnt_u32(upper) << 8 |
	               (uint64_t)(unsigned)_mm_popcnt_u32(lower) << 16;

	return sum + count_signs(p, valid & ~(digits | upper | lower));
}

AVX512 static void count_32(const struct view *cells, size_t n, struct guard_bytes *ret)
{
	for (size_t i = 0; i < n; i++) {
		struct view v = cells[i];
		uint64_t sum = 0;

		for (size_t at = 0; at < v.len && v.len <= GUARD_COUNTED_MAX; at += WIDE_PIECE)
			sum += count_wide(v.ptr + at, v.len - at);
		memcpy(&ret[i], &sum, sizeof(sum));
	}
}

void guard_bytes_count_x86(const struct view *cells, size_t n, struct guard_bytes *ret)
{
	if (is_wide())
		count_32(cells, n, ret);
	else
		count_sixteen(cells, n, ret);
}

#else

bool guard_bytes_x86_works(void)
{
	return false;
}

void guard_bytes_count_x86(const struct view *cells, size_t n, struct guard_bytes *ret)
{
	(void)cells, (void)n, (void)ret;
}

#endif
