/*
 * similar_sample COUNT: random pairs of names, with the Jaro-Winkler similarity
 * and the OSA distance that the best kernels give: "a,b,similarity,distance".
 * For tests/link_rapidfuzz_long.sh.
 */
#include "base/rng.h"
#include "link/similar.h"

#include <stdio.h>

struct packed {
	uint8_t text[LINK_PACK];
	int len;
};

static struct packed draw(struct rng *r, const struct packed *near)
{
	struct packed p = {.len = rng_range(r, 1, LINK_PACK)};
	uint32_t letters = 2 + rng_below(r, 20);

	if (near && rng_chance(r, 0.5)) {
		p = *near;
		for (int edits = rng_range(r, 0, 4); edits > 0; edits--) {
			uint32_t at = rng_below(r, (uint32_t)p.len);
			uint32_t other = rng_below(r, (uint32_t)p.len);
			uint8_t kept = p.text[at];

			p.text[at] = p.text[other];
			p.text[other] = kept;
			p.text[at] =
			    rng_chance(r, 0.5) ? (uint8_t)('a' + rng_below(r, 26)) : p.text[at];
		}
		return p;
	}
	for (int i = 0; i < p.len; i++)
		p.text[i] = (uint8_t)('a' + rng_below(r, letters));
	return p;
}

int main(int argc, char **argv)
{
	const struct link_kernels *k = link_kernels_best();
	int64_t count = 0;

	if (argc != 2 || !view_to_i64(VIEW(argv[1]), &count))
		return 2;
	for (int64_t i = 0; i < count; i++) {
		struct rng r = rng_at(1, 0, (uint64_t)i);
		struct packed a = draw(&r, NULL);
		struct packed b = draw(&r, &a);
		struct link_jaro j = k->jaro(a.text, a.len, b.text, b.len);

		printf("%.*s,%.*s,%.9f,%d\n", a.len, (char *)a.text, b.len, (char *)b.text,
		    link_jaro_winkler(j, a.len, b.len),
		    k->osa(a.text, a.len, b.text, b.len));
	}
	return 0;
}
