#include "guard/place.h"

void guard_places_add(struct guard_places *p, uint64_t row, uint64_t at)
{
	size_t n = MIN(p->rows.count, GUARD_ROWS_TOLD), i = n;

	while (i > 0 && p->rows.first[i - 1] > row)
		i--;
	guard_rows_add(&p->rows, row);
	p->has_bytes = true;
	for (size_t k = MIN(n, GUARD_ROWS_TOLD - 1); k > i; k--)
		p->at[k] = p->at[k - 1];
	if (i < GUARD_ROWS_TOLD)
		p->at[i] = at;
}

void guard_places_merge(struct guard_places *p, const struct guard_places *from)
{
	uint64_t count = p->rows.count + from->rows.count;

	for (size_t i = 0; i < MIN(from->rows.count, GUARD_ROWS_TOLD); i++)
		guard_places_add(p, from->rows.first[i], from->at[i]);
	p->rows.count = count;
}
