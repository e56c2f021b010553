/*
 * 64 bytes at once: one bit a byte for quotes, separators and line ends; the
 * running parity of the quotes says what stands within them (Langdale and
 * Lemire, "Parsing Gigabytes of JSON per Second", 2019, §3.1.1). The parity is
 * right only where every quote opens or closes a cell or is one of two; a block
 * with another quote goes to the plain version.
 *
 * Limit: two loads, ten compares and one carry-less product a block, then one
 * store an end; text with an end every 9 bytes goes at about 2 GB/s a core, and
 * reading memory is no limit then.
 */
#include "io/scan_x86.h"

#if defined(__x86_64__)

#include <immintrin.h>

#define BLOCK 64
#define AVX2 __attribute__((target("avx2,bmi,bmi2,pclmul,popcnt")))
#define AVX2_INLINE \
	__attribute__((target("avx2,bmi,bmi2,pclmul,popcnt"), always_inline)) static inline

struct block {
	uint64_t quotes, ends, cr, nul, high;
};

bool scan_x86_works(void)
{
	__builtin_cpu_init();
	return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2") &&
	       __builtin_cpu_supports("pclmul");
}

AVX2_INLINE uint64_t equal(__m256i low, __m256i high, unsigned char c)
{
	__m256i same = _mm256_set1_epi8((char)c);
	uint32_t a = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, same));
	uint32_t b = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(high, same));

	return (uint64_t)b << 32 | a;
}

AVX2_INLINE struct block read_block(const struct scan *s, const unsigned char *bytes)
{
	__m256i low = _mm256_loadu_si256((const void *)bytes);
	__m256i high = _mm256_loadu_si256((const void *)(bytes + 32));
	uint32_t low_signs = (uint32_t)_mm256_movemask_epi8(low);
	uint32_t high_signs = (uint32_t)_mm256_movemask_epi8(high);

	return (struct block){
	    .quotes = s->quote ? equal(low, high, s->quote) : 0,
	    .ends = equal(low, high, s->separator) | equal(low, high, '\n'),
	    .cr = equal(low, high, '\r'),
	    .nul = equal(low, high, 0),
	    .high = (uint64_t)high_signs << 32 | low_signs,
	};
}

/* Bit i: the parity of bits 0..i. */
AVX2_INLINE uint64_t parity(uint64_t bits)
{
	__m128i product = _mm_clmulepi64_si128(_mm_set_epi64x(0, (long long)bits),
	    _mm_set1_epi8((char)0xff), 0);

	return (uint64_t)_mm_cvtsi128_si64(product);
}

/* Does each quote open or close a cell, or is it one of two? */
AVX2_INLINE bool quotes_are_plain(const struct scan *s, const struct block *b, uint64_t inside)
{
	uint64_t opening = b->quotes & inside, closing = b->quotes & ~inside;
	uint64_t before = ((b->ends & ~inside) | closing) << 1;
	uint64_t after = b->ends | b->cr | b->quotes;
	bool from_closed = s->state == SCAN_CLOSED;

	before |= s->state == SCAN_START || from_closed;
	return !(opening & ~before) && !(closing & ~(after >> 1) & ~(1ull << 63)) &&
	       (!from_closed || (after & 1));
}

AVX2_INLINE enum scan_state state_after(const struct block *b, uint64_t inside)
{
	if (inside >> 63)
		return SCAN_QUOTED;
	if (b->quotes >> 63)
		return SCAN_CLOSED;
	return b->ends >> 63 ? SCAN_START : SCAN_PLAIN;
}

AVX2_INLINE size_t store_ends(uint64_t ends, uint32_t at, uint32_t *ret)
{
	size_t n = (size_t)_mm_popcnt_u64(ends);

	for (size_t i = 0; i < n; i += 4) {
		for (int k = 0; k < 4; k++) {
			ret[i + (size_t)k] = at + (uint32_t)_tzcnt_u64(ends);
			ends = _blsr_u64(ends);
		}
	}
	return n;
}

/* One block by the plain version; offsets from its own beginning. */
static size_t slow_block(struct scan *s, const unsigned char *bytes, uint32_t at, uint32_t *ret)
{
	size_t n = scan_ends_plain(s, bytes, BLOCK, ret);

	for (size_t i = 0; i < n; i++)
		ret[i] += at;
	return n;
}

/* store_ends writes up to three numbers too many: the last blocks are left to the plain version. */
enum { ROOM = BLOCK };

AVX2 size_t scan_ends_x86(struct scan *s, const unsigned char *bytes, size_t len,
    uint32_t *ret_ends, size_t *ret_done)
{
	size_t n = 0, at = 0;

	for (; at + BLOCK + ROOM <= len; at += BLOCK) {
		struct block b = read_block(s, bytes + at);
		uint64_t inside = parity(b.quotes) ^ (s->state == SCAN_QUOTED ? ~0ull : 0);

		if ((b.quotes || s->state == SCAN_CLOSED) && !quotes_are_plain(s, &b, inside)) {
			n += slow_block(s, bytes + at, (uint32_t)at, ret_ends + n);
			continue;
		}
		s->seen |= (b.nul ? SCAN_NUL : 0) | (b.high ? SCAN_HIGH : 0) |
		           (b.cr & ~inside ? SCAN_CR : 0);
		n += store_ends(b.ends & ~inside, (uint32_t)at, ret_ends + n);
		b.ends &= ~inside;
		s->state = state_after(&b, inside);
	}
	*ret_done = at;
	return n;
}

#else

bool scan_x86_works(void)
{
	return false;
}

size_t scan_ends_x86(struct scan *s, const unsigned char *bytes, size_t len, uint32_t *ret_ends,
    size_t *ret_done)
{
	(void)s, (void)bytes, (void)len, (void)ret_ends;
	*ret_done = 0;
	return 0;
}

#endif
