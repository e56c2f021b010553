#include "http/accept.h"

/* "0.8" in thousandths; what is no weight counts as 1 (it was said, so it is wanted). */
static int read_weight(struct view v)
{
	int thousandths = 0, scale = 100;

	if (v.len == 0 || v.len > 5 || (v.ptr[0] != '0' && v.ptr[0] != '1'))
		return 1000;
	thousandths = (v.ptr[0] - '0') * 1000;
	for (size_t i = 2; i < v.len; i++, scale /= 10) {
		if (v.ptr[1] != '.' || v.ptr[i] < '0' || v.ptr[i] > '9')
			return 1000;
		thousandths += (v.ptr[i] - '0') * scale;
	}
	return MIN(thousandths, 1000);
}

/* 0: not of this range; 1: any type, 2: any of its kind, 3: itself. */
static int match(struct view range, struct view type)
{
	if (view_eq_nocase(range, type))
		return 3;
	if (view_eq(range, VIEW_LIT("*/*")))
		return 1;
	if (view_ends(range, VIEW_LIT("/*")) && range.len - 1 < type.len &&
	    view_eq_nocase((struct view){range.ptr, range.len - 1},
		(struct view){type.ptr, range.len - 1}))
		return 2;
	return 0;
}

static int weigh(struct view header, struct view type)
{
	struct view item, part;
	int best = 0, weight = 0;

	while (view_next(&header, ',', &item)) {
		struct view range;
		int q = 1000, found;

		if (!view_next(&item, ';', &range))
			continue;
		found = match(view_trim(range), type);
		while (view_next(&item, ';', &part)) {
			part = view_trim(part);
			if (part.len > 2 && (part.ptr[0] == 'q' || part.ptr[0] == 'Q') &&
			    part.ptr[1] == '=')
				q = read_weight((struct view){part.ptr + 2, part.len - 2});
		}
		if (found > best || (found == best && found && q > weight)) {
			best = found;
			weight = q;
		}
	}
	return weight;
}

int http_accept(struct view header, const char *const *types, size_t count)
{
	int best = 0, chosen = -1;

	if (view_trim(header).len == 0)
		return 0;
	for (size_t i = 0; i < count; i++) {
		int weight = weigh(header, VIEW(types[i]));

		if (weight > best) {
			best = weight;
			chosen = (int)i;
		}
	}
	return chosen;
}
