/*
 * The portable kernels, which define the result: bytes one by one, bits of
 * one 64-bit word for what is used. About 100 ns a random pair of names.
 */
#include "link/similar.h"

#include "link/similar_x86.h"

static int common_prefix(const uint8_t *a, int la, const uint8_t *b, int lb)
{
	int most = MIN(4, MIN(la, lb));
	int n = 0;

	while (n < most && a[n] == b[n])
		n++;
	return n;
}

/* Bytes of the two texts that stand at the same rank of their matches, and differ. */
static int count_unequal(const uint8_t *a, uint64_t used_a, const uint8_t *b, uint64_t used_b)
{
	int n = 0;

	for (; used_a; used_a &= used_a - 1, used_b &= used_b - 1)
		n += a[__builtin_ctzll(used_a)] != b[__builtin_ctzll(used_b)];
	return n;
}

struct link_jaro link_jaro_long(const uint8_t *a, int la, const uint8_t *b, int lb)
{
	int window = MAX(0, MAX(la, lb) / 2 - 1);
	uint64_t used_a = 0;
	uint64_t used_b = 0;

	for (int i = 0; i < la; i++)
		for (int j = MAX(0, i - window); j < MIN(lb, i + window + 1); j++)
			if (a[i] == b[j] && !(used_b >> j & 1)) {
				used_a |= (uint64_t)1 << i;
				used_b |= (uint64_t)1 << j;
				break;
			}
	return (struct link_jaro){
	    .matches = __builtin_popcountll(used_a),
	    .transpositions = count_unequal(a, used_a, b, used_b) / 2,
	    .prefix = common_prefix(a, la, b, lb),
	};
}

int link_osa_long(const uint8_t *a, int la, const uint8_t *b, int lb)
{
	int rows[3][LINK_TEXT_MAX + 1];

	for (int j = 0; j <= lb; j++)
		rows[0][j] = j;
	for (int i = 1; i <= la; i++) {
		int *now = rows[i % 3];
		const int *last = rows[(i + 2) % 3];
		const int *older = rows[(i + 1) % 3];

		now[0] = i;
		for (int j = 1; j <= lb; j++) {
			now[j] = MIN(MIN(last[j], now[j - 1]) + 1,
			    last[j - 1] + (a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				now[j] = MIN(now[j], older[j - 2] + 1);
		}
	}
	return rows[la % 3][lb];
}

double link_jaro_winkler(struct link_jaro j, int la, int lb)
{
	int64_t m = j.matches;
	int64_t share = m * m * (la + lb) + (m - j.transpositions) * la * lb;
	int64_t whole = 3 * m * la * lb;
	double jaro;

	if (la == 0 || lb == 0)
		return la == lb;
	if (m == 0)
		return 0;
	jaro = (double)share / (double)whole;
	if (10 * share < 7 * whole)
		return jaro;
	return jaro + 0.1 * j.prefix * (1 - jaro);
}

static const struct link_kernels portable = {"portable", link_jaro_long, link_osa_long};

const struct link_kernels *link_kernels_of(enum link_cpu cpu)
{
	return cpu == LINK_CPU_PORTABLE ? &portable : link_kernels_x86(cpu);
}

const struct link_kernels *link_kernels_best(void)
{
	for (enum link_cpu cpu = LINK_CPU_AVX512; cpu > LINK_CPU_PORTABLE; cpu--)
		if (link_kernels_of(cpu))
			return link_kernels_of(cpu);
	return &portable;
}
